"""Keys pressed while a session plays, as commands; the terminal is always given back as it was."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Protocol, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Command = Literal["pause", "next", "previous", "quit"]

KEYS: dict[str, Command] = {" ": "pause", "n": "next", "b": "previous", "q": "quit"}
"""What each key does; capitals do the same."""

# ECMA-48: CSI and SS3 sequences, and Alt with a key; an arrow's last letter is not that key.
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\[O])", re.DOTALL)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")


class Keys(Protocol):
    """Where commands come from."""

    def poll(self) -> list[Command]:
        """The commands given since the last call, in order; it never waits."""
        ...


class NoKeys:
    """Nobody is there to press a key."""

    def poll(self) -> list[Command]:
        """Nothing, ever."""
        return []


class KeyReader:
    """Commands from the characters a terminal sends; `read` gives those waiting, and None when it hung up."""

    def __init__(self, read: Callable[[], str | None]) -> None:
        self._read = read
        self._unfinished = ""

    def poll(self) -> list[Command]:
        """The commands given since the last call; a terminal that is gone quits."""
        text = self._read()
        if text is None:
            return ["quit"]
        text = _ESCAPE.sub("", self._unfinished + text) if text else ""
        # A slow line may deliver a sequence in two parts; the Escape key alone is dropped with nothing after it.
        unfinished = _UNFINISHED.search(text)
        self._unfinished = unfinished[0] if unfinished else ""
        return [KEYS[key] for key in text.lower() if key in KEYS]


@contextmanager
def terminal_keys(stream: TextIO | None = None) -> Iterator[Keys]:
    """Keys of the terminal `stream` (standard input by default) without waiting for Enter, and without echo.

    Ctrl-C stays KeyboardInterrupt. The terminal is restored whatever ends the block. Where the stream is not a
    terminal, or is that of a job in the background, there are no keys.
    """
    stream = sys.stdin if stream is None else stream
    if stream is None or stream.closed or not stream.isatty():
        yield NoKeys()
        return
    with _open_terminal(stream) as keys:
        yield keys


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _open_terminal(stream: TextIO) -> Iterator[Keys]:  # noqa: ARG001 (Windows has one console)
        yield KeyReader(lambda: read_console(msvcrt.kbhit, msvcrt.getwch))

else:
    import os
    import select
    import termios
    import tty

    @contextmanager
    def _open_terminal(stream: TextIO) -> Iterator[Keys]:
        terminal = stream.fileno()
        if _in_background(terminal):
            yield NoKeys()
            return
        before = termios.tcgetattr(terminal)
        try:
            tty.setcbreak(terminal, termios.TCSANOW)
            yield KeyReader(lambda: _read_waiting(terminal))
        finally:
            # Keys nobody read are not for the shell.
            termios.tcflush(terminal, termios.TCIFLUSH)
            termios.tcsetattr(terminal, termios.TCSANOW, before)

    def _in_background(terminal: int) -> bool:
        """Whether changing the terminal would suspend this process."""
        try:
            return os.tcgetpgrp(terminal) != os.getpgrp()
        except OSError:
            # A terminal, but not the one that controls this process.
            return False

    def _read_waiting(terminal: int) -> str | None:
        if not select.select([terminal], [], [], 0)[0]:
            return ""
        try:
            data = os.read(terminal, 1024)
        except OSError:
            # EIO is how a terminal says that its other end is gone.
            return None
        return data.decode("ascii", errors="replace") if data else None


def read_console(kbhit: Callable[[], bool], getwch: Callable[[], str]) -> str:
    """The characters waiting in a Windows console (`msvcrt.kbhit` and `getwch`), without its two-part special keys."""
    text = ""
    while kbhit():
        key = getwch()
        if key in ("\x00", "\xe0"):
            getwch()
        elif key == "\x03":
            # `getwch` swallows what would have been a signal.
            raise KeyboardInterrupt
        else:
            text += key
    return text
