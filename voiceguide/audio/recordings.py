"""Recordings: audio files of any kind as clips, cut and as loud as speech."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from voiceguide.audio.clip import Clip, resample, to_int16, trim
from voiceguide.audio.ffmpeg import need_ffmpeg
from voiceguide.audio.loudness import level
from voiceguide.audio.sounds import import_pydub, mono
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

LONGEST_S = 120
"""Seconds that a recording may last."""

# Two minutes of 24 bits in stereo at 192 kHz: pydub reads a file whole before it says how long it is.
_LARGEST_BYTES = LONGEST_S * 192_000 * 2 * 3


def load_recording(path: Path) -> Clip:
    """The audio file as a clip like one of speech: mixed to one channel, trimmed, levelled.

    WAV files of whole numbers are read as they are, all others through ffmpeg. Raises OutputError: `no-ffmpeg`, and
    `unreadable-recording` for a file that is missing, damaged, silent, without sound or longer than two minutes.
    """
    pydub = import_pydub()
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise _unreadable(path, "it is not an ordinary file")
        if size > _LARGEST_BYTES:
            raise _unreadable(path, f"it is larger than {_LARGEST_BYTES // 1_000_000} MB")
        segment = _wav(pydub, path) or _by_ffmpeg(pydub, path)
        if len(segment) > LONGEST_S * 1000:
            raise _unreadable(path, "it is longer than 2 minutes")
        voiced = trim(mono(segment), segment.frame_rate)
    except OSError as error:
        raise _unreadable(path, (error.strerror or str(error)).lower()) from error
    except (pydub.exceptions.PydubException, *_MALFORMED) as error:
        raise _unreadable(path, "it is damaged, or not audio") from error
    if not len(voiced):
        raise _unreadable(path, "it is silent")
    return to_int16(level(resample(voiced, segment.frame_rate)))


# What pydub lets through of a header that makes no sense.
_MALFORMED = (struct.error, LookupError, ValueError)


def _wav(pydub: Any, path: Path) -> Any:
    """The segment of a WAV file; None for any other kind, or a coding that pydub does not know."""
    with path.open("rb") as file:
        if file.read(4) != b"RIFF":
            return None
        file.seek(0)
        try:
            return pydub.AudioSegment(file)
        except (pydub.exceptions.PydubException, *_MALFORMED):
            return None


def _by_ffmpeg(pydub: Any, path: Path) -> Any:
    pydub.AudioSegment.converter = need_ffmpeg(str(path))
    # The plain way asks ffprobe, which not every ffmpeg comes with. A second more tells what is too long.
    return pydub.AudioSegment.from_file_using_temporary_files(str(path), duration=LONGEST_S + 1)


def _unreadable(path: Path, reason: str) -> OutputError:
    return OutputError(problem("unreadable-recording", path=path, reason=reason))
