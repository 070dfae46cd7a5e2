"""How near each moment is to a cue: what the music makes way by."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import SAMPLES_PER_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voiceguide.timeline import Cue


class Nearness:
    """1 while a cue is heard, 0 far from any: it rises over `before_ms` up to a cue's onset, and falls over `after_ms`.

    The cues follow each other in time and do not overlap; where their slopes do, the higher counts.
    """

    def __init__(self, cues: Sequence[Cue], before_ms: int, after_ms: int) -> None:
        self._starts = [cue.start_ms * SAMPLES_PER_MS for cue in cues]
        self._ends = [cue.end_ms * SAMPLES_PER_MS for cue in cues]
        self._before = before_ms * SAMPLES_PER_MS
        self._after = after_ms * SAMPLES_PER_MS

    def read(self, start: int, count: int) -> NDArray[np.float64]:
        """A number for each of the samples from `start` on."""
        near = np.zeros(count)
        for index in range(bisect_left(self._ends, start - self._after), len(self._starts)):
            onset, end = self._starts[index], self._ends[index]
            first = max(0, onset - self._before - start)
            last = min(count, end + self._after - start)
            if first >= count:
                break
            slopes = (onset - self._before, onset, end, end + self._after)
            rise = np.interp(np.arange(start + first, start + last), slopes, (0.0, 1.0, 1.0, 0.0))
            near[first:last] = np.maximum(near[first:last], rise)
        return near
