"""The icons of the application on the phone, drawn in the style of the cover."""

from __future__ import annotations

from io import BytesIO

from voiceguide.audio.cover import BACKGROUND, PALETTE

SIZES = (192, 512)
COVER = 1_500
"""Pixels of each side of the picture of a podcast, of which at least 1,400 are asked for."""

_FINER = 4
_GAP_DEGREES = 14
# Of the whole side. What of a maskable icon lies in a circle of four fifths is always seen.
_RING, _MASKABLE_RING = 0.40, 0.29
_WIDTH = 0.30  # of the ring's radius


def draw_icons() -> dict[str, bytes]:
    """PNGs by name: `icon-192.png`, `icon-512.png`, `icon-maskable-512.png`, and `cover.png` for a podcast."""
    icons = {f"icon-{size}.png": draw_icon(size) for size in SIZES}
    return icons | {
        f"icon-maskable-{SIZES[-1]}.png": draw_icon(SIZES[-1], maskable=True),
        "cover.png": draw_icon(COVER),
    }


def draw_icon(size: int, *, maskable: bool = False) -> bytes:
    """A ring in the cover's colours as a PNG of so many pixels each side; a `maskable` one may be cut to any shape."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (only a server draws it)

    finer = _FINER if size <= SIZES[-1] else 2
    side = size * finer
    picture = Image.new("RGB", (side, side), BACKGROUND)
    pen = ImageDraw.Draw(picture)
    radius = side * (_MASKABLE_RING if maskable else _RING)
    box = (side / 2 - radius, side / 2 - radius, side / 2 + radius, side / 2 + radius)
    share = 360 / len(PALETTE)
    for number, colour in enumerate(PALETTE):
        start = number * share - 90
        pen.arc(
            box, start + _GAP_DEGREES / 2, start + share - _GAP_DEGREES / 2, colour, round(radius * _WIDTH)
        )
    file = BytesIO()
    picture.reduce(finer).save(file, "PNG", optimize=True)
    return file.getvalue()
