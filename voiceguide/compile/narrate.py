"""Actions become blocks: every word the guide may say, in the language of the routine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.compile.blocks import (
    Block,
    ChapterStart,
    FreeRest,
    HoldSet,
    KeyWait,
    Line,
    Ready,
    RepSet,
    SetRest,
    SideSwitch,
    Silence,
    SoundCue,
    Speak,
    TimedLine,
    Who,
)
from voiceguide.compile.counting import halfway, hold_countdown, rep_slots, times_left
from voiceguide.compile.words import Writer
from voiceguide.model import Pause, PlaySound, Rest, Say, Wait
from voiceguide.plan import (
    USUAL_SPEED,
    Action,
    Choices,
    Close,
    EnterSection,
    GetReady,
    HoldWork,
    Open,
    Outlook,
    Performance,
    Release,
    RepWork,
    RestBetween,
    Switch,
    Work,
    outlook,
    switch_ms,
    talk_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.dose import Side
    from voiceguide.model import Pronunciation, Words
    from voiceguide.phrases.language import Language
    from voiceguide.timeline import Role

REST_WORD_FROM_MS = 5_000


def narrate(
    actions: tuple[Action, ...],
    language: Language,
    choices: Choices,
    say_as: tuple[Pronunciation, ...] = (),
) -> tuple[Block, ...]:
    """The blocks of a plan; `say_as` is how words are pronounced, the first going before the later."""
    narrator = _Narrator(Writer(language, say_as, choices.name), choices)
    chapters = _chapters(actions)
    blocks: list[Block] = []
    for index, (action, ahead) in enumerate(zip(actions, outlook(actions, choices), strict=True)):
        if index in chapters:
            blocks.append(ChapterStart(chapters[index]))
        blocks.extend(narrator.blocks(action, ahead))
    return tuple(blocks)


def chapter_title(performance: Performance) -> str:
    """The exercise's name under the sections it stands in: "Settle 1/2: Knee drop"."""
    sections = [
        f"{title} {turn}/{rounds}" if rounds > 1 else title for title, turn, rounds in performance.sections
    ]
    return ": ".join((*sections, performance.exercise.name.text))


def _chapters(actions: tuple[Action, ...]) -> dict[int, str]:
    """The titles of the exercises by the action that begins their chapter: what is said on the way to one belongs to it."""
    found = {}
    for index, action in enumerate(actions):
        if isinstance(action, GetReady):
            first = index
            while first and isinstance(actions[first - 1], EnterSection | Say):
                first -= 1
            found[first] = chapter_title(action.performance)
    return found


class _Narrator:
    def __init__(self, writer: Writer, choices: Choices) -> None:
        self.writer = writer
        self.language = writer.language
        self.choices = choices

    def blocks(self, action: Action, ahead: Outlook) -> Iterator[Block]:  # noqa: PLR0912 (one case an action, each a few lines)
        match action:
            case Open():
                yield ChapterStart(self.language.opening_title)
                yield Speak(tuple(self.opening(action, ahead)))
            case Close(words):
                yield ChapterStart(self.language.closing_title)
                yield Speak((self.writer.author("closing", words, ahead),))
            case EnterSection():
                yield Speak(tuple(self.section(action, ahead)))
            case GetReady():
                yield self.get_ready(action, ahead)
            case Work():
                yield self.work(action, ahead)
            case RestBetween():
                yield self.rest_between(action, ahead)
            case Switch():
                yield self.switch(action, ahead)
            case Release(performance, side):
                if performance.exercise.release:
                    line = self.writer.author("end", performance.exercise.release, ahead, performance, side)
                    yield Speak((line,), performance.exercise.id)
            case Say(words):
                yield Speak((self.writer.author("say", words, ahead),))
            case Rest(ms):
                silent = action.quiet or ms < REST_WORD_FROM_MS
                yield FreeRest(ms, () if silent else self.rest_lines(ms))
            case Pause(ms):
                yield Silence(ms)
            case Wait(words, ms):
                yield KeyWait(self.writer.author("say", words, ahead), ms)
            case PlaySound(name):
                yield SoundCue(name)

    def opening(self, action: Open, ahead: Outlook) -> Iterator[Line]:
        if action.words:
            yield self.writer.author("opening", action.words, ahead)
        if action.left_out:
            names = phrases.listed(self.language, (left.name.text for left in action.left_out))
            yield self.guide("opening", self.language.left_out.format(names=names))
        for swapped in action.swapped:
            told = self.language.in_place_of.format(new=swapped.new.text, old=swapped.old.text)
            yield self.guide("opening", told)
        if action.safety:
            yield from (self.guide("opening", rule) for rule in self.language.safety)

    def section(self, action: EnterSection, ahead: Outlook) -> Iterator[Line]:
        if action.round == 1:
            yield self.writer.author("say", action.title, ahead, sentence=True)
        if action.rounds > 1:
            turn, rounds = (self.language.spoken(number, None) for number in (action.round, action.rounds))
            yield self.guide("say", self.language.round_of.format(n=turn, total=rounds))

    def get_ready(self, action: GetReady, ahead: Outlook) -> Block:
        performance, side = action.performance, action.side
        return Ready(
            tuple(self.announcement(action, ahead)),
            self.choices.get_ready_ms,
            self.who(performance, side, 1),
            action.rest.ms if action.rest else None,
            action.rest.place if action.rest else None,
        )

    def announcement(self, action: GetReady, ahead: Outlook) -> Iterator[Line]:
        performance, side = action.performance, action.side
        exercise = performance.exercise
        talk = talk_of(performance, 1)
        if talk == "tones":
            return
        if action.rest:
            yield self.guide("rest", self.language.rest)
        template = self.language.exercise if performance.number == 1 else self.language.next_exercise
        name = exercise.name
        # What another voice says has nothing of the guide's around it.
        if name.recording or name.language:
            yield self.writer.author("name", name, ahead, sentence=True)
        else:
            yield self.guide("name", template.format(name=name.text))
        yield self.guide("name", self.dose(performance))
        if talk == "full":
            for words in exercise.setup:
                yield self.writer.author("setup", words, ahead, performance, side)
            if exercise.caution:
                yield self.writer.author("caution", exercise.caution, ahead, performance, side)
        yield from self.set_and_side("name", performance, side, 1)
        yield from self.side_line("name", performance, side, ahead)

    def switch(self, action: Switch, ahead: Outlook) -> Block:
        performance, side, number = action.performance, action.side, action.set
        talk = talk_of(performance, number)
        lines: list[Line] = []
        if talk != "tones":
            lines.append(self.guide("switch", phrases.sentence(self.language.other_side)))
            if talk == "full" and performance.exercise.change:
                change = performance.exercise.change
                lines.append(self.writer.author("switch", change, ahead, performance, side))
            if talk == "full" and performance.sets > 1 and not performance.alternating:
                lines.extend(self.set_and_side("switch", performance, side, number))
            lines.extend(self.side_line("switch", performance, side, ahead))
        least_ms = switch_ms(performance, self.choices)
        return SideSwitch(least_ms, self.who(performance, side, number), tuple(lines))

    def rest_between(self, action: RestBetween, ahead: Outlook) -> Block:
        performance, side, number = action.performance, action.side, action.set
        # Who alternates has just done the other side.
        changes = performance.alternating
        first: Line | None = None
        lines: list[Line] = []
        if talk_of(performance, number) != "tones":
            if performance.rest_ms >= REST_WORD_FROM_MS:
                first = self.guide("rest", self.language.rest)
            lines.append(self.guide("rest", phrases.sentence(self.next_set(performance, side, number))))
            if changes:
                lines.extend(self.side_line("rest", performance, side, ahead))
        return SetRest(
            performance.rest_ms,
            self.who(performance, side, number),
            first,
            tuple(lines),
            isinstance(performance.work, RepWork),
            switch_ms(performance, self.choices) if changes else None,
        )

    def next_set(self, performance: Performance, side: Side | None, number: int) -> str:
        if number < performance.sets:
            return phrases.set_name(self.language, number)
        side_to_come = len(performance.sides) > 1 and side == performance.sides[0]
        if side_to_come and not performance.alternating:
            return self.language.last_set_of_side
        return self.language.last_set

    def work(self, action: Work, ahead: Outlook) -> Block:
        performance, side, number = action.performance, action.side, action.set
        exercise, step, work = performance.exercise, performance.step, performance.work
        who = self.who(performance, side, number)
        talk = talk_of(performance, number)
        own = bool(step.cues or step.timed)

        def line(role: Role, words: Words) -> Line:
            written = self.writer.author(role, words, ahead, performance, side)
            # Only the author of the routine can make room for a cue: nobody is told of the library's.
            return written if own else Line(role, written.text, written.source)

        cues = step.cues if own else exercise.cues
        timed = step.timed if own else exercise.timed
        reminders = tuple(line("reminder", words) for words in cues) if talk == "full" else ()
        at_times = (
            tuple(TimedLine(cue.at_ms, line("cue", cue.words)) for cue in timed) if talk != "tones" else ()
        )
        if isinstance(work, RepWork):
            slots = rep_slots(self.writer, performance, talk)
            return RepSet(slots, who, at_times, reminders, work.breaths)
        if talk == "tones":
            return HoldSet(work.ms, who)
        countdown = hold_countdown(self.writer, work.ms, self.choices.countdown)
        left = times_left(self.writer, work.ms)
        return HoldSet(work.ms, who, countdown, at_times, left, halfway(self.writer, work.ms), reminders)

    def guide(self, role: Role, text: str) -> Line:
        return self.writer.guide(role, text)

    def rest_lines(self, ms: int) -> tuple[Line, ...]:
        # A length that was written is said exactly; what the listener's speed makes of it has parts of a second.
        told_ms = ms if self.choices.speed == USUAL_SPEED else phrases.whole_seconds(ms)
        length = phrases.duration(self.language, told_ms)
        return (
            self.guide("rest", self.language.rest_for.format(duration=length)),
            self.guide("rest", self.language.rest),
        )

    def who(self, performance: Performance, side: Side | None, number: int) -> Who:
        return Who(performance.exercise.id, side, number, performance.sets, performance.place)

    def dose(self, performance: Performance) -> str:
        match performance.work:
            case HoldWork(ms):
                work = phrases.duration(self.language, ms)
            case RepWork(count, _, breaths):
                noun = self.language.breaths if breaths else self.language.reps
                work = phrases.counted(self.language, noun, count)
        both = len(performance.sides) > 1
        alternating = performance.alternating and performance.sets > 1
        hold = performance.dose.hold
        return phrases.dose(
            self.language,
            performance.sets,
            work,
            both_sides=both,
            alternating=alternating,
            hold_ms=hold.low if hold else None,
        )

    def set_and_side(
        self, role: Role, performance: Performance, side: Side | None, number: int
    ) -> tuple[Line, ...]:
        """Which set on which side comes: "First set, left side."; a single set is not counted."""
        if performance.sets == 1:
            return ()
        text = phrases.set_name(self.language, number)
        if side:
            where = phrases.side_name(self.language, side)
            text = self.language.set_and_side.format(set=text, side=where)
        return (self.guide(role, phrases.sentence(text)),)

    def side_line(
        self, role: Role, performance: Performance, side: Side | None, ahead: Outlook
    ) -> tuple[Line, ...]:
        """What the side names: "Knees to the left, head to the right."."""
        words = performance.exercise.side
        if words is None or side is None:
            return ()
        return (self.writer.author(role, words, ahead, performance, side, sentence=True),)
