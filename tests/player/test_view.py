"""What is shown in words: what is done, and the session as plain lines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from voiceguide.player.commands.keys import KEYS
from voiceguide.player.screen.view import KEYS_LINE, PlainView, clock_time, doing

from .stretch import at, span
from .support import session

if TYPE_CHECKING:
    from voiceguide.player.status import Going, Status


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (12, "Get ready, left side"),
        (20, "Hold, left side, set 1 of 2"),
        (50, "Rest"),
        (71, "Rep 1 of 2"),
        (73, "Hold, rep 1 of 2"),
        (87, "Silence"),
        (90, "Switch sides, right side"),
        (95, "Breath 3 of 6"),
        (99, "Wait"),
        (109, ""),
    ],
)
def test_what_is_to_be_done_in_words(seconds: int, words: str) -> None:
    assert doing(at(seconds)) == words


def test_where_a_key_is_waited_for_there_is_nothing_to_be_done() -> None:
    assert doing(at(99, going="waiting")) == ""


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "0:00"), (1, "0:01"), (3_000, "0:03"), (2_999, "0:03"), (61_000, "1:01"), (3_600_000, "1:00:00")],
)
def test_seconds_left_are_rounded_up(ms: int, shown: str) -> None:
    assert clock_time(ms) == shown


def lines(*news: Status | str, keys: bool = False) -> list[str]:
    """What plain lines tell of these moments and remarks."""
    stream = io.StringIO()
    view = PlainView(stream, keys=keys)
    for new in news:
        view.tell(new) if isinstance(new, str) else view.show(new)
    return stream.getvalue().splitlines()


def test_plain_lines_tell_a_session_in_one_line_a_change() -> None:
    assert lines(*(at(tenth / 10) for tenth in range(1_101))) == [
        "One",
        "Two: Get ready, left side, 5 seconds",
        "Hold, left side, set 1 of 2, 30 seconds",
        "Rest, 10 seconds",
        "Three: Rep 1 of 2, 8 seconds",
        "Rep 2 of 2, 8 seconds",
        "Silence, 2 seconds",
        "Switch sides, right side, 5 seconds",
        "Breath 3 of 6, 5 seconds",
        "Wait, 10 seconds",
    ]


def test_plain_lines_tell_of_a_pause_once_and_leave_its_end_to_the_guide() -> None:
    paused = at(20, going="paused")
    assert lines(at(20), paused, paused, "Resuming, twenty-five seconds left.", at(20), at(21)) == [
        "Two: Hold, left side, set 1 of 2, 25 seconds",
        "Paused",
        "Resuming, twenty-five seconds left.",
    ]


def test_plain_lines_tell_of_a_skip_in_a_pause() -> None:
    assert lines(at(5), at(5, going="paused"), at(10, going="paused")) == [
        "One",
        "Paused",
        "Two: Get ready, left side, 5 seconds",
    ]


def test_plain_lines_say_which_key_is_waited_for() -> None:
    assert lines(at(97), at(98, going="waiting"), at(98, going="waiting"), at(108)) == [
        "Three: Breath 3 of 6, 1 second",
        "Waiting: press space to go on",
        "Playing",
    ]


def test_plain_lines_tell_that_something_is_prepared() -> None:
    assert lines(at(0, going="preparing"), at(0), at(10, going="preparing"), at(10)) == [
        "One",
        "Preparing what comes next",
        "Playing",
        "Two: Get ready, left side, 5 seconds",
        "Preparing what comes next",
        "Playing",
    ]


def test_plain_lines_leave_a_lost_device_to_the_remark_that_says_why() -> None:
    assert lines(at(20), "No sound: the device is gone.", at(20, going="lost"), "Resuming.", at(20)) == [
        "Two: Hold, left side, set 1 of 2, 25 seconds",
        "No sound: the device is gone.",
        "Resuming.",
    ]


@pytest.mark.parametrize("going", ["playing", "paused", "waiting", "lost", "preparing"])
def test_plain_lines_leave_the_end_to_what_comes_after_them(going: Going) -> None:
    assert lines(at(20, going=going), at(20, going="over")) == lines(at(20, going=going))


def test_plain_lines_tell_a_remark_every_time() -> None:
    assert lines(at(0), "No such key.", "No such key.") == ["One", "No such key.", "No such key."]


def test_plain_lines_begin_with_the_keys_where_there_are_any() -> None:
    assert lines(at(0), at(10), keys=True) == [KEYS_LINE, "One", "Two: Get ready, left side, 5 seconds"]
    assert lines("Starting in ten seconds.", at(0), keys=True)[:2] == [KEYS_LINE, "Starting in ten seconds."]


def test_the_line_of_keys_names_every_key_but_what_shares_one() -> None:
    words = KEYS_LINE.replace(",", "").replace("space", " ").split(" ")
    assert all(key in words for key in KEYS if key not in (" ", "=", "_", "h"))


def test_plain_lengths_over_a_minute_are_words_too() -> None:
    long = session(121_000, (0,), (span("hold", 0, 121),))
    assert lines(at(0, long), at(0, long)) == ["One: Hold, 2 minutes 1 second"]


def test_plain_lines_do_not_steer_a_terminal() -> None:
    assert lines("\x1b[2J[red]\tout\n") == [" [2J[red] out "]
