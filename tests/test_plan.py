"""A plan is everything that will be done, one action after the other."""

from __future__ import annotations

import pytest

from tests.compile.support import read
from voiceguide.dose import Dose
from voiceguide.model import Exercise, ExerciseStep, Routine
from voiceguide.plan import (
    Action,
    Choices,
    Close,
    EnterSection,
    GetReady,
    HoldWork,
    Open,
    Release,
    RepWork,
    RestBetween,
    Switch,
    Work,
    doses,
    plan,
)

QUIET = Choices(safety=False)


def told(
    steps: str, *, head: str = "", shelf: dict[str, str] | None = None, choices: Choices = QUIET
) -> list[str]:
    """The plan of these steps, a few words an action."""
    return [_told(action) for action in plan(read(steps, head=head, shelf=shelf), choices)]


def _told(action: Action) -> str:
    match action:
        case GetReady(performance, side, rest):
            words = ["ready", performance.exercise.id, side, f"after {rest.ms}" if rest else None]
        case Work(performance, side, number):
            words = ["work", performance.exercise.id, side, str(number)]
        case RestBetween(performance, side, number):
            words = ["rest", str(performance.rest_ms), side, str(number)]
        case Switch(_, side, number):
            words = ["switch", side, str(number)]
        case Release(performance, side):
            words = ["release", performance.exercise.id, side]
        case EnterSection(title, turn, rounds):
            words = ["section", title, f"{turn}/{rounds}"]
        case _:
            words = [type(action).__name__.lower()]
    return " ".join(word for word in words if word)


def works(steps: str, **shelf: str) -> list[HoldWork | RepWork]:
    return [
        found.performance.work for found in plan(read(steps, shelf=shelf), QUIET) if isinstance(found, Work)
    ]


def test_an_exercise_is_got_ready_for_and_done() -> None:
    assert told("- fold") == ["ready fold", "work fold 1"]


def test_sets_have_a_rest_between_them() -> None:
    assert told("- fold: 3 x 5s, rest 7s") == [
        "ready fold", "work fold 1", "rest 7000 2", "work fold 2", "rest 7000 3", "work fold 3"
    ]  # fmt: skip


def test_each_side_is_all_of_one_then_all_of_the_other() -> None:
    assert told("- lean: 2 x 5s each side") == [
        "ready lean left", "work lean left 1", "rest 10000 left 2", "work lean left 2",
        "switch right 1", "work lean right 1", "rest 10000 right 2", "work lean right 2",
    ]  # fmt: skip


def test_alternating_is_a_pair_a_set() -> None:
    assert told("- lean: 2 x 5s alternating") == [
        "ready lean left", "work lean left 1", "switch right 1", "work lean right 1", "rest 10000 left 2",
        "work lean left 2", "switch right 2", "work lean right 2",
    ]  # fmt: skip


@pytest.mark.parametrize("side", ["left", "right"])
def test_one_side_is_that_side_alone(side: str) -> None:
    assert told(f"- lean: 2 x 5s {side}, rest 0s") == [
        f"ready lean {side}", f"work lean {side} 1", f"rest 0 {side} 2", f"work lean {side} 2"
    ]  # fmt: skip


@pytest.mark.parametrize("sides", ["each side", "alternating"])
def test_the_way_out_is_from_the_last_side(sides: str) -> None:
    shelf = {"lean": "{name: Lean, dose: 5s, side: 'to the {side}', release: Stop.}"}
    assert told(f"- lean: {{sides: {sides}}}", shelf=shelf)[-1] == "release lean right"


def test_rounds_are_unfolded_in_the_order_they_nest() -> None:
    steps = """
        - section: A
          rounds: 2
          steps:
            - say: Hello.
            - section: B
              steps: [fold]
    """
    once = ["say", "section B 1/1", "ready fold", "work fold 1"]
    assert told(steps) == ["section A 1/2", *once, "section A 2/2", *once]


def test_performances_know_their_sections_and_are_numbered() -> None:
    actions = plan(read("- section: A\n  rounds: 2\n  steps: [fold]"), QUIET)
    found = [
        (item.performance.number, item.performance.sections) for item in actions if isinstance(item, Work)
    ]
    assert found == [(1, (("A", 1, 2),)), (2, (("A", 2, 2),))]


def test_a_rest_joins_the_exercise_it_stands_before() -> None:
    assert told("- rest: 5s\n- rest: 6s\n- fold\n- rest: 7s") == [
        "rest", "ready fold after 6000", "work fold 1", "rest"
    ]  # fmt: skip


def test_the_opening_comes_first_and_the_closing_last() -> None:
    steps, head = "- say: Hello.", "opening: Welcome.\nclosing: Goodbye.\n"
    assert told(steps, head=head) == ["open", "say", "close"]


def test_the_safety_rules_need_no_opening() -> None:
    actions = plan(read("- say: Hello."), Choices())
    assert actions[0] == Open(None, safety=True)
    assert not isinstance(actions[-1], Close)


def test_ranges_are_resolved_at_their_low_end() -> None:
    (ready, *_) = plan(read("- fold: 2-3 x 20-30s, rest 5-9s"), QUIET)
    assert isinstance(ready, GetReady)
    performance = ready.performance
    assert (performance.sets, performance.work, performance.rest_ms) == (2, HoldWork(20_000), 5_000)


def test_reps_go_through_the_phases_of_the_exercise_at_the_tempo() -> None:
    (work,) = works("- lift: 4 reps @ 1-0-2.5")
    assert isinstance(work, RepWork)
    assert (work.count, work.breaths) == (4, False)
    assert [(phase.word, phase.ms, phase.is_hold) for phase in work.phases] == [
        ("up", 1_000, False), ("hold", 0, True), ("down", 2_500, False)
    ]  # fmt: skip


def test_a_hold_beside_reps_is_the_length_of_their_holding_phase() -> None:
    (work,) = works("- lift: 1 rep hold 5-8s")
    assert isinstance(work, RepWork)
    assert [phase.ms for phase in work.phases] == [2_000, 5_000, 3_000]


def test_breaths_are_reps_of_one_wordless_phase() -> None:
    (work,) = works("- breathe: 6 breaths", breathe="{name: Breathe, dose: 3 breaths, breath: 7s}")
    assert isinstance(work, RepWork)
    assert (work.count, work.breaths, [(phase.word, phase.ms) for phase in work.phases]) == (
        6,
        True,
        [("", 7_000)],
    )


def test_doses_are_told_in_their_notation_without_sides() -> None:
    steps = "- fold: 2-3 x 20s\n- say: Hello.\n- lean: 5s each side\n- lift: 3-4 reps hold 2s"
    assert list(doses(plan(read(steps), QUIET))) == ["2 x 20s, rest 10s", "5s", "3 reps hold 2s"]


def test_a_dose_without_work_cannot_be_planned() -> None:
    routine = Routine("Test", (ExerciseStep(Exercise("fold", "Fold", Dose()), Dose()),))
    with pytest.raises(ValueError, match="'fold' was never settled"):
        plan(routine, QUIET)
