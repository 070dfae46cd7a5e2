"""A routine with the listener's choices and no voice: for what is made of a plan, such as a workout for a watch."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from voiceguide.cli.fitting import describe_fit, fit
from voiceguide.cli.sessions import Planned, load_routine, told_of
from voiceguide.cli.wishes import as_wished, choices, dosing, equipment, language_wish, only
from voiceguide.compile import draft
from voiceguide.compile.guess import guessed_ms
from voiceguide.files import DiskLibrary, read_include
from voiceguide.timeline import Sound, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import click

    from voiceguide.errors import Problem
    from voiceguide.files import Folders
    from voiceguide.timeline import Source

_TONE_MS = 200
_NOBODY = Voice("", "", 0)


def planned_silently(
    context: click.Context, path: Path, folders: Folders
) -> tuple[Planned, tuple[Problem, ...], tuple[str, ...]]:
    """A routine file as the options of `session_options` want it, its warnings, and what its listener is told.

    `--fit` goes by estimated lengths, since nothing is spoken. Raises VoiceguideError.
    """
    library = DiskLibrary(folders, context.params["allow_outside"])
    language = language_wish(context)
    routine, problems = load_routine(path, library, read_include, language.code, strict=not language.standing)
    wished = dosing(context, routine.dose)
    chosen = replace(
        choices(context, wished.percent),
        without=equipment(context, library, routine),
        only=only(context, routine),
    )
    planned = Planned(as_wished(context, routine), chosen)
    told: tuple[str, ...] = ()
    if wished.fit_ms is not None:
        measure = partial(guessed_lengths, language=routine.language)
        fitted = fit(planned.routine, chosen, wished.fit_ms, measure, _NOBODY)
        planned = replace(planned, choices=replace(chosen, dose=fitted.dose))
        told = (f"{describe_fit(fitted)}; estimated: play or render it with --dose {planned.dose}",)
    return planned, problems, (*told_of(planned, None), *told)


def planned_length_ms(planned: Planned) -> int:
    """About how long a session is, in ms, its words among it: no clip is made or looked for."""
    words = draft(planned.routine, planned.choices)
    lengths = guessed_lengths(words.sources, words.language)
    return words.timeline(lengths, _NOBODY)[0].duration_ms


def guessed_lengths(sources: Iterable[Source], language: str) -> dict[Source, int]:
    """About how long each clip is, in ms, in a session in this language."""
    return {
        source: _TONE_MS if isinstance(source, Sound) else guessed_ms(source, language) for source in sources
    }
