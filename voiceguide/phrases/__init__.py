"""The guide's own words, by language: data in, text out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from voiceguide.phrases.en import ENGLISH

if TYPE_CHECKING:
    from voiceguide.phrases.language import Language

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH,)}

Side = Literal["left", "right"]


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def duration(language: Language, ms: int) -> str:
    """A duration in words: "one minute thirty seconds"."""
    minutes, rest = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds = rest // 1_000 if rest % 1_000 == 0 else rest / 1_000
    parts = [
        language.counted(forms, number)
        for forms, number in (
            (language.hours, hours),
            (language.minutes, minutes),
            (language.seconds, seconds),
        )
        if number
    ]
    return " ".join(parts)


def dose(language: Language, sets: int, work: str, *, both_sides: bool, alternating: bool) -> str:
    """A dose as a sentence: "Two sets of thirty seconds, each side."; a single set is not counted."""
    words = work
    if sets > 1:
        words = language.sets_of.format(sets=language.counted(language.sets, sets), work=work)
    if both_sides:
        words = (language.alternating if alternating else language.each_side).format(dose=words)
    return sentence(words)


def resolve_sides(language: Language, text: str, side: Side | None) -> str:
    """The text with `{side}` and `{other}` in words."""
    if side is None:
        return text
    names = {"left": language.left, "right": language.right}
    other: Side = "right" if side == "left" else "left"
    return text.replace("{side}", names[side]).replace("{other}", names[other])
