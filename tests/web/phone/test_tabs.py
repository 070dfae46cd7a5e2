"""Several pages open on one computer: to the server they all come from one address."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from .browser import phone_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .server import Server


def test_all_get_what_they_wish_for_at_the_same_time(browser: Browser, server: Server) -> None:
    with ExitStack() as stack:
        phones = [stack.enter_context(phone_of(browser, server.address)) for _ in range(4)]
        for number, phone in enumerate(phones):
            phone.open()
            phone.page.locator("#routines a").nth(number).click()
            phone.page.locator("#make").wait_for()
        for phone in phones:
            phone.page.locator("#make").click()
        for phone in phones:
            phone.page.locator("#play").wait_for()
            assert phone.complaints == []
