"""Cue sounds: files of `audio/` as clips of the same loudness as speech."""

from __future__ import annotations

import hashlib
import os
import struct
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

import numpy as np

from voiceguide.audio.clip import Clip, resample, to_int16
from voiceguide.audio.loudness import level
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray


_PIPELINE = b"cue sound 1\n"
"""Part of the key of every kept clip: to be raised when `resample` or `level` make another clip of the same."""


class KeptClips(Protocol):
    """What keeps clips under a key: the clip cache is one."""

    def get(self, key: str, /) -> Clip | None:
        """The clip that was put under the key, or None."""
        ...

    def put(self, key: str, clip: Clip, /) -> bool:
        """Keep the clip, where that is possible."""
        ...


def load_sound(path: Path, kept: KeptClips | None = None) -> Clip:
    """The WAV file as a clip as loud as speech, its channels mixed to one; from `kept` where its bytes were seen before.

    Raises OutputError `unreadable-sound` for a file that is missing, damaged, silent or not a WAV file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("unreadable-sound", path=path, reason=reason)) from error
    key = hashlib.sha256(_PIPELINE + data).hexdigest()
    clip = kept.get(key) if kept else None
    if clip is None:
        clip = to_int16(level(_samples(data, path)))
        if kept:
            kept.put(key, clip)
    return clip


def _samples(data: bytes, path: Path) -> NDArray[np.float32]:
    """The samples of a WAV file at 48 kHz, full scale 1.0, its channels mixed to one, as loud as they are in it."""
    pydub = import_pydub()
    try:
        segment = pydub.AudioSegment(BytesIO(data))
        samples = resample(mono(segment), segment.frame_rate)
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
