"""Running jobs through an executor, whichever kind it is: a few at a time, and those whose worker dies once more."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, wait
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future
    from contextlib import AbstractContextManager

    from voiceguide.cli.many.executors import Workers
    from voiceguide.errors import Problem

    Opening = Callable[[], AbstractContextManager[Workers]]

J = TypeVar("J")
R = TypeVar("R")

# Each worker has one job, and one to go on with: of a hundred thousand the others stay where they are.
_AHEAD = 2
_LOOK_EVERY_S = 2.0
"""After so long without a result it is asked whether there is anybody who could have one."""


@dataclass(frozen=True)
class Crash:
    """Why a job has no result: its worker died of it twice, or it raised what nobody expected."""

    problem: Problem


@dataclass(frozen=True)
class _Broken:
    """The executor broke while it had the job: this job may be why, or another one."""


def outcomes(
    jobs: Iterable[J], work: Callable[[J], R], opening: Opening
) -> Generator[tuple[J, R | Crash], None, None]:
    """Each job with what `work` gives for it, in the order in which they are done.

    `opening` gives an executor, and a new one where one breaks: then the jobs that it had are tried once more, one at a
    time, so that the one that kills its worker is known. Raises what `opening` raises, and what the workers' check does.
    """
    waiting = iter(jobs)
    first = list(islice(waiting, 1))
    waiting = chain(first, waiting)
    suspects: list[J] = []
    # Where there is nothing to do nobody is asked to work.
    more = bool(first)
    while more:
        with opening() as workers:
            broken = yield from _alone(workers, work, suspects)
            if not broken:
                suspects = yield from _together(workers, work, waiting)
        more = broken or bool(suspects)


def _together(
    workers: Workers, work: Callable[[J], R], waiting: Iterator[J]
) -> Generator[tuple[J, R | Crash], None, list[J]]:
    """Yields jobs with their results; returns those that the executor had when it broke, none where it did not."""
    running: dict[Future[R], J] = {}
    broken: list[J] = []
    while not broken:
        for job in islice(waiting, _AHEAD * workers.slots - len(running)):
            try:
                running[workers.executor.submit(work, job)] = job
            except BrokenExecutor:
                broken.append(job)
                break
        if not running:
            break
        for future in _done(running, workers):
            job = running.pop(future)
            found = _outcome(future)
            if isinstance(found, _Broken):
                broken.append(job)
            else:
                yield job, found
    for future, job in running.items():
        _done([future], workers)
        found = _outcome(future)
        if isinstance(found, _Broken):
            broken.append(job)
        else:
            yield job, found
    return broken


def _alone(
    workers: Workers, work: Callable[[J], R], suspects: list[J]
) -> Generator[tuple[J, R | Crash], None, bool]:
    """Yields the suspects with their results, one at a time; returns whether one of them broke the executor."""
    while suspects:
        job = suspects.pop(0)
        future = workers.executor.submit(work, job)
        _done([future], workers)
        found = _outcome(future)
        if isinstance(found, _Broken):
            yield job, Crash(problem("worker-died"))
            return True
        yield job, found
    return False


def _done(running: Iterable[Future[R]], workers: Workers) -> set[Future[R]]:
    """Those that are done, as soon as one is."""
    while True:
        done, _ = wait(running, timeout=_LOOK_EVERY_S, return_when=FIRST_COMPLETED)
        if done:
            return done
        workers.check()


def _outcome(future: Future[R]) -> R | Crash | _Broken:
    """What came of a job, when it is done."""
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):
        return _Broken()
    except Exception as error:
        # A mistake of ours in one job must not stop the others.
        return Crash(problem("job-broken", reason=f"{type(error).__name__}: {error}"))
