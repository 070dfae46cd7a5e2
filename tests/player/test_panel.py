"""The session as a panel."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest
from rich.console import Console

from voiceguide.player.screen.panel import panel

from .stretch import at

if TYPE_CHECKING:
    from voiceguide.player.status import Going, Status

UTF8, ASCII = "utf-8", "ascii"
STATES: tuple[Going, ...] = ("playing", "paused", "waiting", "preparing", "lost", "over")


def drawn(
    now: Status,
    width: int = 40,
    color_system: Literal["standard"] | None = None,
    *,
    remark: str = "",
    keys: bool = False,
    encoding: str = UTF8,
) -> list[str]:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=stream, width=width, force_terminal=True, color_system=color_system)
    console.print(panel(now, remark, console.options, keys=keys))
    stream.seek(0)
    return stream.read().splitlines()


def test_the_panel_at_40_columns_is_whole() -> None:
    assert drawn(at(20.5), keys=True) == [
        "╭─ Evening ────────────────────────────╮",
        "│ Two                                  │",
        "│ Hold, left side, set 1 of 2          │",
        "│ ━━━━━────────────────────────── 0:25 │",
        "│                                      │",
        "│ Next: Three                          │",
        "│ Left: 0:50 here, 1:30 in all         │",
        "╰──────────────────────────────────────╯",
        "space pause  n next  b back  r repeat",
        "s side  ←→ 10 s  +- 5 s  ? help  q stop",
    ]


def test_a_pause_is_unmistakable_without_colour() -> None:
    assert drawn(at(20.5, going="paused"), keys=True) == [
        "┏━ Evening ━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓",
        "┃ Two                                  ┃",
        "┃ Hold, left side, set 1 of 2          ┃",
        "┃ ━━━━━────────────────────────── 0:25 ┃",
        "┃  PAUSED                              ┃",
        "┃ Next: Three                          ┃",
        "┃ Left: 0:50 here, 1:30 in all         ┃",
        "┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛",
        "space go on  n next  b back  r repeat",
        "s side  ←→ 10 s  +- 5 s  ? help  q stop",
    ]


@pytest.mark.parametrize(
    ("going", "words"),
    [
        ("playing", ""),
        ("paused", "PAUSED"),
        ("waiting", "WAITING: press space to go on"),
        ("preparing", "PREPARING what comes next"),
        ("lost", "NO SOUND: waiting for the device"),
        ("over", "OVER"),
    ],
)
def test_how_it_goes_has_a_row_of_its_own(going: Going, words: str) -> None:
    assert drawn(at(20, going=going))[4].strip("│┃ ") == words


def test_how_it_goes_stands_out_where_there_is_no_colour() -> None:
    """SGR 7 is reversed video, which is no colour."""
    assert "\x1b[1;7m PAUSED" in drawn(at(20, going="paused"), color_system="standard")[4]


def test_where_a_key_is_waited_for_no_time_runs() -> None:
    rows = drawn(at(99, going="waiting"))
    assert rows[2:4] == ["┃                                      ┃"] * 2


def test_a_session_that_is_over_has_no_keys() -> None:
    assert len(drawn(at(110, going="over"), keys=True)) == 8


def test_a_remark_stands_under_the_panel_and_above_the_keys() -> None:
    rows = drawn(at(20), remark="There is no set to repeat here, nor any other thing.", keys=True)
    assert rows[8:] == [
        "There is no set to repeat here, nor any ",
        "other thing.",
        "space pause  n next  b back  r repeat",
        "s side  ←→ 10 s  +- 5 s  ? help  q stop",
    ]


def test_at_80_columns_the_keys_are_one_line() -> None:
    assert drawn(at(20), 80, keys=True)[8:] == [
        "space pause  n next  b back  r repeat  s side  ←→ 10 s  +- 5 s  ? help  q stop"
    ]


@pytest.mark.parametrize("going", STATES)
@pytest.mark.parametrize("seconds", [5, 20, 60, 73, 99, 110])
@pytest.mark.parametrize("width", [20, 40, 120])
def test_the_panel_never_changes_its_size(seconds: int, width: int, going: Going) -> None:
    rows = drawn(at(seconds, going=going), width)
    assert len(rows) == 8
    assert {len(row) for row in rows} == {width}


def test_long_names_end_in_an_ellipsis() -> None:
    now = replace(at(20), chapter="A very long name of an exercise that goes on and on")
    assert drawn(now)[1] == "│ A very long name of an exercise tha… │"


def test_names_are_not_taken_for_markup() -> None:
    now = replace(at(20), chapter="[red]Two", title="[b]Evening", next_chapter="[/]")
    rows = drawn(now)
    assert "[b]Evening" in rows[0]
    assert "[red]Two" in rows[1]
    assert "Next: [/]" in rows[5]


def test_names_do_not_steer_the_terminal() -> None:
    now = replace(at(20), chapter="A\x1b[2JB", title="C\rD")
    rows = drawn(now)
    assert rows[1] == "│ A [2JB                               │"
    assert "C D" in rows[0]


def test_a_terminal_without_unicode_gets_letters_it_has() -> None:
    now = replace(at(20.5), chapter="A very long name of an exercise that goes on and on")
    assert drawn(now, encoding=ASCII, keys=True) == [
        "+- Evening ----------------------------+",
        "| A very long name of an exercise that |",
        "| Hold, left side, set 1 of 2          |",
        "| =====-------------------------- 0:25 |",
        "|                                      |",
        "| Next: Three                          |",
        "| Left: 0:50 here, 1:30 in all         |",
        "+--------------------------------------+",
        "space pause  n next  b back  r repeat",
        "s side  arrows 10 s  +- 5 s  ? help",
        "q stop",
    ]


def test_the_panel_has_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    def coloured() -> bool:
        text = "".join(row for going in STATES for row in drawn(at(20, going=going), color_system="standard"))
        return any(f"\x1b[{code}" in text for code in ("3", "9", "4"))

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert coloured()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured()
