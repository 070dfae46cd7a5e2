"""A session is cut into whole frames: what sounds with quiet around it, and the quiet between."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio.clip import FRAME
from voiceguide.audio.stretches import AFTER, BEFORE, Stretch, stretches

SOUNDS = st.lists(st.integers(0, 200 * FRAME), max_size=12, unique=True).map(
    lambda edges: [(start, end) for start, end in list(pairwise(sorted(edges)))[::2]]
)


def cut(*sounds: tuple[int, int, str], frames: int = 100) -> list[Stretch]:
    return list(stretches(sounds, frames))


def unnamed(sounds: list[tuple[int, int]]) -> list[Stretch]:
    return list(stretches(((start, end, "") for start, end in sounds), 210))


def test_a_session_without_a_sound_is_quiet() -> None:
    assert cut() == [Stretch(0, 100)]
    assert cut()[0].quiet


def test_nothing_is_cut_into_nothing() -> None:
    assert cut(frames=0) == []


def test_two_quiet_frames_are_before_a_sound_and_three_behind_it() -> None:
    assert cut((20 * FRAME + 5, 30 * FRAME, "one")) == [
        Stretch(0, 18),
        Stretch(18, 15, ((2 * FRAME + 5, "one"),)),
        Stretch(33, 67),
    ]


def test_a_sound_at_the_start_has_nothing_before_it() -> None:
    assert cut((0, FRAME, "one")) == [Stretch(0, 4, ((0, "one"),)), Stretch(4, 96)]


def test_a_session_that_ends_with_a_sound_has_nothing_behind_it() -> None:
    assert cut((50 * FRAME, 99 * FRAME, "one")) == [Stretch(0, 48), Stretch(48, 52, ((2 * FRAME, "one"),))]


def test_between_sounds_that_are_five_frames_apart_nothing_is_quiet() -> None:
    assert cut((0, 10 * FRAME, "one"), (15 * FRAME, 20 * FRAME, "two")) == [
        Stretch(0, 23, ((0, "one"), (15 * FRAME, "two"))),
        Stretch(23, 77),
    ]


def test_between_sounds_that_are_six_frames_apart_one_is() -> None:
    assert cut((0, 10 * FRAME, "one"), (16 * FRAME, 20 * FRAME, "two")) == [
        Stretch(0, 13, ((0, "one"),)),
        Stretch(13, 1),
        Stretch(14, 9, ((2 * FRAME, "two"),)),
        Stretch(23, 77),
    ]


@given(SOUNDS)
def test_stretches_follow_each_other_from_the_first_frame_to_the_last(sounds: list[tuple[int, int]]) -> None:
    found = unnamed(sounds)
    assert [0, *(one.first + one.frames for one in found)] == [*(one.first for one in found), 210]
    assert all(one.quiet != other.quiet for one, other in pairwise(found))


@given(SOUNDS)
def test_every_sound_lies_in_one_stretch_that_is_not_quiet(sounds: list[tuple[int, int]]) -> None:
    sounding = [one for one in unnamed(sounds) if not one.quiet]
    for start, end in sounds:
        (around,) = [one for one in sounding if one.start <= start < one.start + one.samples]
        assert start - around.start >= min(start, BEFORE * FRAME)
        assert around.start + around.samples - end >= AFTER * FRAME
