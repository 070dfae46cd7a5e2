"""The values of a mapping, read one kind at a time; what is wrong becomes a problem and reads as None."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from voiceguide.dose import MAX_REPS, MAX_SETS
from voiceguide.model import Words
from voiceguide.script.keys import (
    MAX_LEVEL,
    MAX_RATE,
    MAX_ROUNDS,
    MIN_LEVEL,
    MIN_RATE,
    Key,
    names,
)
from voiceguide.script.nodes import ListNode, MapNode, Node, TextNode, is_refused
from voiceguide.units import (
    NotationError,
    Range,
    Tempo,
    parse_count_range,
    parse_duration,
    parse_duration_range,
    parse_tempo,
)
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from voiceguide.errors import Place, Problem

T = TypeVar("T")
_PERCENT = re.compile(r"([0-9]{1,3})\s*%?", re.ASCII)
_LEVEL = re.compile(r"([+-]?[0-9]{1,3})(\s*dB)?", re.ASCII | re.IGNORECASE)
MAX_BREATH_PARTS = 4
UNITS = ("s", "m", "h", "reps", "breaths")
# Engines make the sound of a text in one piece: this is about a minute, and memory grows with it.
MAX_SPOKEN = 1_000


class Fields:
    """The entries of one mapping whose keys are known; unknown and missing keys are reported at once."""

    def __init__(self, node: MapNode, keys: tuple[Key, ...], problems: list[Problem], what: str) -> None:
        self.problems = problems
        self.values = {key.text: value for key, value in node.entries if not key.refused}
        self.keys = {key.text: key for key, _ in node.entries if not key.refused}
        known = names(keys)
        for key in self.keys.values():
            if key.text not in known:
                self.report("key-unknown", key.place, key=key.text, what=what, **near(key.text, known))
        for wanted in keys:
            if wanted.required and wanted.name not in self.values:
                self.report("key-missing", node.place, key=wanted.name, what=what)

    def report(self, kind: str, place: Place, **values: object) -> None:
        """Add a problem."""
        self.problems.append(problem(kind, place, **values))

    def place(self, name: str) -> Place:
        """Where the key stands."""
        return self.keys[name].place

    def text(self, name: str) -> TextNode | None:
        """The scalar of a key, not empty; None where it is missing or wrong."""
        node = self.values.get(name)
        if node is None:
            return None
        return text_of(node, self.keys[name], self.problems)

    def line(self, name: str) -> str:
        """The text of a key in one line, empty where it is missing."""
        node = self.text(name)
        return " ".join(node.text.split()) if node else ""

    def words(self, name: str) -> Words | None:
        """The text of a key in one line with its place, for what is not spoken."""
        node = self.text(name)
        return Words(" ".join(node.text.split()), node.place) if node else None

    def texts(self, name: str) -> tuple[TextNode, ...]:
        """One text or a list of them."""
        node = self.values.get(name)
        if node is None:
            return ()
        items = node.items if isinstance(node, ListNode) else (node,)
        found = (text_of(item, self.keys[name], self.problems) for item in items)
        return tuple(item for item in found if item)

    def one_of(self, name: str, known: Collection[str], what: str) -> str | None:
        """A text that is one of the known ones."""
        node = self.text(name)
        return known_of(node, known, what, self.problems) if node else None

    def choice(self, name: str, known: Collection[str]) -> str | None:
        """A text that is one of a few words."""
        node = self.text(name)
        if node is None or node.text in known:
            return node.text if node else None
        self.report("choice-unknown", node.place, key=name, value=node.text, **_near_or_all(node.text, known))
        return None

    def some_of(self, name: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """Texts that are all among the known ones."""
        found = (known_of(node, known, what, self.problems) for node in self.texts(name))
        return tuple(item for item in found if item)

    def notation(self, name: str, parse: Callable[[str], T]) -> T | None:
        """The value of a key in a notation of `units`."""
        node = self.text(name)
        return notation(node, parse, self.problems) if node else None

    def duration(self, name: str) -> int | None:
        """Milliseconds, more than zero; a bare number is seconds."""
        span = self.span(name, single=True)
        return span.low if span else None

    def span(self, name: str, *, zero: bool = False, single: bool = False) -> Range | None:
        """A range of durations in ms; a bare number is seconds."""
        node = self.text(name)
        return duration_of(node, self.problems, zero=zero, single=single) if node else None

    def counts(self, name: str) -> Range | None:
        """A range of counts, at least 1."""
        most = MAX_SETS if name == "sets" else MAX_REPS
        return self.notation(name, lambda text: parse_count_range(text, most))

    def rounds(self, name: str) -> int | None:
        """One count, at least 1."""
        node = self.text(name)
        if node is None:
            return None
        found = notation(node, lambda text: parse_count_range(text, MAX_ROUNDS), self.problems)
        if found and found.low != found.high:
            self.report("count-not-range", node.place)
            return None
        return found.low if found else None

    def tempo(self, name: str) -> Tempo | None:
        """A tempo in ms."""
        return self.notation(name, parse_tempo)

    def rate(self, name: str) -> int | None:
        """Words a minute."""
        node = self.text(name)
        if node is None:
            return None
        if (
            not node.text.isascii()
            or not node.text.isdigit()
            or not MIN_RATE <= int(node.text[:9]) <= MAX_RATE
        ):
            self.report("rate-unreadable", node.place, low=MIN_RATE, high=MAX_RATE)
            return None
        return int(node.text)

    def percent(self, name: str) -> int | None:
        """A percentage, 0 to 100."""
        node = self.text(name)
        return percent_of(node, self.problems) if node else None

    def level(self, name: str) -> int | None:
        """Whole decibels."""
        node = self.text(name)
        if node is None:
            return None
        match = _LEVEL.fullmatch(node.text.strip())
        if match is None or not MIN_LEVEL <= int(match[1]) <= MAX_LEVEL:
            self.report("level-unreadable", node.place, low=MIN_LEVEL, high=MAX_LEVEL)
            return None
        return int(match[1])

    def breath(self, name: str) -> Tempo | None:
        """The parts of a breath in ms: its whole, or in and out, in, hold and out, in, hold, out and hold."""
        node = self.text(name)
        if node is None:
            return None
        if "-" not in node.text.strip()[1:] and "–" not in node.text:
            span = duration_of(node, self.problems)
            return (span.low,) if span else None
        parts = notation(node, parse_tempo, self.problems)
        if parts and len(parts) > MAX_BREATH_PARTS:
            self.report("breath-parts", node.place, written=len(parts))
            return None
        return parts

    def moment(self, name: str) -> int | None:
        """Ms from the start of a set, or where negative from its end."""
        return self.notation(name, _parse_moment)


def percent_of(node: TextNode, problems: list[Problem]) -> int | None:
    """A percentage, 0 to 100, with its sign or without."""
    match = _PERCENT.fullmatch(node.text.strip())
    if match is None or int(match[1]) > 100:  # noqa: PLR2004 (what percent means)
        problems.append(problem("percent-unreadable", node.place))
        return None
    return int(match[1])


def _parse_moment(text: str) -> int:
    """Ms of a time of a set: a duration, or the negative of one; raises NotationError."""
    before, sign, after = text.partition("-")
    if not sign or before.strip():
        return parse_duration(text, bare="s")
    shift = len(before) + 1
    try:
        return -parse_duration(after, bare="s")
    except NotationError as error:
        raise NotationError(error.kind, error.start + shift, error.end + shift, **error.values) from error


def text_of(node: Node, key: TextNode, problems: list[Problem]) -> TextNode | None:
    """The node if it is a text that is not empty; else a problem at the key or the node, but for a refused one."""
    if is_refused(node):
        return None
    if not isinstance(node, TextNode):
        problems.append(problem("text-expected", node.place, key=key.text))
        return None
    if not node.text.strip():
        problems.append(problem("text-empty", key.place, key=key.text))
        return None
    return node


def known_of(node: TextNode, known: Collection[str], what: str, problems: list[Problem]) -> str | None:
    """The text of a node if it is known; else a problem with the nearest name, or with all that are known."""
    if node.text in known:
        return node.text
    hint = _near_or_all(node.text, known)
    problems.append(problem("name-unknown", node.place, what=what, name=node.text, **hint))
    return None


def _near_or_all(word: str, known: Collection[str]) -> dict[str, str]:
    return near(word, known) or {"near": f"known: {', '.join(sorted(known))}"}


def spoken_text(node: TextNode, problems: list[Problem]) -> str:
    """A text to be spoken, its white space folded; one that is too long for a voice is a problem."""
    text = " ".join(node.text.split())
    if len(text) > MAX_SPOKEN:
        count, most = f"{len(text):,}", f"{MAX_SPOKEN:,}"
        problems.append(problem("text-too-long", node.place, count=count, most=most))
    return text


def notation(node: TextNode, parse: Callable[[str], T], problems: list[Problem]) -> T | None:
    """The value of a text in a notation; what is wrong becomes a problem under the offending characters."""
    try:
        return parse(node.text)
    except NotationError as error:
        hint = near(str(error.values["unit"]), UNITS) if "unit" in error.values else {}
        problems.append(problem(error.kind, node.part(error.start, error.end), **error.values, **hint))
        return None


def duration_of(
    node: TextNode, problems: list[Problem], *, zero: bool = False, single: bool = True
) -> Range | None:
    """A duration, or a range of them unless `single`, in ms; a bare number is seconds, zero only where allowed."""
    if single:
        value = notation(node, lambda text: parse_duration(text, bare="s"), problems)
        found = Range(value, value) if value is not None else None
    else:
        found = notation(node, lambda text: parse_duration_range(text, bare="s"), problems)
    if found is not None and found.low == 0 and not zero:
        problems.append(problem("duration-zero", node.place))
        return None
    return found
