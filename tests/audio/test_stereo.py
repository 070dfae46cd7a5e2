"""With music a session is stereo: the music makes way for every cue before it begins, and no peak is too high."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.support import levelled, session, spoken
from voiceguide.audio.clip import SAMPLES_PER_MS, Clip, to_float32
from voiceguide.audio.loudness import CEILING, true_peak
from voiceguide.audio.mixer import Mixer
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MS = SAMPLES_PER_MS


@dataclass
class Samples:
    """Music held in memory: `ready` samples of it are there, and the last one that was asked for is `asked`."""

    samples: NDArray[np.float32]
    ready: int = sys.maxsize
    asked: int = 0

    def lasting(self, _frames: int) -> Samples:
        return self

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        self.asked = max(self.asked, start + count)
        at = np.arange(start, start + count)
        inside = (at >= 0) & (at < len(self.samples))
        block = np.zeros((count, 2), dtype=np.float32)
        block[inside] = self.samples[at[inside]]
        return block


def steady(ms: int, level: float) -> Samples:
    return Samples(np.full((ms * MS, 2), level, dtype=np.float32))


def hiss(ms: int, level: float) -> Samples:
    """Noise of which `level` is the root mean square, another in each channel."""
    made = np.random.default_rng(5).standard_normal((ms * MS, 2)) * level
    return Samples(made.astype(np.float32))


MUTE = np.zeros(400 * MS, dtype=np.int16)
LOUD = [(300, "one", levelled(spoken(400))), (900, "two", levelled(spoken(700, seed=1)))]
BUSY_TIMELINE, BUSY_CLIPS = session(LOUD, 2_000)
BUSY = Mixer(BUSY_TIMELINE, BUSY_CLIPS, hiss(2_000, 5_000))
WHOLE = BUSY.read(0, BUSY.frames)


def ducked(*starts_ms: int) -> NDArray[np.float64]:
    """The gain in dB of the music at each ms of 3 s with mute cues of 400 ms that begin then."""
    timeline, clips = session([(start, f"{start}", MUTE) for start in starts_ms], 3_000)
    mixer = Mixer(timeline, clips, steady(3_000, 10_000))
    heard = mixer.read(0, mixer.frames)
    assert np.array_equal(heard[:, 0], heard[:, 1])
    decibels: NDArray[np.float64] = 20 * np.log10(heard[::MS, 0] / 10_000)
    return decibels


def test_it_has_two_channels_with_music_and_one_without() -> None:
    timeline, clips = session(LOUD, 2_000)
    assert (Mixer(timeline, clips).channels, Mixer(timeline, clips).read(0, 7).shape) == (1, (7,))
    assert (BUSY.channels, BUSY.read(0, 7).shape) == (2, (7, 2))
    assert [block.shape for block in BUSY.blocks(50_000)] == [(50_000, 2), (46_000, 2)]


def test_the_voice_is_the_same_in_both_channels_as_without_music() -> None:
    # Half as loud as a clip is, so that its peaks are nowhere near the limiter.
    timeline, clips = session([(300, "one", levelled(spoken(400)) // 2)], 2_000)
    alone = Mixer(timeline, clips).read(0, 2_000 * MS)
    silent = Mixer(timeline, clips, steady(2_000, 0)).read(0, 2_000 * MS)
    assert np.array_equal(silent, np.stack([alone, alone], axis=1))


def test_the_music_is_7_db_softer_while_a_cue_is_heard() -> None:
    gain = ducked(1_000)
    assert gain[1_000:1_400] == pytest.approx(-7.0, abs=0.01)


def test_it_goes_down_over_150_ms_and_is_down_at_the_onset() -> None:
    gain = ducked(1_000)
    assert gain[:850] == pytest.approx(0.0, abs=0.01)
    assert gain[[880, 925, 970, 1_000]] == pytest.approx([-1.4, -3.5, -5.6, -7.0], abs=0.01)


def test_it_comes_up_over_500_ms_after_the_end() -> None:
    gain = ducked(1_000)
    assert gain[[1_400, 1_500, 1_650, 1_800, 1_900]] == pytest.approx([-7, -5.6, -3.5, -1.4, 0], abs=0.01)
    assert gain[1_900:] == pytest.approx(0.0, abs=0.01)


def test_between_two_near_cues_the_lower_of_both_counts() -> None:
    """500 ms lie between them: up by 5 dB at the most."""
    gain = ducked(1_000, 1_900)
    assert gain[1_400:1_750] == pytest.approx(-7 + 7 / 500 * np.arange(350), abs=0.02)
    assert gain[[1_780, 1_825, 1_870, 1_900]] == pytest.approx([-1.68, -3.5, -5.6, -7.0], abs=0.02)


def test_every_sample_is_voice_and_music_where_nothing_is_too_loud() -> None:
    timeline, clips = session([(500, "one", levelled(spoken(400)) // 4)], 1_000)
    music = hiss(1_000, 300)
    alone = Mixer(timeline, clips).read(0, 1_000 * MS)
    whole = Mixer(timeline, clips, music).read(0, 1_000 * MS)
    middle = slice(510 * MS, 890 * MS)
    wanted = alone[middle, np.newaxis] + music.samples[middle] * 10 ** (-7 / 20)
    assert np.abs(whole[middle] - wanted).max() <= 0.51


@pytest.mark.parametrize("level", [500, 2_000, 8_000, 30_000])
def test_no_true_peak_is_above_the_ceiling(level: float) -> None:
    timeline, clips = session(LOUD, 2_000)
    heard = Mixer(timeline, clips, hiss(2_000, level)).read(0, 2_000 * MS)
    for channel in (0, 1):
        # 0.2 dB is what two ways of looking between samples of noise may differ by.
        assert true_peak(to_float32(heard[:, channel])) <= CEILING + 0.2


def test_music_alone_stays_at_minus_6_dbtp_for_the_sake_of_the_mp3() -> None:
    """An MP3 of 128 kbit/s gives strokes of drums back 4 dB higher."""
    timeline, clips = session([], 2_000)
    heard = Mixer(timeline, clips, hiss(2_000, 8_000)).read(0, 2_000 * MS)
    assert true_peak(to_float32(heard[:, 0])) == pytest.approx(-6.0, abs=0.2)


def test_limiting_keeps_the_balance_of_the_channels() -> None:
    music = steady(1_000, 40_000)
    music.samples[:, 1] /= 2
    timeline, clips = session([], 1_000)
    heard = Mixer(timeline, clips, music).read(100 * MS, 800 * MS).astype(float)
    assert heard[:, 0] / heard[:, 1] == pytest.approx(2.0, abs=0.001)


@given(cuts=st.lists(st.integers(0, BUSY.frames), max_size=12))
@settings(max_examples=30)
def test_any_partition_of_the_session_joins_to_the_whole(cuts: list[int]) -> None:
    edges = sorted({0, BUSY.frames, *cuts})
    parts = [BUSY.read(start, end - start) for start, end in pairwise(edges)]
    assert np.array_equal(np.concatenate(parts), WHOLE)


@given(start=st.integers(0, 2_100 * MS), count=st.integers(0, 20_000))
@settings(max_examples=30)
def test_a_stretch_read_alone_is_that_stretch_of_the_whole(start: int, count: int) -> None:
    longer = np.concatenate([WHOLE, np.zeros((30_000, 2), dtype=np.int16)])
    fresh = Mixer(BUSY_TIMELINE, BUSY_CLIPS, hiss(2_000, 5_000))
    assert np.array_equal(fresh.read(start, count), longer[start : start + count])


def test_a_clip_that_does_not_fit_is_refused_as_without_music() -> None:
    timeline, clips = session([(0, "one", MUTE), (400, "two", MUTE)], 1_000)

    def longer(_: object) -> Clip:
        return np.zeros(401 * MS, dtype=np.int16)

    with pytest.raises(OutputError, match=r"'one' at 0:00\.000"):
        Mixer(timeline, longer, steady(1_000, 100)).read(0, 1_000)
    assert Mixer(timeline, clips, steady(1_000, 100)).read(0, 1_000).any()


@given(ready=st.integers(0, 2_100 * MS))
@settings(max_examples=60)
def test_no_more_is_ready_than_can_be_mixed_of_the_music_that_is(ready: int) -> None:
    music = hiss(2_000, 5_000)
    music.ready = ready
    mixer = Mixer(BUSY_TIMELINE, BUSY_CLIPS, music)
    assert np.array_equal(mixer.read(0, mixer.ready), WHOLE[: mixer.ready])
    assert music.asked <= ready or mixer.ready == mixer.frames <= ready


def test_all_is_ready_where_the_music_is_but_for_a_fraction_of_a_second() -> None:
    music = hiss(2_000, 5_000)
    music.ready = BUSY.frames - 1
    assert 0 < BUSY.frames - Mixer(BUSY_TIMELINE, BUSY_CLIPS, music).ready < 250 * MS
    music.ready = BUSY.frames
    assert Mixer(BUSY_TIMELINE, BUSY_CLIPS, music).ready == BUSY.frames


def test_all_is_ready_without_music() -> None:
    assert Mixer(BUSY_TIMELINE, BUSY_CLIPS).ready == BUSY.frames


@pytest.mark.parametrize("music", [None, hiss(2_000, 5_000)], ids=["voice", "voice and music"])
def test_threads_that_read_at_the_same_time_get_what_each_asked_for(music: Samples | None) -> None:
    mixer = Mixer(BUSY_TIMELINE, BUSY_CLIPS, music)
    whole = mixer.read(0, mixer.frames)

    def agrees(seed: int) -> bool:
        starts = np.random.default_rng(seed).integers(0, mixer.frames - 2_000, 60).tolist()
        return all(np.array_equal(mixer.read(start, 2_000), whole[start : start + 2_000]) for start in starts)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(agrees, range(4)))
