"""A machine whose sound devices a test plugs in, breaks and mends, and in which time passes in rounds of 50 ms."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.errors import DeviceError
from voiceguide.player.sound.devices import Device, find_device
from voiceguide.player.sound.errand import THREAD_NAME
from voiceguide.player.sound.feed import BUFFER
from voiceguide.player.sound.watch import ROUND_S
from voiceguide.wording import problem

from .support import MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from voiceguide.player.sound.stream import Take
    from voiceguide.player.transport import Transport

ROUND = round(ROUND_S * 1_000) * MS


@dataclass
class Recording:
    """A stream on a device: it fills its buffer when it is opened, and then takes a round's samples every round."""

    machine: Machine
    kind: str
    device: str
    channels: int
    take: Take
    taken: list[bytes] = field(default_factory=list)
    stopped: bool = False
    stalled: bool = False
    closed: bool = False

    def ask(self, count: int) -> None:
        self.taken.append(self.take(count))

    def devices(self) -> tuple[Device, ...]:
        self.machine.hang("devices")
        return self.machine.devices

    def close(self) -> None:
        self.machine.hang("close")
        self.closed = True

    @property
    def heard(self) -> NDArray[np.int16]:
        """What has left its buffer."""
        pcm = np.frombuffer(b"".join(self.taken), dtype=np.int16)
        return (pcm if self.channels == 1 else pcm.reshape(-1, self.channels))[:-BUFFER]


@dataclass
class Machine:
    """Its devices by name, the default one first; `events` happen in the round of their number.

    It is the streams and the `wait` of a SoundDevice. Calls whose names are in `hangs` do not return before they are
    taken out.
    """

    devices_now: list[str] = field(default_factory=lambda: ["Mat"])
    events: dict[int, Callable[[Machine], None]] = field(default_factory=dict)
    kind: str = "TEST"
    tells_default: bool = True
    # Opened streams ask for nothing, as on a device that is suspended.
    mute: bool = False
    refuses: bool = False
    played: Transport | None = None
    rounds: int = 0
    streams: list[Recording] = field(default_factory=list)
    hangs: set[str] = field(default_factory=set)
    tried: list[float] = field(default_factory=list)
    _hanging: dict[int | None, str] = field(default_factory=dict)

    @property
    def hanging(self) -> int:
        """How many calls hang."""
        return sum(call in self.hangs for call in self._hanging.values())

    @property
    def transport(self) -> Transport:
        """What is played."""
        assert self.played is not None
        return self.played

    @property
    def now(self) -> float:
        """Seconds since the session began."""
        return round(self.rounds * ROUND_S, 2)

    def open(self, name: str | None, channels: int, take: Take, kind: str | None = None) -> Recording:
        self.tried.append(self.now)
        self.hang("open")
        if self.refuses or not self.devices_now or kind not in (None, self.kind):
            raise DeviceError(problem("no-device", reason="it is unplugged"))
        stream = Recording(self, self.kind, self.find(name), channels, take)
        stream.ask(BUFFER)
        self.streams.append(stream)
        return stream

    def find(self, name: str | None) -> str:
        if name is not None:
            return find_device(name, self.devices).name
        return self.devices_now[0] if self.tells_default else ""

    @property
    def devices(self) -> tuple[Device, ...]:
        """The devices there are."""
        return tuple(Device(name, name == self.devices_now[0]) for name in self.devices_now)

    def wait(self, seconds: float) -> None:
        """Let a round pass, when what was begun on other threads is done or hangs."""
        assert seconds == ROUND_S
        self.settle()
        self.rounds += 1
        event = self.events.get(self.rounds)
        if event is not None:
            event(self)
        for stream in self.streams:
            if not (stream.closed or stream.stalled or self.mute):
                stream.ask(ROUND)

    def hang(self, call: str) -> None:
        """Return when this call does not hang, or no longer."""
        self._hanging[threading.get_ident()] = call
        while call in self.hangs:
            time.sleep(0.001)
        del self._hanging[threading.get_ident()]

    def settle(self) -> None:
        """Wait until all that was begun on other threads is done, or hangs."""
        while any(
            thread.name == THREAD_NAME and self._hanging.get(thread.ident) not in self.hangs
            for thread in threading.enumerate()
        ):
            time.sleep(0.0005)


@dataclass
class Log:
    """An attendant that writes down what happens and when, and keeps the session as a listener needs it."""

    machine: Machine
    transport: Transport
    happened: list[str] = field(default_factory=list)
    attended: list[int] = field(default_factory=list)
    unheard: list[int] = field(default_factory=list)

    def attend(self) -> None:
        self.attended.append(self.machine.rounds)

    def lost(self, reason: str, unheard: int) -> None:
        self._write(f"lost: {reason}")
        self.unheard.append(unheard)
        self.transport.unhear(unheard)

    def found(self, *, changed: bool) -> None:
        self._write("found another" if changed else "found")
        self.transport.move(paused=False)

    def _write(self, what: str) -> None:
        self.happened.append(f"{self.machine.now:.2f} {what}")
