"""Voice and music together: the music makes way for the voice, and no peak is too high."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from voiceguide.audio.clip import FRAME, Clip, Pcm
from voiceguide.audio.loudness import CEILING, REACH, limiting_gain, peak_levels, ratio
from voiceguide.audio.nearness import Nearness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from voiceguide.timeline import Cue

DUCK_DB = -7.0
"""From 8 dB under the voice, between words, to 15 dB under it."""
DOWN_MS = 150
"""What ducking takes; it is done when the cue begins."""
UP_MS = 500
MUSIC_CEILING = -6.0
"""dBTP of the music alone: a stroke of a drum was seen to come out of an MP3 of 128 kbit/s 4 dB higher."""

# Everything is worked out in these stretches: a sum that is rounded is the same whoever asks for how much.
_CHUNK = 8 * FRAME
_FULL_SCALE = 32767.0


class MusicSource(Protocol):
    """The music of a session, as loud as it is between words."""

    def read(self, start: int, count: int, /) -> NDArray[np.float32]:
        """The samples from `start` on (it may be negative), shape (count, 2), in units of 16 bits.

        Waits for those that are not there yet.
        """
        ...

    @property
    def ready(self) -> int:
        """The samples from the session's start that can be read without waiting: in the end, all of them."""
        ...

    def lasting(self, frames: int, /) -> MusicSource:
        """The same music for a session of `frames` samples: the two differ in their fade-out."""
        ...


class Stereo:
    """A mono narration over music that is ducked by its cues, limited as one; any stretch of it, always the same."""

    def __init__(
        self, narration: Callable[[int, int], Clip], music: MusicSource, cues: Sequence[Cue]
    ) -> None:
        self._narration = narration
        self._music = music
        self._duck = Nearness(cues, DOWN_MS, UP_MS)
        self._latest: tuple[int, Pcm] = (-1, np.zeros((0, 2), dtype=np.int16))

    def ready(self, frames: int) -> int:
        """How many of a session's `frames` samples can be read without waiting for music."""
        music = self._music.ready
        if music >= frames:
            return frames
        # A chunk takes the music around it.
        return max(0, (music - 2 * REACH) // _CHUNK * _CHUNK)

    def read(self, start: int, count: int) -> Pcm:
        """The samples from `start` (not negative) on, shape (count, 2)."""
        block = np.zeros((count, 2), dtype=np.int16)
        for number in range(start // _CHUNK, -(-(start + count) // _CHUNK)):
            at = number * _CHUNK
            begin, end = max(start, at), min(start + count, at + _CHUNK)
            block[begin - start : end - start] = self._chunk(number)[begin - at : end - at]
        return block

    def _chunk(self, number: int) -> Pcm:
        # A player reads less than a chunk at a time. Looked at once: another thread may put its own in place.
        latest = self._latest
        if latest[0] != number:
            latest = self._latest = (number, self._mixed(number * _CHUNK, _CHUNK))
        return latest[1]

    def _mixed(self, start: int, count: int) -> Pcm:
        # What is around the chunk decides on its gain too, in the one limiter and in the other.
        first, wide = start - 2 * REACH, count + 4 * REACH
        ducked = 10 ** (DUCK_DB / 20 * self._duck.read(first, wide))
        music = _limited(self._music.read(first, wide) * ducked[:, np.newaxis], MUSIC_CEILING)
        both = _limited(music + self._narration(first, wide)[:, np.newaxis], CEILING)
        inner = both[2 * REACH : 2 * REACH + count]
        chunk: Pcm = np.clip(np.rint(inner), -32768, 32767).astype(np.int16)
        return chunk


def _limited(samples: NDArray[np.float64], ceiling_dbtp: float) -> NDArray[np.float64]:
    """The samples, shape (n, 2), with their true peaks brought down to the ceiling by one gain for both channels."""
    ceiling = ratio(ceiling_dbtp) * _FULL_SCALE
    # Between samples sound is hardly ever twice as high as at them.
    if np.abs(samples).max() <= ceiling / 2:
        return samples
    left, right = (peak_levels(np.ascontiguousarray(channel, dtype=np.float32)) for channel in samples.T)
    gain: NDArray[np.float64] = limiting_gain(np.maximum(left, right), ceiling)
    return samples * gain[:, np.newaxis]
