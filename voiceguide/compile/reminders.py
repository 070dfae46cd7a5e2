"""Where reminders fit in a set: spread over its gaps, away from other words, never near its end."""

from __future__ import annotations

from typing import NamedTuple

from voiceguide.compile.track import on_grid, to_grid

BEFORE_MS = 1_500
AFTER_MS = 1_000
CLOSE_MS = 360
APART_MS = 6_000
EVERY_MS = 20_000
QUIET_END_MS = 5_000


class Placed(NamedTuple):
    """A reminder's number and where it starts, in ms."""

    number: int
    start_ms: int


class Turn(NamedTuple):
    """Whose turn it is among the reminders: their numbers, the one unsaid the longest first, and the last one said."""

    order: tuple[int, ...]
    last: int | None = None


def place_reminders(
    lengths: list[int], turn: Turn, taken: list[tuple[int, int]], end: int, *, close: bool = False
) -> tuple[list[Placed], Turn]:
    """The reminders that fit in a set, and whose turn it is after it.

    `lengths` are the reminders' in ms, `taken` the (start, end) of the set's other cues in order, `end` the end of the
    set. The one unsaid the longest that is short enough goes first, and none follows itself unless it is the only one.
    A reminder keeps 1.5 s from the words before it, 1 s from those after and 6 s from the reminder before it, and leaves
    the last 5 s alone; a long gap holds one for each 20 s, spread evenly. Between the words of reps (`close`) 0.36 s on
    both sides is enough. There each is said once at most, and so is one that is alone.
    """
    before_ms, after_ms = (CLOSE_MS, CLOSE_MS) if close else (BEFORE_MS, AFTER_MS)
    once = close or len(lengths) == 1
    order = list(turn.order)
    last = turn.last
    placed: list[Placed] = []
    free_from = 0
    gap_ends = [start - after_ms for start, _ in taken[1:]] + [end]
    for (_, before), gap_end in zip(taken, gap_ends, strict=True):
        begin, limit = before + before_ms, min(gap_end, end - QUIET_END_MS)
        shares = 1 if close else max(1, round((limit - begin) / EVERY_MS))
        for share in range(shares):
            share_begin = begin + (limit - begin) * share // shares
            share_end = begin + (limit - begin) * (share + 1) // shares
            earliest = on_grid(max(share_begin, free_from))
            barred = {last} if len(lengths) > 1 else set()
            if once:
                barred.update(one.number for one in placed)
            number = next(
                (one for one in order if one not in barred and earliest + lengths[one] <= share_end), None
            )
            if number is None:
                continue
            centred = to_grid((share_begin + share_end - lengths[number]) // 2)
            start = earliest if close else max(earliest, centred)
            order.remove(number)
            order.append(number)
            last = number
            placed.append(Placed(number, start))
            free_from = start + lengths[number] + APART_MS
    return placed, Turn(tuple(order), last)
