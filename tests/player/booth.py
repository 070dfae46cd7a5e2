"""A listener in a booth: a script is played to them by the real conductor, and what they hear is written down.

Each clip is a level of its own, so that what was heard, and whether it was heard whole, can be told from the samples.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tests.compile.support import compiled, length
from voiceguide.audio.mixer import Mixer
from voiceguide.player.commands import NoCommands
from voiceguide.player.remarks import Guide
from voiceguide.player.score import FixedScore, Score
from voiceguide.player.session import Conductor, Outcome
from voiceguide.player.sleep import Sleep
from voiceguide.timeline import Sound, Speech

from .support import MS, Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.audio.clip import Clip
    from voiceguide.player.commands import Command, Commands
    from voiceguide.player.outputs import Attendant
    from voiceguide.player.transport import Transport
    from voiceguide.timeline import Source, Timeline

BLOCK_MS = 10
_FADE_MS = 20


class Clips:
    """Gives each source a clip of one level, and knows the source of a level."""

    def __init__(self) -> None:
        self.names: dict[int, tuple[str, int]] = {}
        self._levels: dict[Source, int] = {}

    def __call__(self, source: Source) -> Clip:
        ms = length(source)
        if source not in self._levels:
            level = 1_000 + 7 * len(self._levels)
            self._levels[source] = level
            name = "*" + source.name if isinstance(source, Sound) else getattr(source, "text", "?")
            self.names[level] = (name, ms)
        return np.full(ms * MS, self._levels[source], dtype=np.int16)


@dataclass
class Booth:
    """A live output in which time passes as fast as it can: `events` happen when so many ms were heard."""

    events: dict[int, Callable[[Booth], None]] = field(default_factory=dict)
    blocks: list[np.ndarray[tuple[int, ...], np.dtype[np.int16]]] = field(default_factory=list)
    given: list[Command] = field(default_factory=list)
    slept_s: float = 0.0
    end_ms: int | None = None
    attendant: Attendant | None = None
    lost: bool = False

    @property
    def live(self) -> bool:
        return True

    @property
    def now_ms(self) -> int:
        return BLOCK_MS * len(self.blocks)

    def poll(self) -> list[Command]:
        given, self.given = self.given, []
        return given

    def clock(self) -> float:
        return self.now_ms / 1_000 + self.slept_s

    def run(self, transport: Transport, attendant: Attendant) -> None:
        self.attendant = attendant
        while not transport.over:
            now = self.now_ms
            if self.end_ms is not None and now >= self.end_ms:
                return
            event = self.events.pop(now, None)
            if event is not None:
                event(self)
            attendant.attend()
            if self.lost:
                if transport.state == "stopped":
                    return
                self.blocks.append(np.zeros(BLOCK_MS * MS, dtype=np.int16))
            else:
                self.blocks.append(transport.read(BLOCK_MS * MS))


@dataclass
class Played:
    """What was heard, shown, and how it ended."""

    heard: list[str]
    shown: Shown
    outcome: Outcome
    conductor: Conductor
    timeline: Timeline


def press(*commands: Command) -> Callable[[Booth], None]:
    """An event: these commands are given."""
    return lambda booth: booth.given.extend(commands)


def sleep(seconds: float) -> Callable[[Booth], None]:
    """An event: the machine is suspended."""

    def pass_time(booth: Booth) -> None:
        booth.slept_s += seconds

    return pass_time


def lose(unheard_ms: int = 0) -> Callable[[Booth], None]:
    """An event: the device is gone, and the last ms that it took were not heard."""

    def gone(booth: Booth) -> None:
        booth.lost = True
        assert booth.attendant is not None
        booth.attendant.lost("the device is gone", unheard_ms * MS)

    return gone


def find(*, changed: bool = False) -> Callable[[Booth], None]:
    """An event: there is a device again."""

    def back(booth: Booth) -> None:
        booth.lost = False
        assert booth.attendant is not None
        booth.attendant.found(changed=changed)

    return back


def play(
    steps: str,
    events: dict[int, Callable[[Booth], None]] | None = None,
    *,
    until_ms: int | None = None,
    from_ms: int = 0,
    start_in_ms: int = 0,
    alone: bool = False,
    shelf: dict[str, str] | None = None,
    score: Callable[[Timeline, Callable[[Timeline], Mixer]], Score] = FixedScore,
) -> Played:
    """Play a script without its safety rules; `events` by the ms heard, of which the tenth of a second is exact."""
    timeline = compiled(steps, shelf=shelf).timeline
    clips = Clips()
    booth = Booth(dict(events or {}), end_ms=until_ms)
    view = Shown()
    commands: Commands = NoCommands() if alone else booth
    conductor = Conductor(
        score(timeline, lambda one: Mixer(one, clips)),
        commands,
        view,
        Guide("en", lambda text: clips(Speech(text))),
        start_ms=from_ms,
        start_in_ms=start_in_ms,
        clock=booth.clock,
        sleep=Sleep(booth.clock),
    )
    outcome = conductor.run(booth)
    return Played(written(np.concatenate(booth.blocks), clips), view, outcome, conductor, timeline)


def written(pcm: np.ndarray[tuple[int, ...], np.dtype[np.int16]], clips: Clips) -> list[str]:
    """What was heard: when, in seconds, and what; "…" stands after what was broken off, and before what was not heard
    from its start."""
    found = []
    edges = np.flatnonzero(np.diff(np.concatenate(([0], pcm.astype(int), [0]))))
    for start, end in pairwise(edges):
        level = int(pcm[start])
        if level in clips.names and end - start > MS:
            name, ms = clips.names[level]
            heard_ms = (end - start) / MS
            cut = abs(heard_ms - ms) > 1
            # What fades in has been begun before, what fades out goes on.
            fades_in = start >= MS and 0 < pcm[start - 1] < level
            fades_out = end < len(pcm) and 0 < pcm[end] < level
            text = f"{'…' if cut and fades_in else ''}{name}{'…' if cut and fades_out else ''}"
            found.append(f"{start / MS / 1_000:.2f} {text}")
    return found
