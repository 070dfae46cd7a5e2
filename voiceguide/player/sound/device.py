"""The sound device: a session played in real time, through losses of the device."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voiceguide.errors import DeviceError
from voiceguide.player.sound.errand import Errand
from voiceguide.player.sound.feed import Feed
from voiceguide.player.sound.search import Line, Search, open_line
from voiceguide.player.sound.stream import NULL, MachineStreams
from voiceguide.player.sound.watch import ROUND_S, STARTING_ROUNDS, Lookout, Watchdog
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.player.outputs import Attendant
    from voiceguide.player.sound.stream import Streams
    from voiceguide.player.transport import Transport

_CLOSING_S = 1.0


@dataclass(frozen=True)
class SoundDevice:
    """A sound device of this machine: the default one, or the one called `name`.

    A name may be part of a device's, in any case, where it is part of one only. With `null` there is no device, and
    time passes as if there were. `wait` lets so many seconds pass.
    """

    name: str | None = None
    null: bool = False
    streams: Streams = field(default=MachineStreams(), repr=False)
    wait: Callable[[float], None] = field(default=time.sleep, repr=False)

    @property
    def live(self) -> bool:
        """Someone listens."""
        return True

    def run(self, transport: Transport, attendant: Attendant) -> None:
        """Play until the transport is over and its last sample has left the device's buffer.

        A device that is lost is waited for: one chosen by name for 5 s, then the default one will do until the chosen
        one is back. Where another device becomes the default one, the session moves there. Raises DeviceError
        `no-device` and RequestError `unknown-device` where it cannot begin, and what the transport's `read` and the
        attendant raise.
        """
        playing = _Playing(self, transport, attendant)
        try:
            if playing.begin():
                while (reason := playing.play()) is not None and playing.recover(reason):
                    pass
        finally:
            playing.close()


class _Playing:
    """One session on its way, on one device after the other."""

    def __init__(self, device: SoundDevice, transport: Transport, attendant: Attendant) -> None:
        self._device = device
        self._transport = transport
        self._attendant = attendant
        # The device that is wanted by its whole name, None is the default one.
        self._wanted: str | None = None
        self._opening: Errand[Line] | None = None
        self._line: Line | None = None
        self._search: Search | None = None

    def begin(self) -> bool:
        """Open the device and play; gives whether there is a session left to play."""
        kind = NULL if self._device.null else None
        # Live at once: what is asked for first, before a stream is said to be open, is a tenth of a second.
        feed = Feed(self._transport, lead_in=True)
        opening = Errand(lambda: open_line(self._device.streams, feed, self._device.name, kind))
        self._opening = opening
        opening.wait(ROUND_S)
        rounds = 0
        while not opening.done:
            rounds += 1
            if self._ended or rounds >= STARTING_ROUNDS:
                feed.retire()
                if self._ended:
                    return False
                raise DeviceError(problem("no-device", reason="the sound system does not answer"))
            self._round()
        self._line, self._opening = opening.result(), None
        if self._device.name is not None:
            self._wanted = self._line.stream.device
        return True

    def play(self) -> str | None:
        """Play to the end, which gives None, or until the device is lost, which gives the reason."""
        line = self._line
        if line is None:
            return None
        watchdog = Watchdog(line.stream, line.feed)
        lookout = Lookout(line.stream, self._wanted)
        while not line.feed.finished:
            ended = self._ended
            reason = watchdog.bites(ending=ended)
            if reason is None and not ended:
                reason = lookout.sees()
            if reason is not None:
                return None if ended else reason
            self._round()
        return None

    def recover(self, reason: str) -> bool:
        """Wait for a device after one was lost; gives whether there is a session left to play."""
        lost = self._line
        if lost is None:
            return False
        self._attendant.lost(reason, lost.feed.retire())
        self._line = None
        self._search = Search(self._device.streams, self._transport, self._wanted, lost.stream)
        line = None
        while line is None:
            self._round()
            if self._ended:
                return False
            line = self._search.finds()
        self._line = line
        now, before = line.stream, lost.stream
        if self._wanted not in (now.device, before.device):
            # It was looked for twice: one that comes back and cannot be opened would be gone to for ever.
            self._wanted = None
        self._attendant.found(changed=(now.kind, now.device) != (before.kind, before.device))
        line.feed.go_live()
        return True

    def close(self) -> None:
        """Let everything go; what hangs is left behind."""
        if self._search is not None:
            self._search.close()
        opening = self._opening
        if opening is not None:
            # Ended by a signal, perhaps, when it was open already.
            Errand(lambda: opening.drop(Line.close)).wait(_CLOSING_S)
        if self._line is not None:
            self._line.feed.retire()
            Errand(self._line.stream.close).wait(_CLOSING_S)

    @property
    def _ended(self) -> bool:
        return self._transport.state in ("stopped", "finished")

    def _round(self) -> None:
        self._device.wait(ROUND_S)
        self._attendant.attend()
