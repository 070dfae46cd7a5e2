"""A session as blocks of words and time, before the lengths of its phrases are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.errors import Place
    from voiceguide.timeline import Role


@dataclass(frozen=True)
class Line:
    """Words with the role of their cue, and where the author wrote them if it was in the script."""

    role: Role
    text: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Who:
    """Which set of which exercise on which side a block is; `number` tells performances apart."""

    exercise: str
    number: int
    side: str | None
    set: int
    sets: int
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ChapterStart:
    """The next words begin a chapter."""

    title: str


@dataclass(frozen=True)
class Speak:
    """Lines said one after the other, outside of any exercise's time."""

    lines: tuple[Line, ...]
    exercise: str | None = None


@dataclass(frozen=True)
class Ready:
    """An exercise is announced; at least `least_ms`. A rest of `rest_ms` before it counts towards it."""

    lines: tuple[Line, ...]
    least_ms: int
    who: Who
    rest_ms: int | None = None
    rest_place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class HoldSet:
    """One hold of `ms`: what is counted down, said at its middle, and said where there is room."""

    ms: int
    who: Who
    countdown: tuple[Line, ...]
    halfway: Line | None
    reminders: tuple[Line, ...]


@dataclass(frozen=True)
class PhaseSlot:
    """A phase of `ms` in a rep: `choices` are its lines, the first that fits is said; `hold` marks a hold."""

    ms: int
    hold: bool
    choices: tuple[Line, ...]


@dataclass(frozen=True)
class RepSet:
    """Reps, each a tuple of phases."""

    reps: tuple[tuple[PhaseSlot, ...], ...]
    who: Who
    reminders: tuple[Line, ...]


@dataclass(frozen=True)
class SetRest:
    """The rest before the next set: `first` is said at its start where there is room, `last` before its end.

    Where sides alternate it is also their change: it lasts at least `switch_ms`, and longer where `last` needs it.
    """

    ms: int
    who: Who
    first: Line | None
    last: tuple[Line, ...]
    before_reps: bool
    switch_ms: int | None = None


@dataclass(frozen=True)
class SideSwitch:
    """The change of sides; at least `least_ms`."""

    least_ms: int
    who: Who
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FreeRest:
    """A rest that announces nothing; the first of `choices` that fits is said."""

    ms: int
    choices: tuple[Line, ...]


@dataclass(frozen=True)
class Silence:
    """A pause of `ms`."""

    ms: int


@dataclass(frozen=True)
class SoundCue:
    """A cue sound by name."""

    name: str


Block = ChapterStart | Speak | Ready | HoldSet | RepSet | SetRest | SideSwitch | FreeRest | Silence | SoundCue


def lines_of(block: Block) -> Iterator[Line]:
    """Every line that a block may say."""
    match block:
        case Speak(lines) | Ready(lines) | SideSwitch(_, _, lines):
            yield from lines
        case HoldSet():
            yield from block.countdown
            yield from block.reminders
            if block.halfway:
                yield block.halfway
        case RepSet():
            for rep in block.reps:
                for phase in rep:
                    yield from phase.choices
            yield from block.reminders
        case SetRest():
            if block.first:
                yield block.first
            yield from block.last
        case FreeRest():
            yield from block.choices
        case _:
            pass


def texts(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Every distinct text that the blocks may say, in order: what an engine is asked to measure."""
    return tuple(dict.fromkeys(line.text for block in blocks for line in lines_of(block)))


def sounds(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Every distinct cue sound of the blocks, besides the tones of start and end."""
    return tuple(dict.fromkeys(block.name for block in blocks if isinstance(block, SoundCue)))
