"""`voiceguide check`: every problem of every file in one run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

BROKEN = """\
title: Broken
steps:
  - brigde: 10 reps
  - bridge: 30secs
  - rest: -5s
"""
BROKEN_TOLD = """\
broken.yaml:3:5: error: there is no exercise or verb 'brigde'
   3 |   - brigde: 10 reps
     |     ^^^^^^
   hint: did you mean 'bridge'?
broken.yaml:4:15: error: 'secs' is not a unit of time (s, m, h)
   4 |   - bridge: 30secs
     |               ^^^^
   hint: write 30s
broken.yaml:5:11: error: a duration cannot be negative
   5 |   - rest: -5s
     |           ^^^
"""


def test_a_good_file_has_no_problems(user: User) -> None:
    user.write("mine.yaml", QUICK)
    outcome = user.run("check", "mine.yaml")
    assert (outcome.code, outcome.out, outcome.err) == (0, "1 file: no problems\n", "")


def test_every_problem_is_told_with_its_place_its_line_a_caret_and_a_hint(user: User) -> None:
    user.write("broken.yaml", BROKEN)
    outcome = user.run("check", "broken.yaml")
    assert (outcome.code, outcome.out) == (1, "1 file: 3 errors, 0 warnings\n")
    assert outcome.err == BROKEN_TOLD


def test_several_files_in_one_run_the_good_ones_among_them(user: User) -> None:
    user.write("broken.yaml", BROKEN)
    user.write("mine.yaml", QUICK)
    outcome = user.run("check", "none.yaml", "mine.yaml", "broken.yaml", "evening")
    assert (outcome.code, outcome.out) == (1, "4 files: 4 errors, 0 warnings\n")
    assert outcome.err == f"error: none.yaml does not exist\n{BROKEN_TOLD}"


def test_warnings_alone_are_no_failure(user: User) -> None:
    user.write("long.yaml", "title: Long\nsteps:\n  - bridge: 6m\n")
    outcome = user.run("check", "long.yaml")
    assert (outcome.code, outcome.out) == (0, "1 file: 0 errors, 1 warning\n")
    assert "long.yaml:3:13: warning: a hold of 6m is longer than 5 minutes\n" in outcome.err


def test_an_exercise_that_is_never_used_is_a_warning(user: User) -> None:
    own = "exercises:\n  wriggle:\n    name: Wriggle\n    position: on-back\n    dose: 5s\n"
    user.write("mine.yaml", QUICK + own)
    assert user.run("check", "mine.yaml").err == (
        "mine.yaml:7:3: warning: the exercise 'wriggle' is never used\n   7 |   wriggle:\n     |   ^^^^^^^\n"
    )


def test_a_routine_of_over_two_hours_is_a_warning(user: User) -> None:
    user.write("mine.yaml", "title: Sleep\nsteps:\n  - pause: 3h\n")
    outcome = user.run("check", "mine.yaml", "--no-safety")
    assert outcome.code == 0
    assert "warning: the routine lasts 3h, more than 2 hours\n" in outcome.err


def test_words_that_cannot_fit_are_a_warning_at_their_line(user: User) -> None:
    user.write(
        "mine.yaml", f"title: Talk\nsteps:\n  - bridge: {{hold: 8s, cues: [{'Keep breathing. ' * 8}]}}\n"
    )
    outcome = user.run("check", "mine.yaml")
    assert outcome.code == 0
    assert outcome.err.startswith("mine.yaml:3:31: warning: no room for the reminder")


def test_whether_words_fit_depends_on_the_voice_that_is_asked_for(user: User) -> None:
    words = "Breathe out slowly and let your shoulders sink. " * 2
    user.write("mine.yaml", f"title: Talk\nsteps:\n  - bridge: {{hold: 15s, cues: [{words}]}}\n")
    assert user.run("check", "mine.yaml", "--rate", "300").err == ""
    assert "no room" in user.run("check", "mine.yaml", "--rate", "80").err


def test_json_for_editors(user: User) -> None:
    user.write("broken.yaml", BROKEN)
    outcome = user.run("check", "--json", "broken.yaml", "evening", "none.yaml")
    assert (outcome.code, outcome.err) == (1, "")
    found = json.loads(outcome.out)
    assert found[0] == {
        "file": "broken.yaml",
        "line": 3,
        "column": 5,
        "end_column": 11,
        "severity": "error",
        "kind": "exercise-unknown",
        "message": "there is no exercise or verb 'brigde'",
        "hint": "did you mean 'bridge'?",
    }
    assert [item["kind"] for item in found[1:]] == [
        "unit-of-time-unknown",
        "duration-negative",
        "file-missing",
    ]
    assert (found[3]["file"], found[3]["line"], found[3]["column"]) == (None, None, None)


def test_json_without_problems_is_an_empty_list(user: User) -> None:
    outcome = user.run("check", "--json", "evening")
    assert (outcome.code, outcome.out, outcome.err) == (0, "[]\n", "")


def test_a_broken_configuration_is_told_as_json_too(user: User) -> None:
    path = user.configure("rat: 3\noutput: x\n")
    outcome = user.run("check", "evening", "--json")
    assert (outcome.code, outcome.err) == (1, "")
    found = json.loads(outcome.out)
    assert [(item["file"], item["line"], item["kind"]) for item in found] == [
        (str(path), 1, "config-unknown"),
        (str(path), 2, "config-by-command"),
    ]


def test_what_is_wrong_with_an_option_is_told_once_for_all_files(user: User) -> None:
    user.write("mine.yaml", QUICK)
    outcome = user.run("check", "mine.yaml", "evening", "--voice", "zzz")
    assert outcome.code == 1
    assert outcome.err == "error: the speech engine 'pyttsx3' has no voice 'zzz'\n"


def test_every_other_command_tells_the_same_problems_in_the_same_form(user: User) -> None:
    user.write("broken.yaml", BROKEN)
    for command in (["render"], ["play", "--output", "null"], ["show"], ["compile"]):
        assert user.fails(*command, "broken.yaml") == BROKEN_TOLD


def test_the_caret_stands_under_the_token_after_characters_that_take_two_columns(user: User) -> None:
    user.write("mine.yaml", "title: a\nsteps:\n  - bridge: {cues: [伸ばす], hodl: 3s}\n")
    assert user.run("check", "mine.yaml").err == (
        "mine.yaml:3:27: error: an exercise step has no key 'hodl'\n"
        "   3 |   - bridge: {cues: [伸ばす], hodl: 3s}\n"
        "     |                              ^^^^\n"
        "   hint: did you mean 'hold'?\n"
    )
