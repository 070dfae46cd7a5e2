"""`voiceguide import`: the files of other timers become routines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User

LIST = "# Morning\nPlank | 30\nRest | 10\nChild's pose | 60\n"
SCRIPT = """\
# Made by `voiceguide import`. The timer went on at once;
# here each exercise is announced, with time to get ready for it.
# A rest too short for the words grows; `talk: brief` has fewer.
title: Morning
steps:
  - plank: 30s
  - rest: 10s
  - childs-pose: 1m
exercises:
  plank:
    name: Plank
    dose: 30s
"""


def workout(title: str, *exercises: tuple[str, int]) -> dict[str, object]:
    found = [{"name": name, "duration": seconds} for name, seconds in exercises]
    return {"title": title, "sets": [{"repetitions": 2, "exercises": found}]}


def export(*workouts: dict[str, object]) -> str:
    return json.dumps({"workouts": workouts})


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_list_becomes_a_script_by_its_title(user: User) -> None:
    user.write("hiit.txt", LIST)
    outcome = user.run("import", "hiit.txt")
    assert (outcome.code, outcome.out, outcome.err) == (0, "Morning.yaml  1:40, 3 intervals\n", "")
    assert (user.folder / "Morning.yaml").read_text() == SCRIPT


def test_each_workout_of_an_export_becomes_a_script_of_its_own(user: User) -> None:
    user.write(
        "Backup.json",
        export(workout("Core", ("Plank", 30)), workout("core", ("Fold", 5)), workout("A/B", ("Up", 9))),
    )
    outcome = user.run("import", "Backup.json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "Core.yaml  1:00, 1 interval\ncore (2).yaml  0:10, 1 interval\nA-B.yaml  0:18, 1 interval\n"
    )


def test_the_script_is_found_right_and_can_be_shown(user: User) -> None:
    user.write(
        "Backup.json", export(workout("Core", ("Plank", 30), ("Rest", 20), ("{side}: 'up' \U0001f4aa", 15)))
    )
    user.run("import", "Backup.json", "-o", "core.yaml")
    outcome = user.run("check", "core.yaml")
    assert (outcome.code, outcome.out) == (0, "1 file: no problems\n")
    assert user.run("show", "core.yaml").code == 0


def test_standard_output(user: User) -> None:
    user.write("hiit.txt", LIST)
    outcome = user.run("import", "hiit.txt", "-o", "-")
    assert (outcome.code, outcome.out, outcome.err) == (0, SCRIPT, "")
    assert names(user.folder) == ["hiit.txt"]


def test_another_file_is_never_replaced_unless_that_is_asked_for(user: User) -> None:
    user.write("Backup.json", export(workout("Core", ("Plank", 30)), workout("Legs", ("Squat", 30))))
    user.write("Legs.yaml", "mine")
    assert user.fails("import", "Backup.json") == (
        "error: Legs.yaml exists already\n   hint: `--force` replaces it, `-o` names another file\n"
    )
    assert user.run("import", "Backup.json", "--force").code == 0
    assert names(user.folder) == ["Backup.json", "Core.yaml", "Legs.yaml"]
    assert (user.folder / "Legs.yaml").read_text() != "mine"


@pytest.mark.parametrize("output", ["one.yaml", "-"])
def test_several_workouts_do_not_go_into_one_file(user: User, output: str) -> None:
    user.write("Backup.json", export(workout("Core", ("Plank", 30)), workout("Legs", ("Squat", 30))))
    assert user.fails("import", "Backup.json", "-o", output) == (
        "error: Backup.json has 2 workouts: one file cannot take them\n"
        "   hint: leave -o out: each gets a file of its own\n"
    )


def test_everything_that_is_wrong_is_told_and_nothing_written(user: User) -> None:
    user.write("Backup.json", export(workout("Core", ("Plank", 30)), workout("Legs", ("Squat", -1))))
    told = user.fails("import", "Backup.json")
    assert told.startswith(
        "Backup.json:1:204: error: workouts[1].sets[0].exercises[0].duration must be a whole number, 0 to 86400\n"
    )
    assert told.count("error") == 1


def test_the_exercises_of_the_library_are_known_in_the_language_that_is_named(user: User) -> None:
    user.write("list.txt", "Knie zur Seite, links | 20\nBrett | 30")
    outcome = user.run("import", "list.txt", "--language", "de", "-o", "-")
    assert "language: de\nsteps:\n  - knee-drop: 20s left\n  - brett: 30s\n" in outcome.out


def test_an_exercise_whose_stand_in_lacks_the_language_is_not_taken(user: User) -> None:
    user.write(str(user.folder.parent / "home/config/voiceguide/exercises/plank.yaml"),
               "{name: {en: Plank, de: Brett}, dose: 30s, instead: board}")  # fmt: skip
    user.write(
        str(user.folder.parent / "home/config/voiceguide/exercises/board.yaml"), "{name: Board, dose: 30s}"
    )
    user.write("list.txt", "Brett | 30")
    user.run("import", "list.txt", "--language", "de", "-o", "mine.yaml")
    assert user.run("check", "mine.yaml").out == "1 file: no problems\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "error: the file is no timer that can be imported\n"),
        (b"{", "error: not valid JSON: it breaks off\n"),
        (b"[" * 900_000, "error: nested more than 32 levels deep\n"),
        (b"\xff\xfe\x00", "error: this is not UTF-8 text"),
        (b"Plank | 1\xb5", "error: this is not UTF-8 text (byte 0xb5)\n"),
        (b" " * 1_000_001, "error: list is too large for a timer (1.0 MB; at most 1.0 MB)\n"),
        (b"Plank | 30\n\0", "list:2:1: error: this is no text: it has the character U+0000\n   2 | \\x00\n"),
    ],
    ids=["empty", "broken off", "deep", "half a character", "another encoding", "large", "no text"],
)
def test_what_is_no_timer_is_refused(user: User, data: bytes, told: str) -> None:
    user.write("list", data)
    assert told in user.fails("import", "list")


def test_a_file_that_is_not_there_is_told(user: User) -> None:
    assert user.fails("import", "nope.json") == "error: nope.json does not exist\n"


def test_a_title_cannot_lead_out_of_the_folder_or_steer_the_terminal(user: User) -> None:
    user.write("Backup.json", export(workout("../../\x1b[31mout", ("Plank", 30))))
    outcome = user.run("import", "Backup.json")
    assert outcome.code == 0
    assert "\x1b" not in outcome.out
    assert len(names(user.folder)) == 2


def test_of_a_file_that_is_no_text_no_more_is_shown_than_a_line_holds(user: User) -> None:
    """A character that is written out takes four columns, and a line of source has 160."""
    user.write("zeros", bytes(100_000))
    assert user.fails("import", "zeros") == (
        "zeros:1:1: error: this is no text: it has the character U+0000\n"
        "   1 | " + r"\x00" * 40 + "\n"
        "     | ^^^^\n"
        "   hint: choose the file that the timer exported, or save it as text\n"
    )


def test_a_rest_that_is_too_short_for_the_words_grows_unless_fewer_are_said(user: User) -> None:
    """Work is as long as it was in any case."""
    user.write("back.txt", "# Back\nPlank | 30\nRest | 10\nBridge | 40\n")
    assert user.run("import", "back.txt").code == 0
    script = user.folder / "Back.yaml"
    warned = "Back.yaml:7:11: warning: the rest of 10s is too short for its words: it becomes "
    assert warned in user.run("check", "Back.yaml").err
    script.write_text(f"talk: brief\n{script.read_text()}")
    assert user.run("check", "Back.yaml").err == ""
