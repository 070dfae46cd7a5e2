"""A pattern of tones in place of a text: plainly no speech, and not much shorter than speech would be."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import RATE, SAMPLES_PER_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MS_A_CHARACTER = 50
"""At `_RATE`. Of 359 phrases in English and German at 150 words a minute one was spoken faster, half took over 63 ms: tones
fit where the words were meant to be."""
_RATE = 150
_HERTZ = (247.0, 196.0)
"""One after the other; the cue sounds are higher."""
_OCTAVE = 0.3
"""How much of the octave is in a tone, for small speakers."""
_LONGEST_WORD = 12
_BREAK = 0.25
"""Of a tone's time, the silence after it."""
_FADE_MS = 20
_PEAK = 0.25


def tones(text: str, rate: int) -> NDArray[np.float32]:
    """A soft low tone for each word of `text`, as long as it has letters: mono, 48 kHz, shape (n,)."""
    ms = _MS_A_CHARACTER * _RATE / rate
    words = [
        word[begin : begin + _LONGEST_WORD]
        for word in text.split()
        for begin in range(0, len(word), _LONGEST_WORD)
    ]
    last = len(words) - 1
    parts = [
        _tone(hertz, round((len(word) + (index < last)) * ms) * SAMPLES_PER_MS, rest=index < last)
        for index, (word, hertz) in enumerate(zip(words, cycle(_HERTZ), strict=False))
    ]
    return np.concatenate([np.zeros(0, dtype=np.float32), *parts])


def _tone(hertz: float, samples: int, *, rest: bool) -> NDArray[np.float32]:
    """A tone that swells and dies away, followed by a `rest`, all of it so many samples long."""
    sounding = samples - round(samples * _BREAK) if rest else samples
    fade = min(_FADE_MS * SAMPLES_PER_MS, sounding // 2)
    envelope = np.ones(sounding)
    envelope[:fade] = np.sin(np.linspace(0.0, np.pi / 2, fade)) ** 2
    envelope[sounding - fade :] = envelope[:fade][::-1]
    angle = np.arange(sounding) * (2 * np.pi * hertz / RATE)
    wave = _PEAK * envelope * (np.sin(angle) + _OCTAVE * np.sin(2 * angle))
    return np.pad(wave, (0, samples - sounding)).astype(np.float32)
