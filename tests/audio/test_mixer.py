"""The mixer gives any stretch of a session, sample for sample, and refuses clips that do not fit."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.support import session
from voiceguide.audio.clip import RATE, SAMPLES_PER_MS, Clip, length_ms
from voiceguide.audio.mixer import Mixer, check_fit
from voiceguide.errors import OutputError
from voiceguide.timeline import Sound, Speech

if TYPE_CHECKING:
    from voiceguide.timeline import Source


def ramp(ms: int, first: int = 1) -> Clip:
    """A clip in which every sample tells its place."""
    return (np.arange(ms * SAMPLES_PER_MS) % 30_000 + first).astype(np.int16)


TIMELINE, CLIPS = session([(0, "one", ramp(40)), (40, "two", ramp(25, 7)), (100, "<bell>", ramp(50))], 160)
MIXER = Mixer(TIMELINE, CLIPS)
WHOLE = MIXER.read(0, MIXER.frames)


def test_a_session_has_48_samples_a_millisecond() -> None:
    assert MIXER.frames == 160 * 48
    assert len(WHOLE) == 160 * 48


def test_a_clip_stands_exactly_where_its_cue_starts() -> None:
    assert np.array_equal(WHOLE[: 40 * 48], ramp(40))
    assert np.array_equal(WHOLE[40 * 48 : 65 * 48], ramp(25, 7))
    assert np.array_equal(WHOLE[100 * 48 : 150 * 48], ramp(50))


def test_between_the_cues_is_silence() -> None:
    assert not WHOLE[65 * 48 : 100 * 48].any()
    assert not WHOLE[150 * 48 :].any()


def test_past_the_end_is_silence_too() -> None:
    assert not MIXER.read(MIXER.frames - 10, 1000).any()
    assert len(MIXER.read(MIXER.frames + 5, 1000)) == 1000


@given(cuts=st.lists(st.integers(0, 160 * 48), max_size=20))
def test_any_partition_of_the_session_joins_to_the_whole(cuts: list[int]) -> None:
    edges = sorted({0, MIXER.frames, *cuts})
    parts = [MIXER.read(start, end - start) for start, end in pairwise(edges)]
    assert np.array_equal(np.concatenate(parts), WHOLE)


@given(start=st.integers(0, 170 * 48), count=st.integers(0, 9000))
def test_a_stretch_read_alone_is_that_stretch_of_the_whole(start: int, count: int) -> None:
    longer = np.concatenate([WHOLE, np.zeros(20_000, dtype=np.int16)])
    assert np.array_equal(MIXER.read(start, count), longer[start : start + count])


@given(size=st.integers(1, 9000))
@settings(max_examples=20)
def test_the_blocks_join_to_the_whole(size: int) -> None:
    assert np.array_equal(np.concatenate(list(MIXER.blocks(size))), WHOLE)


def test_a_session_without_cues_is_silence() -> None:
    timeline, clips = session([], 50)
    assert not Mixer(timeline, clips).read(0, 50 * 48).any()


def most_memory(minutes: int) -> int:
    bell = ramp(900)
    cues = [(second * 1000, "<bell>", bell) for second in range(minutes * 60)]
    timeline, clips = session(cues, minutes * 60_000)
    mixer = Mixer(timeline, clips)
    tracemalloc.start()
    for block in mixer.blocks():
        assert len(block) > 0
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_session() -> None:
    assert most_memory(minutes=20) < most_memory(minutes=2) + 100_000


def test_a_clip_as_long_as_its_cue_fits() -> None:
    check_fit(TIMELINE, lambda source: length_ms(CLIPS(source)))


def test_a_clip_up_to_twenty_ms_longer_fits() -> None:
    timeline, _ = session([(0, "one", ramp(40)), (70, "two", ramp(40))], 200)
    check_fit(timeline, lambda _: 60)
    with pytest.raises(OutputError):
        check_fit(timeline, lambda _: 61)


def test_a_long_clip_may_be_a_hundredth_longer_as_two_syntheses_of_a_sentence_are() -> None:
    timeline, _ = session([(0, "one", ramp(3_000))], 4_000)
    check_fit(timeline, lambda _: 3_030)
    with pytest.raises(OutputError):
        check_fit(timeline, lambda _: 3_031)


def refusal(lengths: dict[str, int]) -> str:
    """What is said of cues of 40 ms at 1:00.000, 1:00.045 and 1:02.500, the last in the last 50 ms."""
    cues = [(60_000, "one", ramp(40)), (60_045, "two", ramp(40)), (62_500, "<bell>", ramp(40))]
    timeline, _ = session(cues, 62_550)

    def length(source: Source) -> int:
        assert isinstance(source, (Speech, Sound))
        return lengths[source.text if isinstance(source, Speech) else source.name]

    with pytest.raises(OutputError) as caught:
        check_fit(timeline, length)
    return str(caught.value)


def test_a_clip_more_than_twenty_ms_longer_than_its_cue_does_not_fit() -> None:
    assert refusal({"one": 40, "two": 61, "bell": 40}) == (
        "'two' at 1:00.045 does not fit its place in the timeline (1 of 3 cues do not)"
    )


def test_a_clip_that_reaches_the_next_cue_does_not_fit() -> None:
    assert refusal({"one": 46, "two": 40, "bell": 40}).startswith("'one' at 1:00.000 does not fit")


def test_a_clip_that_reaches_past_the_end_does_not_fit() -> None:
    assert refusal({"one": 40, "two": 40, "bell": 51}).startswith("'bell' at 1:02.500 does not fit")


def test_all_that_do_not_fit_are_counted() -> None:
    assert refusal({"one": 99, "two": 99, "bell": 99}).endswith("(3 of 3 cues do not)")


def test_the_mixer_itself_never_lets_a_clip_into_the_next_cue() -> None:
    timeline, _ = session([(0, "one", ramp(40)), (45, "two", ramp(40))], 200)
    with pytest.raises(OutputError, match=r"'one' at 0:00\.000"):
        Mixer(timeline, lambda _: ramp(46)).read(0, RATE)
