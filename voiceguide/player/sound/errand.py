"""A call on a thread of its own, because it may take long, or never return."""

from __future__ import annotations

from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

THREAD_NAME = "sound device"


class Errand(Generic[T]):
    """A call that is under way; a daemon thread makes it, which a program that ends does not wait for."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._done = Event()
        self._lock = Lock()
        self._results: list[T] = []
        self._error: BaseException | None = None
        self._dispose: Callable[[T], None] | None = None
        Thread(target=self._run, name=THREAD_NAME, daemon=True).start()

    @property
    def done(self) -> bool:
        """Whether the call has returned, or raised."""
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is done, so many seconds at most; gives whether it is."""
        return self._done.wait(seconds)

    def result(self) -> T:
        """What the call gave, once it is done; raises what it raised."""
        self._done.wait()
        if self._error is not None:
            raise self._error
        return self._results[0]

    def drop(self, dispose: Callable[[T], None]) -> None:
        """Wait no more: what the call gives, or has given, is handed to `dispose`, on some thread."""
        with self._lock:
            self._dispose = dispose
            given = list(self._results)
        for result in given:
            dispose(result)

    def _run(self) -> None:
        try:
            result = self._call()
        except BaseException as error:
            self._error = error
        else:
            with self._lock:
                self._results.append(result)
                dispose = self._dispose
            if dispose is not None:
                dispose(result)
        finally:
            self._done.set()
