"""Which view a stream gets."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from voiceguide.player.screen.view import KEYS_LINE
from voiceguide.player.screen.views import open_view

from .stretch import at

LINE = "Two: Hold, left side, set 1 of 2, 25 seconds\n"


def written(
    console: Console | None = None, *, plain: bool = False, big: bool = False, keys: bool = False
) -> str:
    """What is written for a moment, on a stream of this console."""
    stream = io.StringIO()
    if console is not None:
        console.file = stream
    with open_view(stream, plain=plain, big=big, keys=keys, console=console) as view:
        view.show(at(20))
    return stream.getvalue()


def terminal(kind: str = "xterm") -> Console:
    return Console(force_terminal=True, width=40, height=12, color_system=None, _environ={"TERM": kind})


def test_a_stream_that_is_no_terminal_gets_plain_lines() -> None:
    assert written() == LINE


@pytest.mark.parametrize("name", ["FORCE_COLOR", "TTY_COMPATIBLE"])
def test_it_gets_them_whatever_the_environment_says_of_colours(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "1")
    assert written() == LINE


@pytest.mark.parametrize("kind", ["dumb", "unknown"])
def test_a_terminal_that_cannot_draw_gets_plain_lines(kind: str) -> None:
    assert written(terminal(kind)) == LINE


def test_who_wants_plain_lines_gets_them_on_a_terminal_too() -> None:
    assert written(terminal(), plain=True, big=True) == LINE


def test_plain_lines_begin_with_the_keys_where_there_are_any() -> None:
    assert written(keys=True) == f"{KEYS_LINE}\n{LINE}"


def test_a_terminal_gets_a_screen_of_its_own_and_its_cursor_back() -> None:
    text = written(terminal())
    assert text.startswith("\x1b[?1049h\x1b[?25l")
    assert "╭─ Evening" in text
    assert "space pause" not in text
    assert text.endswith("\x1b[?1049l\x1b[?25h")


def test_a_terminal_with_keys_is_told_of_them() -> None:
    assert "space pause" in written(terminal(), keys=True)


def test_big_digits_are_there_for_the_asking() -> None:
    assert "███████████████" in written(terminal(), big=True)


def test_a_terminal_that_nothing_was_shown_on_is_left_alone() -> None:
    stream = io.StringIO()
    with open_view(stream, console=terminal()):
        pass
    assert stream.getvalue() == ""
