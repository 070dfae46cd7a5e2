"""Keys pressed while a session plays, as commands; the terminal is always given back as it was."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from voiceguide.player.commands import NoCommands
from voiceguide.player.commands.jobs import in_foreground, job_control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.player.commands import Command, Commands

KEYS: dict[str, Command] = {
    " ": "toggle",
    "n": "next",
    "b": "previous",
    "r": "repeat",
    "s": "skip-side",
    "+": "more",
    "=": "more",
    "-": "less",
    "_": "less",
    "?": "help",
    "h": "help",
    "q": "stop",
}
"""What each key does; capitals do the same. `=` and `_` share their keys with + and - on many keyboards."""

ARROWS: dict[str, Command] = {"D": "back", "C": "forward"}
"""The left and the right arrow, by the last letter of what a terminal sends for them."""

# ECMA-48: CSI and SS3 sequences, Alt with a key; and what Linux' console sends for F1 to F5.
_KEY = re.compile(r"\x1b\[\[.|\x1b(?:\[[0-?]*[ -/]*|O)([@-~])|\x1b[^\x1b\[O]|.", re.DOTALL)
_UNFINISHED = re.compile(r"\x1b(?:\[\[|\[[0-?]*[ -/]*|O)?\Z")
_LEFT, _RIGHT = "\x1b[D", "\x1b[C"
# Enter, Tab and the two Backspaces are keys as well: whoever cannot see hears that they do nothing.
_UNPRINTED = "\r\n\t\b\x7f"


class KeyReader:
    """Commands from the characters a terminal sends; `read` gives those waiting, and None when it hung up."""

    def __init__(self, read: Callable[[], str | None]) -> None:
        self._read = read
        self._unfinished = ""

    def poll(self) -> list[Command]:
        """The commands given since the last call; a terminal that is gone stops.

        However many keys without a command there are, as in a pasted text, they are `unknown` once.
        """
        text = self._read()
        if text is None:
            return ["stop"]
        # A slow line may deliver a sequence in two parts; the Escape key alone is dropped with nothing after it.
        text = self._unfinished + text if text else ""
        unfinished = _UNFINISHED.search(text)
        self._unfinished = unfinished[0] if unfinished else ""
        commands: list[Command] = []
        for key in _KEY.finditer(text.removesuffix(self._unfinished)):
            command = _command(key)
            if command is not None and not (command == "unknown" and command in commands):
                commands.append(command)
        return commands


def _command(key: re.Match[str]) -> Command | None:
    text = key[0].lower()
    if text.startswith("\x1b"):
        return ARROWS.get(key[1])
    return KEYS.get(text, "unknown" if text.isprintable() or text in _UNPRINTED else None)


@contextmanager
def terminal_keys(stream: TextIO | None = None) -> Iterator[Commands]:
    """Keys of the terminal `stream` (standard input by default) without waiting for Enter, and without echo.

    Ctrl-C stays KeyboardInterrupt. The terminal is restored whatever ends the block, and while Ctrl-Z stops the
    program; in the background there are no keys until it is in the foreground again. Gives NoCommands where the
    stream is not a terminal.
    """
    stream = sys.stdin if stream is None else stream
    if stream is None or stream.closed or not stream.isatty():
        yield NoCommands()
        return
    with _open_terminal(stream) as keys:
        yield keys


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _open_terminal(stream: TextIO) -> Iterator[Commands]:  # noqa: ARG001 (Windows has one console)
        yield KeyReader(lambda: read_console(msvcrt.kbhit, msvcrt.getwch))

else:
    import codecs
    import os
    import select
    import termios
    from contextlib import suppress

    @contextmanager
    def _open_terminal(stream: TextIO) -> Iterator[Commands]:
        terminal = _Terminal(stream.fileno())
        try:
            with job_control(terminal.give_back, terminal.take_again):
                terminal.take_again()
                yield KeyReader(terminal.read)
        finally:
            terminal.give_back()

    class _Terminal:
        """A terminal that gives keys one by one, whenever this program is in its foreground."""

        def __init__(self, number: int) -> None:
            self._number = number
            self._taken = False
            # As the terminal was, from when it is taken until it is given back.
            self._before: list[Any] | None = None
            self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

        def read(self) -> str | None:
            """The characters waiting, and None from a terminal that hung up."""
            # A job that runs in the background is not told when its shell brings it to the front.
            if not in_foreground(self._number):
                self._taken = False
                return ""
            if not self._taken:
                self.take_again()
            try:
                if not select.select([self._number], [], [], 0)[0]:
                    return ""
                data = os.read(self._number, 1024)
                if not data:
                    # Nothing: a terminal that is still there has settings.
                    termios.tcgetattr(self._number)
            except (OSError, termios.error):
                # EIO is also what a job gets that was sent to the background just now.
                return None if in_foreground(self._number) else ""
            return self._decoder.decode(data)

        def take_again(self) -> None:
            """Take the terminal if this program is in its foreground; keys pressed before were not for it."""
            self._taken = False
            if not in_foreground(self._number):
                return
            # One that hung up is found out by reading.
            with suppress(termios.error):
                if self._before is None:
                    self._before = termios.tcgetattr(self._number)
                termios.tcflush(self._number, termios.TCIFLUSH)
                termios.tcsetattr(self._number, termios.TCSANOW, _key_by_key(self._before))
                self._taken = True

        def give_back(self) -> None:
            """Leave the terminal as it was; in the background that is not for this program to do."""
            before, self._before = self._before, None
            self._taken = False
            if before is None or not in_foreground(self._number):
                return
            # One that hung up has no settings any more.
            with suppress(termios.error):
                # Keys nobody read are not for the shell.
                termios.tcflush(self._number, termios.TCIFLUSH)
                termios.tcsetattr(self._number, termios.TCSANOW, before)

    def _key_by_key(settings: list[Any]) -> list[Any]:
        """Settings (of `termios.tcgetattr`) with neither lines nor echo; Ctrl-C, Ctrl-Z and the output stay.

        A read never waits, and Ctrl-S, which would freeze the view, is a key without a meaning.
        """
        iflag, oflag, cflag, lflag, ispeed, ospeed, characters = settings
        characters = list(characters)
        characters[termios.VMIN] = characters[termios.VTIME] = 0
        lflag &= ~(termios.ICANON | termios.ECHO)
        return [iflag & ~termios.IXON, oflag, cflag, lflag, ispeed, ospeed, characters]


def read_console(kbhit: Callable[[], bool], getwch: Callable[[], str]) -> str:
    """The characters waiting in a Windows console (`msvcrt.kbhit` and `getwch`), with arrows as terminals send them.

    Its other two-part keys are left out.
    """
    text = ""
    while kbhit():
        key = getwch()
        if key in ("\x00", "\xe0"):
            text += {"K": _LEFT, "M": _RIGHT}.get(getwch(), "")
        elif key == "\x03":
            # `getwch` swallows what would have been a signal.
            raise KeyboardInterrupt
        else:
            text += key
    return text
