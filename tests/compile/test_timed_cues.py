"""Cues at a time of their own: from the start of a set, or from the end of a hold."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, text
from voiceguide.plan import Choices

SILENT = Choices(safety=False, countdown=0)


def test_a_cue_is_said_at_its_time_from_the_start_or_the_end_of_a_hold() -> None:
    session = compiled(
        """
        - fold:
            hold: 30s
            cues:
              - {at: 10s, text: Soften your knees.}
              - {at: -5s, text: Nearly there.}
        """
    )
    assert session.told(5) == text("""
        5.496 35.496 hold fold 1/1
        5.496 start tone
        15.496 cue "Soften your knees."
        20.496 halfway "halfway"
        30.496 cue "Nearly there."
        32.496 countdown "three"
        33.496 countdown "two"
        34.496 countdown "one"
        35.496 end tone
    """)
    assert session.warnings == []


def test_a_cue_at_the_very_start_waits_for_the_start_tone() -> None:
    session = compiled("- fold: {hold: 10s, cues: [{at: 0s, text: Now.}]}")
    assert session.cues("start", "cue") == ["5.496 start tone", '5.806 cue "Now."']


def test_a_cue_waits_up_to_a_second_for_the_words_before_it() -> None:
    step = "- fold: {{hold: 30s, cues: [{{at: 5s, text: {first}}}, {{at: 5s, text: Breathe.}}]}}"
    session = compiled(step.format(first="Let it all."))
    assert session.cues("cue") == ['10.496 cue "Let it all."', '11.406 cue "Breathe."']
    late = compiled(step.format(first="Let it all soften."))
    assert late.cues("cue") == ['10.496 cue "Let it all soften."']
    assert late.warnings == ['3: no room for "Breathe." in the hold: it is left out']


def test_a_cue_that_finds_no_room_is_left_out_with_a_warning_at_its_line() -> None:
    session = compiled(
        """
        - fold:
            hold: 10s
            cues:
              - {at: 5s, text: Soften.}
              - {at: -2s, text: Nearly there.}
        """
    )
    assert session.narration("cue") == "Soften."
    assert session.warnings == [
        '7: no room for "Nearly there." in the hold: it is left out',
    ]


def test_a_cue_outside_of_its_hold_is_left_out_with_a_warning_that_says_so() -> None:
    session = compiled(
        """
        - fold:
            hold: 30s
            cues:
              - {at: 30s, text: At the end.}
              - {at: 31s, text: Too late.}
              - {at: -30s, text: At the start.}
              - {at: -31.5s, text: Too soon.}
        """
    )
    assert session.narration("cue") == "At the start."
    assert session.warnings == [
        '6: "At the end." at 30s lies outside of the hold of 30s: it is left out',
        '7: "Too late." at 31s lies outside of the hold of 30s: it is left out',
        '9: "Too soon." at -31.5s lies outside of the hold of 30s: it is left out',
    ]


def test_a_cue_after_the_last_rep_is_left_out_with_a_warning_that_says_so() -> None:
    session = compiled("- lift: {reps: 3, tempo: 2-1-4, cues: [{at: 21s, text: Hips up.}]}")
    assert session.cues("cue") == []
    assert session.warnings == ['3: "Hips up." at 21s lies outside of the set of 21s: it is left out']


def test_the_countdown_goes_before_a_cue_and_a_cue_before_halfway_and_what_is_left() -> None:
    session = compiled(
        """
        - fold:
            hold: 40s
            cues:
              - {at: 20s, text: Soften.}
              - {at: 30s, text: Let go.}
              - {at: 37s, text: Breathe.}
        """
    )
    assert session.narration("cue", "halfway", "left", "countdown") == text("""
        Soften.
        Let go.
        three / two / one
    """)
    assert session.warnings == [
        '8: no room for "Breathe." in the hold: it is left out',
        '4: no room for "ten seconds left" in the hold: it is left out',
        '4: no room for "halfway" in the hold: it is left out',
    ]


def test_a_reminder_gives_way_to_a_cue() -> None:
    step = "- fold: {hold: 12s, cues: [Breathe., {at: 3s, text: Let go.}]}"
    session = compiled(step, choices=SILENT)
    assert session.cues("cue", "reminder") == ['8.496 cue "Let go."', '11.208 reminder "Breathe."']
    assert session.warnings == []


def test_cues_with_a_time_are_said_in_every_set_and_on_both_sides_in_its_words() -> None:
    session = compiled(
        "- lean: {sets: 2, hold: 10s, cues: [{at: 4s, text: 'Breathe into your {other} side.'}]}",
        choices=SILENT,
    )
    assert session.narration("cue") == text("""
        Breathe into your right side.
        Breathe into your right side.
        Breathe into your left side.
        Breathe into your left side.
    """)


def test_the_cues_of_a_step_stand_in_place_of_all_cues_of_the_exercise() -> None:
    shelf = {"fold": "{name: Fold, dose: 30s, cues: [Breathe., {at: 20s, text: Let go.}]}"}
    assert compiled("- fold", shelf=shelf).narration("cue", "reminder") == "Breathe.\nLet go."
    step = "- fold: {cues: [{at: 10s, text: Soften.}]}"
    assert compiled(step, shelf=shelf).narration("cue", "reminder") == "Soften."


def test_a_cue_of_the_library_that_finds_no_room_is_told_at_the_step() -> None:
    shelf = {"fold": "{name: Fold, dose: 30s, cues: [{at: 20s, text: Let go.}]}"}
    session = compiled("- say: Hello.\n- fold: 21s", shelf=shelf)
    assert session.warnings == ['4: no room for "Let go." in the hold: it is left out']
    shorter = compiled("- say: Hello.\n- fold: 10s", shelf=shelf)
    assert shorter.warnings == ['4: "Let go." at 20s lies outside of the hold of 10s: it is left out']


def test_in_reps_a_cue_is_said_from_its_time_on_where_the_words_of_the_reps_leave_room() -> None:
    session = compiled("- lift: {reps: 3, tempo: 2-1-4, cues: [{at: 1s, text: Hips up.}]}")
    assert session.told(5, 13) == text("""
        5.496 12.496 rep lift 1/1 rep 1/3
        5.496 rep "one, up"
        7.496 8.496 hold lift 1/1 rep 1/3
        7.496 phase "hold"
        8.496 phase "down"
        9.356 cue "Hips up."
        12.496 19.496 rep lift 1/1 rep 2/3
        12.496 rep "two, up"
    """)


def test_in_reps_a_cue_without_room_within_five_seconds_is_left_out_with_a_warning() -> None:
    session = compiled(
        """
        - lift:
            reps: 9
            tempo: 1-1-1
            cues:
              - {at: 5s, text: Hips up.}
        """
    )
    assert session.cues("cue") == []
    assert session.warnings == ['7: no room for "Hips up." in the set: it is left out']


@pytest.mark.parametrize(
    ("at", "said"), [("5.5s", []), ("5.9s", ['16.356 cue "Push your heels into the floor now"'])]
)
def test_in_reps_a_cue_waits_at_most_five_seconds(at: str, said: list[str]) -> None:
    # There is room for it after each "down", at 16.356 s for the second time.
    cue = f"{{at: {at}, text: Push your heels into the floor now}}"
    session = compiled(f"- lift: {{reps: 3, tempo: 2-1-4, cues: [{cue}]}}")
    assert session.cues("cue") == said
