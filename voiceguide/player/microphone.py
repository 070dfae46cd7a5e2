"""The default microphone, as samples on a thread of the sound system's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol

import miniaudio

from voiceguide.errors import DeviceError
from voiceguide.player.sound.devices import sound_systems
from voiceguide.player.utterances import RATE
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from voiceguide.player.sound.devices import SoundSystem

    Take = Callable[[bytes], None]
    """Takes the next samples: `utterances.RATE` a second, mono, 16 bits."""

_PERIOD_MS = 30


class Microphone(Protocol):
    """What gives samples from when it is opened until it is closed."""

    def close(self) -> None:
        """Give no more."""
        ...


def open_microphone(take: Take) -> Microphone:
    """The default microphone of the first sound system that has one; raises DeviceError `no-microphone`."""
    reason = "there is none"
    try:
        for system in sound_systems():
            try:
                return _MachineMicrophone(system, take)
            except miniaudio.MiniaudioError as error:
                reason = error.args[0]
                system.close()
            except BaseException:
                system.close()
                raise
    except DeviceError as error:
        reason = "no sound system answers"
        raise DeviceError(problem("no-microphone", reason=reason)) from error
    raise DeviceError(problem("no-microphone", reason=reason))


class _MachineMicrophone:
    """A microphone with the connection to the sound system that it is on."""

    def __init__(self, system: SoundSystem, take: Take) -> None:
        self._system = system
        self._capture = _Capture(system, take)

    def close(self) -> None:
        self._capture.close()
        self._system.close()


class _Capture(miniaudio.CaptureDevice):  # type: ignore[misc]  # miniaudio has no types
    """miniaudio's device on a connection that it does not own, under way."""

    def __init__(self, system: SoundSystem, take: Take) -> None:
        self._system = system
        super().__init__(
            input_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE,
            buffersize_msec=_PERIOD_MS,
        )
        blocks = _blocks(take)
        next(blocks)
        try:
            self.start(blocks)
        except miniaudio.MiniaudioError:
            self.close()
            raise

    def __del__(self) -> None:
        # At the end of the program it would wait for ever for its thread, which Python has stopped.
        if not sys.is_finalizing():
            super().__del__()

    def close(self) -> None:
        super().close()
        # Else its destructor would stop it again where stopping has failed.
        self.running = False

    def _make_context(self, *_: object) -> Any:
        return self._system.context


def _blocks(take: Take) -> Generator[None, bytes, None]:
    while True:
        take(bytes((yield)))
