"""The clip cache gives back what was put in, or nothing; never something else, and never an error."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.speech.cache import ClipCache

if TYPE_CHECKING:
    from voiceguide.audio.clip import Clip

CLIP: Clip = np.arange(-500, 500, dtype=np.int16)


def key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


KEY = key("three")


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path / "clips", limit_bytes=10_000)


def entry(cache: ClipCache, of: str = KEY) -> Path:
    return cache.folder / of[:2] / f"{of[2:]}.clip"


def files(cache: ClipCache) -> list[Path]:
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def same(clip: Clip | None, expected: Clip = CLIP) -> bool:
    return clip is not None and clip.dtype == np.int16 and np.array_equal(clip, expected)


def test_a_clip_comes_back_as_it_was(cache: ClipCache) -> None:
    assert cache.put(KEY, CLIP)
    assert same(cache.get(KEY))


def test_a_clip_outlives_the_program(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    assert same(ClipCache(cache.folder, limit_bytes=0).get(KEY))


def test_an_unknown_key_gives_nothing(cache: ClipCache) -> None:
    assert cache.get(KEY) is None
    assert cache.length(KEY) is None


def test_looking_up_makes_no_folder(cache: ClipCache) -> None:
    cache.get(KEY)
    assert not cache.folder.exists()


def test_entries_are_spread_over_folders_by_the_first_two_digits(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    assert files(cache) == [entry(cache)]


def test_the_length_is_known_without_the_samples(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    assert cache.length(KEY) == len(CLIP)


@pytest.mark.parametrize("kept", [0, 1, 40, 49, 60, -1])
def test_a_cut_entry_is_removed(cache: ClipCache, kept: int) -> None:
    cache.put(KEY, CLIP)
    entry(cache).write_bytes(entry(cache).read_bytes()[:kept])
    assert cache.get(KEY) is None
    assert not files(cache)


@pytest.mark.parametrize("kept", [0, 1, 40, 49, 60, -1])
def test_a_cut_entry_has_no_length_and_is_removed(cache: ClipCache, kept: int) -> None:
    cache.put(KEY, CLIP)
    entry(cache).write_bytes(entry(cache).read_bytes()[:kept])
    assert cache.length(KEY) is None
    assert not files(cache)


@settings(max_examples=40)
@given(st.data())
def test_any_flipped_bit_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    cache = ClipCache(tmp_path_factory.mktemp("clips"), limit_bytes=10_000)
    cache.put(KEY, CLIP)
    stored = bytearray(entry(cache).read_bytes())
    stored[data.draw(st.integers(0, len(stored) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    entry(cache).write_bytes(stored)
    assert cache.length(KEY) in (None, len(CLIP))
    assert cache.get(KEY) is None
    assert not files(cache)


def test_a_longer_entry_is_removed(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    entry(cache).write_bytes(entry(cache).read_bytes() + b"\0\0")
    assert cache.get(KEY) is None
    assert not files(cache)


def test_a_foreign_file_in_an_entry_s_place_is_removed(cache: ClipCache) -> None:
    entry(cache).parent.mkdir(parents=True)
    entry(cache).write_bytes(b"RIFF" * 100)
    assert cache.get(KEY) is None
    assert not files(cache)


def test_an_entry_renamed_to_another_key_is_not_taken_for_it(cache: ClipCache) -> None:
    other = key("two")
    cache.put(KEY, CLIP)
    entry(cache, other).parent.mkdir(exist_ok=True)
    entry(cache).rename(entry(cache, other))
    assert cache.length(other) is None
    assert cache.get(other) is None


def test_a_damaged_entry_can_be_made_again(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    entry(cache).write_bytes(b"")
    cache.put(KEY, CLIP)
    assert same(cache.get(KEY))


def test_a_folder_that_cannot_be_made_is_reported_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = ClipCache(tmp_path / "file" / "clips", limit_bytes=10_000)
    assert cache.put(KEY, CLIP) is False
    assert cache.get(KEY) is None
    assert cache.stats() == (0, 0)


def test_a_full_disk_is_reported_and_leaves_nothing_behind(
    cache: ClipCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert cache.put(KEY, CLIP) is False
    assert not files(cache)


def test_statistics_count_entries_and_their_bytes(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    cache.put(key("two"), CLIP[:10])
    assert cache.stats() == (2, sum(path.stat().st_size for path in files(cache)))


def test_clearing_removes_every_entry_and_nothing_else(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    note = cache.folder / "note.txt"
    note.write_text("mine")
    cache.clear()
    assert files(cache) == [note]


def test_pruning_removes_what_was_used_longest_ago(cache: ClipCache) -> None:
    names = [f"phrase {number}" for number in range(8)]
    for age, name in enumerate(names):
        cache.put(key(name), CLIP)
        os.utime(entry(cache, key(name)), (1_000_000 - age, 1_000_000 - age))
    cache.prune()
    left = [name for name in names if cache.length(key(name)) is not None]
    assert left == names[:4]


def test_pruning_below_the_limit_removes_nothing(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    cache.prune()
    assert cache.stats()[0] == 1


@pytest.mark.parametrize("use", ["get", "length"])
def test_an_entry_that_is_used_again_is_not_the_oldest_any_more(cache: ClipCache, use: str) -> None:
    for age, name in enumerate(["two", "one", "three"]):
        cache.put(key(name), np.zeros(2_000, dtype=np.int16))
        os.utime(entry(cache, key(name)), (1_000_000 + age, 1_000_000 + age))
    getattr(cache, use)(key("two"))
    cache.prune()
    assert cache.length(key("two")) == 2_000
    assert cache.length(key("one")) is None


@pytest.mark.parametrize(("minutes", "times_written"), [(50, 0), (70, 1)])
def test_its_time_is_written_at_most_once_an_hour(cache: ClipCache, minutes: int, times_written: int) -> None:
    cache.put(KEY, CLIP)
    used = entry(cache).stat().st_mtime - 60 * minutes
    os.utime(entry(cache), (used, used))
    cache.get(KEY)
    assert int(entry(cache).stat().st_mtime > used + 60) == times_written


def test_what_a_killed_process_left_half_written_is_swept(cache: ClipCache) -> None:
    cache.put(KEY, CLIP)
    part = entry(cache).parent / ".part-abc"
    part.write_bytes(b"half")
    os.utime(part, (1_000_000, 1_000_000))
    cache.prune()
    assert files(cache) == [entry(cache)]
