"""`--programme`: today's routines, or those of a day that is named; and the calendar."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import User
    from voiceguide.player.commands import Command

PROGRAMME = """\
title: Two weeks
summary: As short as can be.
start: 2026-11-23
days: [one, [one, two], rest, two, ../own/three.yaml, rest, rest]
weeks: [0, 100]
"""
UNDATED = PROGRAMME.replace("start: 2026-11-23\n", "")
START = date(2026, 11, 23)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture(autouse=True)
def scripts(user: User) -> None:
    user.write("scripts/programmes/mine.yaml", PROGRAMME)
    for name in ("one", "two"):
        script = f"title: {name.capitalize()}\nsteps:\n  - bridge: 1-3 x 5s, rest 5s\n"
        user.write(f"scripts/routines/{name}.yaml", script)
    user.write("scripts/own/three.yaml", "title: Three\nsteps:\n  - bridge: 5-9s\n")
    user.configure("safety: no\ntalk: brief\n")


def doses(user: User, *arguments: str, today: date = MONDAY) -> list[tuple[str, int]]:
    """The title and the dose of each session."""
    outcome = user.run("show", *arguments, "--day", "2", "--json", today=today)
    return [(item["title"], item["dose"]) for item in json.loads(outcome.out)]


# Which day it is


def test_today_is_counted_from_the_start(user: User) -> None:
    outcome = user.run("render", "--programme", "mine", today=MONDAY)
    assert (outcome.code, outcome.err) == (0, "mine, week 1, day 1 of 14: one\n")
    assert outcome.out.startswith("audio/mine-day-01-one.mp3  0:")


def test_a_day_of_several_routines_is_rendered_into_a_file_each(user: User) -> None:
    outcome = user.run("render", "--programme", "mine", today=TUESDAY)
    assert (outcome.code, outcome.err) == (0, "mine, week 1, day 2 of 14: one, two\n")
    assert sorted(path.name for path in (user.folder / "audio").iterdir()) == [
        "mine-day-02-one.mp3",
        "mine-day-02-two.mp3",
    ]


def test_they_are_played_one_after_the_other(user: User) -> None:
    for name in ("one", "two"):
        user.write(f"scripts/routines/{name}.yaml", f"title: {name}\nsteps:\n  - sound: tick\n")
    outcome = user.run("play", "--programme", "mine", "--output", "null", today=TUESDAY)
    assert (outcome.code, outcome.err) == (0, "mine, week 1, day 2 of 14: one, two\n")
    finished = [line for line in outcome.out.splitlines() if line.startswith("Finished: 0:0")]
    assert len(finished) == 2


class Quits:
    """Keys of someone who presses q."""

    def poll(self) -> list[Command]:
        return ["stop"]


def test_q_stops_all_of_them(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voiceguide.cli.live.terminal_keys", lambda: nullcontext(Quits()))
    outcome = user.run("play", "--programme", "mine", "--output", "null", today=TUESDAY)
    assert outcome.code == 0
    assert outcome.out.splitlines()[-1].startswith("Stopped at 0:00")
    assert outcome.out.count("Stopped at") + outcome.out.count("Finished:") == 1


def test_a_day_can_be_named(user: User) -> None:
    outcome = user.run("render", "--programme", "mine", "--day", "11", today=MONDAY)
    assert (outcome.code, outcome.err) == (0, "mine, week 2, day 11 of 14: two\n")


def test_a_day_needs_no_start(user: User) -> None:
    user.write("scripts/programmes/mine.yaml", UNDATED)
    assert user.run("render", "--programme", "mine", "--day", "1").code == 0


@pytest.mark.parametrize("written", [PROGRAMME, UNDATED])
def test_a_start_on_the_command_line_goes_before_that_of_the_programme(user: User, written: str) -> None:
    user.write("scripts/programmes/mine.yaml", written)
    user.configure("start: 2026-11-01\n")
    outcome = user.run("show", "--programme", "mine", "--start", "2026-11-21", today=MONDAY)
    assert "2026-11-23 (today)" in outcome.out
    assert "  3  Mon 2026-11-23 (today)" in outcome.out


def test_a_start_in_the_configuration_is_for_a_programme_that_has_none(user: User) -> None:
    user.configure("start: 2026-11-25\n")
    assert " 1  Mon 2026-11-23 (today)" in user.run("show", "--programme", "mine", today=MONDAY).out
    user.write("scripts/programmes/mine.yaml", UNDATED)
    assert " 1  Wed 2026-11-25 (today)" in user.run("show", "--programme", "mine", today=WEDNESDAY).out


def test_a_day_of_rest_says_what_comes_tomorrow(user: User) -> None:
    outcome = user.run("play", "--programme", "mine", today=WEDNESDAY)
    assert (outcome.code, outcome.out, outcome.err) == (
        0,
        "Day 3 of 14 is a day of rest. Tomorrow: two.\n",
        "",
    )
    assert user.run("render", "--programme", "mine", "--day", "13").out == (
        "Day 13 of 14 is a day of rest. Tomorrow: rest.\n"
    )
    assert user.run("render", "--programme", "mine", "--day", "14").out == (
        "Day 14 of 14 is a day of rest. It is the last one.\n"
    )


def test_a_day_of_rest_is_an_empty_list_for_programs(user: User) -> None:
    outcome = user.run("show", "--programme", "mine", "--day", "3", "--json")
    assert (outcome.code, outcome.out) == (0, "[]\n")
    assert outcome.err == "Day 3 of 14 is a day of rest. Tomorrow: two.\n"


@pytest.mark.parametrize(
    ("day", "when"), [(date(2026, 11, 22), "tomorrow"), (date(2026, 11, 18), "in 5 days")]
)
def test_before_its_start_it_says_when_that_is(user: User, day: date, when: str) -> None:
    assert user.fails("play", "--programme", "mine", today=day) == (
        f"error: the programme 'Two weeks' begins on Monday 2026-11-23, {when}\n"
        "   hint: `--day 1` begins today\n"
    )


def test_after_its_end_it_says_so(user: User) -> None:
    assert user.run("play", "--programme", "mine", today=date(2026, 12, 6)).code == 0
    assert user.fails("play", "--programme", "mine", today=date(2026, 12, 7)) == (
        "error: the programme 'Two weeks' ended on Sunday 2026-12-06\n"
        "   hint: `--start DATE` begins it again, `--day N` chooses a day\n"
    )


def test_without_a_start_today_is_no_day_of_it(user: User) -> None:
    user.write("scripts/programmes/mine.yaml", UNDATED)
    assert user.fails("play", "--programme", "mine") == (
        "error: nobody said when the programme 'Two weeks' begins\n"
        "   hint: `--start DATE` says it, or `start:` in the programme; `--day N` chooses a day\n"
    )


def test_a_day_that_it_does_not_have(user: User) -> None:
    assert user.fails("play", "--programme", "mine", "--day", "15") == (
        "error: the programme 'Two weeks' has 14 days, and no day 15\n"
    )


# Its dose


def test_a_week_has_its_dose(user: User) -> None:
    first, second = (
        json.loads(user.run("show", "--programme", "mine", "--day", day, "--json").out) for day in ("2", "9")
    )
    assert [(item["title"], item["dose"]) for item in (*first, *second)] == [
        ("One", 0), ("Two", 0), ("One", 100), ("Two", 100)
    ]  # fmt: skip


def test_the_command_line_goes_before_it_and_it_before_the_configuration_and_the_routine(user: User) -> None:
    user.configure("dose: 70\nsafety: no\n")
    user.write("scripts/routines/one.yaml", "title: One\ndose: 80\nsteps:\n  - bridge: 5-9s\n")
    assert doses(user, "--programme", "mine") == [("One", 0), ("Two", 0)]
    assert doses(user, "--programme", "mine", "--dose", "30") == [("One", 30), ("Two", 30)]
    assert [dose for _, dose in doses(user, "--programme", "mine", "--fit", "1h")] == [88, 75]


# The calendar


def test_the_calendar_has_every_day_with_its_date_routines_dose_and_length(user: User) -> None:
    outcome = user.run("show", "--programme", "mine", today=TUESDAY)
    assert (outcome.code, outcome.err) == (0, "")
    head, empty, columns, *rows = outcome.out.splitlines()
    assert (head, empty) == ("Two weeks, 2 weeks", "")
    assert columns.split() == ["week", "day", "date", "routines", "dose", "length"]
    lengths = {name: length(user, name, "0") for name in ("one", "two", "scripts/own/three.yaml")}
    assert [" ".join(row.split()) for row in rows[:7]] == [
        f"1 1 Mon 2026-11-23 one 0 % {lengths['one']}",
        f"1 2 Tue 2026-11-24 (today) one, two 0 % {lengths['one']}, {lengths['two']}",
        "1 3 Wed 2026-11-25 rest",
        f"1 4 Thu 2026-11-26 two 0 % {lengths['two']}",
        f"1 5 Fri 2026-11-27 three 0 % {lengths['scripts/own/three.yaml']}",
        "1 6 Sat 2026-11-28 rest",
        "1 7 Sun 2026-11-29 rest",
    ]
    assert " ".join(rows[7].split()) == f"2 8 Mon 2026-11-30 one 100 % {length(user, 'one', '100')}"
    assert len(rows) == 14


def length(user: User, name: str, dose: str) -> str:
    ms = json.loads(user.run("show", name, "--dose", dose, "--json").out)["duration_ms"]
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def test_without_a_start_it_has_no_dates(user: User) -> None:
    user.write("scripts/programmes/mine.yaml", UNDATED)
    lines = user.run("show", "--programme", "mine").out.splitlines()
    assert lines[2].split() == ["week", "day", "routines", "dose", "length"]
    assert lines[5].split() == ["1", "3", "rest"]


def test_a_routine_that_has_nothing_for_the_listener_has_no_length(user: User) -> None:
    rows = user.run("show", "--programme", "mine", "--avoid", "pregnancy", today=TUESDAY).out.splitlines()[3:]
    assert " ".join(rows[1].split()) == "1 2 Tue 2026-11-24 (today) one, two left out, left out"


def test_it_is_json_for_programs(user: User) -> None:
    data = json.loads(user.run("show", "--programme", "mine", "--json", today=TUESDAY).out)
    assert list(data) == ["programme", "title", "summary", "days"]
    assert (data["programme"], data["title"], len(data["days"])) == ("mine", "Two weeks", 14)
    second = data["days"][1]
    assert list(second) == ["week", "day", "date", "weekday", "today", "sessions"]
    assert (second["date"], second["weekday"], second["today"]) == ("2026-11-24", "Tuesday", True)
    assert [list(session) for session in second["sessions"]] == [
        ["routine", "title", "dose", "duration_ms"]
    ] * 2
    assert data["days"][2]["sessions"] == []


@pytest.mark.parametrize("option", [["--words"], ["--svg", "x.svg"]])
def test_what_shows_one_session_needs_a_day(user: User, option: list[str]) -> None:
    assert user.fails("show", "--programme", "mine", *option) == (
        f"error: {option[0]} takes one day of a programme\n   hint: `--day N` chooses it\n"
    )
    assert user.run("show", "--programme", "mine", "--day", "1", *option).code == 0


# Where it is found


def shipped(user: User, *options: str) -> list[dict[str, Any]]:
    """The days of the shipped programme."""
    outcome = user.run("show", "--programme", "runner-low-back", "--json", *options)
    data = json.loads(outcome.out)
    assert data["title"] == "Four weeks for a runner's low back"
    days: list[dict[str, Any]] = data["days"]
    return days


def test_the_shipped_one_is_four_weeks_that_rise(user: User) -> None:
    by_week: dict[int, set[int]] = {}
    for day in shipped(user, "--talk", "tones"):
        by_week.setdefault(day["week"], set()).update(session["dose"] for session in day["sessions"])
    assert by_week == {1: {0}, 2: {25}, 3: {50}, 4: {75}}


def test_in_the_shipped_one_strength_comes_twice_a_week_with_a_day_between(user: User) -> None:
    days = {
        day["day"]: [session["routine"] for session in day["sessions"]]
        for day in shipped(user, "--talk", "tones")
    }
    strength = [day for day, routines in days.items() if "back-strength" in routines]
    assert strength == [3, 5, 10, 12, 17, 19, 24, 26]


def test_every_day_of_the_shipped_one_has_something_short(user: User) -> None:
    days = shipped(user, "--talk", "full")
    assert all(day["sessions"] for day in days)
    assert all(session["duration_ms"] < 20 * 60_000 for day in days for session in day["sessions"])


def test_one_in_the_current_folder_goes_before_one_of_the_users_and_that_before_the_shipped_one(
    user: User,
) -> None:
    config = user.configure("").parent
    for folder, title in ((f"{config}/programmes", "Mine"), ("scripts/programmes", "Here")):
        text = f"title: {title}\ndays: [one, rest, rest, rest, rest, rest, rest]\nweeks: [0]\n"
        user.write(f"{folder}/runner-low-back.yaml", text)
        assert user.run("show", "--programme", "runner-low-back").out.startswith(f"{title}, 1 week\n")


def test_it_is_found_by_path_too(user: User) -> None:
    user.write("deep/plan.yml", PROGRAMME.replace("../own/three.yaml", "../scripts/own/three.yaml"))
    outcome = user.run("render", "--programme", "deep/plan.yml", "--day", "5")
    assert (outcome.code, outcome.out.split()[0]) == (0, "audio/plan-day-05-three.mp3")


def test_an_unknown_programme_has_near_names(user: User) -> None:
    assert user.fails("play", "--programme", "runer-low-back") == (
        "error: there is no programme 'runer-low-back'\n   hint: did you mean 'runner-low-back'?\n"
    )
    assert user.fails("play", "--programme", "zzz") == (
        "error: there is no programme 'zzz'\n   hint: `voiceguide list` shows them all\n"
    )


def test_one_that_is_called_like_a_routine_says_how_it_is_called(user: User) -> None:
    assert user.fails("play", "runner-low-back") == (
        "error: there is no routine 'runner-low-back'\n"
        "   hint: it is a programme: `--programme runner-low-back`\n"
    )


def test_a_routine_that_it_names_and_that_is_nowhere_is_told_at_its_place(user: User) -> None:
    user.write(
        "scripts/programmes/mine.yaml", PROGRAMME.replace("[one, [one, two]", "[evenin, [one, two.yml]")
    )
    assert user.fails("show", "--programme", "mine") == (
        "scripts/programmes/mine.yaml:4:8: error: there is no routine 'evenin'\n"
        "   4 | days: [evenin, [one, two.yml], rest, two, ../own/three.yaml, rest, rest]\n"
        "     |        ^^^^^^\n"
        "   hint: did you mean 'evening'?\n"
        "scripts/programmes/mine.yaml:4:22: error: there is no routine 'two.yml'\n"
        "   4 | days: [evenin, [one, two.yml], rest, two, ../own/three.yaml, rest, rest]\n"
        "     |                      ^^^^^^^\n"
        "   hint: did you mean 'two'?\n"
    )


# What does not go together


def test_a_routine_of_the_day_is_chosen_by_its_name(user: User) -> None:
    outcome = user.run("render", "two", "--programme", "mine", today=TUESDAY)
    assert (outcome.code, outcome.err) == (0, "mine, week 1, day 2 of 14: one, two\n")
    assert [path.name for path in (user.folder / "audio").iterdir()] == ["mine-day-02-two.mp3"]


def test_a_routine_that_is_not_one_of_the_day_is_refused(user: User) -> None:
    outcome = user.run("play", "evening", "--programme", "mine", today=TUESDAY)
    assert (outcome.code, outcome.err) == (
        2,
        (
            "mine, week 1, day 2 of 14: one, two\n"
            "error: day 2 has no routine 'evening'\n"
            "   hint: it has one, two; leave --programme out to play another one\n"
        ),
    )


def test_a_routine_of_the_day_is_shown_by_its_name(user: User) -> None:
    outcome = user.run("show", "two", "--programme", "mine", "--json", today=TUESDAY)
    assert json.loads(outcome.out)["title"] == "Two"


@pytest.mark.parametrize("command", ["play", "render", "show"])
def test_one_of_them_is_needed(user: User, command: str) -> None:
    outcome = user.run(command)
    assert outcome.code == 2
    assert outcome.err.endswith("\nError: Missing argument 'NAME', or a programme: --programme NAME.\n")


@pytest.mark.parametrize("option", [["--day", "3"], ["--start", "2026-11-23"]])
def test_the_options_of_a_programme_go_with_one(user: User, option: list[str]) -> None:
    assert user.fails("show", "evening", *option) == f"error: {option[0]} goes with --programme\n"


@pytest.mark.parametrize(
    "option", [["--day", "0"], ["--day", "x"], ["--start", "23.11.2026"], ["--start", "2026-13-01"]]
)
def test_a_day_is_a_number_and_a_start_a_date(user: User, option: list[str]) -> None:
    told = user.fails("show", "--programme", "mine", *option)
    assert f"\nError: Invalid value for '{option[0]}': " in told
    if option[0] == "--start":
        assert told.endswith(f"'{option[1]}' is not a date: write it like 2026-11-23\n")


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (["render", "-o", "x.mp3"], "-o"),
        (["play", "--output", "x.wav"], "--output"),
        (["show", "--svg", "x.svg"], "--svg"),
    ],
)
def test_several_routines_do_not_go_into_one_file(user: User, command: list[str], option: str) -> None:
    assert user.fails(*command, "--programme", "mine", "--day", "2") == (
        "mine, week 1, day 2 of 14: one, two\n"
        "error: day 2 has several routines (one, two): one file cannot take them\n"
        f"   hint: leave {option} out\n"
    )


def test_a_programme_in_the_configuration_is_played_without_a_word_and_a_routine_in_its_place(
    user: User,
) -> None:
    user.configure("show: {programme: mine}\n")
    assert user.run("show").out.startswith("Two weeks, ")
    assert user.run("show", "neck-reset").out.startswith("Neck reset, ")


def test_check_checks_a_programme(user: User) -> None:
    assert (
        user.run("check", "scripts/programmes/mine.yaml", "runner-low-back").out == "2 files: no problems\n"
    )
    user.write("scripts/programmes/mine.yaml", PROGRAMME.replace("[0, 100]", "[0, 101]"))
    outcome = user.run("check", "scripts/programmes/mine.yaml")
    assert (outcome.code, outcome.err) == (
        1,
        (
            "scripts/programmes/mine.yaml:5:12: error: the dose is a percentage, 0 to 100\n"
            "   5 | weeks: [0, 101]\n"
            "     |            ^^^\n"
        ),
    )


def test_the_words_of_a_day_are_shown_session_after_session(user: User) -> None:
    outcome = user.run("show", "--programme", "mine", "--day", "2", "--words", "--talk", "tones")
    titles = [line.split(",")[0] for line in outcome.out.splitlines() if " in all" in line]
    assert titles == ["One", "Two"]
    assert Path("audio").exists() is False
