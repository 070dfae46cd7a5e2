"""The script of a timer, as its author finds it."""

from __future__ import annotations

from tests.compile.support import text

from .support import body, from_json, from_list, script


def test_a_list_becomes_steps_with_exercises_of_its_own() -> None:
    assert (
        script(from_list("# Morning\nPlank | 30\nRest | 15\nSide bend | 1:30"))
        == text("""
        # Made by `voiceguide import`. The timer went on at once;
        # here each exercise is announced, with time to get ready for it.
        # A rest too short for the words grows; `talk: brief` has fewer.
        title: Morning
        steps:
          - plank: 30s
          - rest: 15s
          - side-bend: 1m30s
        exercises:
          plank:
            name: Plank
            dose: 30s
          side-bend:
            name: Side bend
            dose: 1m30s
    """)
        + "\n"
    )


def test_sets_become_sections_with_rounds() -> None:
    exercise = {"name": "Fold", "duration": 30}
    sets = [
        {"repetitions": 3, "exercises": [exercise]},
        {"repetitions": 1, "exercises": [exercise]},
        {"repetitions": 1, "name": "Cool down", "exercises": [exercise]},
    ]
    assert (
        body(from_json({"title": "T", "sets": sets}))
        == text("""
        title: T
        steps:
          - section: Set 1
            rounds: 3
            steps:
              - fold: 30s
          - fold: 30s
          - section: Cool down
            steps:
              - fold: 30s
    """)
        + "\n"
    )


def test_a_name_of_the_library_is_its_exercise_if_it_says_its_side_where_there_are_two() -> None:
    assert (
        body(from_list("FOLD | 30\nLean (left) | 20\nlean - right | 20\nLean | 20"))
        == text("""
        title: List
        steps:
          - fold: 30s
          - lean: 20s left
          - lean: 20s right
          - lean-2: 20s
        exercises:
          lean-2:
            name: Lean
            dose: 20s
    """)
        + "\n"
    )


def test_an_exercise_that_comes_again_is_written_once() -> None:
    assert (
        body(from_list("Plank | 30\nplank | 45"))
        == text("""
        title: List
        steps:
          - plank: 30s
          - plank: 45s
        exercises:
          plank:
            name: Plank
            dose: 30s
    """)
        + "\n"
    )


def test_what_is_said_of_a_rest_is_said_before_it() -> None:
    assert "  - say: Well done. Drink something.\n  - rest: 20s\n" in body(
        from_list("Well done. Drink something. | 20")
    )


def test_counted_exercises_are_reps() -> None:
    counted = {"name": "Squat", "type": "counted", "count": 12}
    assert "  - squat: 12 reps @ 2\n" in body(
        from_json({"title": "T", "sets": [{"repetitions": 1, "exercises": [counted]}]})
    )


def test_comments_stay_and_what_changed_has_one() -> None:
    assert (
        body(from_list("# T\n# first\nPlank | 30\nFold | 0\nFold\n\U0001f4aa | 10\n# last"))
        == text("""
        title: T
        steps:
          # first
          - plank: 30s
          # left out, since it lasts no time: Fold
          # no time in the list: 30 s
          - fold: 30s
          # nothing in its name can be said: \U0001f4aa
          - exercise: 10s
          # last
        exercises:
          plank:
            name: Plank
            dose: 30s
          exercise:
            name: Exercise
            dose: 10s
    """)
        + "\n"
    )


def test_the_language_is_that_of_the_list_else_the_one_that_is_given() -> None:
    assert "title: List\nlanguage: de\nsteps:" in script(from_list("Brett | 30"), "de")
    assert "title: List\nlanguage: fr\nsteps:" in script(from_list("# language: fr\nPlanche | 30"), "de")
    assert "language" not in body(from_list("Plank | 30"))


def test_words_that_mean_something_in_yaml_or_to_the_guide_are_only_words() -> None:
    written = from_list("{side}: 'reach' | 30\n- say | 10\nSay | 10")
    assert (
        body(written)
        == text("""
        title: List
        steps:
          - side-reach: 30s
          - say-2: 10s
          - say-3: 10s
        exercises:
          side-reach:
            name: "(side): 'reach'"
            dose: 30s
          say-2:
            name: "- say"
            dose: 10s
          say-3:
            name: Say
            dose: 10s
    """)
        + "\n"
    )
