"""`voiceguide show`: a session before it starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from voiceguide.cli.options import choices, examples, speech_options, timing_options


@click.command(
    "show",
    short_help="Show what a routine will be, before it starts.",
    epilog=examples("voiceguide show evening", "voiceguide show evening --svg evening.svg"),
)
@click.argument("name")
@click.option(
    "--svg", type=click.Path(path_type=Path), help="Draw the timeline as a picture into this .svg file."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@speech_options
@timing_options
@click.pass_context
def command(context: click.Context, /, name: str, svg: Path | None, *, as_json: bool, **_: Any) -> None:
    """Show what a routine, or a timeline made by `compile`, will be: doses, sides, times, and the total."""
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.table import print_table  # noqa: PLC0415 (as above)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.files import user_folders, write_text  # noqa: PLC0415 (as above)
    from voiceguide.plan import doses, plan  # noqa: PLC0415 (as above)
    from voiceguide.summary import clock, summarize  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    if svg is not None and svg.suffix.lower() != ".svg":
        raise RequestError(problem("picture-suffix", path=svg))
    with prepare(context, name, user_folders()) as session:
        timeline = session.timeline
        planned = plan(session.routine, choices(context.params)) if session.routine else ()
    items = summarize(timeline, doses(planned))
    if svg is not None:
        from voiceguide.svg import draw_svg  # noqa: PLC0415 (as above)

        write_text(svg, draw_svg(timeline))
    if as_json:
        import json  # noqa: PLC0415 (as above)
        from dataclasses import asdict  # noqa: PLC0415 (as above)

        data = {
            "title": timeline.title,
            "duration_ms": timeline.duration_ms,
            "items": [asdict(item) for item in items],
        }
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    rows = [
        (clock(item.start_ms), item.title, item.dose, " and ".join(item.sides), clock(item.length_ms))
        for item in items
    ]
    click.echo(f"{timeline.title}, {clock(timeline.duration_ms)} in all\n")
    print_table(("at", "exercise", "dose", "sides", "length"), rows, right=("at", "length"))
