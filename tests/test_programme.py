"""A programme on the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.model import Programme, Week, Words
from voiceguide.programme import Day, date_of, days, number_on

RUN, REST = (Words("run"),), ()
START = date(2026, 11, 23)


def test_its_days_are_those_of_its_weeks_one_after_the_other() -> None:
    programme = Programme("Two", (Week(0, (RUN, REST)), Week(50, (REST, RUN))))
    assert days(programme) == (Day(1, 1, 0, RUN), Day(2, 1, 0, REST), Day(3, 2, 50, REST), Day(4, 2, 50, RUN))


@pytest.mark.parametrize(
    ("today", "number"),
    [(date(2026, 11, 22), 0), (date(2026, 11, 23), 1), (date(2026, 11, 30), 8), (date(2027, 1, 1), 40)],
)
def test_the_start_is_its_first_day(today: date, number: int) -> None:
    assert number_on(START, today) == number
    assert date_of(START, number) == today


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-5_000, 5_000))
def test_a_days_date_is_the_date_of_that_day(start: date, number: int) -> None:
    assert number_on(start, date_of(start, number)) == number
