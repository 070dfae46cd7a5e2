"""`voiceguide export`: routines become an album for a phone, a podcast feed, or workouts for a watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.address import FolderAddress
from voiceguide.cli.many.given import KeepsArguments
from voiceguide.cli.options import at_once_options, examples, session_options
from voiceguide.cli.values import Bitrate, FilePath

if TYPE_CHECKING:
    from pathlib import Path

AUDIO_FORMATS = ("mp3", "m4b")
_OF_SOUND = ("bitrate", "engine", "voice", "rate", "fallback", "keep_awake", "music", "music_level")


@click.command(
    "export",
    cls=KeepsArguments,
    short_help="Write routines as an album for a phone.",
    epilog=examples(
        "voiceguide export evening morning --to /media/phone/Music",
        "voiceguide export --all --to album --split",
        "voiceguide export --all --to books --format m4b",
        "voiceguide export --all --to public --feed https://example.org/stretching/",
        "voiceguide export evening --to watch --format fit",
    ),
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "every", is_flag=True, help="Export every routine that `voiceguide list` shows.")
@click.option(
    "--to",
    type=FilePath(),
    required=True,
    metavar="FOLDER",
    help="Where the files are written; one album a folder.",
)
@click.option(
    "--split/--no-split",
    default=None,
    help="Write a file an exercise as well, which follow each other without a gap. The folder goes on with it until"
    " --no-split, which removes them.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice([*AUDIO_FORMATS, "fit"]),
    default="mp3",
    show_default=True,
    help="MP3s, audiobooks with chapters, or workouts for a watch.",
)
@click.option(
    "--feed",
    type=FolderAddress(),
    metavar="URL",
    help="Write a podcast feed too, for when the folder is served at this address.",
)
@click.option(
    "--bitrate", type=Bitrate(), metavar="KBIT/S", help="Of the sound.  [default: 64, or 128 with music]"
)
@at_once_options
@session_options
@click.pass_context
def command(
    context: click.Context,
    /,
    names: tuple[str, ...],
    to: Path,
    kind: str,
    feed: str | None,
    *,
    every: bool,
    split: bool | None,
    **_: Any,
) -> None:
    """Write routines into a folder, as files that every phone takes.

    Each routine has a number that it keeps, its chapters and its narration in time; a playlist has them all. A second
    export touches only what has changed, and never a file that is not of this program.
    """
    from voiceguide.cli.wishes import from_command_line  # noqa: PLC0415 (as below)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (only what runs needs it)
    from voiceguide.files import named_routines, user_folders  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    folders = user_folders()
    if every and names:
        raise RequestError(problem("all-and-name", names=", ".join(names)))
    if not every and not names:
        raise click.UsageError("Missing argument 'NAME', or all of them: --all.", context)
    for option, wanted in (("split", split), ("feed", feed is not None)):
        if wanted and kind != "mp3" and from_command_line(context, option):
            raise RequestError(problem("option-for-mp3", option=f"--{option}"))
    if kind == "fit":
        heard = [option for option in _OF_SOUND if from_command_line(context, option)]
        if heard:
            options = (f"--{option.replace('_', '-')}" for option in heard)
            raise RequestError(*(problem("option-of-sound", option=option, kind=kind) for option in options))
    routines = tuple(dict.fromkeys(names)) or tuple(name for name, _ in named_routines(folders))
    if kind == "fit":
        from voiceguide.cli.exporting.fit import export_fit  # noqa: PLC0415 (only watches need it)

        context.exit(export_fit(context, routines, to, folders))
    from voiceguide.cli.exporting.album import export_album  # noqa: PLC0415 (what is heard needs it)

    context.exit(export_album(context, routines, to, folders))
