"""What is shown while a session plays: where it stands, as a panel in a terminal and as plain lines elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from voiceguide.timeline import Span, SpanKind, Timeline

_KINDS: dict[SpanKind, str] = {
    "get-ready": "Get ready",
    "hold": "Hold",
    "rep": "Rep",
    "rest": "Rest",
    "switch": "Switch sides",
    "pause": "Silence",
}


@dataclass(frozen=True)
class Status:
    """Where a session stands at `position_ms`; all lengths in ms.

    `kind` to `span_left_ms` tell of the span there, and are None where none is. A hold within a rep is the span,
    with the rep's numbers.
    """

    title: str
    position_ms: int
    left_ms: int
    paused: bool
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


def status(timeline: Timeline, position_ms: int, *, paused: bool) -> Status:
    """Where the session stands at `position_ms`."""
    index = bisect_right(timeline.chapters, position_ms, key=lambda chapter: chapter.start_ms) - 1
    chapter = timeline.chapters[index] if index >= 0 else None
    following = timeline.chapters[index + 1 : index + 2]
    around = _spans_at(timeline, position_ms)
    inner = around[0] if around else None
    rep = next((span for span in around if span.rep is not None), inner)
    return Status(
        title=timeline.title,
        position_ms=position_ms,
        left_ms=max(0, timeline.duration_ms - position_ms),
        paused=paused,
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
    )


def _spans_at(timeline: Timeline, position_ms: int) -> list[Span]:
    """The spans around a moment, the innermost first."""
    around = []
    index = bisect_right(timeline.spans, position_ms, key=lambda span: span.start_ms) - 1
    while index >= 0:
        span = timeline.spans[index]
        if position_ms < span.end_ms:
            around.append(span)
        # Only a hold can stand within another span.
        if span.kind != "hold":
            break
        index -= 1
    return around


def moment(now: Status) -> tuple[int, int | None, bool]:
    """What changes when the chapter, the span or the pause does, and at no other time."""
    return (now.chapter_start_ms, now.span_start_ms, now.paused)


def doing(now: Status) -> str:
    """What is to be done, in a few words: "Hold, left side, set 1 of 2"; empty between spans."""
    if now.kind is None:
        return ""
    rep = _numbered("rep", now.rep, now.reps)
    words = [rep.capitalize() or "Rep"] if now.kind == "rep" else [_KINDS[now.kind], rep]
    words += [f"{now.side} side" if now.side else "", _numbered("set", now.set, now.sets)]
    return ", ".join(word for word in words if word)


class View(Protocol):
    """What shows where the session stands."""

    def show(self, now: Status) -> None:
        """Show this moment; called up to ten times a second and on every change of chapter, span and pause."""
        ...


class NoView:
    """Shows nothing."""

    def show(self, now: Status) -> None:
        """Do nothing."""


class PlainView:
    """One line for each change of chapter, span or pause: for files, pipes and screen readers."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before: Status | None = None

    def show(self, now: Status) -> None:
        """Write what is new, if anything is."""
        line = self._line(now)
        self._before = now
        if line:
            self._stream.write(line + "\n")
            self._stream.flush()

    def _line(self, now: Status) -> str:
        before = self._before
        new_chapter = before is None or now.chapter_start_ms != before.chapter_start_ms
        new_task = new_chapter or before is None or _task(now) != _task(before)
        parts = []
        if before is not None and now.paused != before.paused:
            parts.append("Paused" if now.paused else "Playing")
        if new_chapter and now.chapter:
            parts.append(now.chapter)
        if new_task and now.span_left_ms is not None:
            parts.append(f"{doing(now)}, {_length(now.span_left_ms)}")
        return ": ".join(parts)


def _task(now: Status) -> tuple[object, ...]:
    """What changes with each span, but not where a rep goes into its hold and out again."""
    return (now.side, now.set, now.rep) if now.rep is not None else (now.span_start_ms,)


def _numbered(name: str, number: int | None, total: int | None) -> str:
    """Which of how many, where there are several: nobody counts a single set."""
    if number is None or total == 1:
        return ""
    return f"{name} {number} of {total}" if total is not None else f"{name} {number}"


def _seconds(ms: int) -> int:
    """Seconds rounded up: what shows 3 while "three" is the last count that was said."""
    return -(-ms // 1000)


def clock_time(ms: int) -> str:
    """The time as m:ss or h:mm:ss, seconds rounded up."""
    minutes, seconds = divmod(_seconds(ms), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def _length(ms: int) -> str:
    minutes, seconds = divmod(_seconds(ms), 60)
    words = [f"{minutes} minute" + "s" * (minutes != 1)] * (minutes > 0)
    words += [f"{seconds} second" + "s" * (seconds != 1)] * (seconds > 0 or minutes == 0)
    return " ".join(words)
