"""Clips: sounds as 48 kHz mono samples, cut to what is audible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE = 48_000
SAMPLES_PER_MS = 48
FRAME = 1152
"""One MP3 frame, 24 ms."""

Clip = NDArray[np.int16]
"""Mono samples at `RATE`, shape (n,)."""

Pcm = NDArray[np.int16]
"""Samples of a session at `RATE`: mono, shape (n,), or stereo, shape (n, 2)."""

# Measured over 30 words in two languages: espeak's softest onsets ("first", "thigh", "Hüfte") come within 0.5 ms of
# the first non-zero sample at 42 dB below the peak, and the noise between a neural voice's words stays below.
_AUDIBLE_RATIO = 10 ** (-42 / 20)
_AUDIBLE_FLOOR = 10 ** (-60 / 20)
_BEFORE_MS = 2
_AFTER_MS = 5


def length_ms(clip: Clip | NDArray[np.float32]) -> int:
    """The clip's length in ms, rounded up."""
    return -(-len(clip) // SAMPLES_PER_MS)


def resample(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The mono samples, taken at `rate` Hz, at `RATE`."""
    if rate == RATE or not len(samples):
        return samples.astype(np.float32)
    import soxr  # noqa: PLC0415 (clips read from the cache need none)

    resampled: NDArray[np.float32] = soxr.resample(samples.astype(np.float32), rate, RATE, quality="HQ")
    return resampled


def trim(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The mono samples from 2 ms before the onset to 5 ms after the end of what is audible.

    Audible is what reaches 42 dB below the loudest sample, and -60 dBFS. The margins fade from and to silence,
    and are silence where the samples have none: the onset is always 2 ms from the start. Empty when nothing is audible.
    """
    level = np.abs(samples)
    threshold = max(float(level.max(initial=0.0)) * _AUDIBLE_RATIO, _AUDIBLE_FLOOR)
    audible = np.flatnonzero(level >= threshold)
    if not len(audible):
        return np.zeros(0, dtype=np.float32)
    before = rate * _BEFORE_MS // 1000
    after = rate * _AFTER_MS // 1000
    onset, end = int(audible[0]), int(audible[-1]) + 1
    kept = samples[max(0, onset - before) : end + after].astype(np.float32)
    kept = np.pad(kept, (max(0, before - onset), max(0, end + after - len(samples))))
    kept[:before] *= np.linspace(0.0, 1.0, before, endpoint=False, dtype=np.float32)
    kept[len(kept) - after :] *= np.linspace(1.0, 0.0, after, dtype=np.float32)
    return kept


def to_int16(samples: NDArray[np.float32]) -> Clip:
    """The samples, full scale 1.0, rounded to 16 bits; what is beyond full scale is clipped."""
    clip: Clip = np.clip(np.rint(samples * 32767.0), -32768, 32767).astype(np.int16)
    return clip


def to_float32(samples: Sequence[int] | NDArray[np.int16]) -> NDArray[np.float32]:
    """16-bit samples as numbers of full scale 1.0."""
    return (np.asarray(samples, dtype=np.int16) / 32767.0).astype(np.float32)
