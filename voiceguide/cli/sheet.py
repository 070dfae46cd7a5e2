"""`voiceguide sheet`: a routine on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import examples, sheet_options
from voiceguide.cli.values import FilePath

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.errors import Problem
    from voiceguide.files import Folders
    from voiceguide.sheet.content import Sheet
    from voiceguide.sheet.paper import Paper

_PDF, _HTML = ".pdf", ".html"
_NAMED_LETTERS = 12


@click.command(
    "sheet",
    short_help="Write a routine on paper, as a therapist hands it out.",
    epilog=examples(
        "voiceguide sheet evening -o evening.pdf",
        "voiceguide sheet evening -o evening.html --language de --name Anna",
        "voiceguide sheet evening -o evening.pdf --served",
        "voiceguide sheet evening -o evening.pdf --address https://example.org/evening.mp3",
    ),
)
@click.argument("name")
@click.option("-o", "--output", type=FilePath(), required=True, help="A .pdf or .html file.")
@click.option("--address", metavar="URL", help="Where the recording is: printed, with a QR code.")
@click.option(
    "--served", is_flag=True, help="The same for where `voiceguide serve --lan` on this machine has it."
)
@click.option(
    "--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="Size of the paper."
)
@click.option("--programme", metavar="NAME", help="Say how often, as this programme has it.")
@sheet_options
@click.pass_context
def command(
    context: click.Context,
    /,
    name: str,
    output: Path,
    address: str | None,
    paper: str,
    programme: str | None,
    *,
    served: bool,
    **_: Any,
) -> None:
    """Write a routine on one page: each exercise with its dose, its rests, its words and its caution, and days to tick.

    What a script only says between exercises is not on it. Nothing is spoken for it: how long it lasts is estimated. The
    HTML page is the one for screen readers.
    """
    from voiceguide.cli.planning import planned_length_ms, planned_silently  # noqa: PLC0415 (the help needs none of it)
    from voiceguide.cli.problems import printable, show_problems  # noqa: PLC0415 (as above)
    from voiceguide.cli.wishes import from_command_line  # noqa: PLC0415 (as above)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.files import TIMELINE_SUFFIX, routine_path, user_folders  # noqa: PLC0415 (as above)
    from voiceguide.sheet.build import build_sheet  # noqa: PLC0415 (as above)
    from voiceguide.sheet.paper import PAPERS  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    if output.suffix.lower() not in (_PDF, _HTML):
        raise RequestError(problem("sheet-suffix", path=output))
    if served and from_command_line(context, "address"):
        raise RequestError(problem("options-exclude", one="--address", other="--served"))
    folders = user_folders()
    path = routine_path(name, folders)
    if path.suffix == TIMELINE_SUFFIX:
        raise RequestError(problem("sheet-of-timeline", path=path))
    planned, problems, told = planned_silently(context, path, folders)
    days_a_week = () if programme is None else _days_a_week(name, programme, folders)
    # At last: it keeps a token, and nothing is to be kept for what is refused.
    where = _where(name, address, folders, served=served)
    sheet = build_sheet(
        planned.routine,
        planned.choices,
        planned_length_ms(planned),
        exact_dose=any(from_command_line(context, option) for option in ("dose", "fit")),
        days_a_week=days_a_week,
        address=where,
    )
    for line in told:
        click.echo(printable(line), err=True)
    show_problems((*problems, *_write(sheet, PAPERS[paper], output)))
    click.echo(printable(str(output)))


def _where(name: str, address: str | None, folders: Folders, *, served: bool) -> str | None:
    """Where the recording is, None where nobody said; raises VoiceguideError."""
    if served:
        from voiceguide.cli.serving.served import served_address  # noqa: PLC0415 (only --served needs it)

        return served_address(name, folders)
    if address is None:
        return None
    from voiceguide.sheet.address import check_address  # noqa: PLC0415 (only --address needs it)

    return check_address(address)


def _days_a_week(name: str, programme: str, folders: Folders) -> tuple[int, ...]:
    """On how many days of each week of a programme a routine is done; raises RequestError where on none."""
    from voiceguide.cli.programmes import open_course  # noqa: PLC0415 (only --programme needs it)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.files import programme_path, routine_path  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    course = open_course(programme_path(programme, folders), folders)
    wanted = routine_path(name, folders).resolve()
    called = {named for named, file in course.files.items() if file.resolve() == wanted}
    weeks = [
        sum(any(words.text in called for words in day) for day in week.days)
        for week in course.programme.weeks
    ]
    # A routine may begin some weeks into a programme.
    done = tuple(days for days in weeks if days)
    if not done:
        raise RequestError(problem("programme-without-routine", name=course.name, routine=name))
    return done


def _write(sheet: Sheet, paper: Paper, output: Path) -> tuple[Problem, ...]:
    """Write a sheet whole or not at all; gives what its reader should know. Raises OutputError."""
    from voiceguide.files import write_text  # noqa: PLC0415 (the help needs none of it)

    if output.suffix.lower() == _HTML:
        from voiceguide.sheet.html import html_page  # noqa: PLC0415 (as above)

        write_text(output, html_page(sheet, paper))
        return ()
    from voiceguide.atomic import atomic_file  # noqa: PLC0415 (as above)
    from voiceguide.sheet.pdf import print_pdf  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    printed = print_pdf(sheet, paper)
    with atomic_file(output) as file:
        file.write(printed.data)
    found: list[Problem] = []
    if printed.pages > 1:
        found.append(problem("sheet-pages", path=output, pages=printed.pages))
    if printed.missing:
        found.append(problem("sheet-letters", path=output, letters=_named(printed.missing)))
    return tuple(found)


def _named(letters: str) -> str:
    """Some characters with their code points: `漢 (U+6F22)`."""
    named = [f"{letter} (U+{ord(letter):04X})" for letter in letters[:_NAMED_LETTERS]]
    more = len(letters) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
