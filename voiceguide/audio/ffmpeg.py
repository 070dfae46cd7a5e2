"""The ffmpeg program: where it is."""

from __future__ import annotations

import importlib.util
import shutil
from typing import TYPE_CHECKING

from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path


# What is read of others: kinds that hold their sound themselves. A playlist, whatever its name, would lead to other files.
_KINDS = "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,flac,matroska,mov,mp3,mpc,mpc8,mpegts,ogg,tta,w64,wav,wv"


def reading(path: Path) -> tuple[str, ...]:
    """The arguments by which ffmpeg reads an audio file, and nothing that the file may name (option format_whitelist)."""
    # The prefix keeps a name with a colon from being taken for an address.
    return ("-format_whitelist", _KINDS, "-i", f"file:{path}", "-map", "0:a:0")


def find_ffmpeg() -> str | None:
    """The path of ffmpeg: the one on PATH, else the one that the extra `voiceguide[ffmpeg]` brings, else None."""
    found = shutil.which("ffmpeg")
    if found is None and importlib.util.find_spec("imageio_ffmpeg"):
        import imageio_ffmpeg  # noqa: PLC0415 (an extra: it may not be there)

        try:
            found = imageio_ffmpeg.get_ffmpeg_exe()
        except RuntimeError:  # its wheel for this system carries no program
            return None
    return found


def need_ffmpeg(what: str) -> str:
    """The path of ffmpeg; raises OutputError `no-ffmpeg` that says for `what` it is needed, and how to get it."""
    found = find_ffmpeg()
    if found is None:
        raise OutputError(problem("no-ffmpeg", what=what))
    return found
