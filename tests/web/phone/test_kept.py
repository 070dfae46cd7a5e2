"""What stays on the phone: sessions whose routine has gone, the place in each, a list that is a visit old, another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .browser import Phone
from .server import SHORT

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from .server import Server


def kept(phone: Phone) -> None:
    """Make the short session, and keep it."""
    phone.make()
    phone.page.locator("#kept-this").wait_for()


def test_a_session_is_played_from_the_list_of_what_is_kept(phone: Phone) -> None:
    kept(phone)
    phone.open()
    phone.page.locator("#kept").get_by_role("link", name="Play").click()
    phone.page.wait_for_function("() => document.activeElement.id === 'play'")
    phone.page.locator("#play").click()
    phone.wait("!audio.paused && audio.currentTime > 0")
    assert phone.page.url == f"{phone.address}#/short"


def test_a_session_whose_routine_is_gone_plays(phone: Phone, server: Server) -> None:
    """And its page can be loaded anew."""
    kept(phone)
    with server.with_script(""):
        phone.open()
        phone.page.locator('#routines a[href="#/short"]').wait_for(state="detached")
        phone.page.locator("#kept").get_by_role("link", name="Play").click()
        phone.page.locator("#play").wait_for()
        phone.page.reload()
        phone.page.locator("#play").click()
        phone.wait("!audio.paused && audio.currentTime > 0")
        assert phone.page.title() == "Short and quiet · voiceguide"
        assert phone.page.locator("#again").is_hidden()


def test_a_routine_that_was_written_since_the_last_visit_is_there_at_once(
    phone: Phone, server: Server
) -> None:
    with server.with_script(""):
        phone.open()
        phone.page.locator("#routines a").first.wait_for()
        phone.page.wait_for_function(_LISTING_IS_KEPT)
    phone.open("short")
    phone.page.locator("#make").wait_for()
    assert phone.page.locator("#session-title").inner_text() == "Short and quiet"


def test_a_title_that_was_changed_since_the_last_visit_is_there_at_once(phone: Phone, server: Server) -> None:
    phone.open()
    phone.page.locator("#routines a").first.wait_for()
    phone.page.wait_for_function(_LISTING_IS_KEPT)
    with server.with_script(SHORT.replace("Short and quiet", "Short and loud")):
        phone.open("short")
        phone.page.locator("#session-title").filter(has_text="Short and loud").wait_for()
    # Its picture is not there while it is worked out anew, which is an error to the browser's console.
    phone.complaints.clear()


_LISTING_IS_KEPT = "async () => Boolean(await caches.match(new URL('kept/routines', document.baseURI)))"


def test_where_it_was_left_is_told_with_what_is_kept_in_one_breath(phone: Phone) -> None:
    """A screen reader leaves off a sentence when the next one comes."""
    phone.play()
    phone.pause()
    phone.seek(40_000)
    phone.page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    phone.resume()
    phone.pause()
    phone.open("short")
    phone.page.evaluate(_HEAR)
    phone.page.locator("#make").click()
    phone.page.locator("#status").filter(has_text="kept on this phone").wait_for()
    heard = [told for told in phone.page.evaluate("window.heard") if "Ready" in told or "left" in told]
    assert heard == ["Ready, and kept on this phone. You left at 0:40: Play goes on there."]


_HEAR = """
() => {
  window.heard = [];
  const status = document.getElementById("status");
  new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
}
"""


def test_each_session_has_a_place_of_its_own(phone: Phone) -> None:
    phone.open()
    assert phone.page.evaluate(_PLACES) == [40_000, 30_000, 0]


_PLACES = """
async () => {
  const { leaveAt, leftAt } = await import(new URL("static/places.js", document.baseURI));
  leaveAt("one", 40_000);
  leaveAt("other", 30_000);
  leaveAt("over", 50_000);
  leaveAt("over", null);
  return ["one", "other", "over"].map((id) => leftAt(id, 90_000));
}
"""


def test_a_network_that_is_lost_for_a_while_stops_no_session(phone: Phone) -> None:
    """Three times the computer is asked in vain how far it is."""
    phone.open("evening")
    phone.page.locator("#dose").fill("55")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if len(lost) < 3:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    phone.page.route("**/api/sessions/*", lose)
    phone.page.locator("#make").click()
    phone.page.get_by_text("The computer does not answer: asking again").first.wait_for()
    phone.page.locator("#play").wait_for()
    # That nobody answered is an error to the browser's console.
    phone.complaints.clear()


def test_of_two_pages_the_one_that_begins_pauses_the_other(phone: Phone) -> None:
    phone.play()
    other = Phone(phone.page.context.new_page(), phone.address)
    other.play()
    phone.wait("audio.paused")
    assert other.plays()
