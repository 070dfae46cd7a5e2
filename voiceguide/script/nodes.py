"""YAML text as a tree in which every key and value knows its place; every scalar is text.

Scalars are never converted, so that `1:30` stays `1:30` and `on` stays `on`. Aliases, tags, duplicate keys,
several documents and deep nesting are problems.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from voiceguide.errors import Place, Problem
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 32
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class SourceFile:
    """A file's name, as problems show it, and its text."""

    name: str
    text: str


@dataclass(frozen=True)
class TextNode:
    """A scalar as written."""

    text: str
    place: Place

    def part(self, start: int, end: int) -> Place:
        """Where the characters from `start` to `end` of the text stand; the whole scalar if it was folded or escaped."""
        place = self.place
        written = place.source_line[place.column - 1 : place.end_column - 1]
        for quotes in (0, 1):
            if written[quotes : len(written) - quotes] == self.text:
                column = place.column + quotes
                return Place(
                    place.file, place.line, column + start, column + max(end, start + 1), place.source_line
                )
        return place


@dataclass(frozen=True)
class ListNode:
    """A sequence."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True)
class MapNode:
    """A mapping: keys and values in the order written, no key twice."""

    entries: tuple[tuple[TextNode, Node], ...]
    place: Place


Node = TextNode | ListNode | MapNode


def parse(source: SourceFile) -> tuple[Node | None, list[Problem]]:
    """The one document of a YAML text, or None with the problem that keeps it from being read."""
    lines = source.text.splitlines() or [""]
    if forbidden := _FORBIDDEN.search(source.text):
        # The character itself may be one that ends a line.
        before = f"{source.text[: forbidden.start()]}.".splitlines()
        column = len(before[-1]) - 1
        place = _place(source.name, lines, len(before) - 1, column, column + 1)
        return None, [_forbidden(forbidden, place)]
    builder = _Builder(source.name, lines)
    try:
        builder.build(yaml.parse(source.text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = _place(source.name, lines, mark.line, mark.column, mark.column + 1) if mark else None
        reason = error.problem or error.context or "it breaks off"
        return None, [problem("yaml-syntax", where, reason=reason, **_advice(reason, where))]
    except _Refused as refused:
        return None, [*builder.problems, refused.problem]
    if builder.root is None:
        return None, [problem("file-empty", Place(source.name, 1, 1, 2, lines[0]))]
    return builder.root, builder.problems


def _advice(reason: str, where: Place | None) -> dict[str, str]:
    """What to do about the two slips of YAML that are most often made in scripts."""
    if where and where.source_line[where.column - 1 : where.column] == "\t":
        return {"advice": "indent with spaces, not with tabs"}
    if reason.startswith("mapping values are not allowed"):
        return {"advice": "put a text that has ': ' in it in quotes"}
    return {}


class _Refused(Exception):  # noqa: N818 (it ends the reading of one file and never leaves this module)
    def __init__(self, refused: Problem) -> None:
        super().__init__(refused.message)
        self.problem = refused


class _Builder:
    """Builds the tree from YAML events with a stack of its own, so that nesting cannot exhaust Python's."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.open: list[tuple[Any, list[Node]]] = []

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.AliasEvent):
                raise _Refused(problem("yaml-alias", self.place(event)))
            if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                raise _Refused(problem("yaml-documents", self.place(event)))
            if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
                raise _Refused(problem("yaml-tag", self.place(event), tag=event.tag))  # type: ignore[attr-defined]  # every node event but an alias has one
            if isinstance(event, yaml.ScalarEvent):
                if forbidden := _FORBIDDEN.search(event.value):
                    raise _Refused(_forbidden(forbidden, self.place(event)))
                self.add(TextNode(event.value, self.place(event)))
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(self.open) >= MAX_DEPTH:
                    raise _Refused(problem("yaml-depth", self.place(event), most=MAX_DEPTH))
                self.open.append((event, []))
            elif isinstance(event, yaml.CollectionEndEvent):
                start, children = self.open.pop()
                place = self.collection_place(start, event)
                if isinstance(start, yaml.MappingStartEvent):
                    self.add(MapNode(self.pairs(children), place))
                else:
                    self.add(ListNode(tuple(children), place))

    def add(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def pairs(self, children: list[Node]) -> tuple[tuple[TextNode, Node], ...]:
        pairs: dict[str, tuple[TextNode, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, TextNode):
                self.problems.append(problem("key-not-text", key.place))
            elif key.text in pairs:
                first = pairs[key.text][0].place
                self.problems.append(problem("key-twice", key.place, key=key.text, line=first.line))
            else:
                pairs[key.text] = (key, value)
        return tuple(pairs.values())

    def place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        last = end.column if end.line == start.line else None
        return _place(self.file, self.lines, start.line, start.column, last)

    def collection_place(self, start: Any, end: Any) -> Place:
        """A collection in brackets on one line; else the first line of it."""
        mark, stop = start.start_mark, end.end_mark
        last = stop.column if start.flow_style and stop.line == mark.line else None
        return _place(self.file, self.lines, mark.line, mark.column, last)


def _forbidden(found: re.Match[str], place: Place) -> Problem:
    return problem("character-forbidden", place, code=f"U+{ord(found.group()):04X}")


def _place(file: str, lines: list[str], line: int, column: int, end: int | None) -> Place:
    """A place from 0-based marks; `end` None is the end of the line, and a place is at least one column wide."""
    if line >= len(lines):
        # The end of the text lies on a line of its own.
        line, column, end = len(lines) - 1, len(lines[-1]), None
    text = lines[line]
    stop = len(text.rstrip()) if end is None else end
    return Place(file, line + 1, column + 1, max(stop, column + 1) + 1, text)
