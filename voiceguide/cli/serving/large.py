"""Pictures of sessions as large as podcast applications ask for: drawn when one is asked for, and a few kept in memory."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from voiceguide.errors import ScriptError
from voiceguide.timeline_json import from_json

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 1_500
"""Pixels of each side: Apple asks for 1,400 to 3,000."""
MOST = 8


class LargeCovers:
    """Draws one at a time, for any number of threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._drawing = threading.Lock()
        self._drawn: dict[str, bytes] = {}

    def get(self, identity: str, timeline: Path) -> bytes | None:
        """The picture of a session as a PNG, from the file of its timeline; None where that is gone."""
        from voiceguide.audio.cover import draw_cover  # noqa: PLC0415 (Pillow is slow to import)

        with self._drawing:
            drawn = self._drawn.pop(identity, None)
            if drawn is None:
                try:
                    drawn = draw_cover(from_json(timeline.read_text(encoding="utf-8")), SIZE)
                except (OSError, ValueError, ScriptError):
                    return None
            # The one that was asked for last is the last to go.
            self._drawn[identity] = drawn
            for old in list(self._drawn)[: -self._most]:
                del self._drawn[old]
            return drawn
