"""The ID3v2.3 tag of a session: title, cover, chapters, and its narration as lyrics."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from voiceguide.album.lrc import lyrics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.timeline import Chapter, Timeline

ARTIST = "voiceguide"
ALBUM = "voiceguide"
GENRE = "Speech"

_UTF16 = 1  # the only encoding of v2.3 with every letter
_NO_OFFSET = 0xFFFFFFFF  # "use the times": ID3v2 Chapter Frame Addendum 1.0
_TOP_LEVEL, _ORDERED = 0b10, 0b01
_MOST_ENTRIES = 255  # CTOC counts them in one byte
_FRONT_COVER = 3

# ISO 639-2 codes for the 639-1 ones that a routine names; ID3 wants three letters.
_LANGUAGES = {
    "cs": "ces", "da": "dan", "de": "deu", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra", "it": "ita",
    "nb": "nob", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe", "tr": "tur",
}  # fmt: skip


@dataclass(frozen=True)
class Label:
    """Where a file is filed: its album, and its track there, of how many where that is known."""

    album: str = ALBUM
    track: int | None = None
    tracks: int | None = None

    @property
    def numbers(self) -> str | None:
        """The track as tags have it, `3` or `3/12`."""
        return None if self.track is None else f"{self.track}{f'/{self.tracks}' if self.tracks else ''}"


NO_LABEL = Label()
"""That of a file that stands alone."""


def id3_tag(timeline: Timeline, cover_png: bytes | None = None, label: Label = NO_LABEL) -> bytes:
    """The whole tag, without padding, to stand before the first MP3 frame.

    Chapters are CHAP frames in order of time behind an ordered top-level CTOC. A CTOC holds at most 255 entries:
    a longer session gets one CTOC for each 255 chapters, named after its first, and a top-level one over them.
    """
    body = b"".join(map(_encoded, _frames(timeline, cover_png, label)))
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def _frames(timeline: Timeline, cover_png: bytes | None, label: Label) -> Iterator[Any]:
    id3 = _mutagen_id3()
    language = _LANGUAGES.get(timeline.language.replace("_", "-").split("-")[0].lower(), "XXX")
    yield id3.TIT2(encoding=_UTF16, text=timeline.title)
    yield id3.TPE1(encoding=_UTF16, text=ARTIST)
    yield id3.TALB(encoding=_UTF16, text=label.album)
    if label.numbers:
        yield id3.TRCK(encoding=0, text=label.numbers)
    yield id3.TCON(encoding=_UTF16, text=GENRE)
    yield id3.TLAN(encoding=_UTF16, text=language)
    yield id3.TLEN(encoding=_UTF16, text=str(timeline.duration_ms))
    yield from _chapter_frames(timeline.title, timeline.chapters)
    if cover_png is not None:
        yield id3.APIC(encoding=0, mime="image/png", type=_FRONT_COVER, desc="", data=cover_png)
    words = lyrics(timeline)
    if words:
        yield id3.USLT(encoding=_UTF16, lang=language, desc="", text=words)


def _chapter_frames(title: str, chapters: tuple[Chapter, ...]) -> Iterator[Any]:
    """The table of contents, then the chapters."""
    id3 = _mutagen_id3()

    def contents(name: str, flags: int, entries: list[str], heading: str) -> Any:
        sub_frames = [id3.TIT2(encoding=_UTF16, text=heading)]
        return id3.CTOC(element_id=name, flags=flags, child_element_ids=entries, sub_frames=sub_frames)

    names = [f"chp{number}" for number in range(1, len(chapters) + 1)]
    if len(chapters) > _MOST_ENTRIES:
        parts = range(0, len(chapters), _MOST_ENTRIES)
        part_names = [f"toc{number}" for number in range(1, len(parts) + 1)]
        yield contents("toc", _TOP_LEVEL | _ORDERED, part_names, title)
        for part, name in zip(parts, part_names, strict=True):
            yield contents(name, _ORDERED, names[part : part + _MOST_ENTRIES], chapters[part].title)
    elif chapters:
        yield contents("toc", _TOP_LEVEL | _ORDERED, names, title)
    for name, chapter in zip(names, chapters, strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=_UTF16, text=chapter.title)],
        )


def _encoded(frame: Any) -> bytes:
    """The frame's bytes: mutagen orders the frames of a tag by size, so each is written as a tag of its own."""
    tag = _mutagen_id3().ID3()
    tag.add(frame)
    file = BytesIO()
    tag.save(file, v2_version=3, padding=lambda _: 0)
    return file.getvalue()[10:]


def _mutagen_id3() -> Any:
    """The module mutagen.id3, which has no types, when a render needs it."""
    return import_module("mutagen.id3")
