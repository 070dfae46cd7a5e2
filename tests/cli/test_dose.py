"""`--dose` and `--fit`: where in its ranges a routine is done, and the dose that fills a time."""

from __future__ import annotations

import json
import wave
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import User

RANGES = """\
title: Ranges
steps:
  - bridge: 1-3 x 20-30s, rest 10s
"""
SETS = """\
title: Sets
steps:
  - bridge: 1-3 x 20s, rest 10s
"""


@pytest.fixture(autouse=True)
def scripts(user: User) -> None:
    user.write("ranges.yaml", RANGES)
    user.write("sets.yaml", SETS)


def shown(user: User, *arguments: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(user.run("show", *arguments, "--no-safety", "--json").out)
    return data


def clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def up(ms: int) -> int:
    """The next whole second, in ms."""
    return -(-ms // 1000) * 1000


# --dose


@pytest.mark.parametrize(
    ("dose", "resolved"),
    [("0", "20s"), ("24", "22s"), ("25", "2 x 23s, rest 10s"), ("50%", "2 x 25s, rest 10s"), ("100", "3 x 30s, rest 10s")],
)  # fmt: skip
def test_a_dose_resolves_every_range_of_a_routine(user: User, dose: str, resolved: str) -> None:
    assert shown(user, "ranges.yaml", "--dose", dose)["items"][0]["dose"] == resolved


def test_the_heading_says_which_dose_it_is(user: User) -> None:
    data = shown(user, "ranges.yaml", "--dose", "40")
    lines = user.run("show", "ranges.yaml", "--no-safety", "--dose", "40").out.splitlines()
    assert lines[0] == f"Ranges, dose 40 %, {clock(data['duration_ms'])} in all"
    assert data["dose"] == 40


def test_the_command_line_goes_before_the_script_that_before_the_configuration_that_before_zero(
    user: User,
) -> None:
    assert shown(user, "ranges.yaml")["dose"] == 0
    user.configure("dose: 10\n")
    assert shown(user, "ranges.yaml")["dose"] == 10
    user.write("ranges.yaml", f"dose: 20\n{RANGES}")
    assert shown(user, "ranges.yaml")["dose"] == 20
    assert shown(user, "ranges.yaml", "--dose", "30")["dose"] == 30


def test_compile_render_and_play_take_it_as_show_does(user: User) -> None:
    dosed = ["ranges.yaml", "--no-safety", "--dose", "70"]
    expected = shown(user, "ranges.yaml", "--dose", "70")["duration_ms"]
    assert json.loads(user.run("compile", *dosed).out)["duration_ms"] == expected
    assert user.run("render", *dosed, "-o", "rendered.wav").code == 0
    assert user.run("play", *dosed, "--output", "played.wav").code == 0
    for name in ("rendered.wav", "played.wav"):
        with wave.open(str(user.folder / name)) as file:
            assert file.getnframes() == expected * 48


def test_check_takes_it_too(user: User) -> None:
    user.write("long.yaml", "title: Long\nsteps:\n  - bridge: 1-90 x 2m, rest 0s\n")
    assert user.run("check", "long.yaml").err == ""
    assert "the routine lasts 3h" in user.run("check", "long.yaml", "--dose", "100").err


@pytest.mark.parametrize("dose", ["-1", "101", "half", "5.5", "%"])
def test_a_dose_is_a_whole_percentage(user: User, dose: str) -> None:
    assert user.fails("show", "ranges.yaml", f"--dose={dose}").endswith(
        "Error: Invalid value for '--dose': the dose is a percentage, 0 to 100\n"
    )


# --fit


def lengths(user: User) -> dict[int, int]:
    """The length of each session that `sets.yaml` can become, by its lowest dose."""
    return {dose: shown(user, "sets.yaml", "--dose", str(dose))["duration_ms"] for dose in (0, 25, 75)}


def test_it_finds_the_dose_that_comes_nearest_without_passing_and_says_what_it_missed_by(user: User) -> None:
    limit = lengths(user)[75] // 1000 * 1000 - 5000
    outcome = user.run("show", "sets.yaml", "--no-safety", "--fit", f"{limit // 1000}s", "--json")
    found = json.loads(outcome.out)
    missed = (limit - up(found["duration_ms"])) // 1000
    assert outcome.code == 0
    assert (found["dose"], found["duration_ms"]) == (25, lengths(user)[25])
    assert outcome.err == f"dose 25 %: {clock(up(found['duration_ms']))}, {missed} s under {clock(limit)}\n"


def test_a_session_of_exactly_the_time_misses_nothing(user: User) -> None:
    exact = lengths(user)[25]
    outcome = user.run("show", "sets.yaml", "--no-safety", "--fit", f"{exact / 1000}s")
    assert outcome.err == f"dose 25 %: {clock(up(exact))}\n"


def test_where_even_the_highest_dose_is_too_short_it_is_played_and_both_lengths_are_said(user: User) -> None:
    low, high = lengths(user)[0], lengths(user)[75]
    outcome = user.run("show", "sets.yaml", "--no-safety", "--fit", "1h", "--json")
    assert json.loads(outcome.out)["duration_ms"] == high
    minutes, seconds = divmod(3600 - up(high) // 1000, 60)
    assert outcome.err == (
        f"dose 75 %: {clock(up(high))}, {minutes} min {seconds} s under 1:00:00; "
        f"the routine goes from {clock(up(low))} at dose 0 % to {clock(up(high))} at 100 %\n"
    )


def test_where_even_dose_0_is_too_long_both_lengths_are_said_and_nothing_is_done(user: User) -> None:
    low, high = lengths(user)[0], lengths(user)[75]
    told = user.fails("render", "sets.yaml", "--no-safety", "--fit", "10s", "-o", "x.mp3")
    assert told == (
        f"error: no dose of 'Sets' fits into 0:10: it lasts {clock(up(low))} at dose 0 %, "
        f"{clock(up(high))} at 100 %\n"
        "   hint: allow more time, or shorten it: --talk brief, --avoid, --without\n"
    )
    assert user.run("render", "sets.yaml", "--fit", "10s").code == 2


@pytest.mark.parametrize("command", [["compile"], ["play", "--output", "x.wav"], ["render", "-o", "x.wav"]])
def test_compile_play_and_render_say_the_same_of_it(user: User, command: list[str]) -> None:
    fitted = ["sets.yaml", "--no-safety", "--fit", "1m"]
    outcome = user.run(*command, *fitted)
    assert (outcome.code, outcome.err) == (0, user.run("show", *fitted).err)


def test_check_checks_the_session_that_fits(user: User) -> None:
    user.write("long.yaml", "title: Long\nsteps:\n  - bridge: 1-4 x 40m\n")
    assert "the routine lasts" not in user.run("check", "long.yaml", "--fit", "1h").err
    assert "the routine lasts 2h" in user.run("check", "long.yaml", "--fit", "2h10m").err
    assert "no dose of 'Long' fits into 10:00" in user.run("check", "long.yaml", "--fit", "10m").err


def test_what_is_spoken_counts(user: User) -> None:
    limit = f"{shown(user, 'sets.yaml', '--dose', '75', '--talk', 'tones')['duration_ms'] / 1000}s"
    doses = {
        talk: shown(user, "sets.yaml", "--fit", limit, "--talk", talk)["dose"] for talk in ("full", "tones")
    }
    assert doses == {"full": 25, "tones": 75}


def test_dose_and_fit_exclude_each_other(user: User) -> None:
    assert user.fails("render", "sets.yaml", "--dose", "5", "--fit", "5m") == (
        "error: --dose and --fit exclude each other\n"
    )


def test_either_on_the_command_line_goes_before_the_other_in_the_configuration(user: User) -> None:
    user.configure("fit: 1h\n")
    assert shown(user, "sets.yaml")["dose"] == 75
    assert shown(user, "sets.yaml", "--dose", "30")["dose"] == 30
    user.configure("dose: 30\n")
    assert shown(user, "sets.yaml", "--fit", "1h")["dose"] == 75


def test_a_dose_of_the_script_goes_before_a_time_of_the_configuration(user: User) -> None:
    user.configure("fit: 1h\n")
    user.write("sets.yaml", f"dose: 30\n{SETS}")
    assert shown(user, "sets.yaml")["dose"] == 30
