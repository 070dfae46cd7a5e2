"""`voiceguide list`: the routines and programmes that can be called by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import listing_options

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.cli.programmes import Course
    from voiceguide.cli.sessions import Prepared
    from voiceguide.errors import Problem
    from voiceguide.model import Routine


@click.command("list", short_help="List the routines and programmes.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@listing_options
@click.pass_context
def command(context: click.Context, /, *, as_json: bool, **_: Any) -> None:
    """List the routines, what each is for, how long it takes, what it needs; and the programmes.

    A routine that is not in the language asked for is listed in its own; one that has nothing for a listener with
    `--avoid` or `--without` is not listed.
    """
    from voiceguide.cli.problems import show_problems  # noqa: PLC0415 (only this command needs it)
    from voiceguide.cli.programmes import open_course  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.sessions import nothing_left, prepare  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.errors import ScriptError, VoiceguideError  # noqa: PLC0415 (as above)
    from voiceguide.files import named_programmes, named_routines, user_folders  # noqa: PLC0415 (as above)

    folders = user_folders()
    found = []
    broken: list[Problem] = []
    for name, path in named_routines(folders):
        try:
            with prepare(context, str(path), folders, quiet=True, any_language=True) as session:
                found.append(_routine(name, path, session))
        except VoiceguideError as error:
            if nothing_left(error):
                continue
            if not all(found.place for found in error.problems):
                raise
            broken += error.problems
    programmes = []
    for name, path in named_programmes(folders):
        try:
            programmes.append(_programme(name, path, open_course(path, folders, context.params["language"])))
        except ScriptError as error:
            broken += error.problems
    if as_json:
        data = {"routines": found, "programmes": programmes}
        from voiceguide.cli.problems import json_text  # noqa: PLC0415 (people need no JSON)

        click.echo(json_text(data))
    else:
        _print(found, programmes)
    show_problems(broken)
    if broken:
        context.exit(ScriptError.exit_code)


def _print(routines: list[dict[str, Any]], programmes: list[dict[str, Any]]) -> None:
    from voiceguide.cli.table import counted, print_table  # noqa: PLC0415 (other commands need none of these)
    from voiceguide.summary import clock  # noqa: PLC0415 (as above)

    rows = [
        (item["name"], item["title"], item["summary"], clock(item["duration_ms"]), ", ".join(item["needs"]))
        for item in routines
    ]
    print_table(("name", "title", "what for", "length", "equipment"), rows, right=("length",))
    if programmes:
        click.echo()
        weeks = [
            (item["name"], item["title"], item["summary"], counted(item["weeks"], "week"))
            for item in programmes
        ]
        print_table(("programme", "title", "what for", "length"), weeks, right=("length",))


def _routine(name: str, path: Path, session: Prepared) -> dict[str, Any]:
    routine = session.planned.routine if session.planned else None
    return {
        "name": name,
        "title": session.timeline.title,
        "summary": routine.summary if routine else "",
        "duration_ms": session.timeline.duration_ms,
        "needs": sorted(_equipment(routine)) if routine else [],
        "file": str(path),
    }


def _programme(name: str, path: Path, course: Course) -> dict[str, Any]:
    programme = course.programme
    return {
        "name": name,
        "title": programme.title,
        "summary": programme.summary,
        "weeks": len(programme.weeks),
        "file": str(path),
    }


def _equipment(routine: Routine) -> set[str]:
    from voiceguide.suitable import exercise_steps  # noqa: PLC0415 (other commands need none of these)

    return {need for step in exercise_steps(routine.steps) for need in step.exercise.needs}
