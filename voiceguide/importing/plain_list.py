"""Plain lists, `text | seconds` in each line, as audio-instruction reads them (github.com/gabrieldernbach/audio-instruction).

Lines with `#` are comments; the first of them is the title, and `# language: de` says the language. A line without a time
lasts 30 seconds. Times may be written as in scripts, too: `1:30`, `1m30s`, `2.5`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.errors import Place
from voiceguide.importing.timer import MAX_INTERVALS, Block, Interval, Timer, exceeds
from voiceguide.importing.words import is_rest, is_said, tidied
from voiceguide.units import NotationError, parse_duration
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from voiceguide.errors import Problem

DEFAULT_MS = 30_000
MAX_PROBLEMS = 1_000
"""With more than these the rest of a list is not read."""
_DIRECTIVE = re.compile(r"#\s*(language|background|background_urls?)\s*:\s*(.*)", re.IGNORECASE)
_UNIT = re.compile(r"(?<=[0-9])\s*(?:seconds?|secs?|minutes?|mins?)\.?\s*", re.IGNORECASE)


def read_list(
    name: str, text: str, title: str, languages: Collection[str]
) -> tuple[tuple[Timer, ...], list[Problem]]:
    """The timer of a list from the file `name`, and everything that is wrong with it: then there is no timer.

    `title` is its title where no comment is one; a language that is not among `languages` is noted, not taken.
    """
    reader = _Reader(name, title, languages)
    lines = text.splitlines() or [""]
    for number, line in enumerate(lines, start=1):
        if len(reader.problems) > MAX_PROBLEMS or len(reader.intervals) > MAX_INTERVALS:
            break
        reader.line(number, line)
    if not reader.problems and not reader.timed:
        reader.report("import-unknown", 1, lines[0], path="the file")
    timer = reader.timer()
    if not reader.problems:
        if not timer.ms:
            reader.report("import-empty", 1, lines[0], path="the file")
        elif kind := exceeds(timer):
            reader.report(kind, 1, lines[0], title=timer.title)
    return ((timer,) if not reader.problems else ()), reader.problems


class _Reader:
    """Reads a list line by line; comments wait in `notes` for the interval that follows them."""

    def __init__(self, name: str, title: str, languages: Collection[str]) -> None:
        self.name = name
        self.default_title = title
        self.languages = languages
        self.problems: list[Problem] = []
        self.title: str | None = None
        self.language: str | None = None
        self.head: list[str] = []
        self.notes: list[str] = []
        self.intervals: list[Interval] = []
        self.timed = False

    def timer(self) -> Timer:
        title = self.title or tidied(self.default_title) or "Workout"
        block = Block(tuple(self.intervals))
        return Timer(title, (block,), self.language, tuple(self.head), tuple(self.notes))

    def line(self, number: int, line: str) -> None:
        stripped = line.strip().lstrip("\ufeff")
        if stripped.startswith("#"):
            self.comment(stripped)
        elif stripped:
            self.interval(number, line)

    def comment(self, line: str) -> None:
        if directive := _DIRECTIVE.fullmatch(line):
            self.directive(directive[1].lower(), tidied(directive[2]))
            return
        words = tidied(line.lstrip("#"))
        if self.title is None and not self.intervals and is_said(words):
            self.title = words
        elif words:
            self.notes.append(words)

    def directive(self, key: str, value: str) -> None:
        if key != "language":
            self.head.append(f"The list has music from {value}; 'music:' takes a file of yours.")
        elif value.lower() in self.languages:
            self.language = value.lower()
        else:
            self.head.append(f"The list is in the language '{value}', which the guide does not speak.")

    def interval(self, number: int, line: str) -> None:
        written, bar, time = line.rpartition("|")
        if not bar:
            written, time = line.partition("#")[0], ""
        words = tidied(written)
        ms = DEFAULT_MS
        notes = [*self.notes]
        if bar:
            self.timed = True
            read = self.time(number, line, len(written) + 1, time.partition("#")[0])
            ms = DEFAULT_MS if read is None else read
        else:
            notes.append("no time in the list: 30 s")
        if not words:
            self.report("import-words", number, line)
        self.intervals.append(Interval("rest" if is_rest(words) else "work", words, ms, notes=tuple(notes)))
        self.notes.clear()

    def time(self, number: int, line: str, start: int, written: str) -> int | None:
        """Ms of a time, which stands at this offset of its line; None with a problem where it is none."""
        text = _UNIT.sub(lambda unit: unit.group().strip()[0].lower(), written)
        try:
            return parse_duration(text, bare="s")
        except NotationError as error:
            shift = start + len(written) - len(written.lstrip())
            end = max(start + len(written.rstrip()), shift + 1)
            place = Place(self.name, number, shift + 1, end + 1, line)
            self.problems.append(problem(error.kind, place, **error.values))
            return None

    def report(self, kind: str, number: int, line: str, **values: object) -> None:
        self.problems.append(
            problem(kind, Place(self.name, number, 1, max(len(line), 1) + 1, line), **values)
        )
