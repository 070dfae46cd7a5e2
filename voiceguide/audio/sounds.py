"""Cue sounds: files of `audio/` as clips of the same loudness as speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import Clip, resample, to_int16
from voiceguide.audio.ffmpeg import audio_segment, need_ffmpeg
from voiceguide.audio.loudness import level
from voiceguide.errors import OutputError, VoiceguideError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray


def load_sound(path: Path) -> Clip:
    """The sound file as a levelled clip, its channels mixed to one; a .wav needs no ffmpeg.

    Raises OutputError: `unreadable-sound` for a file that is missing, damaged, silent or not audio, `no-ffmpeg`.
    """
    try:
        segment = _decoded(path)
        samples = resample(_mono(segment), segment.frame_rate)
    except VoiceguideError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("unreadable-sound", path=path, reason=reason)) from error
    except Exception as error:  # a damaged file can trip pydub anywhere: struct, index, zero division
        raise OutputError(problem("unreadable-sound", path=path, reason="it is not audio")) from error
    if not np.any(samples):
        raise OutputError(problem("unreadable-sound", path=path, reason="it is silent"))
    return to_int16(level(samples))


def _decoded(path: Path) -> Any:
    segments = audio_segment()
    if path.suffix.lower() == ".wav":
        with path.open("rb") as file:
            return segments(file)
    with path.open("rb"):  # a missing file is told as one, not as ffmpeg's failure
        need_ffmpeg(path.suffix)
    # pydub's plain from_file() asks ffprobe, which not every ffmpeg comes with.
    return segments.from_file_using_temporary_files(str(path))


def _mono(segment: Any) -> NDArray[np.float32]:
    samples = np.asarray(segment.get_array_of_samples(), dtype=np.float32).reshape(-1, segment.channels)
    mono: NDArray[np.float32] = samples.mean(axis=1) / np.float32(1 << (8 * segment.sample_width - 1))
    return mono
