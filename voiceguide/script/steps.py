"""The steps of a script and of what it includes: verbs, sections, and exercises at their doses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from voiceguide.errors import VoiceguideError
from voiceguide.model import (
    DEFAULT_WAIT_MS,
    ExerciseStep,
    Pause,
    PlaySound,
    Rest,
    Say,
    Section,
    Step,
    Wait,
    Words,
)
from voiceguide.script.braces import foreign_names, language_name
from voiceguide.script.doses import WrittenDose, read_mapping, read_notation, settle
from voiceguide.script.exercises import read_exercise
from voiceguide.script.fields import Fields, duration_of, known_of, text_of
from voiceguide.script.keys import (
    COUNTINGS,
    EXERCISE_STEP_KEYS,
    ROUTINE_KEYS,
    SECTION_KEYS,
    TALKS,
    VERBS,
    names,
)
from voiceguide.script.limits import MAX_PARTS, MAX_PROBLEMS
from voiceguide.script.nodes import (
    MAX_DEPTH,
    MAX_NODES,
    ListNode,
    MapNode,
    Node,
    SourceFile,
    TextNode,
    count,
    is_refused,
    parse,
)
from voiceguide.script.sentences import CueText, Texts, read_wait, reminders, timed_cues
from voiceguide.script.texts import BETWEEN, TITLE, Scope, Text, exercise_rule, read_text
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.errors import Place, Problem
    from voiceguide.model import Counting, Talk
    from voiceguide.script.catalogue import Catalogue
    from voiceguide.script.library import Library

MAX_INCLUDES = 100
MAX_INCLUDED = 1_000_000
_VERBS = names(VERBS)

# (file that includes, name as written) -> the file; raises VoiceguideError with problems that have no place.
ReadInclude = Callable[[str, str], SourceFile]


def open_script(source: SourceFile, problems: list[Problem], *, whole: bool = True) -> Fields | None:
    """The fields of a file, None where it has none; one that is included is not `whole` and needs no title."""
    node, found = parse(source)
    problems.extend(found)
    if node is None or is_refused(node):
        return None
    if not isinstance(node, MapNode):
        problems.append(problem("mapping-expected", node.place, what="a routine"))
        return None
    parts = tuple(key._replace(required=key.name == "steps") for key in ROUTINE_KEYS)
    return Fields(node, ROUTINE_KEYS if whole else parts, problems, "a routine")


@dataclass
class StepReader:
    """Reads the steps of one script in the language played; `scopes` are those of the files being included.

    `depth` counts the sections and includes around a step, so that includes cannot nest further than one file may.
    `characters` and `nodes` count what is included, so that it cannot be larger than one file either.
    """

    library: Library
    read: ReadInclude
    problems: list[Problem]
    language: str
    catalogue: Catalogue
    scopes: list[Scope] = field(default_factory=list)
    included: int = 0
    characters: int = 0
    nodes: int = 0
    read_steps: int = 0
    depth: int = 0

    @property
    def scope(self) -> Scope:
        """The file that is being read."""
        return self.scopes[-1]

    def report(self, kind: str, place: Place, **values: object) -> None:
        """Add a problem."""
        self.problems.append(problem(kind, place, **values))

    def said(self, text: Text | None) -> Words | None:
        """A text of the script's own in the language played; a problem at its place where it cannot be said in it."""
        if text is None:
            return None
        if not text.suits(self.language):
            has = ", ".join(language_name(one) for one in text.forms)
            self.report("text-without-language", text.place, language=language_name(self.language), has=has)
        self.problems.extend(foreign_names(text.demands, self.language))
        return text.words(self.language)

    def file_steps(self, scope: Scope, fields: Fields) -> tuple[Step, ...]:
        """The steps of a file."""
        self.scopes.append(scope)
        self.own_exercises(fields)
        node = fields.values.get("steps")
        steps = self.steps(node, fields.keys["steps"]) if node else ()
        self.scopes.pop()
        return steps

    def own_exercises(self, fields: Fields) -> None:
        """Read the exercises that stand in a file."""
        node = fields.values.get("exercises")
        if node is None or is_refused(node):
            return
        if not isinstance(node, MapNode):
            self.report("mapping-expected", node.place, what="'exercises'")
            return
        for key, value in node.entries:
            if not key.refused:
                entry = read_exercise(key.text, value, key.place, self.scope, self.language)
                self.catalogue.add(key, entry)

    def steps(self, node: Node, key: TextNode) -> tuple[Step, ...]:
        """The steps of a list."""
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
        steps = tuple(step for item in node.items if self.goes_on() for step in self.step(item))
        self.depth -= 1
        return steps

    def goes_on(self) -> bool:
        """Whether one more step is worth reading: not where the routine is too long or full of errors already."""
        self.read_steps += 1
        return not self.stopped

    @property
    def stopped(self) -> bool:
        """Whether not every step was read."""
        # Each of them is a part but those that include.
        return self.read_steps > MAX_PARTS + MAX_INCLUDES + 1 or len(self.problems) > MAX_PROBLEMS

    def step(self, node: Node) -> tuple[Step, ...]:
        """What one item of a list says."""
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
        """A step by its name: a verb or an exercise."""
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
        """A step that is one value."""
        if key.text == "say":
            words = self.said(read_text(value, key, self.scope, BETWEEN))
            return Say(words) if words else None
        if key.text == "wait":
            text, pause_ms = read_wait(value, key, self.scope, BETWEEN)
            words = self.said(text)
            return Wait(words, pause_ms or DEFAULT_WAIT_MS, value.place) if words else None
        node = text_of(value, key, self.problems)
        if node is None:
            return None
        if key.text == "sound":
            name = known_of(node, self.library.sounds, "sound", self.problems)
            return PlaySound(name) if name else None
        length = duration_of(node, self.problems, zero=key.text == "rest")
        if length is None:
            return None
        return Rest(length.low, node.place) if key.text == "rest" else Pause(length.low)

    def section(self, node: MapNode) -> tuple[Step, ...]:
        """A section with its steps."""
        fields = Fields(node, SECTION_KEYS, self.problems, "a section")
        title = self.said(Texts(fields, self.scope).one("section", TITLE))
        steps = self.steps(fields.values["steps"], fields.keys["steps"]) if "steps" in fields.values else ()
        return (Section(title or Words(""), fields.rounds("rounds") or 1, steps, _talk(fields)),)

    def include(self, key: TextNode, value: Node) -> tuple[Step, ...]:
        """The steps of another file; it is in the language of this one unless it says its own."""
        node = text_of(value, key, self.problems)
        if node is None:
            return ()
        source = self.opened(node)
        if source is None:
            return ()
        self.included += 1
        if any(source.name == scope.file for scope in self.scopes):
            self.report("include-circle", node.place, name=node.text)
            return ()
        if self.included > MAX_INCLUDES:
            if self.included == MAX_INCLUDES + 1:
                self.report("include-many", node.place, most=MAX_INCLUDES)
            return ()
        self.characters += len(source.text)
        fields = None if self.is_full() else open_script(source, self.problems, whole=False)
        self.nodes += sum(map(count, fields.values.values())) if fields else 0
        if self.is_full():
            self.report("include-large", node.place)
        if fields is None or self.is_full():
            return ()
        return self.file_steps(replace(self.scope, file=source.name).within(fields), fields)

    def opened(self, name: TextNode) -> SourceFile | None:
        """The file that is included."""
        if self.is_full():
            return None
        try:
            return self.read(self.scope.file, name.text)
        except VoiceguideError as error:
            for found in error.problems:
                self.report("include-unreadable", name.place, name=name.text, reason=found.message)
            return None

    def is_full(self) -> bool:
        """Whether more is included than one file may hold."""
        return self.characters > MAX_INCLUDED or self.nodes > MAX_NODES

    def exercise_step(self, key: TextNode, value: Node | None) -> Step | None:
        """An exercise at its dose, with what may be done in its place."""
        entry = self.catalogue.entry(key)
        before = len(self.problems)
        written: WrittenDose | None = None
        step_cues: tuple[CueText, ...] = ()
        talk: Talk | None = None
        count: Counting | None = None
        if isinstance(value, MapNode):
            written, fields = read_mapping(value, EXERCISE_STEP_KEYS, self.problems, "an exercise step")
            sided = entry is None or entry.exercise.side is not None
            step_cues = Texts(fields, self.scope).cues("cues", exercise_rule(sided=sided))
            for cue in step_cues:
                self.said(cue.text)
            talk, count = (
                _talk(fields),
                cast("Counting | None", fields.choice("count", COUNTINGS)),
            )
        elif isinstance(value, TextNode) and value.text.strip():
            written = read_notation(value, self.problems)
        elif value is not None and not is_refused(value):
            place = value.place if isinstance(value, ListNode) else key.place
            self.report("dose-unreadable", place, exercise=key.text)
        if entry is None or is_refused(value) or len(self.problems) > before:
            return None
        exercise = entry.exercise
        dose = settle(exercise, written, key.place, self.problems)
        if dose is None:
            return None
        place = written.place if written else key.place
        step = ExerciseStep(
            exercise,
            dose,
            reminders(step_cues, self.language),
            timed_cues(step_cues, self.language),
            talk,
            count,
            place=place,
        )
        self.catalogue.check_demands(entry, dose, place, step_cues)
        return replace(step, alternatives=self.catalogue.alternatives(entry, step))


def _talk(fields: Fields) -> Talk | None:
    return cast("Talk | None", fields.choice("talk", TALKS))
