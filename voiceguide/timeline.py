"""A session in time: cues, spans and chapters in whole milliseconds, as data and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "opening", "name", "setup", "caution", "start", "reminder", "cue", "halfway", "left", "countdown",
    "end", "switch", "rest", "rep", "phase", "say", "closing", "sound",
]  # fmt: skip
SpanKind = Literal["get-ready", "hold", "rep", "breath", "rest", "switch", "pause", "wait"]
REP_KINDS: tuple[SpanKind, ...] = ("rep", "breath")
"""What is repeated and counted in a set."""
WORK_KINDS: tuple[SpanKind, ...] = ("hold", *REP_KINDS)
"""What an exercise is done in."""


@dataclass(frozen=True)
class Speech:
    """A clip made by the speech engine from `text`, in `language`; None is the session's own."""

    text: str
    language: str | None = None


@dataclass(frozen=True)
class Sound:
    """A clip read from the cue sound called `name` (a file of `audio/`)."""

    name: str


@dataclass(frozen=True)
class Recording:
    """A clip read from an audio file: `path` is as it was found, relative to the current folder or absolute."""

    path: str


Source = Speech | Sound | Recording


@dataclass(frozen=True)
class Music:
    """What is played under the session: an audio file or a folder of them, `level_db` dB louder than usual."""

    path: str
    level_db: int = 0


@dataclass(frozen=True)
class Voice:
    """Who speaks: the engine's name, its voice's id, and the rate in words a minute."""

    engine: str
    voice: str
    rate: int


@dataclass(frozen=True)
class Cue:
    """One clip at its place: heard from `start_ms` to `end_ms`; `text` is empty for a sound."""

    role: Role
    text: str
    start_ms: int
    end_ms: int
    source: Source
    exercise: str | None = None


@dataclass(frozen=True)
class Span:
    """What the exerciser is doing from `start_ms` to `end_ms`; only a rep may contain a hold.

    A `breath` is a rep that is breathed. A `wait` lasts in live play until a key is pressed.
    """

    kind: SpanKind
    start_ms: int
    end_ms: int
    exercise: str | None = None
    side: str | None = None
    set: int | None = None
    sets: int | None = None
    rep: int | None = None
    reps: int | None = None


@dataclass(frozen=True)
class Chapter:
    """A named part of the session; chapters follow each other without a gap from 0 to the end."""

    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Timeline:
    """A whole session: cues sorted by start and never overlapping, all inside `duration_ms`.

    `keep_awake` asks for an inaudible floor of noise, so that a headset does not fall asleep in silence.
    """

    title: str
    language: str
    voice: Voice
    duration_ms: int
    chapters: tuple[Chapter, ...]
    spans: tuple[Span, ...]
    cues: tuple[Cue, ...]
    music: Music | None = None
    keep_awake: bool = False
