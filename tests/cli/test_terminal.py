"""What is seen in a terminal: tables that fit it, a progress bar for what takes long, and nothing of either in a pipe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.problems import columns
from voiceguide.cli.table import print_table

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

PATIENT = "from voiceguide.cli import main, progress; progress.PATIENCE_S = 1e9; main()"
IMPATIENT = "from voiceguide.cli import main, progress; progress.PATIENCE_S = 0.0; main()"
LONG = "title: Long\nsteps:\n  - pause: 3m\n"


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize(
    "command", [["list"], ["exercises"], ["exercises", "leg-drop"], ["show", "neck-reset"], ["config"]]
)
def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(
    user: User, command: list[str], width: int
) -> None:
    path = user.configure("rate: 140\n")
    screen = user.terminal(*command, columns=width, launch=PATIENT)
    wide = user.run(*command).out
    assert screen.code == 0
    assert [line for line in screen.lines if columns(line) > width and line != str(path)] == []
    assert set(" ".join(screen.lines).split()) == set(wide.split())


def test_a_wide_terminal_shows_a_row_in_a_line(user: User) -> None:
    screen = user.terminal("list", columns=200, launch=PATIENT)
    assert [line.rstrip() for line in screen.lines] == user.run("list").out.split("\n")


def test_a_terminal_too_narrow_for_columns_shows_field_after_field(user: User) -> None:
    lines = user.terminal("list", columns=40, launch=PATIENT).lines[:7]
    length = lines[5].split()[-1]
    assert re.fullmatch(r"\d+:\d\d", length)
    assert lines == [
        "name       after-run",
        "title      After the run",
        "what for   Stretches what running",
        "           tightens, from the hips to",
        "           the calves and the low back.",
        f"length     {length}",
        "equipment  support",
    ]


def test_columns_stay_in_line_after_characters_that_take_two(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("a", "b"), [("伸ばす", "1"), ("x", "2")])
    assert capsys.readouterr().out == "a       b\n伸ばす  1\nx       2\n"


def test_what_could_steer_the_terminal_is_written_out(user: User) -> None:
    user.write("scripts/routines/\x1b[2Jgone.yaml", QUICK)
    assert "\x1b[2J" not in user.terminal("list").raw
    assert "\\x1b[2Jgone " in user.run("list").out


def test_long_work_shows_a_bar_on_a_terminal_and_takes_it_away_again(user: User) -> None:
    user.write("long.yaml", LONG)
    screen = user.terminal("render", "long.yaml", "-o", "x.mp3", launch=IMPATIENT)
    assert screen.code == 0
    assert re.search(r"Rendering .*\d+%", screen.raw)
    assert screen.raw.endswith("MB\r\n")


def test_what_is_done_before_patience_ends_shows_none(user: User) -> None:
    user.write("quick.yaml", QUICK)
    screen = user.terminal("render", "quick.yaml", "-o", "x.mp3", launch=PATIENT)
    assert len(screen.lines) == 2
    assert "\x1b" not in screen.raw


def test_there_is_no_bar_where_standard_error_is_no_terminal(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voiceguide.cli.progress.PATIENCE_S", 0.0)
    user.write("long.yaml", LONG)
    outcome = user.run("render", "long.yaml", "-o", "x.mp3")
    assert (outcome.code, outcome.err) == (0, "")


def test_problems_look_the_same_in_a_terminal_and_in_a_pipe(user: User) -> None:
    user.write("mine.yaml", "title: a\nsteps:\n  - brigde\n")
    assert "\n".join(user.terminal("render", "mine.yaml").lines) == user.run("render", "mine.yaml").err


def test_output_that_cannot_be_encoded_is_written_out_and_does_not_fail(user: User) -> None:
    user.write("scripts/routines/mine.yaml", "title: 伸ばす\nsteps:\n  - pause: 1s\n")
    outcome = user.process("list", PYTHONIOENCODING="latin-1")
    assert (outcome.code, outcome.err) == (0, "")
    assert "\\u4f38" in outcome.out
