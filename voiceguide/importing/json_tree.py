"""JSON (RFC 8259) as a tree in which every value knows its place and its path: `workouts[0].sets[1]`.

The json module tells no places. Nesting, keys and values are limited as in scripts.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.errors import Place
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Problem

MAX_DEPTH = 32
MAX_NODES = 30_000
# Control characters are let in: they are left out of words later on.
_TEXTS = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"true|false|null")


@dataclass(frozen=True)
class JsonObject:
    """A value of keys and values."""

    entries: dict[str, JsonNode]


@dataclass(frozen=True)
class Bare:
    """A number, true, false or null, as written."""

    text: str


@dataclass(frozen=True)
class JsonNode:
    """A value, where it stands in its file and in its tree; the path of the outermost one is empty."""

    value: JsonObject | tuple[JsonNode, ...] | str | Bare
    path: str
    place: Place


def parse_json(name: str, text: str) -> tuple[JsonNode | None, list[Problem]]:
    """The value of a JSON text from the file `name`; None and what is wrong where it is not one."""
    reader = _Reader(name, text)
    try:
        return reader.document(), []
    except _WrongJson as wrong:
        return None, [wrong.problem]


class _WrongJson(Exception):  # noqa: N818 (it ends the reading of one file and never leaves this module)
    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.problem = found


class _Reader:
    """Reads a text from left to right; `at` is the offset of what comes next."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.at = 0
        self.nodes = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines = text.split("\n")

    def document(self) -> JsonNode:
        node = self.node("", 0)
        self.skip()
        if self.at < len(self.text):
            raise self.wrong("something follows its end")
        return node

    def node(self, path: str, depth: int) -> JsonNode:
        self.skip()
        start = self.at
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _WrongJson(problem("yaml-large", self.place(start), most=f"{MAX_NODES:,}"))
        if depth > MAX_DEPTH:
            raise _WrongJson(problem("yaml-depth", self.place(start), most=MAX_DEPTH))
        value: JsonObject | tuple[JsonNode, ...] | str | Bare
        match self.text[start : start + 1]:
            case "{":
                value = self.entries(path, depth)
            case "[":
                value = self.items(path, depth)
            case '"':
                value = self.string()
            case _:
                value = self.bare()
        return JsonNode(value, path, self.place(start, self.at))

    def entries(self, path: str, depth: int) -> JsonObject:
        entries: dict[str, JsonNode] = {}
        for _ in self.parts("}"):
            start = self.at
            if not self.text.startswith('"', start):
                raise self.wrong(self.or_end("a key in quotes is expected"))
            key = self.string()
            if key in entries:
                line = entries[key].place.line
                raise _WrongJson(problem("key-twice", self.place(start, self.at), key=key, line=line))
            self.skip()
            self.expect(":")
            entries[key] = self.node(f"{path}.{key}" if path else key, depth + 1)
        return JsonObject(entries)

    def items(self, path: str, depth: int) -> tuple[JsonNode, ...]:
        return tuple(self.node(f"{path}[{number}]", depth + 1) for number in self.parts("]"))

    def parts(self, end: str) -> Iterator[int]:
        """The number of each part of what has just been opened; whoever asks reads the part."""
        self.at += 1
        self.skip()
        if self.text.startswith(end, self.at):
            self.at += 1
            return
        number = 0
        while True:
            yield number
            number += 1
            self.skip()
            if self.text.startswith(end, self.at):
                self.at += 1
                return
            self.expect(",")
            self.skip()

    def string(self) -> str:
        start = self.at
        try:
            text, self.at = _TEXTS.raw_decode(self.text, start)
        except json.JSONDecodeError as error:
            self.at = min(error.pos, len(self.text))
            raise self.wrong("a text has no end or a wrong escape") from error
        return str(text)

    def bare(self) -> Bare:
        match = _NUMBER.match(self.text, self.at) or _WORD.match(self.text, self.at)
        if match is None:
            raise self.wrong(self.or_end("a value is expected"))
        self.at = match.end()
        return Bare(match.group())

    def expect(self, sign: str) -> None:
        if not self.text.startswith(sign, self.at):
            raise self.wrong(self.or_end(f"'{sign}' is expected"))
        self.at += 1

    def skip(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def or_end(self, reason: str) -> str:
        return reason if self.at < len(self.text) else "it breaks off"

    def wrong(self, reason: str) -> _WrongJson:
        return _WrongJson(problem("json-syntax", self.place(self.at), reason=reason))

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of a stretch, at least one column and at most the rest of its line."""
        line = bisect_right(self.starts, start) - 1
        first = self.starts[line]
        source = self.lines[line]
        stop = min(end if end is not None else start + 1, first + len(source))
        return Place(self.name, line + 1, start - first + 1, max(stop, start + 1) - first + 1, source)
