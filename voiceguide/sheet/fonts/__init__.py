"""The fonts of a printed sheet, and which letters they have."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

REGULAR, BOLD = "Roboto-Regular", "Roboto-Bold"
_SPACES = re.compile(" {2,}")
# Spaces at which no line ends.
_UNBROKEN = "\u00a0\u202f"
_NO_LETTER = "\ufffd"
# Format and control characters, unassigned ones, and marks that only change the look of the one before.
_UNSEEN = ("Cf", "Cc", "Cn", "Co", "Cs")
_VARIATIONS = range(0xFE00, 0xFE10)
_PICTURES = ("So", "Sk")


@cache
def load_fonts() -> frozenset[int]:
    """Make the fonts known to reportlab; gives the code points that both have."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 (slow to import)
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 (as above)

    fonts = [TTFont(name, str(Path(__file__).with_name(f"{name}.ttf"))) for name in (REGULAR, BOLD)]
    for font in fonts:
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))


class Letters:
    """What can be printed of texts, and what of them could not be so far."""

    def __init__(self) -> None:
        self._known = load_fonts()
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> str:
        """The characters that no font has, each once, in the order in which they came."""
        return "".join(self._missing)

    def printed(self, text: str) -> str:
        """The text in letters that there are: a picture that is missing is left out, a letter becomes `\ufffd`."""
        printed = "".join(map(self._one, unicodedata.normalize("NFC", text)))
        return _SPACES.sub(" ", printed).strip()

    def _one(self, character: str) -> str:
        if ord(character) in self._known and (character.isprintable() or character in _UNBROKEN):
            return character
        if character.isspace():
            return " "
        kind = unicodedata.category(character)
        if kind in _UNSEEN or ord(character) in _VARIATIONS:
            return ""
        self._missing[character] = None
        return "" if kind in _PICTURES else _NO_LETTER
