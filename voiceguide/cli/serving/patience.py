"""How long a connection is waited for: a slow phone or one that has gone holds nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio
    from typing import ClassVar

MOST = 200
"""As many connections there may be; where there are more, the one that has been idle longest makes room."""
IDLE_S = 20.0
"""Seconds for a request to come, the first as well as another, whole with its headers."""
STALLED_S = 60.0
"""Seconds in which a phone must take something of what is sent."""


class PatientProtocol(H11Protocol):
    """A connection as uvicorn has it, which is ended when nothing comes of it."""

    idle_s: ClassVar[float] = IDLE_S
    stalled_s: ClassVar[float] = STALLED_S
    most: ClassVar[int] = MOST
    look_every_s: ClassVar[float] = 2.0

    _looking: asyncio.TimerHandle | None = None
    _idle_since = 0.0
    _unsent = 0
    _stalled_since: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or another one's place."""
        super().connection_made(transport)
        self._idle_since = self.loop.time()
        others = [one for one in self.connections if isinstance(one, PatientProtocol) and one is not self]
        if len(others) >= self.most:
            idle = [one for one in others if not one.is_answering]
            (min(idle, key=lambda one: one._idle_since) if idle else self).give_up()  # noqa: SLF001 (its own class)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The phone takes nothing for now."""
        self._stalled_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """It does again."""
        self._stalled_since = None
        super().resume_writing()

    @property
    def is_answering(self) -> bool:
        """Whether a request is being answered."""
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def give_up(self) -> None:
        """End the connection at once: what is still to be sent is not."""
        self.transport.abort()

    def _look(self) -> None:
        now = self.loop.time()
        unsent = self.transport.get_write_buffer_size()
        if self.is_answering or unsent != self._unsent:
            self._idle_since, self._unsent = now, unsent
        stalled = self._stalled_since is not None and now - self._stalled_since > self.stalled_s
        if stalled or now - self._idle_since > self.idle_s:
            self.give_up()
            return
        self._looking = self.loop.call_later(self.look_every_s, self._look)


def more_files() -> None:
    """Let the process have as many files open as so many connections need, where the system allows it."""
    try:
        import resource  # noqa: PLC0415 (Windows has none, and needs none)
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MOST
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
