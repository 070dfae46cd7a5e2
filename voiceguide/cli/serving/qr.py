"""A QR code in the terminal: black on white, whatever the terminal's colours are."""

from __future__ import annotations

import segno

_QUIET = 2
"""Modules of white around it: the standard has 4, readers want 2, and a terminal has few lines."""
# From the colour cube: the sixteen named colours are whatever somebody has made them.
_ON, _OFF = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_ASCII = {False: "\x1b[48;5;231m  ", True: "\x1b[48;5;16m  "}


def qr_lines(text: str, *, blocks: bool = True) -> list[str]:
    """The lines of a QR code with the codes that colour them; two rows of it in each line where there are `blocks`."""
    rows = [
        [bool(module) for module in row] for row in segno.make_qr(text, error="m").matrix_iter(border=_QUIET)
    ]
    if not blocks:
        return ["".join(_ASCII[module] for module in row) + _OFF for row in rows]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        _ON + "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True)) + _OFF
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
