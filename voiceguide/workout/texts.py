"""How long the texts of a workout may be, and cutting them to it."""

from __future__ import annotations

NAME_BYTES = 49
"""Bytes of UTF-8 in the name of a workout or step: fields of 50 with the zero at their end, which watches are seen to show."""
NOTES_BYTES = 199
"""Bytes of UTF-8 in the notes of a step: Garmin Connect writes fields of 200 with the zero at their end."""
DESCRIPTION_BYTES = 254
"""Bytes of UTF-8 in any text: the size of a field is one byte, and a zero ends it (FIT protocol, field definition)."""
_CUT = "…"


def cut(text: str, most: int) -> str:
    """The text in at most so many bytes of UTF-8: cut after a whole character, and marked where it was."""
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[: most - len(_CUT.encode())].decode(errors="ignore")
    return kept.rstrip() + _CUT
