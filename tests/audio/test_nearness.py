"""How near each moment is to a cue."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio.nearness import Nearness
from voiceguide.timeline import Cue, Sound

MS = 48


def cue(start_ms: int, end_ms: int) -> Cue:
    return Cue("sound", "", start_ms, end_ms, Sound("bell"))


def near(nearness: Nearness, *times_ms: int) -> list[float]:
    return [float(nearness.read(time * MS, 1)[0]) for time in times_ms]


ONE = Nearness([cue(1_000, 1_400)], before_ms=150, after_ms=500)
TWO = Nearness([cue(1_000, 1_400), cue(1_700, 2_000)], before_ms=150, after_ms=500)


def test_far_from_any_cue_it_is_nothing() -> None:
    assert near(ONE, 0, 849, 850, 1_900, 5_000) == [0, 0, 0, 0, 0]


def test_it_is_all_from_the_onset_of_a_cue_to_its_end() -> None:
    assert near(ONE, 1_000, 1_200, 1_400) == [1, 1, 1]


def test_it_rises_before_the_onset_and_falls_after_the_end() -> None:
    assert near(ONE, 925, 970, 1_500, 1_650) == pytest.approx([0.5, 0.8, 0.8, 0.5])


def test_between_two_cues_the_nearer_counts() -> None:
    assert near(TWO, 1_500, 1_600, 1_685, 1_700) == pytest.approx([0.8, 0.6, 0.9, 1])


def test_without_cues_it_is_nothing() -> None:
    assert not Nearness([], 150, 500).read(0, 1_000).any()


@given(start=st.integers(-5_000, 120_000), count=st.integers(0, 40_000))
def test_a_stretch_is_that_stretch_of_the_whole(start: int, count: int) -> None:
    whole = TWO.read(-5_000, 170_000)
    assert np.array_equal(TWO.read(start, count), whole[start + 5_000 : start + 5_000 + count])
