"""A table in CSV (RFC 4180): rows of cells, each with the place where it stands in its file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import Place
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Problem
    from voiceguide.script.nodes import SourceFile

# Where a comma is the decimal sign, spreadsheets write semicolons.
DELIMITERS = (",", ";", "\t")
# What Excel reads, and does not show, of a first line.
_DECLARED = re.compile(r"\"?sep=([,;\t])\"?[\r\n]*")


class Row(NamedTuple):
    """A row: its first line and its last one, counted from 1, and its cells."""

    line: int
    end: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The head of a table and its rows that are not empty; `delimiter` stands between cells."""

    file: str
    lines: list[str]
    delimiter: str
    head: Row
    rows: list[Row]

    def place(self, row: Row, column: int | None = None) -> Place:
        """Where a cell stands, or the first line of its row."""
        first = self.lines[row.line - 1].rstrip("\r\n")
        if column is None:
            return Place(self.file, row.line, 1, max(2, len(first) + 1), first)
        text = "".join(self.lines[row.line - 1 : row.end])
        start, end = _spans(text, self.delimiter, column)
        before = io.StringIO(text[:start], newline="").readlines()
        # A cell after a line break in the one before it stands in a later line.
        whole = [line for line in before if line.endswith(("\r", "\n"))]
        line = row.line + len(whole)
        begun = start - sum(map(len, whole))
        source = self.lines[line - 1].rstrip("\r\n")
        until = min(begun + max(1, end - start), max(len(source), begun + 1))
        return Place(self.file, line, begun + 1, until + 1, source)


def read_table(source: SourceFile) -> tuple[Table | None, tuple[Problem, ...]]:
    """The table of a CSV file, its first row the head; or None and what is wrong with it."""
    lines = io.StringIO(source.text, newline="").readlines()
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        return None, (problem("plan-empty"),)
    declared = _DECLARED.fullmatch(first)
    delimiter = declared[1] if declared else max(DELIMITERS, key=first.count)
    if declared and not any(line.strip() for line in lines[lines.index(first) + 1 :]):
        return None, (problem("plan-empty"),)
    rows: list[Row] = []
    # Cells repeat: each is kept once.
    known: dict[str, str] = {}
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                kept = tuple(known.setdefault(cell, cell) for cell in cells)
                rows.append(Row(line, reader.line_num, kept))
            line = reader.line_num + 1
    except csv.Error as error:
        text = lines[line - 1].rstrip("\r\n")
        place = Place(source.name, line, 1, max(2, len(text) + 1), text)
        return None, (problem("plan-broken", place, reason=error),)
    head, *rows = rows[1:] if declared else rows
    return Table(source.name, lines, delimiter, head, rows), ()


def _spans(text: str, delimiter: str, column: int) -> tuple[int, int]:
    """Where a cell begins and ends in the text of its row; its end where the row has fewer."""
    for index, (start, end) in enumerate(_cells(text, delimiter)):
        if index == column:
            return start, end
    end = len(text.rstrip("\r\n"))
    return end, end


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, int]]:
    mark = re.escape(delimiter)
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{mark}\r\n]*')
    start = 0
    while match := cell.match(text, start):
        yield match.span()
        if text[match.end() : match.end() + 1] != delimiter:
            return
        start = match.end() + 1
