"""Reminders: said where a set leaves room, each in its turn."""

from __future__ import annotations

from tests.compile.support import compiled, text
from voiceguide.compile.reminders import Turn, place_reminders
from voiceguide.plan import Choices

SILENT = Choices(safety=False, countdown=0)
# 5.75 s, where a hold of 12 s has room for 5.25 s.
LONG = "This is a sentence that is much too long for a hold of twelve seconds, and no one will ever hear it in there."


def placed(lengths: list[int], taken: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """The (number, start in ms) of reminders of which none was said before."""
    found, _ = place_reminders(lengths, Turn(tuple(range(len(lengths)))), taken, end)
    return [(one.number, one.start_ms) for one in found]


def test_reminders_stand_in_the_middle_of_the_room_that_the_other_words_leave() -> None:
    shelf = {"fold": "{name: Fold, dose: 40s, cues: [Breathe., Let go., Soften., Lengthen., Settle.]}"}
    session = compiled("- fold", shelf=shelf)
    assert session.told(5) == text("""
        5.496 45.496 hold fold 1/1
        5.496 start tone
        15.504 reminder "Breathe."
        25.496 halfway "halfway"
        30.744 reminder "Let go."
        35.496 left "ten seconds left"
        42.496 countdown "three"
        43.496 countdown "two"
        44.496 countdown "one"
        45.496 end tone
    """)


def test_a_reminder_stays_a_second_and_a_half_from_the_words_before_and_a_second_from_those_after() -> None:
    assert placed([1_000], [(0, 500), (4_016, 5_000)], 60_000) == [(0, 2_016)]
    assert placed([1_000], [(0, 500), (4_015, 5_000)], 60_000) == [(0, 18_120)]


def test_a_long_gap_holds_a_reminder_for_each_twenty_seconds_spread_evenly() -> None:
    assert placed([1_000, 1_000, 1_000], [(0, 0)], 60_000) == [(0, 9_912), (1, 27_744), (2, 45_576)]


def test_reminders_are_six_seconds_apart() -> None:
    taken = [(0, 0), (5_000, 5_500), (11_240, 11_500)]
    assert placed([1_000, 1_000], taken, 17_000) == [(0, 2_232), (1, 9_240)]
    taken[2] = (11_239, 11_500)
    assert placed([1_000, 1_000], taken, 17_000) == [(0, 2_232)]


def test_no_reminder_is_heard_in_the_last_five_seconds() -> None:
    assert placed([1_000], [(0, 0)], 7_512) == [(0, 1_512)]
    assert placed([1_000], [(0, 0)], 7_511) == []


def test_no_reminder_is_said_once_ten_seconds_are_left_in_a_long_hold() -> None:
    shelf = {"fold": "{name: Fold, dose: 40s, cues: [Breathe., Let go., Soften.]}"}
    session = compiled("- fold", shelf=shelf, choices=SILENT)
    assert session.narration() == text("""
        Fold.
        Forty seconds.
        [start]
        Breathe.
        halfway
        Let go.
        ten seconds left
        [end]
    """)


def test_a_reminder_too_long_for_a_gap_waits_and_lets_the_next_go_before_it() -> None:
    assert placed([9_000, 1_000], [(0, 0), (10_000, 10_500)], 60_000) == [
        (1, 4_728),
        (0, 18_240),
        (1, 43_728),
    ]


def test_a_reminder_that_is_alone_is_said_once_in_a_set() -> None:
    assert placed([1_000], [(0, 0)], 300_000) == [(0, 10_776)]


def test_in_a_long_hold_reminders_come_again_in_their_turn_when_all_were_said() -> None:
    shelf = {"fold": "{name: Fold, dose: 2m, cues: [Breathe., Let go., Soften.]}"}
    session = compiled("- fold", shelf=shelf, choices=SILENT)
    assert session.narration("reminder", "left", "halfway") == text("""
        Breathe.
        one minute thirty seconds left
        Let go.
        halfway
        Soften.
        thirty seconds left
        Breathe.
        ten seconds left
    """)


def test_a_reminder_never_follows_itself_while_another_is_unsaid() -> None:
    shelf = {"fold": f"{{name: Fold, dose: 3 x 12s, cues: ['{LONG}', Breathe.]}}"}
    session = compiled("- fold: {talk: full}", shelf=shelf, choices=SILENT)
    assert session.narration("reminder") == "Breathe."


def test_the_next_set_goes_on_with_the_next_reminder() -> None:
    shelf = {"fold": "{name: Fold, dose: 3 x 10s, cues: [Breathe., Let go.]}"}
    session = compiled("- fold: {talk: full}", shelf=shelf, choices=SILENT)
    assert session.cues("reminder") == [
        '9.096 reminder "Breathe."',
        '29.136 reminder "Let go."',
        '49.128 reminder "Breathe."',
    ]


def test_the_next_round_goes_on_with_the_next_reminder() -> None:
    shelf = {"fold": "{name: Fold, dose: 10s, cues: [Breathe., Let go., Soften.]}"}
    section = "- section: Settle\n  rounds: 4\n  talk: full\n  steps: [fold]"
    session = compiled(section, shelf=shelf, choices=SILENT)
    assert session.narration("reminder") == "Breathe.\nLet go.\nSoften.\nBreathe."


def test_an_exercise_that_is_done_again_goes_on_with_its_next_reminder() -> None:
    shelf = {"fold": "{name: Fold, dose: 10s, cues: [Breathe., Let go.]}"}
    steps = "- fold: {talk: full}\n- lean: 5s left\n- fold: {hold: 12s, talk: full}"
    session = compiled(steps, shelf=shelf, choices=SILENT)
    assert session.narration("reminder") == "Breathe.\nLet go."


def test_the_other_side_goes_on_with_the_next_reminder_in_its_own_words() -> None:
    shelf = {
        "lean": "{name: Lean, dose: 10s, side: 'to the {side}', cues: ['First {side}.', 'Second {other}.']}"
    }
    session = compiled("- lean", shelf=shelf, choices=SILENT)
    assert session.cues("reminder") == ['9.000 reminder "First left."', '24.000 reminder "Second left."']


def test_cues_of_a_step_are_said_in_place_of_the_exercises_own() -> None:
    shelf = {"fold": "{name: Fold, dose: 30s, cues: [Breathe.]}"}
    session = compiled("- fold: {hold: 10s, cues: [Let go.]}", shelf=shelf, choices=SILENT)
    assert session.cues("reminder") == ['8.544 reminder "Let go."']


def test_a_cue_of_a_step_that_never_fits_is_warned_of_at_its_place() -> None:
    session = compiled(
        f"""
        - fold:
            hold: 12s
            cues:
              - Breathe.
              - {LONG}
        """
    )
    assert session.cues("reminder") == ['9.504 reminder "Breathe."']
    assert session.warnings == [f'7: no room for the reminder "{LONG}": it is left out']


def test_a_cue_of_a_step_that_finds_no_turn_is_warned_of_at_its_place() -> None:
    session = compiled("- fold: {sets: 2, hold: 12s, cues: [Breathe., Let go.]}")
    assert session.cues("reminder") == ['10.128 reminder "Breathe."']
    assert session.warnings == ['3: no room for the reminder "Let go.": it is left out']


def test_a_cue_that_never_fits_does_not_keep_the_others_from_being_said() -> None:
    step = f"- fold: {{sets: 5, hold: 12s, talk: full, cues: ['{LONG}', Breathe., Let go.]}}"
    session = compiled(step, choices=SILENT)
    assert session.cues("reminder") == [
        '10.176 reminder "Breathe."',
        '32.208 reminder "Let go."',
        '54.192 reminder "Breathe."',
        '76.224 reminder "Let go."',
        '98.208 reminder "Breathe."',
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


def test_a_third_of_a_second_from_the_words_of_reps_is_enough() -> None:
    found, _ = place_reminders([1_000], Turn((0,)), [(0, 0), (1_728, 2_000)], 60_000, close=True)
    assert found == [(0, 360)]


def test_reminders_of_reps_are_said_once_in_a_set_and_six_seconds_apart() -> None:
    shelf = {
        "lift": "{name: Lift, dose: 7 reps @ 2-1-2, phases: [up, hold, down], cues: [Hips up., Slowly.]}"
    }
    session = compiled("- lift", shelf=shelf)
    assert session.narration() == text("""
        Lift.
        Seven reps.
        [start]
        one, up / hold / down
        Hips up.
        two, up / hold / down
        three, up / hold / down
        Slowly.
        four, up / hold / down
        five, up / hold / down
        six, up / hold / down
        seven, up / hold / down
        [end]
    """)


def test_a_long_phase_of_a_rep_holds_one_reminder_soon_after_its_word() -> None:
    shelf = {
        "lift": "{name: Lift, dose: 1 rep @ 2-60-2, phases: [up, hold, down], cues: [Hips up., Slowly.]}"
    }
    session = compiled("- lift", shelf=shelf)
    assert session.cues("phase", "reminder") == [
        '7.496 phase "hold"',
        '8.376 reminder "Hips up."',
        '67.496 phase "down"',
    ]


def test_no_reminder_of_reps_is_heard_in_the_last_five_seconds_of_their_set() -> None:
    shelf = {"lift": "{name: Lift, dose: 2 reps @ 2-1-2, phases: [up, hold, down], cues: [Hips up.]}"}
    assert compiled("- lift", shelf=shelf).cues("reminder") == ['9.360 reminder "Hips up."']
    assert compiled("- lift: 1 rep", shelf=shelf).cues("reminder") == []
