"""Names in braces in a text to be spoken: which may stand where, and what they ask of a dose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from voiceguide.dose import Breaths, Hold, Reps
from voiceguide.model import HOLD_PHASE, phase_lengths
from voiceguide.phrases import LANGUAGES
from voiceguide.phrases.address import joined_name, names_alone
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.dose import Dose
    from voiceguide.errors import Place, Problem
    from voiceguide.model import Exercise
    from voiceguide.script.nodes import TextNode

SIDE_NAMES = ("side", "other")
AHEAD_NAMES = ("next", "left")
LISTENER_NAMES = ("name",)
DOSE_NAMES = ("hold", "sets", "reps")
_MOST_TOLD = 10
_NAMED = re.compile(r"\{\s*([^\W\d][\w-]*)\s*(?::\s*(\w+)\s*)?\}")


@dataclass(frozen=True)
class Demand:
    """What a text, or its time, asks for: a hold, reps, the end of a hold, or the next name; and where it was `written`.

    `of_cue` is whether a step's own cues take its place. `language` is the text's where it is said in no other.
    """

    wanted: Literal["hold", "reps", "end", "next"]
    written: str
    place: Place
    of_cue: bool = False
    language: str | None = None


def exercise_names(*, sided: bool) -> tuple[str, ...]:
    """The names that the words of an exercise may have."""
    return (*DOSE_NAMES, *AHEAD_NAMES, *LISTENER_NAMES, *(SIDE_NAMES if sided else ()))


def names_in(text: str) -> set[str]:
    """The names that a text has in braces."""
    return {match[1] for match in _NAMED.finditer(text)}


def check_braces(
    node: TextNode, names: tuple[str, ...], language: str | None, problems: list[Problem]
) -> Iterator[Demand]:
    """What the names of a text ask for, each once; one that may not stand here is a problem, and ten of a text are enough.

    So is a form of a side that the language does not have; None is one that is not known.
    """
    before = len(problems)
    asked: set[str] = set()
    for match in _NAMED.finditer(node.text):
        if len(problems) - before == _MOST_TOLD:
            return
        name, form = match.groups()
        place = node.part(*match.span())
        if name not in names or (form and name not in SIDE_NAMES):
            known = ", ".join(f"{{{known}}}" for known in names)
            hint = {"near": f"known here: {known}"} if names else {}
            problems.append(problem("brace-unknown", place, name=match.group(), **hint))
        elif form and language and form not in (forms := _side_forms(language)):
            known = ", ".join(f"{{{name}:{one}}}" if one else f"{{{name}}}" for one in forms)
            problems.append(
                problem(
                    "side-form-unknown",
                    place,
                    name=match.group(),
                    language=language_name(language),
                    known=known,
                )
            )
        elif name in ("hold", "reps", "next") and name not in asked:
            asked.add(name)
            yield Demand(cast("Literal['hold', 'reps', 'next']", name), match.group(), place)
    if "name" in names:
        problems.extend(_of_listener(node))


def check_path_braces(node: TextNode, names: tuple[str, ...], problems: list[Problem]) -> bool:
    """Whether every name in a path is among `names` and written plainly; the first other one is a problem."""
    known = [f"{{{name}}}" for name in names]
    wrong = next((match for match in _NAMED.finditer(node.text) if match.group() not in known), None)
    if wrong:
        hint = {"near": f"known here: {', '.join(known)}"} if known else {}
        problems.append(problem("brace-unknown", node.part(*wrong.span()), name=wrong.group(), **hint))
    return wrong is None


def offered(exercise: Exercise, dose: Dose) -> frozenset[str]:
    """What a settled dose offers of all that a text may ask of it."""
    offers = {
        "hold": _holds(exercise, dose),
        "reps": isinstance(dose.work, Reps | Breaths),
        "end": isinstance(dose.work, Hold),
    }
    return frozenset(name for name, offer in offers.items() if offer)


def unmet(
    demands: Iterable[Demand], exercise: Exercise, offers: frozenset[str], step: Place
) -> Iterator[Problem]:
    """A problem for each demand that a dose, written at `step`, does not meet with what it `offers`."""
    where = f"{step.file}:{step.line}"
    for demand in demands:
        if demand.wanted in offers or demand.wanted == "next":
            continue
        if demand.wanted == "end":
            yield problem("cue-from-end", demand.place, where=where)
            continue
        yield problem(
            "brace-without-value",
            demand.place,
            name=demand.written,
            exercise=exercise.id,
            lack="hold" if demand.wanted == "hold" else "reps or breaths",
            where=where,
        )


def foreign_names(demands: Iterable[Demand], played: str) -> Iterator[Problem]:
    """A problem for each name of an exercise, which is in the language played, that a text in another one asks for."""
    for demand in demands:
        if demand.wanted == "next" and demand.language not in (None, played):
            yield problem(
                "next-in-other-language",
                demand.place,
                name=demand.written,
                played=language_name(played),
                language=language_name(demand.language or played),
            )


def language_name(code: str) -> str:
    """A language as messages name it: "German (de)"."""
    return f"{LANGUAGES[code].name} ({code})" if code in LANGUAGES else f"'{code}'"


def _of_listener(node: TextNode) -> Iterator[Problem]:
    """A problem where nothing that can be said would be left of a text without the listener's name."""
    if names_alone(node.text):
        yield problem("name-alone", node.place)
    elif joined := joined_name(node.text):
        yield problem("name-joined", node.part(*joined))


def _side_forms(code: str) -> tuple[str, ...]:
    return tuple(LANGUAGES[code].sides) if code in LANGUAGES else ("",)


def _holds(exercise: Exercise, dose: Dose) -> bool:
    if not isinstance(dose.work, Reps):
        return isinstance(dose.work, Hold)
    phases = zip(exercise.phases, phase_lengths(exercise, dose), strict=False)
    return any(word == HOLD_PHASE and ms for word, ms in phases)
