"""The phases of a rep: their words in each language, and the words of breath said in their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from voiceguide.model import HOLD_PHASE, BreathWord
from voiceguide.script.doses import named_phases
from voiceguide.script.keys import BREATH_WORDS
from voiceguide.script.texts import PHASE, Text, read_text

if TYPE_CHECKING:
    from voiceguide.script.sentences import Texts


def read_phases(texts: Texts, language: str) -> tuple[str, ...] | None:
    """The words of the phases; None where one of them cannot be read, so that their number is not known."""
    found = [_phase(texts, index) for index in range(len(texts.nodes("phases")))]
    phases = [phase for phase in found if phase]
    seen: set[tuple[str | None, str]] = set()
    for phase in phases:
        for spoken_in, words in phase.every():
            if (spoken_in, words.text) in seen and words.place:
                texts.fields.report("phase-twice", words.place, phase=words.text)
            seen.add((spoken_in, words.text))
    texts.spoken += phases
    if len(phases) < len(found):
        return None
    return tuple(phase.words(language).text for phase in phases)


def read_breathing(texts: Texts, phases: tuple[str, ...] | None) -> tuple[BreathWord, ...]:
    """The word of breath of each phase; none where none is written, or where there is not one for each phase."""
    fields = texts.fields
    words = fields.some_of("breathing", BREATH_WORDS, "word of breath")
    if not words or phases is None or len(words) < len(texts.nodes("breathing")):
        return ()
    if len(words) != max(1, len(phases)):
        place = fields.values["breathing"].place
        wanted = max(1, len(phases))
        fields.report(
            "breathing-phases", place, written=len(words), wanted=wanted, named=named_phases(phases)
        )
        return ()
    return cast("tuple[BreathWord, ...]", words)


def _phase(texts: Texts, index: int) -> Text | None:
    """The word of a phase; `hold` is the same in every language."""
    phase = read_text(texts.nodes("phases")[index], texts.fields.keys["phases"], texts.scope, PHASE)
    if phase is None:
        return None
    holds = [words for _, words in phase.every() if words.text == HOLD_PHASE]
    if not holds:
        return phase
    if len(holds) < len(phase.every()):
        texts.fields.report("hold-phase-translated", phase.place)
        return None
    return replace(phase, forms={}, always=holds[0])
