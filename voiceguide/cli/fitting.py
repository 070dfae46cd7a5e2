"""`--fit`: the dose whose session fills a time without passing it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.cli.progress import progress
from voiceguide.compile import draft
from voiceguide.errors import RequestError
from voiceguide.fit import Fit, best_fit
from voiceguide.plan import distinct_doses
from voiceguide.summary import clock
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from voiceguide.model import Routine
    from voiceguide.plan import Choices
    from voiceguide.timeline import Source, Voice


def fit(
    routine: Routine,
    choices: Choices,
    limit_ms: int,
    measure: Callable[[Iterable[Source]], Mapping[Source, int]],
    voice: Voice,
) -> Fit:
    """The dose whose session, spoken lengths included, comes nearest to `limit_ms` without passing it.

    `measure` gives the lengths in ms of sources; it is called once. Raises RequestError where every session is longer.
    """
    drafts = {dose: draft(routine, replace(choices, dose=dose)) for dose in distinct_doses(routine, choices)}
    sources = dict.fromkeys(source for one in drafts.values() for source in one.sources)
    lengths = measure(sources)
    durations: dict[int, int] = {}
    with progress("Fitting") as advance:
        for dose, one in drafts.items():
            durations[dose] = one.timeline(lengths, voice)[0].duration_ms
            advance(len(durations), len(drafts))
    found = best_fit(limit_ms, durations)
    if found.dose is None:
        raise RequestError(
            problem(
                "fit-too-long",
                routine=routine.title,
                limit=clock(limit_ms),
                low=clock(found.low_ms),
                high=clock(found.high_ms),
            )
        )
    return found


def describe_fit(found: Fit) -> str:
    """The dose that was found, how long its session is, and by how much it missed the time."""
    missed = found.limit_ms // 1_000 - found.length_ms // 1_000
    told = f"dose {found.dose} %: {clock(found.length_ms)}"
    if missed:
        told += f", {_seconds(missed)} under {clock(found.limit_ms)}"
    if found.exhausted:
        told += (
            f"; the routine goes from {clock(found.low_ms)} at dose 0 % to {clock(found.high_ms)} at 100 %"
        )
    return told


def _seconds(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return " ".join(f"{number} {unit}" for number, unit in ((minutes, "min"), (rest, "s")) if number)
