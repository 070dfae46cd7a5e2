"""Drawing in a thread of its own, so that a slow or stalled terminal keeps nobody waiting."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

from voiceguide.player.screen.terminal import is_gone
from voiceguide.player.status import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.player.screen.terminal import Screen
    from voiceguide.player.screen.view import View
    from voiceguide.player.status import Status

PATIENCE_S = 1.0
"""How long a terminal is waited for at the end."""

_SECOND_CHANCE_S = 0.2
# As many moments and remarks as wait for a terminal, and then no more: some hours of them.
_MOST = 2_000


class Painter:
    """A view that has another one shown and told everything by its thread, in order.

    Where drawing is slower than the session, it is shown each moment (of `status.moment`) but not each tenth of a
    second in it. `show` and `tell` raise what the drawing raised, but for a terminal that hung up: then nothing is
    drawn any more. They may be called between any two steps of each other, as from a signal.
    """

    def __init__(self, view: View, screen: Screen | None) -> None:
        self._view = view
        self._screen = screen
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._last: object = None
        self._gone = False
        self.error: BaseException | None = None
        self.thread = Thread(target=self._work, name="voiceguide-painter", daemon=True)

    def show(self, now: Status) -> None:
        """Have this moment shown."""
        self._raise_error()
        waiting = self._tasks.qsize()
        if waiting < _MOST and not (waiting and moment(now) == self._last):
            self._last = moment(now)
            self._tasks.put(partial(self._draw, partial(self._view.show, now)))

    def tell(self, text: str) -> None:
        """Have a remark shown."""
        self._raise_error()
        if self._tasks.qsize() < _MOST:
            self._tasks.put(partial(self._draw, partial(self._view.tell, text)))

    def rest(self, patience_s: float | None = PATIENCE_S) -> bool:
        """Have everything drawn and the screen left, and wait for that for so many seconds; gives whether it was.

        A showing after it takes the screen again.
        """
        rested = Event()
        if self._screen is not None:
            self._tasks.put(partial(self._attempt, self._screen.leave))
        self._tasks.put(rested.set)
        return rested.wait(patience_s)

    def end(self, patience_s: float | None = PATIENCE_S) -> None:
        """Rest and draw no more; a terminal that takes nothing within the patience is left to itself."""
        if not self.rest(patience_s) and self._screen is not None:
            self._screen.unblock()
            self.rest(_SECOND_CHANCE_S)
        self._tasks.put(None)

    def _raise_error(self) -> None:
        if self.error is not None:
            raise self.error

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()

    def _draw(self, action: Callable[[], None]) -> None:
        if self.error is None:
            self._attempt(action)

    def _attempt(self, action: Callable[[], None]) -> None:
        if self._gone:
            return
        try:
            action()
        except BaseException as error:
            # It is raised where the view is shown next.
            if is_gone(error):
                self._gone = True
            else:
                self.error = self.error or error


@contextmanager
def painting(
    view: View, *, screen: Screen | None = None, patience_s: float | None = PATIENCE_S
) -> Iterator[Painter]:
    """The view, drawn by a thread; `screen` is what it draws on, and is left in the end.

    The end waits `patience_s` for a terminal to take what is still to be shown, for ever if None. Raises what the
    drawing raised, unless the block raises something itself.
    """
    painter = Painter(view, screen)
    painter.thread.start()
    try:
        yield painter
    finally:
        painter.end(patience_s)
    if painter.error is not None:
        raise painter.error
