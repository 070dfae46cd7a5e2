"""Recordings: audio files of any kind as clips, cut and as loud as speech."""

from __future__ import annotations

import struct
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.audio.clip import Clip, resample, to_int16, trim
from voiceguide.audio.ffmpeg import need_ffmpeg, reading
from voiceguide.audio.loudness import level
from voiceguide.audio.sounds import import_pydub, mono
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
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
    program = need_ffmpeg(str(path))
    with tempfile.TemporaryDirectory(prefix="voiceguide-") as folder:
        decoded = Path(folder) / "decoded.wav"
        # A second more tells what is too long.
        source = ["-nostdin", "-v", "error", "-t", str(LONGEST_S + 1), *reading(path)]
        # pydub's own way would follow a playlist to whatever files it names.
        done = subprocess.run(  # noqa: S603 (our own arguments, no shell)
            [program, *source, "-f", "wav", str(decoded)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode or not decoded.is_file():
            raise pydub.exceptions.CouldntDecodeError
        with decoded.open("rb") as file:
            return pydub.AudioSegment(file)


def _unreadable(path: Path, reason: str) -> OutputError:
    return OutputError(problem("unreadable-recording", path=path, reason=reason))
