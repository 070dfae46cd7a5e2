"""Sets: holds and reps with their tones, counts and reminders.

What yields to what: the tones of true start and end stay, then the countdown, the author's cues at their own time, what
is left, halfway, reminders. What finds no room is left out, and the author is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.compile.blocks import Block, HoldSet, Line, RepSet, SetRest, Who
from voiceguide.compile.counting import LEAST_COUNTDOWN_S, TEN_LEFT_MS
from voiceguide.compile.reminders import QUIET_END_MS, Turn, place_reminders
from voiceguide.compile.slots import MARGIN_MS, Slots
from voiceguide.compile.tempo import pace
from voiceguide.compile.track import GAP_MS, on_grid, to_grid
from voiceguide.timeline import Sound
from voiceguide.units import format_duration

if TYPE_CHECKING:
    from voiceguide.compile.session import Session
    from voiceguide.errors import Place
    from voiceguide.timeline import SpanKind

START, END = Sound("start"), Sound("end")
# From the end of a set's start tone to the first onset of its reps.
TONE_GAP_MS = 240
SECOND_MS = 1_000
# How much later than written an author's cue may be said, where the moment itself is taken.
LATE_MS = 1_000
LATE_IN_REPS_MS = 5_000
# Words named in one warning of a tempo.
SHOWN_WORDS = 3


class _End(NamedTuple):
    """A set that ended at `at` ms; its tone waits for what follows."""

    at: int
    who: Who


class Sets:
    """Places the sets of a session, remembering whose turn it is among the reminders."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._turns: dict[tuple[str, Place | None], Turn] = {}
        self._unsaid: dict[Place, Line] = {}
        self._said: set[Place] = set()
        self._pending: _End | None = None
        self._worked_until = 0

    def hold(self, block: HoldSet) -> None:
        """One hold: its tones, the countdown, what is said at a time of its own, and reminders where there is room."""
        start = on_grid(self.session.now)
        end = start + block.ms
        who = block.who
        self.session.span("hold", start, end, who)
        self._start_tone(start, who)
        slots = Slots(max(start, self.session.track.busy), end)
        self._count_down(block, slots)
        for at_ms, line in block.timed:
            at = start + at_ms if at_ms >= 0 else end + at_ms
            if start <= at < end:
                self._own_time(line, at, slots, block)
            else:
                self._warn_outside(line, at_ms, block.ms, who, "hold")
        for at_ms, line in block.left:
            self._exactly(line, end + at_ms, slots, block)
        if block.halfway:
            self._exactly(block.halfway, start + block.ms // 2, slots, block)
        # No reminder falls into the last ten seconds where they are told.
        told = any(at_ms == -TEN_LEFT_MS for at_ms, _ in block.left)
        quiet_end = end - TEN_LEFT_MS + QUIET_END_MS if told else end
        reminders = self._reminders(block.reminders, who, [(start, slots.start), *slots.taken], quiet_end)
        for at, line in sorted((*slots.said, *reminders), key=lambda said: said[0]):
            self.session.say(line, at, who.exercise)
        self._finish(end, who)

    def reps(self, block: RepSet) -> None:
        """Count the reps on their first onsets and name their phases; the start tone ends before the first."""
        start = on_grid(self.session.now)
        who = block.who
        self._start_tone(to_grid(start - TONE_GAP_MS - self.session.track.length(START)), who)
        paced = pace(block.reps, self.session.speech_length)
        said: list[tuple[int, Line]] = []
        onset = start
        for number, (phases, lines) in enumerate(zip(block.reps, paced.reps, strict=True), 1):
            rep = (number, len(block.reps))
            kind: SpanKind = "breath" if block.breaths else "rep"
            self.session.span(kind, onset, onset + sum(phase.ms for phase in phases), who, rep)
            for phase, line in zip(phases, lines, strict=True):
                if phase.ms and phase.hold:
                    self.session.span("hold", onset, onset + phase.ms, who, rep)
                if line:
                    said.append((onset, line))
                onset += phase.ms
        if paced.lost:
            self.session.warn("reps-too-fast", who.place, words=_listed(paced.lost))
        slots = Slots(start, onset, [(at, line, self.session.speech_length(line)) for at, line in said])
        for at_ms, line in block.timed:
            if at_ms >= onset - start:
                self._warn_outside(line, at_ms, onset - start, who, "set")
                continue
            length = self.session.speech_length(line)
            at = slots.next_free(start + at_ms, length, GAP_MS, LATE_IN_REPS_MS)
            self._put(line, at, slots, who, "the set")
        reminders = self._reminders(block.reminders, who, [(start, start), *slots.taken], onset, close=True)
        for at, line in sorted((*slots.said, *reminders), key=lambda one: one[0]):
            self.session.say(line, at, who.exercise)
        self._finish(onset, who)

    def end_tone(self, following: Block | None) -> None:
        """Sound the end of the set before, unless the next one follows so closely that its start is the end."""
        if self._pending is None:
            return
        end, who = self._pending
        self._pending = None
        track = self.session.track
        fits = True
        if isinstance(following, SetRest) and not following.grows:
            room_ms = following.least_ms - self.lead_ms(following)
            fits = track.length(END) + MARGIN_MS <= room_ms
        if fits and track.is_free(end, 0):
            track.put("end", END, end, who.exercise)
        else:
            self.session.warn("tone-dropped", who.place, tone="end")

    def lead_ms(self, rest: SetRest) -> int:
        """What the start tone of the next set takes of the rest before it."""
        return self.session.track.length(START) + TONE_GAP_MS if rest.before_reps else 0

    def tell_unsaid(self) -> None:
        """Warn of each reminder of the author's own that found no room in any set."""
        for place, line in self._unsaid.items():
            if place not in self._said:
                self.session.warn("reminder-unsaid", place, text=line.text)

    def _start_tone(self, at: int, who: Who) -> None:
        earliest = max(self._worked_until, self.session.silent_until)
        if at >= earliest and self.session.track.is_free(at, MARGIN_MS):
            self.session.track.put("start", START, at, who.exercise)
        else:
            self.session.warn("tone-dropped", who.place, tone="start")

    def _count_down(self, block: HoldSet, slots: Slots) -> None:
        """All of the countdown on its seconds, else its last three numbers, else nothing of it."""
        whole = block.countdown
        said = next((one for one in (whole, whole[-LEAST_COUNTDOWN_S:]) if self._on_seconds(one, slots)), ())
        for before, line in zip(range(len(said), 0, -1), said, strict=True):
            slots.put(slots.end - SECOND_MS * before, line, self.session.speech_length(line))
        lost = tuple(line.text for line in whole[: len(whole) - len(said)])
        if lost:
            self.session.warn("countdown-dropped", block.who.place, words=_listed(lost, len(lost)))

    def _on_seconds(self, numbers: tuple[Line, ...], slots: Slots) -> bool:
        """Whether each number fits its second before the end, and the first one comes after the start tone."""
        begin = slots.end - SECOND_MS * len(numbers)
        short = all(self.session.speech_length(line) + MARGIN_MS <= SECOND_MS for line in numbers)
        return short and slots.start + MARGIN_MS <= begin

    def _own_time(self, line: Line, at: int, slots: Slots, block: HoldSet) -> None:
        """An author's cue at its time, or as soon after it as there is room."""
        free = slots.next_free(at, self.session.speech_length(line), MARGIN_MS, LATE_MS)
        self._put(line, free, slots, block.who, "the hold")

    def _exactly(self, line: Line, at: int, slots: Slots, block: HoldSet) -> None:
        free = slots.next_free(at, self.session.speech_length(line), GAP_MS, 0)
        self._put(line, free, slots, block.who, "the hold")

    def _put(self, line: Line, at: int | None, slots: Slots, who: Who, where: str) -> None:
        if at is None:
            self.session.warn("words-dropped", line.place or who.place, text=line.text, where=where)
        else:
            slots.put(at, line, self.session.speech_length(line))

    def _warn_outside(self, line: Line, at_ms: int, ms: int, who: Who, where: str) -> None:
        at = f"{'-' if at_ms < 0 else ''}{format_duration(abs(at_ms))}"
        place = line.place or who.place
        length = format_duration(ms)
        self.session.warn("cue-outside", place, text=line.text, at=at, where=where, length=length)

    def _reminders(
        self,
        reminders: tuple[Line, ...],
        who: Who,
        taken: list[tuple[int, int]],
        end: int,
        *,
        close: bool = False,
    ) -> list[tuple[int, Line]]:
        """The reminders in the gaps of this set with their starts, going on where the last set stopped."""
        if not reminders:
            return []
        for line in reminders:
            if line.place:
                self._unsaid.setdefault(line.place, line)
        key = (who.exercise, reminders[0].place)
        turn = self._turns.get(key, Turn(tuple(range(len(reminders)))))
        lengths = [self.session.speech_length(line) for line in reminders]
        placed, self._turns[key] = place_reminders(lengths, turn, taken, end, close=close)
        found = [(at, reminders[number]) for number, at in placed]
        self._said.update(line.place for _, line in found if line.place)
        return found

    def _finish(self, end: int, who: Who) -> None:
        self.session.now = self._worked_until = end
        self._pending = _End(end, who)


def _listed(words: tuple[str, ...], most: int = SHOWN_WORDS) -> str:
    """The first words in quotes, and how many more there are."""
    shown = ", ".join(f'"{word}"' for word in words[:most])
    more = len(words) - most
    return f"{shown} and {more} more" if more > 0 else shown
