"""Names that every file system takes: made from titles, or checked as they were written."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_PART = 100
"""Characters of a name that somebody writes."""
LONGEST_TITLE = 80
"""Characters of a name made from a title: room is left for a number, a suffix, and the folders above it."""

_LONGEST_BYTES = 240
# In UTF-8. Apple's file systems count 255 units of UTF-16 with every accent apart, of which three bytes may have four.
_LONGEST_TITLE_BYTES = 150
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
# Devices of Windows, which no file may be called after, whatever its suffix; a space before that does not count.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?", re.IGNORECASE)

# What of ASCII no file system, playlist or address takes for anything else.
_KEPT = frozenset(" -_.,'()&+!")
_INSTEAD = str.maketrans(
    {
        "/": "-", "\\": "-", "|": "-", ":": "-", "‘": "'", "’": "'", "`": "'", '"': "'", "“": "'", "”": "'", "„": "'",
        "[": "(", "]": ")", "{": "(", "}": ")", "·": " ", "…": " ",
    }
)  # fmt: skip
_COLON = re.compile(r":(?=\s)")
_MOST_MARKS = 3
_OF_SYMBOLS = re.compile("[\u20d0-\u20ff\ufe00-\ufe0f]")
# Letters by their kind, which are shown as nothing (Unicode's Default_Ignorable_Code_Point).
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_LAST_RESORT = "Routine"


def title_name(*titles: str) -> str:
    """The first of the titles of which a name is left, as a file's: without a suffix, and never empty.

    Composed (NFC) letters with their accents, digits and plain punctuation are left; no emoji, nothing that is a sign to
    some system, no name that Windows keeps for itself.
    """
    found = _first_spelled(titles)
    return f"_{found}" if _RESERVED.fullmatch(found) else found


def numbered_name(number: int, *titles: str, of: int = 0) -> str:
    """The same behind its number, among so many where that is known, so that they are sorted: `07 Child's pose`."""
    return f"{number:0{max(2, len(str(of)))}} {_first_spelled(titles)}"


def distinct_name(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, or the same with the first number behind it that makes it one that is not taken: `Evening (2)`."""
    return next(one for one in _variants(name) if not is_taken(one))


def unsafe(written: str) -> str | None:
    """Why a path below a folder may not be a file's everywhere, None where it may."""
    return next((reason for part in written.split("/") if (reason := _unsafe_part(part))), None)


def same_file(path: str) -> str:
    """What two paths have in common that are one file on some file system: case, and how accents are written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _unsafe_part(part: str) -> str | None:
    if part in ("", ".", ".."):
        return "it is not below the folder"
    if found := _UNSAFE.search(part):
        shown = found.group() if found.group().isprintable() else f"U+{ord(found.group()):04X}"
        return f"'{shown}' cannot stand in a name"
    if part.startswith(".") or part != part.rstrip(". "):
        return "a name does not begin or end with a dot, or end with a space"
    if _RESERVED.fullmatch(part):
        return "Windows keeps this name for itself"
    if len(part) > LONGEST_PART or len(part.encode("utf-8", "surrogatepass")) > _LONGEST_BYTES:
        return f"a name has at most {LONGEST_PART} characters"
    return None


def _variants(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _first_spelled(titles: tuple[str, ...]) -> str:
    return next((name for title in titles if (name := _spelled(title))), _LAST_RESORT)


def _spelled(title: str) -> str:
    text = _COLON.sub(" - ", unicodedata.normalize("NFC", title)).translate(_INSTEAD)
    # What stood between a letter and its accent may be gone.
    words = unicodedata.normalize("NFC", " ".join("".join(_kept(text)).split()))
    # Where something stood between two hyphens that is not kept, one is enough.
    return _cut(re.sub(r"-(?: ?-)+", "-", words).strip(" .-_,"))


def _kept(text: str) -> Iterator[str]:
    """The characters that stay, a space for each that does not; an accent stays behind its letter only."""
    marks = None  # of the letter before; None where there is none
    for character in text:
        kind = unicodedata.category(character)
        if character in _INVISIBLE:
            continue
        if kind[0] == "L":
            marks = 0
            yield character
        elif kind in ("Mn", "Mc"):
            if marks is not None and marks < _MOST_MARKS and not _OF_SYMBOLS.match(character):
                marks += 1
                yield character
        elif kind not in ("Cf", "Me"):
            marks = None
            yield character if kind[0] == "N" or character in _KEPT else "-" if kind == "Pd" else " "


def _cut(name: str) -> str:
    """The name at its longest, never cut between a letter and its accents."""
    end = min(len(name), LONGEST_TITLE)
    while (
        len(name[:end].encode()) > _LONGEST_TITLE_BYTES
        or unicodedata.category(name[end : end + 1] or " ")[0] == "M"
    ):
        end -= 1
    return name[:end].rstrip(" .-_,")
