"""A timeline as a person wants to see it before starting: one line an exercise, with its dose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.timeline import REP_KINDS
from voiceguide.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.timeline import Chapter, Span, Timeline


@dataclass(frozen=True)
class Item:
    """A chapter of a session: when it starts and how long it lasts in ms, and the work in it.

    `dose` is in the notation of scripts as far as a timeline tells it, empty where there is no work; `sides` are
    those worked, in order.
    """

    title: str
    start_ms: int
    length_ms: int
    exercise: str | None = None
    dose: str = ""
    sides: tuple[str, ...] = ()


def summarize(timeline: Timeline, doses: Iterable[str] = ()) -> tuple[Item, ...]:
    """The chapters of a timeline with the work that each contains.

    `doses` are the notations of the exercises in order, where the routine is at hand: they say more than a timeline,
    such as the tempo.
    """
    written = iter(doses)
    items = (_item(chapter, timeline) for chapter in timeline.chapters)
    return tuple(replace(item, dose=next(written, item.dose)) if item.exercise else item for item in items)


def clock(ms: int) -> str:
    """A time as people write it, m:ss or h:mm:ss, whole seconds."""
    minutes, seconds = divmod(ms // 1_000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _item(chapter: Chapter, timeline: Timeline) -> Item:
    length = chapter.end_ms - chapter.start_ms
    inside = [span for span in timeline.spans if chapter.start_ms <= span.start_ms < chapter.end_ms]
    reps = [span for span in inside if span.kind in REP_KINDS]
    work = reps or [span for span in inside if span.kind == "hold"]
    if not work:
        return Item(chapter.title, chapter.start_ms, length)
    first = work[0]
    sides = tuple(dict.fromkeys(span.side for span in work if span.side))
    sets = f"{first.sets} x " if first.sets and first.sets > 1 else ""
    return Item(chapter.title, chapter.start_ms, length, first.exercise, sets + _work(first, reps), sides)


def _work(first: Span, reps: list[Span]) -> str:
    length = format_duration(first.end_ms - first.start_ms)
    if not reps:
        return length
    return f"{first.reps} {first.kind}{'' if first.reps == 1 else 's'} of {length}"
