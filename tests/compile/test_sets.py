"""Sets and the rests between them."""

from __future__ import annotations

from tests.compile.support import compiled, text
from voiceguide.plan import Choices


def test_a_rest_falls_between_sets_and_never_after_the_last() -> None:
    session = compiled("- fold: 3 x 8s, rest 10s")
    assert session.spans("hold", "rest") == [
        "5.496 13.496 hold fold 1/3",
        "13.512 23.512 rest fold 2/3",
        "23.520 31.520 hold fold 2/3",
        "31.536 41.536 rest fold 3/3",
        "41.544 49.544 hold fold 3/3",
    ]


def test_a_rest_says_so_at_its_start_and_which_set_comes_three_seconds_before_its_end() -> None:
    session = compiled("- fold: 3 x 5s, rest 10s")
    assert session.told(10, 26) == text("""
        10.496 end tone
        10.512 20.512 rest fold 2/3
        11.208 rest "Rest."
        16.800 rest "Set two."
        20.520 25.520 hold fold 2/3
        20.520 start tone
        22.520 countdown "three"
        23.520 countdown "two"
        24.520 countdown "one"
        25.520 end tone
        25.536 35.536 rest fold 3/3
    """)


def test_the_last_set_is_called_so() -> None:
    session = compiled("- fold: 4 x 5s, rest 10s")
    assert session.cues("rest") == [
        '11.208 rest "Rest."',
        '16.800 rest "Set two."',
        '26.232 rest "Rest."',
        '31.728 rest "Set three."',
        '41.256 rest "Rest."',
        '46.800 rest "Last set."',
    ]


def test_the_rest_of_an_exercise_is_ten_seconds_unless_it_says_otherwise() -> None:
    session = compiled("- fold: 2 x 5s")
    assert session.spans("rest") == ["10.512 20.512 rest fold 2/2"]


def test_a_rest_under_five_seconds_does_not_say_that_it_is_one() -> None:
    session = compiled("- fold: 2 x 5s, rest 4s")
    assert session.told(10, 15) == text("""
        10.496 end tone
        10.512 14.512 rest fold 2/2
        11.208 rest "Last set."
        14.520 19.520 hold fold 2/2
        14.520 start tone
    """)


def test_the_set_is_said_sooner_than_three_seconds_before_it_where_the_rest_is_short() -> None:
    session = compiled("- fold: 2 x 5s, rest 5s")
    assert session.told(10, 16) == text("""
        10.496 end tone
        10.512 15.512 rest fold 2/2
        11.208 rest "Rest."
        12.120 rest "Last set."
        15.528 20.528 hold fold 2/2
        15.528 start tone
    """)


def test_the_set_is_said_up_to_half_a_second_before_it() -> None:
    session = compiled("- fold: 2 x 5s, rest 2s")
    assert session.told(11, 13) == text("""
        11.208 rest "Last set."
        12.528 17.528 hold fold 2/2
        12.528 start tone
    """)
    assert session.warnings == []


def test_the_words_of_a_rest_leave_room_for_the_start_tone_of_reps() -> None:
    session = compiled("- lift: 2 x 1 rep @ 1-1-1, rest 10s")
    assert session.told(8, 19) == text("""
        8.496 18.496 rest lift 2/2
        8.496 end tone
        9.216 rest "Rest."
        14.256 rest "Last set."
        18.000 start tone
        18.504 21.504 rep lift 2/2 rep 1/1
        18.504 rep "one, up"
    """)


def test_the_set_is_not_said_in_a_rest_too_short_for_it() -> None:
    session = compiled("- fold: 2 x 5s, rest 1s")
    assert session.told(10, 12) == text("""
        10.496 end tone
        10.512 11.512 rest fold 2/2
        11.520 16.520 hold fold 2/2
        11.520 start tone
    """)
    assert session.warnings == ['3: no room for "Last set." in the rest between sets: it is left out']


def test_sets_without_a_rest_follow_each_other_with_one_tone_and_nothing_said_in_a_hold() -> None:
    session = compiled("- fold: 2 x 5s, rest 0s", choices=Choices(safety=False, countdown=0))
    assert session.told(5, 16) == text("""
        5.496 10.496 hold fold 1/2
        5.496 start tone
        10.512 15.512 hold fold 2/2
        10.512 start tone
        15.512 end tone
    """)
    assert session.warnings == [
        "3: no room for the end tone of a set: it is left out",
        '3: no room for "Last set." in the rest between sets: it is left out',
    ]


def test_the_start_tone_of_reps_is_never_heard_in_the_set_before() -> None:
    session = compiled("- lift: 2 x 1 rep, rest 0s")
    assert session.cues("start", "end") == ["4.992 start tone", "17.496 end tone"]
    assert session.warnings == [
        "3: no room for the end tone of a set: it is left out",
        '3: no room for "Last set." in the rest between sets: it is left out',
        "3: no room for the start tone of a set: it is left out",
    ]
