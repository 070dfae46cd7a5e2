"""Addressing the listener: what `{name}` becomes in an author's sentence, and what is left of it without a name."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 80
"""Characters that a listener's name has at most."""
_NAME = re.compile(r"\{\s*name\s*\}")
_SENTENCE_START = re.compile(r"(^|[.!?…]\s)\s*[\"'“„«(¡¿]*\s*$")
_CLAUSE_START = re.compile(r"[:;—–]\s*$")
# An address that is a sentence of its own, "Anna!", goes with its marks.
_OWN_MARKS = re.compile(r"\s*[.!?…]+\s*")
_OPENING_MARKS = re.compile(r"[¡¿]\s*$")
_SET_OFF = re.compile(r"\s*[,;:]?\s*")
_CLOSED = re.compile(r"\s*([,.;:!?…)\]”»\"]|$)")
_COMMA = re.compile(r"\s*,\s*$")
_JOINED = re.compile(rf"(?<=[\w'’-]){_NAME.pattern}|{_NAME.pattern}(?=[\w'’-])")
# Letters of some scripts are joined or kept apart by these.
_JOINERS = "\u200c\u200d"


def listener_name(written: str) -> str:
    """A name as it is spoken: one line, without braces and without characters that are never seen or heard.

    It may come out empty: then nobody is named.
    """
    kept = "".join(_heard(character) for character in unicodedata.normalize("NFC", written))
    return " ".join(kept.split())


def addressed(text: str, name: str | None) -> str:
    """The text with the listener's name where it says `{name}`; without a name it goes, and its comma with it."""
    if name:
        return _NAME.sub(lambda match: _begun(name) if _begins(match) else name, text)
    while match := _NAME.search(text):
        text = _without(text, match)
    return text


def joined_name(text: str) -> tuple[int, int] | None:
    """Where a text has `{name}` in a word, such as "{name}'s": without a name a part of the word would be left."""
    match = _JOINED.search(text)
    return match.span() if match else None


def names_alone(text: str) -> bool:
    """Whether nothing would be left to say of a text that has `{name}` if nobody is named."""
    return bool(_NAME.search(text)) and not re.search(r"\w", _NAME.sub("", text))


def _heard(character: str) -> str:
    if character in "{}":
        return ""
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return character if category[0] != "C" or character in _JOINERS else ""


def _without(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()], text[match.end() :]
    if _begins(match):
        alone = _OWN_MARKS.match(after)
        if alone:
            before, after = _OPENING_MARKS.sub("", before), after[alone.end() :]
        else:
            after = _SET_OFF.sub("", after, count=1)
        return f"{before}{_begun(after)}".strip()
    if _CLAUSE_START.search(before):
        return f"{before}{_SET_OFF.sub('', after, count=1)}"
    if _CLOSED.match(after):
        before = _COMMA.sub("", before)
    return f"{before.rstrip()}{after}"


def _begins(match: re.Match[str]) -> bool:
    return _SENTENCE_START.search(match.string[: match.start()]) is not None


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
