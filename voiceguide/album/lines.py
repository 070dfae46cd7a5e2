"""Texts as one line of what stands beside an MP3."""

from __future__ import annotations

import re

# Unicode's Bidi_Control: what turns the letters behind it round, those of the next field as well.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """The text without line breaks, and without the controls that change the direction it is shown in."""
    return " ".join(_TURNING.sub("", text).split())
