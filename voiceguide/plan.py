"""What will be done, one action after the other: rounds unfolded, ranges resolved, sides in order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from voiceguide.dose import Breaths, Hold, Reps, at_low_end, show_dose
from voiceguide.model import (
    HOLD_PHASE,
    Exercise,
    ExerciseStep,
    Pause,
    PlaySound,
    Rest,
    Routine,
    Say,
    Section,
    Step,
    Words,
    phase_lengths,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.dose import Dose
    from voiceguide.errors import Place

Side = Literal["left", "right"]
_SIDES: dict[str | None, tuple[Side, ...]] = {
    "each side": ("left", "right"),
    "alternating": ("left", "right"),
    "left": ("left",),
    "right": ("right",),
}


@dataclass(frozen=True)
class Choices:
    """What the listener chooses, beside the voice; times in ms, `countdown` is 5, 3 or 0 seconds."""

    countdown: int = 3
    switch_ms: int = 5_000
    get_ready_ms: int = 5_000
    safety: bool = True


@dataclass(frozen=True)
class Phase:
    """A part of a rep: its word (empty where the exercise names none) and how long it lasts, in ms."""

    word: str
    ms: int

    @property
    def is_hold(self) -> bool:
        """Whether this is the phase in which the rep holds."""
        return self.word == HOLD_PHASE


@dataclass(frozen=True)
class HoldWork:
    """One hold of `ms`."""

    ms: int


@dataclass(frozen=True)
class RepWork:
    """`count` reps, or breaths, each going through all phases."""

    count: int
    phases: tuple[Phase, ...]
    breaths: bool = False


@dataclass(frozen=True)
class Performance:
    """One exercise as it will be done: how many sets of which work, on which sides, under which sections.

    `dose` is what was written with every range resolved. `sections` are (title, round, rounds) from the outermost in. `number` tells performances of one exercise apart.
    """

    number: int
    exercise: Exercise
    dose: Dose
    work: HoldWork | RepWork
    sets: int
    sides: tuple[Side, ...]
    alternating: bool
    rest_ms: int
    cues: tuple[Words, ...] = ()
    sections: tuple[tuple[str, int, int], ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Open:
    """The opening words and the safety rules."""

    words: Words | None
    safety: bool


@dataclass(frozen=True)
class Close:
    """The closing words."""

    words: Words


@dataclass(frozen=True)
class EnterSection:
    """A section, or a round of it, begins."""

    title: str
    round: int
    rounds: int


@dataclass(frozen=True)
class GetReady:
    """An exercise is announced, on its first side; `rest` comes before it and counts towards it."""

    performance: Performance
    side: Side | None
    rest: Rest | None = None


@dataclass(frozen=True)
class Work:
    """One set, on one side."""

    performance: Performance
    side: Side | None
    set: int


@dataclass(frozen=True)
class RestBetween:
    """The rest before set `set` of the same exercise, on `side`."""

    performance: Performance
    side: Side | None
    set: int


@dataclass(frozen=True)
class Switch:
    """The change to the other side, before set `set` on it."""

    performance: Performance
    side: Side
    set: int


@dataclass(frozen=True)
class Release:
    """The way out of an exercise, from its last side."""

    performance: Performance
    side: Side | None


Action = (
    Open
    | Close
    | EnterSection
    | GetReady
    | Work
    | RestBetween
    | Switch
    | Release
    | Say
    | Rest
    | Pause
    | PlaySound
)


def plan(routine: Routine, choices: Choices) -> tuple[Action, ...]:
    """The actions of a routine in order, every range at its low end."""
    actions: list[Action] = []
    if routine.opening or choices.safety:
        actions.append(Open(routine.opening, choices.safety))
    for action in _Planner().steps(routine.steps, ()):
        if isinstance(action, GetReady) and actions and isinstance(actions[-1], Rest):
            action = GetReady(action.performance, action.side, actions.pop())  # type: ignore[arg-type]  # noqa: PLW2901  # checked in the line above; a rest joins what it announces
        actions.append(action)
    if routine.closing:
        actions.append(Close(routine.closing))
    return tuple(actions)


def doses(actions: Iterable[Action]) -> Iterator[str]:
    """The notation of each exercise's dose in order, without its sides."""
    for action in actions:
        if isinstance(action, GetReady):
            yield show_dose(replace(action.performance.dose, sides=None))


class _Planner:
    """Unfolds steps, counting the performances."""

    def __init__(self) -> None:
        self.performances = 0

    def steps(self, steps: tuple[Step, ...], sections: tuple[tuple[str, int, int], ...]) -> Iterator[Action]:
        for step in steps:
            match step:
                case Section(title, rounds, inner):
                    for turn in range(1, rounds + 1):
                        yield EnterSection(title, turn, rounds)
                        yield from self.steps(inner, (*sections, (title, turn, rounds)))
                case ExerciseStep():
                    yield from self.exercise(step, sections)
                case _:
                    yield step

    def exercise(self, step: ExerciseStep, sections: tuple[tuple[str, int, int], ...]) -> Iterator[Action]:
        self.performances += 1
        dose = at_low_end(step.dose)
        sides = _SIDES.get(dose.sides, ())
        performance = Performance(
            number=self.performances,
            exercise=step.exercise,
            dose=dose,
            work=_work(step.exercise, dose),
            sets=dose.sets.low,
            sides=sides,
            alternating=dose.sides == "alternating",
            rest_ms=dose.rest.low if dose.rest else 0,
            cues=step.cues,
            sections=sections,
            place=step.place,
        )
        yield GetReady(performance, sides[0] if sides else None)
        yield from _alternating(performance) if performance.alternating else _side_by_side(performance)
        if step.exercise.release:
            yield Release(performance, sides[-1] if sides else None)


def _side_by_side(performance: Performance) -> Iterator[Action]:
    """All sets of one side, the switch, all sets of the other; or the sets of an exercise without sides."""
    for index, side in enumerate(performance.sides or (None,)):
        if index and side:
            yield Switch(performance, side, 1)
        for number in range(1, performance.sets + 1):
            if number > 1:
                yield RestBetween(performance, side, number)
            yield Work(performance, side, number)


def _alternating(performance: Performance) -> Iterator[Action]:
    """Left, switch, right, rest, and again."""
    first, second = performance.sides
    for number in range(1, performance.sets + 1):
        if number > 1:
            yield RestBetween(performance, first, number)
        yield Work(performance, first, number)
        yield Switch(performance, second, number)
        yield Work(performance, second, number)


def _work(exercise: Exercise, dose: Dose) -> HoldWork | RepWork:
    match dose.work:
        case Hold(length):
            return HoldWork(length.low)
        case Breaths(count):
            return RepWork(count.low, (Phase("", exercise.breath_ms),), breaths=True)
        case Reps(count):
            lengths = phase_lengths(exercise, dose)
            phases = zip(exercise.phases or ("",), lengths, strict=True)
            return RepWork(count.low, tuple(Phase(word, ms) for word, ms in phases))
        case None:
            raise ValueError(f"the dose of '{exercise.id}' was never settled")
