"""Speech engines by name: the plug point `voiceguide.engines`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from voiceguide.errors import RequestError
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.metadata import EntryPoints

    from voiceguide.speech.engine import Engine

GROUP = "voiceguide.engines"
"""Entry points of this group are functions without arguments that give an `Engine`."""
DEFAULT_ENGINE = "pyttsx3"

OWN = {
    "piper": "voiceguide.speech.piper_engine:open_engine",
    "pyttsx3": "voiceguide.speech.pyttsx3_engine:open_engine",
}
"""Our own entry points: a search among all that is installed takes longer than the rest of opening an engine."""


def engine_names() -> list[str]:
    """The engines that are known, sorted; one of them may need an extra to open."""
    return sorted(OWN.keys() | _installed().names)


def open_engine(name: str) -> Engine:
    """The engine called `name`, ready to speak; the caller closes it.

    Raises RequestError `unknown-engine`, or `engine-extra` for one whose libraries are not installed, and
    SpeechError `engine-failed` for one that does not start.
    """
    module, _, function = OWN.get(name.lower(), "").partition(":")
    factory = getattr(import_module(module), function) if module else _searched(name)
    return cast("Callable[[], Engine]", factory)()


def _searched(name: str) -> object:
    for entry in _installed():
        if entry.name == name.lower():
            return entry.load()
    raise RequestError(problem("unknown-engine", None, engine=name, **near(name, engine_names())))


def _installed() -> EntryPoints:
    from importlib.metadata import entry_points  # noqa: PLC0415 (our own engines need no search)

    return entry_points(group=GROUP)
