"""Before an exercise: its name, how to get there, and time to do so."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, text
from voiceguide.plan import Choices

LONG_SETUP = {
    "fold": """
        name: Fold
        dose: 5s
        setup: [Sit on the floor with your legs out in front of you., Fold forward slowly.]
        caution: Never pull at your neck.
    """
}


def test_an_exercise_is_announced_at_least_five_seconds_before_it_starts() -> None:
    session = compiled("- fold: 5s")
    assert session.told(0, 6) == text("""
        0.480 5.496 get-ready fold 1/1
        0.480 name "Fold."
        1.392 name "Five seconds."
        5.496 10.496 hold fold 1/1
        5.496 start tone
    """)


def test_get_ready_grows_with_name_setup_and_caution_and_ends_two_seconds_after_them() -> None:
    session = compiled("- fold", shelf=LONG_SETUP)
    assert session.told(0, 13) == text("""
        0.480 11.160 get-ready fold 1/1
        0.480 name "Fold."
        1.392 name "Five seconds."
        2.712 setup "Sit on the floor with your legs out in front of you."
        5.976 setup "Fold forward slowly."
        7.656 caution "Never pull at your neck."
        11.160 16.160 hold fold 1/1
        11.160 start tone
    """)


def test_the_listener_can_ask_for_a_longer_get_ready() -> None:
    session = compiled("- fold: 5s", choices=Choices(safety=False, get_ready_ms=9_000))
    assert session.spans() == ["0.480 9.480 get-ready fold 1/1", "9.480 14.480 hold fold 1/1"]


def test_a_rest_before_an_exercise_announces_it_and_counts_towards_get_ready() -> None:
    session = compiled("- rest: 20s\n- fold: 5s")
    assert session.told(0, 21) == text("""
        0.480 20.480 rest
        0.480 rest "Rest."
        1.392 name "Fold."
        2.304 name "Five seconds."
        20.496 25.496 hold fold 1/1
        20.496 start tone
    """)


def test_a_rest_shorter_than_get_ready_is_followed_by_the_rest_of_it() -> None:
    session = compiled("- rest: 3s\n- fold: 5s")
    assert session.spans() == [
        "0.480 3.480 rest",
        "3.480 5.496 get-ready fold 1/1",
        "5.496 10.496 hold fold 1/1",
    ]


def test_a_rest_too_short_for_its_words_is_followed_by_get_ready_and_a_warning() -> None:
    session = compiled("- rest: 10s\n- fold", shelf=LONG_SETUP)
    assert session.spans() == [
        "0.480 10.480 rest",
        "10.488 12.072 get-ready fold 1/1",
        "12.072 17.072 hold fold 1/1",
    ]
    assert session.warnings == ["3: the rest of 10s is too short for its words: it becomes 12s"]


def test_a_rest_of_nothing_before_an_exercise_leaves_its_get_ready_alone() -> None:
    session = compiled("- rest: 0s\n- fold: 5s")
    assert session.spans() == ["0.480 5.496 get-ready fold 1/1", "5.496 10.496 hold fold 1/1"]
    assert session.warnings == []


def test_each_rest_stands_for_itself_and_the_last_announces_the_exercise() -> None:
    session = compiled("- rest: 6s\n- rest: 7s\n- fold: 5s")
    assert session.told(0, 14) == text("""
        0.480 6.480 rest
        0.480 rest "Rest for six seconds."
        6.480 13.480 rest
        6.480 rest "Rest."
        7.392 name "Fold."
        8.304 name "Five seconds."
        13.488 18.488 hold fold 1/1
        13.488 start tone
    """)


def test_a_side_is_named_last_before_the_start() -> None:
    session = compiled("- lean: 5s left")
    assert session.told(0, 7) == text("""
        0.480 5.880 get-ready lean left 1/1
        0.480 name "Lean."
        1.392 name "Five seconds."
        2.712 name "Lean to the left."
        5.880 10.880 hold lean left 1/1
        5.880 start tone
    """)


def test_both_sides_are_resolved_in_the_words_of_an_exercise() -> None:
    shelf = {
        "lean": """
            name: Lean
            dose: 5s
            side: "{side} arm up, {other} arm down"
            setup: ["Reach your {side} arm over to the {other}."]
            caution: "Keep your {other} hip down."
            release: "Put your {side} arm beside your {other}."
        """
    }
    session = compiled("- lean", shelf=shelf)
    assert session.cues("name", "setup", "caution", "switch") == [
        '0.480 name "Lean."',
        '1.392 name "Five seconds each side."',
        '3.216 setup "Reach your left arm over to the right."',
        '5.784 caution "Keep your right hip down."',
        '7.704 name "Left arm up, right arm down."',
        '17.136 switch "Other side."',
        '18.360 switch "Right arm up, left arm down."',
    ]
    assert session.timeline.cues[-1].text == "Put your right arm beside your left."


def test_the_first_exercise_is_named_and_later_ones_come_next() -> None:
    session = compiled("- fold: 5s\n- lift: 1 rep\n- rest: 20s\n- lean: 5s left")
    assert session.narration("name", "rest") == text("""
        Fold.
        Five seconds.
        Next: Lift.
        One rep.
        Rest.
        Next: Lean.
        Five seconds.
        Lean to the left.
    """)


def test_a_rest_says_what_comes_next_and_how_to_get_there_before_the_hold_starts() -> None:
    shelf = {
        "lean": """
            name: Lean
            dose: 2 x 5s
            side: lean to the {side}
            setup: [Kneel on the floor., "Put your {side} foot in front."]
            caution: Hold on to a chair.
        """
    }
    session = compiled("- fold: 5s\n- rest: 25s\n- lean", shelf=shelf)
    assert session.told(10, 36) == text("""
        10.496 end tone
        10.512 35.512 rest
        11.208 rest "Rest."
        12.120 name "Next: Lean."
        13.344 name "Two sets, five seconds each side."
        15.672 setup "Kneel on the floor."
        17.304 setup "Put your left foot in front."
        19.368 caution "Hold on to a chair."
        21.000 name "First set, left side."
        22.728 name "Lean to the left."
        35.520 40.520 hold lean left 1/2
        35.520 start tone
    """)
    assert session.warnings == []


def test_each_rest_that_grows_is_warned_of_at_its_own_line() -> None:
    session = compiled(
        """
        - rest: 5s
        - fold
        - rest: 30s
        - fold
        - rest: 1s
        - fold: 2 x 5s, rest 1s
        """,
        shelf=LONG_SETUP,
    )
    assert session.warnings == [
        "3: the rest of 5s is too short for its words: it becomes 12s",
        "7: the rest of 1s is too short for its words: it becomes 8s",
        "8: the rest of 1s is too short for its words: it becomes 2s",
    ]


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        ("1m30s left", "One minute thirty seconds."),
        ("2 x 30s", "Two sets, thirty seconds each side."),
        ("1 x 30s", "Thirty seconds each side."),
        ("2 x 5s alternating", "Two sets, five seconds each side, alternating."),
        ("5s alternating", "Five seconds each side."),
        ("3 x 1s right", "Three sets, one second."),
        ("0.5s right", "Zero point five seconds."),
    ],
)
def test_the_dose_is_said_with_its_sets_and_sides(dose: str, words: str) -> None:
    assert compiled(f"- lean: {dose}").timeline.cues[1].text == words


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("lift: 1 rep", "One rep."),
        ("lift: 2 x 12 reps", "Two sets, twelve reps."),
        ("swing: 2 x 1 rep each side", "Two sets, one rep each side."),
        ("breathe: 1 breath", "One breath."),
        ("breathe: 3 x 6 breaths", "Three sets, six breaths."),
    ],
)
def test_reps_and_breaths_are_counted_in_the_dose(step: str, words: str) -> None:
    assert compiled(f"- {step}").timeline.cues[1].text == words
