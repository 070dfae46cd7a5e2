"""Actions become blocks: every word the guide may say, in the language of the routine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.compile.blocks import (
    Block,
    ChapterStart,
    FreeRest,
    HoldSet,
    Line,
    PhaseSlot,
    Ready,
    RepSet,
    SetRest,
    SideSwitch,
    Silence,
    SoundCue,
    Speak,
    Who,
)
from voiceguide.model import Pause, PlaySound, Rest, Say
from voiceguide.plan import (
    Action,
    Choices,
    Close,
    EnterSection,
    GetReady,
    HoldWork,
    Open,
    Performance,
    Phase,
    Release,
    RepWork,
    RestBetween,
    Side,
    Switch,
    Work,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.model import Words
    from voiceguide.phrases.language import Language
    from voiceguide.timeline import Role

HALFWAY_FROM_MS = 20_000
REST_WORD_FROM_MS = 5_000
COUNTDOWN_SPARE_MS = 2_000


def narrate(actions: tuple[Action, ...], language: Language, choices: Choices) -> tuple[Block, ...]:
    """The blocks of a plan."""
    narrator = _Narrator(language, choices)
    return tuple(block for action in actions for block in narrator.blocks(action))


class _Narrator:
    def __init__(self, language: Language, choices: Choices) -> None:
        self.language = language
        self.choices = choices

    def blocks(self, action: Action) -> Iterator[Block]:  # noqa: PLR0912 (one case an action, each a few lines)
        match action:
            case Open(words, safety):
                yield ChapterStart(self.language.opening_title)
                said = [self.line("opening", words, None)] if words else []
                rules = [Line("opening", text) for text in self.language.safety] if safety else []
                yield Speak((*said, *rules))
            case Close(words):
                yield ChapterStart(self.language.closing_title)
                yield Speak((self.line("closing", words, None),))
            case EnterSection(title, turn, rounds):
                yield Speak(self.section(title, turn, rounds))
            case GetReady():
                yield from self.get_ready(action)
            case Work(performance, side, number):
                yield self.work(performance, side, number)
            case RestBetween():
                yield self.rest_between(action)
            case Switch(performance, side, number):
                lines = (Line("switch", self.language.switch), *self.side_line("switch", performance, side))
                yield SideSwitch(self.choices.switch_ms, self.who(performance, side, number), lines)
            case Release(performance, side):
                if performance.exercise.release:
                    line = self.line("end", performance.exercise.release, side)
                    yield Speak((line,), performance.exercise.id)
            case Say(words):
                yield Speak((self.line("say", words, None),))
            case Rest(ms):
                yield FreeRest(ms, self.rest_lines(ms) if ms >= REST_WORD_FROM_MS else ())
            case Pause(ms):
                yield Silence(ms)
            case PlaySound(name):
                yield SoundCue(name)

    def line(self, role: Role, words: Words, side: Side | None) -> Line:
        return Line(role, phrases.resolve_sides(self.language, words.text, side), words.place)

    def rest_lines(self, ms: int) -> tuple[Line, ...]:
        length = phrases.duration(self.language, ms)
        return (
            Line("rest", self.language.rest_for.format(duration=length)),
            Line("rest", self.language.rest),
        )

    def who(self, performance: Performance, side: Side | None, number: int) -> Who:
        exercise = performance.exercise
        return Who(exercise.id, performance.number, side, number, performance.sets, performance.place)

    def section(self, title: str, turn: int, rounds: int) -> tuple[Line, ...]:
        said = (Line("say", phrases.sentence(title)),) if turn == 1 else ()
        if rounds == 1:
            return said
        spoken = self.language.spoken
        return (*said, Line("say", self.language.round_of.format(n=spoken(turn), total=spoken(rounds))))

    def get_ready(self, action: GetReady) -> Iterator[Block]:
        performance, side = action.performance, action.side
        exercise = performance.exercise
        yield ChapterStart(chapter_title(performance))
        lines = [
            Line("name", self.language.name.format(name=exercise.name)),
            Line("name", self.dose(performance)),
            *(self.line("setup", words, side) for words in exercise.setup),
            *([self.line("caution", exercise.caution, side)] if exercise.caution else []),
            *(self.side_line("name", performance, side) if side else ()),
        ]
        if action.rest:
            lines.insert(0, Line("rest", self.language.rest))
        yield Ready(
            tuple(lines),
            self.choices.get_ready_ms,
            self.who(performance, side, 1),
            action.rest.ms if action.rest else None,
            action.rest.place if action.rest else None,
        )

    def dose(self, performance: Performance) -> str:
        match performance.work:
            case HoldWork(ms):
                work = phrases.duration(self.language, ms)
            case RepWork(count, _, breaths):
                work = self.language.counted(self.language.breaths if breaths else self.language.reps, count)
        both = len(performance.sides) > 1
        alternating = performance.alternating and performance.sets > 1
        return phrases.dose(self.language, performance.sets, work, both_sides=both, alternating=alternating)

    def side_line(self, role: Role, performance: Performance, side: Side) -> tuple[Line, ...]:
        words = performance.exercise.side
        if words is None:
            return ()
        return (Line(role, phrases.sentence(phrases.resolve_sides(self.language, words.text, side))),)

    def work(self, performance: Performance, side: Side | None, number: int) -> Block:
        who = self.who(performance, side, number)
        own = bool(performance.cues)
        words = performance.cues or performance.exercise.cues
        reminders = tuple(self.line("reminder", item, side) for item in words)
        if not own:
            reminders = tuple(Line(line.role, line.text) for line in reminders)
        match performance.work:
            case HoldWork(ms):
                halfway = Line("halfway", self.language.halfway) if ms >= HALFWAY_FROM_MS else None
                return HoldSet(ms, who, self.countdown(ms), halfway, reminders)
            case RepWork(count, phases):
                first = next((phase for phase in phases if phase.ms), phases[0])
                reps = tuple(
                    tuple(self.phase(phase, turn if phase is first else None) for phase in phases)
                    for turn in range(1, count + 1)
                )
                return RepSet(reps, who, reminders)

    def countdown(self, ms: int) -> tuple[Line, ...]:
        """The numbers counted down before the end of a hold, none where the hold is short."""
        if ms < self.choices.countdown * 1_000 + COUNTDOWN_SPARE_MS:
            return ()
        return tuple(
            Line("countdown", self.language.spoken(number)) for number in range(self.choices.countdown, 0, -1)
        )

    def phase(self, phase: Phase, turn: int | None) -> PhaseSlot:
        """A phase's words; the one that begins rep `turn` takes the count, joined by its own word where that fits."""
        word = (Line("phase", phase.word),) if phase.word else ()
        if turn is not None:
            count = self.language.spoken(turn)
            joined = self.language.count_and_phase.format(count=count, phase=phase.word)
            word = (*((Line("rep", joined),) if phase.word else ()), Line("rep", count))
        return PhaseSlot(phase.ms, phase.is_hold, word)

    def rest_between(self, action: RestBetween) -> Block:
        performance, number = action.performance, action.set
        if number == performance.sets:
            last = Line("rest", self.language.last_set)
        else:
            last = Line("rest", self.language.next_set.format(n=self.language.spoken(number)))
        # Who alternates has just done the other side.
        changes = performance.alternating
        side = self.side_line("rest", performance, action.side) if changes and action.side else ()
        return SetRest(
            performance.rest_ms,
            self.who(performance, action.side, number),
            Line("rest", self.language.rest) if performance.rest_ms >= REST_WORD_FROM_MS else None,
            (last, *side),
            isinstance(performance.work, RepWork),
            self.choices.switch_ms if changes else None,
        )


def chapter_title(performance: Performance) -> str:
    """The exercise's name under the sections it stands in: "Settle 1/2: Knee drop"."""
    sections = [
        f"{title} {turn}/{rounds}" if rounds > 1 else title for title, turn, rounds in performance.sections
    ]
    return ": ".join((*sections, performance.exercise.name))
