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
from voiceguide.units import format_seconds
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
                limit=_limit(limit_ms),
                low=_length(found.low_ms),
                high=_length(found.high_ms),
            )
        )
    return found


def describe_fit(found: Fit) -> str:
    """The dose that was found, how long its session is, and by how much it missed the time."""
    missed_ms = found.limit_ms - _whole(found.length_ms)
    told = f"dose {found.dose} %: {_length(found.length_ms)}"
    if missed_ms > 0:
        told += f", {_difference(missed_ms)} under {_limit(found.limit_ms)}"
    if found.exhausted:
        told += f"; the routine goes from {_length(found.low_ms)} at dose 0 % to {_length(found.high_ms)} at 100 %"
    return told


def _whole(ms: int) -> int:
    """The length in whole seconds, given in ms, rounded up: what is shown to fit into a time does."""
    return -(-ms // 1_000) * 1_000


def _length(ms: int) -> str:
    return clock(_whole(ms))


def _limit(ms: int) -> str:
    """The time as exact as it was asked for: `11:15`, `1:30.5`, `0.5 s`."""
    if ms < 1_000:  # noqa: PLR2004 (ms of a second)
        return f"{format_seconds(ms)} s"
    return clock(ms) + format_seconds(ms % 1_000)[1:]


def _difference(ms: int) -> str:
    hours, rest = divmod(ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    parts = ((str(hours), "h"), (str(minutes), "min"), (format_seconds(rest), "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number != "0")
