"""A stream of samples to a sound device: what plays it, and the machine's own that miniaudio opens."""

from __future__ import annotations

import sys
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import miniaudio

from voiceguide.audio.clip import RATE
from voiceguide.errors import DeviceError
from voiceguide.player.sound.devices import Device, SoundSystem, find_device, sound_systems
from voiceguide.player.sound.feed import PERIOD_MS, PERIODS
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    Take = Callable[[int], bytes]
    """Gives the next so many samples; called on the device's thread."""

NULL = "NULL"
"""The kind of sound system that plays nothing, in real time."""

_TELLING = frozenset({"PULSEAUDIO", "WASAPI", "COREAUDIO"})
"""The sound systems that tell which device is the default one now."""


class Stream(Protocol):
    """What plays samples on a device, from when it is opened until it is closed."""

    @property
    def kind(self) -> str:
        """The sound system it is on."""
        ...

    @property
    def device(self) -> str:
        """The device's name; empty where it plays on the default one of a system that does not tell which that is."""
        ...

    @property
    def stopped(self) -> bool:
        """Whether the sound system has said that it plays no more, and has asked for no samples since."""
        ...

    def devices(self) -> tuple[Device, ...]:
        """The devices of its sound system now; raises DeviceError. It may take long, or hang."""
        ...

    def close(self) -> None:
        """Play no more; it may take long, or hang."""
        ...


class Streams(Protocol):
    """Where streams are opened."""

    def open(self, name: str | None, channels: int, take: Take, kind: str | None = None) -> Stream:
        """A stream that plays what `take` gives on the device called `name`, or on the default one.

        `kind` is the sound system to look in, None is any. Raises DeviceError `no-device` and RequestError
        `unknown-device`. It may take long, or hang.
        """
        ...


class MachineStreams:
    """The streams of this machine, through miniaudio."""

    def open(self, name: str | None, channels: int, take: Take, kind: str | None = None) -> Stream:
        """A stream on the first sound system that has the device."""
        refused: DeviceError | None = None
        for system in sound_systems(kind):
            try:
                return _open(system, name, channels, take)
            except DeviceError as error:
                refused = refused or error
                system.close()
            except BaseException:
                system.close()
                raise
        raise refused or DeviceError(problem("no-device", reason="there is none"))


class _MachineStream:
    """A stream with the connection to the sound system that it is on."""

    def __init__(self, system: SoundSystem, playback: _Playback, device: str) -> None:
        self.kind = system.kind
        self.device = device
        self._system = system
        self._playback = playback
        # Held while the system is asked, so that it is not let go meanwhile.
        self._asking = Lock()
        self._closing = Lock()
        self._closed = False

    @property
    def stopped(self) -> bool:
        return self._playback.stopped

    def devices(self) -> tuple[Device, ...]:
        with self._asking:
            return () if self._closed else self._system.devices()

    def close(self) -> None:
        # Closing what is closed crashes in the library.
        with self._closing:
            if self._closed:
                return
            self._playback.close()
            with self._asking:
                self._closed = True
                self._system.close()


class _Playback(miniaudio.PlaybackDevice):  # type: ignore[misc]  # miniaudio has no types
    """miniaudio's device on a connection that it does not own."""

    def __init__(self, system: SoundSystem, channels: int, device: Device | None, take: Take) -> None:
        self._system = system
        self._take = take
        self.stopped = False
        super().__init__(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=channels,
            sample_rate=RATE,
            buffersize_msec=PERIOD_MS,
            callback_periods=PERIODS,
            device_id=None if device is None else device.id,
        )

    def play(self) -> None:
        blocks = self._blocks()
        next(blocks)
        self.start(blocks)

    def __del__(self) -> None:
        # At the end of the program it would wait for ever for its thread, which Python has stopped.
        if not sys.is_finalizing():
            super().__del__()

    def close(self) -> None:
        super().close()
        # Else its destructor would stop it again where stopping has failed.
        self.running = False

    def _blocks(self) -> Generator[bytes, int, None]:
        count = yield b""
        while True:
            self.stopped = False
            count = yield self._take(count)

    def _make_context(self, *_: object) -> Any:
        return self._system.context

    def _stop_callback(self, _: object) -> None:
        # miniaudio's own would let go of the blocks: a device that was only suspended goes on by itself.
        self.stopped = True


def _open(system: SoundSystem, name: str | None, channels: int, take: Take) -> Stream:
    """A stream on one sound system."""
    telling = system.kind in _TELLING
    devices = system.devices() if telling or name is not None else ()
    chosen = None if name is None else find_device(name, devices)
    default = next((device.name for device in devices if device.default and telling), "")
    try:
        playback = _Playback(system, channels, chosen, take)
    except miniaudio.MiniaudioError as error:
        raise DeviceError(problem("no-device", reason=error.args[0])) from error
    try:
        playback.play()
    except miniaudio.MiniaudioError as error:
        playback.close()
        raise DeviceError(problem("no-device", reason=error.args[0])) from error
    return _MachineStream(system, playback, default if chosen is None else chosen.name)
