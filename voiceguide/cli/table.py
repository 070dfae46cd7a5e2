"""Tables for people: as wide as the terminal, and entry by entry where that is too narrow for columns."""

from __future__ import annotations

import shutil
import sys
import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from voiceguide.cli.problems import columns, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_GAP = "  "
_TALLEST_ROW = 4
_NARROWEST = 10


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Print rows under a head on standard output, the columns named in `right` right-aligned.

    A terminal gets cells folded so that the rows have the fewest lines, or entries of one field a line where that
    is more than four; anything else gets one line a row.
    """
    cells = [[printable(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        widths: list[int] | None = [_natural(column) for column in zip(head, *cells, strict=True)]
    else:
        widths = _fitting(list(zip(head, *cells, strict=True)), _terminal_width())
    if widths is None:
        for index, row in enumerate(cells):
            if index:
                click.echo()
            print_fields(zip(head, row, strict=True))
        return
    aligned = [name in right for name in head]
    for line in _lines(head, widths, aligned):
        click.echo(click.style(line, bold=True))
    for row in cells:
        for line in _lines(row, widths, aligned):
            click.echo(line)


def print_fields(fields: Iterable[tuple[str, str]]) -> None:
    """Print names with their values, those that have one, on standard output; a value may have several lines."""
    kept = [(name, value) for name, value in fields if value]
    label = max((columns(name) for name, _ in kept), default=0)
    room = max(_terminal_width() - label - len(_GAP), _NARROWEST) if sys.stdout.isatty() else None
    for name, value in kept:
        lines = [part for line in value.split("\n") for part in _folded(printable(line), room)]
        for index, line in enumerate(lines):
            click.echo(f"{_padded('' if index else name, label)}{_GAP}{line}".rstrip())


def print_paragraph(text: str, mark: str = "") -> None:
    """Print a text on standard output after a mark, folded in a terminal, its other lines below its first one."""
    indent = " " * columns(mark)
    room = max(_terminal_width() - len(indent), _NARROWEST) if sys.stdout.isatty() else None
    for index, line in enumerate(_folded(printable(text), room)):
        click.echo(f"{indent if index else mark}{line}")


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 week", "2 weeks"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _terminal_width() -> int:
    return shutil.get_terminal_size().columns


def _fitting(table: list[tuple[str, ...]], width: int) -> list[int] | None:
    """The widths of the columns with which the tallest row has the fewest lines; None where four are too few."""
    room = width - len(_GAP) * (len(table) - 1)
    for height in range(1, _TALLEST_ROW + 1):
        widths = [_least_width(column, height) for column in table]
        if sum(widths) <= room:
            return _widened(widths, [_natural(column) for column in table], room)
    return None


def _widened(widths: list[int], natural: list[int], room: int) -> list[int]:
    """The widths with what is left of the room, given first to the columns that need the least to fold nothing."""
    left = room - sum(widths)
    wider = list(widths)
    for index in sorted(range(len(widths)), key=lambda index: natural[index] - widths[index]):
        more = min(left, natural[index] - widths[index])
        wider[index] += more
        left -= more
    return wider


def _least_width(column: tuple[str, ...], height: int) -> int:
    """The least width at which every cell has at most `height` lines and no word is broken."""
    natural = _natural(column)
    longest_word = max((columns(word) for cell in column for word in cell.split()), default=0)
    for width in range(min(max(longest_word, _NARROWEST), natural), natural):
        if all(len(_folded(cell, width)) <= height for cell in column):
            return width
    return natural


def _natural(column: tuple[str, ...]) -> int:
    return max(map(columns, column), default=0)


def _folded(text: str, width: int | None) -> list[str]:
    if width is None or columns(text) <= width:
        return [text]
    # Wide characters take two columns: fewer of them go into a line.
    narrower = max(1, width * len(text) // columns(text))
    return textwrap.wrap(text, narrower, break_long_words=False, break_on_hyphens=False) or [""]


def _lines(row: Sequence[str], widths: list[int], aligned: list[bool]) -> list[str]:
    folded = [_folded(cell, width) for cell, width in zip(row, widths, strict=True)]
    return [
        _GAP.join(
            _padded(part, width, right=right)
            for part, width, right in zip(parts, widths, aligned, strict=True)
        ).rstrip()
        for parts in zip_longest(*folded, fillvalue="")
    ]


def _padded(text: str, width: int, *, right: bool = False) -> str:
    space = " " * (width - columns(text))
    return space + text if right else text + space
