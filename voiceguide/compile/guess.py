"""How long a clip will about be that nobody has measured yet: enough to show how much of a session is left."""

from __future__ import annotations

from voiceguide.timeline import Source, Speech

# The four default voices at their usual rate need 53 (French) to 75 (English), all texts of the shipped routines together 63.
CHARACTER_MS = 65
CLIP_MS = 2_000


def guessed_ms(source: Source) -> int:
    """A length in ms: of a text by its characters, of a sound or a recording the same for all."""
    return CHARACTER_MS * len(source.text) if isinstance(source, Speech) else CLIP_MS
