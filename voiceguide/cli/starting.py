"""Where a session starts: at its beginning, at an exercise, at a time, or where it was broken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide import seek
from voiceguide.errors import RequestError
from voiceguide.units import NotationError, format_duration, parse_duration
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from voiceguide.cli.sessions import Prepared
    from voiceguide.practice import Entry
    from voiceguide.timeline import Timeline


def beginning(timeline: Timeline) -> int:
    """Where live play starts: with the first words, unless there is music or a headset to wake before them."""
    if timeline.music is not None or timeline.keep_awake or not timeline.cues:
        return 0
    return timeline.cues[0].start_ms


def start_from(wanted: str, session: Prepared) -> int:
    """The ms at which an exercise, by its id or its name, is announced, or a time such as 4:10, never inside a word.

    Raises RequestError `name-unknown` with near names, and `start-beyond` for a time after the end.
    """
    timeline = session.timeline
    try:
        at_ms = parse_duration(wanted, bare="s")
    except NotationError:
        return _exercise_start(wanted, session)
    if at_ms >= timeline.duration_ms:
        length = format_duration(timeline.duration_ms // 1_000 * 1_000)
        raise RequestError(problem("start-beyond", time=wanted, routine=timeline.title, length=length))
    return seek.moved(timeline, at_ms, 0)


def resumed_at(entry: Entry, timeline: Timeline) -> int:
    """Where a session that was broken off is gone on with: at the announcement of the exercise it stopped in."""
    if entry.chapter is not None and entry.chapter < len(timeline.chapters):
        chapter = timeline.chapters[entry.chapter]
        if chapter.title == entry.stopped_in:
            return chapter.start_ms
    same = (chapter.start_ms for chapter in timeline.chapters if chapter.title == entry.stopped_in)
    return next(same, 0)


def _exercise_start(wanted: str, session: Prepared) -> int:
    starts: dict[str, int] = {}
    for chapter in session.timeline.chapters:
        inside = (
            span.exercise
            for span in session.timeline.spans
            if span.exercise and chapter.start_ms <= span.start_ms < chapter.end_ms
        )
        # A chapter is called after its sections and its exercise.
        for name in (next(inside, None), chapter.title.rpartition(": ")[2]):
            if name is not None:
                starts.setdefault(name.casefold(), chapter.start_ms)
    if wanted.casefold() not in starts:
        known = [chapter.title.rpartition(": ")[2] for chapter in session.timeline.chapters]
        hint = near(wanted, [*starts, *known]) or {"near": f"known: {', '.join(dict.fromkeys(known))}"}
        raise RequestError(problem("name-unknown", what="exercise or time", name=wanted, **hint))
    return starts[wanted.casefold()]
