"""How problems are shown: `file:line:col: error: …`, the source line, a caret, a hint; or as JSON."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.errors import Place, Problem

_WIDEST_LINE = 160


def format_problem(problem: Problem) -> str:
    """The problem as people read it, without a line break at the end."""
    place = problem.place
    start = f"{printable(place.file)}:{place.line}:{place.column}: " if place else ""
    lines = [f"{start}{problem.severity}: {printable(problem.message)}"]
    if place and place.source_line and not place.source_line.isspace():
        lines += _source(place)
    if problem.hint:
        lines.append(f"   hint: {printable(problem.hint)}")
    return "\n".join(lines)


def show_problems(problems: Iterable[Problem]) -> None:
    """Show problems on standard error, one after the other."""
    for found in problems:
        click.echo(format_problem(found), err=True)


def problems_json(problems: Iterable[Problem]) -> str:
    """The problems as a JSON list for editors; lines and columns count from 1, `end_column` is past the last."""
    items = [
        {
            "file": found.place.file if found.place else None,
            "line": found.place.line if found.place else None,
            "column": found.place.column if found.place else None,
            "end_column": found.place.end_column if found.place else None,
            "severity": found.severity,
            "kind": found.kind,
            "message": found.message,
            "hint": found.hint,
        }
        for found in problems
    ]
    return json_text(items)


def json_text(data: object) -> str:
    """The data as JSON for people and programs, with every character that could steer a terminal escaped."""
    return printable_json(json.dumps(data, indent=2, ensure_ascii=False))


def printable_json(text: str) -> str:
    """A JSON text that says the same with every character that could steer a terminal escaped."""
    return "".join(
        character if character.isprintable() or character == "\n" else json.dumps(character)[1:-1]
        for character in text
    )


def printable(text: str) -> str:
    """The text with every character that could steer a terminal written out."""
    return "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)


def _source(place: Place) -> list[str]:
    line = place.source_line.replace("\t", " ")
    start, end = place.column - 1, max(place.end_column - 1, place.column)
    cut = max(0, min(start - 40, len(line) - _WIDEST_LINE))
    widths = [columns(printable(character)) for character in line[cut : cut + _WIDEST_LINE]]
    # What is written out takes more room; where the mark begins is shown in any case.
    while cut < start and sum(widths) > _WIDEST_LINE and sum(widths[: start - cut]) > _WIDEST_LINE // 2:
        del widths[0]
        cut += 1
    while sum(widths) > _WIDEST_LINE and cut + len(widths) > start + 1:
        del widths[-1]
    marked = widths[start - cut : end - cut]
    caret = " " * sum(widths[: start - cut]) + "^" * max(1, sum(marked))
    number = f"{place.line:>4}"
    shown = printable(line[cut : cut + len(widths)])
    return [f"{number} | {shown}", f"{' ' * len(number)} | {caret}"]


def columns(text: str) -> int:
    """How many terminal columns a text takes (Unicode Standard Annex 11; combining marks take none)."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )
