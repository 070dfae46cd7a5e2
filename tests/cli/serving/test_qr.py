"""The QR code is read from the terminal by a camera, whatever the terminal's colours are."""

from __future__ import annotations

import numpy as np
import pyte
import pytest
import zxingcpp

from voiceguide.cli.serving.qr import qr_lines

ADDRESS = "http://192.168.178.120:8420/u7J0bRrTq1yV5m9oZ2xKeA/"
LONGER = "https://desk.tail1a2b3c.ts.net/stretch/u7J0bRrTq1yV5m9oZ2xKeA/"
DARK, LIGHT = ("e0e0e0", "101418"), ("202020", "fdf6e3")


def picture(
    lines: list[str], colours: tuple[str, str]
) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """What the terminal shows, its default colours those given, each cell 8 by 16 pixels."""
    screen = pyte.Screen(80, 40)
    pyte.Stream(screen).feed("\r\n".join(lines))
    cells = np.zeros((40 * 16, 80 * 8, 3), np.uint8)
    for row in range(40):
        for column in range(80):
            cell = screen.buffer[row][column]
            ink = rgb(colours[0] if cell.fg == "default" else cell.fg)
            paper = rgb(colours[1] if cell.bg == "default" else cell.bg)
            block = cells[row * 16 : row * 16 + 16, column * 8 : column * 8 + 8]
            block[:8] = ink if cell.data in "▀█" else paper
            block[8:] = ink if cell.data in "▄█" else paper
    return cells


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour))


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("blocks", [True, False], ids=["blocks", "ascii"])
@pytest.mark.parametrize("address", [ADDRESS, LONGER])
def test_a_camera_reads_the_address(address: str, blocks: bool, colours: tuple[str, str]) -> None:  # noqa: FBT001 (pytest gives it)
    found = zxingcpp.read_barcodes(picture(qr_lines(address, blocks=blocks), colours), try_invert=False)
    assert [code.text for code in found] == [address]


def test_it_fits_on_a_small_terminal() -> None:
    lines = qr_lines(ADDRESS)
    assert len(lines) <= 22
    assert all(len(line) <= 80 for line in lines)
