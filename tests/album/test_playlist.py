"""A playlist is extended M3U: lengths in whole seconds, a title a line, paths with `/`."""

from __future__ import annotations

from voiceguide.album.playlist import Entry, m3u8


def test_it_has_a_title_and_two_lines_a_file() -> None:
    entries = [Entry("01 Évening.mp3", "Évening, slow", 61_499), Entry("02 Bow/01 Bow.mp3", "Bow", 61_500)]
    assert m3u8("My album", entries) == (
        "#EXTM3U\n"
        "#PLAYLIST:My album\n"
        "#EXTINF:61,voiceguide - Évening, slow\n"
        "01 Évening.mp3\n"
        "#EXTINF:62,voiceguide - Bow\n"
        "02 Bow/01 Bow.mp3\n"
    )


def test_a_title_cannot_begin_another_line() -> None:
    assert m3u8("a\nb", [Entry("1.mp3", "c\r\nd.mp3\t", 1_000)]) == (
        "#EXTM3U\n#PLAYLIST:a b\n#EXTINF:1,voiceguide - c d.mp3\n1.mp3\n"
    )
