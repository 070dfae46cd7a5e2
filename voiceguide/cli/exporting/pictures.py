"""Covers as files in a folder, where players look for them: with the mark of this program in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.cli.many.marks import marked
from voiceguide.timeline import Chapter, Span, Timeline, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable

COVER = "cover.png"
SIZE = 1_500
"""Pixels of each side of an album's cover: Apple asks for 1,400 of a podcast."""


def album_cover(title: str, lengths_ms: Iterable[int]) -> bytes:
    """The cover of an album as a PNG: a bright arc for each of its tracks, as long as the track."""
    from voiceguide.audio.cover import draw_cover  # noqa: PLC0415 (Pillow is slow to import)

    chapters: list[Chapter] = []
    at_ms = 0
    for length_ms in lengths_ms:
        chapters.append(Chapter("", at_ms, at_ms + length_ms))
        at_ms += length_ms
    work = tuple(Span("hold", chapter.start_ms, chapter.end_ms) for chapter in chapters)
    album = Timeline(title, "en", Voice("", "", 0), at_ms, tuple(chapters), work, ())
    return marked(draw_cover(album, SIZE))
