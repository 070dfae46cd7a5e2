"""Which files a piece of music is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.audio.music.tracks import tracks
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_its_own_only_track(tmp_path: Path) -> None:
    assert tracks(tmp_path / "a.mp3") == (tmp_path / "a.mp3",)


def test_a_folder_is_its_music_in_the_order_of_names(tmp_path: Path) -> None:
    for name in (
        "02 b.MP3",
        "Zen.flac",
        "after.ogg",
        "01 a.ogg",
        "cover.jpg",
        "notes.txt",
        "._01 a.ogg",
        "list.m3u",
    ):
        (tmp_path / name).touch()
    (tmp_path / "more.mp3").mkdir()
    assert [path.name for path in tracks(tmp_path)] == ["01 a.ogg", "02 b.MP3", "after.ogg", "Zen.flac"]


def test_a_folder_without_music_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(OutputError) as caught:
        tracks(tmp_path)
    assert caught.value.problems[0].message == f"there is no music in the folder {tmp_path}"
    assert caught.value.problems[0].hint == "it takes files such as .flac, .mp3, .ogg, .wav"
