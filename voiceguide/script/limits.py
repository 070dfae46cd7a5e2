"""What a routine may not exceed, counted without unfolding its rounds; and holds that are likely a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.dose import Breaths, Hold, Reps
from voiceguide.model import ExerciseStep, Pause, Rest, Section, Step, phase_lengths
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
    """An error for a routine over 24 hours or 20,000 parts, and a warning for each hold over 5 minutes."""
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
        once = work.count.low * exercise.breath_ms
    elif isinstance(work, Reps):
        once = work.count.low * sum(phase_lengths(exercise, dose))
    else:
        once = 0
    return _both(dose) * (sets * once + (sets - 1) * rest)


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
                planned += planned_work_ms(step.exercise, step.dose)
                parts += _both(step.dose) * step.dose.sets.low * _per_set(step.dose)
            case Rest(ms) | Pause(ms):
                planned += ms
            case _:
                pass
    return planned, parts


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
