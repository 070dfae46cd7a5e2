"""In the local network, where the connection is not encrypted: a browser keeps nothing, and all else works."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from .browser import Phone, phone_of
from .server import serving
from .sight import may_show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


def has_network() -> bool:
    """Whether this machine has an address besides its own for itself; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
        return not probe.getsockname()[0].startswith("127.")


pytestmark = pytest.mark.skipif(not has_network(), reason="this machine is in no network")


@pytest.fixture(scope="module")
def near(browser: Browser, tmp_path_factory: pytest.TempPathFactory, clip_cache: Path) -> Iterator[Phone]:
    """A phone in the same network."""
    with (
        serving(tmp_path_factory.mktemp("home"), clip_cache, "--lan") as server,
        phone_of(browser, server.address) as phone,
    ):
        yield phone
        assert phone.complaints == []


def test_what_is_heard_and_shown_is_in_time(near: Phone) -> None:
    near.play()
    timeline = near.timeline()
    near.seek(timeline.spans[1].start_ms + 1_200)
    for ms, sight in near.sees(10):
        assert sight in may_show(timeline, ms)


def test_everything_is_below_the_address_that_nobody_can_guess(near: Phone) -> None:
    near.play()
    assert len(near.address.split("/")[3]) >= 22
    assert near.strangers() == []


def test_what_the_browser_cannot_do_is_said(near: Phone) -> None:
    near.open()
    note = near.page.locator("#list-view .insecure")
    note.wait_for()
    assert note.inner_text().startswith(
        "This connection is not encrypted, so the browser can neither keep sessions on this phone nor its screen on. "
        "To listen without the network, download the MP3 or subscribe to the podcast."
    )


def test_nothing_says_that_it_is_kept(near: Phone) -> None:
    near.open("short")
    near.page.locator("#make").click()
    near.page.locator("#play").wait_for()
    assert near.page.locator("#kept-this").is_hidden()
    assert near.page.locator("#awake").is_disabled()
