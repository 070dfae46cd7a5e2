"""Exercises: what a file of the library or an entry under `exercises:` says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from voiceguide.dose import Dose
from voiceguide.model import (
    DEFAULT_BREATH_MS,
    Condition,
    Exercise,
    Position,
    Words,
)
from voiceguide.script.braces import SIDE_NAMES, language_name, names_in
from voiceguide.script.doses import WrittenDose, read_dose, settle, tempo_misfit
from voiceguide.script.fields import Fields
from voiceguide.script.keys import CONDITIONS, EXERCISE_KEYS, POSITIONS
from voiceguide.script.nodes import (
    ListNode,
    MapNode,
    Node,
    SourceFile,
    TextNode,
    holds_refused,
    is_refused,
    parse,
)
from voiceguide.script.phases import read_breathing, read_phases
from voiceguide.script.sentences import Texts, reminders, timed_cues
from voiceguide.script.texts import NAME, SHOWN, SIDE, Scope, Text, exercise_rule
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.errors import Place, Problem
    from voiceguide.script.braces import Demand
    from voiceguide.script.library import Library

# What an exercise file is in that does not say so.
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True)
class Entry:
    """An exercise in the language played, as far as it has that; `texts` are all that is spoken of it.

    `demands` is what its words ask of a dose, `instead` where it names what is done in its place.
    """

    exercise: Exercise
    texts: tuple[Text, ...]
    demands: tuple[Demand, ...] = ()
    instead: TextNode | None = None

    def languages(self, library: Library) -> tuple[str, ...]:
        """The languages in which all of its words are."""
        known = sorted(library.languages)
        return tuple(language for language in known if all(text.suits(language) for text in self.texts))

    def lack(self, language: str, library: Library, place: Place | None) -> Problem | None:
        """The problem that some of its words are not in this language, if that is so."""
        missing = [text.place for text in self.texts if not text.suits(language)]
        if not missing:
            return None
        has = ", ".join(language_name(one) for one in self.languages(library)) or "no language whole"
        return problem(
            "exercise-without-language",
            place,
            exercise=self.exercise.id,
            language=language_name(language),
            has=has,
            first=f"{missing[0].file}:{missing[0].line}",
        )


def read_exercise_file(
    source: SourceFile, exercise_id: str, library: Library, language: str = DEFAULT_LANGUAGE
) -> tuple[Exercise | None, list[Problem]]:
    """The exercise of a library file in a language; one that lacks it is a problem."""
    entry, problems = read_entry_file(source, exercise_id, library, language)
    if entry is None:
        return None, problems
    lack = entry.lack(language, library, entry.exercise.place)
    return (None, [lack]) if lack else (entry.exercise, [])


def read_entry_file(
    source: SourceFile, exercise_id: str, library: Library, language: str
) -> tuple[Entry | None, list[Problem]]:
    """The exercise of a library file, in a language as far as it has it."""
    node, problems = parse(source)
    if node is None:
        return None, problems
    scope = Scope(library, source.name, DEFAULT_LANGUAGE, problems)
    entry = read_exercise(exercise_id, node, node.place, scope, language)
    return (None if problems else entry), problems


def read_exercise(exercise_id: str, node: Node, place: Place, scope: Scope, language: str) -> Entry | None:
    """The exercise of a mapping, in a language as far as it has it; None with its problems added."""
    problems = scope.problems
    if is_refused(node):
        return None
    if not isinstance(node, MapNode):
        problems.append(problem("mapping-expected", node.place, what=f"exercise '{exercise_id}'"))
        return None
    before = len(problems)
    fields = Fields(node, EXERCISE_KEYS, problems, "an exercise")
    texts = Texts(fields, scope.within(fields))
    side = texts.one("side", SIDE)
    for _, words in side.every() if side else ():
        if SIDE_NAMES[0] not in names_in(words.text) and words.place:
            fields.report("side-unnamed", words.place)
    # With a side that cannot be read it has sides all the same.
    rule = exercise_rule(sided="side" in fields.values)
    phases = read_phases(texts, language)
    tempo = fields.tempo("tempo")
    if tempo and phases is not None and (misfit := tempo_misfit(phases, tempo, fields.values["tempo"].place)):
        problems.append(misfit)
    change, change_ms = texts.change("change", rule)
    if "change" in fields.values and "side" not in fields.values:
        fields.report("change-none", fields.place("change"), exercise=exercise_id)
    cues = texts.cues("cues", rule)
    written = _dose(fields, exercise_id)

    def said(text: Text | None) -> Words | None:
        return text.words(language) if text else None

    name = texts.one("name", NAME)
    purpose = texts.one("for", SHOWN)
    instead = fields.text("instead")
    exercise = Exercise(
        id=exercise_id,
        name=said(name) or Words(""),
        dose=written.dose if written else Dose(),
        purpose=purpose.words(language).text if purpose else "",
        position=cast("Position | None", fields.one_of("position", POSITIONS, "position")),
        setup=tuple(text.words(language) for text in texts.many("setup", rule)),
        side=said(side),
        phases=phases or (),
        tempo=tempo,
        breathing=read_breathing(texts, phases),
        breath=fields.breath("breath") or (DEFAULT_BREATH_MS,),
        cues=reminders(cues, language),
        timed=timed_cues(cues, language),
        change=said(change),
        change_ms=change_ms,
        release=said(texts.one("release", rule)),
        caution=said(texts.one("caution", rule)),
        avoid=cast("tuple[Condition, ...]", fields.some_of("avoid", CONDITIONS, "condition")),
        instead=instead.text if instead else None,
        needs=tuple(node.text for node in fields.texts("needs")),
        source=fields.line("source"),
        place=place,
    )
    if written is None or len(problems) > before or holds_refused(node):
        return None
    settled = settle(exercise, written, written.place, problems)
    if settled is None:
        return None
    demands = tuple(demand for text in texts.spoken for demand in text.demands)
    return Entry(replace(exercise, dose=settled), tuple(texts.spoken), demands, instead)


def _dose(fields: Fields, exercise_id: str) -> WrittenDose | None:
    node = fields.values.get("dose")
    if node is None or is_refused(node):
        return None
    if isinstance(node, ListNode):
        fields.report("dose-unreadable", node.place, exercise=exercise_id)
        return None
    return read_dose(node, fields.problems)
