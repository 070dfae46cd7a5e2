"""Tracks follow each other without a gap, and share no more time than a crossfade."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio.music.order import CROSSFADE, Order, Turn, crossfade

SECOND = 48_000
LENGTHS = st.lists(st.integers(2, 20), min_size=1, max_size=4)


def test_long_tracks_share_three_seconds() -> None:
    assert crossfade(200 * SECOND, 100 * SECOND) == CROSSFADE == 3 * SECOND


def test_a_short_track_shares_no_more_than_half_of_itself() -> None:
    assert crossfade(200 * SECOND, 4 * SECOND) == crossfade(4 * SECOND, 200 * SECOND) == 2 * SECOND


def test_one_track_passes_into_itself() -> None:
    turns = list(Order([10 * SECOND]).turns(0, 15 * SECOND))
    assert turns == [
        Turn(0, start=0, length=10 * SECOND, fade_in=0, fade_out=3 * SECOND),
        Turn(0, start=7 * SECOND, length=10 * SECOND, fade_in=3 * SECOND, fade_out=3 * SECOND),
        Turn(0, start=14 * SECOND, length=10 * SECOND, fade_in=3 * SECOND, fade_out=3 * SECOND),
    ]


def test_after_the_last_track_comes_the_first_one_again() -> None:
    turns = list(Order([10 * SECOND, 4 * SECOND, 20 * SECOND]).turns(20 * SECOND, 30 * SECOND))
    assert [(turn.track, turn.start // SECOND) for turn in turns] == [(2, 10), (0, 27)]


@given(lengths=LENGTHS, start=st.integers(0, 500), count=st.integers(1, 100))
def test_at_any_time_one_track_is_heard_or_two_in_a_crossfade(
    lengths: list[int], start: int, count: int
) -> None:
    turns = list(Order(lengths).turns(start, start + count))
    for at in range(start, start + count):
        heard = [turn for turn in turns if turn.start <= at < turn.start + turn.length]
        if len(heard) == 1:
            (turn,) = heard
            assert at - turn.start >= turn.fade_in
            assert turn.start + turn.length - at > turn.fade_out
        else:
            before, after = heard
            assert at - after.start < after.fade_in == before.fade_out


@given(lengths=LENGTHS, start=st.integers(0, 500), count=st.integers(1, 100))
def test_the_turns_of_a_stretch_are_those_of_the_whole_that_are_heard_in_it(
    lengths: list[int], start: int, count: int
) -> None:
    order = Order(lengths)
    whole = [turn for turn in order.turns(0, start + count) if turn.start + turn.length > start]
    assert list(order.turns(start, start + count)) == whole
