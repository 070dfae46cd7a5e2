"""A playlist as phones and players read it: extended M3U in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.album.lines import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

ARTIST = "voiceguide"


class Entry(NamedTuple):
    """A file of a playlist by its path from there, what it is called, and how long it lasts in ms."""

    file: str
    title: str
    duration_ms: int


def m3u8(title: str, entries: Iterable[Entry]) -> str:
    """The playlist as text, lengths in whole seconds; a path with `/` between folders.

    After the draft "EXTM3U" forms that players share: `#PLAYLIST`, `#EXTINF:seconds,artist - title`.
    """
    lines = ["#EXTM3U", f"#PLAYLIST:{one_line(title)}"]
    for entry in entries:
        seconds = (entry.duration_ms + 500) // 1_000
        lines += [f"#EXTINF:{seconds},{ARTIST} - {one_line(entry.title)}", entry.file]
    return "\n".join([*lines, ""])
