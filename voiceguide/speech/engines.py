"""Speech engines by name: the plug point `voiceguide.engines`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, cast

from voiceguide.errors import RequestError
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.speech.engine import Engine

GROUP = "voiceguide.engines"
"""Entry points of this group are functions without arguments that give an `Engine`."""
DEFAULT_ENGINE = "pyttsx3"


def engine_names() -> list[str]:
    """The engines that are known, sorted; one of them may need an extra to open."""
    return sorted({entry.name for entry in entry_points(group=GROUP)})


def open_engine(name: str) -> Engine:
    """The engine called `name`, ready to speak; the caller closes it.

    Raises RequestError `unknown-engine`, or `engine-extra` for one whose libraries are not installed, and
    SpeechError `engine-failed` for one that does not start.
    """
    factory = cast("Callable[[], Engine]", _entry(name).load())
    return factory()


def _entry(name: str) -> EntryPoint:
    found = [entry for entry in entry_points(group=GROUP) if entry.name == name.lower()]
    if not found:
        raise RequestError(problem("unknown-engine", None, engine=name, **near(name, engine_names())))
    return found[0]
