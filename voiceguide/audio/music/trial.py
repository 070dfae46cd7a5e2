"""A trial of music: whether each of its tracks begins to play, without decoding more than its beginning."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from voiceguide.audio.clip import RATE
from voiceguide.audio.music.decode import decoded
from voiceguide.audio.music.measure import check_length
from voiceguide.audio.music.tracks import tracks
from voiceguide.errors import OutputError

_BEGINNING = RATE
"""Samples of a track that are decoded: one second."""


def try_music(path: str) -> None:
    """Decode the beginning of each track of a file or a folder.

    Raises OutputError with the problems of all that cannot be played: `no-music`, `unreadable-music`, `no-ffmpeg`.
    """
    failures: list[OutputError] = []
    for track in tracks(Path(path)):
        try:
            _try_track(track)
        except OutputError as error:
            failures.append(error)
    if failures:
        raise OutputError(*(found for error in failures for found in error.problems)) from failures[0]


def _try_track(path: Path) -> None:
    frames = 0
    with closing(decoded(path)) as blocks:
        for block in blocks:
            frames += len(block)
            if frames >= _BEGINNING:
                break
    check_length(path, frames)
