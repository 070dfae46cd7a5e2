"""Something tried in a process of its own: it may hang, crash, or write to the terminal, without harm to this one."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHILD = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from voiceguide.cli.apart import report
report(*sys.argv[2:])
"""
_KILLED_WITHIN_S = 1.0


class Outcome(NamedTuple):
    """What was found until it ended, how it ended, and the last line that it wrote on standard error."""

    found: list[dict[str, Any]]
    ended: Literal["well", "hung", "crashed"]
    said: str


class Apart:
    """A process that calls `module.function(*arguments)`, an iterator of dataclasses that JSON can hold."""

    def __init__(self, module: str, function: str, *arguments: str) -> None:
        # Files, because a pipe that nobody reads fills up, and one that a grandchild holds never ends.
        self._out = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `close`)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (as above)
        command = [sys.executable, "-c", _CHILD, json.dumps(sys.path), module, function, *arguments]
        self._process = subprocess.Popen(  # noqa: S603 (our own arguments, no shell)
            command, stdin=subprocess.DEVNULL, stdout=self._out, stderr=self._said
        )

    def outcome(self, within_s: float) -> Outcome:
        """What it found, if it ends in so many seconds; else it is killed, and this is what it found until then."""
        try:
            code: int | None = self._process.wait(max(within_s, 0.0))
        except subprocess.TimeoutExpired:
            code = None
            self.close_process()
        ended: Literal["well", "hung", "crashed"] = "well"
        if code != 0:
            ended = "hung" if code is None else "crashed"
        return Outcome(self.found(), ended, _last_line(_content(self._said)))

    def found(self) -> list[dict[str, Any]]:
        """What it has found until now."""
        # What comes after the last line break is not whole.
        return [json.loads(line) for line in _content(self._out).split(b"\n")[:-1]]

    def close_process(self) -> None:
        """Kill the process if it is there still."""
        if self._process.poll() is None:
            self._process.kill()
            # One that waits for a broken disk does not even die.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_KILLED_WITHIN_S)

    def close(self) -> None:
        """Kill the process if it is there still, and let its files go."""
        self.close_process()
        self._out.close()
        self._said.close()


def report(module: str, function: str, *arguments: str) -> None:
    """What the process does: write a line for each thing found, as it is found."""
    # What libraries write is not among it.
    lines = os.dup(1)
    os.dup2(2, 1)
    call: Callable[..., Iterator[Any]] = getattr(import_module(module), function)
    for found in call(*arguments):
        os.write(lines, f"{json.dumps(asdict(found))}\n".encode())
    # Whatever hangs in a thread or at the end of a library is left behind.
    os._exit(0)


def _content(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").splitlines()
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
