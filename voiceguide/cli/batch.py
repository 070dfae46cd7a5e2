"""`voiceguide batch`: a plan with a row a listener becomes a folder of audio files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.many.given import KeepsArguments
from voiceguide.cli.options import at_once_options, examples, session_options
from voiceguide.cli.values import Bitrate, FilePath

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.errors import Problem


@click.command(
    "batch",
    cls=KeepsArguments,
    short_help="Render a plan: a row a listener.",
    epilog=examples(
        "voiceguide batch plan.csv -o out",
        "voiceguide batch plan.csv -o out --language de --jobs 4",
        "voiceguide batch plan.csv -o out --cluster tcp://10.0.0.5:8786",
    ),
)
@click.argument("plan", type=FilePath())
@click.option(
    "-o", "--output", type=FilePath(), required=True, metavar="FOLDER", help="Where the files are written."
)
@click.option(
    "--bitrate", type=Bitrate(), metavar="KBIT/S", help="Of an MP3.  [default: 64, or 128 with music]"
)
@at_once_options
@session_options
@click.pass_context
def command(
    context: click.Context,
    /,
    plan: Path,
    output: Path,
    jobs: int | None,
    cluster: str | None,
    *,
    again: bool,
    allow_outside: bool,
    **_: Any,
) -> None:
    """Render every row of a plan, a CSV file with a column `routine` and one for each option that rows say.

    What a row leaves open is as the options here say. A row that fails keeps no other one from being rendered. Called
    again, it goes on where it was stopped.
    """
    from voiceguide.cli.many.given import given_options  # noqa: PLC0415 (it imports `render`)
    from voiceguide.cli.many.job import Done, Failed, settings  # noqa: PLC0415 (as above)
    from voiceguide.cli.many.outside import Reach  # noqa: PLC0415 (as above)
    from voiceguide.cli.many.plan import read_plan  # noqa: PLC0415 (as above)
    from voiceguide.cli.many.rendering import not_rendered, render_all, show_failures, workers_for  # noqa: PLC0415 (as above)
    from voiceguide.cli.problems import show_problems  # noqa: PLC0415 (as above)
    from voiceguide.errors import ScriptError  # noqa: PLC0415 (as above)
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)

    folders = user_folders()
    rows = read_plan(Reach(plan, folders, allow_outside))
    total, possible = len(rows.files), len(rows.files) - len(rows.wrong)
    todo = rows.jobs(given_options(context), settings("batch", output, bound=True))
    opening = workers_for(cluster, jobs, possible)
    rendered = there = 0
    failures = {number: Failed(tuple(found), ScriptError.exit_code) for number, found in rows.wrong.items()}
    # Many rows are of one routine: what its author should know is said once.
    warnings: dict[Problem, None] = {}
    try:
        for job, result in render_all(todo, possible, output, folders, opening, again=again):
            if isinstance(result, Failed):
                failures[job.number] = not_rendered(job, result, rows.place(job.number))
            elif isinstance(result, Done):
                rendered += 1
                warnings |= dict.fromkeys(result.warnings)
            else:
                there += 1
    finally:
        show_problems(warnings)
        code = show_failures(failures)
        click.echo(_sum(total, rendered, there, len(failures)))
    context.exit(code)


def _sum(total: int, rendered: int, there: int, failed: int) -> str:
    from voiceguide.cli.table import counted  # noqa: PLC0415 (only what runs needs it)

    left = total - rendered - there - failed
    parts = ((rendered, "rendered"), (there, "already there"), (failed, "failed"), (left, "left to do"))
    said = ", ".join(f"{number} {what}" for number, what in parts if number)
    return f"{counted(total, 'row')}: {said}"
