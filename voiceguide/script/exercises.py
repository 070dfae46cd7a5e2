"""Exercises: what a file of the library or an entry under `exercises:` says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast

from voiceguide.dose import Dose
from voiceguide.model import DEFAULT_BREATH_MS, Condition, Exercise, Position
from voiceguide.script.doses import WrittenDose, read_dose, settle, tempo_misfit
from voiceguide.script.fields import SIDE_NAMES, Fields, spoken_text
from voiceguide.script.keys import CONDITIONS, EXERCISE_KEYS, POSITIONS
from voiceguide.script.nodes import ListNode, MapNode, Node, SourceFile, holds_refused, is_refused, parse
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from voiceguide.errors import Place, Problem


class Library(Protocol):
    """What a script may name."""

    @property
    def exercises(self) -> Collection[str]:
        """The ids of the exercises on the shelf."""
        ...

    @property
    def sounds(self) -> Collection[str]:
        """The names of the cue sounds."""
        ...

    @property
    def languages(self) -> Collection[str]:
        """The languages whose words the guide has."""
        ...

    def read(self, exercise: str) -> SourceFile:
        """The file of a known exercise; raises VoiceguideError where it cannot be read."""
        ...


def read_exercise_file(source: SourceFile, exercise_id: str) -> tuple[Exercise | None, list[Problem]]:
    """The exercise of a library file."""
    node, problems = parse(source)
    if node is None:
        return None, problems
    exercise = read_exercise(exercise_id, node, node.place, problems)
    return (None if problems else exercise), problems


def read_exercise(exercise_id: str, node: Node, place: Place, problems: list[Problem]) -> Exercise | None:
    """The exercise of a mapping, or None with its problems added."""
    if is_refused(node):
        return None
    if not isinstance(node, MapNode):
        problems.append(problem("mapping-expected", node.place, what=f"exercise '{exercise_id}'"))
        return None
    before = len(problems)
    fields = Fields(node, EXERCISE_KEYS, problems, "an exercise")
    side = fields.words("side", SIDE_NAMES)
    if side and "{side}" not in side.text:
        fields.report("side-unnamed", fields.values["side"].place)
    # With a side that cannot be read it has sides all the same.
    allowed = SIDE_NAMES if "side" in fields.values else ()
    phases = _phases(fields)
    tempo = fields.tempo("tempo")
    if tempo and phases is not None and (misfit := tempo_misfit(phases, tempo, fields.values["tempo"].place)):
        problems.append(misfit)
    written = _dose(fields, exercise_id)
    exercise = Exercise(
        id=exercise_id,
        name=fields.spoken("name"),
        dose=written.dose if written else Dose(),
        purpose=fields.line("for"),
        position=cast("Position | None", fields.one_of("position", POSITIONS, "position")),
        setup=fields.many_words("setup", allowed),
        side=side,
        phases=phases or (),
        tempo=tempo,
        breath_ms=fields.duration("breath") or DEFAULT_BREATH_MS,
        cues=fields.many_words("cues", allowed),
        release=fields.words("release", allowed),
        caution=fields.words("caution", allowed),
        avoid=cast("tuple[Condition, ...]", fields.some_of("avoid", CONDITIONS, "condition")),
        needs=tuple(node.text for node in fields.texts("needs")),
        source=fields.line("source"),
        place=place,
    )
    if written is None or len(problems) > before or holds_refused(node):
        return None
    settled = settle(exercise, None, written.place, problems)
    return replace(exercise, dose=settled) if settled else None


def _dose(fields: Fields, exercise_id: str) -> WrittenDose | None:
    node = fields.values.get("dose")
    if node is None or is_refused(node):
        return None
    if isinstance(node, ListNode):
        fields.report("dose-unreadable", node.place, exercise=exercise_id)
        return None
    return read_dose(node, fields.problems)


def _phases(fields: Fields) -> tuple[str, ...] | None:
    """The words of the phases; None where one of them cannot be read, so that their number is not known."""
    phases: list[str] = []
    for node in fields.texts("phases"):
        word = spoken_text(node, fields.problems)
        if word in phases:
            fields.report("phase-twice", node.place, phase=word)
        phases.append(word)
    written = fields.values.get("phases")
    count = len(written.items) if isinstance(written, ListNode) else int(written is not None)
    return tuple(phases) if len(phases) == count else None
