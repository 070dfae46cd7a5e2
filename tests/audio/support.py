"""Sessions, clips and independent measuring instruments for the tests of sound."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import imageio_ffmpeg
import numpy as np

from voiceguide.audio.clip import FRAME, RATE, SAMPLES_PER_MS, Clip, Pcm, length_ms, to_int16
from voiceguide.audio.loudness import level
from voiceguide.audio.mixer import Mixer
from voiceguide.audio.stretches import Stretch, stretches
from voiceguide.timeline import Chapter, Cue, Sound, Source, Span, Speech, Timeline, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

VOICE = Voice("pyttsx3", "en-us", 150)


def spoken(ms: int, seed: int = 0) -> NDArray[np.float32]:
    """Something like speech: syllables of a falling, buzzing voice between hisses, far more peak than loudness."""
    rng = np.random.default_rng(seed)
    count = ms * SAMPLES_PER_MS
    times = np.arange(count) / RATE
    pitch = 130 - 15 * times / max(times[-1], 1) + 4 * np.sin(2 * np.pi * 1.3 * times + seed)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = sum(np.cos(k * phase) / k**0.7 for k in range(1, 20))
    hiss = np.diff(rng.standard_normal(count + 1))
    syllable = np.abs(np.sin(2 * np.pi * 2.1 * times + 0.6 + seed)) ** 1.5
    sound = voice * syllable + 0.3 * hiss * (1 - syllable) ** 4
    scaled: NDArray[np.float32] = (0.3 * sound / np.abs(sound).max()).astype(np.float32)
    return scaled


def tone(ms: int, frequency: float = 880.0, decay_ms: float = 100.0) -> NDArray[np.float32]:
    times = np.arange(ms * SAMPLES_PER_MS) / RATE
    sound = 0.5 * np.sin(2 * np.pi * frequency * times) * np.exp(-1000 * times / decay_ms)
    return sound.astype(np.float32)


def levelled(samples: NDArray[np.float32]) -> Clip:
    return to_int16(level(samples))


def mixed(clips: Sequence[Clip], gap_ms: int) -> Clip:
    """The clips one after the other with silence between them, and a second of it on both sides."""
    gap = np.zeros(gap_ms * SAMPLES_PER_MS, dtype=np.int16)
    edge = np.zeros(RATE, dtype=np.int16)
    return np.concatenate([edge, *(part for clip in clips for part in (clip, gap)), edge])


def session(
    cues: Sequence[tuple[int, str, Clip]], duration_ms: int, title: str = "Evening"
) -> tuple[Timeline, Callable[[Source], Clip]]:
    """A timeline with these cues (start in ms, text, clip; a text in <> is a sound), and what gives its clips."""
    sources: list[Source] = [Sound(text[1:-1]) if text[0] == "<" else Speech(text) for _, text, _ in cues]
    clips = {source: clip for source, (_, _, clip) in zip(sources, cues, strict=True)}
    timeline = Timeline(
        title=title,
        language="en",
        voice=VOICE,
        duration_ms=duration_ms,
        chapters=chapters(["Knees to chest", "Child's pose"], duration_ms),
        spans=(Span("hold", duration_ms // 4, duration_ms // 2),),
        cues=tuple(
            Cue(
                "sound" if isinstance(source, Sound) else "say",
                "" if isinstance(source, Sound) else text,
                start,
                start + length_ms(clip),
                source,
            )
            for source, (start, text, clip) in zip(sources, cues, strict=True)
        ),
    )
    return timeline, clips.__getitem__


def chapters(titles: Sequence[str], duration_ms: int) -> tuple[Chapter, ...]:
    edges = [duration_ms * number // max(len(titles), 1) for number in range(len(titles) + 1)]
    return tuple(
        Chapter(title, start, end) for title, (start, end) in zip(titles, pairwise(edges), strict=True)
    )


def short_session(title: str = "Evening") -> tuple[Timeline, Mixer]:
    """Six seconds: a sentence, a tone, a count."""
    timeline, clips = session(
        [
            (500, "Lie down.", levelled(spoken(1400))),
            (2500, "<start>", levelled(tone(250))),
            (4000, "three", levelled(spoken(350, seed=1))),
        ],
        6000,
        title,
    )
    return timeline, Mixer(timeline, clips)


class Samples:
    """Samples as a session for `write_mp3`: `sounds` are the first sample and the one after the last of all that sounds.

    Without them all of it does.
    """

    def __init__(self, samples: Pcm, sounds: Sequence[tuple[int, int]] | None = None) -> None:
        self._samples = samples
        self._sounds = [(0, len(samples))] if sounds is None else sounds

    @property
    def frames(self) -> int:
        return len(self._samples)

    @property
    def channels(self) -> int:
        return self._samples.ndim

    @property
    def quiet(self) -> Pcm:
        return np.zeros_like(self._samples, shape=(FRAME, *self._samples.shape[1:]))

    def read(self, start: int, count: int) -> Pcm:
        part = self._samples[start : start + count]
        return np.concatenate((part, np.zeros_like(part, shape=(count - len(part), *part.shape[1:]))))

    def stretches(self, frames: int) -> Iterator[Stretch]:
        # What sounds is not named: each is another sound.
        return stretches(((start, end, start) for start, end in self._sounds), frames)


def ffmpeg(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the ffmpeg that comes as a wheel; it must succeed."""
    return subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", *map(str, arguments)],
        capture_output=True,
        check=True,
    )


def decoded(path: Path) -> Clip:
    """The file's samples as ffmpeg decodes them, at 48 kHz mono."""
    said = ffmpeg("-v", "error", "-i", path, "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-")
    return np.frombuffer(said.stdout, dtype="<i2").astype(np.int16)


def measured(path: Path) -> tuple[float, float]:
    """The file's loudness in LUFS and its true peak in dBTP by ffmpeg's EBU R 128 meter."""
    said = ffmpeg("-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-").stderr.decode()
    summary = said[said.rindex("Summary:") :]
    loudness = re.search(r"I:\s+(\S+) LUFS", summary)
    peak = re.search(r"Peak:\s+(\S+) dBFS", summary)
    if loudness is None or peak is None:
        raise ValueError(summary)
    return float(loudness[1]), float(peak[1])


def probed(path: Path) -> str:
    """What ffmpeg says of the file: its length, streams, tags and chapters."""
    said = ffmpeg("-i", path, "-f", "ffmetadata", "-").stderr.decode()
    return said[said.index("Input #0") : said.index("Output #0")]


def lag(before: Clip, after: Clip) -> int:
    """By how many samples `after` is late, found by correlation."""
    size = 2 * max(len(before), len(after))
    spectrum = np.fft.rfft(after.astype(float), size) * np.fft.rfft(before.astype(float), size).conj()
    place = int(np.fft.irfft(spectrum, size).argmax())
    return place if place < size // 2 else place - size
