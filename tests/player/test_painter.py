"""Drawing in a thread: nothing waits for it, nothing is lost, and what goes wrong in it comes out."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING

import pytest

from voiceguide.player.screen.painter import painting

from .stretch import at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.player.screen.painter import Painter
    from voiceguide.player.status import Status


@dataclass
class Easel:
    """A view that draws when it is let, and keeps what it drew; `failure` is what drawing raises."""

    failure: BaseException | None = None
    drawn: list[Status | str] = field(default_factory=list)
    begun: Event = field(default_factory=Event)
    let: Event = field(default_factory=Event)

    def show(self, now: Status) -> None:
        self._draw(now)

    def tell(self, text: str) -> None:
        self._draw(text)

    def _draw(self, what: Status | str) -> None:
        self.begun.set()
        self.let.wait()
        if self.failure is not None:
            raise self.failure
        self.drawn.append(what)


@contextmanager
def slow(easel: Easel) -> Iterator[Painter]:
    """The easel, whose first drawing has begun and is not finished before `let` is set."""
    with painting(easel, patience_s=None) as painter:
        painter.show(at(1))
        easel.begun.wait()
        yield painter
        easel.let.set()


def test_everything_is_drawn_in_order() -> None:
    easel = Easel()
    with slow(easel) as view:
        view.tell("No such key.")
        view.show(at(20))
        view.show(at(20, going="paused"))
        view.tell("Resuming.")
        view.show(at(20))
    assert easel.drawn == [
        at(1),
        "No such key.",
        at(20),
        at(20, going="paused"),
        "Resuming.",
        at(20),
    ]


def test_a_slow_terminal_is_not_shown_every_tenth_of_a_second_of_a_moment() -> None:
    easel = Easel()
    with slow(easel) as view:
        for tenth in range(150, 450):
            view.show(at(tenth / 10))
    assert easel.drawn == [at(1), at(15)]


def test_what_a_stalled_terminal_has_not_taken_has_an_end() -> None:
    easel = Easel()
    with slow(easel) as view:
        for _ in range(5_000):
            view.tell("No such key.")
            view.show(at(20))
            view.show(at(50))
    assert 1_000 < len(easel.drawn) < 3_000


def test_a_stalled_terminal_does_not_keep_the_end() -> None:
    easel = Easel()
    with painting(easel, patience_s=0) as view:
        view.show(at(1))
        easel.begun.wait()
    assert easel.drawn == []
    easel.let.set()


@dataclass
class Failing:
    """A session whose drawing fails from the start."""

    reached: list[str] = field(default_factory=list)

    def run(self, after: Callable[[Painter], None]) -> None:
        easel = Easel(ValueError("a bug"))
        easel.let.set()
        with painting(easel) as view:
            view.show(at(1))
            view.rest(patience_s=None)
            self.reached.append("drawing")
            after(view)
            self.reached.append("end")


@pytest.mark.parametrize(
    "after", [lambda view: view.show(at(2)), lambda view: view.tell("No such key.")], ids=["show", "tell"]
)
def test_a_failure_comes_out_when_something_is_shown_next(after: Callable[[Painter], None]) -> None:
    session = Failing()
    with pytest.raises(ValueError, match="a bug"):
        session.run(after)
    assert session.reached == ["drawing"]


def test_a_failure_comes_out_at_the_end_if_nothing_is_shown_any_more() -> None:
    session = Failing()
    with pytest.raises(ValueError, match="a bug"):
        session.run(lambda _: None)
    assert session.reached == ["drawing", "end"]


def test_what_ended_the_session_comes_first() -> None:
    def interrupt(_: Painter) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Failing().run(interrupt)


@pytest.mark.parametrize("number", [errno.EIO, errno.ENXIO])
def test_a_terminal_that_hung_up_ends_the_drawing_and_not_the_session(number: int) -> None:
    easel = Easel(OSError(number, "gone"))
    easel.let.set()
    with painting(easel) as view:
        view.show(at(1))
        view.rest()
        easel.failure = None
        view.show(at(2))
        view.tell("No such key.")
    assert easel.drawn == []


def test_a_pipe_that_nobody_reads_any_more_ends_the_session() -> None:
    easel = Easel(BrokenPipeError(errno.EPIPE, "broken"))
    easel.let.set()
    with pytest.raises(BrokenPipeError), painting(easel) as view:
        view.show(at(1))


def test_resting_waits_until_everything_is_drawn() -> None:
    easel = Easel()
    easel.let.set()
    with painting(easel) as view:
        view.show(at(1))
        assert view.rest(patience_s=None)
        assert easel.drawn == [at(1)]
        view.show(replace(at(1), title="Morning"))
    assert len(easel.drawn) == 2
