"""Where a session stands, as data."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from voiceguide.seek import spans_at

if TYPE_CHECKING:
    from voiceguide.timeline import SpanKind, Timeline

Going = Literal["starting", "playing", "paused", "waiting", "preparing", "lost", "over"]
"""How a session goes: `starting` later, `waiting` for a key, `preparing` what comes next, `lost` is its sound device."""


@dataclass(frozen=True)
class Status:
    """Where a session stands at `position_ms`; all lengths in ms.

    It starts in `starts_in_ms`. `kind` to `span_left_ms` tell of the span there, and are None where none is. A hold within a rep is the span,
    with the rep's numbers.
    """

    title: str
    position_ms: int
    left_ms: int
    going: Going
    chapter: str
    chapter_start_ms: int
    chapter_left_ms: int
    next_chapter: str | None
    kind: SpanKind | None = None
    exercise: str | None = None
    side: str | None = None
    set: int | None = None
    sets: int | None = None
    rep: int | None = None
    reps: int | None = None
    span_start_ms: int | None = None
    span_left_ms: int | None = None
    starts_in_ms: int = 0


def status(
    timeline: Timeline, position_ms: int, going: Going = "playing", *, starts_in_ms: int = 0
) -> Status:
    """Where the session stands at `position_ms`."""
    index = bisect_right(timeline.chapters, position_ms, key=lambda chapter: chapter.start_ms) - 1
    chapter = timeline.chapters[index] if index >= 0 else None
    following = timeline.chapters[index + 1 : index + 2]
    around = spans_at(timeline, position_ms)
    inner = around[0] if around else None
    rep = next((span for span in around if span.rep is not None), inner)
    return Status(
        title=timeline.title,
        position_ms=position_ms,
        left_ms=max(0, timeline.duration_ms - position_ms),
        going=going,
        chapter=chapter.title if chapter else "",
        chapter_start_ms=chapter.start_ms if chapter else 0,
        chapter_left_ms=max(0, chapter.end_ms - position_ms) if chapter else 0,
        next_chapter=following[0].title if following else None,
        kind=inner.kind if inner else None,
        exercise=inner.exercise if inner else None,
        side=inner.side if inner else None,
        set=inner.set if inner else None,
        sets=inner.sets if inner else None,
        rep=rep.rep if rep else None,
        reps=rep.reps if rep else None,
        span_start_ms=inner.start_ms if inner else None,
        span_left_ms=inner.end_ms - position_ms if inner else None,
        starts_in_ms=starts_in_ms,
    )


def moment(now: Status) -> tuple[int, int | None, Going]:
    """What changes when the chapter, the span or how it goes does, and at no other time."""
    return (now.chapter_start_ms, now.span_start_ms, now.going)
