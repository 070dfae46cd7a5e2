"""Who waits for which session, and whose turn it is: one at a time an address, and only so many in all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voiceguide.web.studio import Busy
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.web.studio import Listener

MOST = 16
"""As many sessions may wait."""
MOST_AT_ADDRESS = 8
"""As many pages of one address may wait, whatever they call themselves."""
PATIENCE_S = 30.0
"""Where nobody has asked about a waiting session for so long, nobody wants it any more."""


@dataclass
class _Waiting:
    asked: float
    listeners: set[Listener] = field(default_factory=set)


class Line:
    """The sessions that wait, first come first served, and those that are rendered; times are seconds of any clock."""

    def __init__(
        self, most: int = MOST, most_at_address: int = MOST_AT_ADDRESS, patience_s: float = PATIENCE_S
    ) -> None:
        self._most = most
        self._most_at_address = most_at_address
        self._patience_s = patience_s
        self._waiting: dict[str, _Waiting] = {}
        self._rendered: dict[str, set[str]] = {}

    def join(self, session: str, listener: Listener, now: float) -> list[str]:
        """Have a listener wait for a session, and for no other one; gives those that nobody waits for any more.

        Raises Busy where too many are waiting.
        """
        self._forget(now)
        if session in self._rendered:
            self._rendered[session].add(listener.address)
            return self.leave(listener, but=session)
        freed = sum(one.listeners == {listener} for key, one in self._waiting.items() if key != session)
        if session not in self._waiting and len(self._waiting) - freed >= self._most:
            raise Busy(problem("too-many-waiting"))
        here = {one for waiting in self._waiting.values() for one in waiting.listeners} - {listener}
        if sum(one.address == listener.address for one in here) >= self._most_at_address:
            raise Busy(problem("too-many-waiting"))
        left = self.leave(listener, but=session)
        waiting = self._waiting.setdefault(session, _Waiting(now))
        waiting.asked = now
        waiting.listeners.add(listener)
        return left

    def leave(self, listener: Listener, but: str | None = None, *, only: str | None = None) -> list[str]:
        """Have a listener wait for nothing, `but` for one session, or not for this one `only`.

        Gives the sessions that nobody waits for any more.
        """
        left = []
        for session, waiting in list(self._waiting.items()):
            if session != but and only in (None, session):
                waiting.listeners.discard(listener)
                if not waiting.listeners:
                    del self._waiting[session]
                    left.append(session)
        return left

    def asked(self, session: str, now: float) -> None:
        """Somebody wants to know about a session: it is still wanted."""
        self._forget(now)
        if session in self._waiting:
            self._waiting[session].asked = now

    def take(self, now: float) -> str | None:
        """The session whose turn it is, from now on rendered: the first that an address waits for which has none rendered."""
        self._forget(now)
        busy = set().union(*self._rendered.values())
        for session, waiting in self._waiting.items():
            addresses = {listener.address for listener in waiting.listeners}
            if not addresses <= busy:
                del self._waiting[session]
                self._rendered[session] = addresses
                return session
        return None

    def done(self, session: str) -> None:
        """A session is rendered no more."""
        self._rendered.pop(session, None)

    def ahead(self, session: str) -> int | None:
        """How many sessions come before one that is waiting; None for one that is not."""
        before = len(self._rendered)
        for number, waiting in enumerate(self._waiting):
            if waiting == session:
                return before + number
        return None

    def is_rendered(self, session: str) -> bool:
        """Whether a session is being rendered."""
        return session in self._rendered

    def _forget(self, now: float) -> None:
        for session, waiting in list(self._waiting.items()):
            if now - waiting.asked > self._patience_s:
                del self._waiting[session]
