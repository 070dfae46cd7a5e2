"""Exports of JAWT: every version of them, and what is wrong with one."""

from __future__ import annotations

from typing import Any

from tests.compile.support import text
from voiceguide.importing.jawt import read_jawt
from voiceguide.importing.timer import Block, Interval, Timer

from .support import from_json, report

FIRST = {
    "title": "Core",
    "sets": [
        {
            "repetitions": 3,
            "exercises": [{"name": "Plank", "duration": 30}, {"name": "Rest", "duration": 10}],
        },
        {"repetitions": 1, "exercises": [{"name": "Fold", "duration": 60}]},
    ],
}
CORE = Timer(
    "Core",
    (
        Block((Interval("work", "Plank", 30_000), Interval("rest", "Rest", 10_000)), 3),
        Block((Interval("work", "Fold", 60_000),)),
    ),
)


def problems(written: str) -> str:
    timers, found = read_jawt("t.json", written)
    assert timers == ()
    return report(found)


def one(exercise: Any) -> dict[str, Any]:
    return {"title": "T", "sets": [{"repetitions": 1, "exercises": [exercise]}]}


def test_a_workout_of_the_first_version() -> None:
    assert from_json(FIRST) == CORE


def test_a_backup_has_several_workouts() -> None:
    second = FIRST | {"title": "Again"}
    timers, found = read_jawt("t.json", str({"workouts": [FIRST, second]}).replace("'", '"'))
    assert (timers, found) == ((CORE, Timer("Again", CORE.blocks)), [])


def test_a_later_version_has_ids_positions_and_names_of_sets() -> None:
    written = {
        "id": "0c",
        "title": "Core",
        "sets": [{"repetitions": 2, "name": "Warm up", "id": "1", "exercises": [{"name": "Plank", "id": "2", "duration": 30}]}],
        "version": 2,
        "position": 4,
    }  # fmt: skip
    assert from_json(written) == Timer("Core", (Block((Interval("work", "Plank", 30_000),), 2, "Warm up"),))


def test_a_counted_exercise_lasts_two_seconds_for_each() -> None:
    counted = one({"name": "Squat", "type": "ExerciseType.counted", "count": 12})
    assert from_json(counted).blocks[0].intervals == (Interval("work", "Squat", 24_000, 12),)


def test_what_is_null_is_as_in_the_application() -> None:
    written = {
        "title": None,
        "sets": [{"repetitions": None, "exercises": [{"name": None, "duration": None}]}],
    }
    assert from_json(written) == Timer("Workout", (Block((Interval("work", "Exercise", 30_000),)),))


def test_sets_without_exercises_are_none() -> None:
    written = {"title": "T", "sets": [{"repetitions": 2, "exercises": []}, *FIRST["sets"]]}
    assert from_json(written).blocks == CORE.blocks


def test_everything_that_is_wrong_is_told_with_its_line_and_path() -> None:
    assert problems(
        text("""
        {"workouts": [{"title": 7, "sets": [
          {"repetitions": 100, "exercises": [
            {"name": "Plank", "duration": 12.5},
            {"name": "Plank"},
            "Plank"
          ]},
          {"repetitions": 1}
        ]}]}
        """)
    ) == text("""
        t.json:1:25: error: workouts[0].title must be a text
           1 | {"workouts": [{"title": 7, "sets": [
             |                         ^
        t.json:2:19: error: workouts[0].sets[0].repetitions must be a whole number, 1 to 99
           2 |   {"repetitions": 100, "exercises": [
             |                   ^^^
        t.json:3:35: error: workouts[0].sets[0].exercises[0].duration must be a whole number, 0 to 86400
           3 |     {"name": "Plank", "duration": 12.5},
             |                                   ^^^^
        t.json:4:5: error: workouts[0].sets[0].exercises[1] needs 'duration'
           4 |     {"name": "Plank"},
             |     ^^^^^^^^^^^^^^^^^
        t.json:5:5: error: workouts[0].sets[0].exercises[2] must be an object
           5 |     "Plank"
             |     ^^^^^^^
        t.json:7:3: error: workouts[0].sets[1] needs 'exercises'
           7 |   {"repetitions": 1}
             |   ^^^^^^^^^^^^^^^^^^
    """)


def test_other_json_is_no_timer() -> None:
    assert problems('{"instructions": []}') == text("""
        t.json:1:1: error: the file is no timer that can be imported
           1 | {"instructions": []}
             | ^^^^^^^^^^^^^^^^^^^^
           hint: a JAWT export has 'workouts', or 'title' and 'sets'; a list has lines like: Plank | 30
    """).replace("     | ^", "     | ^")


def test_a_workout_that_lasts_no_time_is_told() -> None:
    assert problems('{"title": "T", "sets": []}').startswith(
        "t.json:1:1: error: the file has nothing that lasts any time"
    )
    assert "nothing that lasts any time" in problems('{"workouts": []}')


def test_one_that_is_too_long_for_a_script_is_told() -> None:
    written = (
        '{"title": "T", "sets": [{"repetitions": 99, "exercises": [{"name": "Plank", "duration": 3600}]}]}'
    )
    assert problems(written).startswith("t.json:1:11: error: 'T' is longer than 24 hours\n")


def test_one_with_too_much_in_it_for_a_script_is_told() -> None:
    exercises = ", ".join(['{"name": "Plank", "duration": 1}'] * 61)
    written = f'{{"title": "T", "sets": [{{"repetitions": 99, "exercises": [{exercises}]}}]}}'
    assert "error: 'T' has more intervals than a script takes\n" in problems(written)
