"""A sheet as one HTML page that stands alone: for the screen, for paper, and for screen readers."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.sheet.address import QUIET_ZONE, code_of
from voiceguide.sheet.content import WEEKS, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.sheet.content import Entry, Item, Sheet, Text
    from voiceguide.sheet.labels.labels import Labels
    from voiceguide.sheet.paper import Paper

# Characters that no HTML document may have, even escaped; and marks that would turn round what follows them.
_NOT_HTML = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
_DEEPEST = 6
# What a browser is told of a page in which others' words stand: it loads nothing, runs nothing, sends nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"


def html_page(sheet: Sheet, paper: Paper) -> str:
    """The text of the page; nothing in it is loaded from elsewhere, and it has no script."""
    return "\n".join((*_page(sheet, paper), ""))


def _page(sheet: Sheet, paper: Paper) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{sheet.language}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="generator" content="voiceguide">'
    yield f"<title>{_text(sheet.title)}</title>"
    yield f"<style>\n@page {{ size: {paper.name}; }}\n{_style()}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield from _head(sheet)
    yield from _items(sheet.items, sheet, level=2)
    yield "</main>"
    yield from _foot(sheet)
    yield "</body>"
    yield "</html>"


def _head(sheet: Sheet) -> Iterator[str]:
    labels = sheet.labels
    yield "<header>"
    yield '<div class="about">'
    yield f"<h1>{_text(sheet.title)}</h1>"
    if sheet.summary:
        yield f'<p class="summary">{_text(sheet.summary)}</p>'
    yield '<dl class="facts">'
    yield from (_fact(label, _text(value), labels) for label, value in sheet.facts)
    if sheet.address:
        link = _text(sheet.address)
        yield _fact(labels.listen, f'<a href="{link}">{link}</a>', labels)
    yield "</dl>"
    for change in sheet.changes:
        yield f'<p class="change">{_text(change)}</p>'
    yield "</div>"
    if sheet.address:
        yield _code(sheet.address, sheet)
    yield "</header>"
    yield '<div class="log">'
    yield '<dl class="fill">'
    blank = '<span class="line"></span>'
    for label, value in ((labels.name, sheet.name), (labels.date, ""), (labels.how_often, sheet.how_often)):
        yield _fact(label, _text(value) if value else blank, labels)
    yield "</dl>"
    yield from _days(sheet)
    yield "</div>"


def _fact(label: str, value: str, labels: Labels) -> str:
    return f"<div><dt>{_text(label + labels.colon)}</dt> <dd>{value}</dd></div>"


def _code(address: str, sheet: Sheet) -> str:
    told = _text(sheet.labels.code.format(address=address))
    picture = BytesIO()
    code_of(address).save(
        picture, kind="svg", xmldecl=False, svgns=True, svgclass=None, lineclass=None, border=QUIET_ZONE,
        omitsize=True, nl=False, light="#fff", dark="#000",
    )  # fmt: skip
    return (
        picture.getvalue().decode().replace("<svg ", f'<svg class="code" role="img" aria-label="{told}" ', 1)
    )


def _days(sheet: Sheet) -> Iterator[str]:
    labels = sheet.labels
    yield '<table class="days">'
    yield f"<caption>{_text(labels.done)}</caption>"
    heads = "".join(f'<th scope="col">{_text(day)}</th>' for day in labels.weekdays)
    yield f"<thead><tr><td></td>{heads}</tr></thead>"
    yield "<tbody>"
    for number in range(1, WEEKS + 1):
        week = _text(labels.week.format(n=number))
        boxes = (f'<td><input type="checkbox" aria-label="{week}, {_text(day)}"></td>' for day in labels.days)
        yield f'<tr><th scope="row">{week}</th>{"".join(boxes)}</tr>'
    yield "</tbody>"
    yield "</table>"


def _items(items: Iterable[Item], sheet: Sheet, level: int) -> Iterator[str]:
    for item in items:
        yield from _part(item, sheet, level) if isinstance(item, Part) else _entry(item, sheet, level)


def _part(part: Part, sheet: Sheet, level: int) -> Iterator[str]:
    rounds = f' <span class="rounds">{_text(part.rounds)}</span>' if part.rounds else ""
    yield '<section class="part">'
    yield f"{_heading(level, _spoken(part.title) + rounds)}"
    yield from _items(part.items, sheet, level + 1)
    yield "</section>"


def _entry(entry: Entry, sheet: Sheet, level: int) -> Iterator[str]:
    labels = sheet.labels
    yield '<article class="entry">'
    yield '<div class="what">'
    number = f'<span class="number">{entry.number}.</span>'
    yield _heading(level, f"{number} {_spoken(entry.name)}")
    yield f'<p class="dose">{_text(entry.dose)}</p>'
    if entry.details:
        yield '<dl class="details">'
        yield from (_fact(label, _spoken(value), labels) for label, value in entry.details)
        yield "</dl>"
    yield "</div>"
    yield '<div class="how">'
    if entry.words:
        yield f"<p>{' '.join(map(_spoken, entry.words))}</p>"
    if entry.reminders:
        yield f'<p class="label">{_text(labels.reminders + labels.colon)}</p>'
        yield "<ul>"
        yield from (f"<li>{_spoken(reminder)}</li>" for reminder in entry.reminders)
        yield "</ul>"
    if entry.after:
        yield _labelled("after", labels.afterwards, _spoken(entry.after), labels)
    if entry.caution:
        yield _labelled("caution", labels.caution, _spoken(entry.caution), labels)
    if entry.against:
        yield _labelled("against", labels.against, _text(entry.against), labels)
    yield "</div>"
    yield "</article>"


def _foot(sheet: Sheet) -> Iterator[str]:
    if not sheet.safety:
        return
    yield "<footer>"
    yield f"<h2>{_text(sheet.labels.safety)}</h2>"
    yield from (f"<p>{_text(rule)}</p>" for rule in sheet.safety)
    yield "</footer>"


def _labelled(kind: str, label: str, text: str, labels: Labels) -> str:
    return f'<p class="{kind}"><strong class="label">{_text(label + labels.colon)}</strong> {text}</p>'


def _heading(level: int, text: str) -> str:
    tag = f"h{min(level, _DEEPEST)}"
    return f"<{tag}>{text}</{tag}>"


def _spoken(text: Text) -> str:
    """A text, marked with its language where that is not the page's."""
    shown = _text(text.text)
    return f'<span lang="{text.language}">{shown}</span>' if text.language else shown


def _text(text: str) -> str:
    return escape(_NOT_HTML.sub("", text))


@cache
def _style() -> str:
    return Path(__file__).with_name("sheet.css").read_text(encoding="utf-8")
