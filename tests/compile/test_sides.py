"""Sides: each gets all of its time, and the change between them is announced."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, text
from voiceguide.plan import Choices


def test_each_side_does_all_sets_of_one_side_before_the_switch() -> None:
    session = compiled("- lean: 2 x 5s each side")
    assert session.spans() == [
        "0.480 7.032 get-ready lean left 1/2",
        "7.032 12.032 hold lean left 1/2",
        "12.048 22.048 rest lean left 2/2",
        "22.056 27.056 hold lean left 2/2",
        "27.072 32.088 switch lean right 1/2",
        "32.088 37.088 hold lean right 1/2",
        "37.104 47.104 rest lean right 2/2",
        "47.112 52.112 hold lean right 2/2",
    ]


def test_alternating_switches_within_every_set_and_rests_between_pairs() -> None:
    session = compiled("- lean: 2 x 5s alternating")
    assert session.spans() == [
        "0.480 7.440 get-ready lean left 1/2",
        "7.440 12.440 hold lean left 1/2",
        "12.456 17.472 switch lean right 1/2",
        "17.472 22.472 hold lean right 1/2",
        "22.488 32.488 rest lean left 2/2",
        "32.496 37.496 hold lean left 2/2",
        "37.512 42.528 switch lean right 2/2",
        "42.528 47.528 hold lean right 2/2",
    ]


def test_a_sided_exercise_without_a_choice_of_sides_is_done_on_each() -> None:
    session = compiled("- lean: 5s")
    assert session.spans("hold", "switch") == [
        "6.432 11.432 hold lean left 1/1",
        "11.448 16.464 switch lean right 1/1",
        "16.464 21.464 hold lean right 1/1",
    ]


def test_one_side_alone_has_no_switch() -> None:
    session = compiled("- lean: 5s right")
    assert session.spans() == ["0.480 5.928 get-ready lean right 1/1", "5.928 10.928 hold lean right 1/1"]


def test_a_switch_lasts_five_seconds_and_names_the_new_side() -> None:
    session = compiled("- lean: 5s each side")
    assert session.told(11, 18) == text("""
        11.432 end tone
        11.448 16.464 switch lean right 1/1
        12.144 switch "Switch sides."
        13.464 switch "Lean to the right."
        16.464 21.464 hold lean right 1/1
        16.464 start tone
    """)


def test_the_listener_can_ask_for_a_longer_switch() -> None:
    session = compiled("- lean: 5s each side", choices=Choices(safety=False, switch_ms=12_000))
    assert session.spans("switch") == ["11.448 23.448 switch lean right 1/1"]


def test_a_switch_grows_with_its_words_and_ends_a_second_and_a_half_after_them() -> None:
    shelf = {"lean": "{name: Lean, dose: 5s, side: '{side} arm far above your head and over to the {other}'}"}
    session = compiled("- lean", shelf=shelf)
    assert session.spans("switch") == ["13.152 19.536 switch lean right 1/1"]
    assert session.cues("switch") == [
        '13.848 switch "Switch sides."',
        '15.168 switch "Right arm far above your head and over to the left."',
    ]


def test_a_switch_of_no_length_still_has_its_words() -> None:
    session = compiled("- lean: 5s", choices=Choices(safety=False, switch_ms=0))
    assert session.spans("switch") == ["11.448 16.176 switch lean right 1/1"]


def test_who_alternates_is_told_the_side_again_after_a_rest() -> None:
    session = compiled("- lean: 2 x 5s alternating, rest 10s")
    assert session.cues("rest") == [
        '23.184 rest "Rest."',
        '27.216 rest "Last set."',
        '28.344 rest "Lean to the left."',
    ]


@pytest.mark.parametrize("rest", ["0s", "2s"])
def test_a_rest_between_pairs_lasts_as_long_as_a_switch_with_a_warning_where_less_is_written(
    rest: str,
) -> None:
    session = compiled(f"- lean: 2 x 5s alternating, rest {rest}")
    assert session.told(22, 28) == text("""
        22.472 end tone
        22.488 27.488 rest lean left 2/2
        23.184 rest "Last set."
        24.312 rest "Lean to the left."
        27.504 32.504 hold lean left 2/2
        27.504 start tone
    """)
    assert session.warnings == [f"3: the rest of {rest} is too short to change sides: it becomes 5s"]


def test_a_rest_between_pairs_lasts_as_long_as_the_switch_that_the_listener_asks_for() -> None:
    choices = Choices(safety=False, switch_ms=12_000)
    session = compiled("- lean: 2 x 5s alternating, rest 10s", choices=choices)
    assert session.spans("rest") == ["29.472 41.472 rest lean left 2/2"]
    assert session.warnings == ["3: the rest of 10s is too short to change sides: it becomes 12s"]


def test_a_rest_between_pairs_grows_with_its_words_and_ends_a_second_and_a_half_after_them() -> None:
    choices = Choices(safety=False, switch_ms=0)
    session = compiled("- lean: 2 x 5s alternating, rest 1s", choices=choices)
    assert session.spans("rest") == ["22.200 26.674 rest lean left 2/2"]
    assert session.cues("rest") == ['22.896 rest "Last set."', '24.024 rest "Lean to the left."']
    assert session.warnings == ["3: the rest of 1s is too short to change sides: it becomes 5s"]


def test_a_rest_between_pairs_does_not_say_that_it_is_one_where_the_side_would_come_late() -> None:
    session = compiled("- lean: 2 x 5s alternating, rest 5s")
    assert session.cues("rest") == ['23.184 rest "Last set."', '24.312 rest "Lean to the left."']
    assert session.warnings == []


def test_a_rest_on_one_side_is_as_long_as_written() -> None:
    session = compiled("- lean: 2 x 5s each side, rest 1s")
    assert session.spans("rest") == [
        "12.048 13.048 rest lean left 2/2",
        "28.104 29.104 rest lean right 2/2",
    ]


def test_the_rest_between_pairs_of_reps_leaves_room_for_both_tones() -> None:
    session = compiled("- swing: 2 x 1 rep alternating, rest 0s")
    assert session.told(19, 25) == text("""
        19.840 end tone
        19.848 24.848 rest swing left 2/2
        20.568 rest "Last set."
        21.696 rest "Left leg."
        24.360 start tone
        24.864 28.864 rep swing left 2/2 rep 1/1
        24.864 rep "one, out"
    """)


def test_reps_on_each_side_start_with_a_tone_of_their_own() -> None:
    session = compiled("- swing: 1 rep each side")
    assert session.told(6) == text("""
        7.832 phase "back"
        9.832 end tone
        9.840 14.856 switch swing right 1/1
        10.560 switch "Switch sides."
        11.880 switch "Right leg."
        14.352 start tone
        14.856 18.856 rep swing right 1/1 rep 1/1
        14.856 rep "one, out"
        16.856 phase "back"
        18.856 end tone
    """)
