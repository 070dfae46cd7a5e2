"""How much is said: everything, little, or tones alone; for a routine, a section, a step, or by the listener."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, text
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices

SILENT = Choices(safety=False, countdown=0)
REACH = {
    "reach": """
        name: Reach
        dose: 2 x 10s
        side: "{side} arm"
        setup: [Stand tall.]
        caution: Slowly.
        cues: [Breathe.]
        change: Turn around.
        release: Let go.
    """,
    "hum": "{name: Hum, dose: 10s, setup: [Sit up.], cues: [Breathe.]}",
}
FULL = """
    Hum.
    Ten seconds.
    Sit up.
    [start]
    Breathe.
    [end]
"""
BRIEF = """
    Hum.
    Ten seconds.
    [start]
    [end]
"""
TONES = """
    [start]
    [end]
"""


def test_everything_is_said_in_the_first_set_of_each_side_and_little_in_later_ones() -> None:
    session = compiled("- reach", shelf=REACH, choices=SILENT)
    assert session.narration() == text("""
        Reach.
        Two sets, ten seconds each side.
        Stand tall.
        Slowly.
        First set, left side.
        Left arm.
        [start]
        Breathe.
        [end]
        Rest.
        Last set on this side.
        [start]
        [end]
        Other side.
        Turn around.
        First set, right side.
        Right arm.
        [start]
        Breathe.
        [end]
        Rest.
        Last set.
        [start]
        [end]
        Let go.
    """)


def test_an_exercise_that_was_done_before_is_told_in_brief_but_for_the_way_out() -> None:
    steps = "- reach: 2 x 5s\n- pause: 1s\n- reach: 2 x 5s"
    again = compiled(steps, shelf=REACH, choices=SILENT).narration().partition("Next: ")[2]
    assert again == text("""
        Reach.
        Two sets, five seconds each side.
        First set, left side.
        Left arm.
        [start]
        [end]
        Rest.
        Last set on this side.
        [start]
        [end]
        Other side.
        Right arm.
        [start]
        [end]
        Rest.
        Last set.
        [start]
        [end]
        Let go.
    """)


def test_the_way_out_is_told_each_time_unless_little_is_to_be_said() -> None:
    shelf = {"hum": "{name: Hum, dose: 10s, release: Let go.}"}
    steps = "- hum\n- hum\n- hum: {hold: 10s, talk: full}\n- hum: {hold: 10s, talk: brief}"
    session = compiled(steps, shelf=shelf, choices=SILENT)
    assert session.narration("name", "end") == text("""
        Hum.
        Ten seconds.
        [end]
        Let go.
        Next: Hum.
        Ten seconds.
        [end]
        Let go.
        Next: Hum.
        Ten seconds.
        [end]
        Let go.
        Next: Hum.
        Ten seconds.
        [end]
    """)


def test_the_second_round_is_told_in_brief() -> None:
    session = compiled("- section: Warm up\n  rounds: 2\n  steps: [hum]", shelf=REACH, choices=SILENT)
    assert session.narration() == text("""
        Warm up.
        Round one of two.
        Hum.
        Ten seconds.
        Sit up.
        [start]
        Breathe.
        [end]
        Round two of two.
        Next: Hum.
        Ten seconds.
        [start]
        [end]
    """)


def test_full_says_everything_in_every_set_and_every_round() -> None:
    steps = "- section: Warm up\n  talk: full\n  rounds: 2\n  steps: [hum: 2 x 10s]"
    second = compiled(steps, shelf=REACH, choices=SILENT).narration().partition("Round two of two.\n")[2]
    assert second == text("""
        Next: Hum.
        Two sets, ten seconds.
        Sit up.
        First set.
        [start]
        Breathe.
        [end]
        Rest.
        Last set.
        [start]
        Breathe.
        [end]
    """)


def test_brief_keeps_every_count_and_the_cues_with_a_time() -> None:
    session = compiled("- fold: {hold: 45s, talk: brief, cues: [Breathe., {at: 5s, text: Soften.}]}")
    assert session.narration() == text("""
        Fold.
        Forty-five seconds.
        [start]
        Soften.
        halfway
        ten seconds left
        three / two / one
        [end]
    """)


def test_brief_counts_reps_and_names_their_phases() -> None:
    assert compiled("- lift: {reps: 1, talk: brief}").narration("rep", "phase") == "one, up / hold / down"


def test_a_reminder_in_brief_is_not_missed() -> None:
    session = compiled("- fold: {hold: 45s, talk: brief, cues: [Breathe.]}")
    assert session.cues("reminder") == []
    assert session.warnings == []


def test_tones_mark_the_start_and_the_end_of_a_hold_and_nothing_is_spoken() -> None:
    session = compiled(
        "- reach: {hold: 45s, sets: 2, talk: tones, cues: [{at: 5s, text: Soften.}]}", shelf=REACH
    )
    assert session.narration() == "\n".join(["[start]", "[end]"] * 4)
    assert session.warnings == []


def test_tones_tick_on_each_rep() -> None:
    session = compiled("- lift: {reps: 3, tempo: 2-1-3, talk: tones}")
    assert session.told(4) == text("""
        4.992 start tone
        5.496 11.496 rep lift 1/1 rep 1/3
        5.496 rep tick
        7.496 8.496 hold lift 1/1 rep 1/3
        11.496 17.496 rep lift 1/1 rep 2/3
        11.496 rep tick
        13.496 14.496 hold lift 1/1 rep 2/3
        17.496 23.496 rep lift 1/1 rep 3/3
        17.496 rep tick
        19.496 20.496 hold lift 1/1 rep 3/3
        23.496 end tone
    """)


def test_tones_have_no_cues_of_reps() -> None:
    session = compiled("- lift: {reps: 3, talk: tones, cues: [Slowly., {at: 2s, text: Hips up.}]}")
    assert session.narration() == "[start]\n[tick]\n[tick]\n[tick]\n[end]"


def test_tones_have_the_times_that_are_written() -> None:
    choices = Choices(safety=False, talk="tones")
    session = compiled("- lean: 2 x 5s each side, rest 1s\n- rest: 8s\n- fold: 5s", choices=choices)
    assert session.spans() == [
        "0.480 5.496 get-ready lean left 1/2",
        "5.496 10.496 hold lean left 1/2",
        "10.512 11.512 rest lean left 2/2",
        "11.520 16.520 hold lean left 2/2",
        "16.536 21.552 switch lean right 1/2",
        "21.552 26.552 hold lean right 1/2",
        "26.568 27.568 rest lean right 2/2",
        "27.576 32.576 hold lean right 2/2",
        "32.592 40.592 rest",
        "40.608 45.608 hold fold 1/1",
    ]
    assert session.warnings == []


def test_tones_keep_the_chapters() -> None:
    session = compiled(
        "- fold: 5s\n- section: Settle\n  rounds: 2\n  steps: [lift: 1 rep]", head="talk: tones\n"
    )
    assert [title.partition(" ")[2] for title in session.chapters()] == [
        "Fold",
        "Settle 1/2: Lift",
        "Settle 2/2: Lift",
    ]


def test_tones_silence_every_word_of_a_routine_but_play_its_sounds() -> None:
    steps = "- say: Hello.\n- section: Settle\n  rounds: 2\n  steps: [sound: bell, rest: 20s]\n- fold: 5s"
    head = "opening: Welcome.\nclosing: Good night.\ntalk: tones\n"
    assert compiled(steps, head=head).narration() == "[bell]\n[bell]\n[start]\n[end]"


def test_the_safety_rules_and_what_is_left_out_are_said_all_the_same() -> None:
    shelf = {"fold": "{name: Fold, dose: 5s, avoid: knee}"}
    choices = Choices(talk="tones", avoid=frozenset({"knee"}))
    session = compiled("- fold\n- lean: 5s left", head="opening: Welcome.\n", shelf=shelf, choices=choices)
    rules = "\n".join(LANGUAGES["en"].safety)
    assert session.narration() == f"Left out today: Fold.\n{rules}\n[start]\n[end]"


def test_what_is_waited_for_is_said_in_tones_too() -> None:
    session = compiled("- say: Hello.\n- wait: Press space.\n- fold: 5s", head="talk: tones\n")
    assert session.narration() == "Press space.\n[start]\n[end]"
    assert session.spans("wait") == ["1.752 11.752 wait"]


def test_a_section_in_tones_says_nothing_and_what_follows_is_said() -> None:
    steps = """
        - say: Hello.
        - section: Quiet
          talk: tones
          steps:
            - say: Nobody hears this.
            - hum
        - say: And now.
        - hum
        - hum
    """
    session = compiled(steps, shelf=REACH, choices=SILENT)
    assert session.narration() == text("""
        Hello.
        [start]
        [end]
        And now.
        Next: Hum.
        Ten seconds.
        Sit up.
        [start]
        Breathe.
        [end]
        Next: Hum.
        Ten seconds.
        [start]
        [end]
    """)


@pytest.mark.parametrize(
    ("listener", "step", "section", "routine", "said"),
    [
        (None, None, None, None, FULL),
        (None, None, None, "brief", BRIEF),
        (None, None, "tones", "brief", TONES),
        (None, "full", "tones", "brief", FULL),
        ("brief", "full", "tones", "full", BRIEF),
        ("tones", "full", "full", "full", TONES),
        ("full", "tones", "tones", "tones", FULL),
    ],
)
def test_the_listener_goes_before_the_step_the_step_before_its_section_and_that_before_the_routine(
    listener: str | None, step: str | None, section: str | None, routine: str | None, said: str
) -> None:
    chosen: dict[str | None, Choices] = {
        None: SILENT,
        "full": Choices(safety=False, countdown=0, talk="full"),
        "brief": Choices(safety=False, countdown=0, talk="brief"),
        "tones": Choices(safety=False, countdown=0, talk="tones"),
    }
    talk_of_step, talk_of_section = (f", talk: {talk}" if talk else "" for talk in (step, section))
    session = compiled(
        f"- {{section: Part{talk_of_section}, steps: [hum: {{hold: 10s{talk_of_step}}}]}}",
        head=f"talk: {routine}\n" if routine else "",
        shelf=REACH,
        choices=chosen[listener],
    )
    assert session.narration().removeprefix("Part.\n") == text(said)
