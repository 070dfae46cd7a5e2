"""Long names: whatever an exercise or a routine is called, nothing is wider than the screen, and nothing is cut off."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.compile.support import length
from tests.shipped.support import LANGUAGES, ROUTINES, VOICE, routine
from voiceguide.compile import draft
from voiceguide.plan import Choices

from .browser import Phone, phone_of
from .server import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from .server import Server

LONG = "Rückenmuskulaturkräftigungsprogramm"
LONGER = f"{LONG} und Lendenwirbelsäulenstabilisierungsübung, Runde 2"


@cache
def shipped() -> list[str]:
    """What the shipped routines show one after the other, in every language."""
    return sorted(set(_titles()))


def _titles() -> Iterator[str]:
    for language in LANGUAGES:
        for name in ROUTINES:
            session = draft(routine(name, language)[0], Choices())
            timeline, _ = session.timeline({source: length(source) for source in session.sources}, VOICE)
            yield from (chapter.title for chapter in timeline.chapters)


@pytest.fixture(scope="module")
def stage(browser: Browser, server: Server) -> Iterator[Phone]:
    """A phone on which a session is open."""
    with phone_of(browser, server.address) as phone:
        phone.make()
        yield phone


@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("screen", [(320, 568), (390, 844)])
def test_the_player_shows_every_name_whole(stage: Phone, screen: tuple[int, int], text: int) -> None:
    shown = names_shown(stage, screen, text)
    assert [name for name, seen in shown.items() if seen["cut"] or seen["width"] != screen[0]] == []


@pytest.mark.parametrize("screen", [(320, 568), (390, 844)])
def test_no_word_of_a_shipped_name_is_broken(stage: Phone, screen: tuple[int, int]) -> None:
    shown = names_shown(stage, screen, 100)
    assert [name for name in shipped() if shown[name]["broken"]] == []


def names_shown(phone: Phone, screen: tuple[int, int], text: int) -> dict[str, Any]:
    """How each name is seen as that of the exercise and of the next one, on a screen and with a size of text in percent."""
    phone.enlarge_text(text)
    phone.page.set_viewport_size({"width": screen[0], "height": screen[1]})
    phone.settle()
    seen: dict[str, Any] = phone.page.evaluate(_SHOW, [*shipped(), LONG, LONGER])
    return seen


_SHOW = """
async (names) => {
  const { draw } = await import(new URL("static/screen.js", document.baseURI));
  const title = document.getElementById("now-title");
  const cut = (element) => element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1;
  const lines = (text, start, end) => {
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, end);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  };
  const seen = {};
  for (const name of names) {
    draw({ atMs: 0, totalMs: 1000, chapter: 0, title: name, next: name, kind: "hold", side: null, set: null, sets: null,
      rep: null, reps: null, startMs: 0, endMs: 1000 }, {}, false);
    const words = [...name.matchAll(/[\\p{L}]+/gu)];
    seen[name] = {
      cut: cut(title) || cut(document.getElementById("next-line")),
      broken: words.some((word) => lines(title.firstChild, word.index, word.index + word[0].length) > 1),
      width: document.scrollingElement.scrollWidth,
    };
  }
  return seen;
}
"""


@pytest.mark.parametrize("place", ["", "short"])
def test_a_routine_of_one_long_word_fits_the_screen(phone: Phone, server: Server, place: str) -> None:
    """In the list, which also tells that it is kept, and where it is chosen; with large text too."""
    with server.with_script(SHORT.replace("Short and quiet", LONG)):
        phone.make()
        phone.page.locator("#kept-this").wait_for()
        phone.open(place)
        phone.page.locator("#kept li, #kept-sessions li").first.wait_for(state="attached")
        phone.page.get_by_role("heading", name=LONG).wait_for()
        assert widths(phone) == {320: [320, 320], 390: [390, 390]}
    # Its picture is not there while it is worked out anew, which is an error to the browser's console.
    phone.complaints.clear()


def test_the_list_fits_the_screen_in_every_language(phone: Phone) -> None:
    phone.open()
    phone.page.locator("#routines a").first.wait_for()
    titles = [routine(name, language)[0].title for name in ROUTINES for language in LANGUAGES]
    phone.page.evaluate(_LIST, titles)
    assert widths(phone) == {320: [320, 320], 390: [390, 390]}


_LIST = """
async (titles) => {
  const { showRoutines } = await import(new URL("static/list.js", document.baseURI));
  const routine = { summary: "", language: "de", languages: ["de"], duration_ms: 60000, needs: [], picture: "icon-192.png" };
  showRoutines(titles.map((title, index) => ({ ...routine, name: String(index), title })), []);
}
"""


def widths(phone: Phone) -> dict[int, list[int]]:
    """How wide the page is on narrow screens, with text of the usual and of twice the size."""
    found: dict[int, list[int]] = {}
    for width in (320, 390):
        phone.page.set_viewport_size({"width": width, "height": 568})
        for text in (100, 200):
            phone.enlarge_text(text)
            phone.settle()
            found.setdefault(width, []).append(phone.page.evaluate("document.scrollingElement.scrollWidth"))
    return found
