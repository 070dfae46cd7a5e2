"""The whole screen of a terminal, drawn line by line and given back as it was; and text written to any stream."""

from __future__ import annotations

import errno
import os
import select
import sys
from io import UnsupportedOperation
from typing import TYPE_CHECKING, TextIO

from voiceguide.player.commands.jobs import in_foreground

if TYPE_CHECKING:
    from collections.abc import Sequence

if sys.platform != "win32":
    import termios
    from contextlib import suppress

# xterm's alternate screen, and DEC's cursor: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
_ENTER = "\x1b[?1049h\x1b[?25l"
_LEAVE = "\x1b[0m\x1b[?1049l\x1b[?25h"
_CLEAR = "\x1b[2J"


class Screen:
    """The screen of the terminal that `stream` writes to, taken with the first drawing.

    It is another screen than that of the shell, which is there again as it was when this one is left.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._number = _descriptor(stream)
        self._lines: list[str] = []
        self._size: tuple[int, int] | None = None
        self._entered = False
        self._known = False

    @property
    def size(self) -> tuple[int, int] | None:
        """Columns and lines as they are now, None where the terminal does not tell."""
        try:
            columns, lines = os.get_terminal_size(-1 if self._number is None else self._number)
        except OSError:
            return None
        return (columns, lines) if columns and lines else None

    def draw(self, lines: Sequence[str], *, whole: bool = False) -> None:
        """Show these lines, and write those that changed, or all if `whole`; nothing while a job in the background.

        None may be wider than the screen, nor may there be more than it is high. Raises what writing raises.
        """
        if self._number is not None and not in_foreground(self._number):
            return
        size = self.size
        text = "" if self._known else _ENTER
        if whole or text or size != self._size:
            text += _CLEAR
            self._lines = []
        old = self._lines + [""] * (len(lines) - len(self._lines))
        new = list(lines) + [""] * (len(old) - len(lines))
        for row, (before, now) in enumerate(zip(old, new, strict=True), 1):
            if before != now:
                text += f"\x1b[{row};1H\x1b[2K{now}"
        self._entered, self._known, self._lines, self._size = True, True, new, size
        if text:
            write_text(self._stream, text)

    def leave(self) -> None:
        """Give the shell's screen and its cursor back; a drawing takes the screen again. Raises what writing raises."""
        if self._entered:
            self._entered = self._known = False
            write_text(self._stream, _LEAVE)

    def forget(self) -> None:
        """Take it that anything may be on the screen now, and that it may be the shell's; another thread may say so."""
        self._known = False

    def unblock(self) -> None:
        """Discard what a terminal has not taken, so that a write that waits for it ends; ends a Ctrl-S too."""
        if sys.platform != "win32" and self._number is not None:
            with suppress(termios.error):
                # Only after its like can TCOON undo what a key did.
                termios.tcflow(self._number, termios.TCOOFF)
                termios.tcflow(self._number, termios.TCOON)
                termios.tcflush(self._number, termios.TCOFLUSH)


def write_text(stream: TextIO, text: str) -> None:
    """Write all of the text now; raises OSError.

    It goes past the stream's buffer, whose lock a thread that is left waiting for a terminal would keep for ever.
    """
    number = _descriptor(stream)
    if number is None:
        stream.write(text)
        stream.flush()
        return
    stream.flush()
    data = text.encode(stream.encoding, stream.errors or "strict")
    while data:
        try:
            data = data[os.write(number, data) :]
        except BlockingIOError:
            # Who started this program may have said that the stream never waits.
            select.select([], [number], [])


def is_gone(error: BaseException) -> bool:
    """Whether this is what writing to a terminal raises that hung up."""
    return isinstance(error, OSError) and error.errno in (errno.EIO, errno.ENXIO)


def _descriptor(stream: TextIO) -> int | None:
    """The stream's descriptor where bytes can be written to it as they are."""
    if sys.platform == "win32":
        # Its console takes text.
        return None
    try:
        return stream.fileno()
    except UnsupportedOperation:
        return None
