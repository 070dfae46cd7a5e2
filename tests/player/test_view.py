"""What is shown: the state as data, as plain lines, and as a panel."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import pytest
from rich.console import Console

from voiceguide.player.panel import panel
from voiceguide.player.view import PlainView, Status, clock_time, doing, moment, status
from voiceguide.player.views import open_view
from voiceguide.timeline import Span, Timeline

from .support import session

if TYPE_CHECKING:
    from voiceguide.timeline import SpanKind


def span(kind: SpanKind, start_s: int, end_s: int, **numbers: Any) -> Span:
    return Span(kind, start_s * 1000, end_s * 1000, **numbers)


STRETCH = session(
    100_000,
    (0, 10_000, 70_000),
    (
        span("get-ready", 10, 15, exercise="lunge", side="left"),
        span("hold", 15, 45, exercise="lunge", side="left", set=1, sets=2),
        span("rest", 45, 55, exercise="lunge"),
        span("rep", 70, 78, exercise="bridge", rep=1, reps=2),
        span("hold", 72, 75, exercise="bridge"),
        span("rep", 78, 86, exercise="bridge", rep=2, reps=2),
        span("hold", 80, 83, exercise="bridge"),
        span("pause", 86, 88),
        span("switch", 88, 93, side="right"),
    ),
)


def at(seconds: float, timeline: Timeline = STRETCH, *, paused: bool = False) -> Status:
    return status(timeline, round(seconds * 1000), paused=paused)


def test_in_a_hold_everything_about_it_is_known() -> None:
    assert at(20.5) == Status(
        title="Evening",
        position_ms=20_500,
        left_ms=79_500,
        paused=False,
        chapter="Two",
        chapter_start_ms=10_000,
        chapter_left_ms=49_500,
        next_chapter="Three",
        kind="hold",
        exercise="lunge",
        side="left",
        set=1,
        sets=2,
        span_start_ms=15_000,
        span_left_ms=24_500,
    )


def test_between_spans_there_is_a_chapter_alone() -> None:
    now = at(60)
    assert (now.chapter, now.kind, now.span_left_ms) == ("Two", None, None)


def test_a_span_holds_from_its_first_ms_to_the_one_before_its_end() -> None:
    assert [at(seconds).kind for seconds in (14.999, 15, 44.999, 45)] == ["get-ready", "hold", "hold", "rest"]


@pytest.mark.parametrize(
    ("seconds", "kind", "left_ms"),
    [(71, "rep", 7_000), (73, "hold", 2_000), (76, "rep", 2_000), (81, "hold", 2_000)],
)
def test_a_hold_within_a_rep_is_what_is_being_done(seconds: int, kind: str, left_ms: int) -> None:
    now = at(seconds)
    assert (now.kind, now.span_left_ms) == (kind, left_ms)


def test_a_hold_within_a_rep_knows_the_reps_number() -> None:
    assert (at(81).rep, at(81).reps) == (2, 2)


def test_the_last_chapter_has_none_after_it() -> None:
    assert at(75).next_chapter is None


def test_at_the_end_nothing_is_left() -> None:
    now = at(100)
    assert (now.chapter, now.left_ms, now.chapter_left_ms, now.kind) == ("Three", 0, 0, None)


def test_a_timeline_without_chapters_can_be_shown() -> None:
    assert at(1, replace(session(5_000), chapters=())).chapter == ""


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
        (95, ""),
    ],
)
def test_what_is_to_be_done_in_words(seconds: int, words: str) -> None:
    assert doing(at(seconds)) == words


def test_a_moment_changes_with_chapter_span_and_pause_and_with_nothing_else() -> None:
    assert moment(at(16)) == moment(at(44))
    others = {moment(at(5)), moment(at(16)), moment(at(60)), moment(at(71)), moment(at(16, paused=True))}
    assert len(others) == 5


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "0:00"), (1, "0:01"), (3_000, "0:03"), (2_999, "0:03"), (61_000, "1:01"), (3_600_000, "1:00:00")],
)
def test_seconds_left_are_rounded_up(ms: int, shown: str) -> None:
    assert clock_time(ms) == shown


def lines(*moments: Status) -> list[str]:
    stream = io.StringIO()
    view = PlainView(stream)
    for now in moments:
        view.show(now)
    return stream.getvalue().splitlines()


def test_plain_lines_tell_a_session_in_one_line_a_change() -> None:
    assert lines(*(at(tenth / 10) for tenth in range(1_001))) == [
        "One",
        "Two: Get ready, left side, 5 seconds",
        "Hold, left side, set 1 of 2, 30 seconds",
        "Rest, 10 seconds",
        "Three: Rep 1 of 2, 8 seconds",
        "Rep 2 of 2, 8 seconds",
        "Silence, 2 seconds",
        "Switch sides, right side, 5 seconds",
    ]


def test_plain_lines_tell_of_a_pause_and_its_end() -> None:
    assert lines(at(20), at(20, paused=True), at(20, paused=True), at(20)) == [
        "Two: Hold, left side, set 1 of 2, 25 seconds",
        "Paused",
        "Playing",
    ]


def test_plain_lines_tell_of_a_skip_in_a_pause() -> None:
    assert lines(at(5, paused=True), at(10, paused=True)) == ["One", "Two: Get ready, left side, 5 seconds"]


def test_plain_lengths_over_a_minute_are_words_too() -> None:
    long = session(121_000, (0,), (span("hold", 0, 121),))
    assert lines(at(0, long), at(0, long)) == ["One: Hold, 2 minutes 1 second"]


def drawn(now: Status, width: int, color_system: Literal["standard"] | None = None) -> list[str]:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=True, color_system=color_system)
    console.print(panel(now))
    return stream.getvalue().splitlines()


def test_the_panel_at_40_columns_is_whole() -> None:
    assert drawn(at(20.5), 40) == [
        "╭─ Evening ────────────────────────────╮",
        "│ Two                                  │",
        "│ Hold, left side, set 1 of 2          │",
        "│ ━━━━━╸                          0:25 │",
        "│ Next: Three                          │",
        "│ Left: 0:50 here, 1:20 in all         │",
        "│ space pause  n next  b back  q quit  │",
        "╰──────────────────────────────────────╯",
    ]


def test_in_colour_the_bar_shows_what_is_left_too() -> None:
    assert drawn(at(20), 40, "standard")[3].count("━") > 20


@pytest.mark.parametrize("seconds", [5, 20, 60, 73, 95, 100])
@pytest.mark.parametrize("width", [20, 40, 120])
def test_the_panel_never_changes_its_size(seconds: int, width: int) -> None:
    rows = drawn(at(seconds), width)
    assert len(rows) == 8
    assert {len(row) for row in rows} == {width}


def test_long_names_end_in_an_ellipsis() -> None:
    now = replace(at(20), chapter="A very long name of an exercise that goes on and on")
    assert drawn(now, 40)[1] == "│ A very long name of an exercise tha… │"


def test_names_are_not_taken_for_markup() -> None:
    now = replace(at(20), chapter="[red]Two", title="[b]Evening", next_chapter="[/]")
    rows = drawn(now, 40)
    assert "[b]Evening" in rows[0]
    assert "[red]Two" in rows[1]
    assert "Next: [/]" in rows[4]


def test_a_pause_is_on_the_panel() -> None:
    assert "Paused, Hold, left side" in drawn(at(20, paused=True), 40)[2]


def test_the_panel_has_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    def colours(text: str) -> bool:
        return any(f"\x1b[{code}" in text for code in ("3", "9", "38", "4"))

    now = at(20, paused=True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert colours("".join(drawn(now, 40, color_system="standard")))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colours("".join(drawn(now, 40, color_system="standard")))


def test_a_stream_that_is_no_terminal_gets_plain_lines() -> None:
    stream = io.StringIO()
    with open_view(stream) as view:
        view.show(at(20))
    assert stream.getvalue() == "Two: Hold, left side, set 1 of 2, 25 seconds\n"


def test_a_terminal_that_cannot_redraw_gets_plain_lines() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, _environ={"TERM": "dumb"})
    with open_view(stream, console) as view:
        view.show(at(20))
    assert stream.getvalue() == "Two: Hold, left side, set 1 of 2, 25 seconds\n"


def test_a_terminal_gets_the_panel_redrawn_in_place_and_its_cursor_back() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=40, _environ={"TERM": "xterm"})
    with open_view(stream, console) as view:
        view.show(at(20))
        view.show(at(21))
    written = stream.getvalue()
    up = "\x1b[1A"
    assert up in written
    assert written.rindex("\x1b[?25h") > written.index("\x1b[?25l")
