"""The ffmpeg program: where it is."""

from __future__ import annotations

import importlib.util
import shutil

from voiceguide.errors import OutputError
from voiceguide.wording import problem


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
