"""`voiceguide check`: every problem of every script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import examples, session_options

if TYPE_CHECKING:
    from voiceguide.errors import Problem
    from voiceguide.files import Folders


@click.command(
    "check",
    short_help="Find every problem in routines and programmes.",
    epilog=examples("voiceguide check mine.yaml", "voiceguide check scripts/routines/*.yaml"),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="For editors.")
@session_options
@click.pass_context
def command(context: click.Context, /, names: tuple[str, ...], *, as_json: bool, **_: Any) -> None:
    """Check routines, and whether what they say fits, and programmes: every problem, with its place.

    Exit code 1 where there is an error, 0 where there are only warnings.
    """
    from voiceguide.cli.problems import problems_json, show_problems  # noqa: PLC0415 (heavy commands share it)
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)

    folders = user_folders()
    # What is wrong with an option, or with a file that several include, is said once.
    problems = list(dict.fromkeys(found for name in names for found in _check(context, name, folders)))
    if as_json:
        click.echo(problems_json(problems))
    else:
        show_problems(problems)
    errors = sum(found.severity == "error" for found in problems)
    warnings = len(problems) - errors
    if not as_json:
        click.echo(_sum(len(names), errors, warnings))
    context.exit(1 if errors else 0)


def _check(context: click.Context, name: str, folders: Folders) -> tuple[Problem, ...]:
    from voiceguide.cli.mixing import check_music  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.programmes import course_named  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.errors import VoiceguideError  # noqa: PLC0415 (as above)

    warnings: tuple[Problem, ...] = ()
    try:
        if course_named(name, folders):
            return ()
        with prepare(context, name, folders, quiet=True) as session:
            warnings = session.warnings
            check_music(session)
    except VoiceguideError as error:
        return (*warnings, *error.problems)
    return warnings


def _sum(files: int, errors: int, warnings: int) -> str:
    from voiceguide.cli.table import counted  # noqa: PLC0415 (heavy commands share it)

    if not errors and not warnings:
        return f"{counted(files, 'file')}: no problems"
    return f"{counted(files, 'file')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}"
