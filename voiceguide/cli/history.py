"""`voiceguide history`: the sessions that were done, the weeks, and the days in a row."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from voiceguide.cli.options import examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voiceguide.practice import Entry, Streak, Week

_SHOWN = 10
_WIDEST = 80
_UNITS_A_COLUMN = 8
_BLOCKS = " ▏▎▍▌▋▊▉█"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@click.command(
    "history",
    short_help="Show the sessions that were done.",
    epilog=examples("voiceguide history", "voiceguide history --all --json"),
)
@click.option("--all", "everything", is_flag=True, help=f"Every session, not only the last {_SHOWN}.")
@click.option("--plain", is_flag=True, help="Numbers without bars: for screen readers.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def command(context: click.Context, /, *, everything: bool, plain: bool, as_json: bool) -> None:
    """Show the last sessions, the minutes of the last weeks, and how many days in a row there was one.

    A day counts when a session was finished or lasted a minute.
    """
    from voiceguide.cli.clock import now  # noqa: PLC0415 (only this command needs these)
    from voiceguide.cli.problems import show_problems  # noqa: PLC0415 (as above)
    from voiceguide.cli.table import print_paragraph  # noqa: PLC0415 (as above)
    from voiceguide.errors import ScriptError  # noqa: PLC0415 (as above)
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)
    from voiceguide.history import History  # noqa: PLC0415 (as above)
    from voiceguide.practice import latest, resumable, streak, weeks  # noqa: PLC0415 (as above)

    history = History(user_folders().data)
    entries = history.sessions()
    if history.trouble is not None:
        if history.trouble.kind == "history-unread":
            raise ScriptError(history.trouble)
        show_problems([history.trouble])
    if history.garbled is not None:
        show_problems([history.garbled])
    at = now(context)
    shown = entries if everything else entries[-_SHOWN:]
    by_week, days = weeks(entries, at.date()), streak(entries, at.date())
    if as_json:
        click.echo(_json(entries, shown, by_week, days))
        return
    if not entries:
        none = "No session yet" if history.garbled is None else "No session that can be read"
        print_paragraph(
            f"{none}: `voiceguide play evening` begins one, `voiceguide list` shows the routines."
        )
        return
    _print_sessions(shown)
    _print_weeks(by_week, plain=plain)
    for sentence in _in_words(entries, shown, days):
        print_paragraph(sentence)
    last = latest(entries)
    if last is not None and resumable(last, at):
        called = shlex.quote(_name(last))
        where = f"with {last.stopped_in}" if last.stopped_in else "where it stopped"
        print_paragraph(f"`voiceguide play {called} --resume` goes on {where}.")


def _print_sessions(entries: Sequence[Entry]) -> None:
    """The newest first: what was last is looked for most."""
    from voiceguide.cli.table import print_table  # noqa: PLC0415 (programs need no table)

    rows = [
        (
            f"{_WEEKDAYS[entry.began.weekday()]} {entry.began:%Y-%m-%d %H:%M}",
            entry.routine,
            "" if entry.dose is None else f"{entry.dose} %",
            f"{entry.minutes:.1f}",
            "finished" if entry.finished else f"stopped {_where(entry)}",
        )
        for entry in reversed(entries)
    ]
    print_table(("date", "routine", "dose", "minutes", "how it ended"), rows, right=("dose", "minutes"))


def _where(entry: Entry) -> str:
    from voiceguide.summary import clock  # noqa: PLC0415 (programs need no words)

    chapter = f" in {entry.stopped_in}" if entry.stopped_in else ""
    return f"at {clock(entry.stopped_at_ms or 0)}{chapter}"


def _name(entry: Entry) -> str:
    """What `play` takes for the routine: its name, or the file where that is not one that is found by name."""
    from voiceguide.files import named_routines, user_folders  # noqa: PLC0415 (only few sessions need it)

    found = dict(named_routines(user_folders())).get(entry.routine)
    if entry.file is None or (found is not None and str(found.resolve()) == entry.file):
        return entry.routine
    return entry.file


def _print_weeks(by_week: Sequence[Week], *, plain: bool) -> None:
    """A line a week from the first one with a session, its number before its bar."""
    first = next((index for index, week in enumerate(by_week) if week.sessions), len(by_week) - 1)
    found = by_week[first:]
    numbers = [f"{week.begins:%Y-%m-%d}  {week.minutes:>4} min" for week in found]
    # What cannot be measured in a pipe is narrow enough for any terminal.
    width = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else _WIDEST // 2
    room = max(width - len(numbers[0]) - 3, 1)
    most = max(week.minutes for week in found)
    click.echo("\nMinutes in the week from")
    for number, week in zip(numbers, found, strict=True):
        bar = "" if plain or not most else _bar(week.minutes, most, room)
        click.echo(f"{number}  {bar}".rstrip())
    click.echo()


def _bar(minutes: int, most: int, room: int) -> str:
    """A bar of at most `room` columns, the whole of them for `most`; a minute is always seen."""
    if not minutes:
        return ""
    if not _draws_blocks():
        return "#" * max(1, room * minutes // most)
    units = max(1, room * _UNITS_A_COLUMN * minutes // most)
    whole, part = divmod(units, _UNITS_A_COLUMN)
    return _BLOCKS[-1] * whole + (_BLOCKS[part] if part else "")


def _draws_blocks() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    try:
        _BLOCKS.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _in_words(entries: Sequence[Entry], shown: Sequence[Entry], days: Streak) -> tuple[str, str]:
    from voiceguide.cli.table import counted  # noqa: PLC0415 (programs need no words)

    longest = f" The longest streak was {counted(days.longest, 'day')}." if days.longest > days.days else ""
    if not days.days:
        told = "No streak now." if longest else "No day of practice yet."
    elif days.today:
        told = f"{counted(days.days, 'day')} in a row, with today."
    else:
        told = f"{counted(days.days, 'day')} in a row up to yesterday: today would be number {days.days + 1}."
    rest = "" if len(shown) == len(entries) else ", `--all` shows them"
    return f"{told}{longest}", f"{counted(len(entries), 'session')} in all{rest}."


def _json(entries: Sequence[Entry], shown: Sequence[Entry], by_week: Sequence[Week], days: Streak) -> str:
    data = {
        "sessions": [
            asdict(entry) | {"began": entry.began.isoformat(timespec="seconds"), "minutes": entry.minutes}
            for entry in shown
        ],
        "weeks": [
            {
                "week": week.name,
                "begins": week.begins.isoformat(),
                "minutes": week.minutes,
                "sessions": week.sessions,
            }
            for week in by_week
        ],
        "streak": asdict(days),
        "count": len(entries),
    }
    from voiceguide.cli.problems import json_text  # noqa: PLC0415 (people need no JSON)

    return json_text(data)
