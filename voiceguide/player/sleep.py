"""Noticing that the machine, or the program, was suspended while a session played."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ASLEEP_S = 3.0
"""A longer time in which nobody looked at the session means a suspension."""


class Sleep:
    """Compares a clock that goes on while the machine sleeps with what of the session was played.

    `clock` gives seconds; by default one that counts suspensions where the system has it (Linux, CLOCK_BOOTTIME), else
    that of the day.
    """

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or _day_and_night
        self._looked_at: tuple[float, int] | None = None

    def noticed(self, played_ms: int) -> bool:
        """Whether there was a suspension since the last look: time passed, and the session stood still."""
        now_s = self._clock()
        before, self._looked_at = self._looked_at, (now_s, played_ms)
        if before is None:
            return False
        gap_s = now_s - before[0]
        return gap_s > ASLEEP_S and (played_ms - before[1]) / 1_000 < gap_s / 2


def _day_and_night() -> float:
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.time()
