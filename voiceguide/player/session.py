"""Playing a session: an output takes the samples, keys command, a view shows where it stands."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.audio.clip import SAMPLES_PER_MS
from voiceguide.player.transport import Transport
from voiceguide.player.view import moment, status

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.player.keys import Command, Keys
    from voiceguide.player.outputs import Output
    from voiceguide.player.transport import PcmSource
    from voiceguide.player.view import View
    from voiceguide.timeline import Timeline

_SHOW_EVERY_S = 0.1


@dataclass(frozen=True)
class Outcome:
    """How a session ended: whether it reached its end, and where it stopped (`chapter` is empty without any)."""

    finished: bool
    position_ms: int
    chapter: str


def play(
    source: PcmSource,
    timeline: Timeline,
    output: Output,
    keys: Keys,
    view: View,
    clock: Callable[[], float] = time.monotonic,
) -> Outcome:
    """Play the session to its end, or until a key stops it.

    `source` holds the samples of `timeline`. The view is shown every change of chapter, span and pause, and in
    between ten times a second of `clock`, which counts in seconds. Raises what the output, the source, the keys
    and the view raise, KeyboardInterrupt among them.
    """
    transport = Transport(source, [chapter.start_ms * SAMPLES_PER_MS for chapter in timeline.chapters])
    shown: object = None
    shown_at = clock()

    def attend() -> None:
        nonlocal shown, shown_at
        for command in keys.poll():
            _obey(transport, command)
        now = status(timeline, transport.position // SAMPLES_PER_MS, paused=transport.state == "paused")
        time_s = clock()
        if moment(now) != shown or time_s - shown_at >= _SHOW_EVERY_S:
            shown, shown_at = moment(now), time_s
            view.show(now)

    output.run(transport, attend)
    position_ms = transport.position // SAMPLES_PER_MS
    at_end = status(timeline, position_ms, paused=False)
    view.show(at_end)
    return Outcome(transport.state == "finished", position_ms, at_end.chapter)


def _obey(transport: Transport, command: Command) -> None:
    match command:
        case "pause":
            transport.toggle_pause()
        case "next":
            transport.next_chapter()
        case "previous":
            transport.previous_chapter()
        case "quit":
            transport.stop()
