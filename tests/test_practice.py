"""Sessions that were done: as lines, by weeks, the streak, and which can be resumed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.practice import (
    Entry,
    Streak,
    Week,
    from_line,
    identity_of,
    latest,
    resumable,
    streak,
    to_line,
    weeks,
)

WINTER = timezone(timedelta(hours=1))
WEDNESDAY = date(2026, 11, 25)
BROKEN_OFF = Entry(
    began=datetime(2026, 11, 25, 19, 30, 5, tzinfo=WINTER),
    routine="evening",
    title="Evening low-back unwind",
    dose=50,
    played_ms=250_400,
    finished=False,
    stopped_in="Leg drop",
    stopped_at_ms=312_000,
    chapter=4,
    file="/home/me/evening.yaml",
    programme="four-weeks",
    day=3,
    fingerprint="a1b2",
)
LINE = (
    '{"format": 1, "id": "7f", "began": "2026-11-25T19:30:05+01:00", "routine": "evening", '
    '"title": "Evening low-back unwind", "dose": 50, "minutes": 4.2, "played_ms": 250400, "finished": false, '
    '"stopped_in": "Leg drop", "stopped_at_ms": 312000, "chapter": 4, "file": "/home/me/evening.yaml", '
    '"programme": "four-weeks", "day": 3, "fingerprint": "a1b2"}\n'
)


def session(day: date, minutes: float = 10, *, finished: bool = True, hour: int = 19) -> Entry:
    """A session of the evening routine on this day."""
    began = datetime.combine(day, time(hour), tzinfo=WINTER)
    return Entry(began, "evening", "Evening", played_ms=round(minutes * 60_000), finished=finished)


def days_ago(*counts: int) -> list[Entry]:
    """A session so many days ago, each."""
    return [session(WEDNESDAY - timedelta(days=count)) for count in counts]


# Lines


def test_a_session_is_a_line_of_json() -> None:
    assert to_line("7f", BROKEN_OFF) == LINE


def test_a_line_is_read_back() -> None:
    assert from_line(LINE.encode()) == ("7f", BROKEN_OFF)


@given(
    st.builds(
        Entry,
        began=st.datetimes(
            datetime(2000, 1, 2), datetime(8999, 12, 30), timezones=st.just(WINTER)
        ).map(lambda began: began.replace(microsecond=0)),
        routine=st.text(st.characters()),
        title=st.text(st.characters()),
        dose=st.none() | st.integers(0, 100),
        played_ms=st.integers(0, 10**8),
        finished=st.booleans(),
        stopped_in=st.none() | st.text(),
        stopped_at_ms=st.none() | st.integers(0, 10**8),
        chapter=st.none() | st.integers(0, 500),
        file=st.none() | st.text(),
        programme=st.none() | st.text(),
        day=st.none() | st.integers(1, 366),
        fingerprint=st.none() | st.text(),
    )
)  # fmt: skip
def test_every_session_is_one_line_and_comes_back(entry: Entry) -> None:
    line = to_line("x", entry)
    assert line.count("\n") == 1
    assert line.isascii()
    assert from_line(line.encode()) == ("x", entry)


@given(st.integers(0, len(LINE) - 2))
def test_a_line_that_is_cut_off_anywhere_is_none(length: int) -> None:
    assert from_line(LINE[:length].encode()) is None
    assert identity_of(LINE[:length].encode()) is None


@given(st.binary())
def test_whatever_a_damaged_disk_gives_is_no_session(line: bytes) -> None:
    assert from_line(line) is None


def changed(**values: object) -> bytes:
    return json.dumps(json.loads(LINE) | values).encode()


@pytest.mark.parametrize(
    "line",
    [
        changed(format=2),
        changed(began="2026-11-25T19:30:05"),
        changed(began="0001-01-01T00:00:00+01:00"),
        changed(began=7),
        changed(played_ms=-1),
        changed(played_ms=10**30),
        changed(played_ms=1.5),
        changed(finished=1),
        changed(dose=True),
        changed(title=None),
        changed(id=None),
        b"[]",
        b"\x00\x00\x00",
        b"[" * 100_000,
    ],
)
def test_a_line_that_means_something_else_is_none(line: bytes) -> None:
    assert from_line(line) is None


def test_keys_of_a_newer_version_are_passed_over() -> None:
    assert from_line(changed(mood="calm")) == ("7f", BROKEN_OFF)


def test_a_line_of_a_newer_format_still_has_its_identity() -> None:
    assert identity_of(changed(format=2)) == "7f"


# Weeks


def test_minutes_by_week_from_monday_to_sunday() -> None:
    entries = [
        session(date(2026, 11, 15), 20),
        session(date(2026, 11, 16), 10),
        session(date(2026, 11, 22), 5.5),
        session(date(2026, 11, 23), 0.4, finished=False),
    ]
    assert weeks(entries, WEDNESDAY, 3) == (
        Week(date(2026, 11, 9), 20, 1),
        Week(date(2026, 11, 16), 16, 2),
        Week(date(2026, 11, 23), 0, 1),
    )


def test_twelve_weeks_unless_told() -> None:
    found = weeks([], WEDNESDAY)
    assert [week.name for week in (found[0], found[-1])] == ["2026-W37", "2026-W48"]
    assert len(found) == 12


@pytest.mark.parametrize(
    ("monday", "name"),
    [(date(2024, 12, 30), "2025-W01"), (date(2026, 12, 28), "2026-W53"), (date(2027, 1, 4), "2027-W01")],
)
def test_a_week_is_named_as_iso_8601_does_at_the_turn_of_the_year(monday: date, name: str) -> None:
    assert Week(monday, 0, 0).name == name


def test_a_session_counts_on_the_day_that_the_listeners_clock_showed() -> None:
    """It began on Sunday evening in Honolulu, which was Monday in Berlin."""
    away = datetime(2026, 11, 22, 20, 0, tzinfo=timezone(timedelta(hours=-10)))
    found = weeks([replace(session(WEDNESDAY), began=away)], WEDNESDAY, 2)
    assert [week.sessions for week in found] == [1, 0]


# The streak


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], Streak(0, 0, today=False)),
        (days_ago(0), Streak(1, 1, today=True)),
        (days_ago(0, 1, 2), Streak(3, 3, today=True)),
        (days_ago(1, 2), Streak(2, 2, today=False)),
        (days_ago(2, 3, 4), Streak(0, 3, today=False)),
        (days_ago(0, 1, 3, 4, 5, 6), Streak(2, 4, today=True)),
        (days_ago(0, 0, 0), Streak(1, 1, today=True)),
        (days_ago(-1, 0), Streak(1, 2, today=True)),
    ],
    ids=["never", "today", "three days", "not yet today", "over", "a longer one before", "thrice a day", "tomorrow"],
)  # fmt: skip
def test_days_in_a_row(entries: list[Entry], expected: Streak) -> None:
    assert streak(entries, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("minutes", "finished", "counts"),
    [(0.5, True, True), (1, False, True), (0.9, False, False)],
    ids=["short but finished", "a minute", "less"],
)
def test_what_counts_as_a_day(minutes: float, finished: bool, counts: bool) -> None:  # noqa: FBT001 (parameters of the test)
    found = streak([session(WEDNESDAY, minutes, finished=finished)], WEDNESDAY)
    assert found == Streak(int(counts), int(counts), today=counts)


@given(st.lists(st.integers(0, 400)))
def test_the_streak_is_never_longer_than_the_longest(counts: list[int]) -> None:
    found = streak(days_ago(*counts), WEDNESDAY)
    assert 0 <= found.days <= found.longest <= len(set(counts))
    assert (found.longest > 0) == bool(counts)


# What can be resumed

NOW = datetime(2026, 11, 25, 20, 0, tzinfo=WINTER)


def test_what_was_broken_off_can_be_resumed() -> None:
    assert resumable(BROKEN_OFF, NOW)


def test_what_was_finished_cannot() -> None:
    assert not resumable(replace(BROKEN_OFF, finished=True), NOW)


def test_nothing_cannot() -> None:
    assert not resumable(None, NOW)


@pytest.mark.parametrize(("played_ms", "can"), [(10_000, False), (10_001, True)])
def test_ten_seconds_are_not_worth_it(played_ms: int, can: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    assert resumable(replace(BROKEN_OFF, played_ms=played_ms), NOW) == can


@pytest.mark.parametrize(("later_s", "can"), [(-1, True), (0, False)])
def test_a_day_later_it_is_too_late(later_s: int, can: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    stopped = BROKEN_OFF.began + timedelta(milliseconds=BROKEN_OFF.played_ms)
    assert resumable(BROKEN_OFF, stopped + timedelta(days=1, seconds=later_s)) == can


EVENING_AFTER = replace(BROKEN_OFF, began=BROKEN_OFF.began + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (replace(EVENING_AFTER, played_ms=10_000), BROKEN_OFF),
        (replace(EVENING_AFTER, played_ms=10_001), replace(EVENING_AFTER, played_ms=10_001)),
        (replace(EVENING_AFTER, played_ms=2_000, finished=True), replace(EVENING_AFTER, played_ms=2_000, finished=True)),
        (replace(EVENING_AFTER, routine="morning"), BROKEN_OFF),
    ],
    ids=["a false start", "longer", "short but finished", "another routine"],
)  # fmt: skip
def test_the_latest_session_of_a_routine_is_no_false_start(after: Entry, expected: Entry) -> None:
    assert latest([BROKEN_OFF, after], "evening") == expected


def test_the_latest_session_of_any_routine() -> None:
    morning = replace(EVENING_AFTER, routine="morning")
    assert latest([BROKEN_OFF, morning]) == morning


def test_false_starts_alone_are_no_session_to_resume() -> None:
    assert latest([replace(BROKEN_OFF, played_ms=2_000)], "evening") is None


def test_a_day_is_a_day_in_another_time_zone() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=13)))
    assert resumable(BROKEN_OFF, there)
    assert not resumable(BROKEN_OFF, there + timedelta(days=1))
