"""What the listener chooses: how much is said, how reps are counted, which side is first, what is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

SIDES = "title: Sides\nsteps:\n  - knee-drop: 10s each side\n"
MIXED = """\
title: Mixed
steps:
  - bridge: 2 reps
  - rest: 30s
  - bar-hang: 10s
  - downward-dog: 10s
"""
NEVER = """\
error: every exercise of 'Bar' is left out (bar)
   hint: avoid less, or choose another routine
"""


def said(user: User, name: str, *options: str) -> list[str]:
    """Every text that is heard, in order."""
    data = json.loads(user.run("show", name, "--no-safety", "--words", "--json", *options).out)
    return [cue["text"] for cue in data["words"] if cue["text"]]


def titles(user: User, name: str, *options: str) -> list[str]:
    data = json.loads(user.run("show", name, "--no-safety", "--json", *options).out)
    return [item["title"] for item in data["items"]]


# --talk, --count, --first-side


def test_tones_say_nothing(user: User) -> None:
    user.write("mine.yaml", QUICK)
    assert said(user, "mine.yaml", "--talk", "tones") == []


def test_brief_leaves_the_setup_out(user: User) -> None:
    user.write("mine.yaml", QUICK)
    assert said(user, "mine.yaml", "--talk", "brief") == ["Bridge.", "Two reps.", "one, up", "hold", "down", "two, up", "hold", "down"]  # fmt: skip
    assert len(said(user, "mine.yaml", "--talk", "full")) > 8


def test_reps_are_counted_down_on_request(user: User) -> None:
    user.write("mine.yaml", QUICK)
    counts = [text for text in said(user, "mine.yaml", "--count", "down") if ", up" in text]
    assert counts == ["two, up", "one, up"]


@pytest.mark.parametrize("first", ["left", "right"])
def test_the_first_side_is_the_one_that_is_chosen(user: User, first: str) -> None:
    user.write("mine.yaml", SIDES)
    other = "right" if first == "left" else "left"
    words = said(user, "mine.yaml", "--first-side", first)
    assert [text for text in words if text.startswith(("Knees to the", "Other"))] == [
        f"Knees to the {first}, head to the {other}.",
        "Other side.",
        f"Knees to the {other}, head to the {first}.",
    ]


def test_the_command_line_goes_before_the_script_that_before_the_configuration(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.configure("talk: tones\ncount: down\n")
    assert said(user, "mine.yaml") == []
    user.write("mine.yaml", f"talk: brief\n{QUICK}")
    assert said(user, "mine.yaml")[2] == "two, up"
    user.write("mine.yaml", f"talk: tones\ncount: up\n{QUICK}")
    assert said(user, "mine.yaml", "--talk", "brief")[2] == "one, up"


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (["--talk", "loud"], "Invalid value for '--talk': 'loud' is not one of 'full', 'brief', 'tones'."),
        (["--count", "sideways"], "Invalid value for '--count': 'sideways' is not one of 'up', 'down'."),
        (["--first-side", "both"], "Invalid value for '--first-side': 'both' is not one of 'left', 'right'."),
        (
            ["--avoid", "kne"],
            "Invalid value for '--avoid': there is no condition or position 'kne'; did you mean 'knee'?",
        ),
        (
            ["--avoid", "zzz"],
            (
                "Invalid value for '--avoid': there is no condition or position 'zzz'; known: pregnancy, "
                "osteoporosis, disc, stenosis, hip-replacement, knee, wrist, dizziness, shoulder, neck, on-back, "
                "face-down, side, hands-and-knees, kneeling, sitting, standing, hanging"
            ),
        ),
    ],
)
@pytest.mark.parametrize("command", ["compile", "show", "play", "render", "check"])
def test_what_an_option_does_not_take_is_told(user: User, command: str, option: list[str], told: str) -> None:
    outcome = user.run(command, "evening", *option)
    assert outcome.code == 2
    assert outcome.err.endswith(f"\nError: {told}\n")


# --avoid, --without


def test_what_is_left_out_or_swapped_is_told_with_its_reason(user: User) -> None:
    user.write("mine.yaml", MIXED)
    outcome = user.run("show", "mine.yaml", "--no-safety", "--avoid", "dizziness", "--without", "bar")
    assert (outcome.code, outcome.err) == (
        0,
        "left out: Bar hang (dizziness, bar)\nin place of Downward dog (dizziness): Child's pose\n",
    )


def test_the_session_goes_without_it_and_says_so(user: User) -> None:
    user.write("mine.yaml", MIXED)
    assert titles(user, "mine.yaml", "--avoid", "wrist") == ["Opening", "Bridge", "Child's pose"]
    assert said(user, "mine.yaml", "--without", "bar")[0] == "Left out today: Bar hang."


@pytest.mark.parametrize(
    "listed",
    [
        ["--avoid", "knee,wrist"],
        ["--avoid", " Knee, WRIST ,"],
        ["--avoid", "knee", "--avoid", "wrist"],
    ],
)
def test_a_list_has_commas_or_is_given_piece_by_piece(user: User, listed: list[str]) -> None:
    user.write("mine.yaml", MIXED)
    assert titles(user, "mine.yaml", *listed) == ["Opening", "Bridge"]


@pytest.mark.parametrize(
    "command", [["compile"], ["show"], ["play", "--output", "x.wav"], ["render", "-o", "x.wav"]]
)
def test_nothing_left_to_do_is_an_error(user: User, command: list[str]) -> None:
    user.write("mine.yaml", "title: Bar\nsteps:\n  - bar-hang\n  - pause: 3s\n")
    assert user.fails(*command, "mine.yaml", "--without", "bar") == NEVER
    assert user.run(*command, "mine.yaml", "--without", "bar").code == 2


def test_check_tells_that_nothing_is_left(user: User) -> None:
    user.write("mine.yaml", "title: Bar\nsteps:\n  - bar-hang\n")
    assert user.run("check", "mine.yaml", "--without", "bar").err == NEVER


def test_equipment_that_no_exercise_needs_has_near_names(user: User) -> None:
    assert user.fails("render", "evening", "--without", "bal,stretchr") == (
        "error: there is no equipment 'bal'\n"
        "   hint: did you mean 'ball'?\n"
        "error: there is no equipment 'stretchr'\n"
        "   hint: did you mean 'stretcher'?\n"
    )
    assert user.run("render", "evening", "--without", "zzz").err == (
        "error: there is no equipment 'zzz'\n   hint: known: ball, bar, stretcher, support, wall\n"
    )


def test_equipment_of_the_scripts_own_exercises_is_known(user: User) -> None:
    own = "exercises:\n  swing:\n    name: Swing\n    dose: 5s\n    needs: kettlebell\n"
    user.write("mine.yaml", f"title: Mine\nsteps:\n  - bridge: 5s\n  - swing\n{own}")
    outcome = user.run("show", "mine.yaml", "--without", "kettlebell")
    assert (outcome.code, outcome.err) == (0, "left out: Swing (kettlebell)\n")


def test_what_the_configuration_says_to_avoid_holds_besides_what_the_command_line_says(user: User) -> None:
    user.write("mine.yaml", MIXED)
    user.configure("avoid: wrist\nwithout: [ball, wall]\n")
    assert titles(user, "mine.yaml") == ["Opening", "Bridge", "Child's pose"]
    assert titles(user, "mine.yaml", "--avoid", "knee") == ["Opening", "Bridge"]


def test_equipment_may_be_written_in_any_case(user: User) -> None:
    own = "exercises:\n  swing:\n    name: Swing\n    dose: 5s\n    needs: Kettle Bell\n"
    user.write("mine.yaml", f"title: Mine\nsteps:\n  - bridge: 5s\n  - swing\n{own}")
    assert (
        user.run("show", "mine.yaml", "--without", "kettle bell, BAR").err
        == "left out: Swing (Kettle Bell)\n"
    )
