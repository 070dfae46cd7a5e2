"""A track is measured once: what is known of it holds as long as it stays as it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.music.support import noise, wav
from voiceguide.audio.clip import RATE
from voiceguide.audio.music import measures as module
from voiceguide.audio.music.decode import decoded
from voiceguide.audio.music.measure import MEASURED, measured
from voiceguide.audio.music.measures import Measures
from voiceguide.errors import OutputError
from voiceguide.store import HEADER_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

LUFS = -14.123456789012345


@pytest.fixture
def track(tmp_path: Path) -> Path:
    path = tmp_path / "x.mp3"
    path.write_bytes(b"some music")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "music"


def known(folder: Path, track: Path) -> bool:
    """Whether the track's loudness is known; it becomes known, and is the same to the last bit."""
    asked = []

    def measure() -> float:
        asked.append(track)
        return LUFS

    assert Measures(folder).loudness(track, measure) == LUFS
    return not asked


def entry(folder: Path) -> Path:
    (found,) = folder.rglob("*.lufs")
    return found


def test_a_track_is_measured_once(folder: Path, track: Path) -> None:
    assert [known(folder, track) for _ in range(3)] == [False, True, True]


def test_its_path_may_be_written_in_any_way(
    folder: Path, track: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(folder, track)
    monkeypatch.chdir(track.parent)
    (track.parent / "link.mp3").symlink_to(track)
    assert known(folder, track.relative_to(track.parent))
    assert known(folder, track.parent / "link.mp3")


def test_a_track_of_another_size_is_measured_anew(folder: Path, track: Path) -> None:
    known(folder, track)
    times = track.stat().st_atime_ns, track.stat().st_mtime_ns
    track.write_bytes(b"some other music")
    os.utime(track, ns=times)
    assert not known(folder, track)


def test_a_track_of_another_time_is_measured_anew(folder: Path, track: Path) -> None:
    known(folder, track)
    os.utime(track, ns=(0, track.stat().st_mtime_ns + 1))
    assert not known(folder, track)
    assert known(folder, track)


def test_a_track_measured_in_another_way_is_measured_anew(
    folder: Path, track: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(folder, track)
    monkeypatch.setattr(module, "VERSION", module.VERSION + 1)
    assert not known(folder, track)


@pytest.mark.parametrize("size", [0, 1, 40, -1])
def test_a_torn_entry_is_measured_anew(size: int, folder: Path, track: Path) -> None:
    known(folder, track)
    os.truncate(entry(folder), entry(folder).stat().st_size - 1 if size < 0 else size)
    assert not known(folder, track)
    assert known(folder, track)


def test_a_foreign_entry_is_measured_anew(folder: Path, track: Path) -> None:
    known(folder, track)
    entry(folder).write_text('{"version": 1, "lufs": -10.0}')
    assert not known(folder, track)


@settings(max_examples=50)
@given(bit=st.integers(0, 8 * (HEADER_BYTES + 8) - 1))
def test_an_entry_with_a_flipped_bit_is_measured_anew(
    tmp_path_factory: pytest.TempPathFactory, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("music")
    track = folder / "x.mp3"
    track.write_bytes(b"some music")
    known(folder, track)
    stored = bytearray(entry(folder).read_bytes())
    stored[bit // 8] ^= 1 << bit % 8
    entry(folder).write_bytes(stored)
    assert not known(folder, track)


def test_the_entry_of_another_track_under_its_name_is_measured_anew(folder: Path, track: Path) -> None:
    known(folder, track)
    first = entry(folder)
    other = track.with_name("y.mp3")
    other.write_bytes(b"some music")
    known(folder, other)
    (second,) = set(folder.rglob("*.lufs")) - {first}
    first.replace(second)
    assert not known(folder, other)


def test_what_cannot_be_measured_is_raised_and_not_kept(folder: Path, track: Path) -> None:
    def fails() -> float:
        raise OutputError

    with pytest.raises(OutputError):
        Measures(folder).loudness(track, fails)
    assert not known(folder, track)


def test_a_folder_that_cannot_be_made_means_measuring_each_time(track: Path) -> None:
    assert [known(track / "music", track) for _ in range(2)] == [False, False]


def test_the_oldest_entries_go_when_there_are_too_many(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 4)
    tracks = [tmp_path / f"{number}.mp3" for number in range(7)]
    for number, track in enumerate(tracks):
        track.write_bytes(b"some music")
        before = set(folder.rglob("*.lufs"))
        known(folder, track)
        (new,) = set(folder.rglob("*.lufs")) - before
        os.utime(new, (number, number))
    assert 3 <= len(list(folder.rglob("*.lufs"))) <= 4
    assert [known(folder, track) for track in tracks[-3:]] == [True, True, True]


# Measuring


def test_ten_minutes_are_measured() -> None:
    assert MEASURED == 600 * RATE


def test_what_comes_after_them_does_not_count_and_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voiceguide.audio.music.measure.MEASURED", 20 * RATE)
    soft, loud = noise(1, 0.02), noise(1, 0.5)
    taken = []

    def blocks() -> Iterator[NDArray[np.float32]]:
        for second in range(30):
            taken.append(second)
            yield soft if second < 20 else loud

    assert measured(tmp_path, blocks()) == measured(tmp_path, [soft] * 20)
    assert taken == list(range(20))


def test_of_a_block_that_reaches_beyond_them_only_what_lies_in_them_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voiceguide.audio.music.measure.MEASURED", 5 * RATE)
    both = np.concatenate([noise(5, 0.02), noise(5, 0.5)])
    assert measured(tmp_path, [both]) == measured(tmp_path, [both[: 5 * RATE]])


def test_the_blocks_that_a_track_comes_in_make_no_difference(tmp_path: Path) -> None:
    track = noise(7)
    cuts = np.split(track, [1, 999, 40_000, 40_000, 200_001])
    assert measured(tmp_path, cuts) == measured(tmp_path, [track])


def test_it_is_the_same_from_a_file_as_from_its_samples(tmp_path: Path) -> None:
    path = wav(tmp_path / "x.wav", noise(4))
    assert measured(path, decoded(path)) == pytest.approx(measured(path, [noise(4)]), abs=0.01)
