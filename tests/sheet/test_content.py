"""What stands on a sheet."""

from __future__ import annotations

from tests.compile.support import text
from tests.sheet.support import entry_of, one_line, sheet_of, told
from voiceguide.plan import Choices
from voiceguide.sheet.content import Text, entries

KNEE_DROP = """\
name: Knee drop
for: loosens the hips
position: on-back
setup: [Lie on your back., "Let your knees fall to the {side}, for {hold}."]
side: "knees to the {side}"
dose: 2-3 x 20s each side
cues: ["Keep your {other} shoulder down.", {at: 5s, text: Breathe out.}]
change: "Bring your knees back, then to the {side}."
release: "From the {side}, back to the middle."
caution: "Stop before your {other} shoulder lifts."
avoid: [pregnancy, disc]
needs: [cushion]
"""
QUIET = Choices(safety=False)


def test_an_exercise_has_its_dose_its_words_on_the_first_side_and_what_speaks_against_it() -> None:
    """The change names the side that it leads to, and the way out begins on the last side."""
    assert entry_of("- knee", shelf={"knee": KNEE_DROP}) == text("""
        1. Knee drop: 2 × 20 s each side
        Range: 2–3 × 20 s each side
        Rest: 10 s
        Position: on your back
        You need: cushion
        For: loosens the hips
        Lie on your back.
        Let your knees fall to the left, for 20 s.
        Bring your knees back, then to the right.
        Then the other side, with left and right exchanged.
        * Keep your right shoulder down.
        * Breathe out.
        after: From the right, back to the middle.
        caution: Stop before your right shoulder lifts.
        against: pregnancy, a disc problem
    """)


def test_the_side_that_goes_first_is_told_where_it_is_the_right() -> None:
    found = entry_of("- swing", choices=Choices(safety=False, first_side="right"))
    assert found == text("""
        1. Swing: 2 reps each side, right side first
        Tempo: out 2 s, back 2 s
        Right leg.
        Then the other side, with left and right exchanged.
    """)


def test_one_side_alone_is_told_with_its_words() -> None:
    assert entry_of("- swing: 3 x 4 reps right, rest 20s") == text("""
        1. Swing: 3 × 4 reps, right side only
        Tempo: out 2 s, back 2 s
        Rest: 20 s
        Right leg.
    """)


def test_a_dose_that_was_chosen_exactly_has_no_range_beside_it() -> None:
    """A therapist who chose a dose means that one."""
    chosen = Choices(safety=False, dose=100)
    assert (
        entry_of("- fold: 2-3 x 20-30s", choices=chosen, exact_dose=True) == "1. Fold: 3 × 30 s\nRest: 10 s"
    )


def test_a_dose_that_was_not_chosen_is_the_one_that_is_heard_with_its_range() -> None:
    assert entry_of("- fold: 2-3 x 20-30s", head="dose: 50%\n") == text("""
        1. Fold: 3 × 25 s
        Range: 2–3 × 20–30 s
        Rest: 10 s
    """)


def test_a_hold_in_reps_is_in_the_dose_and_in_the_tempo() -> None:
    assert entry_of("- lift: 10 reps hold 5s") == text("""
        1. Lift: 10 reps, hold 5 s
        Tempo: up 2 s, hold 5 s, down 3 s
    """)


def test_breaths_are_told_by_their_parts() -> None:
    assert entry_of(
        "- calm: 6 breaths", shelf={"calm": "{name: Calm, dose: 3 breaths, breath: 4-2-6}"}
    ) == text("""
        1. Calm: 6 breaths
        Tempo: in 4 s, hold 2 s, out 6 s
    """)


def test_a_breath_without_parts_is_told_as_a_whole() -> None:
    assert entry_of("- breathe") == "1. Breathe: 3 breaths\nTempo: 5 s a breath"


def test_a_rep_without_phases_is_told_as_a_whole() -> None:
    assert (
        entry_of("- raise", shelf={"raise": "{name: Raise, dose: 8 reps}"})
        == "1. Raise: 8 reps\nTempo: 4 s a rep"
    )


def test_words_of_breath_stand_beside_their_phases() -> None:
    raised = "{name: Raise, dose: 8 reps @ 2-3, phases: [up, down], breathing: [in, out]}"
    assert (
        entry_of("- raise", shelf={"raise": raised}).splitlines()[1] == "Tempo: up 2 s (in), down 3 s (out)"
    )


def test_the_cues_of_a_step_stand_in_place_of_the_exercise_s() -> None:
    step = '- knee: {cues: ["Slowly to the {side}."]}'
    lines = entry_of(step, shelf={"knee": KNEE_DROP}).splitlines()
    assert [line for line in lines if line.startswith("*")] == ["* Slowly to the left."]


def test_a_rest_goes_with_what_it_follows() -> None:
    """Rests in a row are one; one that follows nothing goes with what comes next; a section of its own is a rest too."""
    found = sheet_of("""
        - rest: 5s
        - fold
        - rest: 20s
        - say: Well done.
        - section: Drink
          rounds: 2
          steps: [rest: 10s]
        - section: Settle
          steps: [breathe, rest: 30s]
        - rest: 15s
        - fold
    """)
    assert "\n".join(told(found.items)) == text("""
        1. Fold: 30 s
        Rest before: 5 s
        Rest afterwards: 40 s
        [Settle]
          2. Breathe: 3 breaths
          Tempo: 5 s a breath
          Rest afterwards: 45 s
        3. Fold: 30 s
        Done as in number 1.
    """)


def test_rests_of_a_circuit_stand_with_its_rounds() -> None:
    found = sheet_of("""
        - rest: 10s
        - section: Circuit
          rounds: 3
          steps: [fold, rest: 15s, breathe, rest: 45s]
        - rest: 1m
        - fold: 20s
    """)
    assert "\n".join(told(found.items)) == text("""
        [Circuit] 3 rounds, rest 10 s first, rest 45 s after each, then rest 1 min
          1. Fold: 30 s
          Rest afterwards: 15 s
          2. Breathe: 3 breaths
          Tempo: 5 s a breath
        3. Fold: 20 s
        Done as in number 1.
    """)


def test_rests_pass_as_fast_as_the_listener_wants() -> None:
    choices = Choices(safety=False, speed=80)
    assert "Rest afterwards: 25 s" in entry_of("- fold\n- rest: 20s", choices=choices)


def test_sections_hold_their_exercises_and_say_how_often_they_are_done() -> None:
    """Each exercise stands once, however many rounds there are; what only speaks has no place on paper."""
    found = sheet_of("""
        - fold
        - section: Settle
          rounds: 3
          steps:
            - lift
            - section: "Deep, then {next}"
              steps: [breathe]
            - say: Well done.
        - section: Words
          steps: [say: Hello.]
        - lean: 10s left
    """)
    assert "\n".join(told(found.items)) == text("""
        1. Fold: 30 s
        [Settle] 3 rounds
          2. Lift: 3 reps
          Tempo: up 2 s, hold 1 s, down 3 s
          [Deep, then Breathe]
            3. Breathe: 3 breaths
            Tempo: 5 s a breath
        4. Lean: 10 s, left side only
        Lean to the left.
    """)


def test_the_words_of_an_exercise_stand_once() -> None:
    """Where it is done again its dose stands, and where its words are."""
    again = "- knee\n- fold\n- knee: 30s each side"
    lines = list(told(sheet_of(again, shelf={"knee": KNEE_DROP}).items))
    assert lines[-2:] == ["3. Knee drop: 30 s each side", "Done as in number 1."]


def test_an_exercise_done_on_another_side_has_its_own_words() -> None:
    lines = list(told(sheet_of("- lean: 10s left\n- lean: 10s right").items))
    assert lines == [
        "1. Lean: 10 s, left side only",
        "Lean to the left.",
        "2. Lean: 10 s, right side only",
        "Lean to the right.",
    ]


def test_the_head_has_the_length_the_exercises_and_what_is_needed() -> None:
    shelf = {"hang": "{name: Hang, dose: 20s, needs: [bar]}", "knee": KNEE_DROP}
    found = sheet_of("- hang\n- knee\n- hang", shelf=shelf, head="summary: Ten minutes.\n")
    assert (found.title, found.summary) == ("Test", "Ten minutes.")
    assert [(label, value.replace("\u00a0", " ")) for label, value in found.facts] == [
        ("Length", "about 10 min, 3 exercises"),
        ("You need", "bar, cushion"),
    ]


def test_equipment_has_a_name_in_each_language_that_knows_it() -> None:
    hang = "{name: {en: Hang, de: Hängen}, dose: 20s, needs: [bar, Gymnic]}"
    found = sheet_of("- hang", shelf={"hang": hang}, language="de")
    assert found.facts[1] == ("Du brauchst", "Stange, Gymnic")


def test_what_is_left_out_or_swapped_is_told_with_its_reason() -> None:
    shelf = {
        "knee": KNEE_DROP,
        "hang": "{name: Hang, dose: 20s, needs: [bar], instead: fold}",
    }
    found = sheet_of(
        "- knee\n- hang\n- lift",
        shelf=shelf,
        choices=Choices(safety=False, avoid=frozenset({"disc"}), without=frozenset({"bar"})),
    )
    assert found.changes == ("Left out: Knee drop (a disc problem).", "Fold in place of Hang (bar).")


def test_how_often_is_what_a_programme_asks_for() -> None:
    assert one_line(sheet_of("- fold", days_a_week=(3, 3)).how_often) == "3 days a week, for 2 weeks"
    assert one_line(sheet_of("- fold", days_a_week=(3, 4, 4)).how_often) == "3 to 4 days a week, for 3 weeks"


def test_the_listener_s_name_is_filled_in_and_said() -> None:
    shelf = {"fold": '{name: Fold, dose: 30s, setup: "{name}, fold down."}'}
    found = sheet_of("- fold", shelf=shelf, choices=Choices(safety=False, name="Anna"))
    assert found.name == "Anna"
    assert list(told(found.items))[1] == "Anna, fold down."
    assert list(told(sheet_of("- fold", shelf=shelf).items))[1] == "Fold down."


def test_how_much_is_said_changes_nothing_on_paper() -> None:
    steps = "- knee\n- section: Settle\n  steps: [lift]"
    quiet, full = (
        sheet_of(steps, shelf={"knee": KNEE_DROP}, choices=Choices(safety=False, talk=talk))
        for talk in ("tones", "full")
    )
    assert quiet == full


def test_the_safety_rules_stand_there_unless_they_are_left_out() -> None:
    assert [rule[:22] for rule in sheet_of("- fold", choices=Choices()).safety] == [
        "Let comfort decide how",
        "This does not replace ",
    ]
    assert sheet_of("- fold", choices=QUIET).safety == ()


def test_a_text_in_another_language_keeps_it() -> None:
    shelf = {"fold": "{name: Fold, dose: 30s, setup: {text: Buenos días., language: es}}"}
    (entry,) = entries(sheet_of("- fold", shelf=shelf).items)
    assert entry.words == (Text("Buenos días.", "es"),)
