"""The diary of a session that is played: it tells the history where the session is, and in the end how it ended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.history import History, Running
    from voiceguide.player.session import Outcome
    from voiceguide.player.status import Status
    from voiceguide.practice import Entry


class Diary:
    """A view that notes every moment of the session `entry` in the history; `outcome` tells how far it is.

    A session of which nothing was heard is none.
    """

    def __init__(self, history: History, entry: Entry, outcome: Callable[[], Outcome]) -> None:
        self._history = history
        self._entry = entry
        self._outcome = outcome
        self._running: Running | None = None

    def show(self, now: Status) -> None:  # noqa: ARG002 (the outcome tells more)
        """Note where it is."""
        entry = self._ended(self._outcome())
        if self._running is not None:
            self._running.at(entry)
        elif entry.played_ms:
            self._running = self._history.begin(entry)

    def tell(self, text: str) -> None:
        """Remarks are not noted."""

    def close(self) -> None:
        """Write the session's line."""
        if self._running is not None:
            self._running.end(self._ended(self._outcome()))

    def _ended(self, outcome: Outcome) -> Entry:
        entry = replace(self._entry, played_ms=outcome.played_ms, finished=outcome.finished)
        if outcome.finished:
            return entry
        return replace(
            entry,
            stopped_in=outcome.chapter,
            stopped_at_ms=outcome.position_ms,
            chapter=max(0, outcome.chapter_number - 1),
        )
