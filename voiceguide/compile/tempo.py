"""What of the words of reps fits their tempo: decided once for all reps of a set, so that they sound alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.compile.blocks import TICK, Line
from voiceguide.compile.slots import MARGIN_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.compile.blocks import PhaseSlot

Rep = tuple["PhaseSlot", ...]


class Paced(NamedTuple):
    """What is heard at the onset of each phase of each rep (None: nothing), and the words that are lost, each once."""

    reps: tuple[tuple[Line | None, ...], ...]
    lost: tuple[str, ...]


def pace(reps: tuple[Rep, ...], length: Callable[[Line], int]) -> Paced:
    """Choose what is heard of a set's reps; `length` gives how long a line takes, in ms.

    The first way that fits in every rep: the number joined by the word of its phase, or the number alone, within that
    phase; the number alone within the rep, and no word after it; a tick on the onset of the rep. After a number that
    keeps to its phase each later phase has its word, or a tick where that is too long.
    """
    at = next(index for index, phase in enumerate(reps[0]) if phase.beat == "rep")
    choices = min(len(rep[at].choices) for rep in reps)

    def fits(line: Line, ms: int) -> bool:
        return length(line) + MARGIN_MS <= ms

    def tick(phase: PhaseSlot, ms: int) -> Line | None:
        line = Line(phase.beat, "", TICK) if phase.beat else None
        return line if line and fits(line, ms) else None

    def later(phase: PhaseSlot) -> Line | None:
        word = next((line for line in phase.choices if fits(line, phase.ms)), None)
        return word or tick(phase, phase.ms)

    def number(choice: int) -> Callable[[Rep], Line]:
        return lambda rep: rep[at].choices[choice]

    for choice in range(choices):
        if all(fits(rep[at].choices[choice], rep[at].ms) for rep in reps):
            return _paced(reps, at, number(choice), later)
    if choices and all(fits(rep[at].choices[-1], _ms(rep)) for rep in reps):
        return _paced(reps, at, number(-1), lambda _: None)
    return _paced(reps, at, lambda rep: tick(rep[at], _ms(rep)), lambda _: None)


def _paced(
    reps: tuple[Rep, ...],
    at: int,
    counted: Callable[[Rep], Line | None],
    later: Callable[[PhaseSlot], Line | None],
) -> Paced:
    """The reps with the phase `at` counted and those after it as `later` says."""
    heard = tuple(
        tuple(
            (counted(rep) if index == at else later(phase)) if phase.ms else None
            for index, phase in enumerate(rep)
        )
        for rep in reps
    )
    return Paced(heard, tuple(dict.fromkeys(_lost(reps, heard))))


def _lost(reps: tuple[Rep, ...], heard: tuple[tuple[Line | None, ...], ...]) -> Iterator[str]:
    for rep, lines in zip(reps, heard, strict=True):
        for phase, line in zip(rep, lines, strict=True):
            if phase.ms and phase.choices and line not in phase.choices:
                yield phase.choices[-1].text


def _ms(rep: Rep) -> int:
    return sum(phase.ms for phase in rep)
