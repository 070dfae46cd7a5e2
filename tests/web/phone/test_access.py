"""For everyone: what axe looks for, keys alone, a screen reader's view, large text, small screens, dark, calm."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from .browser import Phone, phone_of
from .sight import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from .server import Server


def list_of_routines(phone: Phone, _: Server) -> None:
    phone.open()
    phone.page.locator("#routines a").first.wait_for()


def choices(phone: Phone, _: Server) -> None:
    """Of a routine with all that there is to choose."""
    phone.open("evening")
    phone.page.locator("#make").wait_for()


def playing(phone: Phone, _: Server) -> None:
    phone.play()
    phone.seek(next(span.start_ms for span in phone.timeline().spans if span.kind == "hold"))


def ended(phone: Phone, _: Server) -> None:
    phone.play()
    phone.seek(phone.timeline().duration_ms - 200)
    phone.wait("audio.ended")


def refused(phone: Phone, server: Server) -> None:
    """A session that cannot be made."""
    phone.open("short")
    phone.page.locator("#make").wait_for()
    with server.with_a_mistake():
        phone.page.locator("#make").click()
        phone.page.locator("#problems p").wait_for()


def unknown(phone: Phone, _: Server) -> None:
    """A routine that is not there."""
    phone.open("no-such-routine")
    phone.page.get_by_text("no-such-routine").first.wait_for()


@pytest.fixture(scope="module", params=[list_of_routines, choices, playing, ended, refused, unknown])
def there(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A phone at each of these places, where it stays."""
    with phone_of(browser, server.address) as phone:
        request.param(phone, server)
        yield phone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(there: Phone, scheme: Literal["light", "dark"]) -> None:
    there.page.emulate_media(color_scheme=scheme)
    there.settle()
    assert findings(there) == []


def findings(phone: Phone) -> list[str]:
    """What axe finds, of every impact, and every contrast that it cannot judge."""
    options = {"rules": {"target-size": {"enabled": True}}}
    found: dict[str, Any] = Axe().run(phone.page, options=options).response
    return [
        *(told(rule, node) for rule in found["violations"] for node in rule["nodes"]),
        *(
            told(rule, node)
            for rule in found["incomplete"]
            for node in rule["nodes"]
            # Over a picture it judges none; in the ring there is the page's own ground.
            if rule["id"] == "color-contrast" and "ring-seconds" not in node["html"]
        ),
    ]


def told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']} ({rule['impact']}): {node['html']}"


@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("width", [320, 390, 844])
def test_nothing_is_wider_than_the_screen_or_cut_off(there: Phone, width: int, text: int) -> None:
    """With text of twice the size too, as a browser's own settings make it."""
    there.enlarge_text(text)
    there.page.set_viewport_size({"width": width, "height": 568})
    there.settle()
    assert there.page.evaluate("document.scrollingElement.scrollWidth") == width
    assert there.page.evaluate(_CUT_OFF) == []


_CUT_OFF = """
() => [...document.querySelectorAll("body *")]
  .filter((element) => element.checkVisibility() && getComputedStyle(element).overflowX !== "visible")
  // The head names the routine as far as there is room.
  .filter((element) => getComputedStyle(element).textOverflow !== "ellipsis")
  .filter((element) => !element.classList.contains("unseen") && !element.matches("input, svg, svg *, progress"))
  .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
  .map((element) => element.outerHTML.slice(0, 80))
"""


def test_a_screen_reader_finds_the_exercise_first_then_the_player_then_the_rest(phone: Phone) -> None:
    """The whole page of a session, paused in a hold."""
    phone.play()
    phone.pause()
    timeline = phone.timeline()
    hold = next(span for span in timeline.spans if span.kind == "hold")
    phone.seek(hold.start_ms + 2_400)
    at, total = clock(hold.start_ms + 2_400), clock(timeline.duration_ms)
    starts = [clock(chapter.start_ms) for chapter in timeline.chapters]
    phone.page.locator("#kept-this").wait_for()
    told = phone.page.locator("body").aria_snapshot()
    assert (
        re.sub(r"\d+ kB|sessions/\w+", "…", told)
        == dedent(f"""\
        - banner:
          - link "Routines":
            - /url: "#/"
        - main:
          - status
          - region "Short and quiet":
            - heading "Short and quiet" [level=1]
            - heading "Lean" [level=2]
            - paragraph: Hold
            - paragraph: left Set 1 of 2
            - paragraph: 4 seconds left
            - paragraph: "Next: Nod"
            - text: Place in the session
            - slider "Place in the session": "{(hold.start_ms + 2_400) // 1000}"
            - paragraph: Played {at} of {total}
            - group "Player":
              - button "Back"
              - button "Play"
              - button "Next"
            - region "Exercises":
              - heading "Exercises" [level=2]
              - list:
                - listitem:
                  - button "Opening {starts[0]}"
                - listitem:
                  - button "Lean {starts[1]}"
                - listitem:
                  - button "Nod {starts[2]}"
                - listitem:
                  - button "Closing {starts[3]}"
            - region "This phone":
              - heading "This phone" [level=2]
              - switch "Keep the screen on while it plays"
              - text: Keep the screen on while it plays
              - switch "Keys N and B next and back on a keyboard; space and arrows always work" [checked]
              - text: Keys N and B next and back on a keyboard; space and arrows always work
              - paragraph:
                - text: Kept on this phone, ….
                - button "Remove"
              - paragraph:
                - link "Download the MP3":
                  - /url: {phone.address}….mp3?download
                - button "Choose again"
        """).strip()
    )


def test_nothing_is_read_out_while_the_guide_speaks(phone: Phone) -> None:
    """The page's one live region is silent while it plays, and no other says that it changes."""
    phone.play()
    phone.page.evaluate(_HEAR_LIVE_REGIONS)
    for chapter in phone.timeline().chapters:
        phone.seek(chapter.end_ms - 300)
        phone.sees(40)
    assert phone.page.evaluate("window.heard") == ["That was all. Again starts anew."]


_HEAR_LIVE_REGIONS = """
() => {
  window.heard = [];
  const live = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], [role=timer], output";
  const hear = (element) => new MutationObserver(() => {
    if (element.textContent) window.heard.push(element.textContent);
  }).observe(element, { childList: true, characterData: true, subtree: true });
  document.querySelectorAll(live).forEach(hear);
}
"""


def test_each_place_has_a_title_and_focus_on_its_heading(phone: Phone) -> None:
    phone.open()
    phone.page.locator("#routines a").first.wait_for()
    assert phone.page.title() == "Routines · voiceguide"
    phone.page.locator('#routines a[href="#/short"]').click()
    phone.page.wait_for_function("() => document.activeElement.id === 'session-title'")
    assert phone.page.title() == "Short and quiet · voiceguide"
    phone.page.go_back()
    phone.page.wait_for_function("() => document.activeElement.id === 'list-title'")


def test_what_has_the_focus_is_seen(phone: Phone) -> None:
    """Every stop of the Tab key while a session is open, from the one after Play to the end of the page."""
    phone.make()
    phone.page.keyboard.press("Tab")
    while phone.page.evaluate("document.activeElement !== document.body"):
        assert phone.page.evaluate(_OUTLINED), phone.page.evaluate("document.activeElement.outerHTML")
        phone.page.keyboard.press("Tab")


_OUTLINED = """
() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}
"""


def test_the_buttons_are_large(phone: Phone) -> None:
    phone.make()
    for name in ("back", "play", "next"):
        box = phone.page.locator(f"#{name}").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 64


@pytest.mark.parametrize("text", [100, 200])
def test_the_buttons_do_not_cover_the_ring(phone: Phone, text: int) -> None:
    phone.enlarge_text(text)
    phone.make()
    phone.page.evaluate("scrollTo(0, 0)")
    ring, buttons = (phone.page.locator(part).bounding_box() for part in ("#ring", "#transport"))
    assert ring is not None
    assert buttons is not None
    assert ring["y"] + ring["height"] <= buttons["y"]


def test_who_likes_no_motion_gets_none(phone: Phone) -> None:
    """No animation runs, and the ring goes in whole seconds."""
    phone.page.emulate_media(reduced_motion="reduce")
    phone.play()
    hold = next(span for span in phone.timeline().spans if span.kind == "hold")
    phone.seek(hold.start_ms + 1_050)
    rings = phone.page.evaluate(_RINGS, 40)
    assert len({tuple(ring) for ring in rings}) == len({seconds for seconds, _ in rings})
    assert phone.page.evaluate("document.getAnimations().length") == 0


_RINGS = """
async (count) => {
  const rings = [];
  while (rings.length < count) {
    await new Promise(requestAnimationFrame);
    const arc = document.querySelector("#ring .arc");
    rings.push([document.getElementById("ring-seconds").textContent, arc.getAttribute("stroke-dashoffset")]);
  }
  return rings;
}
"""
