"""A routine as its author means it: exercises, steps and sections, each with its place in the script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from voiceguide.dose import Dose
    from voiceguide.errors import Place
    from voiceguide.units import Tempo

Position = Literal[
    "on-back", "face-down", "side", "hands-and-knees", "kneeling", "sitting", "standing", "hanging"
]  # fmt: skip
Condition = Literal[
    "pregnancy", "osteoporosis", "disc", "stenosis", "hip-replacement", "knee", "wrist", "dizziness",
    "shoulder", "neck",
]  # fmt: skip

DEFAULT_BREATH_MS = 5_000
DEFAULT_REST_MS = 10_000
DEFAULT_PHASE_MS = 2_000
HOLD_PHASE = "hold"


@dataclass(frozen=True)
class Words:
    """A text to be spoken and where it was written; it may name `{side}` and `{other}` in a sided exercise."""

    text: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Exercise:
    """One movement or stretch: its words, its usual dose, and whom it does not suit.

    `side` is what a side names, a phrase such as "knees to the {side}"; None where there are no sides.
    `phases` names what a rep goes through, each lasting as long as the tempo says. `purpose` is what it is for.
    """

    id: str
    name: str
    dose: Dose
    purpose: str = ""
    position: Position | None = None
    setup: tuple[Words, ...] = ()
    side: Words | None = None
    phases: tuple[str, ...] = ()
    tempo: Tempo | None = None
    breath_ms: int = DEFAULT_BREATH_MS
    cues: tuple[Words, ...] = ()
    release: Words | None = None
    caution: Words | None = None
    avoid: tuple[Condition, ...] = ()
    needs: tuple[str, ...] = ()
    source: str = ""
    place: Place | None = field(default=None, compare=False)


def phase_lengths(exercise: Exercise, dose: Dose) -> tuple[int, ...]:
    """How long each phase of a rep lasts, in ms, at the low end of a settled dose: the tempo's, but for its `hold`."""
    tempo = dose.tempo or ()
    if dose.hold is None:
        return tempo
    hold_ms = dose.hold.low
    return tuple(
        hold_ms if word == HOLD_PHASE else ms for word, ms in zip(exercise.phases, tempo, strict=True)
    )


@dataclass(frozen=True)
class ExerciseStep:
    """An exercise at a dose, everything resolved but the ranges; `cues` are the author's own reminders."""

    exercise: Exercise
    dose: Dose
    cues: tuple[Words, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Say:
    """A sentence spoken between exercises."""

    words: Words


@dataclass(frozen=True)
class Rest:
    """A rest of `ms`; before an exercise it announces it."""

    ms: int
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Pause:
    """Silence of `ms`."""

    ms: int


@dataclass(frozen=True)
class PlaySound:
    """A cue sound by name."""

    name: str


@dataclass(frozen=True)
class Section:
    """Steps under a title, done `rounds` times."""

    title: str
    rounds: int
    steps: tuple[Step, ...]


Step = ExerciseStep | Say | Rest | Pause | PlaySound | Section


@dataclass(frozen=True)
class Routine:
    """A whole routine script; includes are already in its steps."""

    title: str
    steps: tuple[Step, ...]
    summary: str = ""
    language: str = "en"
    voice: Words | None = None
    engine: Words | None = None
    rate: int | None = None
    opening: Words | None = None
    closing: Words | None = None
    place: Place | None = field(default=None, compare=False)
