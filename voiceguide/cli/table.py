"""Tables for people."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

import click

from voiceguide.cli.problems import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PIPE_WIDTH = 1_000


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Print rows under a head on standard output, the columns named in `right` right-aligned.

    A terminal gets lines folded to its width, anything else one line a row.
    """
    from rich import box  # noqa: PLC0415 (slow to import, and JSON output does without)
    from rich.console import Console  # noqa: PLC0415 (as above)
    from rich.table import Table  # noqa: PLC0415 (as above)

    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1), show_header=any(head)
    )
    for name in head:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    if sys.stdout.isatty():
        Console().print(table)
        return
    text = StringIO()
    Console(width=_PIPE_WIDTH, file=text).print(table)
    click.echo("\n".join(line.rstrip() for line in text.getvalue().splitlines()))


def _plain(cell: str) -> str:
    from rich.markup import escape  # noqa: PLC0415 (as above)

    return escape("\n".join(printable(line) for line in cell.split("\n")))
