"""`voiceguide exercises`: the library, as a table, one by one, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import User


def test_all_of_them_in_a_table(user: User) -> None:
    outcome = user.run("exercises")
    assert (outcome.code, outcome.err) == (0, "")
    head, *rows = outcome.out.splitlines()
    assert head.split() == ["id", "name", "what", "for", "dose", "length", "equipment"]
    assert len(rows) == 22
    bar = next(row for row in rows if row.startswith("bar-hang"))
    assert bar.split("  ")[-1] == "bar"


def test_one_of_them_with_all_its_words(user: User) -> None:
    lines = user.run("exercises", "knee-drop").out.splitlines()
    assert lines[0].split() == ["id", "knee-drop"]
    assert [line.split()[0] for line in lines if line[0] != " "] == [
        "id", "name", "for", "position", "dose", "length", "setup", "side", "cues", "release", "caution", "avoid", "source",
    ]  # fmt: skip


def test_json_for_programs(user: User) -> None:
    found = json.loads(user.run("exercises", "--json").out)
    one = json.loads(user.run("exercises", "knee-drop", "--json").out)
    assert len(found) == 22
    assert one in found
    assert list(one) == [
        "id", "name", "for", "position", "dose", "length", "setup", "side", "phases", "tempo", "cues", "release", "caution",
        "avoid", "needs", "source",
    ]  # fmt: skip


def test_an_exercise_that_does_not_exist_has_near_names(user: User) -> None:
    assert user.fails("exercises", "Knee-drops") == (
        "error: there is no exercise 'Knee-drops'\n   hint: did you mean 'knee-drop'?\n"
    )
    assert user.fails("exercises", "zzz") == (
        "error: there is no exercise 'zzz'\n   hint: `voiceguide exercises` lists them all\n"
    )
