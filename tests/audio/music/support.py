"""Music made for a test, and the files it comes in."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

from tests.audio.support import ffmpeg
from voiceguide.audio.clip import RATE

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def sine(
    seconds: float, frequency: float = 440.0, amplitude: float = 0.3, rate: int = RATE
) -> NDArray[np.float32]:
    """The same tone in both channels, shape (n, 2)."""
    times = np.arange(round(seconds * rate)) / rate
    one = (amplitude * np.sin(2 * np.pi * frequency * times)).astype(np.float32)
    return np.stack([one, one], axis=1)


def noise(
    seconds: float, amplitude: float = 0.1, low: float = 30.0, high: float = 16_000.0, rate: int = RATE
) -> NDArray[np.float32]:
    """Pink noise between two frequencies, of another kind in each channel: `amplitude` is its root mean square."""
    count = round(seconds * rate)
    frequencies = np.fft.rfftfreq(count, 1 / rate)
    level = np.where((frequencies >= low) & (frequencies <= high), 1 / np.sqrt(np.maximum(frequencies, 1)), 0)
    both = np.random.default_rng(3).standard_normal((2, count))
    shaped = np.fft.irfft(np.fft.rfft(both) * level, count)
    scaled: NDArray[np.float32] = (amplitude * shaped / shaped.std()).astype(np.float32).T
    return np.ascontiguousarray(scaled)


def wav(path: Path, samples: NDArray[np.float32], rate: int = RATE) -> Path:
    """A file of 16 bits of the samples, shape (n,) or (n, channels)."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2").tobytes())
    return path


def two_hours(path: Path) -> Path:
    """A WAV file of two hours, of which only the first minute takes room on the disk: 16 kHz mono."""
    rate, size = 16_000, 2 * 3_600 * 16_000 * 2
    wav(path, noise(60, high=7_000, rate=rate)[:, 0].copy(), rate)
    with path.open("r+b") as file:
        for place, value in ((4, size + 36), (40, size)):
            file.seek(place)
            file.write(value.to_bytes(4, "little"))
        file.truncate(44 + size)
    return path


def encoded(path: Path, samples: NDArray[np.float32], rate: int = RATE) -> Path:
    """A file in the format of its suffix, as ffmpeg makes it."""
    plain = wav(path.with_name(f"{path.name}.plain"), samples, rate)
    ffmpeg("-v", "error", "-y", "-f", "wav", "-i", plain, path)
    plain.unlink()
    return path


def pitch(samples: NDArray[np.float32]) -> float:
    """The frequency in Hz of what is strongest in the left channel."""
    left = samples[:, 0]
    spectrum = np.abs(np.fft.rfft(left * np.hanning(len(left)), 1 << 18))
    return float(spectrum.argmax() * RATE / (1 << 18))
