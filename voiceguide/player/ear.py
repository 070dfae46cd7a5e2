"""A process of its own that hears commands in samples: loading its model would hold up the sound of this one."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import tempfile
from collections import deque
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from voiceguide.player.commands import Command

# Ctrl-C is for the session, which ends this process by closing its input.
_CHILD = """
import json, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.path[:] = json.loads(sys.argv[1])
from voiceguide.player.ear import main
main()
"""
_LENGTH = struct.Struct("<I")
_VAD_MODE = 1


class Ear:
    """The process, as the session sees it; what it is given waits in a queue, so that nothing here ever waits for it."""

    def __init__(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `close`)
        self._process = subprocess.Popen(  # noqa: S603 (our own arguments, no shell)
            [sys.executable, "-c", _CHILD, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )
        self._blocks: SimpleQueue[bytes | None] = SimpleQueue()
        self._heard: deque[Command] = deque()
        self._threads = [
            Thread(target=work, name="spoken commands", daemon=True) for work in (self._give, self._take)
        ]
        for thread in self._threads:
            thread.start()

    def hear(self, samples: bytes) -> None:
        """Listen to samples as `utterances` takes them; none at all cut off what is being said."""
        self._blocks.put(samples)

    def commands(self) -> list[Command]:
        """What was heard since the last call, in order."""
        heard = []
        while self._heard:
            heard.append(self._heard.popleft())
        return heard

    @property
    def failure(self) -> str | None:
        """Why the process has ended, which it does only when closed; None while it lives."""
        if self._process.poll() is None:
            return None
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")

    def close(self) -> None:
        """End the process; what it has not heard yet is lost."""
        self._blocks.put(None)
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        self._said.close()

    def _give(self) -> None:
        # Where it has ended, `failure` tells, and nothing can be written.
        with suppress(OSError), cast("IO[bytes]", self._process.stdin) as pipe:
            while (samples := self._blocks.get()) is not None:
                pipe.write(_LENGTH.pack(len(samples)) + samples)
                pipe.flush()

    def _take(self) -> None:
        with cast("IO[bytes]", self._process.stdout) as pipe:
            self._heard.extend(cast("Command", line.decode().strip()) for line in pipe)


class Hearing:
    """Commands in samples, in this process: what is said is cut out and recognised at once, which takes its time."""

    def __init__(self) -> None:
        from pocketsphinx import Vad  # noqa: PLC0415 (an extra)

        from voiceguide.player.recogniser import Recogniser  # noqa: PLC0415 (of no use to the session's own process)
        from voiceguide.player.utterances import FRAME_MS, RATE, Utterances  # noqa: PLC0415 (as above)

        self._recogniser = Recogniser()
        self._utterances = Utterances(Vad(_VAD_MODE, RATE, FRAME_MS / 1000))

    def hear(self, samples: bytes) -> list[Command]:
        """The commands that are over with these samples; none at all cut off what is being said."""
        if not samples:
            self._utterances.cut()
        heard = map(self._recogniser.command, self._utterances.take(samples))
        return [command for command in heard if command is not None]


def main() -> None:
    """What the process does: a line on standard output for each command, until standard input ends."""
    hearing = Hearing()
    pipe = sys.stdin.buffer
    while len(head := pipe.read(_LENGTH.size)) == _LENGTH.size:
        for command in hearing.hear(pipe.read(_LENGTH.unpack(head)[0])):
            sys.stdout.write(f"{command}\n")
            sys.stdout.flush()
