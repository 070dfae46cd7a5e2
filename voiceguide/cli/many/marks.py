"""The mark of this program in each kind of file that it writes beside others: at its own place, so that no word is taken for it."""

from __future__ import annotations

import re
import struct
import zlib
from itertools import islice
from typing import TYPE_CHECKING

from voiceguide.album.chapters import BEGINNING
from voiceguide.album.transcript import HEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MARK = "voiceguide"
"""The artist of a tag, the name of the program."""

# A title of 1,000 letters may go before the artist; in an audiobook, a table of all its packets.
_NEAR_BYTES, _FAR_BYTES = 16_384, 8_000_000
_FAR = (".m4b", ".m3u8")

_ID3 = b"ID3\x03\0\0"
_ID3_HEADER = 10
_ARTIST_ID3 = b"\x01\xff\xfe" + f"{MARK}\0".encode("utf-16-le")
# The atom of the artist, and in it that of the text, which is of kind 1 (UTF-8).
_ARTIST_MP4 = (
    struct.pack(">I4sI4sII", 24 + len(MARK), b"\xa9ART", 16 + len(MARK), b"data", 1, 0) + MARK.encode()
)
_SOFTWARE = b"tEXtSoftware\0" + MARK.encode()
_SOFTWARE_CHUNK = struct.pack(">I", len(_SOFTWARE) - 4) + _SOFTWARE + struct.pack(">I", zlib.crc32(_SOFTWARE))
# The signature of a PNG and its first chunk, IHDR, have one length.
_PNG_HEADER_BYTES = 8 + 25
_LRC = re.compile(
    rb"\[ti:[^\n]*\]\n\[ar:voiceguide\]\n\[al:[^\n]*\]\n\[length:\d+:\d\d\]\n\[re:voiceguide\]\n"
)
# All of it: one track of others, or one line more, is of somebody's own list.
_M3U8 = re.compile(rb"#EXTM3U\n#PLAYLIST:[^\n]*\n(?:#EXTINF:\d+,voiceguide - [^\n]*\n[^#\n][^\n]*\n)*")


def has_mark(path: Path) -> bool:
    """Whether a file of a kind that is written has the mark; raises OSError where it cannot be read."""
    kind = next((suffix for suffix in _MARKS if path.name.lower().endswith(suffix)), None)
    if kind is None:
        return False
    with path.open("rb") as file:
        head = file.read(_FAR_BYTES if kind in _FAR else _NEAR_BYTES)
    return _MARKS[kind](head)


def marked(png: bytes) -> bytes:
    """The picture with our mark (the PNG specification's keyword `Software`) as its first chunk of text."""
    return png[:_PNG_HEADER_BYTES] + _SOFTWARE_CHUNK + png[_PNG_HEADER_BYTES:]


def _in_mp3(head: bytes) -> bool:
    """Whether the second frame of an ID3v2.3 tag, behind the title, names us as the artist."""
    if not head.startswith(_ID3):
        return False
    return list(islice(_frames(head), 2))[1:] == [(b"TPE1", _ARTIST_ID3)]


def _frames(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The frames of a tag as far as they are there: a name, four bytes of size, two of flags, and what is in it."""
    at = _ID3_HEADER
    while at + _ID3_HEADER <= len(head):
        size = int.from_bytes(head[at + 4 : at + 8], "big")
        start = at + _ID3_HEADER
        yield head[at : at + 4], head[start : start + size]
        at = start + size


def _in_m4b(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and _ARTIST_MP4 in head


_MARKS: dict[str, Callable[[bytes], bool]] = {
    ".mp3": _in_mp3,
    ".m4b": _in_m4b,
    ".lrc": lambda head: _LRC.match(head) is not None,
    ".m3u8": lambda head: _M3U8.fullmatch(head) is not None,
    ".png": lambda head: head[_PNG_HEADER_BYTES:].startswith(_SOFTWARE_CHUNK),
    ".chapters.json": lambda head: head.startswith(BEGINNING.encode()),
    ".vtt": lambda head: head.startswith(f"{HEADER}\n".encode()),
}
