"""A source, an output and keys that a test can look into; all of them real implementations of the protocols."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.timeline import Chapter, Span, Timeline, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from voiceguide.player.commands import Command
    from voiceguide.player.status import Status

MS = 48
SECOND = 1000 * MS


@dataclass
class Samples:
    """A session held in memory, mono of shape (n,) or stereo of shape (n, 2)."""

    pcm: NDArray[np.int16]

    @property
    def frames(self) -> int:
        return len(self.pcm)

    @property
    def channels(self) -> int:
        return 1 if self.pcm.ndim == 1 else self.pcm.shape[1]

    @property
    def ready(self) -> int:
        return self.frames

    def read(self, start: int, count: int) -> NDArray[np.int16]:
        block = np.zeros((count, *self.pcm.shape[1:]), dtype=np.int16)
        part = self.pcm[start : start + count]
        block[: len(part)] = part
        return block


def noise(frames: int, channels: int = 1) -> Samples:
    """Samples of which no two stretches are alike, nor two channels."""
    shape = (frames,) if channels == 1 else (frames, channels)
    return Samples(np.random.default_rng(2).integers(-20_000, 20_000, shape, dtype=np.int16))


def tones(frames: int, onsets: Sequence[int], length: int = 4_800) -> Samples:
    """1 kHz tones of `length` samples in silence."""
    pcm = np.zeros(frames, dtype=np.int16)
    tone = np.rint(8_000 * np.sin(2 * np.pi * np.arange(length) / 48)).astype(np.int16)
    for onset in onsets:
        pcm[onset : onset + length] = tone[: frames - onset]
    return Samples(pcm)


@dataclass
class Attending:
    """An attendant that does `each` whenever it is asked to attend, and has nothing to do with devices."""

    each: Callable[[], object] = lambda: None

    def attend(self) -> None:
        self.each()

    def lost(self, reason: str, unheard: int) -> None:
        raise AssertionError(reason, unheard)

    def found(self, *, changed: bool) -> None:
        raise AssertionError(changed)


@dataclass
class ScriptedKeys:
    """Commands by the number of the call that gives them, counted from 0."""

    script: dict[int, Command] = field(default_factory=dict)
    polled: int = 0

    def poll(self) -> list[Command]:
        self.polled += 1
        command = self.script.get(self.polled - 1)
        return [] if command is None else [command]


@dataclass
class Shown:
    """A view that keeps what it was shown."""

    shown: list[Status] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def show(self, now: Status) -> None:
        self.shown.append(now)

    def tell(self, text: str) -> None:
        self.told.append(text)


def session(duration_ms: int, chapters: Sequence[int] = (0,), spans: Sequence[Span] = ()) -> Timeline:
    """A timeline without cues, with chapters "One", "Two", "Three" that start at these ms."""
    ends = (*chapters[1:], duration_ms)
    return Timeline(
        title="Evening",
        language="en",
        voice=Voice("pyttsx3", "en", 150),
        duration_ms=duration_ms,
        chapters=tuple(
            Chapter(title, start, end)
            for title, start, end in zip(("One", "Two", "Three"), chapters, ends, strict=False)
        ),
        spans=tuple(spans),
        cues=(),
    )
