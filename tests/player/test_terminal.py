"""A session in a real pseudo-terminal: real keys, the real screen, and the terminal as it was."""

from __future__ import annotations

import os
import signal
import sys
import termios
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from .terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import User

    from .terminal import Terminal

ALT = "╭─ Evening"
KEYS_80 = "space pause  n next  b back  r repeat  s side  ←→ 10 s  +- 5 s  ? help  q stop"
KEYS_40 = "s side  ←→ 10 s  +- 5 s  ? help  q stop"
LEFT, RIGHT = b"\x1b[D", b"\x1bOC"


@pytest.fixture
def outcome(tmp_path: Path) -> Path:
    """Where a session writes the chapter in which it ended."""
    return tmp_path / "outcome"


@contextmanager
def sitting(
    outcome: Path, *wishes: str, size: tuple[int, int] = (80, 24), **environment: str
) -> Iterator[Terminal]:
    """A session of ten minutes in a terminal, which must be left as it was."""
    program = (sys.executable, "-m", "tests.player.sitting", str(outcome), *wishes)
    with terminal(*program, size=size, environment=environment) as opened:
        before = opened.settings()
        yield opened
        assert opened.settings() == before
        assert opened.cursor


def test_keys_do_on_the_screen_what_they_say(outcome: Path) -> None:
    with sitting(outcome) as screen:
        screen.until("│ One ")
        assert screen.lines[8] == KEYS_80
        screen.press(b" ")
        screen.until("┃  PAUSED ")
        screen.press(b"n")
        screen.until("│ Two ")
        screen.until("│ Next: Three ")
        screen.press(b"b")
        screen.until("│ One ")
        screen.until("Left: 3:")
        screen.press(RIGHT + RIGHT + RIGHT)
        screen.until("Left: 2:")
        screen.press(LEFT + LEFT + LEFT)
        screen.until("Left: 3:")
        screen.press(b"+")
        screen.until("seconds left.")
        screen.press(b"?")
        screen.until("Left and right arrow: ten seconds.")
        screen.press(b"x")
        screen.until("No such key.")
        screen.press(b" ")
        screen.until("│ One ")
        screen.press(b"nnq")
        assert screen.end() == 0
        assert screen.lines[0] == "stopped in Three"
        assert ALT not in screen.text


def test_at_40_columns_nothing_is_cut_whatever_the_environment_says(outcome: Path) -> None:
    with sitting(outcome, size=(40, 20), COLUMNS="120", LINES="50") as screen:
        screen.until("│ Next: Two                            │")
        assert screen.lines[9] == KEYS_40
        screen.press(b"q")
        assert screen.end() == 0


@pytest.mark.parametrize("wishes", [(), ("big",)], ids=["panel", "big"])
def test_a_window_that_changes_its_size_is_drawn_anew(outcome: Path, wishes: tuple[str, ...]) -> None:
    with sitting(outcome, *wishes) as screen:
        screen.until(KEYS_80)
        screen.resize(40, 20)
        screen.until(KEYS_40)
        assert screen.text.count("One") == 1
        screen.resize(80, 24)
        screen.until(KEYS_80)
        assert screen.text.count("One") == 1
        screen.press(b"q")
        assert screen.end() == 0


def test_big_digits_fill_the_screen(outcome: Path) -> None:
    with sitting(outcome, "big", size=(40, 12)) as screen:
        screen.until("Next: Two")
        screen.press(b"n")
        screen.until("Two: Rest")
        assert sum("█" in line for line in screen.lines) >= 7
        screen.press(b"q")
        assert screen.end() == 0


def test_plain_lines_are_written_one_under_the_other(outcome: Path) -> None:
    with sitting(outcome, "plain") as screen:
        screen.until("One: Hold, left side, set 1 of 2, 3 minutes 20 seconds")
        screen.press(b" ")
        screen.until("Paused")
        screen.press(b"n")
        screen.until("Two: Rest, 1 minute 40 seconds")
        screen.press(b"x")
        screen.until("No such key.")
        screen.press(b"q")
        assert screen.end() == 0
        rows = [row for row in screen.lines if row]
        assert rows[0].startswith("Keys: space pause, n next,")
        assert rows[2:-2] == [
            "One: Hold, left side, set 1 of 2, 3 minutes 20 seconds",
            "Paused",
            "Two: Rest, 1 minute 40 seconds",
            "No such key. The question mark tells the keys.",
        ]


def test_a_terminal_that_cannot_draw_gets_plain_lines_and_keys(outcome: Path) -> None:
    with sitting(outcome, TERM="dumb") as screen:
        screen.until("One: Hold")
        screen.press(b"nq")
        screen.until("stopped in Two")
        assert screen.end() == 0


def test_ctrl_c_ends_it(outcome: Path) -> None:
    with sitting(outcome) as screen:
        screen.until(KEYS_80)
        screen.press(b"\x03")
        screen.until("KeyboardInterrupt")
        assert screen.end() == -signal.SIGINT
        assert ALT not in screen.text


def test_sigterm_ends_it(outcome: Path) -> None:
    with sitting(outcome) as screen:
        screen.until(KEYS_80)
        screen.program.terminate()
        assert screen.end() == 128 + signal.SIGTERM
        assert screen.text.strip() == ""


def test_a_bug_in_the_view_ends_it_with_its_message_on_the_shells_screen(outcome: Path) -> None:
    with sitting(outcome, "bug") as screen:
        screen.until(KEYS_80)
        screen.press(b" ")
        screen.until("ValueError: a bug in the view")
        assert screen.end() == 1
        assert ALT not in screen.text


def test_a_terminal_that_hangs_up_ends_it_quietly(outcome: Path) -> None:
    program = (sys.executable, "-m", "tests.player.sitting", str(outcome))
    with terminal(*program) as screen:
        screen.until(KEYS_80)
        screen.press(b"n")
        screen.until("│ Two ")
        screen.hang_up()
        # Whichever comes first: the signal, or that there are no more keys.
        assert screen.program.wait(60) in (0, 120, 128 + signal.SIGHUP)
        assert outcome.read_text(encoding="utf-8") == "Two"


def test_a_terminal_that_takes_no_more_keeps_neither_the_session_nor_its_end(outcome: Path) -> None:
    with sitting(outcome) as screen:
        screen.until(KEYS_80)
        screen.stall()
        screen.press(b"nn")
        screen.press(b"q")
        assert screen.program.wait(60) == 0
        assert outcome.read_text(encoding="utf-8") == "Three"
        screen.end()


def test_output_that_was_stopped_keeps_neither_the_session_nor_its_end(outcome: Path) -> None:
    """As by Ctrl-S, where that is pressed before there are keys."""
    with sitting(outcome) as screen:
        screen.until(KEYS_80)
        termios.tcflow(screen.side, termios.TCOOFF)
        screen.press(b"nn")
        screen.press(b"q")
        assert screen.program.wait(60) == 0
        assert outcome.read_text(encoding="utf-8") == "Three"
        screen.end()


def test_the_command_itself_waits_for_a_key_and_leaves_the_terminal_as_it_was(user: User) -> None:
    user.write(
        "mine.yaml",
        "title: Evening\nsteps:\n  - wait: Press space.\n  - section: Later\n    steps:\n      - pause: 9m\n",
    )
    command = (sys.executable, "-m", "voiceguide", "play", "mine.yaml", "--no-safety", "--output", "null")
    with terminal(*command, cwd=user.folder) as screen:
        before = screen.settings()
        screen.until("┃  WAITING: press space to go on")
        screen.press(b" ")
        screen.until("│ Silence")
        screen.press(b"\x03")
        assert screen.end() == 130
        assert screen.settings() == before
        assert screen.cursor
        assert "stopped" in screen.text


@contextmanager
def shell(outcome: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A shell with job control, in which `sit` begins a session; its settings are the same before and after."""
    environment = {"PS1": "$ ", "HISTFILE": "", "HOME": str(tmp_path), "INPUTRC": os.devnull}
    with terminal("bash", "--norc", "--noprofile", "-i", environment=environment) as screen:
        screen.until("$")
        screen.press(f"sit() {{ {sys.executable} -m tests.player.sitting {outcome} $@; }}\n".encode())
        screen.press(b"clear; stty -g > $HOME/before\n")
        yield screen
        screen.press(b"clear; stty -g > $HOME/after; cmp $HOME/before $HOME/after && echo as it\\ was\n")
        screen.until("as it was")
        screen.press(b"exit\n")


def test_suspended_with_ctrl_z_and_continued_it_goes_on(outcome: Path, tmp_path: Path) -> None:
    with shell(outcome, tmp_path) as screen:
        screen.press(b"sit\n")
        screen.until(KEYS_80)
        screen.press(b"n")
        screen.until("│ Two ")
        screen.press(b"\x1a")
        screen.until("Stopped")
        assert screen.cursor
        assert ALT not in screen.text
        screen.press(b"stty -g > $HOME/between; cmp $HOME/before $HOME/between && echo nothing changed\n")
        screen.until("\nnothing changed")
        screen.press(b"fg\n")
        screen.until("│ Two ")
        assert not screen.cursor
        screen.press(b"n")
        screen.until("│ Three ")
        screen.press(b"q")
        screen.until("stopped in Three")
        assert screen.cursor


def test_continued_in_the_background_it_plays_on_and_leaves_the_terminal_alone(
    outcome: Path, tmp_path: Path
) -> None:
    with shell(outcome, tmp_path) as screen:
        screen.press(b"sit\n")
        screen.until(KEYS_80)
        screen.press(b"n")
        screen.until("│ Two ")
        screen.press(b"\x1a")
        screen.until("Stopped")
        # `tostop` stops whoever writes from the background.
        screen.press(b"stty tostop; clear; bg\n")
        screen.until("$")
        screen.press(b"sleep 1; jobs -r\n")
        screen.until("Running")
        screen.press(b"echo q is for the $(echo shell)\n")
        screen.until("q is for the shell")
        assert ALT not in screen.text
        screen.press(b"stty -tostop; fg\n")
        screen.until("│ Two ")
        screen.press(b"nq")
        screen.until("stopped in Three")


def test_started_in_the_background_it_takes_the_terminal_when_it_is_brought_to_the_front(
    outcome: Path, tmp_path: Path
) -> None:
    with shell(outcome, tmp_path) as screen:
        screen.press(b"sit &\n")
        screen.until("$")
        screen.press(b"sleep 1; jobs -r\n")
        screen.until("Running")
        assert ALT not in screen.text
        screen.press(b"fg\n")
        screen.until(KEYS_80)
        screen.press(b"q")
        screen.until("stopped in One")


def test_stopped_by_a_signal_it_cannot_see_it_takes_the_terminal_again(outcome: Path, tmp_path: Path) -> None:
    with shell(outcome, tmp_path) as screen:
        screen.press(b"sit\n")
        screen.until(KEYS_80)
        os.kill(screen.in_front(), signal.SIGSTOP)
        screen.until("Stopped")
        screen.press(b"fg\n")
        screen.until(lambda: ALT in screen.lines[0] and "Stopped" not in screen.text)
        screen.press(b"q")
        screen.until("stopped in One")


def test_who_writes_from_the_background_is_not_stopped_for_it(outcome: Path, tmp_path: Path) -> None:
    with shell(outcome, tmp_path) as screen:
        screen.press(b"stty tostop; sit plain & sleep 2; jobs -r\n")
        screen.until("Running")
        screen.until("One: Hold")
        screen.press(b"stty -tostop; fg\n")
        # The shell takes keys one by one as well.
        screen.until(
            lambda: screen.in_front() != screen.program.pid and screen.settings()[3] & termios.ICANON == 0
        )
        screen.press(b"q")
        screen.until("stopped in One")


def test_where_no_shell_could_continue_it_ctrl_z_does_nothing(outcome: Path) -> None:
    with sitting(outcome) as screen:
        screen.until(KEYS_80)
        screen.press(b"\x1a")
        screen.until(lambda: screen.taken == 2)
        screen.press(b"nq")
        assert screen.end() == 0
        assert screen.lines[0] == "stopped in Two"
