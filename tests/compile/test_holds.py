"""Holds: exact from the start tone to the end tone, with the time told on the second."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, length, text
from voiceguide.plan import Choices
from voiceguide.timeline import Sound, Source, Speech

FROM_FIVE = Choices(safety=False, countdown=5)


def test_a_hold_is_as_long_as_it_is_written_from_tone_to_tone() -> None:
    session = compiled("- fold: 30s")
    assert session.told(5) == text("""
        5.496 35.496 hold fold 1/1
        5.496 start tone
        20.496 halfway "halfway"
        32.496 countdown "three"
        33.496 countdown "two"
        34.496 countdown "one"
        35.496 end tone
    """)


def test_the_time_is_halved_from_twenty_seconds_on() -> None:
    assert compiled("- fold: 20s").cues("halfway") == ['15.496 halfway "halfway"']
    assert compiled("- fold: 19.9s").cues("halfway") == []


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, ["five", "four", "three", "two", "one"]),
        (3, ["three", "two", "one"]),
        (0, []),
    ],
)
def test_a_hold_is_counted_down_for_five_three_or_no_seconds(seconds: int, words: list[str]) -> None:
    session = compiled("- fold: 10s", choices=Choices(safety=False, countdown=seconds))
    (hold,) = session.timeline.spans[1:]
    counted = [
        (cue.text, hold.end_ms - cue.start_ms) for cue in session.timeline.cues if cue.role == "countdown"
    ]
    assert counted == [(word, 1_000 * (len(words) - index)) for index, word in enumerate(words)]


def test_ten_seconds_left_are_told_from_forty_seconds_on() -> None:
    assert compiled("- fold: 40s").cues("left") == ['35.496 left "ten seconds left"']
    assert compiled("- fold: 39.9s").cues("left") == []


def test_what_is_left_is_told_each_half_minute_from_a_minute_and_a_half_on() -> None:
    session = compiled("- fold: 1m30s")
    assert session.warnings == []
    assert session.cues("left", "halfway") == [
        '35.496 left "one minute left"',
        '50.496 halfway "halfway"',
        '65.496 left "thirty seconds left"',
        '85.496 left "ten seconds left"',
    ]
    assert compiled("- fold: 1m29s").cues("left") == ['84.496 left "ten seconds left"']


def test_what_is_left_is_not_told_beside_halfway() -> None:
    assert compiled("- fold: 2m").cues("left", "halfway") == [
        '35.496 left "one minute thirty seconds left"',
        '65.496 halfway "halfway"',
        '95.496 left "thirty seconds left"',
        '115.496 left "ten seconds left"',
    ]
    five_seconds_off = compiled("- fold: 2m10s")
    assert five_seconds_off.narration("left", "halfway") == text("""
        two minutes left
        one minute thirty seconds left
        halfway
        one minute left
        thirty seconds left
        ten seconds left
    """)
    assert "one minute left" not in compiled("- fold: 2m9s").narration("left")


def test_a_long_hold_in_words() -> None:
    session = compiled("- fold: 45s", choices=FROM_FIVE)
    assert session.narration() == text("""
        Fold.
        Forty-five seconds.
        [start]
        halfway
        ten seconds left
        five / four / three / two / one
        [end]
    """)


def test_a_hold_with_less_than_two_seconds_to_spare_is_not_counted_down() -> None:
    assert compiled("- fold: 5s").cues("countdown") == [
        '7.496 countdown "three"',
        '8.496 countdown "two"',
        '9.496 countdown "one"',
    ]
    assert compiled("- fold: 4.9s").cues("countdown") == []


@pytest.mark.parametrize(
    ("hold", "said"),
    [
        ("7s", "five / four / three / two / one"),
        ("6.9s", "three / two / one"),
        ("5s", "three / two / one"),
        ("4.9s", ""),
    ],
)
def test_a_hold_too_short_for_five_is_counted_down_from_three_else_not_at_all(hold: str, said: str) -> None:
    session = compiled(f"- fold: {hold}", choices=FROM_FIVE)
    assert session.narration("countdown") == said
    assert session.warnings == []


def test_the_three_of_a_hold_too_short_for_five_are_on_the_last_seconds() -> None:
    session = compiled("- fold: 6s", choices=FROM_FIVE)
    assert session.told(5) == text("""
        5.496 11.496 hold fold 1/1
        5.496 start tone
        8.496 countdown "three"
        9.496 countdown "two"
        10.496 countdown "one"
        11.496 end tone
    """)


def test_a_hold_of_one_second_has_its_two_tones() -> None:
    session = compiled("- fold: 1s")
    assert session.told(5) == text("""
        5.496 6.496 hold fold 1/1
        5.496 start tone
        6.496 end tone
    """)


def test_a_hold_shorter_than_its_start_tone_loses_its_end_tone_with_a_warning() -> None:
    session = compiled("- fold: 0.2s")
    assert session.told(5) == text("""
        5.496 5.696 hold fold 1/1
        5.496 start tone
    """)
    assert session.warnings == ["3: no room for the end tone of a set: it is left out"]


def test_numbers_that_last_a_second_are_not_counted_down() -> None:
    def slow(source: Source) -> int:
        return 950 if source == Speech("two") else length(source)

    session = compiled("- fold: 10s", lengths=slow)
    assert session.cues("countdown") == []
    assert session.warnings == ['3: no room for "three", "two", "one" in the countdown: left out']


@pytest.mark.parametrize(
    ("long", "said", "lost"),
    [
        ("five", "three / two / one", '"five", "four"'),
        ("four", "three / two / one", '"five", "four"'),
        ("two", "", '"five", "four", "three", "two", "one"'),
    ],
)
def test_where_five_numbers_do_not_fit_their_seconds_the_last_three_are_counted_if_they_fit(
    long: str, said: str, lost: str
) -> None:
    def slow(source: Source) -> int:
        return 950 if source == Speech(long) else length(source)

    session = compiled("- fold: 10s", choices=FROM_FIVE, lengths=slow)
    assert session.narration("countdown") == said
    assert session.warnings == [f"3: no room for {lost} in the countdown: left out"]


def test_the_last_three_numbers_are_counted_where_a_tone_is_heard_during_the_first_two() -> None:
    def long_tone(source: Source) -> int:
        return 3_000 if source == Sound("start") else length(source)

    session = compiled("- fold: 7s", choices=FROM_FIVE, lengths=long_tone)
    assert session.cues("start", "countdown") == [
        "5.496 start tone",
        '9.496 countdown "three"',
        '10.496 countdown "two"',
        '11.496 countdown "one"',
    ]
    assert session.warnings == ['3: no room for "five", "four" in the countdown: left out']


def test_halfway_gives_way_to_the_countdown() -> None:
    def slow(source: Source) -> int:
        return 4_650 if source == Speech("halfway") else length(source)

    session = compiled("- fold: 20s", choices=FROM_FIVE, lengths=slow)
    assert session.cues("halfway") == []
    assert session.warnings == ['3: no room for "halfway" in the hold: it is left out']


def test_halfway_waits_for_nothing_and_is_left_out_where_a_tone_is_still_heard() -> None:
    def long_tone(source: Source) -> int:
        return 11_000 if source == Sound("start") else length(source)

    session = compiled("- fold: 20s", lengths=long_tone)
    assert session.cues("halfway") == []
    assert session.warnings == ['3: no room for "halfway" in the hold: it is left out']


def test_a_countdown_is_left_out_where_a_tone_is_still_heard() -> None:
    def long_tone(source: Source) -> int:
        return 3_000 if source == Sound("start") else length(source)

    session = compiled("- fold: 5s", lengths=long_tone)
    assert session.cues("countdown") == []
    assert session.warnings == ['3: no room for "three", "two", "one" in the countdown: left out']


def test_a_start_tone_is_left_out_while_the_one_before_is_heard() -> None:
    def long_tone(source: Source) -> int:
        return 8_000 if source == Sound("start") else length(source)

    session = compiled("- fold: 2 x 2s, rest 0s", lengths=long_tone)
    assert session.cues("start", "end") == ["5.976 start tone"]
    assert session.warnings == [
        "3: no room for the end tone of a set: it is left out",
        '3: no room for "Last set." in the rest between sets: it is left out',
        "3: no room for the start tone of a set: it is left out",
    ]


def test_the_release_follows_the_end_tone() -> None:
    shelf = {"fold": "{name: Fold, dose: 5s, release: Sit up slowly.}"}
    session = compiled("- fold\n- fold", shelf=shelf)
    assert session.told(10, 13) == text("""
        10.496 end tone
        11.208 end "Sit up slowly."
        12.576 17.592 get-ready fold 1/1
        12.576 name "Next: Fold."
    """)


def test_holds_start_on_frames_of_the_encoder() -> None:
    session = compiled("- fold: 3 x 0.777s, rest 0.333s")
    assert [span.start_ms % 24 for span in session.timeline.spans] == [0, 0, 0, 0, 0, 0]
