"""The steps of a session on a watch: what is done, how long, and what is read meanwhile."""

from __future__ import annotations

from tests.compile.support import text
from voiceguide.plan import Choices
from voiceguide.workout.texts import NAME_BYTES, NOTES_BYTES

from .support import lines, workout


def test_a_hold_has_a_time_and_is_announced_by_a_short_rest() -> None:
    assert lines(workout("- fold: 30s")) == text("""
        0 rest 5s Next: Fold
        1 work 30s Fold
    """)


def test_sides_are_done_in_order_and_named_with_a_change_between_them() -> None:
    assert lines(workout("- lean: 10s each side, right first")) == text("""
        0 rest 5s Next: Lean
        1 work 10s Lean, right | Lean to the right.
        2 rest 5s Other side
        3 work 10s Lean, left | Lean to the left.
    """)


def test_sets_are_a_repeat_and_no_rest_follows_the_last() -> None:
    assert lines(workout("- fold: 4 x 30s, rest 10s")) == text("""
        0 rest 5s Next: Fold
        1 work 30s Fold
        2 rest 10s Rest
        3 from 1 on 3 times
        4 work 30s Fold
    """)


def test_rounds_are_a_repeat() -> None:
    script = "- section: Twice\n  rounds: 2\n  steps:\n  - fold: 30s\n  - lean: 10s left"
    assert lines(workout(script)) == text("""
        0 rest 5s Next: Fold
        1 work 30s Fold
        2 rest 5s Next: Lean
        3 work 10s Lean, left | Lean to the left.
        4 from 0 on 2 times
    """)


def test_reps_are_counted_and_their_tempo_is_in_the_notes() -> None:
    assert lines(workout("- lift: 8 reps @ 2-1-3")) == text("""
        0 rest 5s Next: Lift
        1 work 8 reps Lift | 2-1-3 s (up, hold, down).
    """)


def test_a_hold_in_each_rep_is_in_the_notes() -> None:
    assert lines(workout("- lift: 10 reps hold 5s")).splitlines()[1] == (
        "1 work 10 reps Lift | 2-5-3 s (up, hold, down)."
    )


def test_breaths_are_reps() -> None:
    shelf = {"breathe": "{name: Breathe, dose: 3 breaths, breath: 2-3}"}
    assert lines(workout("- breathe", shelf=shelf)).splitlines()[1] == (
        "1 work 3 reps Breathe | Three breaths. 2-3 s (in, out)."
    )


def test_alternating_sides_rest_after_each_pair() -> None:
    assert lines(workout("- lean: 3 x 10s alternating, rest 20s")) == text("""
        0 rest 5s Next: Lean
        1 work 10s Lean, left | Lean to the left.
        2 rest 5s Other side
        3 work 10s Lean, right | Lean to the right.
        4 rest 20s Rest
        5 from 1 on 2 times
        6 work 10s Lean, left | Lean to the left.
        7 rest 5s Other side
        8 work 10s Lean, right | Lean to the right.
    """)


def test_a_rest_before_an_exercise_announces_it() -> None:
    assert (
        lines(workout("- fold: 30s\n- rest: 20s\n- lift: 3 reps")).splitlines()[2] == "2 rest 20s Next: Lift"
    )


def test_a_caution_and_the_way_there_are_read_while_getting_ready() -> None:
    shelf = {"sit": "{name: Sit, dose: 10s, caution: Go easy., setup: [Sit down., Stay tall.]}"}
    assert lines(workout("- sit", shelf=shelf)).splitlines()[0] == (
        "0 rest 5s Next: Sit | Go easy. Sit down. Stay tall."
    )


def test_a_caution_is_read_with_the_work_where_there_is_no_time_to_get_ready() -> None:
    shelf = {"sit": "{name: Sit, dose: 10s, caution: Go easy.}"}
    choices = Choices(safety=False, get_ready_ms=0)
    assert lines(workout("- sit: 2 x 10s", shelf=shelf, choices=choices)) == text("""
        0 work 10s Sit | Go easy.
        1 rest 10s Rest
        2 work 10s Sit
    """)


def test_how_to_change_sides_is_read_while_changing() -> None:
    shelf = {"turn": "{name: Turn, dose: 10s, side: 'turn {side}', change: {text: Roll over., time: 8s}}"}
    assert lines(workout("- turn", shelf=shelf)).splitlines()[2] == "2 rest 8s Other side | Roll over."


def test_a_pause_is_a_rest_and_what_is_only_said_is_no_step() -> None:
    assert lines(workout("- say: Hello.\n- pause: 3s\n- sound: bell\n- fold: 30s")) == text("""
        0 rest 3s Rest
        1 rest 5s Next: Fold
        2 work 30s Fold
    """)


def test_a_wait_lasts_until_the_wearer_goes_on() -> None:
    assert lines(workout("- wait: Take your strap.\n- fold: 30s")).splitlines()[0] == (
        "0 open Take your strap. | Take your strap."
    )


def test_what_lasts_no_time_is_left_out() -> None:
    assert lines(workout("- fold: 2 x 30s, rest 0s")) == text("""
        0 rest 5s Next: Fold
        1 work 30s Fold
        2 work 30s Fold
    """)


def test_a_range_is_resolved_at_the_dose() -> None:
    assert "work 20s Fold" in lines(workout("- fold: 10-20s", choices=Choices(safety=False, dose=100)))


def test_the_words_are_those_of_the_language_played() -> None:
    shelf = {"bein": "{name: {de: Bein}, dose: 2 x 10s left, side: {de: 'Bein nach {side}'}, language: de}"}
    assert lines(workout("- bein", shelf=shelf, language="de")) == text("""
        0 rest 5s Als Nächstes: Bein
        1 work 10s Bein, links | Bein nach links.
        2 rest 10s Pause
        3 work 10s Bein, links | Bein nach links.
    """)


def test_a_long_name_is_cut_at_a_character_and_keeps_its_side() -> None:
    name = "Ö" * 40
    (_, step, *_) = workout(
        "- long: 10s left", shelf={"long": f"{{name: {name}, dose: 1s, side: 'to the {{side}}'}}"}
    )
    assert step.name == "Ö" * 20 + "…, left"  # type: ignore[union-attr]  # (it is no repeat)
    assert len(step.name.encode()) <= NAME_BYTES  # type: ignore[union-attr]  # (as above)


def test_long_notes_are_cut_at_a_character() -> None:
    shelf = {"long": f"{{name: Long, dose: 1s, setup: [{'É' * 300}]}}"}
    (step, *_) = workout("- long", shelf=shelf)
    assert step.notes == "É" * 98 + "…"  # type: ignore[union-attr]  # (it is no repeat)
    assert len(step.notes.encode()) <= NOTES_BYTES  # type: ignore[union-attr]  # (as above)
