"""A programme on the calendar: its days in order, and which of them falls on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from voiceguide.model import Programme, Words


@dataclass(frozen=True)
class Day:
    """A day of a programme: `number` and `week` count from 1, `dose` is in percent; a day of rest has no routines."""

    number: int
    week: int
    dose: int
    routines: tuple[Words, ...]


def days(programme: Programme) -> tuple[Day, ...]:
    """Every day of a programme, from its first to its last."""
    found: list[Day] = []
    for number, week in enumerate(programme.weeks, start=1):
        for routines in week.days:
            found.append(Day(len(found) + 1, number, week.dose, routines))
    return tuple(found)


def number_on(start: date, today: date) -> int:
    """Which day of a programme that begins on `start` is `today`: the first is 1, the day before it 0."""
    return (today - start).days + 1


def date_of(start: date, number: int) -> date:
    """The date of a day of a programme that begins on `start`."""
    return start + timedelta(days=number - 1)
