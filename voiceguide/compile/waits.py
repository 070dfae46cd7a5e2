"""Where a routine waits for a key: what its author should know of a file, which cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.model import Wait
from voiceguide.plan import plan
from voiceguide.units import format_duration
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.errors import Problem
    from voiceguide.model import Routine
    from voiceguide.plan import Choices


def waits_in_file(routine: Routine, choices: Choices) -> tuple[Problem, ...]:
    """A warning for each step that waits, however often it is done, with the pause that stands for it in a file.

    Raises RequestError where nothing is left to do.
    """
    waits = (action for action in plan(routine, choices) if isinstance(action, Wait))
    told = (problem("wait-in-file", wait.place, pause=format_duration(wait.pause_ms)) for wait in waits)
    return tuple(dict.fromkeys(told))
