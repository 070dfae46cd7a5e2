"""Whether music begins to play, found without decoding it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.audio.music.support import encoded, noise, wav
from voiceguide.audio.music.trial import try_music
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def refusals(path: Path) -> list[str]:
    with pytest.raises(OutputError) as caught:
        try_music(str(path))
    return [found.message.replace(str(path.parent), "~") for found in caught.value.problems]


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".ogg", ".wav", ".m4a"])
def test_what_can_be_played_passes(suffix: str, tmp_path: Path) -> None:
    try_music(str(encoded(tmp_path / f"x{suffix}", noise(2))))


def test_a_file_that_breaks_off_after_its_beginning_passes_as_it_is_played_that_far(tmp_path: Path) -> None:
    path = encoded(tmp_path / "x.mp3", noise(6))
    path.write_bytes(path.read_bytes()[:40_000])
    try_music(str(path))


def test_every_track_of_a_folder_that_cannot_be_played_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    wav(folder / "a.wav", noise(2))
    (folder / "b.mp3").write_text("no sound")
    wav(folder / "c.wav", noise(2)[:4_000])
    (folder / "cover.jpg").write_text("no sound either")
    assert refusals(folder) == [
        "cannot read the music ~/music/b.mp3: it is damaged, or not audio",
        "cannot read the music ~/music/c.wav: it is shorter than a tenth of a second",
    ]


def test_a_folder_without_music_is_told(tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    assert refusals(tmp_path / "music") == ["there is no music in the folder ~/music"]
