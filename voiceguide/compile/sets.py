"""Sets: holds and reps with their tones, counts and reminders.

What yields to what: the tones of true start and end stay, then counts, halfway, reminders. What finds no room is left
out, and the author is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.compile.blocks import Block, HoldSet, Line, RepSet, SetRest, Who
from voiceguide.compile.reminders import place_reminders
from voiceguide.compile.track import GAP_MS, on_grid, to_grid
from voiceguide.timeline import Sound

if TYPE_CHECKING:
    from voiceguide.compile.session import Session
    from voiceguide.errors import Place

START, END = Sound("start"), Sound("end")
# From the end of a set's start tone to the first onset of its reps.
TONE_GAP_MS = 240
# What must stay silent between two cues that are placed at fixed times.
MARGIN_MS = 60
SECOND_MS = 1_000
# Words named in one warning.
SHOWN_WORDS = 3


class _End(NamedTuple):
    """A set that ended at `at` ms; its tone waits for what follows."""

    at: int
    who: Who


class Sets:
    """Places the sets of a session, remembering whose turn it is among the reminders."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._turns: dict[int, int] = {}
        self._unsaid: dict[tuple[int, Place], Line] = {}
        self._said: set[tuple[int, Place]] = set()
        self._pending: _End | None = None
        self._worked_until = 0

    def hold(self, block: HoldSet) -> None:
        """One hold: its tones, the countdown, halfway, and reminders where there is room."""
        start = on_grid(self.session.now)
        end = start + block.ms
        who = block.who
        self.session.span("hold", start, end, who)
        self._start_tone(start, who)
        fixed: list[tuple[Line, int]] = []
        if block.countdown:
            first = end - SECOND_MS * len(block.countdown)
            fits = all(self.session.speech_length(line) + MARGIN_MS <= SECOND_MS for line in block.countdown)
            if fits and self.session.track.busy + MARGIN_MS <= first:
                fixed = [(line, first + SECOND_MS * index) for index, line in enumerate(block.countdown)]
            else:
                self.session.warn(
                    "words-dropped", who.place, text=block.countdown[0].text, where="the countdown"
                )
        if block.halfway:
            middle = start + block.ms // 2
            limit = (fixed[0][1] if fixed else end) - GAP_MS
            length = self.session.speech_length(block.halfway)
            if self.session.track.is_free(middle, GAP_MS) and middle + length <= limit:
                fixed.insert(0, (block.halfway, middle))
            else:
                self.session.warn("words-dropped", who.place, text=block.halfway.text, where="the hold")
        tone_end = max(start, self.session.track.busy)
        taken = [(at, at + self.session.speech_length(line)) for line, at in fixed]
        self._remind(block.reminders, who, [(start, tone_end), *taken], end)
        for line, at in fixed:
            self.session.say(line, at, who.exercise)
        self._finish(end, who)

    def reps(self, block: RepSet) -> None:
        """Count the reps on their first onsets and name their phases; the start tone ends before the first."""
        start = on_grid(self.session.now)
        who = block.who
        self._start_tone(to_grid(start - TONE_GAP_MS - self.session.track.length(START)), who)
        taken = [(start, start)]
        lost: dict[str, None] = {}
        onset = start
        for number, phases in enumerate(block.reps, 1):
            rep = (number, len(block.reps))
            self.session.span("rep", onset, onset + sum(phase.ms for phase in phases), who, rep)
            for phase in phases:
                phase_end = onset + phase.ms
                if phase.ms and phase.hold:
                    self.session.span("hold", onset, phase_end, who, rep)
                if phase.ms and phase.choices:
                    said = self._phase_word(phase.choices, onset, phase_end, who)
                    if said is None:
                        lost[phase.choices[-1].text] = None
                    else:
                        taken.append(said)
                onset = phase_end
        if lost:
            self.session.warn("reps-too-fast", who.place, words=_listed(tuple(lost)))
        self._remind(block.reminders, who, taken, onset, between_words=True)
        self._finish(onset, who)

    def end_tone(self, following: Block | None) -> None:
        """Sound the end of the set before, unless the next one follows so closely that its start is the end."""
        if self._pending is None:
            return
        end, who = self._pending
        self._pending = None
        track = self.session.track
        room = None
        if isinstance(following, SetRest) and following.switch_ms is None:
            room = following.ms - self.lead_ms(following)
        fits = room is None or track.length(END) + MARGIN_MS <= room
        if fits and track.is_free(end, 0):
            track.put("end", END, end, who.exercise)
        else:
            self.session.warn("tone-dropped", who.place, tone="end")

    def lead_ms(self, rest: SetRest) -> int:
        """What the start tone of the next set takes of the rest before it."""
        return self.session.track.length(START) + TONE_GAP_MS if rest.before_reps else 0

    def tell_unsaid(self) -> None:
        """Warn of each reminder of the author's own that found no room in any set."""
        for key, line in self._unsaid.items():
            if key not in self._said:
                self.session.warn("reminder-unsaid", line.place, text=line.text)

    def _start_tone(self, at: int, who: Who) -> None:
        if at >= self._worked_until and self.session.track.is_free(at, MARGIN_MS):
            self.session.track.put("start", START, at, who.exercise)
        else:
            self.session.warn("tone-dropped", who.place, tone="start")

    def _phase_word(
        self, choices: tuple[Line, ...], onset: int, phase_end: int, who: Who
    ) -> tuple[int, int] | None:
        """Say the first choice that ends before the next phase; gives the time it takes, None where none fits."""
        for line in choices:
            if onset + self.session.speech_length(line) + MARGIN_MS <= phase_end:
                return onset, self.session.say(line, onset, who.exercise)
        return None

    def _remind(
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
                self._unsaid.setdefault((who.number, line.place), line)
        turn = self._turns.get(who.number, 0)
        lengths = [self.session.speech_length(line) for line in reminders]
        placed = place_reminders(lengths, turn, taken, end, close=between_words)
        for index, at in placed:
            line = reminders[index]
            self.session.say(line, at, who.exercise)
            if line.place:
                self._said.add((who.number, line.place))
        if placed:
            passed = max((index - turn) % len(reminders) for index, _ in placed) + 1
            self._turns[who.number] = (turn + passed) % len(reminders)

    def _finish(self, end: int, who: Who) -> None:
        self.session.now = self._worked_until = end
        self._pending = _End(end, who)


def _listed(words: tuple[str, ...]) -> str:
    """The first words in quotes, and how many more there are."""
    shown = ", ".join(f'"{word}"' for word in words[:SHOWN_WORDS])
    more = len(words) - SHOWN_WORDS
    return f"{shown} and {more} more" if more > 0 else shown
