"""Loudness is measured as ITU-R BS.1770-4 says, and every clip is made as loud as the others."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.support import levelled, measured, mixed, spoken, tone
from voiceguide.audio.clip import RATE, Clip, to_float32
from voiceguide.audio.loudness import CEILING, TARGET, integrated, level, limit, true_peak

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def sine(frequency: float, amplitude: float, seconds: int = 3, phase: float = 0.0) -> NDArray[np.float32]:
    times = np.arange(seconds * RATE) / RATE
    return (amplitude * np.sin(2 * np.pi * frequency * times + phase)).astype(np.float32)


def saved(path: Path, clip: Clip) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(clip.astype("<i2").tobytes())
    return path


def test_a_full_scale_sine_of_997_hz_in_one_channel_has_the_loudness_the_standard_gives() -> None:
    assert integrated(sine(997, 1.0)) == pytest.approx(-3.01, abs=0.02)


def test_low_frequencies_count_less() -> None:
    assert integrated(sine(50, 0.1)) < integrated(sine(997, 0.1)) - 3


def test_silence_around_sound_hardly_shifts_its_loudness() -> None:
    sound = sine(997, 0.1, seconds=10)
    assert integrated(np.pad(sound, 20 * RATE)) == pytest.approx(integrated(sound), abs=0.15)


@pytest.mark.parametrize("samples", [0, 100, RATE], ids=["nothing", "two ms", "a second"])
def test_silence_has_no_loudness(samples: int) -> None:
    assert integrated(np.zeros(samples, dtype=np.float32)) == -np.inf


def test_the_measurement_agrees_with_an_independent_meter(tmp_path: Path) -> None:
    clip = mixed([levelled(spoken(300)), levelled(spoken(2500)), levelled(tone(250))], 700)
    loudness, peak = measured(saved(tmp_path / "mix.wav", clip))
    assert integrated(to_float32(clip)) == pytest.approx(loudness, abs=0.1)
    assert true_peak(to_float32(clip)) == pytest.approx(peak, abs=0.15)


def test_the_true_peak_lies_between_samples() -> None:
    """A sine at a quarter of the rate, sampled at 45 degrees, has no sample above -3 dBFS."""
    between = sine(RATE / 4, 1.0, phase=np.pi / 4)[200:-200]
    assert np.abs(between).max() < 0.708
    assert true_peak(between * np.hanning(len(between)).astype(np.float32)) == pytest.approx(0.0, abs=0.1)


@given(before=st.integers(0, 20_000), after=st.integers(0, 20_000))
@settings(max_examples=40, deadline=None)
def test_where_in_a_clip_a_peak_lies_does_not_matter(before: int, after: int) -> None:
    between = sine(RATE / 4, 1.0, phase=np.pi / 4)[200:-200]
    peak = between[:400] * np.hanning(400).astype(np.float32)
    assert true_peak(np.pad(peak, (before, after))) == pytest.approx(true_peak(peak), abs=0.01)


@given(steps=st.integers(0, 120))
@settings(max_examples=20, deadline=None)
def test_how_much_silence_a_clip_begins_with_does_not_matter(steps: int) -> None:
    """Loudness is measured in steps of 10 ms."""
    late = level(np.pad(spoken(700), (480 * steps, 0)))[480 * steps :]
    assert np.allclose(late, level(spoken(700)), atol=1e-4)


def test_silence_has_no_peak() -> None:
    assert true_peak(np.zeros(480, dtype=np.float32)) == -np.inf
    assert true_peak(np.zeros(0, dtype=np.float32)) == -np.inf


@given(seed=st.integers(0, 1000), drive=st.floats(0.1, 20.0), ms=st.integers(1, 400))
@settings(max_examples=40, deadline=None)
def test_the_limiter_keeps_every_peak_under_its_ceiling(seed: int, drive: float, ms: int) -> None:
    sound = spoken(ms, seed) * np.float32(drive)
    assert true_peak(limit(sound, -6.0)) <= -5.8


def test_the_limiter_leaves_alone_what_is_under_its_ceiling() -> None:
    sound = spoken(500)
    assert np.array_equal(limit(sound, -1.0), sound)


def test_the_limiter_never_flips_or_raises_a_sample() -> None:
    sound = spoken(500) * np.float32(5)
    limited = limit(sound, -3.0)
    assert np.all(limited * sound >= 0)
    assert np.all(np.abs(limited) <= np.abs(sound))


def test_the_limiter_acts_only_around_the_peak() -> None:
    sound = np.zeros(RATE, dtype=np.float32)
    sound[:] = 0.1
    sound[RATE // 2] = 1.0
    changed = np.flatnonzero(limit(sound, -6.0) != sound)
    assert changed.min() > RATE // 2 - 300
    assert changed.max() < RATE // 2 + 300


@pytest.mark.parametrize("ms", [250, 400, 1000, 5000])
def test_a_clip_alone_in_silence_has_the_target_loudness(ms: int) -> None:
    alone = np.pad(level(spoken(ms)), RATE)
    # where the 400 ms blocks fall shifts a short clip's loudness by half a decibel either way
    assert integrated(alone) == pytest.approx(TARGET, abs=0.7)


@given(seed=st.integers(0, 100), quiet=st.floats(0.005, 3.0), ms=st.integers(30, 1500))
@settings(max_examples=30, deadline=None)
def test_no_levelled_clip_peaks_above_the_ceiling(seed: int, quiet: float, ms: int) -> None:
    assert true_peak(level(spoken(ms, seed) * np.float32(quiet))) <= CEILING + 0.2


def test_how_loud_a_clip_was_does_not_matter() -> None:
    assert np.allclose(level(spoken(700)), level(spoken(700) * np.float32(0.1)), atol=0.005)


def test_silence_stays_silence() -> None:
    assert not level(np.zeros(5000, dtype=np.float32)).any()
    assert len(level(np.zeros(0, dtype=np.float32))) == 0


def test_a_click_is_not_crushed_to_make_it_as_loud_as_a_word() -> None:
    click = np.zeros(480, dtype=np.float32)
    click[:48] = 0.5
    assert integrated(np.pad(level(click), RATE)) < TARGET - 3


COUNTS = [spoken(ms, seed=ms) for ms in (290, 310, 350, 380, 430, 450)]
SENTENCES = [spoken(ms, seed=ms) for ms in (1400, 2800, 5200)]
TONES = [tone(250), tone(350, 440.0), tone(1500, 523.0, 400.0)]


@pytest.mark.parametrize("gap_ms", [150, 640, 3000])
@pytest.mark.parametrize(
    "clips",
    [COUNTS, SENTENCES, TONES, COUNTS * 4 + SENTENCES[:1], COUNTS + SENTENCES + TONES],
    ids=["counts", "sentences", "tones", "mostly counts", "everything"],
)
def test_any_mix_of_clips_and_silence_measures_the_target(
    clips: list[NDArray[np.float32]], gap_ms: int, tmp_path: Path
) -> None:
    loudness, peak = measured(saved(tmp_path / "mix.wav", mixed([levelled(clip) for clip in clips], gap_ms)))
    assert loudness == pytest.approx(-19.0, abs=1.0)
    assert peak <= CEILING + 0.2
