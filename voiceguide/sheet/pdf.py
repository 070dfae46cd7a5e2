"""A sheet as a PDF: real text in fonts of its own, as large as one page allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from voiceguide.sheet.fonts import Letters

if TYPE_CHECKING:
    from voiceguide.sheet.content import Sheet
    from voiceguide.sheet.paper import Paper

LARGEST_PT, SMALLEST_PT = 11.0, 8.0
"""Type sizes: what is smaller than the smallest is hard to read from the floor."""
_SEVERAL_PT = 9.5
_STEP_PT = 0.25
_MANY_PAGES = 6


@dataclass(frozen=True)
class Printed:
    """A PDF, how many pages it has, its type size in points, and the characters that no font had."""

    data: bytes
    pages: int
    size: float
    missing: str


def print_pdf(sheet: Sheet, paper: Paper) -> Printed:
    """The PDF of a sheet: on one page where it fits at a size that can be read, else on as few as need be.

    The same sheet gives the same bytes.
    """
    letters = Letters()
    pages, data = _built(sheet, paper, letters, SMALLEST_PT, 0)
    best = Printed(data, pages, SMALLEST_PT, "")
    if pages > 1:
        best = replace(best, data=_built(sheet, paper, letters, SMALLEST_PT, pages)[1])
    # Larger type never takes less room: the largest that does not cost a page is found by halving.
    largest = LARGEST_PT if pages == 1 else _SEVERAL_PT
    low, high = 0, round((largest - SMALLEST_PT) / _STEP_PT) if pages <= _MANY_PAGES else 0
    while low < high:
        middle = (low + high + 1) // 2
        size = SMALLEST_PT + middle * _STEP_PT
        got, data = _built(sheet, paper, letters, size, pages)
        if got == pages:
            low, best = middle, Printed(data, pages, size, "")
        else:
            high = middle - 1
    return replace(best, missing=letters.missing)


def _built(sheet: Sheet, paper: Paper, letters: Letters, size: float, total: int) -> tuple[int, bytes]:
    """How many pages a sheet has at a type size, and its PDF; its pages are numbered where `total` is several."""
    from reportlab.lib.units import mm  # noqa: PLC0415 (slow to import)
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415 (as above)

    from voiceguide.sheet.story import MARGIN_MM, Story  # noqa: PLC0415 (as above)

    story = Story(sheet, letters, size, (paper.width - 2 * MARGIN_MM) * mm)
    output = BytesIO()
    document = SimpleDocTemplate(
        output,
        pagesize=(paper.width * mm, paper.height * mm),
        leftMargin=MARGIN_MM * mm,
        rightMargin=MARGIN_MM * mm,
        topMargin=MARGIN_MM * mm,
        bottomMargin=MARGIN_MM * mm,
        title=letters.printed(sheet.title),
        author="voiceguide",
        subject=letters.printed(sheet.summary),
        creator="voiceguide",
        lang=sheet.language,
        displayDocTitle=True,
        invariant=1,
    )

    def number(canvas: object, _document: object) -> None:
        story.draw_number(canvas, total)

    document.build(story.flowables(), onFirstPage=number, onLaterPages=number)
    return document.page, output.getvalue()
