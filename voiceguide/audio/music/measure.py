"""The loudness of a track: that of its first ten minutes, however much of it is played."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import RATE
from voiceguide.audio.meter import Meter
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

MEASURED = 600 * RATE
"""Samples of a track that decide on its loudness."""

# A shorter one, over and over, would be a buzz.
_SHORTEST = RATE // 10
# A track this short is measured as it is heard, over and over: it may be shorter than a block of the meter.
_SHORT = 3 * RATE


def measured(path: Path, blocks: Iterable[NDArray[np.float32]]) -> float:
    """LUFS of a track's first ten minutes, or of all where it is shorter; takes no more of its blocks.

    Raises OutputError `unreadable-music` for a track that is silent there, or too short.
    """
    meter, frames = Meter(), 0
    beginning: list[NDArray[np.float32]] = []
    for block in blocks:
        if frames < _SHORT:
            beginning.append(block)
        part = block[: MEASURED - frames]
        meter.add(part)
        frames += len(part)
        if frames >= MEASURED:
            break
    check_length(path, frames)
    if frames < _SHORT:
        meter = Meter()
        meter.add(np.resize(np.concatenate(beginning), (_SHORT, 2)))
    loudness = meter.loudness()
    if loudness == -np.inf:
        raise OutputError(problem("unreadable-music", path=path, reason="it is silent"))
    return loudness


def check_length(path: Path, frames: int) -> None:
    """Raise OutputError `unreadable-music` for a track of too few samples."""
    if frames < _SHORTEST:
        raise OutputError(
            problem("unreadable-music", path=path, reason="it is shorter than a tenth of a second")
        )
