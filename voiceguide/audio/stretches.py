"""Where a session can be cut: stretches of whole MP3 frames that sound, and the quiet between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.audio.clip import FRAME

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

BEFORE, AFTER = 2, 3
"""Quiet frames around what sounds.

Behind a sound are the 1,105 samples that coding and decoding take, and what its transform spreads it over. Before it the
bit reservoir of a new encoder fills, as that of one that comes out of silence is full.
"""


@dataclass(frozen=True)
class Stretch:
    """`frames` MP3 frames from `first` on, both edges quiet.

    `sounds` are what is heard in it and at which of its samples: two with the same are the same sound. Without any it is
    quiet.
    """

    first: int
    frames: int
    sounds: tuple[tuple[int, Hashable], ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether nothing is heard in it."""
        return not self.sounds

    @property
    def start(self) -> int:
        """The first sample."""
        return self.first * FRAME

    @property
    def samples(self) -> int:
        """How many samples it has."""
        return self.frames * FRAME


def stretches(sounds: Iterable[tuple[int, int, Hashable]], frames: int) -> Iterator[Stretch]:
    """All of a session's MP3 `frames`, cut wherever it is quiet for more than 5 of them (120 ms).

    `sounds` are the first sample and the one after the last of all that sounds, and what it is: sorted and never
    overlapping.
    """
    first = last = 0
    inside: list[tuple[int, Hashable]] = []
    for start, end, what in sounds:
        begin = max(0, start // FRAME - BEFORE)
        if begin > last:
            yield from _stretch(first, last, inside)
            yield from _stretch(last, begin, [])
            first, inside = begin, []
        inside.append((start - first * FRAME, what))
        last = max(last, min(frames, -(-end // FRAME) + AFTER))
    yield from _stretch(first, last, inside)
    yield from _stretch(last, frames, [])


def _stretch(first: int, last: int, inside: list[tuple[int, Hashable]]) -> Iterator[Stretch]:
    if last > first:
        yield Stretch(first, last - first, tuple(inside))
