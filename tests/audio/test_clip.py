"""Clips are cut to what is audible, at 48 kHz, with an onset one can count on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio.clip import FRAME, RATE, SAMPLES_PER_MS, length_ms, resample, to_float32, to_int16, trim

if TYPE_CHECKING:
    from numpy.typing import NDArray


def tone(ms: int, rate: int = RATE, level: float = 0.5) -> NDArray[np.float32]:
    """A sine of 1 kHz that starts and ends abruptly."""
    return (level * np.cos(2 * np.pi * 1000 * np.arange(rate * ms // 1000) / rate)).astype(np.float32)


def silence(ms: int, rate: int = RATE) -> NDArray[np.float32]:
    return np.zeros(rate * ms // 1000, dtype=np.float32)


def test_a_frame_is_24_ms() -> None:
    assert FRAME == 24 * SAMPLES_PER_MS


@pytest.mark.parametrize(("samples", "ms"), [(0, 0), (1, 1), (48, 1), (49, 2), (480, 10)])
def test_a_length_in_ms_is_rounded_up(samples: int, ms: int) -> None:
    assert length_ms(np.zeros(samples, dtype=np.int16)) == ms


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_resampled_sound_lasts_as_long_as_before(rate: int) -> None:
    assert abs(len(resample(tone(500, rate), rate)) - 500 * SAMPLES_PER_MS) <= 1


def test_resampled_sound_keeps_its_pitch() -> None:
    spectrum = np.abs(np.fft.rfft(resample(tone(1000, 22_050), 22_050)[:RATE]))
    assert spectrum.argmax() == 1000


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
@pytest.mark.parametrize("lead", [0, 1, 13, 500])
def test_sound_starts_2_ms_into_the_trimmed_clip(rate: int, lead: int) -> None:
    trimmed = trim(np.concatenate([silence(lead, rate), tone(100, rate), silence(200, rate)]), rate)
    assert np.flatnonzero(np.abs(trimmed) > 0.1)[0] == rate * 2 // 1000


def test_5_ms_are_kept_after_the_sound() -> None:
    trimmed = trim(np.concatenate([silence(10), tone(100), silence(200)]), RATE)
    assert len(trimmed) == (2 + 100 + 5) * SAMPLES_PER_MS


def test_the_pause_between_two_sounds_stays() -> None:
    trimmed = trim(np.concatenate([tone(100), silence(300), tone(100)]), RATE)
    assert len(trimmed) == (2 + 500 + 5) * SAMPLES_PER_MS


def test_a_soft_consonant_40_db_below_the_vowel_stays() -> None:
    trimmed = trim(np.concatenate([silence(50), tone(80, level=0.005), tone(100, level=0.5)]), RATE)
    assert len(trimmed) == (2 + 180 + 5) * SAMPLES_PER_MS


def test_noise_60_db_below_the_voice_goes() -> None:
    trimmed = trim(
        np.concatenate([tone(80, level=0.0005), tone(100, level=0.5), tone(80, level=0.0005)]), RATE
    )
    assert len(trimmed) == (2 + 100 + 5) * SAMPLES_PER_MS


def test_the_margins_fade_so_that_noise_does_not_click() -> None:
    trimmed = trim(np.concatenate([tone(80, level=0.0009), tone(100), tone(80, level=0.0009)]), RATE)
    assert trimmed[0] == trimmed[-1] == 0.0


@pytest.mark.parametrize("level", [0.0, 0.0009])
def test_of_silence_nothing_is_left(level: float) -> None:
    assert len(trim(tone(100, level=level), RATE)) == 0


def test_of_no_samples_nothing_is_left() -> None:
    assert len(trim(silence(0), RATE)) == 0


@given(st.lists(st.integers(-32768, 32767), max_size=400))
def test_trimming_twice_changes_nothing_but_the_margins(values: list[int]) -> None:
    once = trim(to_float32(np.array(values, dtype=np.int16)), RATE)
    twice = trim(once, RATE)
    margin = 5 * SAMPLES_PER_MS
    assert len(twice) == len(once)
    assert np.array_equal(twice[2 * SAMPLES_PER_MS : -margin], once[2 * SAMPLES_PER_MS : -margin])


def test_trimming_leaves_its_input_alone() -> None:
    samples = tone(100)
    trim(samples, RATE)
    assert np.array_equal(samples, tone(100))


def test_beyond_full_scale_16_bits_are_clipped_and_not_wrapped() -> None:
    assert to_int16(np.array([2.0, -2.0, 1.0, 0.0], dtype=np.float32)).tolist() == [32767, -32768, 32767, 0]


@given(st.lists(st.integers(-32767, 32767), max_size=50))
def test_16_bits_survive_as_numbers_of_full_scale_1(values: list[int]) -> None:
    samples = np.array(values, dtype=np.int16)
    assert np.array_equal(to_int16(to_float32(samples)), samples)
