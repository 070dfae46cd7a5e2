"""Chapters as podcast applications read them: the JSON chapters of Podcasting 2.0, version 1.2.0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.timeline import Chapter, Timeline

MIME = "application/json+chapters"
"""The type that a feed names them by."""
BEGINNING = '{\n  "version": "1.2.0",\n  "author": "voiceguide",\n  "chapters": [\n'
"""What stands before the first chapter; the author tells whose file it is."""


def chapters_json(timeline: Timeline) -> str:
    """The chapters of a timeline as JSON text, one a line, their starts in seconds to the ms.

    The form is that of chapters/jsonChapters.md in the podcast namespace.
    """
    lines = ",\n".join(f"    {_line(chapter)}" for chapter in timeline.chapters)
    return f"{BEGINNING}{lines}\n  ]\n}}\n"


def _line(chapter: Chapter) -> str:
    return json.dumps({"startTime": _seconds(chapter.start_ms), "title": chapter.title}, ensure_ascii=False)


def _seconds(ms: int) -> int | float:
    """A time in seconds: one division of a whole number is written with the three places that it has."""
    return ms // 1_000 if ms % 1_000 == 0 else ms / 1_000
