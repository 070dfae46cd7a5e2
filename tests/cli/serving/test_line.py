"""Whose turn it is: first come, first served, one at a time a listener, and only so many in all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.cli.serving.line import MOST, MOST_AT_ADDRESS, PATIENCE_S, Line
from voiceguide.web.studio import Busy, Listener

ANN, BEN = Listener("Ann"), Listener("Ben")


def test_who_came_first_is_served_first() -> None:
    line = Line()
    line.join("a", ANN, 0)
    line.join("b", BEN, 0)
    assert [line.take(0), line.take(0), line.take(0)] == ["a", "b", None]


def test_a_listener_has_one_rendered_at_a_time() -> None:
    line = Line()
    line.join("a", ANN, 0)
    assert line.take(0) == "a"
    line.join("b", ANN, 0)
    line.join("c", BEN, 0)
    assert [line.take(0), line.take(0)] == ["c", None]
    line.done("a")
    assert line.take(0) == "b"


def test_a_newer_wish_takes_the_place_of_the_one_that_waits() -> None:
    line = Line()
    line.join("a", ANN, 0)
    assert line.join("b", ANN, 0) == ["a"]
    assert (line.ahead("a"), line.ahead("b")) == (None, 0)


def test_pages_at_one_address_leave_each_other_their_places_and_are_served_one_at_a_time() -> None:
    line = Line()
    for page in "123":
        assert line.join(f"session {page}", Listener("Ann", page), 0) == []
    line.join("b", BEN, 0)
    assert [line.take(0), line.take(0), line.take(0)] == ["session 1", "b", None]
    line.done("session 1")
    assert line.take(0) == "session 2"


def test_only_so_many_pages_at_one_address_may_wait() -> None:
    line = Line()
    for number in range(MOST_AT_ADDRESS):
        line.join(f"s{number}", Listener("Ann", f"{number}"), 0)
    for session in ("more", "s0"):
        with pytest.raises(Busy, match="as many sessions are waiting as may wait"):
            line.join(session, Listener("Ann", "another"), 0)
    line.join("more", BEN, 0)
    assert line.ahead("more") == MOST_AT_ADDRESS


def test_one_of_as_many_pages_as_may_wait_may_still_wish_for_something_else() -> None:
    line = Line()
    for number in range(MOST_AT_ADDRESS):
        line.join(f"s{number}", Listener("Ann", f"{number}"), 0)
    assert line.join("other", Listener("Ann", "3"), 0) == ["s3"]


def test_what_another_one_waits_for_too_stays() -> None:
    line = Line()
    line.join("a", ANN, 0)
    line.join("a", BEN, 0)
    line.join("b", ANN, 0)
    assert [line.take(0), line.take(0)] == ["a", "b"]


def test_a_session_is_rendered_once_for_all_who_wish_for_it() -> None:
    line = Line()
    line.join("a", ANN, 0)
    assert line.take(0) == "a"
    line.join("a", BEN, 0)
    assert line.is_rendered("a")
    assert line.take(0) is None


def test_who_waits_is_told_how_many_come_before() -> None:
    line = Line()
    for session in "abc":
        line.join(session, Listener(f"who wants {session}"), 0)
    line.take(0)
    assert [line.ahead(session) for session in "abc"] == [None, 1, 2]


def test_only_so_many_may_wait() -> None:
    line = Line()
    for number in range(MOST):
        line.join(f"s{number}", Listener(f"listener {number}"), 0)
    with pytest.raises(Busy, match="as many sessions are waiting as may wait"):
        line.join("more", Listener("another"), 0)
    assert line.ahead("more") is None


def test_where_as_many_wait_as_may_one_of_them_may_still_wish_for_something_else() -> None:
    line = Line()
    for number in range(MOST):
        line.join(f"s{number}", Listener(f"listener {number}"), 0)
    line.join("other", Listener("listener 3"), 0)
    assert (line.ahead("s3"), line.ahead("other")) == (None, MOST - 1)


def test_where_as_many_wait_as_may_anybody_may_join_them() -> None:
    line = Line()
    for number in range(MOST):
        line.join(f"s{number}", Listener(f"listener {number}"), 0)
    line.join("s5", Listener("another"), 0)
    assert line.ahead("s5") == 5


def test_who_is_refused_keeps_the_old_place() -> None:
    line = Line()
    for number in range(MOST):
        line.join(f"s{number}", Listener(f"listener {number}"), 0)
    line.join("s0", Listener("another"), 0)
    with pytest.raises(Busy):
        line.join("more", Listener("another"), 0)
    line.leave(Listener("listener 0"))
    assert line.ahead("s0") == 0


def test_what_nobody_asks_about_is_forgotten() -> None:
    line = Line()
    line.join("a", ANN, 0)
    line.join("b", BEN, 0)
    line.asked("b", PATIENCE_S)
    assert line.take(PATIENCE_S + 1) == "b"
    assert line.take(PATIENCE_S + 1) is None


def test_what_is_rendered_is_not_forgotten() -> None:
    line = Line()
    line.join("a", ANN, 0)
    line.take(0)
    line.asked("a", 10 * PATIENCE_S)
    assert line.is_rendered("a")


def test_a_wish_can_be_taken_back_by_who_wished() -> None:
    line = Line()
    line.join("a", ANN, 0)
    line.leave(BEN, only="a")
    assert line.ahead("a") == 0
    line.leave(ANN, only="a")
    assert line.ahead("a") is None


@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(["join", "take", "done", "leave"]),
            st.sampled_from("abcd"),
            st.sampled_from(["A", "A2", "B"]),
        )
    )
)
def test_whatever_happens_a_listener_waits_for_one_and_nothing_waits_that_is_rendered(
    moves: list[tuple[str, str, str]],
) -> None:
    line = Line(most=2)
    rendered: set[str] = set()
    for now, (move, session, listener) in enumerate(moves):
        try:
            match move:
                case "join":
                    line.join(session, Listener(listener[0], listener[1:]), now)
                case "take":
                    taken = line.take(now)
                    assert taken not in rendered
                    rendered |= {taken} if taken else set()
                case "done":
                    line.done(session)
                    rendered.discard(session)
                case _:
                    line.leave(Listener(listener[0], listener[1:]))
        except Busy:
            pass
        waiting = [one for one in "abcd" if line.ahead(one) is not None]
        assert not set(waiting) & rendered
        assert len(waiting) <= 2
        assert {one for one in "abcd" if line.is_rendered(one)} == rendered
