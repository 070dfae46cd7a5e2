"""Names of files that are made from a listener and a routine."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath

_FROM_NAME, _BYTES_FROM_NAME = 40, 100
_IN_A_FOLDER = 1000


def made_name(number: int, name: str, routine: str) -> str:
    """The file of a row: its number, the listener and the routine, so that rows of one listener are told apart.

    From the thousandth on each thousand has a folder: one with a hundred thousand files is slow to work with.
    """
    parts = (f"{number:04}", _plain(name), _plain(Path(routine).stem))
    file = f"{'-'.join(part for part in parts if part)}.mp3"
    return file if number < _IN_A_FOLDER else f"{number // _IN_A_FOLDER * _IN_A_FOLDER}/{file}"


def with_suffix(written: str) -> str:
    """The path with the suffix of an MP3 where it has none."""
    return written if PurePosixPath(written).suffix else f"{written}.mp3"


def _plain(words: str) -> str:
    """The letters and digits of words, hyphens between them."""
    text = unicodedata.normalize("NFC", words)
    kept = "".join(character if character.isalnum() else " " for character in text)
    cut = "-".join(kept.split())[:_FROM_NAME].encode("utf-8", "ignore")[:_BYTES_FROM_NAME]
    return cut.decode("utf-8", "ignore").strip("-")
