"""The bed: the music of one session, any stretch of it, as loud as it is between words."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import SAMPLES_PER_MS
from voiceguide.audio.music.spool import Spool
from voiceguide.audio.music.supply import Supply
from voiceguide.audio.music.tracks import tracks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from voiceguide.audio.music.measures import Measures
    from voiceguide.audio.music.order import Turn
    from voiceguide.timeline import Music

LOUDNESS = -24.0
"""LUFS of the music between words: 8 dB under a voice of -16."""
FADE_IN = 2_000 * SAMPLES_PER_MS
FADE_OUT = 5_000 * SAMPLES_PER_MS
"""Samples of the fades of a session that is long enough: at most a quarter of it, and half."""

_QUARTER_TURN = np.pi / 2


class Bed:
    """The music of a session of `frames` samples, from its fade-in to its fade-out; made by `open_bed`.

    It may be read while it is decoded, by any thread. Where decoding fails, what it fails with is raised: by `read`
    where what is asked for was not decoded, by `ready` as soon as that is known.
    """

    def __init__(self, supply: Supply, spool: Spool, frames: int, fade_in: int) -> None:
        self._supply = supply
        self._spool = spool
        self._frames = frames
        self._fade_in = fade_in
        supply.want(frames)

    def lasting(self, frames: int) -> Bed:
        """The same music for a session of `frames` samples: it fades out at another time, and else does not differ."""
        return Bed(self._supply, self._spool, frames, self._fade_in)

    @property
    def ready(self) -> int:
        """The samples from the session's start that can be read without waiting: in the end, all of them."""
        return self._supply.ready(self._frames)

    def wait(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Return when the whole session can be read; `progress` is called with the samples that can be, and all."""
        while (done := self.ready) < self._frames:
            if progress is not None:
                progress(done, self._frames)
            self._supply.stock(done + 1)
        if progress is not None:
            progress(self._frames, self._frames)

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """The samples from `start` on, shape (count, 2), in units of 16 bits; zeros outside of the session.

        Waits for what is not decoded yet.
        """
        block = np.zeros((count, 2), dtype=np.float32)
        first, last = max(start, 0), min(start + count, self._frames)
        if last <= first:
            return block
        stock = self._supply.stock(last)
        heard = block[first - start : last - start]
        for turn in stock.order.turns(first, last):
            begin, end = max(first, turn.start), min(last, turn.start + turn.length)
            track = stock.tracks[turn.track]
            samples = self._spool.read(track.start + begin - turn.start, end - begin)
            gains = track.gain * _gains(turn, begin, end)
            heard[begin - first : end - first] += samples * gains[:, np.newaxis]
        heard *= self._fades(first, last)[:, np.newaxis]
        return block

    def _fades(self, begin: int, end: int) -> NDArray[np.float32]:
        """The gain of the session's own fades for each sample: half a Hann window each."""
        at = np.arange(begin, end) + 0.5
        fade_out = min(FADE_OUT, max(1, self._frames // 2))
        nearest = np.minimum(at / self._fade_in, (self._frames - at) / fade_out)
        return (np.sin(np.minimum(nearest, 1.0) * _QUARTER_TURN) ** 2).astype(np.float32)


def _gains(turn: Turn, begin: int, end: int) -> NDArray[np.float32]:
    """The gain of a turn for each sample: what two tracks give in a crossfade is as powerful as either alone."""
    at = np.arange(begin, end) - turn.start + 0.5
    nearest = np.ones(end - begin)
    if turn.fade_in:
        nearest = np.minimum(nearest, at / turn.fade_in)
    if turn.fade_out:
        nearest = np.minimum(nearest, (turn.length - at) / turn.fade_out)
    return np.sin(nearest * _QUARTER_TURN).astype(np.float32)


@contextmanager
def open_bed(music: Music, duration_ms: int, folder: Path, measures: Measures | None = None) -> Iterator[Bed]:
    """The music of a session of `duration_ms`; its tracks are decoded, as long as this is open, to a file in `folder`.

    The file is nameless. No more of a track is decoded than the session can play and half a minute, and memory grows
    with neither. A track is measured once where its loudness can be kept in `measures`. Raises OutputError, here or where
    the bed is read: `no-music`, `unreadable-music`, `no-ffmpeg`, `no-room-for-music`.
    """
    frames = duration_ms * SAMPLES_PER_MS
    fade_in = min(FADE_IN, max(1, frames // 4))
    with (
        Spool(folder) as spool,
        Supply(tracks(Path(music.path)), spool, LOUDNESS + music.level_db, measures) as supply,
    ):
        yield Bed(supply, spool, frames, fade_in)
