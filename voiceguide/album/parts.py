"""A session in parts: each chapter as a session of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from voiceguide.timeline import Cue, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.timeline import Chapter, Timeline

T = TypeVar("T", Cue, Span)


def parts(timeline: Timeline) -> Iterator[tuple[int, Timeline]]:
    """Where each chapter begins in ms, and what it is from there: called after the chapter, and without chapters.

    A cue or span is in the part in which it begins, cut at its end; a chapter that lasts no time is no part.
    """
    for chapter in timeline.chapters:
        if chapter.end_ms > chapter.start_ms:
            yield (
                chapter.start_ms,
                replace(
                    timeline,
                    title=chapter.title,
                    duration_ms=chapter.end_ms - chapter.start_ms,
                    chapters=(),
                    spans=tuple(_inside(timeline.spans, chapter)),
                    cues=tuple(_inside(timeline.cues, chapter)),
                ),
            )


def _inside(items: Iterable[T], chapter: Chapter) -> Iterator[T]:
    for item in items:
        if chapter.start_ms <= item.start_ms < chapter.end_ms:
            start_ms = item.start_ms - chapter.start_ms
            end_ms = min(item.end_ms, chapter.end_ms) - chapter.start_ms
            yield replace(item, start_ms=start_ms, end_ms=end_ms)
