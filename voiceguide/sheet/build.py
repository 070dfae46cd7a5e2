"""A routine and the listener's choices become the content of a sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from voiceguide import phrases
from voiceguide.dose import at
from voiceguide.model import ExerciseStep, Section
from voiceguide.phrases.address import addressed
from voiceguide.plan import GetReady, HoldWork, outlook, plan, suited
from voiceguide.sheet.content import Entry, Part, Sheet, Text, entries
from voiceguide.sheet.labels import LABELS
from voiceguide.sheet.notation import Notation
from voiceguide.sheet.rests import rested
from voiceguide.units import exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voiceguide.dose import Dose, Side
    from voiceguide.model import Routine, Words
    from voiceguide.plan import Choices, Outlook, Performance
    from voiceguide.sheet.content import Item
    from voiceguide.sheet.rests import Rested

_MINUTE_MS = 60_000
_SIDE = re.compile(r"\{\s*(side|other)\b")


def build_sheet(
    routine: Routine,
    choices: Choices,
    length_ms: int,
    *,
    exact_dose: bool = False,
    days_a_week: Sequence[int] = (),
    address: str | None = None,
) -> Sheet:
    """The sheet of a routine that lasts about `length_ms`, in the routine's language.

    Doses are what is heard; beside them stand their ranges, unless the dose was chosen exactly. `days_a_week` says on
    how many days of each week of a programme it is done. Raises RequestError where nothing is left to do.
    """
    builder = _Builder(routine, choices, exact_dose=exact_dose)
    items = tuple(builder.items(rested(suited(routine, choices).steps, choices)))
    return Sheet(
        routine.language,
        builder.labels,
        routine.title,
        routine.summary,
        tuple(builder.facts(items, length_ms)),
        tuple(builder.changes()),
        items,
        builder.language.safety if choices.safety else (),
        choices.name or "",
        builder.how_often(days_a_week),
        address,
    )


class _Done(NamedTuple):
    """An exercise as it is done the first time round, and what lies ahead then."""

    performance: Performance
    ahead: Outlook


class _Builder:
    """Builds the parts of one sheet; its exercises must be asked for in order, once."""

    def __init__(self, routine: Routine, choices: Choices, *, exact_dose: bool) -> None:
        self.language = phrases.LANGUAGES[routine.language]
        self.labels = LABELS[routine.language]
        self._notation = Notation(self.language, self.labels)
        self._routine = routine
        self._choices = choices
        self._exact = exact_dose
        self._done = tuple(_first_time_round(routine, choices))
        self._numbers: dict[object, int] = {}
        self._count = 0
        self._needs: dict[str, None] = {}

    def items(self, steps: Iterable[Rested]) -> Iterator[Item]:
        """What stands on the sheet of steps: exercises, and sections that hold any."""
        for one in steps:
            match one.step:
                case ExerciseStep():
                    yield self._entry(self._done[self._count], one)
                case Section() as section:
                    yield self._part(section, one)

    def facts(self, items: tuple[Item, ...], length_ms: int) -> Iterator[tuple[str, str]]:
        """How long it is, and what it needs; asked for after the items."""
        minutes = (length_ms + _MINUTE_MS // 2) // _MINUTE_MS
        length = self.labels.about.format(n=minutes) if minutes else self.labels.under_a_minute
        number = len(entries(items))
        exercises = self._notation.counted(self.labels.exercises, exactly(number))
        yield self.labels.length, f"{length}, {exercises}"
        if self._needs:
            yield self.labels.equipment, ", ".join(map(self._equipment, self._needs))

    def changes(self) -> Iterator[str]:
        """What is left out and swapped, and what speaks against it."""
        kept = suited(self._routine, self._choices)
        for left in kept.left_out:
            yield self.labels.left_out.format(name=left.name.text, reasons=self._reasons(left.reasons))
        for swapped in kept.swapped:
            yield self.labels.swapped.format(
                new=swapped.new.text, old=swapped.old.text, reasons=self._reasons(swapped.reasons)
            )

    def how_often(self, days_a_week: Sequence[int]) -> str:
        """On how many days a week, for how many weeks."""
        if not days_a_week:
            return ""
        low, high = min(days_a_week), max(days_a_week)
        if low == high:
            days = self._notation.counted(self.labels.days_a_week, exactly(low))
        else:
            days = self.labels.days_from_to.format(low=low, high=high)
        return f"{days}, {self._notation.counted(self.labels.weeks, exactly(len(days_a_week)))}"

    def _part(self, section: Section, around: Rested) -> Part:
        # Before its exercises are counted: a title may name the next one.
        title = self._titled(section.title)
        if section.rounds == 1:
            inner = rested(section.steps, self._choices, around.before_ms, around.after_ms)
            return Part(title, "", tuple(self.items(inner)))
        *others, last = rested(section.steps, self._choices)
        times = self._notation.counted(self.labels.rounds, exactly(section.rounds))
        rests = (
            (self.labels.rest_first, around.before_ms),
            (self.labels.rest_after_each, last.after_ms),
            (self.labels.rest_then, around.after_ms),
        )
        told = [words.format(duration=self._notation.duration(ms)) for words, ms in rests if ms]
        return Part(title, ", ".join((times, *told)), tuple(self.items([*others, replace(last, after_ms=0)])))

    def _entry(self, done: _Done, around: Rested) -> Entry:
        performance = done.performance
        exercise, step = performance.exercise, performance.step
        self._count += 1
        self._needs |= dict.fromkeys(exercise.needs)
        name = Text(exercise.name.text, exercise.name.language)
        dose = self._dose(performance)
        # An exercise begins on its first side, and its way out is from its last.
        side, last = (performance.sides[0], performance.sides[-1]) if performance.sides else (None, None)
        key = (exercise, step.cues, step.timed, performance.sides)
        seen = self._numbers.setdefault(key, self._count)
        if seen != self._count:
            again = Text(self.labels.seen_before.format(n=seen))
            return Entry(
                self._count, name, dose, self._details(done, around, again=True), (again,), side=side
            )
        own = bool(step.cues or step.timed)
        cues = step.cues if own else exercise.cues
        timed = step.timed if own else exercise.timed

        def resolved(words: Words) -> Text:
            return self._resolved(words, done, side)

        return Entry(
            self._count,
            name,
            dose,
            self._details(done, around),
            tuple(self._how(done, side)),
            tuple(map(resolved, (*cues, *(cue.words for cue in timed)))),
            self._resolved(exercise.release, done, last) if exercise.release else None,
            resolved(exercise.caution) if exercise.caution else None,
            ", ".join(self.labels.conditions[condition] for condition in exercise.avoid),
            side,
        )

    def _how(self, done: _Done, side: Side | None) -> Iterator[Text]:
        performance = done.performance
        exercise = performance.exercise
        for words in exercise.setup:
            yield self._resolved(words, done, side)
        # What a side names is told where the setup does not.
        if exercise.side and side and not any(_names_sides(words) for words in exercise.setup):
            told = self._resolved(exercise.side, done, side)
            yield Text(phrases.sentence(told.text), told.language)
        if len(performance.sides) > 1:
            if exercise.change:
                yield self._resolved(exercise.change, done, performance.sides[-1])
            yield Text(self.labels.both_sides)

    def _dose(self, performance: Performance) -> str:
        text = self._notation.dose(performance.dose)
        if len(performance.sides) == 1:
            (side,) = performance.sides
            where = phrases.side_name(self.language, side)
            return f"{text}, {self.labels.one_side.format(side=where)}"
        if performance.sides and performance.sides[0] == "right":
            where = phrases.side_name(self.language, "right")
            return f"{text}, {self.labels.side_first.format(side=where)}"
        return text

    def _details(self, done: _Done, around: Rested, *, again: bool = False) -> tuple[tuple[str, Text], ...]:
        performance, labels = done.performance, self.labels
        exercise = performance.exercise
        between = performance.rest_ms if performance.sets > 1 else 0
        found = [
            (labels.range, self._range(performance)),
            (labels.tempo, self._notation.tempo(performance)),
        ]
        rests = (
            (labels.rest_before, around.before_ms),
            (labels.rest, between),
            (labels.rest_after, around.after_ms),
        )
        found += [(label, self._notation.duration(ms)) for label, ms in rests if ms]
        if not again:
            position = labels.positions[exercise.position] if exercise.position else ""
            needs = ", ".join(map(self._equipment, exercise.needs))
            found += [
                (labels.position, position),
                (labels.equipment, needs),
                (labels.purpose, exercise.purpose),
            ]
        return tuple((label, Text(value)) for label, value in found if value)

    def _range(self, performance: Performance) -> str:
        """The range that the dose was taken from, empty where it is no wider or nobody needs to know."""
        written = performance.step.dose
        if self._exact or _without_rest(at(written, 0)) == _without_rest(at(written, 100)):
            return ""
        return self._notation.dose(written)

    def _equipment(self, need: str) -> str:
        return self.labels.equipment_names.get(need, need)

    def _reasons(self, reasons: Iterable[str]) -> str:
        known = {**self.labels.positions, **self.labels.conditions, **self.labels.equipment_names}
        return ", ".join(known.get(reason, reason) for reason in reasons)

    def _titled(self, title: Words) -> Text:
        first = self._done[self._count]
        named = self._names(first) | {"next": first.performance.exercise.name.text}
        return Text(phrases.resolve_names(addressed(title.text, self._choices.name), named), title.language)

    def _resolved(self, words: Words, done: _Done, side: Side | None) -> Text:
        """An author's words as they are read: names in braces in words and digits, sides in words."""
        language = phrases.LANGUAGES.get(words.language or self.language.code, self.language)
        text = words.text
        if "{" in text:
            named = addressed(text, self._choices.name)
            text = phrases.resolve_names(named, self._names(done))
        return Text(phrases.resolve_sides(language, text, side), words.language)

    def _names(self, done: _Done) -> dict[str, str]:
        performance, language = done.performance, self.language
        following = done.ahead.next
        found = {
            "next": following.text if following else language.the_end,
            "left": phrases.minutes(language, done.ahead.left_ms),
            "sets": self._notation.counted(language.sets.forms, exactly(performance.sets)),
        }
        work = performance.work
        if isinstance(work, HoldWork):
            return found | {"hold": self._notation.duration(work.ms)}
        forms = (language.breaths if work.breaths else language.reps).forms
        found["reps"] = self._notation.counted(forms, exactly(work.count))
        held = next((phase.ms for phase in work.phases if phase.is_hold), 0)
        return found | ({"hold": self._notation.duration(held)} if held else {})


def _first_time_round(routine: Routine, choices: Choices) -> Iterator[_Done]:
    """Each exercise step that is done, in the order in which it is written, as it is in the first of its rounds."""
    actions = plan(routine, choices)
    for action, ahead in zip(actions, outlook(actions, choices), strict=True):
        if isinstance(action, GetReady) and all(turn == 1 for _, turn, _ in action.performance.sections):
            yield _Done(action.performance, ahead)


def _names_sides(words: Words) -> bool:
    """Whether a text says which side is meant."""
    return _SIDE.search(words.text) is not None


def _without_rest(dose: Dose) -> Dose:
    return replace(dose, rest=None)
