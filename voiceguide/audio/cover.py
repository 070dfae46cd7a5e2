"""The cover picture of a session: its course as a ring, its minutes in the middle, its title below."""

from __future__ import annotations

import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.timeline import WORK_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.timeline import Timeline

SIZE = 600
"""Pixels of each side of a picture in a tag; the places below are for this size."""

_FINER = 4  # drawn larger and reduced: Pillow's arcs have no smooth edges of their own
_CENTRE = (300, 240)
_RADIUS, _WIDTH = 186, 40
_MIDDLE = _RADIUS + 2  # of the square that the ring is drawn in
_GAP_DEGREES = 2.4
BACKGROUND = (18, 38, 48)
_TRACK = (32, 58, 69)
_INK = (244, 239, 228)
_QUIET_INK = (150, 176, 180)
# From morning water to evening light, as the session goes on.
PALETTE = ((86, 190, 190), (142, 208, 166), (240, 208, 150), (234, 158, 138), (178, 152, 206))

_TITLE_TOP, _TITLE_BOTTOM, _TITLE_WIDTH = 462, 580, 520
_TITLE_SIZES = (50, 42, 36, 30, 26)
_TITLE_LINES = 3
_COLOURS = 256  # enough for smooth edges, and half the bytes of all of them

_Colour = tuple[int, int, int]


def draw_cover(timeline: Timeline, size: int = SIZE) -> bytes:
    """The picture as a PNG, `size` pixels square; the same timeline gives the same picture.

    Each chapter is an arc as long as its share of the session, bright where there is a hold or a rep.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 (only a render needs it)

    scale = size / SIZE
    # What is larger has the smoother edges without.
    finer = _FINER if size <= SIZE else 2
    ring = round(2 * _MIDDLE * scale)
    large = Image.new("RGB", (ring * finer, ring * finer), BACKGROUND)
    pen = ImageDraw.Draw(large)
    _arc(pen, 0, 360, _TRACK, scale * finer)
    for start, end, colour in _arcs(timeline):
        _arc(pen, start, end, colour, scale * finer)
    picture = Image.new("RGB", (size, size), BACKGROUND)
    # The mean of whole squares: as smooth as any resampling to a fraction of the size, and ten times as quick.
    corner = (round((_CENTRE[0] - _MIDDLE) * scale), round((_CENTRE[1] - _MIDDLE) * scale))
    picture.paste(large.reduce(finer), corner)
    pen = ImageDraw.Draw(picture)
    _draw_length(pen, timeline.duration_ms, scale)
    _draw_title(pen, timeline.title, scale)
    file = BytesIO()
    few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG")
    return file.getvalue()


def _arcs(timeline: Timeline) -> Iterator[tuple[float, float, _Colour]]:
    """Each chapter's arc, then its work over it: start and end in degrees clockwise from the top, and the colour."""
    whole = timeline.duration_ms
    for chapter in timeline.chapters:
        start, end = 360 * chapter.start_ms / whole, 360 * chapter.end_ms / whole
        gap = min(_GAP_DEGREES, (end - start) / 3) if len(timeline.chapters) > 1 else 0.0
        first, last = start + gap / 2, end - gap / 2
        colour = _along(PALETTE, (start + end) / 720)
        yield first, last, _mixed(BACKGROUND, colour, 0.5)
        for span in timeline.spans:
            if span.kind in WORK_KINDS and span.start_ms < chapter.end_ms and span.end_ms > chapter.start_ms:
                yield max(first, 360 * span.start_ms / whole), min(last, 360 * span.end_ms / whole), colour


def _arc(pen: Any, start: float, end: float, colour: _Colour, scale: float) -> None:
    if end <= start:
        return
    first, last = (_MIDDLE - _RADIUS) * scale, (_MIDDLE + _RADIUS) * scale
    pen.arc((first, first, last, last), start - 90, end - 90, fill=colour, width=round(_WIDTH * scale))


def _draw_length(pen: Any, duration_ms: int, scale: float) -> None:
    """The session's length in the middle: whole minutes, or seconds under half of one."""
    minutes = round(duration_ms / 60_000)
    number, unit = (str(minutes), "min") if minutes else (str(round(duration_ms / 1000)), "s")
    x, y = _CENTRE
    tall, small = _font(min(124, 280 // len(number)) * scale), _font(36 * scale)
    pen.text((x * scale, (y - 16) * scale), number, fill=_INK, font=tall, anchor="mm")
    pen.text((x * scale, (y + 72) * scale), unit, fill=_QUIET_INK, font=small, anchor="mm")


def _draw_title(pen: Any, title: str, scale: float) -> None:
    """The title under the ring, as large as it fits."""
    lines, size = _fitted(_drawable(title))
    height = round(size * 1.16)
    top = (_TITLE_TOP + _TITLE_BOTTOM - height * len(lines)) / 2
    for number, line in enumerate(lines):
        where = (SIZE / 2 * scale, (top + height * (number + 0.5)) * scale)
        pen.text(where, line, fill=_INK, font=_font(size * scale), anchor="mm")


def _fitted(title: str) -> tuple[list[str], int]:
    """The title in lines and the font size they fit at; what does not fit at the smallest ends in an ellipsis."""
    for size in _TITLE_SIZES:
        lines = _wrapped(title, size)
        room = int((_TITLE_BOTTOM - _TITLE_TOP) / (size * 1.16))
        if len(lines) <= min(room, _TITLE_LINES) and all(
            _width(line, size) <= _TITLE_WIDTH for line in lines
        ):
            return lines, size
    kept = lines[:_TITLE_LINES]
    if len(lines) > _TITLE_LINES:
        kept[-1] += "…"
    return [_shortened(line, size) for line in kept], size


def _wrapped(title: str, size: int) -> list[str]:
    """The words in lines, each as full as the title's width lets it be."""
    lines: list[str] = []
    for word in title.split():
        if lines and _width(f"{lines[-1]} {word}", size) <= _TITLE_WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _shortened(line: str, size: int) -> str:
    kept = line
    while _width(kept, size) > _TITLE_WIDTH:
        kept = kept.rstrip("…")[:-1] + "…"
    return kept


def _drawable(text: str) -> str:
    """The text without the characters that the font has no picture of, emoji above all."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if c.isspace() or _picture(c) not in (_picture("\U0010ffff"), b""))


def _picture(character: str) -> bytes:
    return bytes(_font(_TITLE_SIZES[0]).getmask(character))


def _width(text: str, size: int) -> float:
    return float(_font(size).getlength(text))


@cache
def _font(size: float) -> Any:
    """The font that comes with the package, so that a cover looks the same on every system."""
    from PIL import ImageFont  # noqa: PLC0415 (only a render needs it)

    font = Path(__file__).with_name("fonts").joinpath("Roboto-Light.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)


def _along(palette: tuple[_Colour, ...], share: float) -> _Colour:
    """The colour at a share, 0 to 1, of the way through the palette."""
    place = share * (len(palette) - 1)
    index = min(int(place), len(palette) - 2)
    return _mixed(palette[index], palette[index + 1], place - index)


def _mixed(one: _Colour, other: _Colour, share: float) -> _Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
