"""Blocks become a timeline: every word and tone gets its place, nothing overlaps, and holds are exact.

The rules, in the order they yield: the tones of true start and end, names and cautions, counts, halfway,
reminders. What finds no room is left out, and the author is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.compile.blocks import (
    Block,
    ChapterStart,
    FreeRest,
    HoldSet,
    Line,
    Ready,
    RepSet,
    SetRest,
    SideSwitch,
    Silence,
    SoundCue,
    Speak,
    Who,
)
from voiceguide.compile.reminders import place_reminders
from voiceguide.compile.track import GAP_MS, Track, on_grid, to_grid
from voiceguide.timeline import Chapter, Cue, Sound, Source, Span, Speech, Timeline, Voice
from voiceguide.units import format_duration
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.errors import Place, Problem

START, END = Sound("start"), Sound("end")
# From the last word before an exercise to its start: time to settle.
LEAD_MS = 2_000
SWITCH_LEAD_MS = 1_500
# From the end of a set's start tone to the first onset of its reps.
TONE_GAP_MS = 240
# From the words at the end of a rest to the start tone.
REST_WORD_GAP_MS = 480
# What must stay silent between two cues that are placed at fixed times.
MARGIN_MS = 60
HEAD_MS = 480
TAIL_MS = 1_000
SECOND_MS = 1_000
# Words named in one warning.
SHOWN_WORDS = 3


def lay_out(
    blocks: tuple[Block, ...], lengths: Mapping[Source, int], title: str, language: str, voice: Voice
) -> tuple[Timeline, tuple[Problem, ...]]:
    """The timeline of the blocks and warnings for what did not fit; `lengths` are ms of every text and sound.

    Raises KeyError for a text or sound without a length.
    """
    layout = _Layout(lengths)
    for block in blocks:
        layout.add(block)
    return layout.timeline(title, language, voice), tuple(layout.problems.values())


class _End(NamedTuple):
    """A set that ended at `at` ms; its tone waits for what follows."""

    at: int
    who: Who


class _Layout:
    """The session so far: `now` is where the next block may begin, in ms."""

    def __init__(self, lengths: Mapping[Source, int]) -> None:
        self.track = Track(lengths)
        self.now = HEAD_MS
        self.spans: list[Span] = []
        self.chapters: list[tuple[str, int]] = []
        self.chapter: str | None = None
        self.problems: dict[tuple[str, str, Place | None], Problem] = {}
        self.turns: dict[int, int] = {}
        self.unsaid: dict[tuple[int, Place], Line] = {}
        self.said: set[tuple[int, Place]] = set()
        self.pending: _End | None = None
        self.worked_until = 0

    def add(self, block: Block) -> None:
        if not isinstance(block, ChapterStart):
            self.end_tone(block)
        match block:
            case ChapterStart(title):
                self.chapter = title
            case Speak(lines, exercise):
                self.now = self.speak(lines, self.free(), exercise) + GAP_MS
            case Ready():
                self.ready(block)
            case HoldSet():
                self.hold(block)
            case RepSet():
                self.reps(block)
            case SetRest():
                self.set_rest(block)
            case SideSwitch():
                self.switch(block)
            case FreeRest(ms, choices):
                self.free_rest(ms, choices)
            case Silence(ms):
                start = self.free()
                self.span("pause", start, start + ms, None)
                self.now = start + ms
            case SoundCue(name):
                start = self.free()
                self.begin_chapter(start)
                self.now = self.track.put("sound", Sound(name), start, None) + GAP_MS

    def free(self) -> int:
        """The next moment at which words may begin: after what is being heard, on the grid."""
        return on_grid(max(self.now, self.track.busy + GAP_MS))

    def speak(self, lines: tuple[Line, ...], start: int, exercise: str | None) -> int:
        """Say the lines one after the other from `start`; gives where the last one ends."""
        end = start
        for line in lines:
            begin = on_grid(max(start, self.track.busy + GAP_MS))
            self.begin_chapter(begin)
            end = self.track.put(line.role, Speech(line.text), begin, exercise)
        return end

    def begin_chapter(self, start: int) -> None:
        if self.chapter is not None:
            self.chapters.append((self.chapter, start))
            self.chapter = None

    def span(self, kind: str, start: int, end: int, who: Who | None) -> None:
        if who is None:
            self.spans.append(Span(kind, start, end))  # type: ignore[arg-type]  # kinds are literals where it is called
        else:
            self.spans.append(Span(kind, start, end, who.exercise, who.side, who.set, who.sets))  # type: ignore[arg-type]  # as above

    def warn(self, kind: str, place: Place | None, **values: object) -> None:
        found = problem(kind, place, **values)
        self.problems.setdefault((kind, found.message, place), found)

    def ready(self, block: Ready) -> None:
        first = on_grid(self.now) if block.rest_ms is not None else self.free()
        words_end = self.speak(block.lines, max(first, self.free()), block.who.exercise)
        needed = words_end + LEAD_MS
        end = max(first + block.least_ms, needed)
        if block.rest_ms is not None:
            rest_end = first + block.rest_ms
            if block.rest_ms:
                self.span("rest", first, rest_end, None)
            if needed > rest_end and block.rest_ms:
                self.warn(
                    "rest-grows",
                    block.rest_place,
                    rest=format_duration(block.rest_ms),
                    needed=format_duration(-(-(needed - first) // SECOND_MS) * SECOND_MS),
                )
            end = max(end, rest_end)
            first = on_grid(rest_end)
        self.now = on_grid(end)
        if self.now > first:
            self.span("get-ready", first, self.now, block.who)

    def switch(self, block: SideSwitch) -> None:
        start = on_grid(self.now)
        words_end = self.speak(block.lines, self.free(), block.who.exercise)
        self.now = on_grid(max(start + block.least_ms, words_end + SWITCH_LEAD_MS))
        self.span("switch", start, self.now, block.who)

    def free_rest(self, ms: int, choices: tuple[Line, ...]) -> None:
        start = on_grid(self.now)
        for line in choices:
            begin = on_grid(max(start, self.track.busy + GAP_MS))
            if begin + self.track.length(Speech(line.text)) + MARGIN_MS <= start + ms:
                self.begin_chapter(begin)
                self.track.put(line.role, Speech(line.text), begin, None)
                break
        if ms:
            self.span("rest", start, start + ms, None)
        self.now = start + ms

    def set_rest(self, block: SetRest) -> None:
        start = on_grid(self.now)
        self.now = on_grid(start + block.ms)
        if block.ms:
            self.span("rest", start, start + block.ms, block.who)
        tone = self.track.length(START) + TONE_GAP_MS if block.before_reps else 0
        starts, words_ms = _in_a_row([self.track.length(Speech(line.text)) for line in block.last])
        latest = to_grid(self.now - tone - REST_WORD_GAP_MS - words_ms)
        earliest = on_grid(max(start, self.track.busy + GAP_MS))
        if block.first:
            first = Speech(block.first.text)
            if earliest + self.track.length(first) + GAP_MS <= latest:
                end = self.track.put(block.first.role, first, earliest, block.who.exercise)
                earliest = on_grid(end + GAP_MS)
        if earliest > latest:
            words = " ".join(line.text for line in block.last)
            self.warn("words-dropped", block.who.place, text=words, where="the rest between sets")
            return
        for line, offset in zip(block.last, starts, strict=True):
            self.track.put(line.role, Speech(line.text), latest + offset, block.who.exercise)

    def start_tone(self, at: int, who: Who) -> None:
        if at >= self.worked_until and self.track.is_free(at, MARGIN_MS):
            self.track.put("start", START, at, who.exercise)
        else:
            self.warn("tone-dropped", who.place, tone="start")

    def hold(self, block: HoldSet) -> None:
        start = on_grid(self.now)
        end = start + block.ms
        who = block.who
        self.span("hold", start, end, who)
        self.start_tone(start, who)
        fixed: list[tuple[Line, int]] = []
        if block.countdown:
            first = end - SECOND_MS * len(block.countdown)
            fits = all(
                self.track.length(Speech(line.text)) + MARGIN_MS <= SECOND_MS for line in block.countdown
            )
            if fits and self.track.busy + MARGIN_MS <= first:
                fixed = [(line, first + SECOND_MS * index) for index, line in enumerate(block.countdown)]
            else:
                self.warn("words-dropped", who.place, text=block.countdown[0].text, where="the countdown")
        if block.halfway:
            middle = start + block.ms // 2
            limit = (fixed[0][1] if fixed else end) - GAP_MS
            length = self.track.length(Speech(block.halfway.text))
            if self.track.is_free(middle, GAP_MS) and middle + length <= limit:
                fixed.insert(0, (block.halfway, middle))
            else:
                self.warn("words-dropped", who.place, text=block.halfway.text, where="the hold")
        tone_end = max(start, self.track.busy)
        taken = [(at, at + self.track.length(Speech(line.text))) for line, at in fixed]
        self.remind(block.reminders, who, [(start, tone_end), *taken], end)
        for line, at in fixed:
            self.track.put(line.role, Speech(line.text), at, who.exercise)
        self.finish(end, who)

    def reps(self, block: RepSet) -> None:
        start = on_grid(self.now)
        who = block.who
        tone = self.track.length(START)
        at = start - TONE_GAP_MS - tone
        self.start_tone(to_grid(at), who)
        taken = [(start, start)]
        lost: dict[str, None] = {}
        onset = start
        for number, rep in enumerate(block.reps, 1):
            rep_end = onset + sum(phase.ms for phase in rep)
            self.spans.append(
                Span(
                    "rep", onset, rep_end, who.exercise, who.side, who.set, who.sets, number, len(block.reps)
                )
            )
            for phase in rep:
                phase_end = onset + phase.ms
                if phase.ms and phase.hold:
                    self.spans.append(
                        Span(
                            "hold",
                            onset,
                            phase_end,
                            who.exercise,
                            who.side,
                            who.set,
                            who.sets,
                            number,
                            len(block.reps),
                        )
                    )
                if phase.ms and phase.choices:
                    said = self.phase_word(phase.choices, onset, phase_end, who)
                    if said is None:
                        lost[phase.choices[-1].text] = None
                    else:
                        taken.append(said)
                onset = phase_end
        if lost:
            self.warn("reps-too-fast", who.place, words=_listed(tuple(lost)))
        self.remind(block.reminders, who, taken, onset, between_words=True)
        self.finish(onset, who)

    def phase_word(
        self, choices: tuple[Line, ...], onset: int, phase_end: int, who: Who
    ) -> tuple[int, int] | None:
        """Say the first choice that ends before the next phase; gives the time it takes, None where none fits."""
        for line in choices:
            source = Speech(line.text)
            if onset + self.track.length(source) + MARGIN_MS <= phase_end:
                return onset, self.track.put(line.role, source, onset, who.exercise)
        return None

    def remind(
        self,
        reminders: tuple[Line, ...],
        who: Who,
        taken: list[tuple[int, int]],
        end: int,
        *,
        between_words: bool = False,
    ) -> None:
        """Place the performance's reminders in the gaps of this set, going on where its last set stopped."""
        for line in reminders:
            if line.place:
                self.unsaid.setdefault((who.number, line.place), line)
        turn = self.turns.get(who.number, 0)
        lengths = [self.track.length(Speech(line.text)) for line in reminders]
        placed = place_reminders(lengths, turn, taken, end, close=between_words)
        for index, at in placed:
            line = reminders[index]
            self.track.put(line.role, Speech(line.text), at, who.exercise)
            if line.place:
                self.said.add((who.number, line.place))
        if placed:
            passed = max((index - turn) % len(reminders) for index, _ in placed) + 1
            self.turns[who.number] = (turn + passed) % len(reminders)

    def finish(self, end: int, who: Who) -> None:
        self.now = self.worked_until = end
        self.pending = _End(end, who)

    def end_tone(self, following: Block | None) -> None:
        """Sound the end of the set before, unless the next one follows so closely that its start is the end."""
        if self.pending is None:
            return
        end, who = self.pending
        self.pending = None
        room = None
        if isinstance(following, SetRest):
            room = following.ms - (self.track.length(START) + TONE_GAP_MS if following.before_reps else 0)
        fits = room is None or self.track.length(END) + MARGIN_MS <= room
        if fits and self.track.is_free(end, 0):
            self.track.put("end", END, end, who.exercise)
        else:
            self.warn("tone-dropped", who.place, tone="end")

    def timeline(self, title: str, language: str, voice: Voice) -> Timeline:
        self.end_tone(None)
        for key, line in self.unsaid.items():
            if key not in self.said:
                self.warn("reminder-unsaid", line.place, text=line.text)
        duration = on_grid(max(self.now, self.track.busy) + TAIL_MS)
        starts = self.chapters or [(title, 0)]
        starts[0] = (starts[0][0], 0)
        ends = [start for _, start in starts[1:]] + [duration]
        chapters = tuple(Chapter(name, start, end) for (name, start), end in zip(starts, ends, strict=True))
        cues: tuple[Cue, ...] = self.track.sorted_cues()
        return Timeline(title, language, voice, duration, chapters, tuple(self.spans), cues)


def _listed(words: tuple[str, ...]) -> str:
    """The first words in quotes, and how many more there are."""
    shown = ", ".join(f'"{word}"' for word in words[:SHOWN_WORDS])
    more = len(words) - SHOWN_WORDS
    return f"{shown} and {more} more" if more > 0 else shown


def _in_a_row(lengths: list[int]) -> tuple[list[int], int]:
    """Where clips of these lengths start when they are said one after the other, and how long they take, in ms."""
    starts = []
    at = 0
    for length in lengths:
        starts.append(at)
        at = on_grid(at + length + GAP_MS)
    return starts, starts[-1] + lengths[-1]
