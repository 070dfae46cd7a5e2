"""Kept awake, a headset never hears digital silence, and its wearer hears nothing but the cues."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.support import decoded, levelled, session, spoken
from voiceguide.audio.clip import FRAME, SAMPLES_PER_MS, to_int16
from voiceguide.audio.encode import write_audio
from voiceguide.audio.floor import LOOP, noise
from voiceguide.audio.loudness import CEILING
from voiceguide.audio.mixer import Mixer

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.audio.clip import Clip

MS = SAMPLES_PER_MS
TIMELINE, CLIPS = session(
    [(2_000, "Lie down.", levelled(spoken(1_000))), (4_000, "One.", levelled(spoken(500)))], 6_000
)
AWAKE = replace(TIMELINE, keep_awake=True)
MIXER = Mixer(AWAKE, CLIPS)
WHOLE = MIXER.read(0, MIXER.frames)


def dbfs(samples: Clip) -> float:
    return float(20 * np.log10(samples.astype(float).std() / 32767))


def longest_silence(samples: Clip) -> int:
    """The most samples on end that are zero."""
    loud = np.flatnonzero(np.concatenate(([1], samples, [1])))
    return int(np.diff(loud).max() - 1)


def test_the_floor_is_noise_of_60_db_below_full_scale() -> None:
    assert dbfs(noise(0, LOOP)) == pytest.approx(-60, abs=0.1)
    assert np.abs(noise(0, LOOP)).max() < 33 * 6


def test_it_comes_again_after_whole_mp3_frames() -> None:
    assert LOOP % FRAME == 0
    assert np.array_equal(noise(777, 5_000), noise(777 + LOOP, 5_000))


def test_there_is_no_seam_where_it_comes_again() -> None:
    steps = np.abs(np.diff(noise(LOOP - 1_000, 2_000).astype(int)))
    assert steps[999] <= np.abs(np.diff(noise(0, LOOP).astype(int))).max()


def test_it_lies_in_every_silence_of_the_session() -> None:
    assert longest_silence(Mixer(TIMELINE, CLIPS).read(0, MIXER.frames)) > 900 * MS
    assert longest_silence(WHOLE) < 2 * MS
    assert dbfs(WHOLE[: 1_900 * MS]) == pytest.approx(-60, abs=0.5)
    assert dbfs(WHOLE[3_100 * MS : 3_900 * MS]) == pytest.approx(-60, abs=0.5)


def test_it_lies_under_cues_too_and_changes_nothing_else_of_them() -> None:
    plain = Mixer(TIMELINE, CLIPS).read(0, MIXER.frames)
    floor = WHOLE - plain
    assert dbfs(floor) == pytest.approx(-60, abs=0.5)
    assert np.abs(floor).max() < 33 * 6


def test_the_same_word_over_it_is_the_same_sound() -> None:
    """It begins anew where the session can be cut: 2 frames before what is heard, 3 behind, on whole frames."""
    word = levelled(spoken(500))
    timeline, clips = session([(2_400, "One.", word), (3_600, "Two.", word), (9_600, "Three.", word)], 12_000)
    mixer = Mixer(replace(timeline, keep_awake=True), clips)
    heard = [mixer.read(start * MS - 2 * FRAME, 24 * FRAME) for start in (2_400, 3_600, 9_600)]
    assert np.array_equal(heard[0], heard[1])
    assert np.array_equal(heard[0], heard[2])


def test_a_cue_that_is_silent_for_long_lies_over_it() -> None:
    word = levelled(spoken(1_000))
    paused = np.concatenate((word, np.zeros(3_000 * MS, np.int16), word))
    timeline, clips = session([(1_000, "Wait. Go on.", paused)], 7_000)
    mixer = Mixer(replace(timeline, keep_awake=True), clips)
    heard = mixer.read(0, mixer.frames)
    assert longest_silence(heard) < 2 * MS
    assert dbfs(heard[2_100 * MS : 4_900 * MS]) == pytest.approx(-60, abs=0.5)


def test_the_loudest_clip_over_it_stays_far_from_full_scale() -> None:
    timeline, clips = session([(0, "Now.", levelled(spoken(1_000)))], 2_000)
    heard = Mixer(replace(timeline, keep_awake=True), clips).read(0, 2_000 * MS)
    highest = to_int16(np.array([10 ** (CEILING / 20)], np.float32))[0]
    assert np.abs(heard.astype(int)).max() <= highest + np.abs(noise(0, LOOP)).max() < 32767 * 10 ** (-2 / 20)


def test_past_the_end_is_silence() -> None:
    assert not MIXER.read(MIXER.frames, 1_000).any()


@given(cuts=st.lists(st.integers(0, MIXER.frames), max_size=12))
@settings(max_examples=30)
def test_any_partition_of_the_session_joins_to_the_whole(cuts: list[int]) -> None:
    edges = sorted({0, MIXER.frames, *cuts})
    parts = [MIXER.read(start, end - start) for start, end in pairwise(edges)]
    assert np.array_equal(np.concatenate(parts), WHOLE)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus"])
def test_coders_leave_it_in(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    write_audio(MIXER, AWAKE, path)
    heard = decoded(path)
    assert dbfs(heard[300 * MS : 1_800 * MS]) == pytest.approx(-60, abs=2)
    assert longest_silence(heard[: 5_900 * MS]) < 5 * MS
