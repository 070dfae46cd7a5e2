"""The sheet's own words, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.sheet.labels.de import GERMAN
from voiceguide.sheet.labels.en import ENGLISH
from voiceguide.sheet.labels.es import SPANISH
from voiceguide.sheet.labels.fr import FRENCH

if TYPE_CHECKING:
    from voiceguide.sheet.labels.labels import Labels

LABELS: dict[str, Labels] = {"en": ENGLISH, "de": GERMAN, "es": SPANISH, "fr": FRENCH}
"""Every language of `phrases.LANGUAGES`."""
