"""`voiceguide list`: the routines that can be called by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

SHIPPED = ["after-run", "back-strength", "equipment", "evening", "morning", "neck-reset"]


def test_a_table_for_people(user: User) -> None:
    outcome = user.run("list")
    assert (outcome.code, outcome.err) == (0, "")
    head, *rows = outcome.out.splitlines()
    assert head.split() == ["name", "title", "what", "for", "length", "equipment"]
    assert [row.split()[0] for row in rows] == SHIPPED
    assert rows[2].endswith("ball, bar, stretcher, support")


def test_json_for_programs(user: User) -> None:
    found = json.loads(user.run("list", "--json").out)
    assert [item["name"] for item in found] == SHIPPED
    assert all(list(item) == ["name", "title", "summary", "duration_ms", "needs", "file"] for item in found)
    assert all(type(item["duration_ms"]) is int and item["duration_ms"] > 60_000 for item in found)


def test_the_length_is_the_one_that_show_and_render_give(user: User) -> None:
    listed = {item["name"]: item["duration_ms"] for item in json.loads(user.run("list", "--json").out)}
    shown = json.loads(user.run("show", "neck-reset", "--json").out)["duration_ms"]
    assert listed["neck-reset"] == shown


def test_a_broken_routine_is_told_and_the_others_are_listed_all_the_same(user: User) -> None:
    user.write("scripts/routines/mine.yaml", QUICK)
    user.write("scripts/routines/broken.yaml", "title: Broken\nsteps:\n  - brigde\n")
    outcome = user.run("list")
    assert outcome.code == 1
    assert [row.split()[0] for row in outcome.out.splitlines()[1:]] == ["mine", *SHIPPED]
    assert outcome.err == (
        "scripts/routines/broken.yaml:3:5: error: there is no exercise or verb 'brigde'\n"
        "   3 |   - brigde\n"
        "     |     ^^^^^^\n"
        "   hint: did you mean 'bridge'?\n"
    )


def test_a_routine_whose_voice_is_not_here_is_told_like_a_broken_one(user: User) -> None:
    user.write("scripts/routines/mine.yaml", f"voice: zzz\n{QUICK}")
    outcome = user.run("list")
    assert outcome.code == 1
    assert len(outcome.out.splitlines()) == 1 + len(SHIPPED)
    assert outcome.err.startswith("scripts/routines/mine.yaml:1:8: error: ")


def test_a_voice_that_does_not_exist_is_told_once(user: User) -> None:
    assert user.fails("list", "--voice", "zzz") == "error: the speech engine 'pyttsx3' has no voice 'zzz'\n"
