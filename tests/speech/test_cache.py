"""The clip cache gives back the samples that were put in, or nothing; what guards them is the store's (tests/test_store.py)."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.speech.cache import ClipCache

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.audio.clip import Clip

CLIP: Clip = np.arange(-500, 500, dtype=np.int16)
KEY = hashlib.sha256(b"three").hexdigest()


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path / "clips", limit_bytes=10_000)


def entry(cache: ClipCache) -> Path:
    return cache.folder / KEY[:2] / f"{KEY[2:]}.clip"


@pytest.mark.parametrize("clip", [CLIP, CLIP[:1], CLIP[:0]], ids=["a thousand samples", "one", "none"])
def test_a_clip_comes_back_as_it_was(cache: ClipCache, clip: Clip) -> None:
    assert cache.put(KEY, clip)
    found = cache.get(KEY)
    assert found is not None
    assert found.dtype == np.int16
    assert np.array_equal(found, clip)


def test_a_clip_may_be_changed_by_who_has_it(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    found = cache.get(KEY)
    assert found is not None
    found[:] = 0
    again = cache.get(KEY)
    assert again is not None
    assert np.array_equal(again, CLIP)


def test_an_unknown_key_gives_nothing(cache: ClipCache) -> None:
    assert cache.get(KEY) is None
    assert cache.length(KEY) is None


def test_the_length_is_that_of_the_samples(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    assert cache.length(KEY) == len(CLIP)


def test_a_cut_clip_is_nothing_and_removed(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    os.truncate(entry(cache), 500)
    assert cache.length(KEY) is None
    assert cache.get(KEY) is None
    assert not entry(cache).exists()


def test_more_than_its_limit_is_pruned(cache: ClipCache) -> None:
    cache.put(KEY, np.zeros(6_000, np.int16))
    cache.prune()
    assert cache.get(KEY) is None
