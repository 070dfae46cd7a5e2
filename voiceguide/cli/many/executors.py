"""Where jobs are done: in processes of this machine, or on a Dask cluster; both are executors of `concurrent.futures`."""

from __future__ import annotations

import _thread
import logging
import os
import signal
import sys
import threading
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
_END_WITHIN_S = 5.0
_ENDED = 128 + signal.SIGTERM


class Workers(NamedTuple):
    """An executor, and how many jobs it does at a time."""

    executor: Executor
    slots: int


@contextmanager
def local_workers(count: int) -> Iterator[Workers]:
    """So many processes of this machine; if the block fails they are told to end, and they leave no half file behind."""
    context = get_context("spawn")
    # Only we hold the end that is written to: when it is closed, however that comes, the workers end.
    ends, ours = context.Pipe(duplex=False)
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
def cluster_workers(address: str) -> Iterator[Workers]:
    """The workers of a Dask cluster; raises RequestError where there are none, or no Dask."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise RequestError(problem("cluster-extra")) from error
    # What comes of a job is told by us; what Dask logs of its workers stands in their own logs.
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] == "distributed":
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
            yield Workers(executor, sum(threads.values()))
        finally:
            executor.shutdown(wait=False)


class _Processes(ProcessPoolExecutor):
    """Processes that end as soon as they are told to, and not when they have done what is waiting for them."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As every executor does."""
        return super().submit(_in_worker, fn, *args, **kwargs)


def _in_worker(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return work(*args, **kwargs)
    except SystemExit:
        # The pool would take it for a result, and go on with the next job.
        os._exit(_ENDED)


def _begin(ends: Connection) -> None:
    """What a worker does first: leave Ctrl-C to the parent, and watch whether it should end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_watch, args=(ends,), daemon=True).start()


def _end(_number: int, _frame: object) -> None:
    sys.exit(_ENDED)


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
