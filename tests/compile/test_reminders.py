"""Reminders: said where a set leaves room, each in its turn."""

from __future__ import annotations

from tests.compile.support import compiled, text
from voiceguide.compile.reminders import place_reminders
from voiceguide.plan import Choices

SILENT = Choices(safety=False, countdown=0)


def test_reminders_keep_away_from_words_and_from_the_end() -> None:
    shelf = {"fold": "{name: Fold, dose: 40s, cues: [Breathe., Let go., Soften., Lengthen., Settle.]}"}
    session = compiled("- fold", shelf=shelf)
    assert session.told(5) == text("""
        5.496 45.496 hold fold 1/1
        5.496 start tone
        7.248 reminder "Breathe."
        13.968 reminder "Let go."
        20.640 reminder "Soften."
        25.496 halfway "halfway"
        27.648 reminder "Lengthen."
        34.416 reminder "Settle."
        42.496 countdown "three"
        43.496 countdown "two"
        44.496 countdown "one"
        45.496 end tone
    """)


def test_a_reminder_stays_a_second_and_a_half_from_the_words_before_and_a_second_from_those_after() -> None:
    assert place_reminders([1_000], 0, [(0, 500), (4_508, 5_000)], 60_000) == [(0, 2_016)]
    assert place_reminders([1_000], 0, [(0, 500), (4_000, 5_000)], 60_000) == [(0, 6_504)]


def test_reminders_are_six_seconds_apart() -> None:
    assert place_reminders([1_000, 1_000], 0, [(0, 0)], 60_000) == [(0, 1_512), (1, 8_520)]


def test_no_reminder_is_heard_in_the_last_five_seconds() -> None:
    assert place_reminders([1_000], 0, [(0, 0)], 7_512) == [(0, 1_512)]
    assert place_reminders([1_000], 0, [(0, 0)], 7_511) == []


def test_a_reminder_too_long_for_a_gap_waits_and_lets_the_next_go_before_it() -> None:
    assert place_reminders([9_000, 1_000], 0, [(0, 0), (10_000, 10_500)], 60_000) == [(1, 1_512), (0, 12_000)]


def test_between_the_words_of_reps_a_third_of_a_second_is_enough() -> None:
    assert place_reminders([1_000], 0, [(0, 0), (1_728, 2_000)], 60_000, close=True) == [(0, 360)]


def test_the_next_set_goes_on_with_the_next_reminder() -> None:
    shelf = {"fold": "{name: Fold, dose: 3 x 10s, cues: [Breathe., Let go.]}"}
    session = compiled("- fold", shelf=shelf, choices=SILENT)
    assert session.cues("reminder") == [
        '7.248 reminder "Breathe."',
        '27.264 reminder "Let go."',
        '47.280 reminder "Breathe."',
    ]


def test_the_other_side_goes_on_with_the_next_reminder_in_its_own_words() -> None:
    shelf = {
        "lean": "{name: Lean, dose: 10s, side: 'to the {side}', cues: ['First {side}.', 'Second {other}.']}"
    }
    session = compiled("- lean", shelf=shelf, choices=SILENT)
    assert session.cues("reminder") == ['7.872 reminder "First left."', '22.896 reminder "Second left."']


def test_cues_of_a_step_are_said_in_place_of_the_exercises_own() -> None:
    shelf = {"fold": "{name: Fold, dose: 30s, cues: [Breathe.]}"}
    session = compiled("- fold: {hold: 10s, cues: [Let go.]}", shelf=shelf, choices=SILENT)
    assert session.cues("reminder") == ['7.248 reminder "Let go."']


def test_a_cue_of_a_step_that_never_fits_is_warned_of_at_its_place() -> None:
    session = compiled(
        """
        - fold:
            hold: 12s
            cues:
              - Breathe.
              - This is a sentence that is much too long for a hold of twelve seconds, whatever happens in it.
        """
    )
    assert session.cues("reminder") == ['7.248 reminder "Breathe."']
    assert session.warnings == [
        '7: no room for the reminder "This is a sentence that is much too long for a hold of twelve seconds, whatever happens in it.": it is left out'
    ]


def test_a_cue_that_never_fits_does_not_keep_the_others_from_being_said() -> None:
    long = "This is a sentence that is much too long for a hold of twelve seconds, whatever happens in it."
    session = compiled(f"- fold: {{sets: 2, hold: 12s, cues: ['{long}', Breathe., Let go.]}}", choices=SILENT)
    assert session.cues("reminder") == [
        '7.248 reminder "This is a sentence that is much too long for a hold of twelve seconds, whatever happens in it."',
        '29.256 reminder "Breathe."',
    ]


def test_a_reminder_of_the_library_that_never_fits_is_not_the_authors_concern() -> None:
    shelf = {"fold": "{name: Fold, dose: 5s, cues: [Breathe.]}"}
    assert compiled("- fold", shelf=shelf).warnings == []


def test_reminders_of_reps_are_said_between_their_words() -> None:
    shelf = {"lift": "{name: Lift, dose: 4 reps @ 2-1-4, phases: [up, hold, down], cues: [Hips up.]}"}
    session = compiled("- lift", shelf=shelf)
    assert session.told(5, 13) == text("""
        5.496 12.496 rep lift 1/1 rep 1/4
        5.496 rep "one, up"
        7.496 8.496 hold lift 1/1 rep 1/4
        7.496 phase "hold"
        8.496 phase "down"
        9.360 reminder "Hips up."
        12.496 19.496 rep lift 1/1 rep 2/4
        12.496 rep "two, up"
    """)
