"""Whether an audio file says what it should when it should, by decoding it: nobody wins by writing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniaudio
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

RATE = 48_000
_MS = RATE // 1000
_HEARD = 330
"""A sample of this size counts as heard: -40 dBFS."""
_BEFORE_MS = 40
"""How much earlier an MP3 may begin to sound than what was encoded."""
_CUT = 2
"""A cue is heard at its own time for at least one part in so many of its length; another voice may speak faster."""


class UnheardError(Exception):
    """What was written is not what was asked for."""


def check(
    path: Path, cues: Sequence[dict[str, Any]], duration_ms: int, *, late_ms: int, length_ms: int
) -> None:
    """Raise UnheardError unless a file lasts as long as it should and each cue is heard at its time.

    `late_ms` is how much later a cue may begin, `length_ms` how much the whole may differ. Where a cue follows silence, its
    first sound must not come early, either.
    """
    loudest = loudness_by_ms(path)
    if abs(len(loudest) - duration_ms) > length_ms:
        raise UnheardError(f"{path.name} lasts {len(loudest)} ms, not {duration_ms}")
    ended = 0
    for index, cue in enumerate(cues):
        start = cue["start_ms"]
        at = max(0, start - _BEFORE_MS)
        heard = np.flatnonzero(loudest[at : start + late_ms + 1] >= _HEARD)
        if not len(heard):
            raise UnheardError(f"{path.name}: cue {index} is not heard from {start} ms on: {cue}")
        # What is between two sounds belongs to neither: a rest of echo, and the encoder's own noise before a sound.
        if start - ended > 4 * late_ms and (loudest[ended + 2 * late_ms : at] >= _HEARD).any():
            raise UnheardError(f"{path.name}: something is heard before cue {index} at {start} ms")
        ended = max(ended, cue["end_ms"])


def loudness_by_ms(path: Path) -> NDArray[np.int16]:
    """The largest sample of each millisecond of an audio file."""
    pieces = []
    rest: NDArray[np.int16] = np.empty(0, np.int16)
    with_channels = miniaudio.stream_file(str(path), nchannels=1, sample_rate=RATE, frames_to_read=RATE)
    for block in with_channels:
        samples = np.concatenate((rest, np.frombuffer(block, np.int16)))
        whole = len(samples) // _MS * _MS
        rest = samples[whole:]
        # The most negative sample has no positive counterpart.
        pieces.append(np.abs(np.maximum(samples[:whole], -32_767)).reshape(-1, _MS).max(axis=1))
    return np.concatenate(pieces)
