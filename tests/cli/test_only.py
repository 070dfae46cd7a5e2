"""`--only` and `--speed`: one exercise of a routine, and how fast rests and pauses go by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import User

SCRIPT = """\
title: Mixed
opening: Welcome.
steps:
  - bridge: 2 reps
  - rest: 20s
  - section: Settle
    steps:
      - childs-pose: 2 x 10s, rest 10s
      - pause: 10s
"""


def spans(user: User, *options: str) -> list[tuple[str, str | None, int]]:
    """What is done and for how many ms, but for getting ready."""
    data = json.loads(user.run("compile", "mine.yaml", "--no-safety", *options).out)
    return [
        (span["kind"], span["exercise"], span["end_ms"] - span["start_ms"])
        for span in data["spans"]
        if span["kind"] in ("hold", "rest", "pause")
    ]


def titles(user: User, *options: str) -> list[str]:
    data = json.loads(user.run("show", "mine.yaml", "--no-safety", "--json", *options).out)
    return [item["title"] for item in data["items"]]


@pytest.mark.parametrize("written", ["0.8", "80%", ".8", "0.80", " 80 % "])
def test_a_speed_makes_rests_and_pauses_longer_or_shorter_and_no_hold(user: User, written: str) -> None:
    user.write("mine.yaml", SCRIPT)
    assert spans(user, "--speed", written) == [
        ("hold", "bridge", 1_000),
        ("hold", "bridge", 1_000),
        ("rest", None, 25_000),
        ("hold", "childs-pose", 10_000),
        ("rest", "childs-pose", 12_500),
        ("hold", "childs-pose", 10_000),
        ("pause", None, 12_500),
    ]


@pytest.mark.parametrize("written", ["0.79", "1.26", "2", "1.005", "fast", "", "%", "-1", "125"])
def test_a_speed_that_cannot_be_is_refused(user: User, written: str) -> None:
    user.write("mine.yaml", SCRIPT)
    assert user.fails("show", "mine.yaml", "--speed", written).endswith(
        "Error: Invalid value for '--speed': the speed is a number from 0.8 to 1.25, in steps of 0.01\n"
    )


def test_a_speed_can_be_configured(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    user.configure("speed: 1.25\n")
    assert ("pause", None, 8_000) in spans(user)
    assert ("pause", None, 10_000) in spans(user, "--speed", "1")


@pytest.mark.parametrize("named", ["childs-pose", "CHILDS-POSE", "Child's pose", " child's  POSE "])
def test_one_exercise_is_done_alone_by_its_id_or_its_name(user: User, named: str) -> None:
    user.write("mine.yaml", SCRIPT)
    assert titles(user, "--only", named) == ["Settle: Child's pose"]


def test_one_exercise_has_its_name_in_the_language_that_is_played(user: User) -> None:
    user.write("mine.yaml", "title: T\nsteps: [bridge: 2 reps, childs-pose: 10s]\n")
    assert titles(user, "--language", "de", "--only", "kindeshaltung") == ["Kindeshaltung"]


def test_an_exercise_that_the_routine_has_not_has_near_names(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    assert user.fails("show", "mine.yaml", "--only", "child pose") == (
        "error: there is no exercise 'child pose'\n   hint: did you mean 'Child's pose'?\n"
    )
    assert user.fails("show", "mine.yaml", "--only", "cobra") == (
        "error: there is no exercise 'cobra'\n   hint: known: bridge, childs-pose\n"
    )


def test_one_exercise_that_is_left_out_leaves_nothing(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    assert user.fails("show", "mine.yaml", "--only", "bridge", "--avoid", "on-back").startswith(
        "error: every exercise of 'Mixed' is left out (on-back)\n"
    )


def test_what_else_does_not_suit_is_not_told(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    outcome = user.run("show", "mine.yaml", "--only", "childs-pose", "--avoid", "on-back")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(("option", "value"), [("--speed", "0.9"), ("--only", "bridge")])
def test_a_timeline_has_decided_both(user: User, option: str, value: str) -> None:
    user.write("mine.yaml", SCRIPT)
    user.run("compile", "mine.yaml", "-o", "mine.json")
    assert user.fails("show", "mine.json", option, value) == (
        f"error: {option} is for routines: a timeline has decided it already\n"
        "   hint: compile the routine again with it\n"
    )
