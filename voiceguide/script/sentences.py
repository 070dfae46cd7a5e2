"""The texts of one mapping: sentences, cues at a time of their own, the change of sides, and waiting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.model import TimedWords
from voiceguide.script.braces import Demand
from voiceguide.script.fields import Fields, duration_of
from voiceguide.script.keys import CHANGE_KEYS, CUE_KEYS, WAIT_KEYS
from voiceguide.script.nodes import ListNode, MapNode, Node, TextNode
from voiceguide.script.texts import Rule, Scope, Text, is_detailed, read_detailed, read_several, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.model import Words

# A text that is one duration, or was meant to be; a longer one is words.
_LONGEST_DURATION = 40
_DURATION_ALONE = re.compile(r"\s*-?[0-9][0-9.:]*\s*[^\W\d_]*(\s*[0-9.]+\s*[^\W\d_]+)*\s*")


@dataclass(frozen=True)
class CueText:
    """A cue: its text, and ms from the start or the end of a set where it has a time of its own."""

    text: Text
    at_ms: int | None = None


class Texts:
    """The texts of one mapping; `spoken` are those that must be in the language played."""

    def __init__(self, fields: Fields, scope: Scope) -> None:
        self.fields = fields
        self.scope = scope
        self.spoken: list[Text] = []

    def one(self, name: str, rule: Rule) -> Text | None:
        """The text of a key."""
        node = self.fields.values.get(name)
        return self._kept(read_text(node, self.fields.keys[name], self.scope, rule), rule) if node else None

    def many(self, name: str, rule: Rule) -> tuple[Text, ...]:
        """One text or a list of them."""
        found = (
            self._kept(read_text(node, self.fields.keys[name], self.scope, rule), rule)
            for node in self.nodes(name)
        )
        return tuple(text for text in found if text)

    def cues(self, name: str, rule: Rule) -> tuple[CueText, ...]:
        """One cue or a list of them."""
        found = [
            cue
            for node in self.nodes(name)
            if (cue := read_cue(node, self.fields.keys[name], self.scope, rule))
        ]
        self.spoken += [cue.text for cue in found]
        return tuple(found)

    def change(self, name: str, rule: Rule) -> tuple[Text | None, int]:
        """How to come to the other side, and how many ms it takes at least."""
        node = self.fields.values.get(name)
        if node is None:
            return None, 0
        text, length = read_change(node, self.fields.keys[name], self.scope, rule)
        return self._kept(text, rule), length

    def nodes(self, name: str) -> tuple[Node, ...]:
        """The items of a list, or the one value that stands in its place."""
        node = self.fields.values.get(name)
        if node is None:
            return ()
        return node.items if isinstance(node, ListNode) else (node,)

    def _kept(self, text: Text | None, rule: Rule) -> Text | None:
        if text and not rule.shown:
            self.spoken.append(text)
        return text


def reminders(cues: Iterable[CueText], language: str) -> tuple[Words, ...]:
    """The cues that are said where there is room."""
    return tuple(cue.text.words(language) for cue in cues if cue.at_ms is None)


def timed_cues(cues: Iterable[CueText], language: str) -> tuple[TimedWords, ...]:
    """The cues that have a time of their own."""
    return tuple(TimedWords(cue.at_ms, cue.text.words(language)) for cue in cues if cue.at_ms is not None)


def read_cue(node: Node, key: TextNode, scope: Scope, rule: Rule) -> CueText | None:
    """A text in any of its forms, which may have a time of its own."""
    if not isinstance(node, MapNode) or not is_detailed(node):
        text = read_several(node, key, scope, rule)
        return CueText(_of_cue(text)) if text else None
    text, fields = read_detailed(node, CUE_KEYS, scope, rule)
    at_ms = fields.moment("at")
    if text is None or ("at" in fields.values and at_ms is None):
        return None
    if at_ms is not None and at_ms < 0:
        written = fields.values["at"]
        text = replace(text, demands=(*text.demands, Demand("end", "at", written.place)))
    return CueText(_of_cue(text), at_ms)


def read_change(node: Node, key: TextNode, scope: Scope, rule: Rule) -> tuple[Text | None, int]:
    """How to come to the other side, and how many ms that takes at least; a duration alone has no words."""
    if (
        isinstance(node, TextNode)
        and len(node.text) <= _LONGEST_DURATION
        and _DURATION_ALONE.fullmatch(node.text)
    ):
        span = duration_of(node, scope.problems)
        return None, span.low if span else 0
    if not isinstance(node, MapNode) or not is_detailed(node):
        return read_several(node, key, scope, rule), 0
    text, fields = read_detailed(node, CHANGE_KEYS, scope, rule)
    return text, fields.duration("time") or 0


def read_wait(node: Node, key: TextNode, scope: Scope, rule: Rule) -> tuple[Text | None, int | None]:
    """What is said before waiting for a key, and the ms of silence where there is none, if that is written."""
    if not isinstance(node, MapNode) or not is_detailed(node):
        return read_several(node, key, scope, rule), None
    text, fields = read_detailed(node, WAIT_KEYS, scope, rule)
    return text, fields.duration("pause")


def _of_cue(text: Text) -> Text:
    return replace(text, demands=tuple(replace(demand, of_cue=True) for demand in text.demands))
