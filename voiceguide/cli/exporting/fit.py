"""`voiceguide export --format fit`: a workout a routine, as a FIT file for a watch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from voiceguide.atomic import atomic_file
from voiceguide.cli.planning import planned_silently
from voiceguide.cli.problems import printable, show_problems
from voiceguide.cli.table import counted
from voiceguide.errors import OutputError, RequestError, VoiceguideError
from voiceguide.files import TIMELINE_SUFFIX, make_folder, named_routines, routine_path
from voiceguide.naming import distinct_name, same_file, title_name
from voiceguide.wording import problem
from voiceguide.workout.fit_file import IDENTITY_BYTES, MOST_STEPS, identity, workout_bytes
from voiceguide.workout.repeats import folded
from voiceguide.workout.steps import steps

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.files import Folders

SUFFIX = ".fit"
# FIT counts from the end of 1989, and takes its first years for something else.
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def export_fit(context: click.Context, routines: tuple[str, ...], folder: Path, folders: Folders) -> int:
    """Write a workout for each routine into a folder; gives the exit code, that of the first failure.

    A file that would be the same stays untouched. One of the same routine is replaced, whatever it was called before;
    any other keeps its name. Raises OutputError where there cannot be such a folder, RequestError without fit-tool.
    """
    make_folder(folder)
    code = 0
    for name in routines:
        try:
            _export(context, name, folder, folders)
        except VoiceguideError as error:
            if [found.kind for found in error.problems] == ["fit-extra"]:
                raise
            show_problems(error.problems)
            code = code or error.exit_code
    return code


def _export(context: click.Context, name: str, folder: Path, folders: Folders) -> None:
    path = routine_path(name, folders)
    if path.suffix == TIMELINE_SUFFIX:
        raise RequestError(problem("fit-of-timeline", path=path))
    planned, problems, told = planned_silently(context, path, folders)
    routine = planned.routine
    workout = folded(steps(routine, planned.choices))
    content = workout_bytes(_called(path, folders), routine.title, routine.summary, workout, _changed(path))
    file = _write(folder, content, title_name(routine.title, path.stem))
    for line in told:
        click.echo(printable(line), err=True)
    if len(workout) > MOST_STEPS:
        many = problem(
            "fit-many-steps", routine.place, title=routine.title, count=len(workout), most=MOST_STEPS
        )
        problems = (*problems, many)
    show_problems(problems)
    click.echo(f"{printable(str(file))}  {counted(len(workout), 'step')}")


def _called(path: Path, folders: Folders) -> str:
    """What a routine is called for good: its name where it has one, else its path, whatever its title is."""
    real = path.resolve()
    return next((name for name, file in named_routines(folders) if file.resolve() == real), str(real))


def _changed(path: Path) -> datetime:
    """When the script was last changed, in whole seconds: the same script gives the same bytes."""
    return max(datetime.fromtimestamp(int(path.stat().st_mtime), UTC), _EARLIEST)


def _write(folder: Path, content: bytes, title: str) -> Path:
    """The file of a workout, written where it is not there already; what it was called before is removed."""
    before, others = _there(folder, identity(content))
    name = distinct_name(title, lambda one: same_file(f"{one}{SUFFIX}") in others)
    file = folder / f"{name}{SUFFIX}"
    with atomic_file(file, keep_same=True) as written:
        written.write(content)
    for old in before:
        if same_file(old.name) != same_file(file.name):
            _remove(old)
    return file


def _there(folder: Path, wanted: bytes) -> tuple[list[Path], set[str]]:
    """The files of the same routine in a folder, and the names of all others, as `same_file` compares them."""
    before: list[Path] = []
    others: set[str] = set()
    try:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() == SUFFIX and path.is_file() and _begins(path) == wanted:
                before.append(path)
            else:
                others.add(same_file(path.name))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("unwritable", path=folder, reason=reason)) from error
    return before, others


def _begins(path: Path) -> bytes:
    """Which workout a file is, empty where it is none of this program's or cannot be read."""
    try:
        with path.open("rb") as file:
            return identity(file.read(IDENTITY_BYTES))
    except OSError:
        # Then it is not ours to replace.
        return b""


def _remove(old: Path) -> None:
    try:
        old.unlink()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("unwritable", path=old, reason=reason)) from error
