"""`voiceguide compile`: a routine becomes a timeline in JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from voiceguide.cli.options import examples, speech_options, timing_options


@click.command(
    "compile",
    short_help="Write a routine as JSON: when what is said.",
    epilog=examples("voiceguide compile evening -o evening.json", "voiceguide render evening.json"),
)
@click.argument("name")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="A .json file instead of standard output."
)
@speech_options
@timing_options
@click.pass_context
def command(context: click.Context, /, name: str, output: Path | None, **_: Any) -> None:
    """Write a routine's timeline as JSON: every cue, hold and chapter in whole milliseconds.

    `render`, `play` and `show` take the file in place of a routine.
    """
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.files import TIMELINE_SUFFIX, user_folders, write_text  # noqa: PLC0415 (as above)
    from voiceguide.timeline_json import to_json  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    if output is not None and output.suffix != TIMELINE_SUFFIX:
        raise RequestError(problem("timeline-suffix", path=output))
    with prepare(context, name, user_folders()) as session:
        text = to_json(session.timeline)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text(output, text)
