"""Programmes: YAML text that says which routines are done on which day, and at which dose in which week."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from voiceguide.model import Programme, Week, Words
from voiceguide.script.exercises import DEFAULT_LANGUAGE
from voiceguide.script.fields import Fields, percent_of, text_of
from voiceguide.script.keys import PROGRAMME_KEYS, WEEK_KEYS
from voiceguide.script.limits import at_most
from voiceguide.script.nodes import ListNode, MapNode, Node, SourceFile, TextNode, is_refused, parse
from voiceguide.script.sentences import Texts
from voiceguide.script.texts import SHOWN, Scope
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from voiceguide.errors import Problem
    from voiceguide.script.library import Library

Day = tuple[Words, ...]

DAYS = 7
MAX_WEEKS = 104
REST_DAY = "rest"
# ISO 8601, the extended form of a calendar date.
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_MONTHS = 12


def read_programme(
    source: SourceFile,
    library: Library,
    routines: Collection[str] | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[Programme | None, tuple[Problem, ...]]:
    """The programme of a file, or None where it has errors; problems are in the order of their places.

    Its title and summary are in the language, or in the one that they have.

    A day names routines of `routines`; where that is None, any name is taken.
    """
    node, problems = parse(source)
    programme = None
    if isinstance(node, MapNode):
        fields = Fields(node, PROGRAMME_KEYS, problems, "a programme")
        texts = Texts(fields, Scope(library, source.name, DEFAULT_LANGUAGE, problems))
        labels = (texts.one(name, SHOWN) for name in ("title", "summary"))
        title, summary = (label.words(language).text if label else "" for label in labels)
        programme = _Reader(problems, routines).programme(fields, title, summary)
    elif node and not is_refused(node):
        problems.append(problem("mapping-expected", node.place, what="a programme"))
    found = sorted(problems, key=lambda one: (one.place.line, one.place.column) if one.place else (0, 0))
    return (None if found else programme), at_most(tuple(found))


class _Reader:
    """Reads one programme."""

    def __init__(self, problems: list[Problem], routines: Collection[str] | None) -> None:
        self.problems = problems
        self.routines = routines

    def programme(self, fields: Fields, title: str, summary: str) -> Programme:
        start = fields.text("start")
        days = self.days(fields)
        return Programme(
            title=title,
            summary=summary,
            start=self.date(start) if start else None,
            weeks=tuple(self.week(node, days) for node in self.items(fields, "weeks")),
        )

    def date(self, node: TextNode) -> str | None:
        """A date that the calendar has."""
        match = _DATE.fullmatch(node.text.strip())
        if match:
            year, month, day = map(int, match.groups())
            if year and 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]:
                return match.group()
        self.problems.append(problem("date-unreadable", node.place, text=node.text.strip()))
        return None

    def items(self, fields: Fields, name: str) -> tuple[Node, ...]:
        """The items of a list that has some."""
        node = fields.values.get(name)
        if node is None or is_refused(node):
            return ()
        if not isinstance(node, ListNode):
            fields.report("list-expected", node.place, key=name)
            return ()
        if not node.items:
            fields.report("text-empty", fields.place(name), key=name)
        elif name == "weeks" and len(node.items) > MAX_WEEKS:
            fields.report("weeks-many", fields.place(name), most=MAX_WEEKS)
        return node.items

    def days(self, fields: Fields) -> tuple[Day, ...]:
        """The days of a week, which are seven."""
        items = self.items(fields, "days")
        if items and len(items) != DAYS:
            fields.report("days-of-week", fields.place("days"), written=len(items))
        return tuple(self.day(item, fields.keys["days"]) for item in items)

    def day(self, node: Node, key: TextNode) -> Day:
        """The routines of one day; none on a day of rest."""
        if isinstance(node, TextNode) and node.text.strip() == REST_DAY:
            return ()
        if isinstance(node, ListNode) and not node.items:
            self.problems.append(problem("day-empty", node.place))
        items = node.items if isinstance(node, ListNode) else (node,)
        return tuple(words for item in items if (words := self.routine(item, key)))

    def routine(self, node: Node, key: TextNode) -> Words | None:
        """The name of a routine."""
        found = text_of(node, key, self.problems)
        if found is None:
            return None
        name = found.text.strip()
        if name == REST_DAY:
            self.problems.append(problem("rest-beside-routines", found.place))
        elif self.routines is not None and name not in self.routines:
            self.problems.append(
                problem("routine-unknown", found.place, name=name, **near(name, self.routines))
            )
        return Words(name, found.place)

    def week(self, node: Node, days: tuple[Day, ...]) -> Week:
        """A week by its dose, or by its dose and days of its own."""
        if isinstance(node, MapNode):
            fields = Fields(node, WEEK_KEYS, self.problems, "a week")
            dose = fields.percent("dose")
            own = self.days(fields) if "days" in fields.values else days
            return Week(dose or 0, own)
        if isinstance(node, TextNode):
            return Week(0 if node.refused else percent_of(node, self.problems) or 0, days)
        self.problems.append(problem("percent-unreadable", node.place))
        return Week(0, days)
