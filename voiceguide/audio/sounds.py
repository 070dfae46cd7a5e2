"""Cue sounds: files of `audio/` as clips of the same loudness as speech."""

from __future__ import annotations

import os
import struct
import warnings
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import Clip, resample, to_int16
from voiceguide.audio.loudness import level
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray


def load_sound(path: Path) -> Clip:
    """The WAV file as a levelled clip, its channels mixed to one; raises as `read_sound`."""
    return levelled(read_sound(path))


def levelled(samples: NDArray[np.float32]) -> Clip:
    """The samples of `read_sound` as a clip as loud as speech, of the same length."""
    return to_int16(level(samples))


def read_sound(path: Path) -> NDArray[np.float32]:
    """The samples of the WAV file at 48 kHz, full scale 1.0, its channels mixed to one, as loud as they are in it.

    Raises OutputError `unreadable-sound` for a file that is missing, damaged, silent or not a WAV file.
    """
    pydub = import_pydub()
    try:
        with path.open("rb") as file:
            segment = pydub.AudioSegment(file)
        samples = resample(mono(segment), segment.frame_rate)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("unreadable-sound", path=path, reason=reason)) from error
    except (pydub.exceptions.PydubException, struct.error, LookupError, ValueError) as error:
        raise OutputError(problem("unreadable-sound", path=path, reason="it is not audio")) from error
    if not np.any(samples):
        raise OutputError(problem("unreadable-sound", path=path, reason="it is silent"))
    return samples


def import_pydub() -> Any:
    """The module pydub with its exceptions, imported without a word."""
    # It looks for ffmpeg while it is imported, and fails where there is no PATH to look in.
    os.environ.setdefault("PATH", os.defpath)
    with warnings.catch_warnings():
        # It warns of a missing ffmpeg, which a WAV file does not need, and of its own age.
        warnings.simplefilter("ignore")
        import pydub.exceptions  # noqa: PLC0415 (see above)
    return pydub


def mono(segment: Any) -> NDArray[np.float32]:
    """The samples of a pydub segment, full scale 1.0, its channels mixed to one."""
    samples = np.asarray(segment.get_array_of_samples(), dtype=np.float32).reshape(-1, segment.channels)
    mixed: NDArray[np.float32] = samples.mean(axis=1) / np.float32(1 << (8 * segment.sample_width - 1))
    return mixed
