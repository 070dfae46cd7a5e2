"""A terminal with someone in front of it: keys are pressed at one end, a real program runs at the other."""

from __future__ import annotations

import copy
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyte

import voiceguide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(voiceguide.__file__).parents[1]
PATIENCE_S = 60

# Makes the terminal the one that controls the program, and the keys that interrupt and stop it do that: what starts
# the tests may have them ignored.
_LAUNCH = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
for number in (signal.SIGINT, signal.SIGTSTP):
    signal.signal(number, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])
"""
_ALTERNATE_SCREEN = 1049


class _Emulator(pyte.Screen):
    """pyte's screen with the alternate screen of xterm, which it lacks."""

    def __init__(self, columns: int, lines: int) -> None:
        self._shells: Any = None
        self.taken = 0
        super().__init__(columns, lines)

    def set_mode(self, *modes: int, **keywords: Any) -> None:
        super().set_mode(*modes, **keywords)
        self.taken += _ALTERNATE_SCREEN in modes
        if _ALTERNATE_SCREEN in modes and self._shells is None:
            self._shells = copy.deepcopy((self.buffer, self.cursor))
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **keywords: Any) -> None:
        super().reset_mode(*modes, **keywords)
        if _ALTERNATE_SCREEN in modes and self._shells is not None:
            (self.buffer, self.cursor), self._shells = self._shells, None


class Terminal:
    """A terminal of `columns` by `lines` that runs a program; its screen is that of an emulator."""

    def __init__(
        self, arguments: Sequence[str], size: tuple[int, int], cwd: Path, environment: dict[str, str]
    ) -> None:
        self._person, self.side = pty.openpty()
        self._emulator = _Emulator(*size)
        self._stream = pyte.ByteStream(self._emulator)
        self._set_size(size)
        self.program = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, *arguments],
            stdin=self.side,
            stdout=self.side,
            stderr=self.side,
            start_new_session=True,
            cwd=cwd,
            env=environment,
        )

    @property
    def lines(self) -> list[str]:
        """What is on the screen."""
        return [line.rstrip() for line in self._emulator.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def cursor(self) -> bool:
        """Whether there is one."""
        return not self._emulator.cursor.hidden

    @property
    def taken(self) -> int:
        """How often a program has taken the screen for itself."""
        return self._emulator.taken

    def settings(self) -> list[Any]:
        """What `stty` would tell."""
        return termios.tcgetattr(self.side)

    def in_front(self) -> int:
        """The process that has the terminal."""
        return os.tcgetpgrp(self._person)

    def press(self, keys: bytes) -> None:
        os.write(self._person, keys)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal's window another size; the program's screen does not keep what was on it."""
        self._emulator.resize(lines, columns)
        self._emulator.erase_in_display(2)
        self._set_size((columns, lines))

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._person, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def until(self, seen: str | Callable[[], bool]) -> None:
        """Read on until a text is on the screen, or something is so."""
        end = time.monotonic() + PATIENCE_S
        while not self._is(seen):
            ended = self.program.poll() is not None
            self._read_on(0.1)
            failed = time.monotonic() > end or (ended and not self._is(seen))
            assert not failed, f"never seen: {seen!r}\n{self.text}"

    def _is(self, seen: str | Callable[[], bool]) -> bool:
        return seen in self.text if isinstance(seen, str) else seen()

    def end(self) -> int:
        """Read until the program has ended; gives its exit code."""
        while self.program.poll() is None:
            self._read_on(0.05)
        self._read_on(0)
        return self.program.returncode

    def _read_on(self, seconds: float) -> None:
        while select.select([self._person], [], [], seconds)[0]:
            self._stream.feed(os.read(self._person, 4_096))
            seconds = 0

    def stall(self) -> None:
        """Nobody reads what the program writes, as when a connection is dead, and there is no room for more."""
        writing = os.open(os.ttyname(self.side), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            while True:
                os.write(writing, b" " * 100)
        except BlockingIOError:
            pass
        finally:
            os.close(writing)

    def hang_up(self) -> None:
        """The window is closed, or the connection lost."""
        os.close(self._person)
        self._person = -1

    def close(self) -> None:
        self.program.kill()
        self.program.wait()
        for end in (self._person, self.side):
            if end >= 0:
                os.close(end)


@contextmanager
def terminal(
    *arguments: str,
    size: tuple[int, int] = (80, 24),
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Terminal]:
    """A program in a terminal of its own, with these environment variables besides those of the test."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    own = {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    opened = Terminal(arguments, size, cwd, kept | own | dict(environment or {}))
    try:
        yield opened
    finally:
        opened.close()
