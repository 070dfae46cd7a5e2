"""How long a plan lasts without a word spoken, and what lies ahead of each of its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.model import Pause, Rest, Wait
from voiceguide.plan.actions import GetReady, RestBetween, Switch, Work

if TYPE_CHECKING:
    from voiceguide.model import Words
    from voiceguide.plan.actions import Action, Performance
    from voiceguide.plan.choices import Choices


class Outlook(NamedTuple):
    """What lies ahead from the start of an action: planned ms, and the name of the next exercise to be announced."""

    left_ms: int
    next: Words | None


def length_ms(action: Action, choices: Choices) -> int:
    """How long an action lasts at least, in ms: its work, rest, change of sides or getting ready."""
    match action:
        case Work(performance):
            return performance.set_ms
        case RestBetween(performance):
            # Where sides alternate the next set begins on the other side again.
            least = switch_ms(performance, choices) if performance.alternating else 0
            return max(performance.rest_ms, least)
        case Switch(performance):
            return switch_ms(performance, choices)
        case GetReady(_, _, rest):
            return max(choices.get_ready_ms, rest.ms if rest else 0)
        case Rest(ms) | Pause(ms) | Wait(_, ms):
            return ms
        case _:
            return 0


def switch_ms(performance: Performance, choices: Choices) -> int:
    """How long a change of sides takes at least, in ms."""
    return max(choices.switch_ms, performance.exercise.change_ms)


def outlook(actions: tuple[Action, ...], choices: Choices) -> tuple[Outlook, ...]:
    """What lies ahead of each action; the exercise that an action announces itself is not the next one."""
    left_ms = 0
    following: Words | None = None
    found = []
    for action in reversed(actions):
        left_ms += length_ms(action, choices)
        found.append(Outlook(left_ms, following))
        if isinstance(action, GetReady):
            following = action.performance.exercise.name
    return tuple(reversed(found))
