"""Where a session is heard: the protocol, the capture to a file, and the choice among the outputs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from voiceguide.atomic import atomic_file
from voiceguide.audio.clip import RATE
from voiceguide.audio.wav import LARGEST, frames, open_wav
from voiceguide.errors import DeviceError, OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.player.transport import Transport

_BLOCK = RATE  # a second: time does not pass here, so only memory counts
_LOOK_AGAIN_S = 0.05


class Attendant(Protocol):
    """What looks after a session while an output takes its samples; called on the thread that the output runs on."""

    def attend(self) -> None:
        """Look at the commands and the view: at least ten times a second where time passes."""
        ...

    def lost(self, reason: str, unheard: int) -> None:
        """The device is gone, and the last `unheard` samples that it took were not heard.

        Nothing is read until `found`; `attend` is still called.
        """
        ...

    def found(self, *, changed: bool) -> None:
        """There is a device again, `changed` where it is another one."""
        ...


class Unattended:
    """Nobody looks after it: a device that is gone ends it."""

    def attend(self) -> None:
        """Do nothing."""

    def lost(self, reason: str, unheard: int) -> NoReturn:  # noqa: ARG002 (the protocol's)
        """Raise DeviceError `device-lost`."""
        raise DeviceError(problem("device-lost", reason=reason))

    def found(self, *, changed: bool) -> None:
        """Never comes."""


class Output(Protocol):
    """What makes a session heard."""

    @property
    def live(self) -> bool:
        """Whether someone listens while time passes; if not, it is a capture of the session as it is rendered."""
        ...

    def run(self, transport: Transport, attendant: Attendant) -> None:
        """Take the transport's samples until it is over, and return when the last one has been heard.

        Exceptions of the attendant and of the transport's `read` end the run and come out of it, whatever thread they
        were raised in. Raises DeviceError and OutputError.
        """
        ...


@dataclass(frozen=True)
class WavFile:
    """A capture of what would be heard, written as fast as it comes; the file appears whole, or not at all.

    A pause takes no time in it: only its fades are in the file. `wait` is what a paused capture does between two
    looks at the commands, for so many seconds. Raises OutputError `unwritable` and its like, and `too-long-for-wav`.
    """

    path: Path
    wait: Callable[[float], None] = time.sleep

    @property
    def live(self) -> bool:
        """No time passes."""
        return False

    def run(self, transport: Transport, attendant: Attendant) -> None:
        """Write until the transport is over, attending once a second of sound."""
        written = 0
        with atomic_file(self.path) as file, open_wav(file, transport.channels) as writer:
            while not transport.over:
                attendant.attend()
                if transport.resting:
                    self.wait(_LOOK_AGAIN_S)
                    continue
                block = transport.read(_BLOCK)
                written += block.nbytes
                if written > LARGEST:
                    raise OutputError(problem("too-long-for-wav", path=self.path))
                writer.writeframesraw(frames(block))


def open_output(name: str | None) -> Output:
    """The output called `name`: the default sound device for None, `null`, a file ending in .wav, or a device's name.

    Nothing is opened before it runs.
    """
    if name is not None and name.lower().endswith(".wav"):
        return WavFile(Path(name))
    from voiceguide.player.sound.device import SoundDevice  # noqa: PLC0415 (a capture needs no device's library)

    if name is not None and name.lower() == "null":
        return SoundDevice(null=True)
    return SoundDevice(name)
