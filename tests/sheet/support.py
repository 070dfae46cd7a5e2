"""Sheets of scripts in a test, what is read on them, and codes as a phone reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import zxingcpp

from tests.compile.support import read
from voiceguide.plan import Choices
from voiceguide.sheet.build import build_sheet
from voiceguide.sheet.content import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from voiceguide.sheet.content import Entry, Item, Sheet

TEN_MINUTES = 600_000
NBSP = "\u00a0"


def sheet_of(
    steps: str,
    *,
    head: str = "",
    shelf: dict[str, str] | None = None,
    language: str | None = None,
    choices: Choices | None = None,
    exact_dose: bool = False,
    days_a_week: tuple[int, ...] = (),
    address: str | None = None,
) -> Sheet:
    """The sheet of a routine with these steps, which lasts ten minutes, without the safety rules."""
    return build_sheet(
        read(steps, head=head, shelf=shelf, language=language),
        choices or Choices(safety=False),
        TEN_MINUTES,
        exact_dose=exact_dose,
        days_a_week=days_a_week,
        address=address,
    )


def entry_of(steps: str, **wishes: object) -> str:
    """The one exercise of a sheet, a line for each thing that stands there."""
    (item,) = sheet_of(steps, **wishes).items  # type: ignore[arg-type]
    return "\n".join(told((item,)))


def told(items: tuple[Item, ...], indent: str = "") -> Iterator[str]:
    """Exercises and sections, a line for each thing that stands there; no-break spaces are spaces."""
    for item in items:
        if isinstance(item, Part):
            yield f"{indent}[{item.title.text}] {item.rounds}".replace(NBSP, " ").rstrip()
            yield from told(item.items, f"{indent}  ")
        else:
            yield from (f"{indent}{line}".replace(NBSP, " ") for line in _entry(item))


def _entry(entry: Entry) -> Iterator[str]:
    yield f"{entry.number}. {entry.name.text}: {entry.dose}"
    yield from (f"{label}: {text.text}" for label, text in entry.details)
    yield from (text.text for text in entry.words)
    yield from (f"* {text.text}" for text in entry.reminders)
    if entry.after:
        yield f"after: {entry.after.text}"
    if entry.caution:
        yield f"caution: {entry.caution.text}"
    if entry.against:
        yield f"against: {entry.against}"


def one_line(text: str) -> str:
    """A text with every run of white space, no-break spaces too, as one space."""
    return re.sub(r"\s+", " ", text)


def scanned(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[str]:
    """What a phone reads of the codes in a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]
