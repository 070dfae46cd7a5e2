"""Programmes at the edge: their files, the routines that they name, and which of their days is played."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.clock import today
from voiceguide.cli.problems import printable
from voiceguide.cli.wishes import from_command_line
from voiceguide.errors import RequestError, ScriptError
from voiceguide.files import (
    SCRIPT_SUFFIXES,
    DiskLibrary,
    named_programmes,
    named_routines,
    programme_path,
    read_text,
)
from voiceguide.programme import Day, date_of, days, number_on
from voiceguide.script.exercises import DEFAULT_LANGUAGE
from voiceguide.script.nodes import MapNode, parse
from voiceguide.script.programme import read_programme
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.files import Folders
    from voiceguide.model import Programme

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Course:
    """A programme that was found: its name, its days, and the file of each routine by how the programme names it."""

    name: str
    programme: Programme
    days: tuple[Day, ...]
    files: dict[str, Path]


@dataclass(frozen=True)
class Task:
    """What is to be prepared: a routine by name or path, at the dose that a programme asks for, on a day of it."""

    name: str
    dose: int | None = None
    course: Course | None = None
    day: Day | None = None


class _Routines(Collection[str]):
    """The routines that a programme may name: those that can be called by name, and YAML files beside it."""

    def __init__(self, folder: Path, folders: Folders) -> None:
        self._folder = folder
        self._named = dict(named_routines(folders))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.file(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def file(self, name: str) -> Path | None:
        """The file of a routine, None where there is none."""
        path = self._folder / name
        if path.suffix in SCRIPT_SUFFIXES:
            return path if path.is_file() else None
        return self._named.get(name)


def open_course(path: Path, folders: Folders, language: str | None = None) -> Course:
    """The programme of a file, named in a language, every routine found; raises ScriptError with all its problems."""
    routines = _Routines(path.parent, folders)
    library = DiskLibrary(folders)
    programme, problems = read_programme(read_text(path), library, routines, language or DEFAULT_LANGUAGE)
    if programme is None:
        raise ScriptError(*problems)
    named = {words.text for week in programme.weeks for day in week.days for words in day}
    files = {name: file for name in named if (file := routines.file(name))}
    return Course(path.stem, programme, days(programme), files)


def course_named(name: str, folders: Folders) -> Course | None:
    """The programme that a name or a path means where a routine could stand too, None where it is not a programme.

    Raises ScriptError with all the problems of a file that is meant as a programme.
    """
    path = Path(name)
    if path.suffix not in SCRIPT_SUFFIXES:
        if name in dict(named_routines(folders)) or name not in dict(named_programmes(folders)):
            return None
        path = programme_path(name, folders)
    node, _ = parse(read_text(path))
    keys = {key.text for key, _ in node.entries} if isinstance(node, MapNode) else set()
    return open_course(path, folders) if "weeks" in keys and "steps" not in keys else None


def course_of(context: click.Context, name: str | None, folders: Folders) -> Course | None:
    """The programme that the command's options name, None where a routine alone is named.

    A programme of the configuration gives way to a routine. Raises click's usage error where neither is named,
    RequestError where an option lacks its programme.
    """
    wanted: str | None = context.params["programme"]
    if wanted is not None and (name is None or from_command_line(context, "programme")):
        return open_course(programme_path(wanted, folders), folders, context.params["language"])
    if name is None:
        context.fail("Missing argument 'NAME', or a programme: --programme NAME.")
    for option in ("day", "start"):
        if from_command_line(context, option):
            raise RequestError(problem("option-for-programmes", option=f"--{option}"))
    return None


def tasks(context: click.Context, name: str | None, folders: Folders) -> tuple[Task, ...]:
    """What the command is to do: the routine that is named, or those of a programme's day; none on a day of rest.

    With both, the one of that day. Which day it is, and what comes after a day of rest, is told. Raises RequestError for
    a day that is not one of the programme's, and for a routine that is not one of the day's.
    """
    course = course_of(context, name, folders)
    if course is None:
        return (Task(name or ""),)
    day = day_of(context, course)
    if not day.routines:
        # Where programs read standard output, people are told beside it.
        click.echo(printable(_rest_day(course, day)), err=bool(context.params.get("as_json")))
        return ()
    named = ", ".join(words.text for words in day.routines)
    told = f"{course.name}, week {day.week}, day {day.number} of {len(course.days)}: {named}"
    click.echo(printable(told), err=True)
    todo = tasks_of(course, day)
    if name is None:
        return todo
    chosen = tuple(task for task in todo if task.name == str(course.files.get(name)))
    if not chosen:
        raise RequestError(problem("programme-day-without", day=day.number, routine=name, routines=named))
    return chosen


def tasks_of(course: Course, day: Day) -> tuple[Task, ...]:
    """The routines of a day, each once."""
    names = dict.fromkeys(words.text for words in day.routines)
    return tuple(Task(str(course.files[name]), day.dose, course, day) for name in names)


def refuse_one_file(todo: tuple[Task, ...], option: str) -> None:
    """Raise RequestError where several sessions would go into one file."""
    if len(todo) > 1 and (day := todo[0].day):
        routines = ", ".join(words.text for words in day.routines)
        raise RequestError(problem("output-of-several", day=day.number, routines=routines, option=option))


def day_of(context: click.Context, course: Course) -> Day:
    """The day that is asked for, else today's; raises RequestError where that is none of the programme's."""
    number: int | None = context.params["day"]
    count = len(course.days)
    title = course.programme.title
    if number is not None:
        if number > count:
            raise RequestError(problem("programme-day", name=title, count=count, day=number))
        return course.days[number - 1]
    start = start_of(context, course)
    if start is None:
        raise RequestError(problem("programme-without-start", name=title))
    number = number_on(start, today(context))
    if number < 1:
        when = "tomorrow" if number == 0 else f"in {1 - number} days"
        raise RequestError(problem("programme-not-begun", name=title, date=show_date(start), when=when))
    if number > count:
        raise RequestError(problem("programme-over", name=title, date=show_date(date_of(start, count))))
    return course.days[number - 1]


def start_of(context: click.Context, course: Course) -> date | None:
    """When the programme begins: the command line's word, else its own, else the configuration's; None if nobody says."""
    wanted: date | None = context.params["start"]
    written = course.programme.start
    if written is None or from_command_line(context, "start"):
        return wanted
    return date.fromisoformat(written)


def show_date(day: date) -> str:
    """A date as people read it: "Monday 2026-11-23"."""
    return f"{WEEKDAYS[day.weekday()]} {day.isoformat()}"


def _rest_day(course: Course, day: Day) -> str:
    told = f"Day {day.number} of {len(course.days)} is a day of rest."
    if day.number == len(course.days):
        return f"{told} It is the last one."
    following = course.days[day.number]
    named = " and ".join(words.text for words in following.routines) or "rest"
    return f"{told} Tomorrow: {named}."
