"""Where jobs are done: in processes of this machine, or on a Dask cluster; both are executors of `concurrent.futures`."""

from __future__ import annotations

import _thread
import logging
import os
import signal
import sys
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.errors import RequestError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

CONNECT_WITHIN_S = 10
WORKERS_WITHIN_S = 30.0
"""How long a cluster may be without workers, which may be just being started anew."""
_END_WITHIN_S = 5.0
_ENDED = 128 + signal.SIGTERM
_OF_THE_TERMINAL = (signal.SIGINT,) if sys.platform == "win32" else (signal.SIGINT, signal.SIGHUP)


def _always_there() -> None:
    """An executor that has lost its workers says so by itself."""


class Workers(NamedTuple):
    """An executor, and how many jobs it does at a time.

    `check` is called while nothing gets done; it raises VoiceguideError where nothing will be.
    """

    executor: Executor
    slots: int
    check: Callable[[], None] = _always_there


@contextmanager
def local_workers(count: int) -> Iterator[Workers]:
    """So many processes of this machine; if the block fails they are told to end, and they leave no half file behind."""
    context = get_context("spawn")
    # Only we hold the end that is written to: when it is closed, however that comes, the workers end.
    ends, ours = context.Pipe(duplex=False)
    # With it comes the process that tracks resources, which must not end before us either.
    with _signals_later():
        executor = _Processes(count, mp_context=context, initializer=_begin, initargs=(ends,))
    try:
        yield Workers(executor, count)
    except BaseException:
        ours.close()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        ours.close()
        ends.close()


@contextmanager
def cluster_workers(address: str, *, patience_s: float = WORKERS_WITHIN_S) -> Iterator[Workers]:
    """The workers of a Dask cluster; raises RequestError where there are none, or no Dask.

    Its check raises the same where there have been none for `patience_s`.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise RequestError(problem("cluster-extra")) from error
    # What comes of a job is told by us; what Dask logs of its workers stands in their own logs. Tornado logs for it what
    # has been cancelled.
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=CONNECT_WITHIN_S, set_as_default=False)
    except (OSError, ValueError, TypeError, TimeoutError) as error:
        raise RequestError(problem("cluster-unreachable", address=address)) from error
    with client:
        threads: dict[str, int] = client.nthreads()
        if not threads:
            raise RequestError(problem("cluster-idle", address=address))
        executor = client.get_executor(pure=False)
        try:
            yield Workers(executor, sum(threads.values()), _workers_check(client, address, patience_s))
        finally:
            executor.shutdown(wait=False)


def _workers_check(client: Any, address: str, patience_s: float) -> Callable[[], None]:
    """What raises RequestError when it has found no workers for so long."""
    idle_since: float | None = None

    def check() -> None:
        nonlocal idle_since
        try:
            there = bool(client.nthreads())
        except OSError:
            # The scheduler is gone: its client cancels what it has, which is told there.
            return
        now = time.monotonic()
        if there:
            idle_since = None
        elif idle_since is None:
            idle_since = now
        elif now - idle_since >= patience_s:
            raise RequestError(problem("cluster-deserted", address=address, seconds=round(now - idle_since)))

    return check


class _Processes(ProcessPoolExecutor):
    """Processes that end as soon as they are told to, and not when they have done what is waiting for them."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As every executor does."""
        with _signals_later():
            return super().submit(_in_worker, fn, *args, **kwargs)


@contextmanager
def _signals_later() -> Iterator[None]:
    """Have what is sent to all processes of a terminal after the block; processes started in it begin without it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_THE_TERMINAL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker:
    """What a process does for a pool: whether it has a job in its hands."""

    has_job = False


def _in_worker(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        _Worker.has_job = True
        return work(*args, **kwargs)
    except SystemExit:
        # The pool would take it for a result, and go on with the next job.
        os._exit(_ENDED)
    finally:
        _Worker.has_job = False


def _begin(ends: Connection) -> None:
    """What a worker does first: leave Ctrl-C and the end of the terminal to the parent, and watch whether it should end."""
    for number in _OF_THE_TERMINAL:
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OF_THE_TERMINAL)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_watch, args=(ends,), daemon=True).start()


def _end(_number: int, _frame: object) -> None:
    """End: a job puts away what it has begun, and of anything else the pool would complain."""
    if _Worker.has_job:
        sys.exit(_ENDED)
    os._exit(_ENDED)


def _watch(ends: Connection) -> None:
    """Wait until the other end is closed; then end the process, what it is doing undone."""
    with suppress(EOFError, OSError):
        ends.recv_bytes()
    main = threading.main_thread()
    if sys.platform == "win32":
        _thread.interrupt_main(signal.SIGTERM)
    elif main.ident is not None:
        # It may be waiting for a job: only a signal of its own ends that.
        signal.pthread_kill(main.ident, signal.SIGTERM)
    main.join(_END_WITHIN_S)
    os._exit(_ENDED)
