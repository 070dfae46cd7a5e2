"""What can stand in a plan: the actions, and an exercise as it will be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.model import HOLD_PHASE, Pause, PlaySound, Rest, Say, Wait

if TYPE_CHECKING:
    from voiceguide.dose import Dose, Side
    from voiceguide.errors import Place
    from voiceguide.model import Counting, Exercise, ExerciseStep, Talk, Words
    from voiceguide.suitable import Left, Swapped


@dataclass(frozen=True)
class Phase:
    """A part of a rep: its word (empty where the exercise names none) and how long it lasts, in ms."""

    word: str
    ms: int

    @property
    def is_hold(self) -> bool:
        """Whether this is a phase in which the rep holds."""
        return self.word == HOLD_PHASE


@dataclass(frozen=True)
class HoldWork:
    """One hold of `ms`."""

    ms: int


@dataclass(frozen=True)
class RepWork:
    """`count` reps, or breaths, each going through all phases; `breathing` are words of breath in place of theirs."""

    count: int
    phases: tuple[Phase, ...]
    breaths: bool = False
    breathing: tuple[str, ...] = ()

    @property
    def rep_ms(self) -> int:
        """How long one rep lasts, in ms."""
        return sum(phase.ms for phase in self.phases)


@dataclass(frozen=True)
class Performance:
    """One exercise as it will be done: how many sets of which work, on which sides, under which sections.

    `dose` is what was written with every range resolved. `sections` are (title, round, rounds) from the outermost in.
    `number` tells performances of one exercise apart; `first` is the first of them in which anything is said. `talk` is
    None where nobody chose.
    """

    number: int
    exercise: Exercise
    dose: Dose
    work: HoldWork | RepWork
    sets: int
    sides: tuple[Side, ...]
    alternating: bool
    rest_ms: int
    step: ExerciseStep
    first: bool
    talk: Talk | None
    count: Counting
    sections: tuple[tuple[str, int, int], ...] = ()

    @property
    def place(self) -> Place | None:
        """Where the step was written."""
        return self.step.place

    @property
    def set_ms(self) -> int:
        """How long one set lasts, in ms."""
        return self.work.ms if isinstance(self.work, HoldWork) else self.work.count * self.work.rep_ms


@dataclass(frozen=True)
class Open:
    """The opening words, the safety rules, and what does not suit the listener."""

    words: Words | None
    safety: bool
    left_out: tuple[Left, ...] = ()
    swapped: tuple[Swapped, ...] = ()


@dataclass(frozen=True)
class Close:
    """The closing words."""

    words: Words


@dataclass(frozen=True)
class EnterSection:
    """A section, or a round of it, begins."""

    title: Words
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
    | Wait
    | PlaySound
)
