"""The loudness of a stream: BS.1770-4 in memory that does not grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import RATE
from voiceguide.audio.loudness import ABSOLUTE_GATE, NORM, RELATIVE_GATE, SETTLING, k_response, power

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP = RATE // 10
_STEPS_OF_BLOCK = 4
# As many steps at a time as fill a transform of a size that is quick: one that stays near the processor.
_SIZE = 1 << 15
_HOP = (_SIZE - SETTLING) // _STEP * _STEP
_BINS_OF_LU = 100
_HIGHEST = 30.0


class Meter:
    """The gated loudness of 48 kHz stereo that comes block by block, both channels counted with weight 1.

    Blocks of 400 ms are counted by hundredths of a LU, so that two hours take no more memory than a minute. The
    result is that of measuring all at once to a few hundredths of a LU.
    """

    def __init__(self) -> None:
        bins = round((_HIGHEST - ABSOLUTE_GATE) * _BINS_OF_LU)
        self._counts = np.zeros(bins, dtype=np.int64)
        self._energies = np.zeros(bins)
        self._response = k_response(_SIZE).astype(np.complex64)
        # What has not been weighted, behind as much of what has as still sounds in the filters.
        self._samples = np.zeros((SETTLING, 2), dtype=np.float32)
        self._steps = np.zeros(0)

    def add(self, block: NDArray[np.float32]) -> None:
        """Count the samples, shape (n, 2)."""
        self._samples = np.concatenate((self._samples, block))
        while len(self._samples) >= SETTLING + _HOP:
            self._count(self._samples[: SETTLING + _HOP])
            self._samples = self._samples[_HOP:]

    def loudness(self) -> float:
        """LUFS of all that was added, which ends it; -inf where no 400 ms block is above -70 LUFS."""
        whole = len(self._samples) // _STEP * _STEP  # SETTLING is a whole step
        self._count(self._samples[:whole])
        if not self._counts.any():
            return -np.inf
        mean = self._energies.sum() / self._counts.sum()
        gate = _bin(np.array([mean * 10 ** (RELATIVE_GATE / 10)]))[0]
        first = max(0, int(gate))
        kept = self._energies[first:].sum() / self._counts[first:].sum()
        return float(-0.691 + 10 * np.log10(kept))

    def _count(self, samples: NDArray[np.float32]) -> None:
        spectrum = np.fft.rfft(np.ascontiguousarray(samples.T), _SIZE, norm=NORM)
        weighted = np.fft.irfft(spectrum * self._response, _SIZE, norm=NORM)[:, SETTLING : len(samples)]
        pieces = weighted.reshape(2, -1, _STEP)
        energies = np.einsum("cij,cij->i", pieces, pieces, dtype=np.float64) / _STEP
        steps = np.concatenate((self._steps, energies))
        self._steps = steps[max(0, len(steps) - _STEPS_OF_BLOCK + 1) :]
        if len(steps) < _STEPS_OF_BLOCK:
            return
        blocks = np.lib.stride_tricks.sliding_window_view(steps, _STEPS_OF_BLOCK).mean(axis=1)
        audible = blocks[blocks > power(ABSOLUTE_GATE)]
        bins = np.minimum(_bin(audible), len(self._counts) - 1)
        self._counts += np.bincount(bins, minlength=len(self._counts))
        self._energies += np.bincount(bins, audible, minlength=len(self._counts))


def _bin(energies: NDArray[np.float64]) -> NDArray[np.int64]:
    loudness = -0.691 + 10 * np.log10(energies)
    return np.floor((loudness - ABSOLUTE_GATE) * _BINS_OF_LU).astype(np.int64)
