"""What will be done, one action after the other: what suits the listener, at a dose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.dose import Side, at, show_dose
from voiceguide.errors import RequestError
from voiceguide.model import Rest
from voiceguide.plan.actions import (
    Action,
    Close,
    EnterSection,
    GetReady,
    HoldWork,
    Open,
    Performance,
    Phase,
    Release,
    RepWork,
    RestBetween,
    Switch,
    Work,
)
from voiceguide.plan.choices import USUAL_SPEED, Choices, percentage
from voiceguide.plan.lengths import Outlook, length_ms, outlook, switch_ms
from voiceguide.plan.unfold import Unfolder, talk_of
from voiceguide.suitable import Left, Suitable, Swapped, exercise_steps, only_exercise, suitable_steps
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.dose import Dose
    from voiceguide.model import Routine

__all__ = [
    "USUAL_SPEED",
    "Action",
    "Choices",
    "Close",
    "EnterSection",
    "GetReady",
    "HoldWork",
    "Left",
    "Open",
    "Outlook",
    "Performance",
    "Phase",
    "Release",
    "RepWork",
    "RestBetween",
    "Side",
    "Swapped",
    "Switch",
    "Work",
    "distinct_doses",
    "doses",
    "outlook",
    "percentage",
    "plan",
    "planned_ms",
    "suited",
    "switch_ms",
    "talk_of",
]

_PERCENTAGES = range(101)


def plan(routine: Routine, choices: Choices) -> tuple[Action, ...]:
    """The actions of a routine in order, every range resolved at its dose.

    What the listener is to avoid, or has no equipment for, is swapped or left out; raises RequestError where nothing is
    left to do.
    """
    kept = suited(routine, choices)
    talk = choices.talk or routine.talk
    whole = talk != "tones" and choices.only is None
    opening, closing = (routine.opening, routine.closing) if whole else (None, None)
    actions: list[Action] = []
    if opening or choices.safety or kept.left_out or kept.swapped:
        actions.append(Open(opening, choices.safety, kept.left_out, kept.swapped))
    unfolder = Unfolder(choices, percentage(routine, choices), routine.count)
    for action in unfolder.steps(kept.steps, talk):
        last = actions[-1] if actions else None
        if isinstance(action, GetReady) and isinstance(last, Rest):
            actions[-1] = replace(action, rest=last)
        else:
            actions.append(action)
    if closing:
        actions.append(Close(closing))
    return tuple(actions)


def suited(routine: Routine, choices: Choices) -> Suitable:
    """What of a routine the listener does: what suits, and of that the one exercise that was chosen, if one was.

    Raises RequestError where nothing is left to do.
    """
    steps = routine.steps if choices.only is None else only_exercise(routine.steps, choices.only)
    kept = suitable_steps(steps, choices.avoid, choices.without)
    if kept.left_out and not any(exercise_steps(kept.steps)):
        reasons = dict.fromkeys(reason for left in kept.left_out for reason in left.reasons)
        raise RequestError(problem("nothing-left", routine=routine.title, reasons=", ".join(reasons)))
    return kept


def planned_ms(routine: Routine, choices: Choices) -> int:
    """How long a routine lasts without a word spoken, in ms; it never falls as the dose rises.

    Raises RequestError where nothing is left to do.
    """
    return sum(length_ms(action, choices) for action in plan(routine, choices))


def distinct_doses(routine: Routine, choices: Choices) -> tuple[int, ...]:
    """The lowest percentage of each different plan that a routine can become, in order.

    Raises RequestError where nothing is left to do.
    """
    written = {step.dose for step in exercise_steps(suited(routine, choices).steps)}
    found: dict[tuple[Dose, ...], int] = {}
    for percent in _PERCENTAGES:
        found.setdefault(tuple(at(dose, percent) for dose in written), percent)
    return tuple(found.values())


def doses(actions: Iterable[Action]) -> Iterator[str]:
    """The notation of each exercise's dose in order, without its sides."""
    for action in actions:
        if isinstance(action, GetReady):
            yield show_dose(replace(action.performance.dose, sides=None, first=None))
