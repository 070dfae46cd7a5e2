"""Keys as commands, and a terminal that is always given back as it was."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from voiceguide.player.keys import KeyReader, NoKeys, read_console, terminal_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

if sys.platform != "win32":
    import os
    import pty
    import termios

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def polled(*texts: str | None) -> list[list[str]]:
    waiting = iter(texts)
    reader = KeyReader(lambda: next(waiting))
    return [list(reader.poll()) for _ in texts]


def test_each_key_is_its_command_in_the_order_pressed() -> None:
    assert polled(" nbq") == [["pause", "next", "previous", "quit"]]


def test_capitals_do_the_same() -> None:
    assert polled("NBQ") == [["next", "previous", "quit"]]


def test_other_keys_do_nothing() -> None:
    assert polled("xyz\r\n\t7é") == [[]]


def test_an_arrow_or_function_key_is_not_the_letter_it_ends_with() -> None:
    """Down, down in application mode, F5, shift-Tab, Alt-n."""
    assert polled("\x1b[B\x1bOB\x1b[15~\x1b[1;2B\x1bnq") == [["quit"]]


def test_an_arrow_that_arrives_in_two_parts_is_not_a_letter_either() -> None:
    assert polled("\x1b", "[B", "\x1b[", "Bn") == [[], [], [], ["next"]]


def test_the_escape_key_alone_does_not_take_a_later_key_with_it() -> None:
    assert polled("\x1b", "", "n") == [[], [], ["next"]]


def test_a_terminal_that_hung_up_quits() -> None:
    assert polled(None) == [["quit"]]


def test_a_windows_console_gives_what_waits_without_its_two_part_keys() -> None:
    waiting = list(" \xe0Hn\x00;q")
    assert read_console(lambda: bool(waiting), lambda: waiting.pop(0)) == " nq"


def test_ctrl_c_in_a_windows_console_is_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt):
        read_console(lambda: True, lambda: "\x03")


def test_there_are_no_keys_where_input_is_not_a_terminal() -> None:
    with terminal_keys(io.StringIO("q")) as keys:
        assert isinstance(keys, NoKeys)
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
        assert keys.poll() == ["pause", "next", "quit"]
        os.write(stream.fileno(), b"end")
        assert os.read(pressed, 100) == b"end"


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
