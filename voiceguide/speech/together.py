"""Many things worked on by several threads, with the outcome of one after the other."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

from voiceguide.arenas import share_one

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
R = TypeVar("R")


def together(
    work: Callable[[T, Callable[[], None]], R],
    things: Sequence[T],
    threads: int,
    each: Callable[[], None],
    interrupt: Callable[[], None],
) -> list[R]:
    """What `work(thing, next_may_begin)` gives for each of the things; `each` is called here when one is done.

    They are begun in their order, each when the one before has called `next_may_begin` or is done. Raises what `work`
    raised for the first that failed, and begins no other after a failure. After Ctrl-C here `interrupt` is called: it
    should make the work that is under way fail soon.
    """
    if threads == 1:
        return [_then(each, work(thing, _nothing)) for thing in things]
    share_one()
    crew = _Crew(work, things)
    workers = [Thread(target=crew.labour, name="voiceguide-speaking", daemon=True) for _ in range(threads)]
    for worker in workers:
        worker.start()
    try:
        for _ in things:
            if not crew.done.get():
                break
            each()
    except BaseException:
        crew.stopped = True
        interrupt()
        raise
    finally:
        for worker in workers:
            worker.join()
    if crew.failed:
        raise crew.failed[min(crew.failed)]
    return [crew.found[index] for index in range(len(things))]


class _Crew(Generic[T, R]):
    """What the threads share: what is left to do, what was found, and what failed, each by its place in `things`."""

    def __init__(self, work: Callable[[T, Callable[[], None]], R], things: Sequence[T]) -> None:
        self._work = work
        self._things = things
        self._left = iter(range(len(things)))
        self._turn = Lock()
        self.stopped = False
        self.done: SimpleQueue[bool] = SimpleQueue()
        self.found: dict[int, R] = {}
        self.failed: dict[int, BaseException] = {}

    def labour(self) -> None:
        """Work until nothing is left, or until something failed."""
        while True:
            turn = _Turn(self._turn)
            try:
                index = None if self.stopped else next(self._left, None)
                if index is None:
                    return
                self.found[index] = self._work(self._things[index], turn.end)
            except BaseException as error:  # raised where the work was asked for
                self.stopped = True
                self.failed[index or 0] = error
            finally:
                turn.end()
            self.done.put(not self.stopped)


class _Turn:
    """A thread's turn to begin something, which ends once."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        self._over = False
        lock.acquire()

    def end(self) -> None:
        """Let the next thread begin."""
        if not self._over:
            self._over = True
            self._lock.release()


def _then(each: Callable[[], None], found: R) -> R:
    each()
    return found


def _nothing() -> None:
    pass
