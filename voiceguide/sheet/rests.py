"""The rests between what stands on a sheet: each goes with the exercise or the section that it follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.model import ExerciseStep, Rest, Section
from voiceguide.plan.choices import at_speed
from voiceguide.suitable import exercise_steps

if TYPE_CHECKING:
    from voiceguide.model import Step
    from voiceguide.plan import Choices


@dataclass(frozen=True)
class Rested:
    """An exercise, or a section that holds one, with the ms of rest after it; before it only where nothing is before that."""

    step: ExerciseStep | Section
    before_ms: int = 0
    after_ms: int = 0


def rested(
    steps: tuple[Step, ...], choices: Choices, before_ms: int = 0, after_ms: int = 0
) -> tuple[Rested, ...]:
    """What stands on the sheet of steps, with its rests; `before_ms` and `after_ms` are those around all of them."""
    found: list[Rested] = []
    waiting = before_ms
    for step in steps:
        if isinstance(step, ExerciseStep) or (isinstance(step, Section) and any(exercise_steps(step.steps))):
            found.append(Rested(step, waiting))
            waiting = 0
            continue
        ms = _rest_ms(step, choices)
        if found:
            found[-1] = replace(found[-1], after_ms=found[-1].after_ms + ms)
        else:
            waiting += ms
    if found:
        found[-1] = replace(found[-1], after_ms=found[-1].after_ms + after_ms)
    return tuple(found)


def _rest_ms(step: Step, choices: Choices) -> int:
    """How long a step without exercises rests."""
    match step:
        case Rest(ms):
            return at_speed(ms, choices)
        case Section(_, rounds, inner):
            return rounds * sum(_rest_ms(one, choices) for one in inner)
        case _:
            return 0
