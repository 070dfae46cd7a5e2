"""Going about in a session: by buttons, by the lock screen and the headset, by keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from voiceguide.seek import moved

if TYPE_CHECKING:
    from voiceguide.timeline import Timeline

    from .browser import Phone
    from .lock_screen import LockScreen


def paused_at(phone: Phone, ms: int) -> None:
    phone.pause()
    phone.seek(ms)


def test_next_goes_by_chapter_to_the_end(playing: Phone, timeline: Timeline) -> None:
    paused_at(playing, 500)
    places = [playing.goes(lambda: playing.page.locator("#next").click()) for _ in timeline.chapters]
    assert places == [*(chapter.start_ms for chapter in timeline.chapters[1:]), timeline.duration_ms]


def test_back_goes_to_the_start_of_the_chapter(playing: Phone, timeline: Timeline) -> None:
    paused_at(playing, timeline.chapters[2].start_ms + 3_001)
    assert playing.goes(lambda: playing.page.locator("#back").click()) == timeline.chapters[2].start_ms


def test_back_within_three_seconds_goes_to_the_chapter_before(playing: Phone, timeline: Timeline) -> None:
    paused_at(playing, timeline.chapters[2].start_ms + 3_000)
    assert playing.goes(lambda: playing.page.locator("#back").click()) == timeline.chapters[1].start_ms


def test_a_chapter_in_the_list_is_gone_to(playing: Phone, timeline: Timeline) -> None:
    paused_at(playing, 500)
    playing.goes(lambda: playing.page.locator("#chapters button", has_text="Nod").click())
    ((ms, sight),) = playing.sees()
    assert (ms, sight.title) == (timeline.chapters[2].start_ms, "Nod")


def test_the_slider_goes_to_its_place(playing: Phone) -> None:
    paused_at(playing, 500)
    playing.goes(lambda: playing.page.locator("#seek").fill("40"))
    ((ms, sight),) = playing.sees()
    assert (ms, sight.elapsed) == (40_000, "0:40")


def test_the_lock_screen_names_the_exercise_and_the_routine(
    playing: Phone, timeline: Timeline, lock_screen: LockScreen
) -> None:
    playing.seek(timeline.chapters[1].start_ms + 1_000)
    shown = lock_screen.shows(lambda metadata: metadata.get("xesam:title") == "Lean")
    assert (shown["xesam:album"], shown["xesam:artist"]) == ("voiceguide", ["Short and quiet"])


@pytest.mark.usefixtures("playing")
def test_the_lock_screen_shows_the_cover(lock_screen: LockScreen) -> None:
    """The browser hands it on as a file of its own."""
    assert lock_screen.shows(lambda metadata: "mpris:artUrl" in metadata)


def test_the_lock_screen_shows_the_length(timeline: Timeline, lock_screen: LockScreen) -> None:
    length_us = 1_000 * timeline.duration_ms
    assert lock_screen.shows(lambda metadata: metadata.get("mpris:length") == length_us)


def test_the_lock_screen_pauses_and_plays(playing: Phone, lock_screen: LockScreen) -> None:
    playing.resume()
    lock_screen.press("Pause")
    playing.wait("audio.paused")
    assert playing.page.locator("#play").inner_text() == "Play"
    lock_screen.wait_for("Paused")
    lock_screen.press("Play")
    playing.wait("!audio.paused")
    assert playing.page.locator("#play").inner_text() == "Pause"
    lock_screen.wait_for("Playing")


def test_the_keys_of_lock_screen_and_headset_are_the_pages_own(playing: Phone) -> None:
    assert set(playing.page.evaluate("Object.keys(window.keys)")) == {
        "play", "pause", "stop", "previoustrack", "nexttrack", "seekto", "seekbackward", "seekforward",
    }  # fmt: skip


@pytest.mark.parametrize("key", ["pause", "stop"])
def test_a_key_pauses_by_the_page_itself(playing: Phone, key: str) -> None:
    """Not every browser pauses where the page does not."""
    playing.resume()
    playing.page.evaluate("(key) => window.keys[key]({ action: key })", key)
    playing.wait("audio.paused")
    assert playing.page.locator("#play").inner_text() == "Play"


def test_the_headset_goes_by_chapter(playing: Phone, timeline: Timeline, lock_screen: LockScreen) -> None:
    paused_at(playing, 500)
    places = [playing.goes(partial(lock_screen.press, button)) for button in ("Next", "Next", "Previous")]
    assert places == [timeline.chapters[index].start_ms for index in (1, 2, 1)]


def test_the_headset_goes_back_to_the_start_of_the_chapter(
    playing: Phone, timeline: Timeline, lock_screen: LockScreen
) -> None:
    paused_at(playing, timeline.chapters[2].start_ms + 3_001)
    assert playing.goes(lambda: lock_screen.press("Previous")) == timeline.chapters[2].start_ms


def test_the_slider_of_the_lock_screen_goes_to_its_place(playing: Phone, lock_screen: LockScreen) -> None:
    paused_at(playing, 500)
    assert playing.goes(lambda: lock_screen.go_to(40_000)) == 40_000


@pytest.mark.parametrize(
    ("key", "from_ms", "to_ms"), [("ArrowRight", 41_000, 51_000), ("ArrowLeft", 51_000, 41_000)]
)
def test_arrows_go_ten_seconds(
    playing: Phone, timeline: Timeline, key: str, from_ms: int, to_ms: int
) -> None:
    """Where nothing is said at that place, to the ms."""
    paused_at(playing, from_ms)
    playing.page.locator("body").focus()
    assert playing.goes(lambda: playing.page.keyboard.press(key)) == moved(timeline, from_ms, to_ms - from_ms)


def test_letters_go_by_chapter_as_in_the_terminal(playing: Phone, timeline: Timeline) -> None:
    paused_at(playing, 500)
    places = [playing.goes(partial(playing.page.keyboard.press, key)) for key in "nnb"]
    assert places == [timeline.chapters[index].start_ms for index in (1, 2, 1)]


def test_space_pauses_and_plays(playing: Phone) -> None:
    playing.resume()
    playing.page.locator("#session-title").focus()
    playing.page.keyboard.press("Space")
    playing.wait("audio.paused")
    playing.page.keyboard.press("Space")
    playing.wait("!audio.paused")


def test_keys_alone_lead_from_the_list_to_the_end(phone: Phone) -> None:
    phone.open()
    phone.page.locator("#routines a").first.wait_for()
    phone.tab_to('#routines a[href="#/short"]')
    phone.page.keyboard.press("Enter")
    phone.tab_to("#make")
    phone.page.keyboard.press("Enter")
    phone.page.locator("#play").wait_for()
    assert phone.page.evaluate("document.activeElement.id") == "play"
    phone.page.keyboard.press("Space")
    phone.wait("!audio.paused")
    phone.tab_to("#next")
    for _ in phone.timeline().chapters:
        phone.page.keyboard.press("Enter")
    phone.wait("audio.ended")
