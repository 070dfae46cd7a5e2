"""The seconds left in digits that fill the terminal, to be read from across the room."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.table import Table
from rich.text import Text

from voiceguide.player.screen.pictures import key_lines, line, state_line
from voiceguide.player.screen.view import clock_time, doing, state, whole_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import ConsoleOptions, RenderableType

    from voiceguide.player.status import Going, Status

_GLYPHS = {
    "0": " ### |#   #|#   #|#   #|#   #|#   #| ### ",
    "1": "  #  | ##  |  #  |  #  |  #  |  #  | ### ",
    "2": " ### |#   #|    #|   # |  #  | #   |#####",
    "3": "#### |    #|    #| ### |    #|    #|#### ",
    "4": "   # |  ## | # # |#  # |#####|   # |   # ",
    "5": "#####|#    |#### |    #|    #|#   #| ### ",
    "6": " ### |#   #|#    |#### |#   #|#   #| ### ",
    "7": "#####|    #|   # |  #  | #   | #   | #   ",
    "8": " ### |#   #|#   #| ### |#   #|#   #| ### ",
    "9": " ### |#   #|#   #| ####|    #|#   #| ### ",
    ":": " | |#| |#| | ",
    " ": "   |   |   |   |   |   |   ",
    "A": " ### |#   #|#   #|#####|#   #|#   #|#   #",
    "C": " ### |#   #|#    |#    |#    |#   #| ### ",
    "D": "#### |#   #|#   #|#   #|#   #|#   #|#### ",
    "E": "#####|#    |#    |#### |#    |#    |#####",
    "N": "#   #|##  #|# # #|#  ##|#   #|#   #|#   #",
    "O": " ### |#   #|#   #|#   #|#   #|#   #| ### ",
    "P": "#### |#   #|#   #|#### |#    |#    |#    ",
    "S": " ####|#    |#    | ### |    #|    #|#### ",
    "U": "#   #|#   #|#   #|#   #|#   #|#   #| ### ",
}
_HEIGHT = 7
# What is as wide as this or less is as large: 9 is not larger than 10.
_USUAL = "00"

_CELLS = {("#", "#"): "█", ("#", " "): "▀", (" ", "#"): "▄", (" ", " "): " "}
_ASCII_CELLS = {pair: " " if pair == (" ", " ") else "#" for pair in _CELLS}

_WORDS: dict[Going, str] = {
    "paused": "PAUSED",
    "waiting": "SPACE",
    "preparing": "SOON",
    "lost": "NO SOUND",
    "over": "END",
}

# In fewer lines the digits need all there are.
_LINES_FOR_KEYS = 16
# Up to here in seconds, then in minutes and seconds.
_MOST_SECONDS = 99


class _Scale(NamedTuple):
    """How many columns and half lines a dot of a glyph takes."""

    columns: int
    halves: int


def big(now: Status, remark: str, options: ConsoleOptions, *, keys: bool = True) -> RenderableType:
    """The seconds left between a line of what is done and a line of what is next, whole from 40 by 12 on.

    Where the session does not simply play, a word takes the place of the seconds.
    """
    width, height = options.max_width, options.size.height
    above: list[RenderableType] = [_heading(now, width, options)]
    going = state(now)
    if going:
        if now.going == "paused" and now.span_left_ms is not None:
            going += f", {clock_time(now.span_left_ms)} left here"
        above.append(state_line(going, width, options))
    below: list[RenderableType] = [_foot(now, options)]
    if keys and height >= _LINES_FOR_KEYS:
        below += [line(text, "dim", options=options) for text in key_lines(now, options)]
    said = _wrapped(remark, width, height // 2)
    room = max(0, height - len(above) - len(below) - len(said))
    text = _WORDS.get(now.going) or _number(now)
    rows = blocks(text, width, room, ascii_only=options.ascii_only)
    style = "bold green" if now.kind == "hold" and now.going == "playing" else "bold"
    return Group(*above, *(Text(row, style, no_wrap=True) for row in rows), *said, *below)


def _number(now: Status) -> str:
    """What is left until the start, of the span, or of the chapter where there is none."""
    if now.going == "starting":
        left_ms = now.starts_in_ms
    else:
        left_ms = now.chapter_left_ms if now.span_left_ms is None else now.span_left_ms
    seconds = whole_seconds(left_ms)
    return str(seconds) if seconds <= _MOST_SECONDS else clock_time(left_ms)


def _heading(now: Status, width: int, options: ConsoleOptions) -> Text:
    """The exercise and what is done of it in one line, of which the name gives way first."""
    name, task = line(now.chapter, "bold", options=options), doing(now)
    if not task:
        return name
    name.truncate(max(1, width - len(task) - 2), overflow=name.overflow)
    return Text.assemble(name, f": {task}", no_wrap=True, overflow=name.overflow)


def _foot(now: Status, options: ConsoleOptions) -> RenderableType:
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    following = f"Next: {now.next_chapter}" if now.next_chapter else ""
    grid.add_row(line(following, options=options), line(f"{clock_time(now.left_ms)} left", options=options))
    return grid


def _wrapped(text: str, width: int, most: int) -> list[Text]:
    """The text in lines of `width`, at most so many."""
    return [Text(row, "bold", no_wrap=True) for row in wrap(text, max(1, width))[:most]]


def blocks(text: str, width: int, height: int, *, ascii_only: bool = False) -> list[str]:
    """The text in the middle of `height` lines, in block letters as large as fits them and `width` columns.

    A text of several words may take a row for each. Where not even the smallest letters fit it is written plainly.
    """
    fitting = [
        (scale, rows)
        for rows in ([text], text.split())
        if (scale := _scale(rows, width, height, ascii_only=ascii_only)) is not None
    ]
    if not fitting:
        return _centred([text.center(width).rstrip()], height)
    scale, rows = max(fitting, key=lambda fit: fit[0].columns * fit[0].halves)
    halves: list[str] = []
    for row in rows:
        halves += [""] * scale.halves * bool(halves)
        for dots in zip(*(_GLYPHS[letter].split("|") for letter in row), strict=True):
            stretched = "".join(dot * scale.columns for dot in " ".join(dots))
            halves += [stretched.center(width)] * scale.halves
    signs = _ASCII_CELLS if ascii_only else _CELLS
    lines = zip_longest(halves[::2], halves[1::2], fillvalue="")
    return _centred([_cells(upper, lower, width, signs) for upper, lower in lines], height)


def _cells(upper: str, lower: str, width: int, signs: Mapping[tuple[str, str], str]) -> str:
    """A line of the screen from its upper and its lower half."""
    return "".join(signs[pair] for pair in zip(upper.ljust(width), lower.ljust(width), strict=True)).rstrip()


def _centred(rows: list[str], height: int) -> list[str]:
    """As many rows as `height`, with these in the middle."""
    above = max(0, height - len(rows)) // 2
    return ([""] * above + rows + [""] * height)[:height]


def _scale(rows: Sequence[str], width: int, height: int, *, ascii_only: bool) -> _Scale | None:
    """The largest scale at which the rows fit, stretched by half at most in one direction; None if none does."""
    dots_wide = max(_wide(row) for row in (*rows, _USUAL))
    dots_high = len(rows) * (_HEIGHT + 1) - 1
    columns, halves = width // dots_wide, 2 * height // dots_high
    columns, halves = min(columns, (3 * halves + 1) // 2), min(halves, (3 * columns + 1) // 2)
    if ascii_only:
        halves -= halves % 2
    return _Scale(columns, halves) if columns and halves else None


def _wide(row: str) -> int:
    """The dots of a row of glyphs, with one between two."""
    return sum(_GLYPHS[letter].index("|") + 1 for letter in row) - 1
