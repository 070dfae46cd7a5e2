"""Names in braces: what is done, what comes next and what is left, in words."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, text
from voiceguide.plan import Choices

HUM = {
    "hum": """
        name: Hum
        dose: 2 x 30s
        setup: ["Hum for {hold}, in {sets}."]
        cues: ["Another {hold}."]
    """,
    "bow": """
        name: Bow
        dose: 8 reps
        phases: [down, hold, up]
        tempo: 2-5-2
        setup: ["Bow for {reps}, in {sets}, and stay down for {hold}."]
    """,
    "sigh": "{name: Sigh, dose: 6 breaths, setup: ['Sigh for {reps}.']}",
}


def test_a_hold_and_its_sets_are_named_in_words_with_their_nouns() -> None:
    session = compiled("- hum", shelf=HUM)
    assert session.narration("setup", "reminder") == text("""
        Hum for thirty seconds, in two sets.
        Another thirty seconds.
    """)


def test_one_of_a_thing_is_named_in_the_singular() -> None:
    assert compiled("- hum: 1s", shelf=HUM).narration("setup") == "Hum for one second, in one set."
    assert compiled("- bow: 1 rep", shelf=HUM).narration("setup").startswith("Bow for one rep, in one set")
    assert compiled("- sigh: 1 breath", shelf=HUM).narration("setup") == "Sigh for one breath."


def test_reps_and_breaths_are_named_with_their_noun_and_a_hold_within_reps_with_its_length() -> None:
    session = compiled("- bow", shelf=HUM)
    assert session.narration("setup") == "Bow for eight reps, in one set, and stay down for five seconds."
    assert compiled("- sigh", shelf=HUM).narration("setup") == "Sigh for six breaths."


def test_what_is_named_is_the_dose_that_is_done() -> None:
    session = compiled("- hum: 2-4 x 20-40s", shelf=HUM, choices=Choices(safety=False, dose=50))
    assert session.narration("setup") == "Hum for thirty seconds, in three sets."


def test_sides_are_named_for_each_side() -> None:
    shelf = {
        "lean": """
            name: Lean
            dose: 12s
            side: "to the {side}"
            setup: ["Begin with your {side} arm, then your {other}."]
            change: "Now your {side} arm."
            cues: ["Keep your {other} hip down."]
            release: "Lower your {side} arm."
        """
    }
    session = compiled("- lean: {first: right}", shelf=shelf)
    assert session.narration("name", "setup", "reminder", "switch") == text("""
        Lean.
        Twelve seconds each side.
        Begin with your right arm, then your left.
        To the right.
        Keep your left hip down.
        Other side.
        Now your left arm.
        To the left.
        Keep your right hip down.
    """)
    assert session.timeline.cues[-1].text == "Lower your left arm."


def test_next_is_the_exercise_that_is_announced_next_and_at_last_the_end() -> None:
    shelf = {"hum": "{name: Hum, dose: 5s, setup: ['After this comes {next}.']}"}
    steps = """
        - say: First, {next}.
        - hum
        - section: Now {next}.
          steps: [fold: 5s]
        - say: Then {next}.
        - hum: {talk: full}
    """
    session = compiled(steps, head="opening: We begin with {next}.\nclosing: This is {next}.\n", shelf=shelf)
    assert session.narration("opening", "say", "setup", "closing") == text("""
        We begin with Hum.
        First, Hum.
        After this comes Fold.
        Now Fold.
        Then Hum.
        After this comes the end.
        This is the end.
    """)


@pytest.mark.parametrize(
    ("pause", "words"),
    [
        ("29.9s", "less than a minute"),
        ("30s", "one minute"),
        ("89.9s", "one minute"),
        ("90s", "two minutes"),
        ("1h", "sixty minutes"),
    ],
)
def test_left_is_the_planned_time_to_the_end_in_whole_minutes(pause: str, words: str) -> None:
    session = compiled(f"- say: 'We have {{left}} to go.'\n- pause: {pause}")
    assert session.narration("say") == f"We have {words} to go."


def test_left_counts_work_rests_switches_and_get_ready_but_no_words() -> None:
    # 5 s to get ready, twice 2 x 30 s with a rest of 10 s, and 5 s for the switch: 150 s.
    steps = "- say: '{left}, with many words that take their time and are not counted.'\n- lean: 2 x 30s"
    assert compiled(steps).narration("say").startswith("Three minutes,")
    shorter = "- say: '{left}'\n- lean: 2 x 29.9s"
    assert compiled(shorter).narration("say") == "Two minutes"


def test_in_an_exercise_left_counts_from_the_moment_at_which_it_is_said() -> None:
    shelf = {
        "hum": "{name: Hum, dose: 30s, setup: ['{left} to go.'], cues: ['{left} to go.'], release: '{left} to go.'}"
    }
    session = compiled("- hum\n- pause: 55s", shelf=shelf)
    assert session.narration("setup") == "Two minutes to go."
    assert session.narration("reminder") == "One minute to go."
    assert [cue.text for cue in session.timeline.cues if cue.role == "end" and cue.text] == [
        "One minute to go."
    ]
