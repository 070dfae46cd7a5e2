"""What is said within one set: words at their times, and where there is room for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.compile.blocks import Line


# What must stay silent between two cues that are placed at fixed times.
MARGIN_MS = 60


class Slots:
    """The stretch of a set from `start` to `end` ms in which words may be heard, and those that have their place.

    `said` are (start in ms, line) in order; the constructor takes them with their lengths.
    """

    def __init__(self, start: int, end: int, said: list[tuple[int, Line, int]] | None = None) -> None:
        self.start = start
        self.end = end
        self._said = list(said or [])

    @property
    def said(self) -> list[tuple[int, Line]]:
        """The words with their starts, in order."""
        return [(at, line) for at, line, _ in self._said]

    @property
    def taken(self) -> list[tuple[int, int]]:
        """The (start, end) of the words, in order."""
        return [(at, at + length) for at, _, length in self._said]

    def put(self, at: int, line: Line, length: int) -> None:
        """Give a line of `length` ms its place."""
        self._said.append((at, line, length))
        self._said.sort(key=lambda one: one[0])

    def next_free(self, at: int, length: int, margin: int, late: int) -> int | None:
        """The first moment from `at` on, at most `late` ms after it, at which `length` ms keep `margin` from all else.

        None where there is none; what would reach out of the set does not fit either.
        """
        free = max(at, self.start + margin)
        for begin, end in self.taken:
            if free < end + margin and begin < free + length + margin:
                free = end + margin
        return free if free <= at + late and free + length + margin <= self.end else None
