"""Keys as commands, and a terminal that is always given back as it was."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from voiceguide.player.commands import NoCommands
from voiceguide.player.commands.keys import KeyReader, read_console, terminal_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

if sys.platform != "win32":
    import os
    import pty
    import select
    import signal
    import termios

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def polled(*texts: str | None) -> list[list[str]]:
    waiting = iter(texts)
    reader = KeyReader(lambda: next(waiting))
    return [list(reader.poll()) for _ in texts]


def test_each_key_is_its_command_in_the_order_pressed() -> None:
    assert polled(" nbrs+-?q") == [
        ["toggle", "next", "previous", "repeat", "skip-side", "more", "less", "help", "stop"]
    ]


def test_capitals_and_what_shares_a_key_do_the_same() -> None:
    assert polled("NBRSHQ") == [["next", "previous", "repeat", "skip-side", "help", "stop"]]
    assert polled("h=_") == [["help", "more", "less"]]


@pytest.mark.parametrize(
    ("left", "right"),
    [("\x1b[D", "\x1b[C"), ("\x1bOD", "\x1bOC"), ("\x1b[1;5D", "\x1b[1;2C")],
    ids=["normal", "application", "with Ctrl or Shift"],
)
def test_left_and_right_arrow_go_back_and_forward(left: str, right: str) -> None:
    assert polled(left + right + right) == [["back", "forward", "forward"]]


@pytest.mark.parametrize("key", ["x", "7", "é", "界", "\r", "\n", "\t", "\x7f"])
def test_any_other_key_is_unknown(key: str) -> None:
    assert polled(key) == [["unknown"]]


def test_a_pasted_text_is_unknown_once_and_in_its_place() -> None:
    assert polled("nxyz\r\n7b") == [["next", "unknown", "previous"]]


def test_control_characters_are_no_keys() -> None:
    """Ctrl-S, Ctrl-L, and nothing at all."""
    assert polled("\x13\x0c\x00") == [[]]


def test_the_other_keys_that_send_several_characters_are_no_letters() -> None:
    """Down, down in application mode, F5, F1 of Linux' console, shift-Tab, Alt-n, a bracketed paste's start."""
    assert polled("\x1b[B\x1bOB\x1b[15~\x1b[[A\x1b[Z\x1bn\x1b[200~q") == [["stop"]]


def test_escape_before_an_arrow_is_nothing() -> None:
    assert polled("\x1b\x1b[D") == [["back"]]


@pytest.mark.parametrize(
    "parts", [("\x1b", "[D"), ("\x1b[", "D"), ("\x1b[1;", "5D"), ("\x1bO", "D"), ("\x1b[[", "An\x1b[D")]
)
def test_an_arrow_that_arrives_in_two_parts_is_one_arrow(parts: tuple[str, str]) -> None:
    assert polled(*parts)[0] == []
    assert polled(*parts)[1][-1:] == ["back"]


def test_the_escape_key_alone_does_not_take_a_later_key_with_it() -> None:
    assert polled("\x1b", "", "n") == [[], [], ["next"]]


def test_a_terminal_that_hung_up_stops() -> None:
    assert polled(None) == [["stop"]]


def test_a_windows_console_gives_its_arrows_as_terminals_do_and_no_other_two_part_keys() -> None:
    waiting = list(" \xe0K\xe0M\xe0Hn\x00;q")
    text = read_console(lambda: bool(waiting), lambda: waiting.pop(0))
    assert polled(text) == [["toggle", "back", "forward", "next", "stop"]]


def test_ctrl_c_in_a_windows_console_is_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt):
        read_console(lambda: True, lambda: "\x03")


def test_there_are_no_keys_where_input_is_not_a_terminal() -> None:
    with terminal_keys(io.StringIO("q")) as keys:
        assert isinstance(keys, NoCommands)
        assert keys.poll() == []


@pytest.fixture
def terminal() -> Iterator[tuple[int, TextIO]]:
    """The end where keys are pressed, and the end that is a program's standard input."""
    pressed, program = pty.openpty()
    with open(program, encoding="utf-8") as stream:  # noqa: PTH123 (a descriptor has no path)
        yield pressed, stream
    os.close(pressed)


@posix
def test_keys_come_without_enter_and_without_echo(terminal: tuple[int, TextIO]) -> None:
    pressed, stream = terminal
    with terminal_keys(stream) as keys:
        os.write(pressed, b" nq")
        assert keys.poll() == ["toggle", "next", "stop"]
        os.write(stream.fileno(), b"end")
        assert os.read(pressed, 100) == b"end"


@posix
def test_a_letter_of_several_bytes_is_one_key(terminal: tuple[int, TextIO]) -> None:
    pressed, stream = terminal
    with terminal_keys(stream) as keys:
        os.write(pressed, "é".encode()[:1])
        assert keys.poll() == []
        os.write(pressed, "é".encode()[1:])
        assert keys.poll() == ["unknown"]


@posix
def test_keys_pressed_before_the_session_are_not_for_it(terminal: tuple[int, TextIO]) -> None:
    pressed, stream = terminal
    os.write(pressed, b"qqq\n")
    with terminal_keys(stream) as keys:
        assert keys.poll() == []


@posix
def test_ctrl_s_does_not_freeze_what_is_shown(terminal: tuple[int, TextIO]) -> None:
    pressed, stream = terminal
    with terminal_keys(stream) as keys:
        os.write(pressed, b"\x13")
        assert keys.poll() == []
        assert select.select([], [stream], [], 0)[1]


@posix
def test_no_key_pressed_is_no_command_and_no_wait(terminal: tuple[int, TextIO]) -> None:
    with terminal_keys(terminal[1]) as keys:
        assert keys.poll() == []


@posix
@pytest.mark.parametrize("failure", [None, KeyboardInterrupt, ValueError])
def test_the_terminal_is_restored_whatever_ends_the_session(
    terminal: tuple[int, TextIO], failure: type[BaseException] | None
) -> None:
    before = termios.tcgetattr(terminal[1])

    def session() -> None:
        with terminal_keys(terminal[1]):
            assert termios.tcgetattr(terminal[1]) != before
            if failure is not None:
                raise failure

    if failure is None:
        session()
    else:
        with pytest.raises(failure):
            session()
    assert termios.tcgetattr(terminal[1]) == before


@posix
def test_keys_that_nobody_read_are_not_left_for_the_shell(terminal: tuple[int, TextIO]) -> None:
    pressed, stream = terminal
    with terminal_keys(stream):
        os.write(pressed, b"rm -r\n")
    os.set_blocking(stream.fileno(), False)
    with pytest.raises(BlockingIOError):
        os.read(stream.fileno(), 100)


@posix
def test_a_terminal_that_hangs_up_stops_the_session_and_ends_it_without_an_error() -> None:
    pressed, program = pty.openpty()
    with open(program, encoding="utf-8") as stream, terminal_keys(stream) as keys:  # noqa: PTH123 (as above)
        os.close(pressed)
        assert keys.poll() == ["stop"]


@posix
def test_the_signals_are_as_they_were_when_the_session_is_over(terminal: tuple[int, TextIO]) -> None:
    numbers = (signal.SIGTSTP, signal.SIGCONT, signal.SIGTTIN, signal.SIGTTOU)
    before = [signal.getsignal(number) for number in numbers]
    with terminal_keys(terminal[1]):
        assert [signal.getsignal(number) for number in numbers] != before
    assert [signal.getsignal(number) for number in numbers] == before
