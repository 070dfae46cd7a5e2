"""A session with a real voice, played by the real conductor, and what of it is found in a recording."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import voiceguide
from tests.compile.support import compiled
from voiceguide.audio.clip import Clip, length_ms
from voiceguide.audio.mixer import Mixer
from voiceguide.audio.sounds import load_sound
from voiceguide.player.outputs import open_output
from voiceguide.player.remarks import AFTER_MS, Guide
from voiceguide.player.score import FixedScore
from voiceguide.player.session import Conductor
from voiceguide.player.sound.feed import BUFFER
from voiceguide.timeline import Sound, Source, Speech

from .pulse import onsets_of
from .support import MS

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.player.commands import Command
    from voiceguide.player.status import Going, Status
    from voiceguide.speech.speaker import Speaker
    from voiceguide.timeline import Timeline

# From where a session stands to what is found in the recording: what the device buffers, and the start of a clip.
_HEARD_MS = BUFFER // MS + 160
SOUNDS = Path(voiceguide.__file__).parents[1] / "audio"


class Studio:
    """Gives the real clip of every source, and finds those it gave in a recording."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._clips: dict[str, Clip] = {}

    def __call__(self, source: Source) -> Clip:
        name = name_of(source)
        if name not in self._clips:
            sound = isinstance(source, Sound)
            self._clips[name] = load_sound(SOUNDS / f"{name}.wav") if sound else self._speaker.clip(name)
        return self._clips[name]

    def length_ms(self, source: Source) -> int:
        return length_ms(self(source))

    def heard(self, pcm: NDArray[np.int64]) -> list[Heard]:
        """What is heard in a recording, in order."""
        found = [
            Heard(name, onset / MS) for name, clip in self._clips.items() for onset in onsets_of(clip, pcm)
        ]
        return sorted(found, key=lambda heard: heard.at_ms)

    def remark_ms(self, *texts: str) -> int:
        """From the onset of the first sentence of a remark to the moment when the session goes on."""
        return sum(self.length_ms(Speech(text)) + AFTER_MS for text in texts)


class Heard(NamedTuple):
    """A text or the name of a sound, and its onset in ms of the recording."""

    name: str
    at_ms: float


@dataclass(frozen=True)
class Looks:
    """When so many looks at the session have passed since what was done before."""

    number: int


@dataclass
class Listener:
    """Somebody who commands, or does other things, in a given order and each when it is time; the view as well.

    It is time when the session has got to so many ms, when it goes as named, or after so many looks.
    `stood_at` is where the session stood, in ms, each time it was shown to go otherwise than before.
    """

    script: list[tuple[int | Going | Looks, Command | Callable[[], object]]] = field(default_factory=list)
    stood_at: list[tuple[Going, int]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    position_ms: int = 0
    looks: int = 0

    def poll(self) -> list[Command]:
        self.looks += 1
        if not self.script or not self._due(self.script[0][0]):
            return []
        what = self.script.pop(0)[1]
        # What was shown before does not tell what comes of it.
        self.looks, self.position_ms = 0, -1
        if callable(what):
            what()
            return []
        return [what]

    def show(self, now: Status) -> None:
        self.position_ms = now.position_ms
        if not self.stood_at or self.stood_at[-1][0] != now.going:
            self.stood_at.append((now.going, now.position_ms))

    def tell(self, text: str) -> None:
        self.told.append(text)

    def stood(self, going: Going) -> int:
        """Where the session stood when it was first shown to go so, in ms."""
        return next(position for known, position in self.stood_at if known == going)

    def _due(self, when: int | Going | Looks) -> bool:
        if isinstance(when, Looks):
            return self.looks >= when.number
        if isinstance(when, int):
            return self.position_ms >= when
        return bool(self.stood_at) and self.stood_at[-1][0] == when


def name_of(source: Source) -> str:
    """The text that is spoken, or the name of the sound."""
    if isinstance(source, Sound):
        return source.name
    assert isinstance(source, Speech)
    return source.text


def compiled_for(studio: Studio, steps: str) -> Timeline:
    """The timeline of a script in the studio's voice."""
    return compiled(steps, lengths=studio.length_ms).timeline


class Enough(Exception):  # noqa: N818 (it is no error to leave)
    """The listener leaves, before the session has ended."""


def leave() -> None:
    raise Enough


def play(
    studio: Studio, timeline: Timeline, listener: Listener, *, start_ms: int = 0, until_ms: int | None = None
) -> None:
    """Play a session on the default device, at least up to what starts at `until_ms`."""
    if until_ms is not None:
        listener.script.append((until_ms + _HEARD_MS, leave))
    conductor = Conductor(
        FixedScore(timeline, lambda one: Mixer(one, studio)),
        listener,
        listener,
        Guide("en", lambda text: studio(Speech(text))),
        start_ms=start_ms,
    )
    with suppress(Enough):
        conductor.run(open_output(None))


def written(timeline: Timeline, start_ms: int = 0, end_ms: int | None = None, at_ms: int = 0) -> list[Heard]:
    """The cues that start from `start_ms` on and before `end_ms`, where `start_ms` is heard at `at_ms`."""
    return [
        Heard(name_of(cue.source), cue.start_ms - start_ms + at_ms)
        for cue in timeline.cues
        if start_ms <= cue.start_ms and (end_ms is None or cue.start_ms < end_ms)
    ]
