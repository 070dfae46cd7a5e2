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
        "id", "name", "for", "position", "dose", "length", "setup", "side", "cues", "change", "release",
        "caution", "avoid", "source", "languages",
    ]  # fmt: skip


def test_json_for_programs(user: User) -> None:
    found = json.loads(user.run("exercises", "--json").out)
    one = json.loads(user.run("exercises", "knee-drop", "--json").out)
    assert len(found) == 22
    assert one in found
    assert list(one) == [
        "id", "name", "for", "position", "dose", "length", "setup", "side", "phases", "tempo", "breathing", "breath",
        "cues", "change", "release", "caution", "avoid", "instead", "needs", "source", "languages",
    ]  # fmt: skip


def test_one_in_another_language(user: User) -> None:
    found = json.loads(user.run("exercises", "bridge", "--language", "de", "--json").out)
    assert found["phases"] == ["hoch", "hold", "runter"]
    assert found["languages"] == ["de", "en", "es", "fr"]


def test_one_that_is_not_in_the_language_is_shown_in_its_own(user: User) -> None:
    path = user.folder.parent / "home" / "config" / "voiceguide" / "exercises" / "eigene.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "language: de\nname: Eigene\ndose: 20s\nside: Knie nach {side}\nchange: {text: Dreh dich um., time: 8s}\n"
        "cues: [Locker., {at: -10s, text: Gleich.}]\ninstead: bridge\n",
        encoding="utf-8",
    )
    assert user.run("exercises", "eigene").out.splitlines() == [
        "id         eigene",
        "name       Eigene",
        "dose       20s each side",
        "length     0:40",
        "side       Knie nach {side}",
        "cues       Locker.",
        "           -10s: Gleich.",
        "change     Dreh dich um.",
        "           8s",
        "instead    bridge",
        "languages  de",
    ]


def test_a_language_that_the_guide_does_not_have(user: User) -> None:
    assert user.fails("exercises", "--language", "it").endswith(
        "\nError: Invalid value for '--language': there is no language 'it'; "
        "known: en (English), de (German), es (Spanish), fr (French)\n"
    )


def test_an_exercise_that_does_not_exist_has_near_names(user: User) -> None:
    assert user.fails("exercises", "Knee-drops") == (
        "error: there is no exercise 'Knee-drops'\n   hint: did you mean 'knee-drop'?\n"
    )
    assert user.fails("exercises", "zzz") == (
        "error: there is no exercise 'zzz'\n   hint: `voiceguide exercises` lists them all\n"
    )
