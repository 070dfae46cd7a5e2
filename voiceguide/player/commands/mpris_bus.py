"""A session's place on the session bus, from when it connects until one of the two goes."""

from __future__ import annotations

import asyncio
import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dbus_fast import DBusFastError, NameFlag, RequestNameReply
from dbus_fast.aio import MessageBus

from voiceguide.player.commands.mpris_service import PATH, PlayerInterface, RootInterface

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.player.commands import Command
    from voiceguide.player.status import Status

NAME = "org.mpris.MediaPlayer2.voiceguide"

_ANSWER_S = 5.0


@dataclass(frozen=True)
class Link:
    """What other threads may do while the bus is served; none of it waits."""

    _loop: asyncio.AbstractEventLoop
    _serving: asyncio.Task[None]
    _player: PlayerInterface

    def update(self, now: Status, time_s: float) -> None:
        """Let the bus know what holds at `time_s` seconds of a steady clock."""
        self._loop.call_soon_threadsafe(self._player.update, now, time_s)

    def leave(self) -> None:
        """Serve no longer."""
        self._loop.call_soon_threadsafe(self._serving.cancel)


def serve(address: str, give: Callable[[Command], None], use: Callable[[Link | None], None]) -> str | None:
    """Be a media player on the bus until its link says to leave; gives what else ended it.

    Buttons go to `give`; `use` gets the link, and None when it holds no longer. Where the bus cannot be used from the
    start, that is no trouble.
    """
    try:
        asyncio.run(_serve(address, give, use))
    except asyncio.CancelledError:
        return None
    except Exception as error:
        # This is all of a thread: nobody above it would hear.
        return str(error) or "the session bus is gone"
    return None


async def _serve(address: str, give: Callable[[Command], None], use: Callable[[Link | None], None]) -> None:
    loop, serving = asyncio.get_running_loop(), asyncio.current_task()
    if serving is None:
        raise RuntimeError("not run as a task")
    failed = _first_failure(loop)
    player = PlayerInterface(give)
    use(Link(loop, serving, player))
    try:
        bus = await _connected(address)
        if bus is None:
            return
        try:
            bus.export(PATH, RootInterface(give))
            bus.export(PATH, player)
            await _take_name(bus)
            gone = asyncio.ensure_future(bus.wait_for_disconnect())  # type: ignore[no-untyped-call]  # dbus-fast's
            done, _ = await asyncio.wait((gone, failed), return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            bus.disconnect()
    finally:
        use(None)


async def _connected(address: str) -> MessageBus | None:
    """The bus at the address; None where it cannot be used or does not answer."""
    # It logs a bus that goes away, and Python prints what is logged to nobody.
    library = logging.getLogger("dbus_fast")
    library.addHandler(logging.NullHandler())
    library.propagate = False
    try:
        async with asyncio.timeout(_ANSWER_S):
            return await MessageBus(address).connect()
    except (OSError, EOFError, ValueError, DBusFastError):
        return None


async def _take_name(bus: MessageBus) -> None:
    """The player's name, or with another session on the bus the one that the specification has for a further one."""
    if await bus.request_name(NAME, NameFlag.DO_NOT_QUEUE) is not RequestNameReply.PRIMARY_OWNER:
        await bus.request_name(f"{NAME}.instance{os.getpid()}", NameFlag.DO_NOT_QUEUE)


def _first_failure(loop: asyncio.AbstractEventLoop) -> asyncio.Future[None]:
    """The first exception of a call that nobody waits for, which asyncio would print."""
    failed: asyncio.Future[None] = loop.create_future()

    def fail(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if not failed.done():
            failed.set_exception(context.get("exception") or RuntimeError(context["message"]))

    loop.set_exception_handler(fail)
    return failed
