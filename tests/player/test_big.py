"""The seconds left in large digits."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from voiceguide.player.screen.big import big, blocks

from .stretch import at

if TYPE_CHECKING:
    from voiceguide.player.status import Going, Status


def drawn(
    now: Status, size: tuple[int, int] = (40, 12), *, remark: str = "", encoding: str = "utf-8"
) -> list[str]:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=stream, width=size[0], height=size[1], force_terminal=True, color_system=None)
    console.print(big(now, remark, console.options))
    stream.seek(0)
    return [row.rstrip() for row in stream.read().splitlines()]


def number(left_ms: int) -> list[str]:
    """The digits for a hold with so much left."""
    return drawn(replace(at(20), span_left_ms=left_ms))[1:-1]


def test_at_40_by_12_the_seconds_fill_the_terminal() -> None:
    assert drawn(at(20.5)) == [
        "Two: Hold, left side, set 1 of 2",
        "",
        "      █████████      ███████████████",
        "   ███         ███   ███",
        "               ███   ████████████",
        "            ███                  ███",
        "         ███                     ███",
        "      ███            ███         ███",
        "   ███████████████      █████████",
        "",
        "",
        "Next: Three                    1:30 left",
    ]


def test_in_fewer_lines_two_dots_share_a_character() -> None:
    assert blocks("25", 14, 4) == [
        " ▄▀▀▀▄ █▀▀▀▀",
        "    ▄▀ ▀▀▀▀▄",
        "  ▄▀   ▄   █",
        " ▀▀▀▀▀  ▀▀▀",
    ]


def test_one_digit_is_as_large_as_two() -> None:
    """So that nothing jumps from 10 to 9."""
    assert len([row for row in number(9_000) if row]) == len([row for row in number(10_000) if row])


def test_over_99_seconds_there_are_minutes() -> None:
    assert number(99_000) == blocks("99", 40, 10)
    assert number(99_001) == blocks("1:40", 40, 10)


def test_without_a_hold_the_seconds_of_what_is_going_on_are_shown() -> None:
    assert drawn(at(12))[1:-1] == blocks("3", 40, 10)
    assert drawn(at(50))[1:-1] == blocks("5", 40, 10)


def test_between_spans_the_seconds_of_the_chapter_are_shown() -> None:
    assert drawn(at(60))[0] == "Two"
    assert drawn(at(60))[1:-1] == blocks("10", 40, 10)


@pytest.mark.parametrize(
    ("going", "line", "word"),
    [
        ("paused", "PAUSED, 0:25 left here", "PAUSED"),
        ("waiting", "WAITING: press space to go on", "SPACE"),
        ("preparing", "PREPARING what comes next", "SOON"),
        ("lost", "NO SOUND: waiting for the device", "NO SOUND"),
        ("over", "OVER", "END"),
    ],
)
def test_how_it_goes_takes_the_place_of_the_seconds(going: Going, line: str, word: str) -> None:
    rows = drawn(at(20, going=going))
    assert rows[1] == f" {line}"
    assert rows[2:-1] == blocks(word, 40, 9)


def test_words_may_take_a_row_each() -> None:
    assert blocks("NO SOUND", 40, 8) == [
        "              █▄  █ ▄▀▀▀▄",
        "              █ ▀▄█ █   █",
        "              █   █ █   █",
        "              ▀   ▀  ▀▀▀",
        "     ▄▀▀▀▀ ▄▀▀▀▄ █   █ █▄  █ █▀▀▀▄",
        "     ▀▄▄▄  █   █ █   █ █ ▀▄█ █   █",
        "         █ █   █ █   █ █   █ █   █",
        "     ▀▀▀▀   ▀▀▀   ▀▀▀  ▀   ▀ ▀▀▀▀",
    ]


def test_where_no_letter_fits_it_is_written_plainly() -> None:
    assert blocks("PAUSED", 20, 3) == ["", "       PAUSED", ""]


def test_the_name_of_the_exercise_gives_way_to_what_is_done() -> None:
    now = replace(at(20), chapter="A very long name of an exercise")
    assert drawn(now)[0] == "A very lon…: Hold, left side, set 1 of 2"


def test_a_remark_stands_above_the_last_line() -> None:
    rows = drawn(at(20), remark="There is no set to repeat here, nor any other thing.")
    assert len(rows) == 12
    assert rows[-3:] == [
        "There is no set to repeat here, nor any",
        "other thing.",
        "Next: Three                    1:30 left",
    ]


def test_where_there_is_room_the_keys_are_told() -> None:
    assert drawn(at(20), (40, 20))[-2:] == [
        "space pause  n next  b back  r repeat",
        "s side  ←→ 10 s  +- 5 s  ? help  q stop",
    ]


def test_a_terminal_without_unicode_gets_letters_it_has() -> None:
    rows = drawn(at(20, going="lost"), (80, 24), encoding="ascii")
    assert "                             ##      ##    ######" in rows


@given(
    width=st.integers(20, 200),
    height=st.integers(6, 60),
    second=st.integers(0, 109),
    going=st.sampled_from(["playing", "paused", "waiting", "preparing", "lost", "over"]),
    remark=st.sampled_from(["", "No such key.", "Space: pause and go on. N: next exercise. " * 6]),
)
def test_it_fills_a_terminal_of_any_size_exactly(
    width: int, height: int, second: int, going: Going, remark: str
) -> None:
    rows = drawn(at(second, going=going), (width, height), remark=remark)
    assert len(rows) == height
    assert max(map(len, rows)) <= width


@given(width=st.integers(1, 250), height=st.integers(0, 80), seconds=st.integers(0, 600))
def test_block_letters_stay_in_their_room(width: int, height: int, seconds: int) -> None:
    rows = blocks(f"{seconds // 60}:{seconds % 60:02d}", width, height)
    assert len(rows) == height
    # Where not even plain letters fit, what shows them cuts them off.
    assert all(len(row) <= max(width, len("10:00")) for row in rows)


@given(height=st.integers(7, 80), width=st.integers(11, 250), seconds=st.integers(0, 99))
def test_the_seconds_are_as_large_as_fits(width: int, height: int, seconds: int) -> None:
    """The digits touch two sides of their room, but for less than a dot, and are stretched by half at most."""
    rows = [row for row in blocks(str(seconds), width, height) if row]
    columns = width // 11
    halves = 2 * height // 7
    lines = min(halves, (3 * columns + 1) // 2) * 7
    assert len(rows) == -(-lines // 2)
