"""Several threads do what one would, in less time."""

from __future__ import annotations

from threading import Barrier, Event
from typing import TYPE_CHECKING

import pytest

from voiceguide.speech.together import together

if TYPE_CHECKING:
    from collections.abc import Callable


def nothing() -> None:
    pass


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_what_is_found_is_in_the_order_of_the_things(threads: int) -> None:
    done: list[None] = []

    def work(thing: int, _next_may_begin: Callable[[], None]) -> int:
        return thing * thing

    found = together(work, range(50), threads, lambda: done.append(None), nothing)
    assert found == [thing * thing for thing in range(50)]
    assert len(done) == 50


def test_the_next_begins_when_the_one_before_lets_it() -> None:
    begun: list[int] = []
    both = Barrier(2, timeout=30)

    def work(thing: int, next_may_begin: Callable[[], None]) -> None:
        begun.append(thing)
        next_may_begin()
        both.wait()

    together(work, range(10), 2, nothing, nothing)
    assert begun == list(range(10))


@pytest.mark.parametrize("threads", [1, 3])
def test_the_failure_is_that_of_the_first_thing_that_fails(threads: int) -> None:
    later_failed = Event()

    def work(thing: int, next_may_begin: Callable[[], None]) -> None:
        if thing == 4:
            next_may_begin()
            later_failed.wait(30 if threads > 1 else 0)
        if thing >= 4:
            later_failed.set()
            raise ValueError(thing)

    with pytest.raises(ValueError, match=r"^4$"):
        together(work, range(20), threads, nothing, nothing)


def test_nothing_is_begun_after_a_failure() -> None:
    begun: list[int] = []

    def work(thing: int, _next_may_begin: Callable[[], None]) -> None:
        begun.append(thing)
        raise LookupError

    with pytest.raises(LookupError):
        together(work, range(100), 4, nothing, nothing)
    assert begun == [0]


def test_ctrl_c_ends_the_work_that_is_under_way() -> None:
    ended = Event()

    def work(thing: int, next_may_begin: Callable[[], None]) -> None:
        next_may_begin()
        if thing and not ended.wait(30):
            raise AssertionError("not interrupted")

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        together(work, range(10), 3, interrupted, ended.set)
    assert ended.is_set()
