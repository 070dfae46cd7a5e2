"""Blocks become a timeline: every word and tone gets its place, nothing overlaps, and holds are exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.compile.blocks import (
    Block,
    ChapterStart,
    FreeRest,
    HoldSet,
    KeyWait,
    Ready,
    RepSet,
    SetRest,
    SideSwitch,
    Silence,
    SoundCue,
    Speak,
    sources,
)
from voiceguide.compile.session import Session
from voiceguide.compile.sets import SECOND_MS, Sets
from voiceguide.compile.slots import MARGIN_MS
from voiceguide.compile.track import GAP_MS, on_grid, to_grid
from voiceguide.timeline import Sound, Source
from voiceguide.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from voiceguide.errors import Place, Problem

# From the last word before an exercise to its start: time to settle.
LEAD_MS = 2_000
SWITCH_LEAD_MS = 1_500
# From the words at the end of a rest to the start tone: time to get into position, and the least where it is short.
REST_LEAD_MS = 3_000
REST_WORD_GAP_MS = 480


class Laid(NamedTuple):
    """A session; up to `ready_ms`, where that is not None, it stays as it is whatever the unmeasured lengths are.

    `problems` are those that stay.
    """

    session: Session
    ready_ms: int | None
    problems: tuple[Problem, ...]


def lay_out(
    blocks: tuple[Block, ...],
    lengths: Mapping[Source, int],
    pre_roll_ms: int = 0,
    unmeasured: Set[Source] = frozenset(),
) -> Laid:
    """The session of the blocks, after `pre_roll_ms` of nothing; `lengths` are ms of every text and sound.

    Those that are `unmeasured` have a length that may turn out to be another. Raises KeyError for a text or sound
    without a length.
    """
    session = Session(lengths, pre_roll_ms)
    sets = Sets(session)
    ready_ms: int | None = None
    problems: tuple[Problem, ...] = ()
    for block in blocks:
        if not isinstance(block, ChapterStart):
            sets.end_tone(block)
        if ready_ms is None and not unmeasured.isdisjoint(sources((block,))):
            problems = session.problems
            ready_ms = _ready_ms(block, session, sets)
        else:
            _add(block, session, sets)
    sets.end_tone(None)
    sets.tell_unsaid()
    return Laid(session, ready_ms, session.problems if ready_ms is None else problems)


def _ready_ms(block: Block, session: Session, sets: Sets) -> int:
    """Add the first block that is not wholly measured; gives where its chapter starts.

    Where it is announced in a rest shorter than the gap before the words, its spans start before its chapter does.
    """
    before = len(session.spans)
    _add(block, session, sets)
    return min((session.chapter_ms, *(span.start_ms for span in session.spans[before:])))


def _add(block: Block, session: Session, sets: Sets) -> None:
    match block:
        case ChapterStart(title):
            session.chapter(title)
        case Speak(lines, exercise):
            session.now = session.speak(lines, session.free(), exercise) + GAP_MS
        case Ready():
            _get_ready(block, session)
        case HoldSet():
            sets.hold(block)
        case RepSet():
            sets.reps(block)
        case SetRest():
            _rest_between(block, session, sets)
        case SideSwitch():
            _switch(block, session)
        case FreeRest():
            _rest(block, session)
        case Silence(ms):
            start = session.free()
            session.span("pause", start, start + ms)
            session.now = start + ms
        case KeyWait(line, ms):
            session.speak((line,), session.free(), None)
            start = session.free()
            session.span("wait", start, start + ms)
            session.now = start + ms
        case SoundCue(name):
            session.now = session.sound(Sound(name), session.free()) + GAP_MS


def _get_ready(block: Ready, session: Session) -> None:
    start = on_grid(session.now) if block.rest_ms is not None else session.free()
    if not block.lines:
        session.begin_chapter(start)
    needed = session.speak(block.lines, max(start, session.free()), block.who.exercise) + LEAD_MS
    end = max(start + block.least_ms, needed)
    if block.rest_ms is not None:
        rest_end = start + block.rest_ms
        if block.rest_ms:
            session.span("rest", start, rest_end)
        if needed > rest_end and block.rest_ms:
            _warn_of_growth("rest-grows", session, block.rest_place, block.rest_ms, needed - start)
        end = max(end, rest_end)
        start = on_grid(rest_end)
    session.now = on_grid(end)
    if session.now > start:
        session.span("get-ready", start, session.now, block.who)


def _switch(block: SideSwitch, session: Session) -> None:
    start = on_grid(session.now)
    words_end = session.speak(block.lines, session.free(), block.who.exercise)
    session.now = on_grid(max(start + block.least_ms, words_end + SWITCH_LEAD_MS))
    session.span("switch", start, session.now, block.who)


def _rest(block: FreeRest, session: Session) -> None:
    start = on_grid(session.now)
    for line in block.choices:
        begin = on_grid(max(start, session.track.busy + GAP_MS))
        if begin + session.speech_length(line) + MARGIN_MS <= start + block.ms:
            session.say(line, begin, None)
            break
    if block.ms:
        session.span("rest", start, start + block.ms)
    session.now = start + block.ms


def _rest_between(block: SetRest, session: Session, sets: Sets) -> None:
    start = on_grid(session.now)
    exercise = block.who.exercise
    earliest = on_grid(max(start, session.track.busy + GAP_MS))
    offsets, words_ms = _in_a_row([session.speech_length(line) for line in block.last])
    after_words = sets.lead_ms(block) + REST_WORD_GAP_MS
    if block.switch_ms is not None:
        after_words = max(after_words, SWITCH_LEAD_MS)
    rest_ms = block.least_ms
    if block.grows:
        rest_ms = max(rest_ms, earliest + words_ms + after_words - start)
    if rest_ms > block.ms:
        kind = "rest-grows" if block.switch_ms is None else "rest-grows-for-sides"
        _warn_of_growth(kind, session, block.who.place, block.ms, rest_ms)
    session.now = on_grid(start + rest_ms)
    if rest_ms:
        session.span("rest", start, start + rest_ms, block.who)
    latest = to_grid(session.now - after_words - words_ms)
    if not block.last:
        return
    if earliest > latest:
        lost = " ".join(line.text for line in block.last)
        session.warn("words-dropped", block.who.place, text=lost, where="the rest between sets")
        return
    if block.first and earliest + session.speech_length(block.first) + GAP_MS <= latest:
        earliest = on_grid(session.say(block.first, earliest, exercise) + GAP_MS)
    ideal = to_grid(session.now - sets.lead_ms(block) - REST_LEAD_MS - words_ms)
    begin = max(earliest, ideal)
    for line, offset in zip(block.last, offsets, strict=True):
        session.say(line, begin + offset, exercise)


def _warn_of_growth(kind: str, session: Session, place: Place | None, rest_ms: int, needed_ms: int) -> None:
    seconds = -(-needed_ms // SECOND_MS)
    session.warn(kind, place, rest=format_duration(rest_ms), needed=format_duration(seconds * SECOND_MS))


def _in_a_row(lengths: list[int]) -> tuple[list[int], int]:
    """Where clips of these lengths start when they are said one after the other, and how long they take, in ms."""
    starts = []
    at = 0
    for length in lengths:
        starts.append(at)
        at = on_grid(at + length + GAP_MS)
    return starts, starts[-1] + lengths[-1] if starts else 0
