"""Loudness as ITU-R BS.1770-4 measures it, and the gain that gives every clip the same."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from voiceguide.audio.clip import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

TARGET = -19.0
"""LUFS of a mono session: what -16 LUFS is in stereo."""
CEILING = -2.5
"""dBTP of a clip, and of voice and music together.

Chosen by measurement so that an MP3 decoded from 64 kbit/s mono or 128 kbit/s stereo stays at or below -1 dBTP.
"""
HARDEST_LIMITING_DB = 12.0
"""A click would need absurd gain to count as loud as a word: peaks are pushed into the limiter by no more."""

ABSOLUTE_GATE = -70.0
"""LUFS below which a block does not count."""
RELATIVE_GATE = -10.0
"""LU from the mean of those blocks, below which a block does not count either."""
SETTLING = RATE // 10
"""Samples after which the slower of the two filters is 100 dB down."""
REACH = 512
"""`limiting_gain` of `peak_levels` looks at fewer samples than these on either side."""

_BLOCK = RATE * 400 // 1000
_STEP = RATE * 100 // 1000
_FINE_STEP = RATE * 10 // 1000
# As many samples at a time as fill a transform that is quick: one that stays near the processor.
_SIZE = 1 << 14
_HOP = _SIZE - SETTLING
NORM: Literal["ortho"] = "ortho"
"""With a factor of its own kind numpy transforms single precision as such, in a quarter of the time."""
_OVERSAMPLING = 4
_RINGING = 80
"""Samples on either side that soxr's filter looks at."""
_AT_ONCE = 7_680
"""Samples whose oversampling stays below the 128 KiB from which on memory is had from the system, and is slow at first."""
_WINDOW_BITS = 8
_WINDOW = 1 << _WINDOW_BITS  # 5.3 ms: gain moves slower than the lowest voice swings
_ROUNDS = 3
_CLOSE_ENOUGH_DB = 0.05

# BS.1770-4, tables 1 and 2: the coefficients at 48 kHz, (b, a) of the head's shelf and of the high pass.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def integrated(samples: NDArray[np.float32]) -> float:
    """The gated loudness in LUFS of mono samples at 48 kHz; -inf where no 400 ms block is above -70 LUFS.

    Filters all samples at once, so its memory is about 10 times theirs: for clips and tests, not for hours.
    """
    return _gated(_blocks(_energies(_in_steps(_k_weighted(samples))), _STEP))


def true_peak(samples: NDArray[np.float32]) -> float:
    """The highest level in dBTP between samples too, at four times the rate (BS.1770-4, annex 2); -inf for silence."""
    return _decibels(float(peak_levels(samples).max(initial=0.0)))


def limit(samples: NDArray[np.float32], ceiling_dbtp: float) -> NDArray[np.float32]:
    """The samples with their true peaks brought down to `ceiling_dbtp` by gain that moves over 5 ms, never by clipping."""
    ceiling = ratio(ceiling_dbtp)
    peaks = peak_levels(samples)
    if peaks.max(initial=0.0) <= ceiling:
        return samples.astype(np.float32)
    return _turned(samples, limiting_gain(peaks, ceiling))


def level(
    samples: NDArray[np.float32], target_lufs: float = TARGET, ceiling_dbtp: float = CEILING
) -> NDArray[np.float32]:
    """The mono 48 kHz clip as loud as `target_lufs` when it stands alone in silence, peaks at most `ceiling_dbtp`.

    A session of such clips and silence has that loudness too, however short and long ones are mixed. Silence
    comes back as it is, and a click that cannot be made as loud as a word without crushing it stays softer.
    """
    # It sounds on in the filters after its end.
    steps = _in_steps(np.pad(samples.astype(np.float32), (0, SETTLING)))
    weighted = _k_weighted(steps.reshape(-1)).reshape(steps.shape)
    energies = _energies(weighted)
    loudness = _gated(_blocks_in_silence(energies))
    if loudness == -np.inf:
        return samples.astype(np.float32)
    peaks = _in_steps(np.pad(peak_levels(samples), (0, SETTLING)))
    highest = peaks.max(axis=1)
    ceiling = ratio(ceiling_dbtp)
    hardest = ratio(ceiling_dbtp + HARDEST_LIMITING_DB) / float(highest.max())
    gain = min(ratio(target_lufs - loudness), hardest)
    for _ in range(_ROUNDS):
        over = _around(highest * gain > ceiling)
        if not over.any():
            break
        # Limiting moves slowly beside what the weighting filters see, so it commutes with them to 0.1 dB.
        heard = energies * gain**2
        heard[over] = _energies(weighted[over] * _limited(peaks[over] * gain, ceiling)) * gain**2
        missing = target_lufs - _gated(_blocks_in_silence(heard))
        gain = min(gain * ratio(missing), hardest)
        if abs(missing) < _CLOSE_ENOUGH_DB:
            break
    over = _around(highest * gain > ceiling)
    steps[over] *= _limited(peaks[over] * gain, ceiling)
    return steps.reshape(-1)[: len(samples)] * np.float32(gain)


def _in_steps(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The samples in whole steps of 10 ms, a row each; what does not fill one is left out."""
    return samples[: len(samples) // _FINE_STEP * _FINE_STEP].reshape(-1, _FINE_STEP)


def _around(steps: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those steps and their neighbours, which is as far as limiting reaches."""
    around = steps.copy()
    around[1:] |= steps[:-1]
    around[:-1] |= steps[1:]
    return around


def _limited(peaks: NDArray[np.float32], ceiling: float) -> NDArray[np.float32]:
    """The gain of the limiter for steps with these peaks.

    Steps that do not follow each other in time may do so here: where they meet, nothing has to be limited.
    """
    return limiting_gain(peaks.reshape(-1), ceiling).astype(np.float32).reshape(peaks.shape)


def _turned(samples: NDArray[np.float32], gain: float | NDArray[np.float64]) -> NDArray[np.float32]:
    louder: NDArray[np.float32] = (samples * gain).astype(np.float32)
    return louder


def k_response(size: int) -> NDArray[np.complex128]:
    """What both filters of BS.1770-4 do to each line of a real spectrum of `size` samples at 48 kHz."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(size // 2 + 1, dtype=np.complex128)
    for b, a in (_SHELF, _HIGH_PASS):
        response *= (b[0] + z * (b[1] + z * b[2])) / (a[0] + z * (a[1] + z * a[2]))
    return response


@cache
def _response() -> NDArray[np.complex64]:
    return k_response(_SIZE).astype(np.complex64)


def _k_weighted(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The samples through both filters, by multiplication in the frequency domain.

    So many samples at a time, behind as many as still sound in the filters: overlap and save.
    """
    response = _response()
    padded = np.pad(samples, (SETTLING, 0))
    weighted = np.empty(len(samples), dtype=np.float32)
    for start in range(0, len(samples), _HOP):
        spectrum = np.fft.rfft(padded[start : start + _SIZE], _SIZE, norm=NORM)
        spectrum *= response
        row = np.fft.irfft(spectrum, _SIZE, norm=NORM)
        weighted[start : start + _HOP] = row[SETTLING : SETTLING + len(samples) - start]
    return weighted


def _energies(steps: NDArray[np.float32]) -> NDArray[np.float64]:
    """The sum of the squares of each row."""
    energies: NDArray[np.float64] = np.einsum("ij,ij->i", steps, steps).astype(np.float64)
    return energies


def _blocks(energies: NDArray[np.float64], step: int) -> NDArray[np.float64]:
    """The mean square of each whole 400 ms block, one every `step` samples, from the energies of whole 10 ms."""
    summed = np.concatenate(([0.0], np.cumsum(energies)))
    width = _BLOCK // _FINE_STEP
    means: NDArray[np.float64] = (summed[width:] - summed[:-width])[:: step // _FINE_STEP] / _BLOCK
    return means


def _blocks_in_silence(energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean square of every block that some of the sound is in."""
    return _blocks(np.pad(energies, _BLOCK // _FINE_STEP), _FINE_STEP)


def _gated(blocks: NDArray[np.float64]) -> float:
    """The loudness in LUFS of the blocks above both gates (BS.1770-4, annex 1, equations 4 to 7)."""
    audible = blocks[blocks > power(ABSOLUTE_GATE)]
    if not len(audible):
        return -np.inf
    kept = audible[audible > audible.mean() * 10 ** (RELATIVE_GATE / 10)]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def peak_levels(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The highest magnitude around each sample, as heard after a converter's oversampling."""
    import soxr  # noqa: PLC0415 (whoever only measures lengths does not pay for it)

    count = len(samples)
    if not count:
        return np.zeros(0, dtype=np.float32)
    # The edges of a clip ring too: the silence it stands in is part of what is oversampled.
    padded = np.pad(samples.astype(np.float32, copy=False), 2 * _RINGING)
    levels = np.abs(padded)
    for start in range(_RINGING, count + 3 * _RINGING, _AT_ONCE):
        end = min(start + _AT_ONCE, count + 3 * _RINGING)
        fine = soxr.resample(padded[start - _RINGING : end + _RINGING], 1, _OVERSAMPLING, quality="MQ")
        fine = np.abs(fine[(_RINGING - 1) * _OVERSAMPLING : (_RINGING + end - start) * _OVERSAMPLING])
        after = np.maximum.reduce([fine[phase::_OVERSAMPLING] for phase in range(_OVERSAMPLING)])
        around = levels[start:end]
        np.maximum(around, np.maximum(after[1:], after[:-1]), out=around)
    first, last = 2 * _RINGING, 2 * _RINGING + count - 1
    levels[first] = levels[: first + 1].max()
    levels[last] = levels[last:].max()
    return levels[first : last + 1]


def limiting_gain(peaks: NDArray[np.float32], ceiling: float) -> NDArray[np.float64]:
    """The gain for each sample, at most what its peak allows: the lowest in a window, smoothed over as long a one."""
    allowed = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    # Both windows together look this far to either side, and beyond the clip nothing has to be limited.
    lowest = np.pad(allowed, _WINDOW, constant_values=1.0)
    for bit in range(_WINDOW_BITS):
        lowest = np.minimum(lowest[: -(1 << bit)], lowest[1 << bit :])
    total = np.concatenate(([0.0], np.cumsum(lowest, dtype=np.float64)))
    smooth = (total[_WINDOW:] - total[:-_WINDOW]) / _WINDOW
    gain: NDArray[np.float64] = smooth[1 : 1 + len(peaks)]
    return gain


def _decibels(amplitude: float) -> float:
    return float(20 * np.log10(amplitude)) if amplitude > 0 else -np.inf


def ratio(decibels: float) -> float:
    """The amplitude that many dB above 1."""
    return float(10 ** (decibels / 20))


def power(loudness: float) -> float:
    """The weighted mean square, summed over the channels, of what has this loudness in LUFS."""
    return float(10 ** ((loudness + 0.691) / 10))
