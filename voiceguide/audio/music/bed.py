"""The bed: the music of one session, any stretch of it, as loud as it is between words."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import RATE, SAMPLES_PER_MS
from voiceguide.audio.loudness import ratio
from voiceguide.audio.meter import Meter
from voiceguide.audio.music.decode import decoded
from voiceguide.audio.music.order import CROSSFADE, Order, Turn, crossfade
from voiceguide.audio.music.spool import Spool
from voiceguide.audio.music.tracks import tracks
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from voiceguide.timeline import Music

LOUDNESS = -24.0
"""LUFS of the music between words: 8 dB under a voice of -16."""
FADE_IN = 2_000 * SAMPLES_PER_MS
FADE_OUT = 5_000 * SAMPLES_PER_MS
"""Samples of the fades of a session that is long enough: at most a quarter of it, and half."""

# A shorter one, over and over, would be a buzz.
_SHORTEST = RATE // 10
# A track this short is measured as it is heard, over and over: it may be shorter than a block of the meter.
_SHORT = 3 * RATE
_QUARTER_TURN = np.pi / 2


@dataclass(frozen=True)
class Track:
    """A track's samples in the spool, and the gain that gives it its loudness."""

    start: int
    frames: int
    gain: float


class Bed:
    """The music of a session of `frames` samples, from its fade-in to its fade-out; made by `open_bed`."""

    def __init__(self, spool: Spool, found: tuple[Track, ...], frames: int) -> None:
        self._spool = spool
        self._tracks = found
        self._order = Order([track.frames for track in found])
        self._frames = frames

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """The samples from `start` on, shape (count, 2), in units of 16 bits; zeros outside of the session."""
        block = np.zeros((count, 2), dtype=np.float32)
        first, last = max(start, 0), min(start + count, self._frames)
        if last <= first:
            return block
        heard = block[first - start : last - start]
        for turn in self._order.turns(first, last):
            begin, end = max(first, turn.start), min(last, turn.start + turn.length)
            track = self._tracks[turn.track]
            samples = self._spool.read(track.start + begin - turn.start, end - begin)
            gains = track.gain * _gains(turn, begin, end)
            heard[begin - first : end - first] += samples * gains[:, np.newaxis]
        heard *= self._fades(first, last)[:, np.newaxis]
        return block

    def _fades(self, begin: int, end: int) -> NDArray[np.float32]:
        """The gain of the session's own fades for each sample: half a Hann window each."""
        at = np.arange(begin, end) + 0.5
        fade_in = min(FADE_IN, max(1, self._frames // 4))
        fade_out = min(FADE_OUT, max(1, self._frames // 2))
        nearest = np.minimum(at / fade_in, (self._frames - at) / fade_out)
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
def open_bed(
    music: Music, duration_ms: int, folder: Path, progress: Callable[[int, int], None] | None = None
) -> Iterator[Bed]:
    """The music of a session of `duration_ms`, its tracks decoded to a nameless file in `folder` and measured there.

    No more of a track is decoded than the session can play, and memory grows with neither. `progress` is called with
    the samples done and the samples in all. Raises OutputError: `no-music`, `unreadable-music`, `no-ffmpeg`,
    `no-room-for-music`.
    """
    frames = duration_ms * SAMPLES_PER_MS
    found: list[Track] = []
    at = told = 0

    def taken(samples: int) -> None:
        nonlocal told
        told = min(max(told, at + samples), frames)
        if progress is not None:
            progress(told, frames)

    with Spool(folder) as spool:
        for path in tracks(Path(music.path)):
            # A track that is as long as this passes into the next when the session is over.
            track = _take(path, spool, frames - at + CROSSFADE, music.level_db, taken)
            found.append(track)
            # The next one begins here, or later if it is short.
            at += track.frames - crossfade(track.frames, track.frames)
            if at >= frames:
                break
        if progress is not None:
            progress(frames, frames)
        yield Bed(spool, tuple(found), frames)


def check_length(path: Path, frames: int) -> None:
    """Raise OutputError `unreadable-music` for a track of too few samples."""
    if frames < _SHORTEST:
        raise OutputError(
            problem("unreadable-music", path=path, reason="it is shorter than a tenth of a second")
        )


def _take(path: Path, spool: Spool, most: int, level_db: int, taken: Callable[[int], None]) -> Track:
    """Decode and measure a track, at most `most` samples of it; `taken` hears how many there are by now."""
    start, meter = spool.frames, Meter()
    with closing(decoded(path)) as blocks:
        for block in blocks:
            part = block[: most - (spool.frames - start)]
            spool.append(part)
            meter.add(part)
            taken(spool.frames - start)
            if spool.frames - start >= most:
                break
    frames = spool.frames - start
    check_length(path, frames)
    if frames < _SHORT:
        meter = Meter()
        once = spool.read(start, frames) / np.float32(32767.0)
        meter.add(np.resize(once, (_SHORT, 2)))
    loudness = meter.loudness()
    if loudness == -np.inf:
        raise OutputError(problem("unreadable-music", path=path, reason="it is silent"))
    return Track(start, frames, ratio(LOUDNESS + level_db - loudness))
