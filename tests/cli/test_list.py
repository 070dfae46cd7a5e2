"""`voiceguide list`: the routines and programmes that can be called by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

SHIPPED = ["after-run", "back-strength", "equipment", "evening", "morning", "neck-reset"]


def listed(user: User, *options: str) -> list[dict[str, Any]]:
    routines: list[dict[str, Any]] = json.loads(user.run("list", "--json", *options).out)["routines"]
    return routines


def names(out: str) -> list[list[str]]:
    """The first word of each row, table by table."""
    return [[row.split()[0] for row in table.splitlines()[1:]] for table in out.split("\n\n")]


def test_a_table_for_people(user: User) -> None:
    outcome = user.run("list")
    assert (outcome.code, outcome.err) == (0, "")
    assert names(outcome.out) == [SHIPPED, ["runner-low-back"]]
    routines, programmes = outcome.out.split("\n\n")
    assert routines.splitlines()[0].split() == ["name", "title", "what", "for", "length", "equipment"]
    assert routines.splitlines()[3].endswith("ball, bar, stretcher, support")
    assert programmes.splitlines()[0].split() == ["programme", "title", "what", "for", "length"]
    assert programmes.splitlines()[1].endswith("4 weeks")


def test_json_for_programs(user: User) -> None:
    found = json.loads(user.run("list", "--json").out)
    assert list(found) == ["routines", "programmes"]
    assert [item["name"] for item in found["routines"]] == SHIPPED
    keys = ["name", "title", "summary", "duration_ms", "needs", "file"]
    assert all(list(item) == keys for item in found["routines"])
    assert all(
        type(item["duration_ms"]) is int and item["duration_ms"] > 60_000 for item in found["routines"]
    )
    (programme,) = found["programmes"]
    assert list(programme) == ["name", "title", "summary", "weeks", "file"]
    assert (programme["name"], programme["weeks"]) == ("runner-low-back", 4)


@pytest.mark.parametrize(
    "options",
    [[], ["--dose", "50"], ["--talk", "brief", "--avoid", "neck"], ["--language", "fr", "--talk", "tones"]],
)
def test_the_length_is_the_one_that_show_and_render_give(user: User, options: list[str]) -> None:
    lengths = {item["name"]: item["duration_ms"] for item in listed(user, *options)}
    shown = json.loads(user.run("show", "morning", "--json", *options).out)["duration_ms"]
    assert lengths["morning"] == shown


def test_a_broken_routine_is_told_and_the_others_are_listed_all_the_same(user: User) -> None:
    user.write("scripts/routines/mine.yaml", QUICK)
    user.write("scripts/routines/broken.yaml", "title: Broken\nsteps:\n  - brigde\n")
    outcome = user.run("list")
    assert outcome.code == 1
    assert names(outcome.out)[0] == ["mine", *SHIPPED]
    assert outcome.err == (
        "scripts/routines/broken.yaml:3:5: error: there is no exercise or verb 'brigde'\n"
        "   3 |   - brigde\n"
        "     |     ^^^^^^\n"
        "   hint: did you mean 'bridge'?\n"
    )


def test_a_broken_programme_is_told_and_the_others_are_listed_all_the_same(user: User) -> None:
    user.write("scripts/programmes/broken.yaml", "title: Broken\ndays: [evening]\nweeks: [0]\n")
    outcome = user.run("list")
    assert outcome.code == 1
    assert names(outcome.out)[1] == ["runner-low-back"]
    assert outcome.err.startswith("scripts/programmes/broken.yaml:2:1: error: ")


def test_a_routine_that_has_nothing_for_the_listener_is_not_listed(user: User) -> None:
    outcome = user.run("list", "--avoid", "neck")
    assert (outcome.code, outcome.err) == (0, "")
    assert names(outcome.out)[0] == [name for name in SHIPPED if name != "neck-reset"]


def test_a_routine_whose_voice_is_not_here_is_told_like_a_broken_one(user: User) -> None:
    user.write("scripts/routines/mine.yaml", f"voice: zzz\n{QUICK}")
    outcome = user.run("list")
    assert outcome.code == 1
    assert names(outcome.out)[0] == SHIPPED
    assert outcome.err.startswith("scripts/routines/mine.yaml:1:8: error: ")


def test_a_voice_that_does_not_exist_is_told_once(user: User) -> None:
    assert user.fails("list", "--voice", "zzz") == "error: the speech engine 'pyttsx3' has no voice 'zzz'\n"
