"""Who is listening: what is left out or swapped for them, and how words are pronounced."""

from __future__ import annotations

from tests.compile.support import compiled, read, text
from voiceguide.compile import draft
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices
from voiceguide.timeline import Speech

SHELF = {
    "squat": "{name: Squat, dose: 5s, avoid: knee, instead: sit}",
    "sit": "{name: Sit, dose: 5s}",
    "jump": "{name: Jump, dose: 5s, avoid: [knee, neck]}",
    "kneel": "{name: Kneel, dose: 5s, position: kneeling}",
    "hang": "{name: Hang, dose: 5s, needs: bar}",
}
ALL_STEPS = "- squat\n- jump\n- kneel\n- hang\n- fold: 5s"


def avoiding(*conditions: str, without: tuple[str, ...] = ()) -> Choices:
    return Choices(safety=False, avoid=frozenset(conditions), without=frozenset(without))


def test_what_is_left_out_and_what_stands_in_for_what_is_told_in_the_opening() -> None:
    choices = avoiding("knee", "kneeling", without=("bar",))
    session = compiled(ALL_STEPS, head="opening: Welcome.\n", shelf=SHELF, choices=choices)
    assert session.narration("opening", "name") == text("""
        Welcome.
        Left out today: Jump, Kneel, and Hang.
        Sit in place of Squat.
        Sit.
        Five seconds.
        Next: Fold.
        Five seconds.
    """)


def test_the_safety_rules_follow_what_is_left_out() -> None:
    choices = Choices(avoid=frozenset({"neck"}))
    session = compiled("- jump\n- fold: 5s", shelf=SHELF, choices=choices)
    assert session.narration("opening").splitlines() == ["Left out today: Jump.", *LANGUAGES["en"].safety]


def test_each_exercise_is_told_once() -> None:
    steps = (
        "- jump\n- squat\n- jump: 9s\n- squat: 9s\n- section: Again\n  rounds: 2\n  steps: [jump, fold: 5s]"
    )
    session = compiled(steps, shelf=SHELF, choices=avoiding("knee"))
    assert session.narration("opening") == "Left out today: Jump.\nSit in place of Squat."


def test_nothing_is_told_where_all_suits() -> None:
    assert compiled(ALL_STEPS, shelf=SHELF, choices=avoiding("wrist")).cues("opening") == []


def test_what_stands_in_is_a_chapter_of_its_own_name() -> None:
    session = compiled("- squat\n- fold: 5s", shelf=SHELF, choices=avoiding("knee"))
    assert [one.title for one in session.timeline.chapters] == ["Opening", "Sit", "Fold"]


def said(steps: str, *, head: str = "", choices: Choices | None = None) -> list[tuple[str, str]]:
    """What is shown of these steps and what the voice is given to speak."""
    session = compiled(steps, head=head, choices=choices or Choices(safety=False))
    return [(cue.text, cue.source.text) for cue in session.timeline.cues if isinstance(cue.source, Speech)]


def test_a_word_is_pronounced_as_the_script_says_and_shown_as_it_is_written() -> None:
    assert said("- say: Release the psoas.", head="say-as: {psoas: so-as}\n") == [
        ("Release the psoas.", "Release the so-as.")
    ]


def test_whole_words_are_pronounced_in_any_case() -> None:
    assert said("- say: Psoas, psoas-like, PSOAS; not the iliopsoas.", head="say-as: {psoas: so-as}\n") == [
        ("Psoas, psoas-like, PSOAS; not the iliopsoas.", "so-as, so-as-like, so-as; not the iliopsoas.")
    ]


def test_a_word_that_goes_on_after_an_apostrophe_is_another_one() -> None:
    head = "say-as: {it: itt, psoas: so-as}\n"
    assert said("- say: It's it, 'it', l'psoas and l’psoas. It’s.", head=head) == [
        ("It's it, 'it', l'psoas and l’psoas. It’s.", "It's itt, 'itt', l'so-as and l’so-as. It’s.")
    ]


def test_the_longest_word_goes_first_and_nothing_is_replaced_twice() -> None:
    head = "say-as: {press: pres, press up: press upp, upp: op}\n"
    assert said("- say: Press up, then press on.", head=head) == [
        ("Press up, then press on.", "press upp, then pres on.")
    ]


def test_the_guides_own_words_are_pronounced_so_too() -> None:
    assert said("- fold: 2s", head="say-as: {fold: foald, seconds: sekonds}\n") == [
        ("Fold.", "foald."),
        ("Two seconds.", "Two sekonds."),
    ]


def test_the_script_goes_before_the_listener_and_the_listener_before_the_language() -> None:
    listener = Choices(safety=False, say_as=(("dos", "doe", None), ("psoas", "pso", None)))
    steps = "- say: Le dos, le psoas, assieds-toi."
    head = "language: fr\nsay-as: {psoas: psau}\n"
    assert said(steps, head=head, choices=listener) == [
        ("Le dos, le psoas, assieds-toi.", "Le doe, le psau, assié-toi.")
    ]
    assert said(steps, head="language: fr\n") == [
        ("Le dos, le psoas, assieds-toi.", "Le dau, le psoas, assié-toi.")
    ]


def test_what_is_measured_is_what_is_pronounced() -> None:
    session = draft(read("- say: Psoas.", head="say-as: {psoas: so-as}\n"), Choices(safety=False))
    assert Speech("so-as.") in session.sources
    assert Speech("Psoas.") not in session.sources


def test_a_pre_roll_comes_before_the_first_word() -> None:
    choices = Choices(safety=False, pre_roll_ms=2_000)
    session = compiled("- fold: 5s", choices=choices)
    assert session.told(0, 8) == text("""
        2.496 7.512 get-ready fold 1/1
        2.496 name "Fold."
        3.408 name "Five seconds."
        7.512 12.512 hold fold 1/1
        7.512 start tone
    """)
    assert session.chapters() == ["0.000 Fold"]
