"""A session with one span of each kind, to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voiceguide.player.status import Status, status
from voiceguide.timeline import Span, Timeline

from .support import session

if TYPE_CHECKING:
    from voiceguide.player.status import Going
    from voiceguide.timeline import SpanKind


def span(kind: SpanKind, start_s: int, end_s: int, **numbers: Any) -> Span:
    return Span(kind, start_s * 1000, end_s * 1000, **numbers)


STRETCH = session(
    110_000,
    (0, 10_000, 70_000),
    (
        span("get-ready", 10, 15, exercise="lunge", side="left"),
        span("hold", 15, 45, exercise="lunge", side="left", set=1, sets=2),
        span("rest", 45, 55, exercise="lunge"),
        span("rep", 70, 78, exercise="bridge", rep=1, reps=2),
        span("hold", 72, 75, exercise="bridge"),
        span("rep", 78, 86, exercise="bridge", rep=2, reps=2),
        span("hold", 80, 83, exercise="bridge"),
        span("pause", 86, 88),
        span("switch", 88, 93, side="right"),
        span("breath", 93, 98, rep=3, reps=6),
        span("wait", 98, 108),
    ),
)


def at(seconds: float, timeline: Timeline = STRETCH, going: Going = "playing") -> Status:
    return status(timeline, round(seconds * 1000), going)
