"""`voiceguide play`: a routine, live."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from voiceguide.cli.options import examples, programme_options, session_options


@click.command(
    "play",
    short_help="Play a routine now.",
    epilog=examples(
        "voiceguide play evening",
        "voiceguide play morning --fit 15m --avoid knee",
        "voiceguide play mine.yaml --voice en-gb",
        "voiceguide play --programme runner-low-back --start 2026-11-23",
    ),
)
@click.argument("name", required=False)
@click.option(
    "--output",
    metavar="DEVICE|null|FILE.wav",
    help="A sound device by name; `null` for none, in real time; or a file that captures what would be heard.",
)
@programme_options
@session_options
@click.pass_context
def command(context: click.Context, /, name: str | None, output: str | None, **_: Any) -> None:
    """Play a routine, or a timeline made by `compile`, now.

    Space pauses and resumes, n and b go to the next and the previous exercise, q stops.
    """
    from voiceguide.cli.mixing import open_mixer  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.programmes import refuse_one_file, tasks  # noqa: PLC0415 (as above)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (as above)
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)
    from voiceguide.player.keys import terminal_keys  # noqa: PLC0415 (as above)
    from voiceguide.player.outputs import open_output  # noqa: PLC0415 (as above)
    from voiceguide.player.session import play  # noqa: PLC0415 (as above)
    from voiceguide.player.views import open_view  # noqa: PLC0415 (as above)
    from voiceguide.summary import clock  # noqa: PLC0415 (as above)

    folders = user_folders()
    if output is not None:
        _check_capture(output)
    todo = tasks(context, name, folders)
    if output is not None and Path(output).suffix.lower() == ".wav":
        refuse_one_file(todo, "--output")
    for task in todo:
        with (
            prepare(context, task.name, folders, dose=task.dose) as session,
            open_mixer(session, folders) as mixer,
            terminal_keys() as keys,
            open_view(sys.stdout) as view,
        ):
            outcome = play(mixer, session.timeline, open_output(output), keys, view)
        if not outcome.finished:
            where = f" in {outcome.chapter}" if outcome.chapter else ""
            click.echo(f"Stopped at {clock(outcome.position_ms)}{where}")
            return
        click.echo(f"Finished: {clock(session.timeline.duration_ms)}")


def _check_capture(output: str) -> None:
    """Refuse what looks like the name of a sound file but cannot be captured into; raises RequestError."""
    from voiceguide.audio.encode import FORMATS  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    suffix = Path(output).suffix.lower()
    if suffix in FORMATS and suffix != ".wav":
        raise RequestError(problem("capture-format", suffix=suffix, known=", ".join(FORMATS)))
