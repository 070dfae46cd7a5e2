"""A timer as data: what other programs count down, one interval after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voiceguide.units import MAX_DURATION_MS

MAX_ROUNDS = 99
MAX_COUNT = 999
MAX_INTERVALS = 3_000
MAX_DONE = 6_000
"""How many intervals there may be: written, and done with every round. A script takes no more parts."""
COUNT_MS = 2_000
"""How long one of a counted exercise lasts in JAWT (`CountedExercise.duration`)."""

IntervalKind = Literal["work", "rest"]


@dataclass(frozen=True)
class Interval:
    """One countdown: its words, and `ms` of work or rest; a `count` is how many of a movement are done in it.

    `notes` are for the author of the script to read, as is everything of this name here.
    """

    kind: IntervalKind
    words: str
    ms: int
    count: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Intervals that are done `rounds` times, under a title if they have one."""

    intervals: tuple[Interval, ...]
    rounds: int = 1
    title: str = ""


@dataclass(frozen=True)
class Timer:
    """A whole timer. `language` is the code of its words where it says so; `notes_after` stand at its end."""

    title: str
    blocks: tuple[Block, ...]
    language: str | None = None
    notes: tuple[str, ...] = ()
    notes_after: tuple[str, ...] = ()

    @property
    def ms(self) -> int:
        """How long it counts down in all."""
        return sum(interval.ms * block.rounds for block in self.blocks for interval in block.intervals)

    @property
    def written(self) -> int:
        """How many intervals stand in it."""
        return sum(len(block.intervals) for block in self.blocks)

    @property
    def done(self) -> int:
        """How many intervals are done, every round counted, and every one of a counted exercise."""
        return sum(
            block.rounds * (interval.count or 1) for block in self.blocks for interval in block.intervals
        )


def exceeds(timer: Timer) -> str | None:
    """The kind of problem where a timer is more than a script takes, None where it is not."""
    if timer.ms > MAX_DURATION_MS:
        return "import-too-long"
    return "import-too-many" if timer.written > MAX_INTERVALS or timer.done > MAX_DONE else None
