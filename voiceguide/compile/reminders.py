"""Where reminders fit in a set: in its gaps, away from other words, never near its end."""

from __future__ import annotations

from voiceguide.compile.track import on_grid

BEFORE_MS = 1_500
AFTER_MS = 1_000
CLOSE_MS = 360
APART_MS = 6_000
QUIET_END_MS = 5_000


def place_reminders(
    lengths: list[int], turn: int, taken: list[tuple[int, int]], end: int, *, close: bool = False
) -> list[tuple[int, int]]:
    """The (index, start in ms) of each reminder that fits, beginning with number `turn` and each once at most.

    One that is too long for a gap waits for a longer one and lets the next go before it.

    `lengths` are the reminders' in ms, `taken` the (start, end) of the set's other cues in order, `end` the end
    of the set. A reminder keeps 1.5 s from the words before it, 1 s from those after, 6 s from the reminder
    before it, and leaves the last 5 s alone. Between the words of reps (`close`) 0.36 s on both sides is enough.
    """
    before_ms, after_ms = (CLOSE_MS, CLOSE_MS) if close else (BEFORE_MS, AFTER_MS)
    placed: list[tuple[int, int]] = []
    last_end: int | None = None
    waiting = [(turn + offset) % len(lengths) for offset in range(len(lengths))]
    gap_ends = [start - after_ms for start, _ in taken[1:]] + [end]
    for (_, before), gap_end in zip(taken, gap_ends, strict=True):
        start = on_grid(before + before_ms)
        limit = min(gap_end, end - QUIET_END_MS)
        while True:
            if last_end is not None:
                start = max(start, on_grid(last_end + APART_MS))
            index = next((index for index in waiting if start + lengths[index] <= limit), None)
            if index is None:
                break
            waiting.remove(index)
            placed.append((index, start))
            last_end = start + lengths[index]
            start = on_grid(last_end + before_ms)
    return placed
