"""Routine scripts: the text of a file becomes a Routine, with every problem of it and of what it includes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voiceguide.errors import VoiceguideError
from voiceguide.model import (
    Exercise,
    ExerciseStep,
    Pause,
    PlaySound,
    Rest,
    Routine,
    Say,
    Section,
    Step,
    Words,
)
from voiceguide.script.doses import WrittenDose, read_mapping, read_notation, settle
from voiceguide.script.exercises import Library, read_exercise, read_exercise_file
from voiceguide.script.fields import SIDE_NAMES, Fields, duration_of, known_of, text_of, words_of
from voiceguide.script.keys import EXERCISE_STEP_KEYS, ROUTINE_KEYS, SECTION_KEYS, VERBS, names
from voiceguide.script.limits import check_limits
from voiceguide.script.nodes import (
    MAX_DEPTH,
    ListNode,
    MapNode,
    Node,
    SourceFile,
    TextNode,
    is_refused,
    parse,
)
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from voiceguide.errors import Place, Problem

MAX_INCLUDES = 100
_VERBS = names(VERBS)

# (file that includes, name as written) -> the file; raises VoiceguideError with problems that have no place.
ReadInclude = Callable[[str, str], SourceFile]


def read_routine(
    source: SourceFile, library: Library, read: ReadInclude
) -> tuple[Routine | None, tuple[Problem, ...]]:
    """The routine of a script, or None where it has errors; problems are in the order of their places."""
    reader = _Reader(library, read)
    routine = reader.routine(source)
    problems = tuple(sorted(reader.problems, key=lambda found: _order(found, source.name)))
    broken = any(found.severity == "error" for found in problems)
    return (None if broken else routine), problems


def _order(found: Problem, file: str) -> tuple[bool, str, int, int]:
    """The script's own problems first, then file by file; those without a place at the end of their own."""
    if found.place is None:
        return True, "", 0, 0
    return found.place.file != file, found.place.file, found.place.line, found.place.column


@dataclass
class _Reader:
    """What is known while one script is read: its problems, the exercises met, the files being included.

    `depth` counts the sections and includes around a step, so that includes cannot nest further than one file may.
    """

    library: Library
    read: ReadInclude
    problems: list[Problem] = field(default_factory=list)
    own: dict[str, Exercise | None] = field(default_factory=dict)
    own_places: dict[str, Place] = field(default_factory=dict)
    shelf: dict[str, Exercise | None] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    including: list[str] = field(default_factory=list)
    included: int = 0
    depth: int = 0

    def report(self, kind: str, place: Place, **values: object) -> None:
        self.problems.append(problem(kind, place, **values))

    def routine(self, source: SourceFile) -> Routine | None:
        fields = self.file(source)
        if fields is None:
            return None
        steps = self.file_steps(source, fields)
        # An alias may stand for the step that uses it.
        if not any(found.kind == "yaml-alias" for found in self.problems):
            for exercise_id in self.own.keys() - self.used:
                self.report("exercise-unused", self.own_places[exercise_id], exercise=exercise_id)
        language = fields.one_of("language", self.library.languages, "language")
        title = fields.line("title")
        place = fields.values["title"].place if "title" in fields.values else None
        if not any(found.severity == "error" for found in self.problems):
            self.problems.extend(check_limits(steps, place))
        return Routine(
            title=title,
            steps=steps,
            summary=fields.line("summary"),
            language=language or "en",
            voice=fields.words("voice"),
            engine=fields.words("engine"),
            rate=fields.rate("rate"),
            opening=fields.words("opening"),
            closing=fields.words("closing"),
            place=place,
        )

    def file(self, source: SourceFile, *, whole: bool = True) -> Fields | None:
        """The fields of a file; one that is included needs no title."""
        node, problems = parse(source)
        self.problems.extend(problems)
        if node is None or is_refused(node):
            return None
        if not isinstance(node, MapNode):
            self.report("mapping-expected", node.place, what="a routine")
            return None
        keys = (
            ROUTINE_KEYS
            if whole
            else tuple(key._replace(required=key.name == "steps") for key in ROUTINE_KEYS)
        )
        return Fields(node, keys, self.problems, "a routine")

    def file_steps(self, source: SourceFile, fields: Fields) -> tuple[Step, ...]:
        self.including.append(source.name)
        self.own_exercises(fields)
        node = fields.values.get("steps")
        steps = self.steps(node, fields.keys["steps"]) if node else ()
        self.including.pop()
        return steps

    def own_exercises(self, fields: Fields) -> None:
        node = fields.values.get("exercises")
        if node is None or is_refused(node):
            return
        if not isinstance(node, MapNode):
            self.report("mapping-expected", node.place, what="'exercises'")
            return
        for key, value in node.entries:
            if key.refused:
                continue
            exercise = read_exercise(key.text, value, key.place, self.problems)
            if key.text in _VERBS:
                self.report("exercise-is-verb", key.place, verb=key.text)
            else:
                self.own_places[key.text] = key.place
                self.own[key.text] = exercise

    def steps(self, node: Node, key: TextNode) -> tuple[Step, ...]:
        if is_refused(node):
            return ()
        if not isinstance(node, ListNode):
            self.report("list-expected", node.place, key=key.text)
            return ()
        if not node.items:
            self.report("text-empty", key.place, key=key.text)
        if self.depth == MAX_DEPTH:
            self.report("yaml-depth", key.place, most=MAX_DEPTH)
            return ()
        self.depth += 1
        steps = tuple(step for item in node.items for step in self.step(item))
        self.depth -= 1
        return steps

    def step(self, node: Node) -> tuple[Step, ...]:
        if isinstance(node, TextNode):
            return self.named(node, None)
        if isinstance(node, ListNode) or not node.entries:
            self.report("step-unreadable", node.place)
            return ()
        if any(key.text == "section" for key, _ in node.entries):
            return self.section(node)
        if len(node.entries) > 1 and not any(key.refused for key, _ in node.entries):
            second = node.entries[1][0]
            self.report("step-two-keys", second.place, first=node.entries[0][0].text, second=second.text)
            return ()
        return self.named(*node.entries[0])

    def named(self, key: TextNode, value: Node | None) -> tuple[Step, ...]:
        if key.refused:
            return ()
        if key.text not in _VERBS:
            step = self.exercise_step(key, value)
        elif value is None:
            self.report("verb-alone", key.place, verb=key.text)
            return ()
        elif key.text == "include":
            return self.include(key, value)
        else:
            step = self.verb(key, value)
        return (step,) if step else ()

    def verb(self, key: TextNode, value: Node) -> Step | None:
        node = text_of(value, key, self.problems)
        if node is None:
            return None
        if key.text == "say":
            return Say(words_of(node, (), self.problems))
        if key.text == "sound":
            name = known_of(node, self.library.sounds, "sound", self.problems)
            return PlaySound(name) if name else None
        length = duration_of(node, self.problems, zero=key.text == "rest")
        if length is None:
            return None
        return Rest(length.low, node.place) if key.text == "rest" else Pause(length.low)

    def section(self, node: MapNode) -> tuple[Step, ...]:
        fields = Fields(node, SECTION_KEYS, self.problems, "a section")
        steps = self.steps(fields.values["steps"], fields.keys["steps"]) if "steps" in fields.values else ()
        return (Section(fields.spoken("section"), fields.rounds("rounds") or 1, steps),)

    def include(self, key: TextNode, value: Node) -> tuple[Step, ...]:
        node = text_of(value, key, self.problems)
        if node is None:
            return ()
        try:
            source = self.read(self.including[-1], node.text)
        except VoiceguideError as error:
            for found in error.problems:
                self.report("include-unreadable", node.place, name=node.text, reason=found.message)
            return ()
        self.included += 1
        if source.name in self.including:
            self.report("include-circle", node.place, name=node.text)
            return ()
        if self.included > MAX_INCLUDES:
            if self.included == MAX_INCLUDES + 1:
                self.report("include-many", node.place, most=MAX_INCLUDES)
            return ()
        fields = self.file(source, whole=False)
        return self.file_steps(source, fields) if fields else ()

    def exercise_step(self, key: TextNode, value: Node | None) -> Step | None:
        written: WrittenDose | None = None
        cues: tuple[Words, ...] = ()
        exercise = self.exercise(key)
        before = len(self.problems)
        if isinstance(value, MapNode):
            written, fields = read_mapping(value, EXERCISE_STEP_KEYS, self.problems, "an exercise step")
            cues = fields.many_words("cues", SIDE_NAMES if exercise is None or exercise.side else ())
        elif isinstance(value, TextNode) and value.text.strip():
            written = read_notation(value, self.problems)
        elif value is not None and not is_refused(value):
            place = value.place if isinstance(value, ListNode) else key.place
            self.report("dose-unreadable", place, exercise=key.text)
        if exercise is None or is_refused(value) or len(self.problems) > before:
            return None
        dose = settle(exercise, written, key.place, self.problems)
        place = written.place if written else key.place
        return ExerciseStep(exercise, dose, cues, place) if dose else None

    def exercise(self, key: TextNode) -> Exercise | None:
        """The exercise of an id: the script's own, or the library's, whose file is read once."""
        name = key.text
        if name in self.own:
            self.used.add(name)
            return self.own[name]
        if name not in self.library.exercises:
            known = (*self.own, *self.library.exercises, *_VERBS)
            self.report("exercise-unknown", key.place, name=name, **near(name, known))
            return None
        if name not in self.shelf:
            self.shelf[name] = self.from_shelf(name)
        return self.shelf[name]

    def from_shelf(self, name: str) -> Exercise | None:
        try:
            source = self.library.read(name)
        except VoiceguideError as error:
            self.problems.extend(error.problems)
            return None
        exercise, problems = read_exercise_file(source, name)
        self.problems.extend(problems)
        return exercise
