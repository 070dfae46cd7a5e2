"""What a routine may not exceed, counted without unfolding its rounds; and holds that are likely a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
MAX_WORDS = 100_000
MAX_PROBLEMS = 1_000


def check_limits(steps: tuple[Step, ...], place: Place | None) -> list[Problem]:
    """An error for a routine over 24 hours, 20,000 parts or 100,000 words at its highest dose; a warning for each long hold.

    Words are those that may be said again in every set or rep: phases, reminders and timed cues.
    """
    problems = list(_long_holds(steps))
    size = _size(steps)
    if size.planned_ms > MAX_DURATION_MS:
        problems.append(problem("routine-over-a-day", place))
    elif size.parts > MAX_PARTS:
        problems.append(problem("routine-too-many-parts", place, most=f"{MAX_PARTS:,}"))
    elif size.words > MAX_WORDS:
        problems.append(problem("routine-too-many-words", place, most=f"{MAX_WORDS:,}"))
    return problems


def at_most(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems, the first 1,000 of them where there are more, and how many more there are.

    An error among them is never left out for a warning.
    """
    if len(problems) <= MAX_PROBLEMS:
        return problems
    errors_first = sorted(range(len(problems)), key=lambda at: problems[at].severity != "error")
    kept = sorted(errors_first[:MAX_PROBLEMS])
    more = f"{len(problems) - MAX_PROBLEMS:,}"
    rest = problem("problems-many", problems[kept[-1]].place, more=more)
    return (*(problems[at] for at in kept), rest)


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


class _Size(NamedTuple):
    """How much a stretch of a routine is, done once."""

    planned_ms: int = 0
    parts: int = 0
    words: int = 0

    def plus(self, other: _Size, times: int = 1) -> _Size:
        """The size with something else that is done so many times."""
        return _Size(*(mine + times * others for mine, others in zip(self, other, strict=True)))


def _size(steps: tuple[Step, ...]) -> _Size:
    whole = _Size()
    for step in steps:
        match step:
            case Section(_, rounds, inner):
                whole = whole.plus(_size(inner), rounds).plus(_Size(parts=1))
            case ExerciseStep():
                sizes = [_exercise_size(one) for one in (step, *step.alternatives)]
                whole = whole.plus(_Size(*map(max, zip(*sizes, strict=True)))).plus(_Size(parts=1))
            case Rest(ms) | Pause(ms) | Wait(_, ms):
                whole = whole.plus(_Size(ms, 1))
            case _:
                whole = whole.plus(_Size(parts=1))
    return whole


def _exercise_size(step: ExerciseStep) -> _Size:
    dose = at(step.dose, 100)
    exercise = step.exercise
    sets = dose.sets.low
    changes = 2 * sets - 1 if dose.sides == "alternating" else _both(dose) - 1
    planned = planned_work_ms(exercise, dose) + changes * exercise.change_ms
    reps = _per_set(dose)
    cues = (step.cues, step.timed) if step.cues or step.timed else (exercise.cues, exercise.timed)
    words = reps * len(exercise.phases) + sum(map(len, cues))
    return _Size(planned, _both(dose) * sets * reps, _both(dose) * sets * words)


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
