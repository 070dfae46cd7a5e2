"""Without the network: the server is gone for good, and what is kept on the phone plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .browser import Phone, phone_of
from .server import serving
from .sight import may_show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from voiceguide.timeline import Timeline


@pytest.fixture(scope="module")
def made(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, clip_cache: Path
) -> Iterator[tuple[Phone, Timeline]]:
    """A phone that had a session made, and the session; then the server ended and the page was loaded anew."""
    with (
        serving(tmp_path_factory.mktemp("home"), clip_cache) as server,
        phone_of(browser, server.address) as phone,
    ):
        phone.play()
        timeline = phone.timeline()
        phone.page.get_by_text("Kept on this phone,").wait_for()
        phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        server.stop()
        yield phone, timeline


def test_the_list_is_there(made: tuple[Phone, Timeline]) -> None:
    phone, _ = made
    phone.open()
    phone.page.locator("#routines a").filter(has_text="Short and quiet").wait_for()


def test_that_there_is_no_network_is_said(made: tuple[Phone, Timeline]) -> None:
    phone, _ = made
    phone.open()
    phone.page.locator("#offline").wait_for()


def test_what_is_kept_plays_with_the_screen_in_time(made: tuple[Phone, Timeline]) -> None:
    phone, timeline = made
    phone.open("short")
    phone.page.locator("#kept-sessions").get_by_role("button", name="Play").click()
    phone.page.locator("#play").click()
    phone.wait("!audio.paused && audio.currentTime > 0")
    phone.seek(timeline.spans[1].start_ms + 1_200)
    for ms, sight in phone.sees(10):
        assert sight in may_show(timeline, ms)


def test_what_is_kept_is_found_by_making_it_again(made: tuple[Phone, Timeline]) -> None:
    phone, _ = made
    phone.open("short")
    phone.page.locator("#make").click()
    phone.page.locator("#play").click()
    phone.wait("!audio.paused && audio.currentTime > 0")


def test_what_is_kept_can_be_saved_as_a_file(made: tuple[Phone, Timeline]) -> None:
    phone, _ = made
    phone.open("short")
    phone.page.locator("#kept-sessions").get_by_role("button", name="Play").click()
    with phone.page.expect_download() as download:
        phone.page.locator("#download").click()
    assert download.value.suggested_filename == "Short and quiet.mp3"
    assert download.value.path().read_bytes()[:3] == b"ID3"


def test_what_is_not_kept_says_what_to_do(made: tuple[Phone, Timeline]) -> None:
    phone, _ = made
    phone.open("evening")
    phone.page.locator("#make").click()
    problem = phone.page.locator("#problems p")
    assert problem.inner_text() == (
        "The computer does not answer. "
        "Is voiceguide serve still running there, and is this phone in the same network?"
    )
