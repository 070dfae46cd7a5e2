"""Pronunciations: what stands under `say-as` in a script or in the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.script.fields import text_of
from voiceguide.script.keys import MAX_PRONUNCIATIONS, MAX_SAID_AS
from voiceguide.script.nodes import MapNode, Node, TextNode, is_refused
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from voiceguide.errors import Problem
    from voiceguide.model import Pronunciation


def read_pronunciations(
    key: TextNode, node: Node, language: str | None, languages: Collection[str], problems: list[Problem]
) -> tuple[Pronunciation, ...]:
    """How words are pronounced: in the texts of `language`, None for any, or by one of the `languages`."""
    if is_refused(node):
        return ()
    if not isinstance(node, MapNode):
        problems.append(problem("mapping-expected", node.place, what=f"'{key.text}'"))
        return ()
    if len(node.entries) > MAX_PRONUNCIATIONS:
        problems.append(problem("pronunciations-many", key.place, most=f"{MAX_PRONUNCIATIONS:,}"))
        return ()
    found: list[Pronunciation] = []
    first: dict[str, TextNode] = {}
    for name, value in node.entries:
        if name.refused:
            continue
        word = _line(name)
        if not word:
            problems.append(problem("text-empty", name.place, key=key.text))
            continue
        before = first.setdefault(word.casefold(), name)
        if before is not name:
            line = before.place.line
            problems.append(
                problem("pronunciation-twice", name.place, word=word, first=_line(before), line=line)
            )
            continue
        if isinstance(value, MapNode):
            found += _by_language(name, value, languages, problems)
        elif said := _said(name, value, problems):
            found.append((word, said, language))
    return tuple(found)


def _by_language(
    name: TextNode, node: MapNode, languages: Collection[str], problems: list[Problem]
) -> Iterator[Pronunciation]:
    if not node.entries:
        problems.append(problem("text-empty", name.place, key=name.text))
    for code, value in node.entries:
        if code.refused:
            continue
        if code.text not in languages:
            known = ", ".join(sorted(languages))
            hint = near(code.text, languages) or {"near": f"one by language has the keys {known}"}
            problems.append(problem("key-unknown", code.place, key=code.text, what="a pronunciation", **hint))
        elif said := _said(code, value, problems):
            yield _line(name), said, code.text


def _said(key: TextNode, value: Node, problems: list[Problem]) -> str | None:
    node = text_of(value, key, problems)
    if node is None:
        return None
    said = _line(node)
    if len(said) > MAX_SAID_AS:
        problems.append(problem("pronunciation-long", node.place, most=MAX_SAID_AS))
    return said


def _line(node: TextNode) -> str:
    return " ".join(node.text.split())
