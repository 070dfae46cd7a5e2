"""YAML text as a tree in which every key and value knows its place; every scalar is text.

Scalars are never converted, so that `1:30` stays `1:30` and `on` stays `on`. Aliases, tags, duplicate keys,
several documents and scalars over 10,000 characters are problems; only too deep a nesting, too many keys and values, and
what is not YAML end the reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Place, Problem
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 32
MAX_NODES = 30_000
# A voice reads far less at once, and no path, name or dose is as long.
MAX_SCALAR = 10_000
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class SourceFile:
    """A file's name, as problems show it, and its text."""

    name: str
    text: str


@dataclass(frozen=True)
class TextNode:
    """A scalar as written; `refused` is one whose problem is told already: its text is empty and stands for anything."""

    text: str
    place: Place
    refused: bool = False

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
    """A mapping: keys and values in the order written, no key twice but refused ones."""

    entries: tuple[tuple[TextNode, Node], ...]
    place: Place


Node = TextNode | ListNode | MapNode


def is_refused(node: Node | None) -> bool:
    """Whether a node is one whose problem is told already."""
    return isinstance(node, TextNode) and node.refused


def holds_refused(node: Node) -> bool:
    """Whether a node is refused or has a refused one in it, so that it may mean more than it says."""
    match node:
        case TextNode():
            return node.refused
        case ListNode(items):
            return any(holds_refused(item) for item in items)
        case MapNode(entries):
            return any(key.refused or holds_refused(value) for key, value in entries)


def count(node: Node) -> int:
    """How many keys and values a node is made of, with itself."""
    match node:
        case TextNode():
            return 1
        case ListNode(items):
            return 1 + sum(map(count, items))
        case MapNode(entries):
            return 1 + sum(1 + count(value) for _, value in entries)


def parse(source: SourceFile) -> tuple[Node | None, list[Problem]]:
    """The first document of a YAML text and its problems; None where it cannot be read to its end."""
    import yaml  # noqa: PLC0415 (slow to import, and a command may read no YAML)

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lines = source.text.splitlines() or [""]
    if forbidden := _FORBIDDEN.search(source.text):
        # The character itself may be one that ends a line.
        before = f"{source.text[: forbidden.start()]}.".splitlines()
        column = len(before[-1]) - 1
        place = _place(source.name, lines, len(before) - 1, column, column + 1)
        return None, [_forbidden(forbidden, place)]
    builder = _Builder(source.name, lines)
    try:
        builder.build(yaml.parse(source.text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = _place(source.name, lines, mark.line, mark.column, mark.column + 1) if mark else None
        reason = error.problem or error.context or "it breaks off"
        return None, [
            *builder.problems,
            problem("yaml-syntax", where, reason=reason, **_advice(reason, where)),
        ]
    except _TooMuch as failure:
        return None, [*builder.problems, failure.problem]
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


class _TooMuch(Exception):  # noqa: N818 (it ends the reading of one file and never leaves this module)
    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.problem = found


class _Builder:
    """Builds the tree from YAML events with a stack of its own, so that nesting cannot exhaust Python's."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.open: list[tuple[Any, list[Node]]] = []
        self.nodes = 0

    def build(self, events: Iterator[Any]) -> None:
        import yaml  # noqa: PLC0415 (as above)

        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                self.problems.append(problem("yaml-documents", self.place(event)))
                return
            if isinstance(event, yaml.NodeEvent):
                self.count(event)
            if tag := getattr(event, "tag", None):
                self.problems.append(problem("yaml-tag", self.place(event), tag=tag))
            if isinstance(event, yaml.AliasEvent):
                place = self.place(event)
                self.refuse(place, problem("yaml-alias", place))
            elif isinstance(event, yaml.ScalarEvent):
                self.scalar(event.value, self.place(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(self.open) >= MAX_DEPTH:
                    raise _TooMuch(problem("yaml-depth", self.place(event), most=MAX_DEPTH))
                self.open.append((event, []))
            elif isinstance(event, yaml.CollectionEndEvent):
                start, children = self.open.pop()
                place = self.collection_place(start, event)
                if isinstance(start, yaml.MappingStartEvent):
                    self.add(MapNode(self.pairs(children), place))
                else:
                    self.add(ListNode(tuple(children), place))

    def count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _TooMuch(problem("yaml-large", self.place(event), most=f"{MAX_NODES:,}"))

    def scalar(self, text: str, place: Place) -> None:
        if forbidden := _FORBIDDEN.search(text):
            self.refuse(place, _forbidden(forbidden, place))
        elif len(text) > MAX_SCALAR:
            length, most = f"{len(text):,}", f"{MAX_SCALAR:,}"
            self.refuse(place, problem("scalar-long", place, count=length, most=most))
        else:
            self.add(TextNode(text, place))

    def refuse(self, place: Place, found: Problem) -> None:
        self.problems.append(found)
        self.add(TextNode("", place, refused=True))

    def add(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def pairs(self, children: list[Node]) -> tuple[tuple[TextNode, Node], ...]:
        pairs: list[tuple[TextNode, Node]] = []
        first: dict[str, Place] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, TextNode):
                self.problems.append(problem("key-not-text", key.place))
            elif key.refused:
                pairs.append((key, value))
            elif key.text in first:
                line = first[key.text].line
                self.problems.append(problem("key-twice", key.place, key=key.text, line=line))
            else:
                first[key.text] = key.place
                pairs.append((key, value))
        return tuple(pairs)

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
