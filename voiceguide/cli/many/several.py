"""Several routines by name, or all that there are, each into its file in the folder `audio`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.many.given import given_options
from voiceguide.cli.many.job import Done, Failed, Job, settings
from voiceguide.cli.many.rendering import There, not_rendered, render_all, show_failures, workers_for
from voiceguide.cli.problems import printable, show_problems
from voiceguide.cli.wishes import from_command_line
from voiceguide.errors import RequestError, VoiceguideError
from voiceguide.files import named_routines, routine_path
from voiceguide.summary import clock
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.cli.many.rendering import Result
    from voiceguide.errors import Problem
    from voiceguide.files import Folders

AUDIO = Path("audio")
"""Where files are rendered to unless a command says otherwise."""


def render_several(context: click.Context, names: tuple[str, ...], folders: Folders) -> int:
    """Render routines, all that can be called by name where none is named; returns the exit code.

    What came of them is told in their order. Raises RequestError before anything is rendered: for two routines that
    would become one file, and for names where nothing has any of them.
    """
    for option in ("programme", "day", "start"):
        if from_command_line(context, option):
            raise RequestError(problem("programme-of-one", option=f"--{option}"))
    routines = tuple(dict.fromkeys(names)) or tuple(name for name, _ in named_routines(folders))
    files, unknown = _files(routines, folders)
    shared, given = settings("render", AUDIO), given_options(context)
    jobs = [Job(number, routines[number], given, file, shared) for number, file in files.items()]
    opening = workers_for(context.params["cluster"], context.params["jobs"], len(jobs))
    results: dict[int, tuple[Job, Result]] = {}
    try:
        for job, result in render_all(
            jobs, len(jobs), AUDIO, folders, opening, again=context.params["again"]
        ):
            results[job.number] = (job, result)
    finally:
        code = tell(results, unknown)
    return code


def _files(routines: tuple[str, ...], folders: Folders) -> tuple[dict[int, str], dict[int, Failed]]:
    """The file of each routine by its number, one that is named in two ways once; and those that there are none of."""
    alike: list[Problem] = []
    unknown: dict[int, Failed] = {}
    taken: dict[str, tuple[str, Path]] = {}
    files: dict[int, str] = {}
    for number, name in enumerate(routines):
        try:
            path = routine_path(name, folders).absolute()
        except VoiceguideError as error:
            unknown[number] = Failed(error.problems, error.exit_code)
            continue
        file = f"{path.stem}.mp3"
        other, there = taken.setdefault(file.casefold(), (name, path))
        if there != path:
            alike.append(problem("outputs-alike", one=other, other=name, file=AUDIO / file))
        elif other == name:
            files[number] = file
    if alike or not files:
        raise RequestError(*(found for failed in unknown.values() for found in failed.problems), *alike)
    return files, unknown


def tell(results: dict[int, tuple[Job, Result]], unknown: dict[int, Failed]) -> int:
    """Tell what came of the jobs; returns the exit code."""
    failures = dict(unknown)
    for number, (job, result) in sorted(results.items()):
        if isinstance(result, Failed):
            failures[number] = not_rendered(job, result)
        elif isinstance(result, There):
            click.echo(f"{printable(str(job.path))}  already there")
        elif isinstance(result, Done):
            for line in result.told:
                click.echo(printable(f"{job.routine}: {line}"), err=True)
            show_problems(result.warnings)
            size = result.stamp[0] / 1e6 if result.stamp else 0.0
            click.echo(f"{printable(str(job.path))}  {clock(result.duration_ms)}  {size:.1f} MB")
    return show_failures(failures)
