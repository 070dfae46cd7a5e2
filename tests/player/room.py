"""What a microphone hears of someone who speaks in a room: synthesized, and the same each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr

from voiceguide.player.utterances import RATE
from voiceguide.speech.engine import choose_voice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.speech.engine import Engine

LEVEL_DB = -28.0
"""How loud speech is, its mean in dBFS."""

BEFORE_MS = 1_200
AFTER_MS = 1_100
"""The silence around it: the room is known before, and what was said is over after."""

_ECHO_MS = 400


def spoken(engine: Engine, text: str, voice: str, rate: int = 150, pitch: float = 1.0) -> NDArray[np.float64]:
    """Speech of a voice at `rate` words a minute, then all its frequencies, and its pace, times `pitch`."""
    pcm = engine.synthesize(text, choose_voice(engine, voice, "en"), rate)
    return at_rate(pcm.samples, pcm.rate * pitch)


def at_rate(samples: NDArray[np.int16], rate: float) -> NDArray[np.float64]:
    """Samples taken at `rate` Hz as a microphone gives them, without the silence around."""
    resampled: NDArray[np.float64] = soxr.resample(samples.astype(np.float64), rate, RATE, quality="HQ")
    loud = np.flatnonzero(np.abs(resampled) > 200)
    return resampled[max(0, loud[0] - 160) : loud[-1] + 160]


def heard(speech: NDArray[np.float64], snr_db: float = 30.0, seed: int = 0, *, echo: bool = False) -> bytes:
    """The speech in a room whose noise is pink, louder towards low frequencies; `echo` is that of a bare room."""
    random = np.random.default_rng(seed)
    if echo:
        speech = _echoing(speech, random)
    silence = [np.zeros(RATE * ms // 1_000) for ms in (BEFORE_MS, AFTER_MS)]
    level = 32_768 * 10 ** (LEVEL_DB / 20)
    said = np.concatenate((silence[0], speech * (level / np.sqrt(np.mean(speech**2))), silence[1]))
    noise = _pink(len(said), random) * level * 10 ** (-snr_db / 20)
    return bytes(np.clip(said + noise, -32_768, 32_767).astype("<i2").tobytes())


def _pink(count: int, random: np.random.Generator) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(random.standard_normal(count))
    frequencies = np.maximum(np.arange(len(spectrum)), 1)
    noise: NDArray[np.float64] = np.fft.irfft(spectrum / np.sqrt(frequencies), count)
    noise /= np.sqrt(np.mean(noise**2))
    return noise


def _echoing(speech: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """With echoes that fade by 60 dB in 0.4 s."""
    count = RATE * _ECHO_MS // 1_000
    response = 0.06 * random.standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    response[0] = 1.0
    return np.convolve(speech, response)
