"""The steps of a session as a watch takes them: each work, rest and change in order, nothing repeated yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from voiceguide import phrases
from voiceguide.compile.words import Writer
from voiceguide.model import Pause, Rest, Wait
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import GetReady, HoldWork, RestBetween, Switch, Work, outlook, plan
from voiceguide.plan.lengths import length_ms
from voiceguide.units import format_tempo
from voiceguide.workout.texts import NAME_BYTES, NOTES_BYTES, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.dose import Side
    from voiceguide.model import Routine, Words
    from voiceguide.phrases.language import Language
    from voiceguide.plan import Action, Choices, Outlook, Performance, Phase

StepKind = Literal["work", "rest", "open"]


@dataclass(frozen=True)
class Step:
    """One step: work or rest for `ms` or for a number of `reps`; an `open` one lasts until the wearer goes on.

    `name` and `notes` are within the bytes that watches show.
    """

    kind: StepKind
    name: str
    ms: int | None = None
    reps: int | None = None
    notes: str = ""


def steps(routine: Routine, choices: Choices) -> tuple[Step, ...]:
    """The steps of a routine in order, with the times of its plan; what is only said is left out.

    Holds and rests last as long as in the session. Getting ready and changing sides last as long as the listener chose:
    a watch speaks no words that would need more. What would last no time is left out. Raises RequestError where nothing
    is left to do.
    """
    actions = plan(routine, choices)
    author = _Author(LANGUAGES[routine.language], choices)
    found: list[Step] = []
    carried = ""
    for action, ahead in zip(actions, outlook(actions, choices), strict=True):
        for step in author.steps(action, ahead):
            if step.ms == 0:
                # A caution is read all the same: with the work that it stands before.
                carried = f"{carried} {step.notes}".strip()
                continue
            found.append(_with_notes(step, carried) if carried else step)
            carried = ""
    return tuple(found)


class _Author:
    """Writes the steps of actions in a language."""

    def __init__(self, language: Language, choices: Choices) -> None:
        self.language = language
        self.choices = choices
        self._writer = Writer(language, (), choices.name)

    def steps(self, action: Action, ahead: Outlook) -> Iterator[Step]:
        """The steps of one action; most are one, and what is only said is none."""
        ms = length_ms(action, self.choices)
        match action:
            case Work(performance, side):
                yield self._work(performance, side, ahead)
            case GetReady(performance, side):
                yield self._get_ready(performance, side, ms, ahead)
            case Switch(performance, side):
                change = performance.exercise.change
                notes = self._said(change, performance, side, ahead) if change else ""
                yield _rest(phrases.sentence(self.language.other_side), ms, notes)
            case RestBetween() | Rest() | Pause():
                yield _rest(self.language.rest, ms)
            case Wait(words):
                text = self._writer.author("say", words, ahead).text
                yield Step("open", cut(text, NAME_BYTES), notes=cut(text, NOTES_BYTES))

    def _work(self, performance: Performance, side: Side | None, ahead: Outlook) -> Step:
        exercise = performance.exercise
        notes = [self._said(exercise.side, performance, side, ahead)] if exercise.side and side else []
        work = performance.work
        name = self._name(performance, side)
        if isinstance(work, HoldWork):
            return Step("work", name, ms=work.ms, notes=_notes(notes))
        words = ", ".join(self._phase(phase, breaths=work.breaths) for phase in work.phases if phase.word)
        tempo = format_tempo(tuple(phase.ms for phase in work.phases))
        notes.append(f"{tempo} s ({words})" if words else f"{tempo} s")
        if work.breaths:
            notes.insert(0, phrases.counted(self.language, self.language.breaths, work.count))
        return Step("work", name, reps=work.count, notes=_notes(notes))

    def _get_ready(self, performance: Performance, side: Side | None, ms: int, ahead: Outlook) -> Step:
        exercise = performance.exercise
        words = (exercise.caution, *exercise.setup)
        notes = [self._said(one, performance, side, ahead) for one in words if one]
        return _rest(self.language.next_exercise.format(name=exercise.name.text), ms, _notes(notes))

    def _phase(self, phase: Phase, *, breaths: bool) -> str:
        """The word of a phase: the guide's own for holding and breathing."""
        if phase.is_hold:
            return self.language.hold
        own = {"in": self.language.breathe_in, "out": self.language.breathe_out}
        return own.get(phase.word, phase.word) if breaths else phase.word

    def _name(self, performance: Performance, side: Side | None) -> str:
        """The exercise and its side, which stays whole where the name is too long."""
        name = performance.exercise.name.text
        if side is None:
            return cut(name, NAME_BYTES)
        ending = f", {self.language.sides[''][side]}"
        return cut(name, NAME_BYTES - len(ending.encode())) + ending

    def _said(self, words: Words, performance: Performance, side: Side | None, ahead: Outlook) -> str:
        return self._writer.author("say", words, ahead, performance, side, sentence=True).text


def _rest(name: str, ms: int, notes: str = "") -> Step:
    return Step("rest", cut(name.rstrip("."), NAME_BYTES), ms=ms, notes=cut(notes, NOTES_BYTES))


def _notes(sentences: list[str]) -> str:
    return cut(" ".join(map(phrases.sentence, sentences)), NOTES_BYTES)


def _with_notes(step: Step, before: str) -> Step:
    return replace(step, notes=cut(f"{before} {step.notes}".strip(), NOTES_BYTES))
