"""A phone: headless Chromium with a phone's screen and touch, and what a test does with its page."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from voiceguide.timeline_json import from_json

from .server import home_in
from .sight import READ, Sight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page

    from voiceguide.timeline import Timeline

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SIZE = (390, 844)

# Whatever shifts is kept from the first paint on, but for what a touch has just asked for, as the measure (CLS) says.
_WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput)
      window.shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.id || node?.textContent)]);
}).observe({ type: "layout-shift", buffered: true });
"""

# The browser does some of what its keys ask for by itself; these are what the page does.
_NOTE_KEYS = """
window.keys = {};
const setActionHandler = MediaSession.prototype.setActionHandler;
MediaSession.prototype.setActionHandler = function (action, handler) {
  window.keys[action] = handler;
  return setActionHandler.call(this, action, handler);
};
"""

# The page's own drawing for a frame was asked for in the frame before, and so comes first.
_FRAMES = f"""
async (count) => {{
  const audio = document.querySelector("audio");
  const frames = [];
  while (frames.length < count) {{
    await new Promise(requestAnimationFrame);
    frames.push({{ ms: Math.round(1000 * audio.currentTime), ...({READ})() }});
  }}
  return frames;
}}
"""

_SEEK = """
(ms) => new Promise((sought) => {
  const audio = document.querySelector("audio");
  audio.addEventListener("seeked", sought, { once: true });
  audio.currentTime = ms / 1000;
})
"""

_SETTLE = """
async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  await Promise.all(document.getAnimations().map((animation) => animation.finished));
}
"""

_EXPECT_SEEK = """
() => {
  const audio = document.querySelector("audio");
  audio.sought = false;
  audio.addEventListener("seeked", () => { audio.sought = true; }, { once: true });
}
"""


@contextmanager
def chromium(folder: Path, bus: str | None = None) -> Iterator[Browser]:
    """A browser that keeps its own files in `folder`, on the session bus at `bus` where there is one."""
    environment: dict[str, str | float | bool] = {**home_in(folder)}
    if bus is not None:
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, env=environment)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Phone:
    """A page on a phone, with every address that it asked for and every error that its console told."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, place: str = "") -> None:
        """Load the page at a place, as `short`; the list by default."""
        # A change after the # alone loads nothing.
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#/{place}")

    def make(self, name: str = "short") -> None:
        """Choose a routine in the list and have its session made, until it can be played."""
        self.open()
        self.page.locator(f'#routines a[href="#/{name}"]').click()
        self.page.locator("#make").click()
        self.page.locator("#play").wait_for()

    def play(self, name: str = "short") -> None:
        """Have a session made, and play it."""
        self.make(name)
        self.page.locator("#play").click()
        self.wait("!audio.paused && audio.currentTime > 0")

    def pause(self) -> None:
        """Pause by the button, if it plays."""
        if self.plays():
            self.page.locator("#play").click()
            self.wait("audio.paused")

    def resume(self) -> None:
        """Play by the button, unless it plays."""
        if not self.plays():
            self.page.locator("#play").click()
            self.wait("!audio.paused")

    def plays(self) -> bool:
        return bool(self.page.evaluate("!document.querySelector('audio').paused"))

    def wait(self, condition: str) -> None:
        """Return when an expression of JavaScript holds, in which `audio` is the page's."""
        self.page.wait_for_function(
            f"() => {{ const audio = document.querySelector('audio'); return {condition}; }}"
        )

    def seek(self, ms: int) -> None:
        """Put the audio to a time."""
        self.page.evaluate(_SEEK, ms)

    def goes(self, press: Callable[[], object]) -> int:
        """Where in ms the audio is after a press that makes it seek."""
        self.page.evaluate(_EXPECT_SEEK)
        press()
        self.wait("audio.sought")
        return self.at_ms()

    def tab_to(self, selector: str) -> None:
        """Press Tab until what has the focus is that element."""
        for _ in range(100):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise LookupError(selector)

    def enlarge_text(self, percent: int) -> None:
        """Choose the size of text in the browser's settings, of which 16 pixels are the usual."""
        settings = self.page.context.new_cdp_session(self.page)
        size = 16 * percent // 100
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})

    def at_ms(self) -> int:
        """The audio's own time."""
        return int(self.page.evaluate("() => Math.round(1000 * document.querySelector('audio').currentTime)"))

    def sees(self, frames: int = 1) -> list[tuple[int, Sight]]:
        """What so many frames in a row show, each with the audio's time in ms at which it was drawn."""
        return [(frame.pop("ms"), Sight(**frame)) for frame in self.page.evaluate(_FRAMES, frames)]

    def settle(self) -> None:
        """Return when what was asked for before is laid out and drawn, and nothing fades any more."""
        self.page.evaluate(_SETTLE)

    def timeline(self) -> Timeline:
        """The timeline that the page got last."""
        address = next(
            asked for asked in reversed(self.asked) if asked.endswith(".json") and "/sessions/" in asked
        )
        return from_json(self.page.request.get(address).text())

    def shifts(self) -> list[Any]:
        """What has moved on the page without being asked to: how much, and which elements."""
        shifts: list[Any] = self.page.evaluate("window.shifts")
        return shifts

    def strangers(self) -> list[str]:
        """What the page asked for that is not below its own address."""
        own = (self.address, "blob:", "data:")
        return [asked for asked in self.asked if not asked.startswith(own)]


@contextmanager
def phone_of(browser: Browser, address: str, **options: Any) -> Iterator[Phone]:
    """A phone that has nothing of this address yet; `options` are those of a browser context."""
    screen: dict[str, Any] = {
        "viewport": {"width": SIZE[0], "height": SIZE[1]},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    }
    with browser.new_context(**screen | options) as context:
        context.add_init_script(_WATCH_SHIFTS)
        context.add_init_script(_NOTE_KEYS)
        phone = Phone(context.new_page(), address)

        def hear(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                phone.complaints.append(message.text)

        context.on("request", lambda request: phone.asked.append(request.url))
        context.on("console", hear)
        context.on("weberror", lambda error: phone.complaints.append(str(error.error)))
        yield phone
