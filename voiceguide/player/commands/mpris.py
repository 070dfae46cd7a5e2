"""Media keys and headset buttons on Linux: the session shows up on the session bus as a media player (MPRIS)."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections import deque
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.player.commands import Command
    from voiceguide.player.commands.mpris_bus import Link
    from voiceguide.player.status import Status

_LEAVE_S = 0.5


@contextmanager
def media_keys(
    tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic
) -> Iterator[MediaKeys | None]:
    """The media keys of this desktop while the block runs; None where there is no session bus or no dbus-fast.

    Nothing waits for the bus: where it does not answer, there are no commands, and nothing else happens. One that goes
    away later is told once through `tell`, by the thread that polls. `clock` counts seconds.
    """
    address = session_bus()
    if address is None or find_spec("dbus_fast") is None:
        yield None
        return
    keys = MediaKeys(address, tell, clock)
    try:
        yield keys
    finally:
        keys.close()


def session_bus() -> str | None:
    """The address of the session bus, as D-Bus libraries look for it; None where there is none."""
    if sys.platform != "linux":
        return None
    if address := os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    # Where systemd puts the bus of a user.
    path = Path(runtime, "bus") if runtime else None
    try:
        found = path is not None and stat.S_ISSOCK(path.stat().st_mode)
    except OSError:
        return None
    return f"unix:path={quote(str(path))}" if found else None


class MediaKeys:
    """Commands from media keys, and a view that shows the desktop where the session stands.

    A thread of its own talks to the bus; it begins when sound is under way, which it would delay.
    """

    def __init__(self, address: str, tell: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._address = address
        self._tell = tell
        self._clock = clock
        self._given: deque[Command] = deque()
        self._trouble: deque[str] = deque()
        self._first: Status | None = None
        self._latest: tuple[Status, float] | None = None
        self._under_way = Event()
        self._closing = False
        # Held where the link is used or changed, so that nothing is sent by one that is gone.
        self._lock = Lock()
        self._link: Link | None = None
        self._thread = Thread(target=self._run, name="media keys", daemon=True)
        self._thread.start()

    def poll(self) -> list[Command]:
        """The buttons pressed since the last call; tells once when there will be no more."""
        while self._trouble:
            self._tell(problem("media-keys-gone", reason=self._trouble.popleft()).message)
        given = []
        while self._given:
            given.append(self._given.popleft())
        return given

    def show(self, now: Status) -> None:
        """Let the desktop know where the session stands; never waits for it."""
        if self._first is None:
            self._first = now
        elif now.position_ms != self._first.position_ms or now.going != "playing":
            self._under_way.set()
        self._latest = now, self._clock()
        with self._lock:
            if self._link is not None:
                self._link.update(*self._latest)

    def tell(self, text: str) -> None:
        """Do nothing: a remark is no track."""

    def close(self) -> None:
        """Leave the bus; a thread that does not come back in time is left behind."""
        with self._lock:
            self._closing = True
            if self._link is not None:
                self._link.leave()
        self._under_way.set()
        self._thread.join(_LEAVE_S)

    def _run(self) -> None:
        """The thread: waits for the session, then serves the bus until one of them goes."""
        self._under_way.wait()
        if self._closing:
            return
        from voiceguide.player.commands.mpris_bus import serve  # noqa: PLC0415 (after the first sound; dbus-fast is an extra)

        trouble = serve(self._address, self._given.append, self._use)
        if trouble is not None:
            self._trouble.append(trouble)

    def _use(self, link: Link | None) -> None:
        """Take this link from now on; called by the thread that serves the bus."""
        with self._lock:
            self._link = link
            if link is not None and self._latest is not None:
                link.update(*self._latest)
            if link is not None and self._closing:
                link.leave()
