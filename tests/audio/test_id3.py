"""The tag of an MP3, as mutagen reads it and as its bytes stand."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.audio.support import chapters, levelled, session, spoken
from voiceguide.album.lrc import lyrics
from voiceguide.audio.id3 import id3_tag

if TYPE_CHECKING:
    from voiceguide.timeline import Timeline

ID3: Any = import_module("mutagen.id3")


def timeline(titles: list[str] | None = None, title: str = "Evening", language: str = "en") -> Timeline:
    clip = levelled(spoken(300))
    cues = [(1230, "Lie down.", clip), (61_000, "<bell>", clip), (3_725_670, "Done\nfor today.", clip)]
    made, _ = session(cues, 4_000_000, title)
    parts = chapters(["Knees to chest", "Rest", "Ü"] if titles is None else titles, 4_000_000)
    return replace(made, chapters=parts, language=language)


def read(tag: bytes) -> Any:
    return ID3.ID3(BytesIO(tag), translate=False)


def test_title_artist_album_genre_and_length() -> None:
    tag = read(id3_tag(timeline()))
    said = {name: str(tag[name]) for name in ("TIT2", "TPE1", "TALB", "TCON", "TLEN", "TLAN")}
    assert said == {
        "TIT2": "Evening",
        "TPE1": "voiceguide",
        "TALB": "voiceguide",
        "TCON": "Speech",
        "TLEN": "4000000",
        "TLAN": "eng",
    }


@pytest.mark.parametrize("title", ["Rückenübung für Läufer", "Ćwiczenia", "Разминка", "朝のストレッチ", "🧘"])
def test_a_title_in_any_script_comes_back(title: str) -> None:
    tag = read(id3_tag(timeline([title], title)))
    assert str(tag["TIT2"]) == title
    assert str(tag["CHAP:chp1"].sub_frames["TIT2"]) == title


def test_it_is_version_2_3_and_as_long_as_it_says() -> None:
    tag = id3_tag(timeline())
    size = sum(byte << shift for byte, shift in zip(tag[6:10], (21, 14, 7, 0), strict=True))
    assert tag[:6] == b"ID3\x03\x00\x00"
    assert size == len(tag) - 10


def test_nothing_pads_it() -> None:
    assert not id3_tag(timeline()).endswith(b"\0" * 8)


def test_chapters_have_their_times_in_ms_and_no_byte_offsets() -> None:
    chapter = read(id3_tag(timeline()))["CHAP:chp2"]
    assert (chapter.start_time, chapter.end_time) == (1_333_333, 2_666_666)
    assert (chapter.start_offset, chapter.end_offset) == (0xFFFFFFFF, 0xFFFFFFFF)
    assert str(chapter.sub_frames["TIT2"]) == "Rest"


def test_chapters_stand_in_order_of_time_whatever_their_titles_lengths() -> None:
    tag = id3_tag(timeline(["long " * 20, "a", "middling title", "b"]))
    places = [tag.rindex(f"chp{number}\0".encode()) for number in (1, 2, 3, 4)]
    assert places == sorted(places)


def test_the_table_of_contents_is_ordered_at_the_top_and_has_a_title() -> None:
    contents = read(id3_tag(timeline()))["CTOC:toc"]
    assert contents.flags == 0b11
    assert contents.child_element_ids == ["chp1", "chp2", "chp3"]
    assert str(contents.sub_frames["TIT2"]) == "Evening"


def test_255_chapters_are_one_table_of_contents() -> None:
    tag = read(id3_tag(timeline([f"{n}" for n in range(255)])))
    assert [contents.element_id for contents in tag.getall("CTOC")] == ["toc"]


def test_more_than_255_chapters_are_listed_in_parts() -> None:
    tag = read(id3_tag(timeline([f"{n}" for n in range(600)])))
    assert tag["CTOC:toc"].child_element_ids == ["toc1", "toc2", "toc3"]
    assert [len(tag[f"CTOC:toc{part}"].child_element_ids) for part in (1, 2, 3)] == [255, 255, 90]
    assert tag["CTOC:toc2"].flags == 0b01
    assert str(tag["CTOC:toc2"].sub_frames["TIT2"]) == "255"
    assert len(tag.getall("CHAP")) == 600


def test_without_chapters_there_is_no_table_of_contents() -> None:
    tag = read(id3_tag(timeline([])))
    assert not tag.getall("CTOC")


def test_the_cover_is_the_front_cover() -> None:
    cover = read(id3_tag(timeline(), b"\x89PNG..."))["APIC:"]
    assert (cover.mime, cover.type, cover.data) == ("image/png", 3, b"\x89PNG...")


def test_the_words_are_lyrics_with_their_times() -> None:
    words = read(id3_tag(timeline())).getall("USLT")[0]
    assert words.lang == "eng"
    assert words.text == "[00:01.23] Lie down.\n[62:05.67] Done for today."


def test_sounds_have_no_words() -> None:
    assert "bell" not in lyrics(timeline())


@pytest.mark.parametrize(
    ("language", "code"), [("de", "deu"), ("en-GB", "eng"), ("pt_BR", "por"), ("eo", "XXX")]
)
def test_the_language_is_named_by_three_letters(language: str, code: str) -> None:
    assert read(id3_tag(timeline(language=language))).getall("USLT")[0].lang == code
