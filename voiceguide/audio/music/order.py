"""The order of tracks: where each begins, and how it passes into the next, over and over."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CROSSFADE = 3 * 48_000
"""Samples of a crossfade, where both tracks are at least twice as long."""


@dataclass(frozen=True)
class Turn:
    """A track's turn: it is heard from sample `start` on for all its `length`.

    Over its first `fade_in` and its last `fade_out` samples it shares the time with its neighbours.
    """

    track: int
    start: int
    length: int
    fade_in: int
    fade_out: int


def crossfade(length: int, following: int) -> int:
    """The samples that two tracks of these lengths share: no more than half of either."""
    return min(CROSSFADE, length // 2, following // 2)


class Order:
    """Tracks of these lengths (samples, each at least 2) one after the other, and from the first one again."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._lengths = tuple(lengths)
        following = (*self._lengths[1:], self._lengths[0])
        self._fades = tuple(map(crossfade, self._lengths, following))
        starts = [0]
        for length, fade in zip(self._lengths, self._fades, strict=True):
            starts.append(starts[-1] + length - fade)
        self._period = starts.pop()
        self.starts = tuple(starts)
        """Where each track begins for the first time."""

    def turns(self, start: int, end: int) -> Iterator[Turn]:
        """The turns that are heard between two samples, in order; at any time at most two are."""
        rounds, within = divmod(start, self._period)
        index = rounds * len(self._lengths) + bisect_right(self.starts, within) - 1
        # The turn before may still be fading out.
        for number in count(max(0, index - 1)):
            turn = self._turn(number)
            if turn.start >= end:
                return
            if turn.start + turn.length > start:
                yield turn

    def _turn(self, number: int) -> Turn:
        rounds, track = divmod(number, len(self._lengths))
        return Turn(
            track=track,
            start=rounds * self._period + self.starts[track],
            length=self._lengths[track],
            fade_in=self._fades[track - 1] if number else 0,
            fade_out=self._fades[track],
        )
