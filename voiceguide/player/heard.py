"""Which stretches of a session were heard."""

from __future__ import annotations


class Heard:
    """Stretches of ms that were heard without a break, in the time of the timeline that is played."""

    def __init__(self, start_ms: int) -> None:
        self._stretches: list[tuple[int, int]] = []
        self._current = (start_ms, start_ms)

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """Each from where to where, those that touch as one, in order."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted((*self._stretches, self._current)):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            elif end > start:
                joined.append((start, end))
        return tuple(joined)

    @property
    def total_ms(self) -> int:
        """How much of the session was heard, what was heard twice counted once."""
        return sum(end - start for start, end in self.stretches)

    def until(self, ms: int) -> None:
        """It was heard on to here."""
        self._current = (self._current[0], max(ms, self._current[0]))

    def jump(self, at_ms: int, to_ms: int) -> None:
        """It was heard to `at_ms`, and goes on at `to_ms`."""
        self.until(at_ms)
        self._stretches.append(self._current)
        self._current = (to_ms, to_ms)

    def moved(self, end_ms: int, by_ms: int) -> None:
        """What was at `end_ms` and after lies now so much later."""

        def there(ms: int) -> int:
            return ms if ms < end_ms else ms + by_ms

        self._stretches = [(there(start), max(there(start), there(end))) for start, end in self._stretches]
        self._current = (there(self._current[0]), there(self._current[1]))
