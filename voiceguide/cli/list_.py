"""`voiceguide list`: the routines that can be called by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import speech_options, timing_options

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from voiceguide.cli.sessions import Prepared
    from voiceguide.errors import Problem
    from voiceguide.model import Step


@click.command("list", short_help="List the routines.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@speech_options
@timing_options
@click.pass_context
def command(context: click.Context, /, *, as_json: bool, **_: Any) -> None:
    """List the routines: what each is for, how long it takes, what it needs."""
    from voiceguide.cli.problems import show_problems  # noqa: PLC0415 (only this command needs it)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.errors import ScriptError, VoiceguideError  # noqa: PLC0415 (as above)
    from voiceguide.files import named_routines, user_folders  # noqa: PLC0415 (as above)
    from voiceguide.summary import clock  # noqa: PLC0415 (as above)

    folders = user_folders()
    found = []
    broken: list[Problem] = []
    for name, path in named_routines(folders):
        try:
            with prepare(context, str(path), folders, warn=False) as session:
                found.append(_entry(name, path, session))
        except VoiceguideError as error:
            if not all(found.place for found in error.problems):
                raise
            broken += error.problems
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        from voiceguide.cli.table import print_table  # noqa: PLC0415 (as above)

        rows = [
            (
                item["name"],
                item["title"],
                item["summary"],
                clock(item["duration_ms"]),
                ", ".join(item["needs"]),
            )
            for item in found
        ]
        print_table(("name", "title", "what for", "length", "equipment"), rows, right=("length",))
    show_problems(broken)
    if broken:
        context.exit(ScriptError.exit_code)


def _entry(name: str, path: Path, session: Prepared) -> dict[str, Any]:
    routine = session.routine
    return {
        "name": name,
        "title": session.timeline.title,
        "summary": routine.summary if routine else "",
        "duration_ms": session.timeline.duration_ms,
        "needs": sorted(equipment(routine.steps)) if routine else [],
        "file": str(path),
    }


def equipment(steps: Iterable[Step]) -> set[str]:
    """What the exercises of some steps need."""
    from voiceguide.model import ExerciseStep, Section  # noqa: PLC0415 (as above)

    needs: set[str] = set()
    for step in steps:
        if isinstance(step, Section):
            needs |= equipment(step.steps)
        elif isinstance(step, ExerciseStep):
            needs |= set(step.exercise.needs)
    return needs
