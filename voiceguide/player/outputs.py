"""Where a session is heard: the protocol, the capture to a file, and the choice among the outputs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from voiceguide.atomic import atomic_file
from voiceguide.audio.clip import RATE
from voiceguide.audio.wav import LARGEST, frames, open_wav
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.player.transport import Transport

_BLOCK = RATE  # a second: time does not pass here, so only memory counts
_LOOK_AGAIN_S = 0.05


class Output(Protocol):
    """What makes a session heard."""

    def run(self, transport: Transport, attend: Callable[[], None]) -> None:
        """Take the transport's samples until it is over, and return when the last one has been heard.

        `attend` is called on the calling thread, again and again, at least ten times a second where time passes:
        that is where keys are read and the view is drawn. Exceptions of `attend` and of the transport's `read` end
        the run and come out of it, whatever thread they were raised in. Raises DeviceError and OutputError.
        """
        ...


@dataclass(frozen=True)
class WavFile:
    """A capture of what would be heard, written as fast as it comes; the file appears whole, or not at all.

    A pause takes no time in it: only its fades are in the file. `wait` is what a paused capture does between two
    looks at the keys, for so many seconds. Raises OutputError `unwritable` and its like, and `too-long-for-wav`.
    """

    path: Path
    wait: Callable[[float], None] = time.sleep

    def run(self, transport: Transport, attend: Callable[[], None]) -> None:
        """Write until the transport is over, attending once a second of sound."""
        written = 0
        with atomic_file(self.path) as file, open_wav(file, transport.channels) as writer:
            while not transport.over:
                attend()
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
    from voiceguide.player.device import SoundDevice  # noqa: PLC0415 (a capture needs no device's library)

    if name is not None and name.lower() == "null":
        return SoundDevice(null=True)
    return SoundDevice(name)
