"""Names of files that every file system takes: made from a listener and a routine, or checked as they were written."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath

LONGEST_PART = 100
_LONGEST_BYTES = 240
_FROM_NAME, _BYTES_FROM_NAME = 40, 100
_IN_A_FOLDER = 1000
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
# Devices of Windows, which no file may be called after.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def made_name(number: int, name: str, routine: str) -> str:
    """The file of a row: its number, the listener and the routine, so that rows of one listener are told apart.

    From the thousandth on each thousand has a folder: one with a hundred thousand files is slow to work with.
    """
    parts = (f"{number:04}", _plain(name), _plain(Path(routine).stem))
    file = f"{'-'.join(part for part in parts if part)}.mp3"
    return file if number < _IN_A_FOLDER else f"{number // _IN_A_FOLDER * _IN_A_FOLDER}/{file}"


def unsafe(written: str) -> str | None:
    """Why a path below a folder may not be a file's everywhere, None where it may."""
    return next((reason for part in written.split("/") if (reason := _unsafe_part(part))), None)


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


def with_suffix(written: str) -> str:
    """The path with the suffix of an MP3 where it has none."""
    return written if PurePosixPath(written).suffix else f"{written}.mp3"


def same_file(path: str) -> str:
    """What two paths have in common that are one file on some file system: case, and how accents are written."""
    return unicodedata.normalize("NFC", path).casefold()


def _plain(words: str) -> str:
    """The letters and digits of words, hyphens between them."""
    text = unicodedata.normalize("NFC", words)
    kept = "".join(character if character.isalnum() else " " for character in text)
    cut = "-".join(kept.split())[:_FROM_NAME].encode("utf-8", "ignore")[:_BYTES_FROM_NAME]
    return cut.decode("utf-8", "ignore").strip("-")
