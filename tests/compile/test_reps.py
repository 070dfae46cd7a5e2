"""Reps: counted on their onsets, their phases named, paced by the tempo."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, length, text
from voiceguide.plan import Choices
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


def test_a_start_tone_too_long_for_the_time_after_a_pause_is_left_out() -> None:
    session = compiled(
        "- pause: 30s\n- lift: 1 rep @ 1-1-1",
        choices=Choices(safety=False, talk="tones", get_ready_ms=0),
        lengths=lambda source: 1_800 if source == Sound("start") else length(source),
    )
    assert session.cues("start") == []
    assert session.warnings == ["4: no room for the start tone of a set: it is left out"]


def test_the_count_alone_is_said_where_its_phase_does_not_fit() -> None:
    session = compiled("- lift: 1 rep @ 0.6-1-1")
    assert session.cues("rep", "phase") == ['5.496 rep "one"', '6.096 phase "hold"', '7.096 phase "down"']
    assert session.warnings == []


def test_the_count_is_joined_by_its_phase_in_all_reps_of_a_set_or_in_none() -> None:
    # "three, up" lasts 0.75 s.
    assert compiled("- lift: 3 reps @ 0.81-1-1").narration("rep") == "one, up\ntwo, up\nthree, up"
    session = compiled("- lift: 3 reps @ 0.8-1-1")
    assert session.narration("rep") == "one\ntwo\nthree"
    assert session.warnings == []


def test_a_tick_keeps_the_beat_of_a_phase_too_short_for_its_word() -> None:
    session = compiled("- lift: 2 reps @ 1-0.5-1")
    assert session.told(5) == text("""
        5.496 7.996 rep lift 1/1 rep 1/2
        5.496 rep "one, up"
        6.496 6.996 hold lift 1/1 rep 1/2
        6.496 phase tick
        6.996 phase "down"
        7.996 10.496 rep lift 1/1 rep 2/2
        7.996 rep "two, up"
        8.996 9.496 hold lift 1/1 rep 2/2
        8.996 phase tick
        9.496 phase "down"
        10.496 end tone
    """)
    assert session.warnings == ['3: the tempo leaves no room for "hold": left out']


@pytest.mark.parametrize(
    ("tempo", "said", "lost"),
    [
        # "eight, up" lasts 0.75 s, "seven" 0.55 s, "down" 0.5 s; each needs 0.06 s more.
        ("0.81-0-0.56", "one, up / down / two, up / down / three, up / down", ""),
        ("0.80-0-0.56", "one / down / two / down / three / down", ""),
        ("0.61-0-0.56", "one / down / two / down / three / down", ""),
        ("0.61-0-0.55", "one / [tick] / two / [tick] / three / [tick]", '"down"'),
        ("0.60-0-0.56", "one / two / three", '"down"'),
        ("0.1-0-0.51", "one / two / three", '"down"'),
        ("0.1-0-0.5", "[tick] / [tick] / [tick]", '"one", "down", "two" and 1 more'),
    ],
)
def test_at_a_faster_tempo_words_give_way_in_all_reps_of_a_set_alike(
    tempo: str, said: str, lost: str
) -> None:
    session = compiled(f"- lift: 3 reps @ {tempo}")
    assert session.narration("rep", "phase").replace("\n", " / ") == said
    assert session.warnings == ([f"3: the tempo leaves no room for {lost}: left out"] if lost else [])


def test_a_number_longer_than_its_phase_is_said_alone_on_the_onset_of_each_rep() -> None:
    session = compiled("- lift: 6 reps @ 0.5-0.5-0.5")
    assert session.narration() == text("""
        Lift.
        Six reps.
        [start]
        one
        two
        three
        four
        five
        six
        [end]
    """)
    assert session.cues("rep", "phase") == [
        '5.496 rep "one"',
        '6.996 rep "two"',
        '8.496 rep "three"',
        '9.996 rep "four"',
        '11.496 rep "five"',
        '12.996 rep "six"',
    ]
    assert session.warnings == ['3: the tempo leaves no room for "hold", "down": left out']


def test_where_one_number_is_longer_than_the_rep_all_reps_have_a_tick_on_their_onset() -> None:
    session = compiled("- lift: 4 reps @ 0.3-0-0.3")
    assert session.narration() == text("""
        Lift.
        Four reps.
        [start]
        [tick]
        [tick]
        [tick]
        [tick]
        [end]
    """)
    assert session.cues("rep", "phase") == [
        "5.496 rep tick",
        "6.096 rep tick",
        "6.696 rep tick",
        "7.296 rep tick",
    ]
    assert session.warnings == ['3: the tempo leaves no room for "one", "down", "two" and 2 more: left out']


def test_reps_counted_by_number_alone_leave_room_for_cues_and_reminders() -> None:
    session = compiled(
        """
        - lift:
            reps: 5
            tempo: 0.4-1.8-0.4
            cues: [Slowly., {at: 3s, text: Hips up.}]
        """
    )
    assert session.cues("rep", "phase", "cue", "reminder") == [
        '5.496 rep "one"',
        '6.312 reminder "Slowly."',
        '8.096 rep "two"',
        '8.906 cue "Hips up."',
        '10.696 rep "three"',
        '13.296 rep "four"',
        '15.896 rep "five"',
    ]


def test_where_tones_are_chosen_a_tick_marks_a_rep_whose_first_phase_is_shorter_than_the_tick() -> None:
    session = compiled("- lift: {reps: 2, tempo: 0.09-1-1, talk: tones}")
    assert session.cues("rep", "phase") == ["5.496 rep tick", "7.586 rep tick"]
    assert session.warnings == []


def test_a_phase_too_short_for_a_tick_has_nothing() -> None:
    session = compiled("- lift: 1 rep @ 1-0.09-1")
    assert session.cues("rep", "phase") == ['5.496 rep "one, up"', '6.586 phase "down"']


def test_a_phase_without_a_word_has_no_tick() -> None:
    session = compiled("- nod", shelf={"nod": "{name: Nod, dose: 2 reps @ 1}"})
    assert session.cues("rep", "phase") == ['5.496 rep "one"', '6.496 rep "two"']


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
        5.496 10.496 breath breathe 1/1 rep 1/2
        5.496 rep "one"
        10.496 15.496 breath breathe 1/1 rep 2/2
        10.496 rep "two"
        15.496 end tone
    """)
    slow = {"breathe": "{name: Breathe, dose: 2 breaths, breath: 7s}"}
    assert compiled("- breathe", shelf=slow).spans("breath") == [
        "5.496 12.496 breath breathe 1/1 rep 1/2",
        "12.496 19.496 breath breathe 1/1 rep 2/2",
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


def test_reps_are_counted_down_on_request_of_a_step() -> None:
    session = compiled("- lift: {reps: 3, count: down}")
    assert session.narration("rep", "phase") == text("""
        three, up / hold / down
        two, up / hold / down
        one, up / hold / down
    """)


def test_reps_are_counted_down_on_request_of_the_routine_and_up_where_a_step_says_so() -> None:
    session = compiled("- breathe: 2 breaths\n- breathe: {breaths: 2, count: up}", head="count: down\n")
    assert session.narration("rep") == "two\none\none\ntwo"


def test_the_listener_says_which_way_it_is_counted() -> None:
    up, down = (Choices(safety=False, count=way) for way in ("up", "down"))
    assert compiled("- breathe: 2 breaths", head="count: down\n", choices=up).narration("rep") == "one\ntwo"
    assert compiled("- breathe: {breaths: 2, count: up}", choices=down).narration("rep") == "two\none"


def test_reps_that_hold_have_their_hold_in_the_guides_own_word() -> None:
    session = compiled("- lift: 2 reps hold 5s")
    assert session.cues("rep", "phase") == [
        '5.496 rep "one, up"',
        '7.496 phase "hold"',
        '12.496 phase "down"',
        '15.496 rep "two, up"',
        '17.496 phase "hold"',
        '22.496 phase "down"',
    ]


def test_reps_of_both_sides_are_counted_on_each() -> None:
    session = compiled("- swing: 2 reps each side")
    assert session.narration() == text("""
        Swing.
        Two reps each side.
        Left leg.
        [start]
        one, out / back
        two, out / back
        [end]
        Other side.
        Right leg.
        [start]
        one, out / back
        two, out / back
        [end]
    """)


def test_reps_without_a_tempo_go_at_the_usual_one_of_the_exercise_else_at_two_seconds_a_phase() -> None:
    usual = {"lift": "{name: Lift, dose: 5 reps, phases: [up, down], tempo: 1.5-4}"}
    assert compiled("- lift: 1 rep", shelf=usual).spans("rep") == ["5.496 10.996 rep lift 1/1 rep 1/1"]
    none = {"lift": "{name: Lift, dose: 5 reps, phases: [up, down]}"}
    assert compiled("- lift: 1 rep", shelf=none).spans("rep") == ["5.496 9.496 rep lift 1/1 rep 1/1"]


def test_words_of_breath_stand_in_place_of_the_phases_where_an_exercise_says_so() -> None:
    shelf = {
        "lift": "{name: Lift, dose: 2 reps @ 2-1-3, phases: [up, hold, down], breathing: [out, hold, in]}"
    }
    assert (
        compiled("- lift", shelf=shelf).narration("rep", "phase")
        == "one, out / hold / in\ntwo, out / hold / in"
    )


@pytest.mark.parametrize(
    ("breath", "said"),
    [
        ("5s", "one\ntwo"),
        ("2-3", "one, in / out\ntwo, in / out"),
        ("2-1-3", "one, in / hold / out\ntwo, in / hold / out"),
        ("4-4-4-4", "one, in / hold / out / hold\ntwo, in / hold / out / hold"),
        ("4-0-4-2", "one, in / out / hold\ntwo, in / out / hold"),
    ],
)
def test_a_breath_has_the_words_of_its_parts(breath: str, said: str) -> None:
    shelf = {"breathe": f"{{name: Breathe, dose: 2 breaths, breath: {breath}}}"}
    assert compiled("- breathe", shelf=shelf).narration("rep", "phase") == said


def test_the_parts_of_a_breath_are_on_their_onsets() -> None:
    shelf = {"breathe": "{name: Breathe, dose: 1 breath, breath: 4-4-4-4}"}
    assert compiled("- breathe", shelf=shelf).told(5) == text("""
        5.496 21.496 breath breathe 1/1 rep 1/1
        5.496 rep "one, in"
        9.496 13.496 hold breathe 1/1 rep 1/1
        9.496 phase "hold"
        13.496 phase "out"
        17.496 21.496 hold breathe 1/1 rep 1/1
        17.496 phase "hold"
        21.496 end tone
    """)
