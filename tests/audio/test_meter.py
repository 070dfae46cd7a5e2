"""A stream is measured as ITU-R BS.1770-4 says, in whatever blocks it comes."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.music.support import noise, sine, wav
from tests.audio.support import measured
from voiceguide.audio.clip import RATE
from voiceguide.audio.meter import Meter

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SWELLING = noise(9) * np.repeat([1.0, 0.01, 0.2, 0.5, 0.05, 1.0, 0.3, 0.02, 0.7], RATE)[:, np.newaxis].astype(
    np.float32
)


def loudness(*blocks: NDArray[np.float32]) -> float:
    meter = Meter()
    for block in blocks:
        meter.add(block)
    return meter.loudness()


WHOLE = loudness(SWELLING)


def test_a_full_scale_sine_of_997_hz_in_both_channels_is_0_lufs() -> None:
    assert loudness(sine(3, 997, 1.0)) == pytest.approx(0.0, abs=0.03)


def test_in_one_channel_it_is_3_lu_softer() -> None:
    left = sine(3, 997, 1.0) * np.array([1, 0], dtype=np.float32)
    assert loudness(left) == pytest.approx(-3.01, abs=0.03)


def test_it_agrees_with_an_independent_meter(tmp_path: Path) -> None:
    assert pytest.approx(measured(wav(tmp_path / "x.wav", SWELLING))[0], abs=0.1) == WHOLE


def test_silence_is_not_counted() -> None:
    silence = np.zeros((20 * RATE, 2), dtype=np.float32)
    sound = sine(10, 997, 0.1)
    assert loudness(silence, sound, silence) == pytest.approx(loudness(sound), abs=0.15)


@pytest.mark.parametrize("seconds", [0, 0.3, 5])
def test_silence_has_no_loudness(seconds: float) -> None:
    assert loudness(np.zeros((round(seconds * RATE), 2), dtype=np.float32)) == -np.inf


def test_less_than_400_ms_has_none_either() -> None:
    assert loudness(sine(0.399)) == -np.inf
    assert loudness(sine(0.4)) > -20


@given(cuts=st.lists(st.integers(0, len(SWELLING)), max_size=12))
@settings(max_examples=20)
def test_the_size_of_the_blocks_does_not_matter(cuts: list[int]) -> None:
    edges = sorted({0, len(SWELLING), *cuts})
    parts = [SWELLING[start:end] for start, end in pairwise(edges)]
    assert loudness(*parts) == pytest.approx(WHOLE, abs=1e-6)


def most_memory(seconds: int) -> int:
    second = SWELLING[:RATE]
    tracemalloc.start()
    assert loudness(*(second for _ in range(seconds))) > -30
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_stream() -> None:
    assert most_memory(120) < most_memory(10) + 20_000
