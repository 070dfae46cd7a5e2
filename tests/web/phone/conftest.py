"""A server, a browser, its lock screen, and a phone that is new for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.player.desktop import MISSING, session_bus

from .browser import CHROMIUM, Phone, chromium, phone_of
from .lock_screen import LockScreen, lock_screen_on
from .server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.player.desktop import Bus
    from voiceguide.timeline import Timeline


@pytest.fixture(autouse=True, scope="module")
def _undisturbed(undisturbed: None) -> None:
    """What is on the screen is compared with what is heard just then."""


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus | None]:
    if MISSING:
        yield None
        return
    with session_bus(tmp_path_factory.mktemp("bus")) as bus:
        yield bus


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, bus: Bus | None) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("not installed: chromium")
    with chromium(tmp_path_factory.mktemp("browser"), bus.address if bus else None) as browser:
        yield browser


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, clip_cache: Path) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("home"), clip_cache) as server:
        yield server


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Phone]:
    """A phone that has never been here, and that leaves with nothing to complain of."""
    with phone_of(browser, server.address) as phone:
        yield phone
        assert phone.complaints == []
        assert phone.strangers() == []


@pytest.fixture(scope="module")
def playing(browser: Browser, server: Server) -> Iterator[Phone]:
    """A phone on which the short routine is open, somewhere in it: each test goes where it wants to be."""
    with phone_of(browser, server.address) as phone:
        phone.play()
        yield phone
        assert phone.complaints == []
        assert phone.strangers() == []


@pytest.fixture(scope="module")
def timeline(playing: Phone) -> Timeline:
    """Of what is playing."""
    return playing.timeline()


@pytest.fixture
def lock_screen(bus: Bus | None) -> Iterator[LockScreen]:
    """The lock screen of the browser."""
    if bus is None:
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    with lock_screen_on(bus.address) as lock_screen:
        yield lock_screen
