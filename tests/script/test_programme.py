"""Programmes: which routines are done on which day, and at which dose."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.script.support import Shelf
from voiceguide.cli.problems import format_problem
from voiceguide.model import Programme, Week, Words
from voiceguide.script.nodes import SourceFile
from voiceguide.script.programme import MAX_WEEKS, read_programme

if TYPE_CHECKING:
    from collections.abc import Collection

    from voiceguide.errors import Problem


def read(text: str, routines: Collection[str] | None = None) -> tuple[Programme | None, tuple[Problem, ...]]:
    return read_programme(SourceFile("p.yaml", dedent(text).lstrip("\n")), Shelf(), routines)


def programme_of(text: str) -> Programme:
    programme, problems = read(text)
    assert problems == ()
    assert programme is not None
    return programme


def report(text: str, routines: Collection[str] | None = None) -> str:
    programme, problems = read(text, routines)
    assert programme is None
    return "\n".join(format_problem(found) for found in problems)


def day(*names: str) -> tuple[Words, ...]:
    return tuple(Words(name) for name in names)


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Zwei Wochen"), ("en", "Two weeks"), ("fr", "Two weeks")]
)
def test_a_title_may_be_by_language(language: str, title: str) -> None:
    text = "title: {en: Two weeks, de: Zwei Wochen}\ndays: [a, a, a, a, a, a, a]\nweeks: [0]\n"
    programme, _ = read_programme(SourceFile("p.yaml", text), Shelf(), language=language)
    assert programme is not None
    assert programme.title == title


def test_a_week_of_days_and_a_dose_for_each_week() -> None:
    programme = programme_of(
        """
        title: Four weeks for a runner's low back
        summary: A little more each week.
        start: 2026-11-23
        days: [evening, [morning, evening], rest, evening, mine/own.yaml, rest, rest]
        weeks: [0, 25%, 100]
        """
    )
    days = (day("evening"), day("morning", "evening"), (), day("evening"), day("mine/own.yaml"), (), ())
    assert programme == Programme(
        title="Four weeks for a runner's low back",
        weeks=(Week(0, days), Week(25, days), Week(100, days)),
        summary="A little more each week.",
        start="2026-11-23",
    )


def test_a_week_may_have_days_of_its_own() -> None:
    programme = programme_of(
        """
        title: T
        days: [a, a, a, a, a, a, a]
        weeks:
          - 0
          - {dose: 50, days: [rest, b, b, b, b, b, b]}
          - dose: 75
        """
    )
    assert [week.dose for week in programme.weeks] == [0, 50, 75]
    assert [week.days[0] for week in programme.weeks] == [day("a"), (), day("a")]


def test_a_programme_need_not_say_when_it_begins() -> None:
    assert programme_of("title: T\ndays: [a, a, a, a, a, a, a]\nweeks: [0]\n").start is None


def test_a_routine_knows_where_it_is_named() -> None:
    place = programme_of("title: T\ndays: [a, [b, c], a, a, a, a, a]\nweeks: [0]\n").weeks[0].days[1][1].place
    assert place is not None
    assert (place.file, place.line, place.column, place.end_column) == ("p.yaml", 2, 15, 16)


CASES = [
    (
        """
        title: T
        day: [a, a, a, a, a, a, a]
        weeks: [0]
        =>
        p.yaml:1:1: error: a programme needs the key 'days'
           1 | title: T
             | ^^^^^^^^
        p.yaml:2:1: error: a programme has no key 'day'
           2 | day: [a, a, a, a, a, a, a]
             | ^^^
           hint: did you mean 'days'?
        """
    ),
    (
        """
        title: T
        days: [a, a, a, a, a, a]
        weeks: [0]
        =>
        p.yaml:2:1: error: a week has seven days, not 6
           2 | days: [a, a, a, a, a, a]
             | ^^^^
           hint: write rest for a day without a routine
        """
    ),
    (
        """
        title: T
        days: [a, a, a, a, a, a, a]
        weeks: [{dose: 50, days: [a, a, a, a, a, a, a, a]}]
        =>
        p.yaml:3:20: error: a week has seven days, not 8
           3 | weeks: [{dose: 50, days: [a, a, a, a, a, a, a, a]}]
             |                    ^^^^
           hint: write rest for a day without a routine
        """
    ),
    (
        """
        title: T
        days: [a, [], a, a, a, a, [a, rest]]
        weeks: [0]
        =>
        p.yaml:2:11: error: a day without a routine is written as rest
           2 | days: [a, [], a, a, a, a, [a, rest]]
             |           ^^
        p.yaml:2:31: error: a day of rest has no routine
           2 | days: [a, [], a, a, a, a, [a, rest]]
             |                               ^^^^
           hint: write rest alone, or take it out
        """
    ),
    (
        """
        title: T
        days: {monday: a}
        weeks: 4
        =>
        p.yaml:2:7: error: 'days' takes a list
           2 | days: {monday: a}
             |       ^^^^^^^^^^^
           hint: begin each line with '- '
        p.yaml:3:8: error: 'weeks' takes a list
           3 | weeks: 4
             |        ^
           hint: begin each line with '- '
        """
    ),
    (
        """
        title: T
        days: [a, a, a, a, a, a, {b: 30s}]
        weeks: []
        =>
        p.yaml:2:26: error: 'days' takes a text
           2 | days: [a, a, a, a, a, a, {b: 30s}]
             |                          ^^^^^^^^
        p.yaml:3:1: error: 'weeks' is empty
           3 | weeks: []
             | ^^^^^
        """
    ),
    (
        """
        title: T
        days: [a, a, a, a, a, a, a]
        weeks: [0, 101, -1, x, 50 %, [25], {days: [a, a, a, a, a, a, a]}, {dose: 5, doze: 3}]
        =>
        p.yaml:3:12: error: the dose is a percentage, 0 to 100
           3 | weeks: [0, 101, -1, x, 50 %, [25], {days: [a, a, a, a, a, a, a]}, {dose: 5, doze: 3}]
             |            ^^^
        p.yaml:3:17: error: the dose is a percentage, 0 to 100
           3 | weeks: [0, 101, -1, x, 50 %, [25], {days: [a, a, a, a, a, a, a]}, {dose: 5, doze: 3}]
             |                 ^^
        p.yaml:3:21: error: the dose is a percentage, 0 to 100
           3 | weeks: [0, 101, -1, x, 50 %, [25], {days: [a, a, a, a, a, a, a]}, {dose: 5, doze: 3}]
             |                     ^
        p.yaml:3:30: error: the dose is a percentage, 0 to 100
           3 | weeks: [0, 101, -1, x, 50 %, [25], {days: [a, a, a, a, a, a, a]}, {dose: 5, doze: 3}]
             |                              ^^^^
        p.yaml:3:36: error: a week needs the key 'dose'
           3 | weeks: [0, 101, -1, x, 50 %, [25], {days: [a, a, a, a, a, a, a]}, {dose: 5, doze: 3}]
             |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        p.yaml:3:77: error: a week has no key 'doze'
           3 | weeks: [0, 101, -1, x, 50 %, [25], {days: [a, a, a, a, a, a, a]}, {dose: 5, doze: 3}]
             |                                                                             ^^^^
           hint: did you mean 'dose'?
        """
    ),
    (
        """
        - evening
        =>
        p.yaml:1:1: error: a programme must be keys and values
           1 | - evening
             | ^^^^^^^^^
        """
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_shown_with_its_place(case: str) -> None:
    text, shown = dedent(case).strip().split("\n=>\n")
    assert report(f"{text}\n") == shown


@pytest.mark.parametrize("start", ["2026-02-28", "2028-02-29", "2026-12-31", "0001-01-01"])
def test_a_date_of_the_calendar(start: str) -> None:
    text = f"title: T\nstart: {start}\ndays: [a, a, a, a, a, a, a]\nweeks: [0]\n"
    assert programme_of(text).start == start


@pytest.mark.parametrize(
    "start",
    [
        "2026-02-29",
        "2026-04-31",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "0000-01-01",
        "23.11.2026",
        "2026-1-1",
        "tomorrow",
    ],
)
def test_a_date_that_no_calendar_has(start: str) -> None:
    shown = report(f"title: T\nstart: {start}\ndays: [a, a, a, a, a, a, a]\nweeks: [0]\n")
    assert shown.splitlines()[0] == f"p.yaml:2:8: error: '{start}' is not a date"
    assert shown.splitlines()[-1] == "   hint: write it like 2026-11-23"


def test_an_unknown_routine_is_told_where_the_routines_are_known() -> None:
    text = "title: T\ndays: [evening, evenin, rest, rest, rest, rest, [morning, evening]]\nweeks: [0]\n"
    assert report(text, ["evening", "morning"]) == (
        "p.yaml:2:17: error: there is no routine 'evenin'\n"
        "   2 | days: [evening, evenin, rest, rest, rest, rest, [morning, evening]]\n"
        "     |                 ^^^^^^\n"
        "   hint: did you mean 'evening'?"
    )


def test_two_years_of_weeks_and_no_more() -> None:
    text = "title: T\ndays: [a, a, a, a, a, a, a]\nweeks: ["
    assert len(programme_of(f"{text}{'0, ' * MAX_WEEKS}]\n").weeks) == MAX_WEEKS
    shown = report(f"{text}{'0, ' * (MAX_WEEKS + 1)}]\n")
    assert shown.splitlines()[0] == "p.yaml:3:1: error: a programme has at most 104 weeks"


PIECES = st.sampled_from(
    [
        "title: T\n",
        "days: [",
        "rest, ",
        "a, ",
        "]\n",
        "weeks: [0, ",
        "{dose: 5}",
        "*a",
        "&a ",
        "start: 2026-01-01\n",
        "- ",
    ]
)


@given(st.lists(PIECES | st.characters(codec="utf-8"), max_size=30).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    programme, problems = read_programme(SourceFile("p.yaml", text), Shelf())
    assert (programme is None) == bool(problems)
    assert all(found.place for found in problems)


def test_an_alias_is_one_problem_wherever_it_stands() -> None:
    for text in (
        "*a",
        "title: *a\ndays: *a\nweeks: *a\n",
        "title: T\nstart: *a\ndays: [*a, [*a], a, a, a, a, a]\nweeks: [*a, {dose: *a, days: *a}]\n",
    ):
        kinds = [found.kind for found in read(text)[1]]
        assert kinds == ["yaml-alias"] * text.count("*a")
