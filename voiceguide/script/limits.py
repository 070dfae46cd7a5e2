"""What a routine may not exceed, counted without unfolding its rounds; and holds that are likely a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.dose import Breaths, Hold, Reps, at
from voiceguide.model import ExerciseStep, Pause, Rest, Section, Step, Wait, phase_lengths
from voiceguide.units import MAX_DURATION_MS, format_duration
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.dose import Dose
    from voiceguide.errors import Place, Problem
    from voiceguide.model import Exercise

LONG_HOLD_MS = 5 * 60_000
MAX_PARTS = 20_000


def check_limits(steps: tuple[Step, ...], place: Place | None) -> list[Problem]:
    """An error for a routine over 24 hours or 20,000 parts at its highest dose, and a warning for each hold over 5 minutes."""
    problems = list(_long_holds(steps))
    planned, parts = _size(steps)
    if planned > MAX_DURATION_MS:
        problems.append(problem("routine-over-a-day", place))
    elif parts > MAX_PARTS:
        problems.append(problem("routine-too-many-parts", place, most=f"{MAX_PARTS:,}"))
    return problems


def planned_work_ms(exercise: Exercise, dose: Dose) -> int:
    """The time of a dose's holds, reps and rests at the low end of its ranges, without a word spoken."""
    work = dose.work
    sets = dose.sets.low
    rest = dose.rest.low if dose.rest else 0
    if isinstance(work, Hold):
        once = work.length.low
    elif isinstance(work, Breaths):
        once = work.count.low * sum(exercise.breath)
    elif isinstance(work, Reps):
        once = work.count.low * sum(phase_lengths(exercise, dose))
    else:
        once = 0
    rests = sets - 1 if dose.sides == "alternating" else _both(dose) * (sets - 1)
    return _both(dose) * sets * once + rests * rest


def _size(steps: tuple[Step, ...]) -> tuple[int, int]:
    planned = 0
    parts = 0
    for step in steps:
        parts += 1
        match step:
            case Section(_, rounds, inner):
                inner_ms, inner_parts = _size(inner)
                planned += rounds * inner_ms
                parts += rounds * inner_parts
            case ExerciseStep():
                sizes = [_exercise_size(one) for one in (step, *step.alternatives)]
                planned += max(ms for ms, _ in sizes)
                parts += max(count for _, count in sizes)
            case Rest(ms) | Pause(ms) | Wait(_, ms):
                planned += ms
            case _:
                pass
    return planned, parts


def _exercise_size(step: ExerciseStep) -> tuple[int, int]:
    dose = at(step.dose, 100)
    sets = dose.sets.low
    changes = 2 * sets - 1 if dose.sides == "alternating" else _both(dose) - 1
    planned = planned_work_ms(step.exercise, dose) + changes * step.exercise.change_ms
    return planned, _both(dose) * sets * _per_set(dose)


def _per_set(dose: Dose) -> int:
    return dose.work.count.low if isinstance(dose.work, Reps | Breaths) else 1


def _both(dose: Dose) -> int:
    return 2 if dose.sides in ("each side", "alternating") else 1


def _long_holds(steps: tuple[Step, ...]) -> Iterator[Problem]:
    for step in steps:
        if isinstance(step, Section):
            yield from _long_holds(step.steps)
        elif isinstance(step, ExerciseStep):
            hold = step.dose.work.length if isinstance(step.dose.work, Hold) else step.dose.hold
            if hold and hold.high > LONG_HOLD_MS:
                yield problem("hold-long", step.place, length=format_duration(hold.high))
