"""How fast rests and pauses go by, and one exercise of a routine alone."""

from __future__ import annotations

from dataclasses import replace

from tests.compile.support import Session, compiled, text
from voiceguide.plan import Choices

QUIET = Choices(safety=False)


def at(speed: int, steps: str) -> Session:
    return compiled(steps, choices=replace(QUIET, speed=speed))


def test_a_rest_that_is_told_is_told_in_whole_seconds() -> None:
    session = at(110, "- rest: 20s\n- pause: 2s")
    assert session.told() == text("""
        0.480 18.662 rest
        0.480 rest "Rest for eighteen seconds."
        18.672 20.490 pause
    """)


def test_a_rest_between_sets_goes_by_faster_and_the_sets_do_not() -> None:
    session = at(125, "- fold: 2 x 5s, rest 10s")
    assert session.spans("hold", "rest") == [
        "6.024 11.024 hold fold 1/2", "11.040 19.040 rest fold 2/2", "19.056 24.056 hold fold 2/2"
    ]  # fmt: skip


def test_a_rest_before_an_exercise_goes_by_slower() -> None:
    assert at(80, "- fold: 1s\n- rest: 20s\n- fold: 1s").spans("rest") == ["6.504 31.504 rest"]


def test_a_rest_still_grows_for_its_words() -> None:
    session = at(125, "- fold: 2 x 5s, rest 2s")
    assert session.warnings == ["3: the rest of 1.6s is too short for its words: it becomes 2s"]


def test_the_change_of_sides_and_getting_ready_stay() -> None:
    steps = "- lean: 5s each side"
    assert at(125, steps).spans() == at(100, steps).spans()


def test_the_pause_of_waiting_goes_by_slower() -> None:
    assert at(80, "- wait: Press space.").spans() == ["1.752 14.252 wait"]


def test_one_exercise_alone_is_a_session_without_the_words_around_it() -> None:
    session = compiled(
        "- fold: 5s\n- say: And now.\n- rest: 20s\n- section: Settle\n  steps: [lean: 5s left, pause: 9s]",
        head="opening: Welcome.\nclosing: Good night.\n",
        choices=replace(QUIET, only="lean"),
    )
    assert session.narration() == text("""
        Settle.
        Lean.
        Five seconds.
        Lean to the left.
        [start]
        three / two / one
        [end]
    """)
    assert session.chapters() == ["0.000 Settle: Lean"]
