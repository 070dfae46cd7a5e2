"""`voiceguide render`: a routine becomes an audio file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.many.given import KeepsArguments
from voiceguide.cli.options import at_once_options, examples, programme_options, session_options
from voiceguide.cli.values import Bitrate, FilePath

if TYPE_CHECKING:
    from voiceguide.cli.programmes import Task
    from voiceguide.files import Folders


@click.command(
    "render",
    cls=KeepsArguments,
    short_help="Write routines to MP3s, or a routine to another audio file.",
    epilog=examples(
        "voiceguide render evening",
        "voiceguide render evening --fit 15m --music rain.mp3",
        "voiceguide render mine.yaml -o mine.wav --rate 130",
        "voiceguide render evening morning neck-reset",
        "voiceguide render --programme runner-low-back --day 3",
    ),
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "every", is_flag=True, help="Render every routine that `voiceguide list` shows.")
@click.option(
    "-o",
    "--output",
    type=FilePath(),
    help="The file to write: .mp3, .wav, .flac, .m4a, .m4b, .ogg or .opus.  [default: audio/NAME.mp3]",
)
@click.option(
    "--bitrate", type=Bitrate(), metavar="KBIT/S", help="Of an MP3.  [default: 64, or 128 with music]"
)
@at_once_options
@programme_options
@session_options
@click.pass_context
def command(
    context: click.Context, /, names: tuple[str, ...], output: Path | None, *, every: bool, **_: Any
) -> None:
    """Render a routine, or a timeline made by `compile`, to an audio file for a phone.

    Several are rendered at once. Called again, it goes on where it was stopped.
    """
    from voiceguide.errors import RequestError  # noqa: PLC0415 (heavy commands share it)
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    folders = user_folders()
    if every and names:
        raise RequestError(problem("all-and-name", names=", ".join(names)))
    if not every and len(set(names)) <= 1:
        _render_one(context, names[0] if names else None, output, folders)
        return
    if output is not None:
        raise RequestError(problem("output-of-routines"))
    from voiceguide.cli.many.several import render_several  # noqa: PLC0415 (one routine needs none of it)

    context.exit(render_several(context, names, folders))


def _render_one(context: click.Context, name: str | None, output: Path | None, folders: Folders) -> None:
    """A routine, or what a programme has on a day."""
    from voiceguide.audio.encode import check_format  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.problems import printable  # noqa: PLC0415 (as above)
    from voiceguide.cli.programmes import refuse_one_file, tasks  # noqa: PLC0415 (as above)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (as above)
    from voiceguide.cli.writing import write_session  # noqa: PLC0415 (as above)
    from voiceguide.files import make_folder  # noqa: PLC0415 (as above)
    from voiceguide.summary import clock  # noqa: PLC0415 (as above)

    bitrate: int | None = context.params["bitrate"]
    if output is not None:
        check_format(output, bitrate)
    todo = tasks(context, name, folders)
    if output is not None:
        refuse_one_file(todo, "-o")
    for task in todo:
        with prepare(context, task.name, folders, dose=task.dose) as session:
            path = output or Path("audio") / f"{_file_name(task, session.name)}.mp3"
            check_format(path, bitrate)
            if output is None:
                make_folder(path.parent)
            write_session(session, path, folders, bitrate=bitrate)
        size = path.stat().st_size / 1e6
        click.echo(f"{printable(str(path))}  {clock(session.timeline.duration_ms)}  {size:.1f} MB")


def _file_name(task: Task, name: str) -> str:
    """The routine's name, after its programme and day where it has them."""
    if task.course is None or task.day is None:
        return name
    return f"{task.course.name}-day-{task.day.number:02}-{name}"
