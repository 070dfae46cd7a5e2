"""What a lock screen and a headset see of a browser, and press: its player on a session bus (MPRIS)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.player.desktop import desktop_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.player.desktop import Desktop

_DBUS = "org.freedesktop.DBus"


@dataclass(frozen=True)
class LockScreen:
    """The desktop in a thread of its own: the browser's driver keeps an event loop in the test's."""

    thread: ThreadPoolExecutor
    desktop: Desktop

    def press(self, button: str) -> None:
        """Press Play, Pause, Next or Previous."""
        self.thread.submit(lambda: self.desktop.press(button, to=self._player())).result()

    def go_to(self, ms: int) -> None:
        """Move its slider to a place of what plays."""
        shown = self.shows(lambda metadata: "mpris:trackid" in metadata)
        place = (shown["mpris:trackid"], 1_000 * ms)
        self.thread.submit(
            lambda: self.desktop.press("SetPosition", "ox", *place, to=self._player())
        ).result()

    def wait_for(self, going: str) -> None:
        """Return when it says that the browser is Playing or Paused."""

        def is_so() -> bool:
            return bool(self.desktop.property("PlaybackStatus", of=self._player()) == going)

        self.thread.submit(self.desktop.wait_until, is_so).result()

    def shows(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The metadata of what plays, as soon as it holds for them."""

        def wait() -> dict[str, Any]:
            shown: dict[str, Any] = {}

            def is_shown() -> bool:
                shown.clear()
                shown.update(self.desktop.property("Metadata", of=self._player()))
                return holds(shown)

            self.desktop.wait_until(is_shown)
            return shown

        return self.thread.submit(wait).result()

    def _player(self) -> str:
        """The browser's name on the bus, as soon as it is there."""
        found: list[str] = []

        def is_there() -> bool:
            (names,) = self.desktop.call(_DBUS, "/org/freedesktop/DBus", _DBUS, "ListNames", "", [])
            found[:] = [name for name in names if name.startswith("org.mpris.MediaPlayer2.chrom")]
            return bool(found)

        self.desktop.wait_until(is_there)
        return found[0]


@contextmanager
def lock_screen_on(address: str) -> Iterator[LockScreen]:
    """The lock screen of the session bus at this address."""
    with ThreadPoolExecutor(1) as thread:
        opened = desktop_on(address)
        desktop = thread.submit(opened.__enter__).result()
        try:
            yield LockScreen(thread, desktop)
        finally:
            thread.submit(opened.__exit__, None, None, None).result()
