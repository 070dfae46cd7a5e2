"""Sides: each gets all of its time, and the change between them is announced and has its own."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, text
from voiceguide.plan import Choices

WITH_CHANGE = {
    "lean": """
        name: Lean
        dose: 5s
        side: lean to the {side}
        change: Cross your legs the other way, {side} leg in front.
    """
}


def test_each_side_does_all_sets_of_one_side_before_the_switch() -> None:
    session = compiled("- lean: 2 x 5s each side")
    assert session.spans() == [
        "0.480 8.616 get-ready lean left 1/2",
        "8.616 13.616 hold lean left 1/2",
        "13.632 23.632 rest lean left 2/2",
        "23.640 28.640 hold lean left 2/2",
        "28.656 35.064 switch lean right 1/2",
        "35.064 40.064 hold lean right 1/2",
        "40.080 50.080 rest lean right 2/2",
        "50.088 55.088 hold lean right 2/2",
    ]


def test_each_side_in_words() -> None:
    session = compiled("- lean: 2 x 30s each side", choices=Choices(safety=False, countdown=0))
    assert session.narration() == text("""
        Lean.
        Two sets, thirty seconds each side.
        First set, left side.
        Lean to the left.
        [start]
        halfway
        [end]
        Rest.
        Last set on this side.
        [start]
        halfway
        [end]
        Other side.
        First set, right side.
        Lean to the right.
        [start]
        halfway
        [end]
        Rest.
        Last set.
        [start]
        halfway
        [end]
    """)


def test_one_set_of_each_side_is_not_counted() -> None:
    session = compiled("- lean: 5s each side", choices=Choices(safety=False, countdown=0))
    assert session.narration() == text("""
        Lean.
        Five seconds each side.
        Lean to the left.
        [start]
        [end]
        Other side.
        Lean to the right.
        [start]
        [end]
    """)


def test_alternating_switches_within_every_set_and_rests_between_pairs() -> None:
    session = compiled("- lean: 2 x 5s alternating")
    assert session.spans() == [
        "0.480 9.264 get-ready lean left 1/2",
        "9.264 14.264 hold lean left 1/2",
        "14.280 19.296 switch lean right 1/2",
        "19.296 24.296 hold lean right 1/2",
        "24.312 34.312 rest lean left 2/2",
        "34.320 39.320 hold lean left 2/2",
        "39.336 44.352 switch lean right 2/2",
        "44.352 49.352 hold lean right 2/2",
    ]


def test_alternating_in_words() -> None:
    session = compiled("- lean: 3 x 5s alternating", choices=Choices(safety=False, countdown=0))
    assert session.narration("name", "switch", "rest") == text("""
        Lean.
        Three sets, five seconds each side, alternating.
        First set, left side.
        Lean to the left.
        Other side.
        Lean to the right.
        Rest.
        Second set.
        Lean to the left.
        Other side.
        Lean to the right.
        Rest.
        Last set.
        Lean to the left.
        Other side.
        Lean to the right.
    """)


def test_alternating_in_one_set_is_said_like_each_side() -> None:
    session = compiled("- lean: 5s alternating")
    assert session.narration("name", "switch") == text("""
        Lean.
        Five seconds each side.
        Lean to the left.
        Other side.
        Lean to the right.
    """)


@pytest.mark.parametrize(
    ("dose", "first_side"),
    [("2 x 5s each side, right first", None), ("2 x 5s", "right"), ("2 x 5s, right first", "left")],
)
def test_the_right_side_can_be_first_by_the_script_or_else_by_the_listener(
    dose: str, first_side: str | None
) -> None:
    chosen: dict[str | None, Choices] = {
        None: Choices(safety=False),
        "left": Choices(safety=False, first_side="left"),
        "right": Choices(safety=False, first_side="right"),
    }
    session = compiled(f"- lean: {dose}", choices=chosen[first_side])
    assert session.narration("name", "switch", "rest") == text("""
        Lean.
        Two sets, five seconds each side.
        First set, right side.
        Lean to the right.
        Rest.
        Last set on this side.
        Other side.
        First set, left side.
        Lean to the left.
        Rest.
        Last set.
    """)


def test_alternating_can_begin_on_the_right() -> None:
    session = compiled("- lean: 2 x 5s alternating, right first")
    assert session.narration("name", "switch", "rest") == text("""
        Lean.
        Two sets, five seconds each side, alternating.
        First set, right side.
        Lean to the right.
        Other side.
        Lean to the left.
        Rest.
        Last set.
        Lean to the right.
        Other side.
        Lean to the left.
    """)


def test_a_sided_exercise_without_a_choice_of_sides_is_done_on_each() -> None:
    session = compiled("- lean: 5s")
    assert session.spans("hold", "switch") == [
        "6.384 11.384 hold lean left 1/1",
        "11.400 16.416 switch lean right 1/1",
        "16.416 21.416 hold lean right 1/1",
    ]


def test_one_side_alone_has_no_switch() -> None:
    session = compiled("- lean: 5s right")
    assert session.spans() == ["0.480 5.928 get-ready lean right 1/1", "5.928 10.928 hold lean right 1/1"]


def test_one_side_alone_in_words() -> None:
    session = compiled("- lean: 2 x 5s right")
    assert session.narration("name", "rest") == text("""
        Lean.
        Two sets, five seconds.
        First set, right side.
        Lean to the right.
        Rest.
        Last set.
    """)


def test_a_switch_lasts_five_seconds_and_names_the_new_side() -> None:
    session = compiled("- lean: 5s each side")
    assert session.told(11, 17) == text("""
        11.384 end tone
        11.400 16.416 switch lean right 1/1
        12.096 switch "Other side."
        13.320 switch "Lean to the right."
        16.416 21.416 hold lean right 1/1
        16.416 start tone
    """)


def test_the_listener_can_ask_for_a_longer_switch() -> None:
    session = compiled("- lean: 5s each side", choices=Choices(safety=False, switch_ms=12_000))
    assert session.spans("switch") == ["11.400 23.400 switch lean right 1/1"]


def test_a_switch_grows_with_its_words_and_ends_a_second_and_a_half_after_them() -> None:
    shelf = {"lean": "{name: Lean, dose: 5s, side: '{side} arm far above your head and over to the {other}'}"}
    session = compiled("- lean", shelf=shelf)
    assert session.spans("switch") == ["13.104 19.392 switch lean right 1/1"]
    assert session.cues("switch") == [
        '13.800 switch "Other side."',
        '15.024 switch "Right arm far above your head and over to the left."',
    ]


def test_a_switch_of_no_length_still_has_its_words() -> None:
    session = compiled("- lean: 5s", choices=Choices(safety=False, switch_ms=0))
    assert session.spans("switch") == ["11.400 16.032 switch lean right 1/1"]


def test_a_switch_says_how_to_come_to_the_other_side() -> None:
    session = compiled("- lean: 2 x 5s", shelf=WITH_CHANGE)
    assert session.narration("switch") == text("""
        Other side.
        Cross your legs the other way, right leg in front.
        First set, right side.
        Lean to the right.
    """)


def test_who_alternates_is_told_how_to_change_the_first_time() -> None:
    session = compiled("- lean: 2 x 5s alternating", shelf=WITH_CHANGE)
    assert session.narration("switch") == text("""
        Other side.
        Cross your legs the other way, right leg in front.
        Lean to the right.
        Other side.
        Lean to the right.
    """)


def test_a_change_has_the_time_that_the_exercise_gives_it() -> None:
    shelf = {"lean": "{name: Lean, dose: 5s, side: 'lean to the {side}', change: 12s}"}
    session = compiled("- lean", shelf=shelf)
    assert session.spans("switch") == ["11.400 23.400 switch lean right 1/1"]
    assert session.narration("switch") == "Other side.\nLean to the right."


def test_a_change_with_words_and_a_time_has_both() -> None:
    shelf = {
        "lean": "{name: Lean, dose: 5s, side: 'lean to the {side}', change: {text: Turn over., time: 12s}}"
    }
    session = compiled("- lean", shelf=shelf)
    assert session.spans("switch") == ["11.400 23.400 switch lean right 1/1"]
    assert session.narration("switch") == "Other side.\nTurn over.\nLean to the right."


def test_a_change_does_not_shorten_the_switch_that_the_listener_asks_for() -> None:
    shelf = {"lean": "{name: Lean, dose: 5s, side: 'lean to the {side}', change: 6s}"}
    session = compiled("- lean", shelf=shelf, choices=Choices(safety=False, switch_ms=12_000))
    assert session.spans("switch") == ["11.400 23.400 switch lean right 1/1"]


def test_the_rest_between_pairs_lasts_as_long_as_the_change_with_a_warning() -> None:
    shelf = {"lean": "{name: Lean, dose: 5s, side: 'lean to the {side}', change: 12s}"}
    session = compiled("- lean: 2 x 5s alternating, rest 10s", shelf=shelf)
    assert session.spans("rest") == ["31.296 43.296 rest lean left 2/2"]
    assert session.warnings == ["3: the rest of 10s is too short to change sides: it becomes 12s"]


def test_who_alternates_is_told_the_side_again_after_a_rest() -> None:
    session = compiled("- lean: 2 x 5s alternating, rest 10s")
    assert session.cues("rest") == [
        '25.008 rest "Rest."',
        '29.040 rest "Last set."',
        '30.168 rest "Lean to the left."',
    ]


@pytest.mark.parametrize("rest", ["0s", "2s"])
def test_a_rest_between_pairs_lasts_as_long_as_a_switch_with_a_warning_where_less_is_written(
    rest: str,
) -> None:
    session = compiled(f"- lean: 2 x 5s alternating, rest {rest}")
    assert session.told(24, 30) == text("""
        24.296 end tone
        24.312 29.312 rest lean left 2/2
        25.008 rest "Last set."
        26.136 rest "Lean to the left."
        29.328 34.328 hold lean left 2/2
        29.328 start tone
    """)
    assert session.warnings == [f"3: the rest of {rest} is too short to change sides: it becomes 5s"]


def test_a_rest_between_pairs_lasts_as_long_as_the_switch_that_the_listener_asks_for() -> None:
    choices = Choices(safety=False, switch_ms=12_000)
    session = compiled("- lean: 2 x 5s alternating, rest 10s", choices=choices)
    assert session.spans("rest") == ["31.296 43.296 rest lean left 2/2"]
    assert session.warnings == ["3: the rest of 10s is too short to change sides: it becomes 12s"]


@pytest.mark.parametrize("rest", ["0s", "1s"])
def test_a_rest_between_pairs_grows_with_its_words_and_ends_a_second_and_a_half_after_them(rest: str) -> None:
    choices = Choices(safety=False, switch_ms=0)
    session = compiled(f"- lean: 2 x 5s alternating, rest {rest}", choices=choices)
    assert session.spans("rest") == ["23.928 28.402 rest lean left 2/2"]
    assert session.cues("rest") == ['24.624 rest "Last set."', '25.752 rest "Lean to the left."']
    assert session.warnings == [f"3: the rest of {rest} is too short to change sides: it becomes 5s"]


def test_a_rest_between_pairs_does_not_say_that_it_is_one_where_the_side_would_come_late() -> None:
    session = compiled("- lean: 2 x 5s alternating, rest 5s")
    assert session.cues("rest") == ['25.008 rest "Last set."', '26.136 rest "Lean to the left."']
    assert session.warnings == []


def test_a_rest_on_one_side_grows_with_its_words() -> None:
    session = compiled("- lean: 2 x 5s each side, rest 1s")
    assert session.spans("rest") == [
        "13.632 16.208 rest lean left 2/2",
        "32.664 34.590 rest lean right 2/2",
    ]
    assert session.warnings == [
        "3: the rest of 1s is too short for its words: it becomes 3s",
        "3: the rest of 1s is too short for its words: it becomes 2s",
    ]


def test_the_rest_between_pairs_of_reps_leaves_room_for_both_tones() -> None:
    session = compiled("- swing: 2 x 1 rep alternating, rest 0s")
    assert session.told(21, 27) == text("""
        21.664 end tone
        21.672 26.672 rest swing left 2/2
        22.392 rest "Last set."
        23.520 rest "Left leg."
        26.184 start tone
        26.688 30.688 rep swing left 2/2 rep 1/1
        26.688 rep "one, out"
    """)


def test_reps_on_each_side_start_with_a_tone_of_their_own() -> None:
    session = compiled("- swing: 1 rep each side")
    assert session.told(7) == text("""
        7.760 phase "back"
        9.760 end tone
        9.768 14.784 switch swing right 1/1
        10.488 switch "Other side."
        11.712 switch "Right leg."
        14.280 start tone
        14.784 18.784 rep swing right 1/1 rep 1/1
        14.784 rep "one, out"
        16.784 phase "back"
        18.784 end tone
    """)
