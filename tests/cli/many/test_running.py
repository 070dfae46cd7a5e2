"""Jobs through an executor: a few at a time, and what happens to them when a worker is killed."""

from __future__ import annotations

import os
import signal
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.many.executors import Workers, local_workers
from voiceguide.cli.many.running import Crash, outcomes
from voiceguide.errors import RequestError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def double(number: int) -> int:
    return 2 * number


def half(number: int) -> float:
    return 1 / number


def die_in_a_process(word: str) -> str:
    if word == "killer":
        os.kill(os.getpid(), signal.SIGKILL)
    return word.upper()


def die_once(path: str) -> str:
    if path.startswith("/") and not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path


@contextmanager
def threads() -> Iterator[Workers]:
    with ThreadPoolExecutor(2) as executor:
        yield Workers(executor, 2)


@contextmanager
def processes() -> Iterator[Workers]:
    with local_workers(2) as workers:
        yield workers


def test_each_job_comes_with_its_result() -> None:
    assert sorted(outcomes(range(50), double, threads)) == [(number, 2 * number) for number in range(50)]


def test_processes_do_the_same_as_threads() -> None:
    assert sorted(outcomes(range(5), double, processes)) == [(number, 2 * number) for number in range(5)]


def test_at_most_two_jobs_a_worker_are_asked_for_ahead() -> None:
    asked = done = most = 0

    def jobs() -> Iterator[int]:
        nonlocal asked, most
        for number in range(100):
            asked += 1
            most = max(most, asked - done)
            yield number

    for _ in outcomes(jobs(), double, threads):
        done += 1
    assert (done, most) == (100, 4)


def test_where_there_is_nothing_to_do_nobody_is_asked_to_work() -> None:
    def opening() -> Workers:
        raise AssertionError

    assert list(outcomes([], double, opening)) == []  # type: ignore[arg-type]  # it is never opened


def test_a_job_that_raises_keeps_no_other_from_being_done() -> None:
    found = dict(outcomes([1, 0, 2], half, threads))
    assert (found[1], found[2]) == (1.0, 0.5)
    crash = found[0]
    assert isinstance(crash, Crash)
    assert (
        crash.problem.message == "it ended in a mistake of this program: ZeroDivisionError: division by zero"
    )


def test_of_the_jobs_in_flight_when_a_worker_is_killed_only_the_one_that_kills_it_fails() -> None:
    words = ["a", "b", "killer", "c", "d", "e", "f"]
    found = dict(outcomes(words, die_in_a_process, processes))
    crash = found.pop("killer")
    assert found == {word: word.upper() for word in words if word != "killer"}
    assert isinstance(crash, Crash)
    assert crash.problem.message == "the process that rendered it was killed twice"


def test_a_job_whose_worker_is_killed_once_is_done(tmp_path: Path) -> None:
    jobs = ["a", str(tmp_path / "b"), "c"]
    assert dict(outcomes(jobs, die_once, processes)) == {job: job for job in jobs}


def test_who_waits_for_workers_that_are_gone_is_told_so() -> None:
    looked: list[str] = []

    def check() -> None:
        looked.append("look")
        if len(looked) == 2:
            raise RequestError(problem("cluster-deserted", address="tcp://x", seconds=30))

    class Nobody(Executor):
        def submit(self, _fn: Callable[..., int], /, *_: int, **__: int) -> Future[int]:  # type: ignore[override]
            return Future()

    @contextmanager
    def opening() -> Iterator[Workers]:
        yield Workers(Nobody(), 1, check)

    with pytest.raises(RequestError, match="has had no workers for 30 s"):
        list(outcomes([1, 2, 3], double, opening))


def test_what_a_cluster_gives_up_is_tried_once_more() -> None:
    """A scheduler that ends cancels what it has."""
    given_up: list[object] = []

    class Forgetful(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., int], /, *args: int, **kwargs: int) -> Future[int]:  # type: ignore[override]
            future: Future[int] = Future()
            if not given_up:
                given_up.append(args)
                future.set_exception(CancelledError())
                return future
            return super().submit(fn, *args, **kwargs)

    @contextmanager
    def opening() -> Iterator[Workers]:
        with Forgetful(1) as executor:
            yield Workers(executor, 1)

    assert sorted(outcomes([1, 2, 3], double, opening)) == [(1, 2), (2, 4), (3, 6)]
