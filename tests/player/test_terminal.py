"""A session in a real pseudo-terminal: real keys, the real screen, and the terminal as it was."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import voiceguide

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

import pty
import termios

ROOT = Path(voiceguide.__file__).parents[1]

PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)

from tests.player.support import SECOND, noise, session
from voiceguide.player.keys import terminal_keys
from voiceguide.player.outputs import open_output
from voiceguide.player.session import play
from voiceguide.player.views import open_view

timeline = session(600_000, (0, 200_000, 400_000))
with terminal_keys() as keys, open_view(sys.stdout) as view:
    outcome = play(noise(600 * SECOND), timeline, open_output("null"), keys, view)
print("stopped in", outcome.chapter)
"""


@dataclass
class Screen:
    """The end of the terminal where a person sits."""

    side: int
    program: subprocess.Popen[bytes]
    seen: str = ""

    def press(self, key: bytes) -> None:
        os.write(self.side, key)

    def wait_for(self, pattern: str) -> None:
        """Read on until the pattern is on the screen; what was read up to its end is done with."""
        while (found := re.search(pattern, self.seen)) is None:
            assert select.select([self.side], [], [], 30)[0], f"{pattern!r} never came: {self.seen!r}"
            self.seen += os.read(self.side, 4_096).decode(errors="replace")
        self.seen = self.seen[found.end() :]


@contextmanager
def session_in_a_terminal() -> Iterator[Screen]:
    """The program on the terminal as its controlling one, with 80 columns."""
    person, terminal = pty.openpty()
    before = termios.tcgetattr(terminal)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24", "PYTHONIOENCODING": "utf-8"},
    )
    try:
        yield Screen(person, program)
        assert termios.tcgetattr(terminal) == before
    finally:
        program.kill()
        program.wait()
        os.close(person)
        os.close(terminal)


def test_keys_do_on_the_screen_what_they_say() -> None:
    with session_in_a_terminal() as screen:
        screen.wait_for(r"One(.|\n)*space pause  n next  b back  q quit")
        screen.press(b" ")
        screen.wait_for("Paused")
        screen.press(b"n")
        screen.wait_for("Two(.|\n)*Paused(.|\n)*Next: Three")
        screen.press(b"b")
        screen.wait_for("One")
        screen.press(b"nnq")
        screen.wait_for("stopped in Three")
        assert screen.program.wait(30) == 0


def test_ctrl_c_ends_it_with_the_cursor_back_and_the_terminal_as_it_was() -> None:
    with session_in_a_terminal() as screen:
        screen.wait_for("One")
        screen.press(b"\x03")
        screen.wait_for(re.escape("\x1b[?25h"))
        screen.wait_for("KeyboardInterrupt")
        assert screen.program.wait(30) == -signal.SIGINT
