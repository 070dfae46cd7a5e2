"""How long a clip will about be that nobody has measured yet: enough to show how much of a session is left."""

from __future__ import annotations

from voiceguide.timeline import Source, Speech

# The four default voices at their usual rate need 53 (French) to 75 (English), all texts of the shipped routines together 63.
CHARACTER_MS = 65
# With these the shipped routines come out within six seconds of what they are with the default voices.
LANGUAGE_MS = {"de": 66, "en": 68, "es": 66, "fr": 54}
CLIP_MS = 2_000


def guessed_ms(source: Source, language: str | None = None) -> int:
    """A length in ms: of a text by its characters, and its language where one is given; of a sound or a recording the same for all.

    `language` is that of texts that have none of their own.
    """
    if not isinstance(source, Speech):
        return CLIP_MS
    character_ms = (
        CHARACTER_MS if language is None else LANGUAGE_MS.get(source.language or language, CHARACTER_MS)
    )
    return character_ms * len(source.text)
