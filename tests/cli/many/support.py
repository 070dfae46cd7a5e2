"""Scripts and plans that the tests of many renders share, and what is in their files."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User

TONES = """\
title: Tones
steps:
  - sound: bell
  - childs-pose: {hold: 2-4s, talk: tones}
"""
"""Nothing in it is spoken when the safety rules are left out."""

HELLO = """\
title: Hello
opening: Hello {name}, lie down.
steps:
  - pause: 2s
"""

BROKEN = """\
title: Broken
steps:
  - sound: bel
"""


def files(user: User, folder: str) -> list[str]:
    """The audio files below one of the user's folders, and what was left of one that was not finished."""
    found = (user.folder / folder).rglob("*")
    return sorted(
        str(path.relative_to(user.folder / folder))
        for path in found
        if path.is_file() and path.suffix != ".jsonl"
    )


def spoken(path: Path) -> str:
    """The narration of an MP3, a line a sentence."""
    id3: Any = import_module("mutagen.id3")
    lines = id3.ID3(path).getall("USLT")[0].text.splitlines()
    return "\n".join(line.partition("]")[2].strip() for line in lines)


def bitrate_and_seconds(path: Path) -> tuple[int, float]:
    """The bit rate of an MP3 in bit/s, and how long it is."""
    mp3: Any = import_module("mutagen.mp3")
    info = mp3.MP3(path).info
    return info.bitrate, info.length
