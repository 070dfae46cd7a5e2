"""What the screen of a phone shows while a session plays, and what it must show at a time of the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.player.status import status

if TYPE_CHECKING:
    from voiceguide.player.status import Status
    from voiceguide.timeline import Timeline

READ = """
() => {
  const text = (id) => {
    const element = document.getElementById(id);
    return element.checkVisibility({ visibilityProperty: true }) ? element.innerText.trim() : "";
  };
  return {
    title: text("now-title"), side: text("now-side"), what: text("now-what"), set: text("now-set"),
    seconds: text("ring-seconds"), next: text("next-title"), elapsed: text("elapsed"), total: text("total"),
  };
}
"""
"""A function of JavaScript that gives the fields of a Sight."""

_WHAT = {
    "get-ready": "Get ready",
    "hold": "Hold",
    "rep": "Rep",
    "rest": "Rest",
    "switch": "Switch sides",
    None: "Listen",
}
_SIDES = {"left": "left", "right": "right", None: ""}


@dataclass(frozen=True)
class Sight:
    """The words and numbers of the screen, as they are read on it."""

    title: str
    side: str
    what: str
    set: str
    seconds: str
    next: str
    elapsed: str
    total: str


# Between the page's drawing and the test's reading of the time in the same frame a busy machine may do something else.
_LATE_MS = 50


def may_show(timeline: Timeline, ms: int) -> set[Sight]:
    """What is right at a time, or was just before it."""
    return {must_show(timeline, max(0, ms - late_ms)) for late_ms in range(_LATE_MS)}


def must_show(timeline: Timeline, ms: int) -> Sight:
    """What the timeline says of a time, where the terminal's own reading of it is trusted (voiceguide/player/status.py)."""
    now = status(timeline, ms)
    return Sight(
        title=now.chapter,
        side=_SIDES[now.side],
        what=_what(now),
        set=f"Set {now.set} of {now.sets}" if now.sets not in (None, 1) else "",
        seconds="" if now.span_left_ms is None else str(-(-now.span_left_ms // 1000)),
        next=now.next_chapter or "",
        elapsed=clock(ms),
        total=clock(timeline.duration_ms),
    )


def the_end(timeline: Timeline) -> Sight:
    """What stands there when all is over."""
    total = clock(timeline.duration_ms)
    return Sight(timeline.chapters[-1].title, "", "The end", "", "", "", total, total)


def _what(now: Status) -> str:
    kind = _WHAT[now.kind]
    if now.reps is None:
        return kind
    rep = f"{now.rep} of {now.reps}"
    return f"Rep {rep}" if now.kind == "rep" else f"{kind}, rep {rep}"


def clock(ms: int) -> str:
    """A time as the page writes it: whole minutes and seconds gone by."""
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes}:{seconds:02d}"
