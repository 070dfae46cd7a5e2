"""The noise floor: what keeps a headset awake, and nobody hears, wherever there would be digital silence."""

from __future__ import annotations

from functools import cache

import numpy as np

from voiceguide.audio.clip import FRAME, RATE, Clip

LEVEL = -60.0
"""dBFS, root mean square."""
LOOP = 125 * FRAME
"""Samples after which the noise comes again: 3 s, and whole MP3 frames."""

# Pink, so that little of it lies where ears and phones are most sensitive.
_LOWEST_HZ, _HIGHEST_HZ = 100, 8_000


def noise(start: int, count: int) -> Clip:
    """The `count` samples of the floor from the session's sample `start` on: the same whenever they are asked for."""
    return np.take(_loop(), np.arange(start, start + count), mode="wrap")


@cache
def _loop() -> Clip:
    frequencies = np.fft.rfftfreq(LOOP, 1 / RATE)
    inside = (frequencies >= _LOWEST_HZ) & (frequencies <= _HIGHEST_HZ)
    level = np.where(inside, 1 / np.sqrt(np.maximum(frequencies, 1.0)), 0.0)
    # RandomState gives the same numbers in every version of numpy.
    phases = np.random.RandomState(0).uniform(0, 2 * np.pi, len(frequencies))
    samples = np.fft.irfft(level * np.exp(1j * phases), LOOP)
    scaled = samples / samples.std() * 32767 * 10 ** (LEVEL / 20)
    loop: Clip = np.rint(scaled).astype(np.int16)
    return loop
