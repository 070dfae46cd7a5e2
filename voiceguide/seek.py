"""Where commands lead: places in a timeline, in whole ms from its start.

A place is never strictly inside a cue, but where a break in a hold has to go on to the ms.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.timeline import Cue, Span, Timeline

RESTART_WITHIN_MS = 3_000
"""Up to here into a chapter, going back means the chapter before."""

LEAST_RESUMED_MS = 5_000
"""From this length on a hold within a rep is resumed where it was broken off; a shorter one with its rep."""

_REPS = ("rep", "breath")


@dataclass(frozen=True)
class Resumption:
    """Where a session goes on after a break: at `at_ms`, in a hold with `hold_left_ms` to go (None elsewhere).

    `broken` is the index of the cue that was being heard there and is to be left out, only in a hold.
    """

    at_ms: int
    hold_left_ms: int | None = None
    broken: int | None = None


@dataclass(frozen=True)
class _Set:
    """A hold, or reps that follow each other; `begin_ms` is its start tone, `start_ms` its first onset."""

    begin_ms: int
    start_ms: int
    end_ms: int
    side: str | None


def resumption(timeline: Timeline, ms: int) -> Resumption:
    """Where to go on after a break at `ms`.

    A hold, within a rep one of 5 s at least, goes on where it stopped, and the cue broken there is left out. A rep goes on
    from its start, and so does a cue that is broken elsewhere.
    """
    hold = hold_at(timeline, ms)
    if hold and (hold.rep is None or hold.end_ms - hold.start_ms >= LEAST_RESUMED_MS):
        return Resumption(ms, hold.end_ms - ms, _index_inside(timeline, ms))
    rep = next((span for span in spans_at(timeline, ms) if span.kind in _REPS), None)
    return Resumption(_back(timeline, rep.start_ms if rep else ms))


def next_chapter(timeline: Timeline, ms: int) -> int:
    """The start of the chapter after the one at `ms`, the end of the session in the last one."""
    places = _chapter_places(timeline)
    index = bisect_right(places, ms)
    return places[index] if index < len(places) else timeline.duration_ms


def previous_chapter(timeline: Timeline, ms: int) -> int:
    """The start of the chapter at `ms`, within its first 3 s that of the one before."""
    places = _chapter_places(timeline)
    at = places[bisect_right(places, ms) - 1]
    if ms - at > RESTART_WITHIN_MS:
        return at
    return places[max(0, bisect_left(places, at) - 1)]


def moved(timeline: Timeline, ms: int, by_ms: int) -> int:
    """The place `by_ms` from `ms`, inside the session.

    In a cue it is the cue's start, or its end where that would not lead forward.
    """
    target = min(max(ms + by_ms, 0), timeline.duration_ms)
    return _forward(timeline, target, ms) if by_ms > 0 else _back(timeline, target)


def set_start(timeline: Timeline, ms: int) -> int | None:
    """The start tone of the set at `ms`, or of the set before it in the same chapter.

    The chapter's start where no set of it has begun; None in a chapter without any.
    """
    place_ms, sets = _chapter_around(timeline, ms)
    if not sets:
        return None
    return max((one.begin_ms for one in sets if one.begin_ms <= ms), default=place_ms)


def side_end(timeline: Timeline, ms: int) -> int | None:
    """The end of the last set before the side changes, or before the exercise is over where it does not change any more.

    Where no set is being done, of the side that comes next. None where no side is to be done in this chapter.
    """
    _, sets = _chapter_around(timeline, ms)
    ahead = [one for one in sets if one.end_ms > ms]
    if not ahead or ahead[0].side is None:
        return None
    change = next((index for index, one in enumerate(ahead) if one.side != ahead[0].side), len(ahead))
    return _forward(timeline, ahead[change - 1].end_ms, ms)


def spans_at(timeline: Timeline, ms: int) -> list[Span]:
    """The spans around a moment, the innermost first."""
    around = []
    for index in range(bisect_right(timeline.spans, ms, key=lambda span: span.start_ms) - 1, -1, -1):
        span = timeline.spans[index]
        if ms < span.end_ms:
            around.append(span)
        # Only a hold can stand within another span.
        if span.kind != "hold":
            break
    return around


def hold_at(timeline: Timeline, ms: int) -> Span | None:
    """The hold going on at `ms`, one within a rep too."""
    return next((span for span in spans_at(timeline, ms) if span.kind == "hold"), None)


def wait_at(timeline: Timeline, ms: int) -> Span | None:
    """The wait for a command that `ms` lies in."""
    return next((span for span in spans_at(timeline, ms) if span.kind == "wait"), None)


def next_wait(timeline: Timeline, ms: int) -> Span | None:
    """The first wait for a command that starts at `ms` or later."""
    first = bisect_left(timeline.spans, ms, key=lambda span: span.start_ms)
    return next((span for span in timeline.spans[first:] if span.kind == "wait"), None)


def room_ms(timeline: Timeline, ms: int) -> int:
    """How long nothing is heard from `ms` on: until the next cue or the end of the session, 0 inside a cue."""
    after = bisect_right(timeline.cues, ms, key=lambda cue: cue.start_ms)
    if after and ms < timeline.cues[after - 1].end_ms:
        return 0
    silent_to = timeline.cues[after].start_ms if after < len(timeline.cues) else timeline.duration_ms
    return max(0, silent_to - ms)


def work_done(timeline: Timeline, heard: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many exercises were done, of how many: chapters of which every hold, rep and breath was heard to its end.

    `heard` are the stretches (start, end) in ms that were played, in the time of this timeline: after a change of a hold
    they have to be moved like everything else (`retime.moved`).
    """
    done: dict[int, bool] = {}
    for span in _work(timeline):
        chapter = _chapter_index(timeline, span.start_ms)
        to_its_end = any(start < span.end_ms <= end for start, end in heard)
        done[chapter] = done.get(chapter, True) and to_its_end
    return sum(done.values()), len(done)


def _work(timeline: Timeline) -> Iterator[Span]:
    """Holds and reps, without the holds in reps."""
    for span in timeline.spans:
        if span.kind in _REPS or (span.kind == "hold" and span.rep is None):
            yield span


def _sets(timeline: Timeline) -> list[_Set]:
    tones = [cue.start_ms for cue in timeline.cues if cue.role == "start"]
    sets: list[_Set] = []
    for span in _work(timeline):
        if sets and span.rep is not None and span.rep > 1:
            sets[-1] = _Set(sets[-1].begin_ms, sets[-1].start_ms, span.end_ms, span.side)
            continue
        before_ms = sets[-1].end_ms if sets else 0
        tone = bisect_right(tones, span.start_ms) - 1
        heard = tone >= 0 and tones[tone] >= before_ms
        begin_ms = tones[tone] if heard else _back(timeline, span.start_ms)
        sets.append(_Set(begin_ms, span.start_ms, span.end_ms, span.side))
    return sets


def _chapter_around(timeline: Timeline, ms: int) -> tuple[int, list[_Set]]:
    """Where the chapter at `ms` is taken up, and its sets; a start tone belongs to the chapter of its set."""
    sets = _sets(timeline)
    places = _chapter_places(timeline)
    begun = next((one for one in sets if one.begin_ms <= ms < one.end_ms), None)
    index = _chapter_index(timeline, begun.start_ms) if begun else bisect_right(places, ms) - 1
    chapter = timeline.chapters[index]
    return places[index], [one for one in sets if chapter.start_ms <= one.start_ms < chapter.end_ms]


def _chapter_index(timeline: Timeline, ms: int) -> int:
    return bisect_right(timeline.chapters, ms, key=lambda chapter: chapter.start_ms) - 1


def _chapter_places(timeline: Timeline) -> list[int]:
    """Where each chapter is taken up: at its start, or after the tone of the set before that reaches into it."""
    starts = (chapter.start_ms for chapter in timeline.chapters)
    return [cue.end_ms if (cue := _inside_cue(timeline, start)) else start for start in starts]


def _back(timeline: Timeline, ms: int) -> int:
    """`ms`, or the start of the cue that it lies in."""
    cue = _inside_cue(timeline, ms)
    return cue.start_ms if cue else ms


def _forward(timeline: Timeline, target_ms: int, from_ms: int) -> int:
    """`target_ms`, or where it lies in a cue its start, where that is ahead of `from_ms`, else its end."""
    cue = _inside_cue(timeline, target_ms)
    if cue is None:
        return target_ms
    return cue.start_ms if cue.start_ms > from_ms else cue.end_ms


def _inside_cue(timeline: Timeline, ms: int) -> Cue | None:
    """The cue that has begun before `ms` and ends after it."""
    index = _index_inside(timeline, ms)
    return None if index is None else timeline.cues[index]


def _index_inside(timeline: Timeline, ms: int) -> int | None:
    index = bisect_left(timeline.cues, ms, key=lambda cue: cue.start_ms) - 1
    return index if index >= 0 and ms < timeline.cues[index].end_ms else None
