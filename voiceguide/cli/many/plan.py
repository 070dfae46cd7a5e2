"""A plan: a table with a row a listener, which routine is rendered with which options into which file."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from voiceguide.cli.many.file_names import made_name, with_suffix
from voiceguide.cli.many.given import job_options, merged
from voiceguide.cli.many.job import Job
from voiceguide.cli.many.table import Row, Table, read_table
from voiceguide.errors import ScriptError, VoiceguideError
from voiceguide.files import TIMELINE_SUFFIX, read_text
from voiceguide.naming import same_file, unsafe
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.cli.many.given import Options
    from voiceguide.cli.many.job import Settings
    from voiceguide.cli.many.outside import Reach
    from voiceguide.errors import Place, Problem

MAX_PLAN_BYTES = 256_000_000
ROUTINE, FILE = "routine", "file"
_NAME, _MUSIC, _VOICE = "name", "music", "voice"
# A row is one session; what leads out of a script's folder is allowed by who runs the plan.
_NOT_IN_PLANS = frozenset({"allow-outside"})


class _Columns(NamedTuple):
    """Where the cells of a row stand: the routine, the file if there is such a column, and the options."""

    routine: int
    file: int | None
    options: tuple[tuple[int, str], ...]


class Plan(NamedTuple):
    """A plan of which at least one row can be rendered: its table and its columns; `files` are those of its rows.

    `wrong` has the problems of the rows that cannot be rendered, by their number. `music` has the path that each of its
    cells means.
    """

    table: Table
    columns: _Columns
    files: list[str]
    wrong: dict[int, list[Problem]]
    music: dict[str, str]

    def jobs(self, given: Options, settings: Settings) -> Iterator[Job]:
        """A job for each row that can be rendered, made when it is asked for.

        `given` is for rows that do not say otherwise.
        """
        for number, (row, file) in enumerate(zip(self.table.rows, self.files, strict=True)):
            if number in self.wrong:
                continue
            own = tuple(
                (option, self.music[text] if option == _MUSIC else text)
                for at, option in self.columns.options
                if (text := _cell(row, at))
            )
            options, routine = merged(given, own), _cell(row, self.columns.routine)
            if not routine.endswith(TIMELINE_SUFFIX) and all(option != _NAME for option, _ in options):
                # The name in the configuration is that of whoever runs the plan.
                options = (*options, (_NAME, ""))
            yield Job(number, routine, options, file, settings)

    def place(self, number: int) -> Place:
        """Where a row stands."""
        return self.table.place(self.table.rows[number])


def read_plan(reach: Reach) -> Plan:
    """A plan that names files in its reach; raises ScriptError with all its problems where no row can be rendered."""
    table, problems = read_table(read_text(reach.plan, limit=MAX_PLAN_BYTES, table=True))
    if table is None:
        raise ScriptError(*problems)
    found: list[Problem] = []
    columns = _columns(table, found)
    if columns is None or found:
        raise ScriptError(*found)
    if not table.rows:
        raise ScriptError(problem("plan-without-rows", table.place(table.head)))
    wrong: dict[int, list[Problem]] = {}
    files = _files(table, columns, wrong)
    check = _Checks(reach)
    for number, row in enumerate(table.rows):
        if problems_of_row := list(check.row(table, columns, row)):
            wrong.setdefault(number, []).extend(problems_of_row)
    for problems_of_row in wrong.values():
        problems_of_row.sort(key=_order)
    if len(wrong) == len(table.rows):
        raise ScriptError(*chain.from_iterable(wrong[number] for number in sorted(wrong)))
    return Plan(table, columns, files, wrong, check.music)


def plan_columns() -> tuple[str, ...]:
    """The columns that a plan may have."""
    return (ROUTINE, FILE, *(name for name in job_options() if name not in _NOT_IN_PLANS))


def _columns(table: Table, problems: list[Problem]) -> _Columns | None:
    known = plan_columns()
    at: dict[str, int] = {}
    for index, cell in enumerate(table.head.cells):
        name = cell.strip().lower()
        place = table.place(table.head, index)
        if not name:
            if any(_cell(row, index) for row in table.rows):
                problems.append(problem("plan-column-unnamed", place))
        elif name not in known:
            problems.append(problem("plan-column", place, column=cell.strip(), **_hint(name, known)))
        elif name in at:
            problems.append(problem("plan-column-twice", place, column=name))
        else:
            at[name] = index
    if ROUTINE not in at:
        if not problems:
            problems.append(problem("plan-without-routine", table.place(table.head)))
        return None
    options = tuple((index, name) for name, index in at.items() if name not in (ROUTINE, FILE))
    return _Columns(at[ROUTINE], at.get(FILE), options)


def _hint(name: str, known: Sequence[str]) -> dict[str, str]:
    return near(name, known) or {"near": f"known: {', '.join(known)}"}


def _files(table: Table, columns: _Columns, wrong: dict[int, list[Problem]]) -> list[str]:
    """The file of each row; a row that names none that can be, or one of a row before it, is wrong."""
    at_name = next((at for at, option in columns.options if option == _NAME), None)
    lines: dict[str, int] = {}
    files = []
    for number, row in enumerate(table.rows, start=1):
        written = _cell(row, columns.file)
        if written:
            if reason := unsafe(written):
                place = table.place(row, columns.file)
                wrong.setdefault(number - 1, []).append(
                    problem("plan-file", place, file=written, reason=reason)
                )
            file = with_suffix(written)
        else:
            file = made_name(number, _cell(row, at_name), _cell(row, columns.routine))
        first = lines.setdefault(same_file(file), row.line)
        if first != row.line:
            place = table.place(row, columns.file if written else None)
            wrong.setdefault(number - 1, []).append(problem("plan-file-twice", place, file=file, line=first))
        files.append(file)
    return files


class _Checks:
    """Checks of rows, each distinct cell once; `music` has the path that each cell of the column means."""

    def __init__(self, reach: Reach) -> None:
        self.music: dict[str, str] = {}
        self._reach = reach
        self._options = job_options()
        self._refusal = lru_cache(maxsize=4096)(self._refused)
        self._missing = lru_cache(maxsize=4096)(self._unfound)
        self._unreached = lru_cache(maxsize=4096)(self._out_of_reach)
        self._format = lru_cache(maxsize=256)(_unwritten)

    def row(self, table: Table, columns: _Columns, row: Row) -> Iterator[Problem]:
        """What is wrong with a row."""
        width = len(table.head.cells)
        if any(cell.strip() for cell in row.cells[width:]):
            place = table.place(row, width)
            yield problem("plan-row-long", place, count=len(row.cells), most=width)
        routine = _cell(row, columns.routine)
        if not routine:
            yield problem("plan-row-without-routine", table.place(row, columns.routine))
        elif missing := self._missing(routine):
            yield from _placed(missing, table.place(row, columns.routine))
        said = set()
        for at, option in columns.options:
            text = _cell(row, at)
            if not text:
                continue
            said.add(option)
            if reason := self._refusal(option, text):
                place = table.place(row, at)
                yield problem("plan-value", place, column=option, reason=reason)
            elif unreached := self._unreached(option, text):
                yield from _placed(unreached, table.place(row, at))
        if {"dose", "fit"} <= said:
            place = table.place(row, next(at for at, option in columns.options if option == "fit"))
            yield problem("options-exclude", place, one="dose", other="fit")
        file = _cell(row, columns.file)
        if columns.file is not None and file and (wrong := self._format(Path(with_suffix(file)).suffix)):
            yield from _placed(wrong, table.place(row, columns.file))

    def _refused(self, option: str, text: str) -> str | None:
        """Why an option does not take a value, None where it does."""
        parameter = self._options[option]
        try:
            parameter.type.convert(text, parameter, None)
        except click.BadParameter as error:
            return "write true or false" if parameter.is_flag else error.message
        return None

    def _unfound(self, routine: str) -> tuple[Problem, ...]:
        """Why no file of a routine can be read, nothing where one can."""
        try:
            self._reach.routine(routine)
        except VoiceguideError as error:
            return error.problems
        return ()

    def _out_of_reach(self, option: str, text: str) -> tuple[Problem, ...]:
        """Why a file may not be read that an option names, nothing where it may or where it names none."""
        try:
            if option == _MUSIC:
                self.music[text] = self._reach.music(text)
            elif option == _VOICE:
                self._reach.voice(text)
        except VoiceguideError as error:
            return error.problems
        return ()


def _unwritten(suffix: str) -> tuple[Problem, ...]:
    """Why no file of a format can be written, nothing where it can."""
    from voiceguide.audio.encode import check_format  # noqa: PLC0415 (numpy is slow to import)

    try:
        check_format(Path(f"x{suffix}"))
    except VoiceguideError as error:
        return error.problems
    return ()


def _placed(problems: tuple[Problem, ...], place: Place) -> Iterator[Problem]:
    for found in problems:
        yield replace(found, place=place)


def _cell(row: Row, at: int | None) -> str:
    return "" if at is None or at >= len(row.cells) else row.cells[at].strip()


def _order(found: Problem) -> tuple[int, int]:
    return (found.place.line, found.place.column) if found.place else (0, 0)
