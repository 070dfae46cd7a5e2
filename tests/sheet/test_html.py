"""A sheet as HTML: the form for screen readers."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from tests.sheet.support import one_line, scanned, sheet_of
from tests.shipped.support import LANGUAGES, ROUTINES, routine
from voiceguide.plan import Choices
from voiceguide.sheet.build import build_sheet
from voiceguide.sheet.content import Sheet, entries
from voiceguide.sheet.html import html_page
from voiceguide.sheet.paper import PAPERS

ADDRESS = "http://192.168.1.20:8000/Xy_3kQ/?routine=evening&dose=40"
VOID = {"meta", "path", "img", "br", "link", "input"}


class Page(HTMLParser):
    """A page as a browser takes it apart: its elements with their attributes, and the text of each kind of element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(sheet: Sheet) -> Page:
    return Page(html_page(sheet, PAPERS["a4"]))


def code_in(page: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The drawn code as a picture, eight pixels a module: its dark runs are lines one module high."""
    side = int(re.findall(r'viewBox="0 0 (\d+) \d+"', page)[0])
    picture = np.full((side, side), 255, np.uint8)
    drawn = re.findall(
        r'<path[^>]* class="qrline"[^>]* d="([^"]*)"|<path[^>]*stroke="#000"[^>]* d="([^"]*)"', page
    )
    (path,) = (one or other for one, other in drawn)
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "h":
            picture[int(y), int(x) : int(x + values[0])] = 0
            x += values[0]
        elif command == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    return np.kron(picture, np.ones((8, 8), np.uint8))


def test_a_page_closes_what_it_opens_and_names_its_language_and_title() -> None:
    page = page_of(sheet_of("- fold\n- section: Settle\n  rounds: 2\n  steps: [lift]", address=ADDRESS))
    assert page.open == []
    assert page.of("html") == [{"lang": "en"}]
    assert [text for tag, text in page.texts if tag == "title"] == ["Test"]


def test_headings_go_down_one_level_at_a_time() -> None:
    nested = "- fold\n- section: A\n  steps:\n    - section: B\n      steps: [lift]\n- breathe"
    levels = [int(tag[1]) for tag, _ in page_of(sheet_of(nested)).elements if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, 2, 2, 3, 4, 2]


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    page = page_of(sheet_of("- fold", address=ADDRESS))
    assert page.of("script") == page.of("link") == page.of("img") == page.of("iframe") == []
    assert "url(" not in html_page(sheet_of("- fold"), PAPERS["a4"])
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


def test_what_is_written_as_html_is_shown_as_text() -> None:
    """In titles, words and names; marks that turn text round, and characters that no page may have, are gone."""
    evil = "<script>alert(1)</script> & \"'"
    shelf = {
        "fold": f"{{name: '<b>Fold</b>', dose: 30s, needs: ['<i>'], setup: '{evil.replace(chr(39), chr(39) * 2)}'}}"
    }
    found = sheet_of("- section: <h1>\n  steps: [fold]", shelf=shelf, head=f"summary: a\u202eb {evil}\n")
    page = page_of(found)
    assert page.of("script") == page.of("b") == page.of("i") == []
    texts = [text for _, text in page.texts]
    assert {f"ab {evil}", evil, "<b>Fold</b>", "<h1>", "<i>"} <= set(texts)


def test_a_text_in_another_language_says_so() -> None:
    shelf = {"fold": "{name: Fold, dose: 30s, setup: {text: Buenos días., language: es}}"}
    assert '<span lang="es">Buenos días.</span>' in html_page(sheet_of("- fold", shelf=shelf), PAPERS["a4"])


def test_the_code_leads_to_the_address_which_stands_beside_it_in_words() -> None:
    found = sheet_of("- fold", address=ADDRESS)
    text = html_page(found, PAPERS["a4"])
    assert scanned(code_in(text)) == [ADDRESS]
    (code,) = page_of(found).of("svg")
    assert (code["role"], code["aria-label"]) == (
        "img",
        f"QR code with the address of the recording: {ADDRESS}",
    )
    assert page_of(found).of("a") == [{"href": ADDRESS}]


def test_without_an_address_there_is_no_code() -> None:
    page = page_of(sheet_of("- fold"))
    assert page.of("svg") == page.of("a") == []


def test_there_are_boxes_for_the_days_of_two_weeks() -> None:
    page = page_of(sheet_of("- fold"))
    assert [text for tag, text in page.texts if tag == "th"] == [
        *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        *("Week 1", "Week 2"),
    ]
    assert [box["type"] for box in page.of("input")] == ["checkbox"] * 14


def test_each_box_has_a_name_for_a_screen_reader() -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    names = [box["aria-label"] for box in page_of(sheet_of("- fold")).of("input")]
    assert names == [f"Week {week}, {day}" for week in (1, 2) for day in days]


def test_the_paper_is_the_one_that_is_asked_for() -> None:
    assert "@page { size: letter; }" in html_page(sheet_of("- fold"), PAPERS["letter"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROUTINES)
def test_every_dose_and_caution_of_what_is_shipped_is_there_in_order(name: str, language: str) -> None:
    found = build_sheet(routine(name, language)[0], Choices(), 600_000)
    shown = one_line(" ".join(text for _, text in page_of(found).texts))
    at = 0
    for entry in entries(found.items):
        for text in (entry.name.text, entry.dose, entry.caution.text if entry.caution else "", entry.against):
            at = shown.index(one_line(text), at)
