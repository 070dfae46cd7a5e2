"""A session as blocks of words and time, before the lengths of its phrases are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.timeline import Sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.errors import Place
    from voiceguide.timeline import Role, Source


TICK = Sound("tick")


@dataclass(frozen=True)
class Line:
    """Words with the role of their cue, what is heard of them, and where the author wrote them if it was in the script."""

    role: Role
    text: str
    source: Source
    place: Place | None = field(default=None, compare=False)


class TimedLine(NamedTuple):
    """A line at a time of its own: `at_ms` from the start of a set, or where negative from its end."""

    at_ms: int
    line: Line


@dataclass(frozen=True)
class Who:
    """Which set of which exercise on which side a block is, and where the author wrote it."""

    exercise: str
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
    """One hold of `ms`: what is counted down, said at its own time, how much is left, its middle, and what is said where there is room."""

    ms: int
    who: Who
    countdown: tuple[Line, ...] = ()
    timed: tuple[TimedLine, ...] = ()
    left: tuple[TimedLine, ...] = ()
    halfway: Line | None = None
    reminders: tuple[Line, ...] = ()


@dataclass(frozen=True)
class PhaseSlot:
    """A phase of `ms` in a rep, with `choices` of what is said on its onset, the best one first; `hold` marks a hold.

    With `beat`, a tick as a cue of that role may take the place of its words; "rep" marks the phase that is counted.
    """

    ms: int
    hold: bool
    choices: tuple[Line, ...] = ()
    beat: Role | None = None


@dataclass(frozen=True)
class RepSet:
    """Reps, each a tuple of as many phases; they may be `breaths`."""

    reps: tuple[tuple[PhaseSlot, ...], ...]
    who: Who
    timed: tuple[TimedLine, ...] = ()
    reminders: tuple[Line, ...] = ()
    breaths: bool = False


@dataclass(frozen=True)
class SetRest:
    """The rest before the next set: `first` is said at its start where there is room, `last` before its end.

    It is longer where `last` needs it; a rest of 0 stays so. Where sides alternate it is also their change, of
    `switch_ms` at least.
    """

    ms: int
    who: Who
    first: Line | None
    last: tuple[Line, ...]
    before_reps: bool
    switch_ms: int | None = None

    @property
    def least_ms(self) -> int:
        """How long it lasts without a word."""
        return max(self.ms, self.switch_ms or 0)

    @property
    def grows(self) -> bool:
        """Whether it lasts as long as its last words need."""
        return bool(self.last) and (self.ms > 0 or self.switch_ms is not None)


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
class KeyWait:
    """A line, and then `ms` of silence, in which live play waits for a key."""

    line: Line
    ms: int


@dataclass(frozen=True)
class SoundCue:
    """A cue sound by name."""

    name: str


Block = (
    ChapterStart
    | Speak
    | Ready
    | HoldSet
    | RepSet
    | SetRest
    | SideSwitch
    | FreeRest
    | Silence
    | KeyWait
    | SoundCue
)


def lines_of(block: Block) -> Iterator[Line]:
    """Every line that a block may say."""
    match block:
        case Speak(lines) | Ready(lines) | SideSwitch(_, _, lines):
            yield from lines
        case HoldSet():
            yield from block.countdown
            yield from (line for _, line in (*block.timed, *block.left))
            if block.halfway:
                yield block.halfway
            yield from block.reminders
        case RepSet():
            for rep in block.reps:
                for phase in rep:
                    yield from phase.choices
            yield from (line for _, line in block.timed)
            yield from block.reminders
        case SetRest():
            if block.first:
                yield block.first
            yield from block.last
        case FreeRest():
            yield from block.choices
        case KeyWait(line):
            yield line
        case _:
            pass


def sources(blocks: Iterable[Block]) -> Iterator[Source]:
    """Everything that the blocks may have heard beside the tones of start and end: what has to be measured."""
    for block in blocks:
        yield from (line.source for line in lines_of(block))
        if isinstance(block, SoundCue):
            yield Sound(block.name)
        if isinstance(block, RepSet) and any(phase.beat for rep in block.reps for phase in rep):
            yield TICK
