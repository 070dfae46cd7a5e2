"""Processes that render for the server: each started when there is work, there for the next, and ended with the program."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, wait
from typing import TYPE_CHECKING, Any, TypeVar

from voiceguide.cli.many.executors import local_workers
from voiceguide.cli.many.job import Failed
from voiceguide.errors import OutputError, Stopped
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from contextlib import AbstractContextManager
    from threading import Event

    from voiceguide.cli.many.executors import Workers

R = TypeVar("R")

_LOOK_EVERY_S = 0.2


class Hand:
    """One process, for one thread at a time; when `stopping` is set, what it does is given up."""

    def __init__(self, stopping: Event) -> None:
        self._stopping = stopping
        self._opened: AbstractContextManager[Workers] | None = None
        self._workers: Workers | None = None

    def do(self, work: Callable[..., R], *arguments: Any) -> R | Failed:
        """What `work` gives there; a Failed where the process dies of it, or it raises what nobody expected.

        Raises Stopped when the program ends.
        """
        try:
            return self._awaited(self._open().executor.submit(work, *arguments))
        except BrokenExecutor:
            self.close()
            return Failed((problem("phone-worker-died"),), OutputError.exit_code)
        except Stopped:
            self.close()
            raise
        except Exception as error:
            # A mistake of ours in one job must not end the server.
            found = problem("job-broken", reason=f"{type(error).__name__}: {error}")
            return Failed((found,), OutputError.exit_code)

    def close(self) -> None:
        """End the process, what it does undone."""
        opened, self._opened, self._workers = self._opened, None, None
        if opened is not None:
            opened.__exit__(Stopped, Stopped(), None)

    def _awaited(self, future: Future[R]) -> R:
        while not wait([future], timeout=_LOOK_EVERY_S).done:
            if self._stopping.is_set():
                raise Stopped
        return future.result()

    def _open(self) -> Workers:
        if self._workers is None:
            opened = local_workers(1)
            self._workers = opened.__enter__()
            self._opened = opened
        return self._workers
