"""Reps: counted on their onsets, their phases named, paced by the tempo."""

from __future__ import annotations

from tests.compile.support import compiled, length, text
from voiceguide.timeline import Sound, Source


def test_reps_follow_the_tempo_with_the_count_and_the_phases_on_their_onsets() -> None:
    session = compiled("- lift: 2 reps @ 2-1-3")
    assert session.told(4) == text("""
        4.992 start tone
        5.496 11.496 rep lift 1/1 rep 1/2
        5.496 rep "one, up"
        7.496 8.496 hold lift 1/1 rep 1/2
        7.496 phase "hold"
        8.496 phase "down"
        11.496 17.496 rep lift 1/1 rep 2/2
        11.496 rep "two, up"
        13.496 14.496 hold lift 1/1 rep 2/2
        13.496 phase "hold"
        14.496 phase "down"
        17.496 end tone
    """)


def test_the_start_tone_ends_before_the_first_onset() -> None:
    session = compiled("- lift: 1 rep")
    assert session.told(4, 6) == text("""
        4.992 start tone
        5.496 11.496 rep lift 1/1 rep 1/1
        5.496 rep "one, up"
    """)


def test_the_count_alone_is_said_where_its_phase_does_not_fit() -> None:
    session = compiled("- lift: 1 rep @ 0.6-1-1")
    assert session.cues("rep", "phase") == ['5.496 rep "one"', '6.096 phase "hold"', '7.096 phase "down"']
    assert session.warnings == []


def test_words_that_do_not_fit_a_fast_tempo_are_left_out_with_one_warning() -> None:
    session = compiled("- lift: 2 x 4 reps @ 0.4-0.4-0.4")
    assert session.cues("rep", "phase") == []
    assert session.warnings == ['3: the tempo leaves no room for "one", "hold", "down" and 3 more: left out']


def test_a_number_too_long_for_the_tempo_is_left_out_and_the_others_are_said() -> None:
    session = compiled("- lift: 8 reps @ 0.6-0-1")
    assert session.cues("rep") == [
        '5.496 rep "one"',
        '7.096 rep "two"',
        '10.296 rep "four"',
        '11.896 rep "five"',
        '13.496 rep "six"',
    ]
    assert session.warnings == ['3: the tempo leaves no room for "three", "seven", "eight": left out']


def test_a_phase_of_no_length_has_no_words_and_no_span() -> None:
    session = compiled("- lift: 1 rep @ 2-0-3")
    assert session.told(5) == text("""
        5.496 10.496 rep lift 1/1 rep 1/1
        5.496 rep "one, up"
        7.496 phase "down"
        10.496 end tone
    """)


def test_the_first_phase_that_lasts_takes_the_count() -> None:
    session = compiled("- lift: 1 rep @ 0-2-3")
    assert session.cues("rep", "phase") == ['5.496 rep "one, hold"', '7.496 phase "down"']


def test_a_hold_in_the_dose_replaces_the_holding_phase() -> None:
    session = compiled("- lift: 2 reps hold 5s")
    assert session.spans("rep", "hold") == [
        "5.496 15.496 rep lift 1/1 rep 1/2",
        "7.496 12.496 hold lift 1/1 rep 1/2",
        "15.496 25.496 rep lift 1/1 rep 2/2",
        "17.496 22.496 hold lift 1/1 rep 2/2",
    ]


def test_breaths_are_counted_and_last_five_seconds_unless_the_exercise_names_another_length() -> None:
    assert compiled("- breathe: 2 breaths").told(4) == text("""
        4.992 start tone
        5.496 10.496 rep breathe 1/1 rep 1/2
        5.496 rep "one"
        10.496 15.496 rep breathe 1/1 rep 2/2
        10.496 rep "two"
        15.496 end tone
    """)
    slow = {"breathe": "{name: Breathe, dose: 2 breaths, breath: 7s}"}
    assert compiled("- breathe", shelf=slow).spans("rep") == [
        "5.496 12.496 rep breathe 1/1 rep 1/2",
        "12.496 19.496 rep breathe 1/1 rep 2/2",
    ]


def test_reps_without_phases_are_counted_every_four_seconds() -> None:
    session = compiled("- nod", shelf={"nod": "{name: Nod, dose: 2 reps}"})
    assert session.told(4) == text("""
        4.992 start tone
        5.496 9.496 rep nod 1/1 rep 1/2
        5.496 rep "one"
        9.496 13.496 rep nod 1/1 rep 2/2
        9.496 rep "two"
        13.496 end tone
    """)


def test_every_rep_starts_where_the_one_before_ended_to_the_millisecond() -> None:
    session = compiled("- lift: 3 reps @ 0.333-0.333-0.334")
    assert session.spans("rep") == [
        "5.496 6.496 rep lift 1/1 rep 1/3",
        "6.496 7.496 rep lift 1/1 rep 2/3",
        "7.496 8.496 rep lift 1/1 rep 3/3",
    ]


def test_a_start_tone_with_no_room_before_the_first_onset_is_left_out() -> None:
    def long_tone(source: Source) -> int:
        return 3_000 if source == Sound("start") else length(source)

    session = compiled("- swing: 1 rep each side", lengths=long_tone)
    assert session.cues("start") == []
    assert session.warnings == ["3: no room for the start tone of a set: it is left out"]
