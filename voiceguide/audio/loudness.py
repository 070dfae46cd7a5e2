"""Loudness as ITU-R BS.1770-4 measures it, and the gain that gives every clip the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
_OVERSAMPLING = 4
_WINDOW_BITS = 8
_WINDOW = 1 << _WINDOW_BITS  # 5.3 ms: gain moves slower than the lowest voice swings
_ROUNDS = 3
_CLOSE_ENOUGH_DB = 0.05

# BS.1770-4, tables 1 and 2: the coefficients at 48 kHz, (b, a) of the head's shelf and of the high pass.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def integrated(samples: NDArray[np.float32]) -> float:
    """The gated loudness in LUFS of mono samples at 48 kHz; -inf where no 400 ms block is above -70 LUFS.

    Filters all samples at once, so its memory is about 40 times theirs: for clips and tests, not for hours.
    """
    return _gated(_blocks(_k_weighted(samples), _STEP))


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
    weighted = _k_weighted(np.pad(samples, _BLOCK))
    loudness = _gated(_blocks(weighted, _FINE_STEP))
    if loudness == -np.inf:
        return samples.astype(np.float32)
    peaks = peak_levels(samples)
    ceiling = ratio(ceiling_dbtp)
    hardest = ratio(ceiling_dbtp + HARDEST_LIMITING_DB) / peaks.max()
    gain = min(ratio(target_lufs - loudness), hardest)
    for _ in range(_ROUNDS):
        if gain * peaks.max() <= ceiling:
            return _turned(samples, gain)
        # Limiting moves slowly beside what the weighting filters see, so it commutes with them to 0.1 dB.
        heard = weighted * np.pad(gain * limiting_gain(peaks * gain, ceiling), _BLOCK, mode="edge")
        missing = target_lufs - _gated(_blocks(heard, _FINE_STEP))
        gain = min(gain * ratio(missing), hardest)
        if abs(missing) < _CLOSE_ENOUGH_DB:
            break
    return _turned(samples, gain * limiting_gain(peaks * gain, ceiling))


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


def _k_weighted(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The samples through both filters, by multiplication in the frequency domain."""
    size = _fast_size(len(samples) + SETTLING)
    spectrum = np.fft.rfft(samples, size)
    weighted: NDArray[np.float64] = np.fft.irfft(spectrum * k_response(size), size)[: len(samples)]
    return weighted


def _fast_size(least: int) -> int:
    """The smallest of 2^n, 3·2^n and 5·2^n (n > 0) that is not below `least`: sizes an FFT is quick at."""
    return min(odd << max(1, (-(-least // odd) - 1).bit_length()) for odd in (1, 3, 5))


def _blocks(weighted: NDArray[np.float64], step: int) -> NDArray[np.float64]:
    """The mean square of each whole 400 ms block, one every `step` samples (whole 10 ms)."""
    pieces = weighted[: len(weighted) // _FINE_STEP * _FINE_STEP].reshape(-1, _FINE_STEP)
    energy = np.concatenate(([0.0], np.cumsum(np.einsum("ij,ij->i", pieces, pieces))))
    width = _BLOCK // _FINE_STEP
    means: NDArray[np.float64] = (energy[width:] - energy[:-width])[:: step // _FINE_STEP] / _BLOCK
    return means


def _gated(blocks: NDArray[np.float64]) -> float:
    """The loudness in LUFS of the blocks above both gates (BS.1770-4, annex 1, equations 4 to 7)."""
    audible = blocks[blocks > power(ABSOLUTE_GATE)]
    if not len(audible):
        return -np.inf
    kept = audible[audible > audible.mean() * 10 ** (RELATIVE_GATE / 10)]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def peak_levels(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The highest magnitude around each sample, as heard after a converter's oversampling."""
    import soxr  # noqa: PLC0415 (whoever only measures lengths does not pay for it)

    if not len(samples):
        return np.zeros(0)
    # The edges of a clip ring too: the silence it stands in is part of what is oversampled.
    margin = 32
    padded = np.pad(samples.astype(np.float32), margin)
    fine = np.abs(soxr.resample(padded, 1, _OVERSAMPLING, quality="MQ"))
    whole = len(padded) * _OVERSAMPLING
    fine = np.pad(fine[:whole], (0, max(0, whole - len(fine))))
    around = np.maximum.reduce([fine[phase::_OVERSAMPLING] for phase in range(_OVERSAMPLING)])
    around = np.maximum(around[1:-1], np.maximum(around[:-2], np.abs(padded[1:-1])))
    inner: NDArray[np.float64] = around[margin - 1 : margin - 1 + len(samples)].astype(np.float64)
    inner[0] = max(inner[0], around[: margin - 1].max())
    inner[-1] = max(inner[-1], around[margin - 1 + len(samples) :].max())
    return inner


def limiting_gain(peaks: NDArray[np.float64], ceiling: float) -> NDArray[np.float64]:
    """The gain for each sample, at most what its peak allows: the lowest in a window, smoothed over as long a one."""
    allowed = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    # Both windows together look this far to either side, and beyond the clip nothing has to be limited.
    lowest = np.pad(allowed, _WINDOW, constant_values=1.0)
    for bit in range(_WINDOW_BITS):
        lowest = np.minimum(lowest[: -(1 << bit)], lowest[1 << bit :])
    total = np.concatenate(([0.0], np.cumsum(lowest)))
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
