"""Other timers' files in tests, and what is done in the script that comes of one."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from tests.compile.support import SHELF, Shelf
from voiceguide.cli.problems import format_problem
from voiceguide.importing.jawt import read_jawt
from voiceguide.importing.plain_list import read_list
from voiceguide.importing.script_text import Known, script_text
from voiceguide.model import Rest
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices, GetReady, Work, plan
from voiceguide.script.keys import VERBS, names
from voiceguide.script.nodes import SourceFile
from voiceguide.script.routine import read_routine

if TYPE_CHECKING:
    from voiceguide.errors import Problem
    from voiceguide.importing.timer import Timer

KNOWN = {"fold": Known("fold", sided=False), "lean": Known("lean", sided=True)}


def from_json(data: Any) -> Timer:
    """The one timer of an export that has no problems."""
    timers, problems = read_jawt("t.json", data if isinstance(data, str) else json.dumps(data))
    assert problems == []
    (timer,) = timers
    return timer


def from_list(text: str) -> Timer:
    """The timer of a list that has no problems."""
    timers, problems = read_list("t.txt", dedent(text), "List", LANGUAGES)
    assert problems == []
    (timer,) = timers
    return timer


def script(timer: Timer, language: str | None = None) -> str:
    """The script of a timer, for a library that has an exercise Fold, and one called Lean that has sides."""
    return script_text(timer, KNOWN, names(VERBS), language)


def body(timer: Timer) -> str:
    """The script without the comment at its head."""
    return script(timer).partition("has fewer.\n")[2]


def report(problems: list[Problem]) -> str:
    """Problems as the command shows them."""
    return "\n".join(format_problem(found) for found in problems)


def done(text: str) -> list[tuple[str, int]]:
    """Every piece of work and rest of a script with its ms, in order; it has no problems but warnings."""
    routine, problems = read_routine(SourceFile("made.yaml", text), Shelf(SHELF), _no_includes)
    assert routine is not None, report(list(problems))
    found: list[tuple[str, int]] = []
    for action in plan(routine, Choices(safety=False)):
        match action:
            case GetReady(_, _, rest) if rest:
                found.append(("rest", rest.ms))
            case Rest(ms):
                found.append(("rest", ms))
            case Work(performance):
                found.append(("work", performance.set_ms))
    return found


def _no_includes(including: str, written: str) -> SourceFile:
    raise LookupError(including, written)
