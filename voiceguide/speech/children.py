"""The processes that speak for us: one, or several when there is much to say; those that are lost are replaced once."""

from __future__ import annotations

import os
from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.errors import Problem, RequestError, SpeechError
from voiceguide.speech.answer import Answer, Crashed, Hung
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.speech.child import Child

# Measured on 2 cores: a process takes 45 ms to start, espeak 4 ms for a phrase, and making a clip of it 7 ms here.
FEW = 8
"""From so many missing phrases on threads make clips of what has been spoken, while the next is spoken."""
MANY = 100
"""From so many missing phrases on more than one process speaks: with fewer, its start takes what it would save."""
MOST = 4
"""More processes than these wait for us to make clips; and with a large voice, each takes its memory."""
CHANCES = 2
"""How many processes an engine may lose before it is given up."""


class Crew(NamedTuple):
    """How many phrases may be spoken at the same time, and how many threads may have them spoken."""

    voices: int = 1
    threads: int = 1


class Children:
    """Processes with the engine `name` in them, started when they are needed, for any number of threads.

    One that has not opened the engine within `opens_within_s` is given up; an engine that loses several is given up too.
    """

    def __init__(self, name: str, opens_within_s: float, cores: int | None = None) -> None:
        self._name = name
        self._opens_within_s = opens_within_s
        self._cores = cores or usable_cores()
        self._change = Condition()
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._starting = 0
        self._wanted: list[int] = []
        self._lost = 0
        self._closed = False

    def ask(self, within_s: float, **request: Any) -> Answer:
        """The answer of the first process that has nothing else to do.

        Raises Hung and Crashed, SpeechError `engine-failed` where the engine does not open or was given up, and those of
        our errors that the engine raised.
        """
        child = self._taken()
        try:
            answer = child.ask(within_s, **request)
        except BaseException as error:
            self._lose(child, counts=isinstance(error, (Hung, Crashed)))
            raise
        with self._change:
            self._busy.remove(child)
            self._idle.append(child)
            self._change.notify()
        return _checked(answer)

    @contextmanager
    def several(self, phrases: int) -> Iterator[Crew]:
        """How so many phrases are best spoken, within the block.

        One process gives the same samples for the same phrases in the same order. Of espeak's they vary by some tenths
        of a millisecond with what the process has spoken before, so that several processes do not.
        """
        crew = Crew(min(self._cores, MOST) if phrases >= MANY else 1, self._cores if phrases >= FEW else 1)
        with self._change:
            self._wanted.append(crew.voices)
            self._change.notify_all()
        try:
            yield crew
        finally:
            with self._change:
                self._wanted.remove(crew.voices)
                surplus = self._idle[self._most :]
                del self._idle[self._most :]
            _dismiss(surplus)

    def interrupt(self) -> None:
        """End what is being asked at once; whoever waits for the answer has Crashed."""
        with self._change:
            for child in self._busy:
                child.kill()

    def close(self) -> None:
        """End the processes; none is started afterwards."""
        with self._change:
            self._closed = True
            idle, self._idle = self._idle, []
            self._change.notify_all()
        self.interrupt()
        _dismiss(idle)

    @property
    def _most(self) -> int:
        """How many processes there may be."""
        return max(self._wanted, default=1)

    def _taken(self) -> Child:
        """A process that nobody else asks: one that is idle, or a new one where there may be one more."""
        with self._change:
            while True:
                if self._closed:
                    raise self._failed("it has been closed")
                if self._lost >= CHANCES:
                    raise self._failed(f"it failed {self._lost} times")
                if self._idle:
                    child = self._idle.pop()
                    self._busy.add(child)
                    return child
                if len(self._busy) + self._starting < self._most:
                    self._starting += 1
                    break
                self._change.wait()
        try:
            return self._started()
        finally:
            with self._change:
                self._starting -= 1
                self._change.notify_all()

    def _started(self) -> Child:
        from voiceguide.speech.child import Child  # noqa: PLC0415 (what is in the cache needs no process)

        try:
            child = Child(self._name)
        except OSError as error:
            raise self._failed(error.strerror or error) from error
        with self._change:
            self._busy.add(child)
        try:
            self._see_open(child)
        except BaseException as error:
            self._lose(child, counts=isinstance(error, SpeechError))
            raise
        return child

    def _see_open(self, child: Child) -> None:
        try:
            said = _checked(child.opened(self._opens_within_s)).said
        except (Hung, Crashed) as error:
            raise self._failed(error) from error
        if "raised" in said:
            raise self._failed(said["raised"])

    def _lose(self, child: Child, *, counts: bool) -> None:
        child.end()
        with self._change:
            self._busy.discard(child)
            self._lost += counts
            self._change.notify_all()

    def _failed(self, reason: object) -> SpeechError:
        return SpeechError(problem("engine-failed", engine=self._name, reason=reason))


def usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _checked(answer: Answer) -> Answer:
    """The answer, unless it is one of our errors, which is raised."""
    failed = answer.said.get("failed")
    if failed is None:
        return answer
    problems = [Problem(**found) for found in answer.said["problems"]]
    raise (RequestError if failed == RequestError.__name__ else SpeechError)(*problems)


def _dismiss(children: Sequence[Child]) -> None:
    """Let processes end by themselves, at the same time."""
    for child in children:
        child.leave()
    for child in children:
        child.close()
