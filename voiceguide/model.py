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

Talk = Literal["full", "brief", "tones"]
Counting = Literal["up", "down"]
BreathWord = Literal["in", "out", "hold"]
# A word, how it is said, and the language of the texts in which it is said so: None where that is any.
Pronunciation = tuple[str, str, str | None]

DEFAULT_BREATH_MS = 5_000
DEFAULT_REST_MS = 10_000
DEFAULT_WAIT_MS = 10_000
DEFAULT_PHASE_MS = 2_000
HOLD_PHASE = "hold"


@dataclass(frozen=True)
class Words:
    """A text to be spoken and where it was written; names in braces become words when it is known what is done.

    `language` is the text's where it is not the routine's. `recording` is the path of an audio file that is heard in
    place of the text; in a sided exercise it may hold `{side}` or `{other}`, which become `left` or `right`.
    """

    text: str
    place: Place | None = field(default=None, compare=False)
    language: str | None = None
    recording: str | None = None


@dataclass(frozen=True)
class TimedWords:
    """Words at a time of a set: `at_ms` from its start, or where negative from its end."""

    at_ms: int
    words: Words


@dataclass(frozen=True)
class Exercise:
    """One movement or stretch: its words, its usual dose, and whom it does not suit.

    `side` is what a side names, a phrase such as "knees to the {side}"; None where there are no sides.
    `phases` names what a rep goes through, each lasting as long as the tempo says; the word `hold` marks the phase
    that holds and is said in the guide's own word. `breathing` has a word of breath for each phase, said in place of
    the phase's. `breath` is ms of the parts of one breath: the whole; in, out; in, hold, out; in, hold, out, hold.
    `change` is how to come to the other side, which takes `change_ms` at least. `timed` are cues at a time of their own.
    `instead` is the id of what is done in its place by whom it does not suit. `purpose` is what it is for.
    """

    id: str
    name: Words
    dose: Dose
    purpose: str = ""
    position: Position | None = None
    setup: tuple[Words, ...] = ()
    side: Words | None = None
    phases: tuple[str, ...] = ()
    tempo: Tempo | None = None
    breathing: tuple[BreathWord, ...] = ()
    breath: Tempo = (DEFAULT_BREATH_MS,)
    cues: tuple[Words, ...] = ()
    timed: tuple[TimedWords, ...] = ()
    change: Words | None = None
    change_ms: int = 0
    release: Words | None = None
    caution: Words | None = None
    avoid: tuple[Condition, ...] = ()
    needs: tuple[str, ...] = ()
    instead: str | None = None
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
    """An exercise at a dose, everything resolved but the ranges; `cues` and `timed` are the author's own.

    `alternatives` are what may be done in its place, each at its own dose, the nearest first.
    """

    exercise: Exercise
    dose: Dose
    cues: tuple[Words, ...] = ()
    timed: tuple[TimedWords, ...] = ()
    talk: Talk | None = None
    count: Counting | None = None
    alternatives: tuple[ExerciseStep, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Say:
    """A sentence spoken between exercises."""

    words: Words


@dataclass(frozen=True)
class Rest:
    """A rest of `ms`; before an exercise it announces it, unless it is `quiet`."""

    ms: int
    place: Place | None = field(default=None, compare=False)
    quiet: bool = False


@dataclass(frozen=True)
class Pause:
    """Silence of `ms`."""

    ms: int


@dataclass(frozen=True)
class Wait:
    """Words, and then silence until the listener presses a key; where nobody can, silence of `pause_ms`."""

    words: Words
    pause_ms: int = DEFAULT_WAIT_MS
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class PlaySound:
    """A cue sound by name."""

    name: str


@dataclass(frozen=True)
class Section:
    """Steps under a title, done `rounds` times."""

    title: Words
    rounds: int
    steps: tuple[Step, ...]
    talk: Talk | None = None


Step = ExerciseStep | Say | Rest | Pause | Wait | PlaySound | Section


@dataclass(frozen=True)
class Routine:
    """A whole routine script in the `language` that is played; includes are already in its steps.

    `dose` is a percentage, `say_as` how words are pronounced, `music` a path, `music_level` dB.
    """

    title: str
    steps: tuple[Step, ...]
    summary: str = ""
    language: str = "en"
    voice: Words | None = None
    engine: Words | None = None
    rate: int | None = None
    opening: Words | None = None
    closing: Words | None = None
    dose: int | None = None
    talk: Talk | None = None
    count: Counting | None = None
    say_as: tuple[Pronunciation, ...] = ()
    music: Words | None = None
    music_level: int = 0
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Week:
    """A week of a programme: its dose in percent, and for each of seven days the routines done; none is a day of rest."""

    dose: int
    days: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True)
class Programme:
    """Which routines are done on which day, over weeks; `start` is its first day as an ISO 8601 date, `2026-11-23`."""

    title: str
    weeks: tuple[Week, ...]
    summary: str = ""
    start: str | None = None
