"""A programme as a calendar, for `show --programme`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.clock import today
from voiceguide.cli.problems import json_text, printable
from voiceguide.cli.programmes import WEEKDAYS, start_of, tasks_of
from voiceguide.cli.sessions import nothing_left, prepare
from voiceguide.cli.table import counted, print_table
from voiceguide.errors import VoiceguideError
from voiceguide.programme import date_of
from voiceguide.summary import clock

if TYPE_CHECKING:
    from voiceguide.cli.programmes import Course, Task
    from voiceguide.files import Folders
    from voiceguide.programme import Day

_TODAY = "today"
_REST = "rest"
_NOTHING = "left out"


def calendar(context: click.Context, course: Course, folders: Folders) -> list[dict[str, Any]]:
    """Every day of a programme with its routines, their doses in percent and their lengths in ms.

    Dates are there when its start is known; doses and lengths are None where a routine has nothing for the listener.
    """
    start = start_of(context, course)
    found: dict[tuple[str, int | None], dict[str, Any]] = {}

    def session(task: Task) -> dict[str, Any]:
        key = (task.name, task.dose)
        if key not in found:
            found[key] = _session(context, task, folders)
        return found[key]

    def entry(day: Day) -> dict[str, Any]:
        date = date_of(start, day.number) if start else None
        return {
            "week": day.week,
            "day": day.number,
            "date": date.isoformat() if date else None,
            "weekday": WEEKDAYS[date.weekday()] if date else None,
            "today": date == today(context),
            "sessions": [session(task) for task in tasks_of(course, day)],
        }

    return [entry(day) for day in course.days]


def _session(context: click.Context, task: Task, folders: Folders) -> dict[str, Any]:
    try:
        with prepare(context, task.name, folders, dose=task.dose, quiet=True) as session:
            return {
                "routine": session.name,
                "title": session.timeline.title,
                "dose": session.planned.dose if session.planned else None,
                "duration_ms": session.timeline.duration_ms,
            }
    except VoiceguideError as error:
        if not nothing_left(error):
            raise
        # Whoever avoids all of one routine has others on the calendar.
        return {"routine": Path(task.name).stem, "title": None, "dose": None, "duration_ms": None}


def print_calendar(course: Course, entries: list[dict[str, Any]]) -> None:
    """Print a calendar on standard output, today marked."""
    weeks = counted(len(course.programme.weeks), "week")
    click.echo(f"{printable(course.programme.title)}, {weeks}\n")
    dated = any(entry["date"] for entry in entries)
    rows = []
    for entry in entries:
        sessions = entry["sessions"]
        routines = ", ".join(session["routine"] for session in sessions) or _REST
        doses = dict.fromkeys(f"{session['dose']} %" for session in sessions if session["title"])
        cells = [
            str(entry["week"]),
            str(entry["day"]),
            routines,
            ", ".join(doses),
            ", ".join(
                clock(session["duration_ms"]) if session["title"] else _NOTHING for session in sessions
            ),
        ]
        if dated:
            mark = f" ({_TODAY})" if entry["today"] else ""
            cells.insert(2, f"{entry['weekday'][:3]} {entry['date']}{mark}")
        rows.append(cells)
    head = ("week", "day", *(("date",) if dated else ()), "routines", "dose", "length")
    print_table(head, rows, right=("week", "day", "dose", "length"))


def calendar_json(course: Course, entries: list[dict[str, Any]]) -> str:
    """A calendar as JSON for programs."""
    data = {
        "programme": course.name,
        "title": course.programme.title,
        "summary": course.programme.summary,
        "days": entries,
    }
    return json_text(data)
