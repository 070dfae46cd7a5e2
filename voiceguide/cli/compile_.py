"""`voiceguide compile`: a routine becomes a timeline in JSON."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import examples, session_options
from voiceguide.cli.values import FilePath

if TYPE_CHECKING:
    from voiceguide.timeline import Cue, Timeline


@click.command(
    "compile",
    short_help="Write a routine as JSON: when what is said.",
    epilog=examples("voiceguide compile evening -o evening.json", "voiceguide render evening.json"),
)
@click.argument("name")
@click.option("-o", "--output", type=FilePath(), help="A .json file instead of standard output.")
@session_options
@click.pass_context
def command(context: click.Context, /, name: str, output: Path | None, **_: Any) -> None:
    """Write a routine's timeline as JSON: every cue, hold and chapter in whole milliseconds.

    `render`, `play` and `show` take the file in place of a routine.
    """
    from voiceguide.cli.mixing import check_music  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (as above)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.files import TIMELINE_SUFFIX, user_folders, write_text  # noqa: PLC0415 (as above)
    from voiceguide.timeline_json import to_json  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    if output is not None and output.suffix != TIMELINE_SUFFIX:
        raise RequestError(problem("timeline-suffix", path=output))
    with prepare(context, name, user_folders()) as session:
        check_music(session)
        text = to_json(_beside(session.timeline, output))
    if output is None:
        from voiceguide.cli.problems import printable_json  # noqa: PLC0415 (a file is written as it is)

        click.echo(printable_json(text), nl=False)
    else:
        write_text(output, text)


def _beside(timeline: Timeline, output: Path | None) -> Timeline:
    """The timeline with the paths of its recordings and its music as they are from the folder of its file."""
    from voiceguide.timeline import Recording  # noqa: PLC0415 (as above)

    folder = output.parent if output else Path()

    def seen(path: str) -> str:
        return path if Path(path).is_absolute() else os.path.relpath(path, folder)

    def cue_seen(cue: Cue) -> Cue:
        source = cue.source
        return replace(cue, source=Recording(seen(source.path))) if isinstance(source, Recording) else cue

    music = replace(timeline.music, path=seen(timeline.music.path)) if timeline.music else None
    return replace(timeline, cues=tuple(map(cue_seen, timeline.cues)), music=music)
