"""The tag of a session with its cover: drawn once, and then taken from where it is kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.audio.id3 import Label
    from voiceguide.audio.pieces import Kept
    from voiceguide.timeline import Timeline

DESIGN = 1
"""Part of the key of every kept tag: to be raised when `id3_tag` or `draw_cover` make another tag of the same session."""


def session_tag(timeline: Timeline, kept: Kept | None = None, label: Label | None = None) -> bytes:
    """The ID3 tag with title, cover, chapters and lyrics, without padding; from `kept` where it is there, put there if not."""
    key = _key(timeline, label)
    tag = kept.get(key) if kept else None
    if tag is None:
        # Drawing needs Pillow and mutagen, which take longer to import than to use.
        from voiceguide.audio.cover import draw_cover  # noqa: PLC0415 (see above)
        from voiceguide.audio.id3 import NO_LABEL, id3_tag  # noqa: PLC0415 (see above)

        tag = id3_tag(timeline, draw_cover(timeline), label or NO_LABEL)
        if kept:
            kept.put(key, tag)
    return tag


def _key(timeline: Timeline, label: Label | None) -> str:
    """A digest of the design, the whole timeline and the label: they are values all the way down, and shown as such."""
    return hashlib.sha256(repr((DESIGN, timeline, label)).encode("utf-8", "backslashreplace")).hexdigest()
