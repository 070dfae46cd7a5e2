"""`voiceguide show`: a session before it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import examples, programme_options, session_options
from voiceguide.cli.values import FilePath

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.cli.sessions import Prepared
    from voiceguide.summary import Item


@click.command(
    "show",
    short_help="Show what a routine will be, before it starts.",
    epilog=examples(
        "voiceguide show evening",
        "voiceguide show evening --words",
        "voiceguide show evening --svg evening.svg",
        "voiceguide show --programme runner-low-back",
    ),
)
@click.argument("name", required=False)
@click.option("--svg", type=FilePath(), help="Draw the timeline as a picture into this .svg file.")
@click.option("--words", is_flag=True, help="Everything that is said, with its time.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@programme_options
@session_options
@click.pass_context
def command(
    context: click.Context, /, name: str | None, svg: Path | None, *, words: bool, as_json: bool, **_: Any
) -> None:
    """Show what a routine, or a timeline made by `compile`, will be: doses, sides, times, and the total.

    A programme is shown as a calendar, or with `--day` by what is done on that day.
    """
    from voiceguide.cli.mixing import check_music  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.programmes import course_of, refuse_one_file, tasks  # noqa: PLC0415 (as above)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (as above)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.files import user_folders, write_text  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    if svg is not None and svg.suffix.lower() != ".svg":
        raise RequestError(problem("picture-suffix", path=svg))
    folders = user_folders()
    if name is None and context.params["day"] is None and (course := course_of(context, name, folders)):
        from voiceguide.cli.calendar import calendar, calendar_json, print_calendar  # noqa: PLC0415 (as above)

        if svg is not None or words:
            raise RequestError(problem("day-missing", option="--svg" if svg else "--words"))
        entries = calendar(context, course, folders)
        if as_json:
            click.echo(calendar_json(course, entries))
        else:
            print_calendar(course, entries)
        return
    todo = tasks(context, name, folders)
    if svg is not None:
        refuse_one_file(todo, "--svg")
    found: list[dict[str, Any]] = []
    for index, task in enumerate(todo):
        with prepare(context, task.name, folders, dose=task.dose) as session:
            check_music(session)
            if svg is not None:
                from voiceguide.svg import draw_svg  # noqa: PLC0415 (as above)

                write_text(svg, draw_svg(session.timeline))
            if as_json:
                found.append(_data(session, words=words))
            else:
                if index:
                    click.echo()
                _print(session, words=words)
    if as_json:
        # A day of rest has none, whatever is asked for.
        _print_json(found[0] if name is not None and found else found)


def _print(session: Prepared, *, words: bool) -> None:
    from voiceguide.cli.narration import print_words  # noqa: PLC0415 (other commands need none of these)
    from voiceguide.cli.problems import printable  # noqa: PLC0415 (as above)
    from voiceguide.cli.table import print_table  # noqa: PLC0415 (as above)
    from voiceguide.summary import clock  # noqa: PLC0415 (as above)

    timeline = session.timeline
    dose = f", dose {session.planned.dose} %" if session.planned else ""
    click.echo(f"{printable(timeline.title)}{dose}, {clock(timeline.duration_ms)} in all")
    if words:
        print_words(timeline)
        return
    rows = [
        (clock(item.start_ms), item.title, item.dose, " and ".join(item.sides), clock(item.length_ms))
        for item in _items(session)
    ]
    click.echo()
    print_table(("at", "exercise", "dose", "sides", "length"), rows, right=("at", "length"))


def _data(session: Prepared, *, words: bool) -> dict[str, Any]:
    from dataclasses import asdict  # noqa: PLC0415 (other commands need none of these)

    from voiceguide.cli.narration import words_json  # noqa: PLC0415 (as above)

    timeline = session.timeline
    return {
        "title": timeline.title,
        "dose": session.planned.dose if session.planned else None,
        "duration_ms": timeline.duration_ms,
        "items": [asdict(item) for item in _items(session)],
        **({"words": words_json(timeline)} if words else {}),
    }


def _items(session: Prepared) -> tuple[Item, ...]:
    from voiceguide.plan import doses, plan  # noqa: PLC0415 (other commands need none of these)
    from voiceguide.summary import summarize  # noqa: PLC0415 (as above)

    planned = session.planned
    return summarize(session.timeline, doses(plan(planned.routine, planned.choices)) if planned else ())


def _print_json(data: object) -> None:
    from voiceguide.cli.problems import json_text  # noqa: PLC0415 (other commands need none of these)

    click.echo(json_text(data))
