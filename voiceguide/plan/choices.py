"""What the listener chooses for a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.dose import Side
    from voiceguide.model import Counting, Pronunciation, Routine, Talk


USUAL_SPEED = 100


@dataclass(frozen=True)
class Choices:
    """What the listener chooses, beside the voice; times in ms, `countdown` is 5, 3 or 0 seconds.

    None leaves the choice to the script. `dose` is a percentage. `avoid` are conditions and positions, `without`
    equipment; `say_as` is how words are pronounced; `pre_roll_ms` comes before the first word. `speed` is how fast
    rests and pauses go by, in percent. `only` is the id of the one exercise of the routine that is done, `name` the
    listener's.
    """

    countdown: int = 3
    switch_ms: int = 5_000
    get_ready_ms: int = 5_000
    safety: bool = True
    dose: int | None = None
    talk: Talk | None = None
    count: Counting | None = None
    first_side: Side | None = None
    avoid: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    say_as: tuple[Pronunciation, ...] = ()
    pre_roll_ms: int = 0
    speed: int = USUAL_SPEED
    only: str | None = None
    name: str | None = None


def at_speed(ms: int, choices: Choices) -> int:
    """How long a rest or a pause of `ms` is at the listener's speed, in whole ms, half up."""
    return (2 * USUAL_SPEED * ms + choices.speed) // (2 * choices.speed)


def percentage(routine: Routine, choices: Choices) -> int:
    """The dose of a session: the listener's, else the routine's own, else 0 percent."""
    return next((dose for dose in (choices.dose, routine.dose) if dose is not None), 0)
