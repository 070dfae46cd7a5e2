"""The page's own reading of a timeline: at every place it is the program's (voiceguide/seek.py, player/status.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.compile.support import compiled
from voiceguide.player.status import status
from voiceguide.seek import moved, next_chapter, previous_chapter
from voiceguide.timeline_json import to_json

if TYPE_CHECKING:
    from voiceguide.timeline import Chapter, Cue, Span, Timeline

    from .browser import Phone

TIMELINE = compiled("""
- say: Welcome.
- lean: 2 x 10s alternating, rest 5s
- lift: 2 reps
- rest: 8s
- breathe: 2 breaths
- pause: 3s
- wait: {text: Take your strap., pause: 10s}
- swing
- fold: 1 x 2s
""").timeline
# Every tenth of a second, and each ms around where something begins or ends.
ENDS: tuple[Chapter | Span | Cue, ...] = (*TIMELINE.chapters, *TIMELINE.spans, *TIMELINE.cues)
EDGES = {edge for one in ENDS for edge in (one.start_ms, one.end_ms)}
PLACES = sorted(
    place
    for place in {*range(0, TIMELINE.duration_ms, 100), *(edge + ms for edge in EDGES for ms in (-1, 0, 1))}
    if 0 <= place < TIMELINE.duration_ms
)

_ASK = """
async ([module, name, timeline, places, more]) => {
  const rules = await import(new URL(`static/${module}.js`, document.baseURI));
  const session = JSON.parse(timeline);
  return places.map((place) => rules[name](session, place, ...more));
}
"""


def answers(phone: Phone, module: str, name: str, *more: int) -> list[Any]:
    """What a function of the page says of each place."""
    phone.open()
    asked = [module, name, to_json(TIMELINE), PLACES, list(more)]
    given: list[Any] = phone.page.evaluate(_ASK, asked)
    return given


def test_what_is_done_there(phone: Phone) -> None:
    assert answers(phone, "state", "stateAt") == [state(TIMELINE, place) for place in PLACES]


def state(timeline: Timeline, ms: int) -> dict[str, Any]:
    now = status(timeline, ms)
    starts = [chapter.start_ms for chapter in timeline.chapters]
    return {
        "atMs": ms,
        "totalMs": timeline.duration_ms,
        "chapter": starts.index(now.chapter_start_ms),
        "title": now.chapter,
        "next": now.next_chapter,
        "kind": now.kind or "listen",
        "side": now.side,
        "set": now.set,
        "sets": now.sets,
        "rep": now.rep,
        "reps": now.reps,
        "startMs": now.span_start_ms,
        "endMs": None if now.span_left_ms is None else ms + now.span_left_ms,
    }


def test_where_next_leads(phone: Phone) -> None:
    assert answers(phone, "seek", "nextChapter") == [next_chapter(TIMELINE, place) for place in PLACES]


def test_where_back_leads(phone: Phone) -> None:
    assert answers(phone, "seek", "previousChapter") == [
        previous_chapter(TIMELINE, place) for place in PLACES
    ]


@pytest.mark.parametrize("by_ms", [10_000, -10_000])
def test_where_ten_seconds_lead(phone: Phone, by_ms: int) -> None:
    assert answers(phone, "seek", "moved", by_ms) == [moved(TIMELINE, place, by_ms) for place in PLACES]
