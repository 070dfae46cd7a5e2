"""Sets and the rests between them."""

from __future__ import annotations

from tests.compile.support import compiled, text
from voiceguide.plan import Choices


def test_a_rest_falls_between_sets_and_never_after_the_last() -> None:
    session = compiled("- fold: 3 x 8s, rest 10s")
    assert session.spans("hold", "rest") == [
        "6.168 14.168 hold fold 1/3",
        "14.184 24.184 rest fold 2/3",
        "24.192 32.192 hold fold 2/3",
        "32.208 42.208 rest fold 3/3",
        "42.216 50.216 hold fold 3/3",
    ]


def test_a_rest_says_so_at_its_start_and_which_set_comes_three_seconds_before_its_end() -> None:
    session = compiled("- fold: 3 x 5s, rest 10s")
    assert session.told(11, 27) == text("""
        11.120 end tone
        11.136 21.136 rest fold 2/3
        11.832 rest "Rest."
        17.280 rest "Second set."
        21.144 26.144 hold fold 2/3
        21.144 start tone
        23.144 countdown "three"
        24.144 countdown "two"
        25.144 countdown "one"
        26.144 end tone
        26.160 36.160 rest fold 3/3
        26.856 rest "Rest."
    """)


def test_the_first_set_is_announced_and_the_last_is_called_so() -> None:
    session = compiled("- fold: 4 x 5s, rest 10s", choices=Choices(safety=False, countdown=0))
    assert session.narration() == text("""
        Fold.
        Four sets, five seconds.
        First set.
        [start]
        [end]
        Rest.
        Second set.
        [start]
        [end]
        Rest.
        Third set.
        [start]
        [end]
        Rest.
        Last set.
        [start]
        [end]
    """)


def test_of_two_sets_the_second_is_the_last() -> None:
    session = compiled("- fold: 2 x 5s")
    assert session.narration("name", "rest") == text("""
        Fold.
        Two sets, five seconds.
        First set.
        Rest.
        Last set.
    """)


def test_sets_beyond_the_tenth_have_their_number() -> None:
    session = compiled("- fold: 12 x 1s, rest 3s")
    assert session.narration("rest").splitlines()[8:] == ["Tenth set.", "Set eleven.", "Last set."]


def test_a_single_set_is_not_counted_and_has_no_side_where_there_is_none() -> None:
    assert compiled("- fold: 1 x 5s").narration("name") == "Fold.\nFive seconds."


def test_the_rest_of_an_exercise_is_ten_seconds_unless_it_says_otherwise() -> None:
    session = compiled("- fold: 2 x 5s")
    assert session.spans("rest") == ["11.040 21.040 rest fold 2/2"]


def test_a_rest_under_five_seconds_does_not_say_that_it_is_one() -> None:
    session = compiled("- fold: 2 x 5s, rest 4s")
    assert session.told(11, 16) == text("""
        11.024 end tone
        11.040 15.040 rest fold 2/2
        11.736 rest "Last set."
        15.048 20.048 hold fold 2/2
        15.048 start tone
    """)


def test_the_set_is_said_sooner_than_three_seconds_before_it_where_the_rest_is_short() -> None:
    session = compiled("- fold: 2 x 5s, rest 5s")
    assert session.told(11, 17) == text("""
        11.024 end tone
        11.040 16.040 rest fold 2/2
        11.736 rest "Rest."
        12.648 rest "Last set."
        16.056 21.056 hold fold 2/2
        16.056 start tone
    """)


def test_the_set_is_said_up_to_half_a_second_before_it() -> None:
    session = compiled("- fold: 2 x 5s, rest 2s")
    assert session.told(11, 14) == text("""
        11.024 end tone
        11.040 13.040 rest fold 2/2
        11.736 rest "Last set."
        13.056 18.056 hold fold 2/2
        13.056 start tone
    """)
    assert session.warnings == []


def test_the_words_of_a_rest_leave_room_for_the_start_tone_of_reps() -> None:
    session = compiled("- lift: 2 x 1 rep @ 1-1-1, rest 10s")
    assert session.told(8, 19) == text("""
        8.760 18.760 rest lift 2/2
        8.760 end tone
        9.480 rest "Rest."
        14.520 rest "Last set."
        18.264 start tone
        18.768 21.768 rep lift 2/2 rep 1/1
        18.768 rep "one, up"
    """)


def test_a_rest_too_short_for_its_words_grows_with_a_warning() -> None:
    session = compiled("- fold: 2 x 5s, rest 1s")
    assert session.told(11, 13) == text("""
        11.024 end tone
        11.040 12.966 rest fold 2/2
        11.736 rest "Last set."
        12.984 17.984 hold fold 2/2
        12.984 start tone
    """)
    assert session.warnings == ["3: the rest of 1s is too short for its words: it becomes 2s"]


def test_a_rest_of_nothing_stays_so_with_one_tone_between_the_sets_and_nothing_said_in_a_hold() -> None:
    session = compiled("- fold: 2 x 5s, rest 0s", choices=Choices(safety=False, countdown=0))
    assert session.told(6) == text("""
        6.024 11.024 hold fold 1/2
        6.024 start tone
        11.040 16.040 hold fold 2/2
        11.040 start tone
        16.040 end tone
    """)
    assert session.warnings == [
        "3: no room for the end tone of a set: it is left out",
        '3: no room for "Last set." in the rest between sets: it is left out',
    ]


def test_the_start_tone_of_reps_is_never_heard_in_the_set_before() -> None:
    session = compiled("- lift: 2 x 1 rep, rest 0s")
    assert session.cues("start", "end") == ["5.256 start tone", "17.760 end tone"]
    assert session.warnings == [
        "3: no room for the end tone of a set: it is left out",
        '3: no room for "Last set." in the rest between sets: it is left out',
        "3: no room for the start tone of a set: it is left out",
    ]


def test_a_rest_too_short_for_both_tones_of_reps_keeps_the_start_tone() -> None:
    session = compiled("- lift: {sets: 2, reps: 1, rest: 0.5s, talk: tones}")
    assert session.cues("start", "end") == ["4.992 start tone", "11.496 start tone", "18.000 end tone"]
    assert session.warnings == ["3: no room for the end tone of a set: it is left out"]
