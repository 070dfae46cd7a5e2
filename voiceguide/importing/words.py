"""The words of other timers' files: made fit for a script, and which of them mean a rest."""

from __future__ import annotations

import re
import unicodedata

MAX_WORDS = 200
"""Characters of a name: what is longer is cut. Nobody hears the end of it before the time is over."""
_BRACES = str.maketrans("{}", "()")
_UNWANTED = ("Cc", "Cs", "Cn", "Co")
_BYTE_ORDER_MARK = "\ufeff"
_RESTS = (
    *("rest", "resting", "break", "recover", "recovery", "pause", "relax"),
    *("ruhe", "erholung", "erholen", "ausruhen"),
    *("descanso", "descansar", "pausa", "repos", "récupération", "riposo", "recupero"),
)
_REST = re.compile(
    rf"(?:{'|'.join(_RESTS)})(?:\s*[.!:,–-].*|\s+(?:for|before|until|of|vor|bis|für)\b.*|\s+[0-9].*)?",
    re.IGNORECASE,
)
_READY = re.compile(r"get ready\b.*", re.IGNORECASE)
_SENTENCE = re.compile(r".*[.!?…]", re.DOTALL)


def tidied(text: str) -> str:
    """The words in one line, without what a script refuses: control characters, and braces, which have a meaning there."""
    kept = "".join(" " if character.isspace() else character for character in text if _is_kept(character))
    words = " ".join(kept.translate(_BRACES).split())
    return words if len(words) <= MAX_WORDS else f"{words[: MAX_WORDS - 1].rstrip()}…"


def is_said(words: str) -> bool:
    """Whether a voice can say anything of the words."""
    return any(character.isalnum() for character in words)


def is_rest(words: str) -> bool:
    """Whether an interval of these words is no exercise: a rest by its name, or a sentence to be listened to."""
    return bool(_REST.fullmatch(words) or _READY.fullmatch(words) or _SENTENCE.fullmatch(words))


def is_plain_rest(words: str) -> bool:
    """Whether the words only say that this is a rest."""
    return words.strip(" .!").casefold() in _RESTS


def _is_kept(character: str) -> bool:
    return character.isspace() or (
        unicodedata.category(character) not in _UNWANTED and character != _BYTE_ORDER_MARK
    )
