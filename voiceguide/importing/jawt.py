"""Exports of JAWT, Just Another Workout Timer (github.com/blockbasti/just_another_workout_timer): JSON to timers.

A backup is `{"workouts": […]}`, a shared workout the object alone. A workout has a title and sets, a set repetitions and
exercises, an exercise a name and whole seconds: in its first version nothing else. Later ones add ids, a place in the
list and names of sets, and a version that was never released counts some exercises. What is null has the application's
own default.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.importing.json_tree import Bare, JsonNode, JsonObject, parse_json
from voiceguide.importing.timer import COUNT_MS, MAX_COUNT, MAX_ROUNDS, Block, Interval, Timer, exceeds
from voiceguide.importing.words import is_rest, tidied
from voiceguide.units import MAX_DURATION_MS
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.errors import Problem

TITLE, EXERCISE, SECONDS = "Workout", "Exercise", 30
"""What the application puts where there is null."""
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_NULL = Bare("null")
_MAX_SECONDS = MAX_DURATION_MS // 1_000


def read_jawt(name: str, text: str) -> tuple[tuple[Timer, ...], list[Problem]]:
    """The timers of an export from the file `name`, and everything that is wrong with it: then there are no timers."""
    node, problems = parse_json(name, text)
    if node is None:
        return (), problems
    reader = _Reader(problems)
    timers = reader.timers(node)
    return (() if problems else timers), problems


class _Reader:
    """Reads the tree of an export, collecting problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def timers(self, node: JsonNode) -> tuple[Timer, ...]:
        entries = self.entries(node)
        if entries is None:
            return ()
        if "workouts" in entries:
            workouts = self.items(entries["workouts"])
        elif entries.keys() & {"title", "sets"}:
            workouts = (node,)
        else:
            self.report("import-unknown", node)
            return ()
        if not workouts:
            self.report("import-empty", node)
        return tuple(timer for workout in workouts if (timer := self.timer(workout)))

    def timer(self, node: JsonNode) -> Timer | None:
        entries = self.entries(node, "title", "sets")
        if entries is None:
            return None
        before = len(self.problems)
        title = tidied(self.text(entries["title"], TITLE)) or TITLE
        sets = self.items(entries["sets"])
        blocks = tuple(block for one in sets if (block := self.block(one)) and block.intervals)
        timer = Timer(title, blocks)
        if len(self.problems) > before:
            return None
        if not timer.ms:
            self.report("import-empty", node)
        elif kind := exceeds(timer):
            self.report(kind, entries["title"], title=title)
        return timer

    def block(self, node: JsonNode) -> Block | None:
        entries = self.entries(node, "repetitions", "exercises")
        if entries is None:
            return None
        rounds = self.whole(entries["repetitions"], 1, 1, MAX_ROUNDS)
        title = tidied(self.text(entries["name"], "")) if "name" in entries else ""
        intervals = (self.interval(one) for one in self.items(entries["exercises"]))
        return Block(tuple(interval for interval in intervals if interval), rounds, title)

    def interval(self, node: JsonNode) -> Interval | None:
        entries = self.entries(node, "name")
        if entries is None:
            return None
        words = tidied(self.text(entries["name"], EXERCISE))
        if "type" in entries and self.text(entries["type"], "").endswith("counted"):
            count = self.whole(entries["count"], SECONDS, 0, MAX_COUNT) if "count" in entries else SECONDS
            return Interval("work", words, count * COUNT_MS, count)
        if "duration" not in entries:
            self.report("import-missing", node, key="duration")
            return None
        seconds = self.whole(entries["duration"], SECONDS, 0, _MAX_SECONDS)
        return Interval("rest" if is_rest(words) else "work", words, seconds * 1_000)

    def entries(self, node: JsonNode, *needed: str) -> dict[str, JsonNode] | None:
        """The entries of an object that has what is `needed`; None where it is none or lacks something."""
        if not isinstance(node.value, JsonObject):
            self.report("import-expected", node, what="an object")
            return None
        entries = node.value.entries
        missing = [key for key in needed if key not in entries]
        for key in missing:
            self.report("import-missing", node, key=key)
        return None if missing else entries

    def items(self, node: JsonNode) -> tuple[JsonNode, ...]:
        if isinstance(node.value, tuple):
            return node.value
        if node.value != _NULL:
            self.report("import-expected", node, what="a list")
        return ()

    def text(self, node: JsonNode, default: str) -> str:
        if isinstance(node.value, str):
            return node.value
        if node.value != _NULL:
            self.report("import-expected", node, what="a text")
        return default

    def whole(self, node: JsonNode, default: int, low: int, high: int) -> int:
        if node.value == _NULL:
            return default
        if not isinstance(node.value, Bare) or not _WHOLE.fullmatch(node.value.text):
            self.report("import-expected", node, what=f"a whole number, {low} to {high}")
            return low
        value = int(node.value.text)
        if not low <= value <= high:
            self.report("import-expected", node, what=f"a whole number, {low} to {high}")
            return low
        return value

    def report(self, kind: str, node: JsonNode, **values: object) -> None:
        self.problems.append(problem(kind, node.place, path=node.path or "the file", **values))
