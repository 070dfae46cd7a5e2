"""Which files are ours: by a mark in each kind that is written; nothing else is replaced or removed."""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.audio.support import short_session
from voiceguide.album.chapters import chapters_json
from voiceguide.album.lrc import lrc
from voiceguide.album.playlist import Entry, m3u8
from voiceguide.album.transcript import webvtt
from voiceguide.audio.convert import Form, convert
from voiceguide.audio.cover import draw_cover
from voiceguide.audio.id3 import Label, id3_tag
from voiceguide.cli.many.marks import marked
from voiceguide.cli.many.ours import free_path, is_our_folder, is_ours, remove_but
from voiceguide.cli.many.reads import stamp

if TYPE_CHECKING:
    from pathlib import Path

TIMELINE, MIXER = short_session("T" * 1_000)
"""A session with the longest title that there is."""


def written(folder: Path, name: str) -> Path:
    """A file of this program of each kind."""
    path = folder / name
    match path.suffix:
        case ".mp3":
            path.write_bytes(id3_tag(TIMELINE, draw_cover(TIMELINE), Label("Another album", 1, 2)))
        case ".m4b":
            convert(MIXER.blocks(), TIMELINE, str(path), Form(".m4b", 1, 64), shown=path)
        case ".lrc":
            path.write_text(lrc(TIMELINE, "Another album"), encoding="utf-8")
        case ".m3u8":
            path.write_text(
                m3u8("voiceguide", [Entry("01 Evening.mp3", "Evening: [#1]", 9_000)] * 999), encoding="utf-8"
            )
        case ".vtt":
            path.write_text(webvtt(TIMELINE), encoding="utf-8")
        case ".json":
            path.write_text(chapters_json(TIMELINE), encoding="utf-8")
        case ".png":
            path.write_bytes(marked(draw_cover(TIMELINE)))
    return path


@pytest.mark.parametrize("name", ["x.mp3", "x.m4b", "x.lrc", "x.m3u8", "x.png", "x.vtt", "x.chapters.json"])
def test_what_is_written_has_the_mark(tmp_path: Path, name: str) -> None:
    assert is_ours(written(tmp_path, name))


def test_a_picture_with_the_mark_is_a_picture() -> None:
    from PIL import Image  # noqa: PLC0415 (only this test looks at one)

    png = draw_cover(TIMELINE)
    with Image.open(BytesIO(png)) as plain, Image.open(BytesIO(marked(png))) as with_mark:
        assert plain.tobytes() == with_mark.tobytes()
        assert with_mark.info["Software"] == "voiceguide"


def test_what_others_write_has_it_not(tmp_path: Path) -> None:
    (tmp_path / "x.mp3").write_bytes(b"ID3\x03\0\0\0\0\0\0" + bytes(999))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("voice", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.mp3")
    assert [is_ours(tmp_path / name) for name in ("x.mp3", "folder", "pipe.mp3", "none.mp3")] == [False] * 4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.m3u8", "#EXTM3U\n#PLAYLIST:voiceguide\n#EXTINF:9,Me - My voiceguide\n../song.mp3\n"),
        ("x.m3u8", "#EXTM3U\n#EXTINF:9,voiceguide - Evening\n01 Evening.mp3\n"),
        (
            "x.m3u8",
            "#EXTM3U\n#PLAYLIST:x\n#EXTINF:9,voiceguide - Evening\n01 Evening.mp3\n#EXTINF:9,Me - Song\nsong.mp3\n",
        ),
        ("x.lrc", "[ti:Song]\n[ar:Me]\n[by:voiceguide]\n[00:01.00] voiceguide\n"),
        ("x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nvoiceguide\n"),
        ("x.chapters.json", '{"version": "1.2.0", "author": "voiceguide", "chapters": []}'),
        ("x.mp3", "a song of voiceguide"),
        ("x.txt", "voiceguide"),
    ],
)
def test_the_name_of_this_program_is_no_mark(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert not is_ours(tmp_path / name)


def test_a_title_or_another_artist_with_the_name_is_no_mark(tmp_path: Path) -> None:
    ours = id3_tag(TIMELINE)
    theirs = ours.replace("voiceguide".encode("utf-16-le"), "Voice Guys".encode("utf-16-le"), 1)
    (tmp_path / "x.mp3").write_bytes(theirs)
    assert "voiceguide".encode("utf-16-le") in theirs
    assert not is_ours(tmp_path / "x.mp3")


def test_a_folder_is_ours_that_has_a_file_of_ours_or_nothing(tmp_path: Path) -> None:
    assert is_our_folder(tmp_path)
    (tmp_path / "pictures").mkdir()
    assert not is_our_folder(tmp_path)
    written(tmp_path, "x.lrc")
    assert is_our_folder(tmp_path)
    assert not is_our_folder(tmp_path / "x.lrc")


def test_no_folder_is_a_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "x.mp3").mkdir()
    assert not is_ours(tmp_path / "x.mp3")
    assert free_path(tmp_path / "x.mp3") == tmp_path / "x (2).mp3"


def test_a_path_is_free_where_nothing_stands_that_is_not_ours(tmp_path: Path) -> None:
    path = written(tmp_path, "x.mp3")
    assert free_path(path) == free_path(path, ".lrc") == path
    (tmp_path / "x.lrc").write_text("theirs", encoding="utf-8")
    (tmp_path / "x (2).mp3").write_bytes(b"theirs")
    assert free_path(path) == path
    assert free_path(path, ".lrc") == tmp_path / "x (3).mp3"


def test_what_was_written_is_removed_and_a_folder_that_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    before = [(name, stamp(written(tmp_path, name))) for name in ("x.mp3", "parts/y.lrc", "x.png")]
    remove_but(tmp_path, before, [before[2]])
    assert [path.name for path in tmp_path.iterdir()] == ["x.png"]


def test_what_has_another_time_is_removed_where_it_has_the_mark_and_its_size(tmp_path: Path) -> None:
    before = [(name, stamp(written(tmp_path, name))) for name in ("copied.lrc", "edited.lrc")]
    os.utime(tmp_path / "copied.lrc", (1, 1))
    with (tmp_path / "edited.lrc").open("a", encoding="utf-8") as file:
        file.write("[00:09.00] My own line\n")
    remove_but(tmp_path, before)
    assert [path.name for path in tmp_path.iterdir()] == ["edited.lrc"]


def test_an_old_name_of_what_is_there_now_is_not_removed(tmp_path: Path) -> None:
    """Where case makes no difference two names are one file; here a link does the same."""
    path = written(tmp_path, "New.lrc")
    was = stamp(path)
    (tmp_path / "new.lrc").hardlink_to(path)
    remove_but(tmp_path, [("new.lrc", was)], [("New.lrc", was)])
    assert path.exists()
