"""Where a session stands, as data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voiceguide.player.status import Status, moment

from .stretch import at
from .support import session


def test_in_a_hold_everything_about_it_is_known() -> None:
    assert at(20.5) == Status(
        title="Evening",
        position_ms=20_500,
        left_ms=89_500,
        going="playing",
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
    now = at(110)
    assert (now.chapter, now.left_ms, now.chapter_left_ms, now.kind) == ("Three", 0, 0, None)


def test_a_timeline_without_chapters_can_be_shown() -> None:
    assert at(1, replace(session(5_000), chapters=())).chapter == ""


def test_a_moment_changes_with_chapter_span_and_how_it_goes_and_with_nothing_else() -> None:
    assert moment(at(16)) == moment(at(44))
    others = {moment(at(5)), moment(at(16)), moment(at(60)), moment(at(71)), moment(at(16, going="paused"))}
    assert len(others) == 5
