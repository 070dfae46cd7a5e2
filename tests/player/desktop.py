"""A desktop for the media keys: a private session bus, and a client on it that sees and presses what desktops do."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dbus_fast import Message, MessageType, Variant, unpack_variants
from dbus_fast.aio import MessageBus

from voiceguide.player.commands.mpris_bus import NAME
from voiceguide.player.commands.mpris_service import PATH, PLAYER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MISSING = [] if shutil.which("dbus-daemon") else ["dbus-daemon"]
_PROPERTIES = "org.freedesktop.DBus.Properties"
_DBUS = "org.freedesktop.DBus"
_PATIENCE_S = 30


@dataclass(frozen=True)
class Bus:
    """A session bus of the test's own."""

    daemon: subprocess.Popen[str]
    address: str

    def kill(self) -> None:
        self.daemon.kill()
        self.daemon.wait()


@contextmanager
def session_bus(folder: Path) -> Iterator[Bus]:
    daemon = subprocess.Popen(
        [
            *("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"),
            f"--address=unix:path={folder}/bus",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    try:
        # It is written when the bus can be connected to.
        yield Bus(daemon, daemon.stdout.readline().strip())
    finally:
        daemon.kill()
        daemon.wait()
        daemon.stdout.close()


@dataclass
class Desktop:
    """A client of the bus, as a desktop or a headset's daemon is: every call waits for its answer."""

    runner: asyncio.Runner
    bus: MessageBus
    signals: list[tuple[str, list[Any]]] = field(default_factory=list)

    def press(self, button: str, signature: str = "", *values: Any, to: str = NAME) -> None:
        """Call a method of the player."""
        self.call(to, PATH, PLAYER, button, signature, list(values))

    def property(self, name: str, interface: str = PLAYER, of: str = NAME) -> Any:
        """A property of the player."""
        (value,) = self.call(of, PATH, _PROPERTIES, "Get", "ss", [interface, name])
        return unpack_variants(value)

    def set_property(self, name: str, value: Variant) -> None:
        self.call(NAME, PATH, _PROPERTIES, "Set", "ssv", [PLAYER, name, value])

    def names(self) -> list[str]:
        """The players on the bus."""
        (names,) = self.call(_DBUS, "/org/freedesktop/DBus", _DBUS, "ListNames", "", [])
        return sorted(name for name in names if name.startswith(NAME))

    def wait_for_name(self, name: str = NAME) -> None:
        """Return when the player is on the bus."""
        self.wait_until(lambda: name in self.names())

    def wait_for_signals(self, count: int) -> list[tuple[str, list[Any]]]:
        """The signals of players, as soon as there are so many."""
        self.wait_until(lambda: len(self.signals) >= count)
        return self.signals

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Return when it holds; signals arrive meanwhile."""
        for _ in range(100 * _PATIENCE_S):
            if holds():
                return
            self.runner.run(asyncio.sleep(0.01))
        raise TimeoutError

    def call(
        self, name: str, path: str, interface: str, member: str, signature: str, body: list[Any]
    ) -> list[Any]:
        """Call any method of anyone on the bus; raises RuntimeError for an error that it answers."""
        message = Message(
            destination=name, path=path, interface=interface, member=member, signature=signature, body=body
        )
        answer = self.runner.run(self._call(message))
        if answer.message_type is MessageType.ERROR:
            raise RuntimeError(answer.error_name, *answer.body)
        return answer.body

    async def _call(self, message: Message) -> Message:
        answer = await asyncio.wait_for(self.bus.call(message), _PATIENCE_S)
        assert answer is not None
        return answer

    def hear(self, message: Message) -> None:
        """Keep a signal that a player sent."""
        if message.message_type is MessageType.SIGNAL and message.path == PATH:
            self.signals.append((message.member or "", unpack_variants(message.body)))


@contextmanager
def desktop_on(address: str) -> Iterator[Desktop]:
    with asyncio.Runner() as runner:

        async def connect() -> MessageBus:
            return await MessageBus(address).connect()

        desktop = Desktop(runner, runner.run(connect()))
        desktop.bus.add_message_handler(desktop.hear)
        desktop.call(_DBUS, "/org/freedesktop/DBus", _DBUS, "AddMatch", "s", [f"type='signal',path='{PATH}'"])
        try:
            yield desktop
        finally:
            desktop.bus.disconnect()
