"""Repeats: the same steps several times in a row become the steps once and a step that says how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.workout.steps import Step

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

LONGEST_REPEATED = 48
"""Steps in what is repeated, at most: with more a workout is too long for a watch anyway."""


@dataclass(frozen=True)
class Repeat:
    """A step that goes back to step `first`, counted from 0, until all from there on were done `times` times in all."""

    first: int
    times: int


WorkoutStep = Step | Repeat


def folded(steps: Sequence[Step]) -> tuple[WorkoutStep, ...]:
    """The steps in fewer, with repeats that do not nest: watches take no repeat within another.

    `unfolded` gives the same steps back.
    """
    found: list[WorkoutStep] = []
    at = 0
    for size, times in _choices(steps):
        first = len(found)
        found.extend(steps[at : at + size])
        if times > 1:
            found.append(Repeat(first, times))
        at += size * times
    return tuple(found)


def unfolded(workout: Sequence[WorkoutStep]) -> tuple[Step, ...]:
    """Every step in the order in which it is done."""
    found: list[Step] = []
    starts: list[int] = []
    for step in workout:
        starts.append(len(found))
        if isinstance(step, Repeat):
            once = found[starts[step.first] :]
            found.extend(once * (step.times - 1))
        else:
            found.append(step)
    return tuple(found)


def _choices(steps: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Which stretches are done how often, as (steps, times) in order: a shortest way through, found from the end.

    `fewest[i]` is how many steps are needed from step i on; `alike[k]` how many steps from i on are the same as those k
    later.
    """
    count = len(steps)
    numbers: dict[Hashable, int] = {}
    ids = [numbers.setdefault(step, len(numbers)) for step in steps]
    fewest = [0] * (count + 1)
    best = [(1, 1)] * count
    alike = [0] * (LONGEST_REPEATED + 1)
    for at in range(count - 1, -1, -1):
        fewest[at] = fewest[at + 1] + 1
        for size in range(1, min(LONGEST_REPEATED, count - at - 1) + 1):
            alike[size] = alike[size] + 1 if ids[at] == ids[at + size] else 0
            most = 1 + alike[size] // size
            # Once less may leave the beginning of something that repeats in its turn.
            for times in {most, most - 1}:
                needed = size + 1 + fewest[at + size * times] if times > 1 else count
                if times * size > size + 1 and needed <= fewest[at]:
                    fewest[at], best[at] = needed, (size, times)
    found = []
    at = 0
    while at < count:
        found.append(best[at])
        at += best[at][0] * best[at][1]
    return found
