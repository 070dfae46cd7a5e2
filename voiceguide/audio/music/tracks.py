"""Tracks: which files a piece of music is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path

DECODED_HERE = (".flac", ".mp3", ".ogg", ".wav")
"""The suffixes that need no ffmpeg."""

SUFFIXES = (
    *DECODED_HERE,
    ".aac",
    ".aif",
    ".aiff",
    ".m4a",
    ".m4b",
    ".mka",
    ".mp4",
    ".oga",
    ".opus",
    ".webm",
    ".wma",
)
"""The suffixes by which a file of a folder is taken for music."""


def tracks(path: Path) -> tuple[Path, ...]:
    """The file itself, or the music files right in the folder in the order of their names.

    Other files of a folder, and hidden ones, are left out. Raises OutputError: `unreadable-music` for a folder that
    cannot be looked into, `no-music` for one with no music in it.
    """
    try:
        if not path.is_dir():
            return (path,)
        found = tuple(sorted(filter(_is_music, path.iterdir()), key=_by_name))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("unreadable-music", path=path, reason=reason)) from error
    if not found:
        raise OutputError(problem("no-music", path=path, known=", ".join(DECODED_HERE)))
    return found


def _by_name(path: Path) -> tuple[str, str]:
    return path.name.casefold(), path.name


def _is_music(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()
