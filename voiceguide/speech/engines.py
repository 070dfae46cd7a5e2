"""Speech engines by name: the plug point `voiceguide.engines`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from voiceguide.errors import RequestError
from voiceguide.speech.apart import ApartEngine
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
_FRONTS = {**OWN, "piper": "voiceguide.speech.piper_engine:open_unloaded"}
"""What tells the voices of our own engines in this process."""


def engine_names() -> list[str]:
    """The engines that are known, sorted; one of them may need an extra to open."""
    return sorted(OWN.keys() | _installed().names)


def open_engine(name: str) -> ApartEngine:
    """The engine called `name`, at arm's length: it speaks in a process of its own; the caller closes it.

    Our own engines tell of themselves in this process, others only in theirs. Raises RequestError `unknown-engine`, or
    `engine-extra` for one whose libraries are not installed, and SpeechError `engine-failed` for one that does not start.
    """
    name = name.lower()
    if name in OWN:
        return ApartEngine(name, _factory(_FRONTS[name])())
    if name not in _installed().names:
        raise _unknown(name)
    return ApartEngine(name)


def load_engine(name: str) -> Engine:
    """The engine in this process, where it may do any harm; raises as `open_engine`, and what a foreign engine raises."""
    return (_factory(OWN[name]) if name in OWN else _searched(name))()


def _factory(entry: str) -> Callable[[], Engine]:
    module, _, function = entry.partition(":")
    return cast("Callable[[], Engine]", getattr(import_module(module), function))


def _searched(name: str) -> Callable[[], Engine]:
    for entry in _installed():
        if entry.name == name:
            return cast("Callable[[], Engine]", entry.load())
    raise _unknown(name)


def _unknown(name: str) -> RequestError:
    return RequestError(problem("unknown-engine", None, engine=name, **near(name, engine_names())))


def _installed() -> EntryPoints:
    from importlib.metadata import entry_points  # noqa: PLC0415 (our own engines need no search)

    return entry_points(group=GROUP)
