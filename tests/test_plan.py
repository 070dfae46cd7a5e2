"""A plan is everything that will be done, one action after the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compile.support import read
from voiceguide.dose import SIDES, Breaths, Dose, Hold, Reps
from voiceguide.errors import Place, RequestError
from voiceguide.model import Exercise, ExerciseStep, Pause, Rest, Routine, Say, Section, Step, Wait, Words
from voiceguide.plan import (
    Action,
    Choices,
    Close,
    EnterSection,
    GetReady,
    HoldWork,
    Left,
    Open,
    Release,
    RepWork,
    RestBetween,
    Swapped,
    Switch,
    Work,
    distinct_doses,
    doses,
    outlook,
    percentage,
    plan,
    planned_ms,
    talk_of,
)
from voiceguide.units import Range

if TYPE_CHECKING:
    from voiceguide.model import Counting, Talk

QUIET = Choices(safety=False)


def told(
    steps: str, *, head: str = "", shelf: dict[str, str] | None = None, choices: Choices = QUIET
) -> list[str]:
    """The plan of these steps, a few words an action."""
    return [_told(action) for action in plan(read(steps, head=head, shelf=shelf), choices)]


def _told(action: Action) -> str:
    match action:
        case GetReady(performance, side, rest):
            quiet = "quiet " if rest and rest.quiet else ""
            words = [
                "ready", performance.exercise.id, side, f"after {quiet}{rest.ms}" if rest else None
            ]  # fmt: skip
        case Work(performance, side, number):
            words = ["work", performance.exercise.id, side, str(number)]
        case RestBetween(performance, side, number):
            words = ["rest", str(performance.rest_ms), side, str(number)]
        case Switch(_, side, number):
            words = ["switch", side, str(number)]
        case Release(performance, side):
            words = ["release", performance.exercise.id, side]
        case EnterSection(title, turn, rounds):
            words = ["section", title.text, f"{turn}/{rounds}"]
        case Rest(_, _, quiet=True):
            words = ["quiet rest"]
        case Wait(said, ms):
            words = ["wait", said.text, str(ms)]
        case _:
            words = [type(action).__name__.lower()]
    return " ".join(word for word in words if word)


def works(steps: str, *, choices: Choices = QUIET, **shelf: str) -> list[HoldWork | RepWork]:
    actions = plan(read(steps, shelf=shelf), choices)
    return [action.performance.work for action in actions if isinstance(action, Work)]


def talks(steps: str, *, head: str = "", choices: Choices = QUIET) -> list[str]:
    """How much is said in each set."""
    found = []
    for action in plan(read(steps, head=head), choices):
        if isinstance(action, Work):
            words = (action.performance.exercise.id, action.side, str(action.set))
            found.append(f"{' '.join(word for word in words if word)} {_talk(action)}")
    return found


def _talk(work: Work) -> Talk:
    return talk_of(work.performance, work.set)


def test_an_exercise_is_got_ready_for_and_done() -> None:
    assert told("- fold") == ["ready fold", "work fold 1"]


def test_sets_have_a_rest_between_them() -> None:
    assert told("- fold: 3 x 5s, rest 7s") == [
        "ready fold", "work fold 1", "rest 7000 2", "work fold 2", "rest 7000 3", "work fold 3"
    ]  # fmt: skip


class TestSides:
    """The order of the sides."""

    def test_each_side_is_all_of_one_then_all_of_the_other(self) -> None:
        assert told("- lean: 2 x 5s each side") == [
            "ready lean left", "work lean left 1", "rest 10000 left 2", "work lean left 2",
            "switch right 1", "work lean right 1", "rest 10000 right 2", "work lean right 2",
        ]  # fmt: skip

    def test_alternating_is_a_pair_a_set(self) -> None:
        assert told("- lean: 2 x 5s alternating") == [
            "ready lean left", "work lean left 1", "switch right 1", "work lean right 1", "rest 10000 left 2",
            "work lean left 2", "switch right 2", "work lean right 2",
        ]  # fmt: skip

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_one_side_is_that_side_alone(self, side: str) -> None:
        assert told(f"- lean: 2 x 5s {side}, rest 0s") == [
            f"ready lean {side}", f"work lean {side} 1", f"rest 0 {side} 2", f"work lean {side} 2"
        ]  # fmt: skip

    @pytest.mark.parametrize("sides", ["each side", "alternating"])
    def test_the_side_that_is_written_first_is_done_first(self, sides: str) -> None:
        assert told(f"- lean: 5s {sides}, right first") == [
            "ready lean right", "work lean right 1", "switch left 1", "work lean left 1"
        ]  # fmt: skip

    def test_the_listener_chooses_the_first_side_of_the_rest(self) -> None:
        """What the script writes is prescription, and wins; one side alone has no choice."""
        steps = "- lean: 5s each side\n- lean: 5s, left first\n- lean: 5s left\n- fold: 5s"
        assert told(steps, choices=replace(QUIET, first_side="right")) == [
            "ready lean right", "work lean right 1", "switch left 1", "work lean left 1",
            "ready lean left", "work lean left 1", "switch right 1", "work lean right 1",
            "ready lean left", "work lean left 1",
            "ready fold", "work fold 1",
        ]  # fmt: skip

    @pytest.mark.parametrize("sides", ["each side", "alternating"])
    def test_the_way_out_is_from_the_last_side(self, sides: str) -> None:
        shelf = {"lean": "{name: Lean, dose: 5s, side: 'to the {side}', release: Stop.}"}
        assert told(f"- lean: {{sides: {sides}}}", shelf=shelf)[-1] == "release lean right"
        assert told(f"- lean: {{sides: {sides}, first: right}}", shelf=shelf)[-1] == "release lean left"


class TestSections:
    """Steps under a title, in rounds."""

    def test_rounds_are_unfolded_in_the_order_they_nest(self) -> None:
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

    def test_performances_know_their_sections_and_are_numbered(self) -> None:
        actions = plan(read("- section: A\n  rounds: 2\n  steps: [fold]"), QUIET)
        found = [
            (item.performance.number, item.performance.sections) for item in actions if isinstance(item, Work)
        ]
        assert found == [(1, (("A", 1, 2),)), (2, (("A", 2, 2),))]


class TestRests:
    """A rest as a step of its own."""

    def test_it_joins_the_exercise_it_stands_before(self) -> None:
        assert told("- rest: 5s\n- rest: 6s\n- fold\n- rest: 7s") == [
            "rest", "ready fold after 6000", "work fold 1", "rest"
        ]  # fmt: skip

    def test_it_stands_alone_before_anything_else(self) -> None:
        steps = "- rest: 5s\n- say: Hello.\n- fold\n- rest: 6s\n- section: A\n  steps: [fold]"
        assert told(steps) == [
            "rest", "say", "ready fold", "work fold 1", "rest", "section A 1/1", "ready fold", "work fold 1"
        ]  # fmt: skip


class TestOpening:
    """What is said first and last."""

    def test_the_opening_comes_first_and_the_closing_last(self) -> None:
        steps, head = "- say: Hello.", "opening: Welcome.\nclosing: Goodbye.\n"
        assert told(steps, head=head) == ["open", "say", "close"]

    def test_the_safety_rules_need_no_opening(self) -> None:
        actions = plan(read("- say: Hello."), Choices())
        assert actions[0] == Open(None, safety=True)
        assert not isinstance(actions[-1], Close)


class TestDose:
    """Every range is resolved by one percentage."""

    @pytest.mark.parametrize(
        ("percent", "sets", "hold_ms", "rest_ms"),
        [(0, 2, 20_000, 5_000), (50, 3, 25_000, 7_000), (100, 3, 30_000, 9_000)],
    )
    def test_sets_work_and_rest_are_resolved_together(
        self, percent: int, sets: int, hold_ms: int, rest_ms: int
    ) -> None:
        routine = read("- fold: 2-3 x 20-30s, rest 5-9s")
        (ready, *_) = plan(routine, replace(QUIET, dose=percent))
        assert isinstance(ready, GetReady)
        performance = ready.performance
        assert (performance.sets, performance.work, performance.rest_ms) == (sets, HoldWork(hold_ms), rest_ms)

    def test_the_dose_of_the_listener_counts_before_the_routines_own_and_that_before_none(self) -> None:
        plain, own = read("- fold"), read("- fold", head="dose: 40%\n")
        assert percentage(plain, QUIET) == 0
        assert percentage(own, QUIET) == 40
        assert percentage(own, replace(QUIET, dose=0)) == 0
        assert percentage(plain, replace(QUIET, dose=70)) == 70

    def test_a_performance_knows_where_it_was_written(self) -> None:
        (ready, _) = plan(read("- fold: 5s"), QUIET)
        assert isinstance(ready, GetReady)
        assert ready.performance.place == Place("test.yaml", 3, 9, 11)

    def test_it_is_told_in_its_notation_without_sides(self) -> None:
        steps = (
            "- fold: 2-3 x 20s\n- say: Hello.\n- lean: 5s each side, right first\n- lift: 3-4 reps hold 2s"
        )
        assert list(doses(plan(read(steps), QUIET))) == ["2 x 20s, rest 10s", "5s", "3 reps hold 2s"]

    def test_a_dose_without_work_cannot_be_planned(self) -> None:
        routine = Routine("Test", (ExerciseStep(Exercise("fold", Words("Fold"), Dose()), Dose()),))
        with pytest.raises(ValueError, match="'fold' was never settled"):
            plan(routine, QUIET)


class TestDistinctDoses:
    """The percentages at which something changes."""

    def test_they_are_the_lowest_of_each_different_plan(self) -> None:
        assert distinct_doses(read("- fold: 2-3 x 20-22s"), QUIET) == (0, 25, 50, 75)

    def test_a_routine_without_ranges_has_one(self) -> None:
        assert distinct_doses(read("- fold\n- lift: 5 reps"), QUIET) == (0,)

    def test_what_is_left_out_does_not_count_and_what_is_done_instead_does(self) -> None:
        shelf = {
            "kneel": "{name: Kneel, dose: 1-2 x 20s, avoid: [knee]}",
            "plank": "{name: Plank, dose: 10-11s, avoid: [knee], instead: bow}",
            "bow": "{name: Bow, dose: 3-5 x 10s}",
        }
        routine = read("- kneel\n- plank", shelf=shelf)
        assert distinct_doses(routine, QUIET) == (0, 50)
        assert distinct_doses(routine, replace(QUIET, avoid=frozenset({"knee"}))) == (0, 25, 75)


class TestWork:
    """One set of an exercise."""

    def test_reps_go_through_the_phases_of_the_exercise_at_the_tempo(self) -> None:
        (work,) = works("- lift: 4 reps @ 1-0-2.5")
        assert isinstance(work, RepWork)
        assert (work.count, work.breaths, work.breathing, work.rep_ms) == (4, False, (), 3_500)
        assert [(phase.word, phase.ms, phase.is_hold) for phase in work.phases] == [
            ("up", 1_000, False), ("hold", 0, True), ("down", 2_500, False)
        ]  # fmt: skip

    def test_a_hold_beside_reps_is_the_length_of_their_holding_phase(self) -> None:
        steps = "- lift: 1 rep hold 5-8s"
        found = [works(steps, choices=replace(QUIET, dose=dose)) for dose in (0, 50, 100)]
        phases = [[phase.ms for phase in work.phases] for (work,) in found if isinstance(work, RepWork)]
        assert phases == [[2_000, 5_000, 3_000], [2_000, 7_000, 3_000], [2_000, 8_000, 3_000]]

    def test_words_of_breath_stand_in_for_the_phases(self) -> None:
        lift = "{name: Lift, dose: 2 reps, phases: [up, hold, down], breathing: [in, hold, out]}"
        (work,) = works("- lift", lift=lift)
        assert isinstance(work, RepWork)
        assert work.breathing == ("in", "hold", "out")
        assert [phase.word for phase in work.phases] == ["up", "hold", "down"]

    @pytest.mark.parametrize(
        ("breath", "phases"),
        [
            ("7s", [("", 7_000)]),
            ("2-3", [("in", 2_000), ("out", 3_000)]),
            ("2-1-3", [("in", 2_000), ("hold", 1_000), ("out", 3_000)]),
            ("4-4-4-4", [("in", 4_000), ("hold", 4_000), ("out", 4_000), ("hold", 4_000)]),
        ],
    )
    def test_breaths_are_reps_of_the_parts_of_a_breath(
        self, breath: str, phases: list[tuple[str, int]]
    ) -> None:
        breathe = f"{{name: Breathe, dose: 3 breaths, breath: {breath}}}"
        (work,) = works("- breathe: 6 breaths", breathe=breathe)
        assert isinstance(work, RepWork)
        assert (work.count, work.breaths) == (6, True)
        assert [(phase.word, phase.ms) for phase in work.phases] == phases
        assert work.breathing == tuple(word for word, _ in phases)


class TestTalk:
    """How much is said: by default everything in an exercise's first set, and little after it."""

    def test_the_first_set_is_full_on_either_side_and_the_later_ones_are_brief(self) -> None:
        assert talks("- lean: 2 x 5s each side") == [
            "lean left 1 full", "lean left 2 brief", "lean right 1 full", "lean right 2 brief"
        ]  # fmt: skip

    def test_an_exercise_that_was_done_before_is_brief_throughout(self) -> None:
        steps = "- section: A\n  rounds: 2\n  steps: [fold, lift]\n- fold: 5s"
        assert talks(steps) == [
            "fold 1 full", "lift 1 full", "fold 1 brief", "lift 1 brief", "fold 1 brief"
        ]  # fmt: skip

    def test_a_performance_in_tones_alone_is_not_the_first_that_is_talked_of(self) -> None:
        """It was neither named nor explained, and the next one is."""
        assert talks("- fold: {hold: 5s, talk: tones}\n- fold\n- fold") == [
            "fold 1 tones", "fold 1 full", "fold 1 brief"
        ]  # fmt: skip

    def test_the_nearest_scope_that_chooses_counts(self) -> None:
        steps = """
            - fold
            - section: A
              talk: full
              steps:
                - fold
                - lift: {reps: 2, talk: tones}
                - section: B
                  steps: [lift]
                - section: C
                  talk: brief
                  steps: [breathe]
        """
        assert talks(steps, head="talk: tones\n") == [
            "fold 1 tones", "fold 1 full", "lift 1 tones", "lift 1 full", "breathe 1 brief"
        ]  # fmt: skip

    @pytest.mark.parametrize("talk", ["full", "brief", "tones"])
    def test_the_listener_has_the_last_word(self, talk: Talk) -> None:
        steps = """
            - fold: 2 x 5s
            - section: A
              talk: full
              steps: [fold, lift: {reps: 2, talk: tones}]
        """
        found = talks(steps, head="talk: brief\n", choices=replace(QUIET, talk=talk))
        assert found == [f"fold 1 {talk}", f"fold 2 {talk}", f"fold 1 {talk}", f"lift 1 {talk}"]

    def test_a_listener_who_wants_tones_alone_hears_no_section_either(self) -> None:
        steps = "- section: A\n  talk: full\n  steps: [say: Hello., fold]"
        assert told(steps, choices=replace(QUIET, talk="tones")) == ["ready fold", "work fold 1"]

    @pytest.mark.parametrize("head", ["", "talk: full\n"])
    def test_the_way_out_is_told_each_time_an_exercise_is_done(self, head: str) -> None:
        shelf = {"fold": "{name: Fold, dose: 2 x 5s, release: Roll up.}"}
        once = ["ready fold", "work fold 1", "rest 10000 2", "work fold 2", "release fold"]
        assert told("- fold\n- fold", head=head, shelf=shelf) == [*once, *once]

    @pytest.mark.parametrize("talk", ["brief", "tones"])
    def test_the_way_out_is_not_told_where_little_is_to_be_said(self, talk: Talk) -> None:
        shelf = {"fold": "{name: Fold, dose: 5s, release: Roll up.}"}
        assert told("- fold", head=f"talk: {talk}\n", shelf=shelf) == ["ready fold", "work fold 1"]

    def test_tones_alone_leave_no_words_between_exercises(self) -> None:
        """Rests, pauses and sounds keep their time; a rest announces nothing."""
        steps = """
            - section: A
              rounds: 2
              steps: [say: Hello., rest: 5s, fold, pause: 2s, rest: 6s, sound: bell]
        """
        once = ["ready fold after quiet 5000", "work fold 1", "pause", "quiet rest", "playsound"]
        head = "talk: tones\nopening: Welcome.\nclosing: Goodbye.\n"
        assert told(steps, head=head) == [*once, *once]

    def test_tones_alone_wait_with_words(self) -> None:
        assert told("- wait: Press space.\n- fold", head="talk: tones\n") == [
            "wait Press space. 10000", "ready fold", "work fold 1"
        ]  # fmt: skip

    def test_a_section_in_tones_alone_is_silent_and_the_rest_is_not(self) -> None:
        steps = """
            - say: Hello.
            - section: A
              talk: tones
              steps: [say: Hello., fold]
            - rest: 5s
            - fold
        """
        head = "opening: Welcome.\nclosing: Goodbye.\n"
        assert told(steps, head=head) == [
            "open", "say", "ready fold", "work fold 1", "ready fold after 5000", "work fold 1", "close"
        ]  # fmt: skip

    def test_a_section_may_talk_in_a_routine_of_tones(self) -> None:
        steps = "- say: Hello.\n- section: A\n  talk: brief\n  steps: [say: Hello., rest: 5s, fold]"
        assert told(steps, head="talk: tones\n") == [
            "section A 1/1", "say", "ready fold after 5000", "work fold 1"
        ]  # fmt: skip

    def test_tones_alone_keep_the_safety_rules_and_what_is_left_out(self) -> None:
        shelf = {"kneel": "{name: Kneel, dose: 5s, avoid: [knee]}"}
        routine = read("- kneel\n- fold", head="talk: tones\nopening: Welcome.\n", shelf=shelf)
        choices = Choices(avoid=frozenset({"knee"}))
        assert plan(routine, choices)[0] == Open(None, safety=True, left_out=(_KNEEL,))


class TestCount:
    """Reps are counted up or down."""

    @pytest.mark.parametrize(
        ("listener", "step", "routine", "counted"),
        [
            (None, None, None, "up"),
            (None, None, "down", "down"),
            (None, "up", "down", "up"),
            ("down", "up", "up", "down"),
        ],
    )
    def test_the_listener_chooses_before_the_step_and_the_step_before_the_routine(
        self, listener: Counting | None, step: Counting | None, routine: Counting | None, counted: Counting
    ) -> None:
        head = f"count: {routine}\n" if routine else ""
        own = f", count: {step}" if step else ""
        choices = replace(QUIET, count=listener)
        (ready, _) = plan(read(f"- lift: {{reps: 2{own}}}", head=head), choices)
        assert isinstance(ready, GetReady)
        assert ready.performance.count == counted


_KNEEL = Left(Words("Kneel"), ("knee",))


class TestWhoIsListening:
    """What does not suit is swapped or left out, and the opening says so."""

    shelf = {  # noqa: RUF012 (the exercises of this class, never changed)
        "kneel": "{name: Kneel, dose: 5s, avoid: [knee]}",
        "plank": "{name: Plank, dose: 40s, avoid: [knee, wrist], instead: bow}",
        "bow": "{name: Bow, dose: 2-3 x 10s}",
        "hang": "{name: Hang, dose: 10s, needs: [bar]}",
    }
    choices = Choices(safety=False, avoid=frozenset({"knee"}), without=frozenset({"bar"}))

    def test_it_opens_with_what_is_left_out_and_swapped_each_once(self) -> None:
        steps = """
            - fold
            - section: A
              rounds: 3
              steps: [kneel, plank, rest: 5s, hang, kneel, lift]
        """
        once = ["ready bow", "work bow 1", "rest 10000 2", "work bow 2", "ready lift", "work lift 1"]
        sections = [[f"section A {turn}/3", *once] for turn in (1, 2, 3)]
        assert told(steps, shelf=self.shelf, choices=self.choices) == [
            "open", "ready fold", "work fold 1", *sections[0], *sections[1], *sections[2]
        ]  # fmt: skip
        assert plan(read(steps, shelf=self.shelf), self.choices)[0] == Open(
            None,
            safety=False,
            left_out=(_KNEEL, Left(Words("Hang"), ("bar",))),
            swapped=(Swapped(Words("Plank"), Words("Bow"), ("knee",)),),
        )

    def test_what_is_done_instead_is_announced_at_its_own_dose(self) -> None:
        routine = read("- plank: 3 x 1m", shelf=self.shelf)
        found = [list(doses(plan(routine, replace(self.choices, dose=dose)))) for dose in (0, 50)]
        assert found == [["2 x 10s, rest 10s"], ["3 x 10s, rest 10s"]]

    def test_the_rest_before_what_is_left_out_goes_and_the_one_after_announces_the_next(self) -> None:
        steps = "- fold\n- rest: 5s\n- kneel\n- rest: 6s\n- lift"
        assert told(steps, shelf=self.shelf, choices=self.choices) == [
            "open", "ready fold", "work fold 1", "ready lift after 6000", "work lift 1"
        ]  # fmt: skip

    def test_nothing_is_said_where_everything_suits(self) -> None:
        assert told("- fold", choices=self.choices) == ["ready fold", "work fold 1"]

    @pytest.mark.parametrize("steps", ["- kneel", "- say: Hello.\n- kneel\n- section: A\n  steps: [hang]"])
    def test_a_routine_of_which_nothing_is_left_is_refused(self, steps: str) -> None:
        routine = read(steps, shelf=self.shelf)
        reasons = "knee, bar" if "hang" in steps else "knee"
        for ask in (plan, planned_ms, distinct_doses):
            with pytest.raises(RequestError, match=rf"every exercise of 'Test' is left out \({reasons}\)"):
                ask(routine, self.choices)

    def test_a_routine_that_has_no_exercise_leaves_nothing_out(self) -> None:
        assert told("- say: Hello.", choices=self.choices) == ["say"]


class TestSpeed:
    """How fast rests and pauses go by."""

    SCRIPT = "- rest: 10s\n- say: Hello.\n- fold: 2 x 30s, rest 10s\n- rest: 5s\n- lift: 2 reps\n- pause: 3s\n- wait: Go?"

    def test_it_divides_rests_pauses_and_the_pause_of_waiting(self) -> None:
        actions = plan(read(self.SCRIPT), replace(QUIET, speed=80))
        lengths = [action.ms for action in actions if isinstance(action, Rest | Pause)]
        lengths += [action.pause_ms for action in actions if isinstance(action, Wait)]
        lengths += [action.performance.rest_ms for action in actions if isinstance(action, RestBetween)]
        joined = [action.rest.ms for action in actions if isinstance(action, GetReady) and action.rest]
        assert (lengths, joined) == ([12_500, 3_750, 12_500, 12_500], [6_250])

    def test_it_changes_no_work(self) -> None:
        performances = [
            {
                action.performance.set_ms
                for action in plan(read(self.SCRIPT), replace(QUIET, speed=speed))
                if isinstance(action, Work)
            }
            for speed in (80, 100, 125)
        ]
        assert performances == [{30_000, 12_000}] * 3

    def test_a_length_is_rounded_to_whole_ms_half_up(self) -> None:
        """1 s at 120 % is 833 1/3 ms, 0.999 s at 111 % is 900 ms, 0.501 s at 80 % 626.25."""
        found = [
            plan(read(f"- pause: {written}"), replace(QUIET, speed=speed))
            for written, speed in (("1s", 120), ("0.999s", 111), ("0.501s", 80), ("0.125s", 80), ("1s", 99))
        ]
        assert found == [(Pause(833),), (Pause(900),), (Pause(626),), (Pause(156),), (Pause(1_010),)]

    def test_a_rest_of_nothing_stays_nothing(self) -> None:
        assert plan(read("- rest: 0s\n- say: Hello."), replace(QUIET, speed=80))[0] == Rest(0)


class TestOnly:
    """One exercise of the routine."""

    SCRIPT = """
        - say: Hello.
        - fold
        - rest: 20s
        - section: A
          rounds: 2
          steps:
            - say: Down.
            - lift: 1 rep
            - pause: 3s
            - section: B
              steps: [fold: 5s, sound: bell]
        - wait: Press space.
        - section: C
          steps: [lift: 2 reps]
    """

    def only(self, exercise: str, *, head: str = "", **listener: Any) -> list[str]:
        choices = Choices(**{"safety": False, "only": exercise, **listener})
        return told(self.SCRIPT, head=head, choices=choices)

    def test_its_steps_are_done_in_their_sections_and_nothing_else(self) -> None:
        turn = ["section B 1/1", "ready fold", "work fold 1"]
        assert self.only("fold") == [
            "ready fold", "work fold 1", "section A 1/2", *turn, "section A 2/2", *turn
        ]  # fmt: skip

    def test_the_opening_and_the_closing_are_left_out_and_the_safety_rules_stay(self) -> None:
        head = "opening: Welcome.\nclosing: Goodbye.\n"
        assert "close" not in self.only("lift", head=head)
        assert plan(read(self.SCRIPT, head=head), Choices(only="lift"))[0] == Open(None, safety=True)

    def test_what_else_is_left_out_is_not_told(self) -> None:
        shelf = {"fold": "{name: Fold, dose: 5s, avoid: [knee]}"}
        choices = Choices(safety=False, avoid=frozenset({"knee"}), only="lift")
        assert told("- fold\n- lift: 1 rep", shelf=shelf, choices=choices) == ["ready lift", "work lift 1"]

    def test_what_stands_in_for_it_is_done(self) -> None:
        shelf = {"fold": "{name: Fold, dose: 5s, avoid: [knee], instead: lift}"}
        choices = Choices(safety=False, avoid=frozenset({"knee"}), only="fold")
        assert told("- fold\n- lift: 1 rep", shelf=shelf, choices=choices) == [
            "open", "ready lift", "work lift 1"
        ]  # fmt: skip

    def test_one_that_does_not_suit_is_refused(self) -> None:
        shelf = {"fold": "{name: Fold, dose: 5s, avoid: [knee]}"}
        choices = Choices(avoid=frozenset({"knee"}), only="fold")
        with pytest.raises(RequestError, match=r"every exercise of 'Test' is left out \(knee\)"):
            plan(read("- fold\n- lift: 1 rep", shelf=shelf), choices)


def ahead(steps: str, *, head: str = "", shelf: dict[str, str] | None = None, choices: Choices) -> list[str]:
    """Each action with the time that is left from its start in s, and the exercise that comes next."""
    actions = plan(read(steps, head=head, shelf=shelf), choices)
    found = []
    for action, (left_ms, following) in zip(actions, outlook(actions, choices), strict=True):
        found.append(f"{_told(action)}: {left_ms / 1_000:g}, {following.text if following else 'the end'}")
    return found


class TestOutlook:
    """What lies ahead: the time without spoken words, and the exercise that is announced next."""

    def test_time_left_is_counted_from_the_start_of_each_action(self) -> None:
        steps = """
            - say: Hello.
            - fold: 2 x 30s, rest 10s
            - pause: 3s
            - rest: 20s
            - lift: 3 reps @ 2-1-3
            - rest: 4s
        """
        assert ahead(steps, head="opening: Welcome.\nclosing: Goodbye.\n", choices=Choices()) == [
            "open: 120, Fold",
            "say: 120, Fold",
            "ready fold: 120, Lift",
            "work fold 1: 115, Lift",
            "rest 10000 2: 85, Lift",
            "work fold 2: 75, Lift",
            "pause: 45, Lift",
            "ready lift after 20000: 42, the end",
            "work lift 1: 22, the end",
            "rest: 4, the end",
            "close: 0, the end",
        ]

    def test_a_rest_joined_to_an_exercise_counts_once_and_for_no_less_than_getting_ready(self) -> None:
        choices = replace(QUIET, get_ready_ms=5_000)
        assert ahead("- rest: 20s\n- fold: 1s\n- rest: 2s\n- lean: 1s left", choices=choices) == [
            "ready fold after 20000: 27, Lean",
            "work fold 1: 7, Lean",
            "ready lean left after 2000: 6, the end",
            "work lean left 1: 1, the end",
        ]

    def test_a_change_of_sides_lasts_as_long_as_it_is_chosen_or_the_exercise_needs(self) -> None:
        shelf = {"turn": "{name: Turn, dose: 1s, side: 'to the {side}', change: 12s}"}
        choices = replace(QUIET, switch_ms=4_000, get_ready_ms=0)
        assert ahead("- lean: 1s\n- turn", shelf=shelf, choices=choices) == [
            "ready lean left: 20, Turn",
            "work lean left 1: 20, Turn",
            "switch right 1: 19, Turn",
            "work lean right 1: 15, Turn",
            "ready turn left: 14, the end",
            "work turn left 1: 14, the end",
            "switch right 1: 13, the end",
            "work turn right 1: 1, the end",
        ]

    def test_between_alternating_pairs_there_is_time_to_change_sides(self) -> None:
        choices = replace(QUIET, switch_ms=4_000, get_ready_ms=0)
        assert ahead("- lean: 2 x 1s alternating, rest 3s", choices=choices) == [
            "ready lean left: 16, the end",
            "work lean left 1: 16, the end",
            "switch right 1: 15, the end",
            "work lean right 1: 11, the end",
            "rest 3000 left 2: 10, the end",
            "work lean left 2: 6, the end",
            "switch right 2: 5, the end",
            "work lean right 2: 1, the end",
        ]

    def test_between_sets_of_one_side_there_is_nothing_to_change(self) -> None:
        choices = replace(QUIET, switch_ms=4_000, get_ready_ms=0)
        assert ahead("- lean: 2 x 1s left, rest 3s", choices=choices) == [
            "ready lean left: 5, the end",
            "work lean left 1: 5, the end",
            "rest 3000 left 2: 4, the end",
            "work lean left 2: 1, the end",
        ]

    def test_it_looks_past_what_is_left_out_and_names_what_is_done_instead(self) -> None:
        shelf = TestWhoIsListening.shelf
        choices = replace(TestWhoIsListening.choices, get_ready_ms=0)
        assert ahead("- fold: 1s\n- kneel\n- plank", shelf=shelf, choices=choices) == [
            "open: 31, Fold",
            "ready fold: 31, Bow",
            "work fold 1: 31, Bow",
            "ready bow: 30, the end",
            "work bow 1: 30, the end",
            "rest 10000 2: 20, the end",
            "work bow 2: 10, the end",
        ]

    def test_a_session_lasts_what_is_left_at_its_start(self) -> None:
        routine = read("- rest: 20s\n- lean: 2-3 x 5s\n- say: Hello.\n- pause: 3s")
        choices = Choices(dose=100)
        assert planned_ms(routine, choices) == outlook(plan(routine, choices), choices)[0].left_ms == 98_000


def _ranges(low: int, high: int, unit: int) -> st.SearchStrategy[Range]:
    ends = st.integers(low, high).map(lambda value: value * unit)
    return st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair)))


@st.composite
def exercise_steps(draw: st.DrawFn) -> ExerciseStep:
    """An exercise at any settled dose."""
    work: Hold | Reps | Breaths = draw(
        st.one_of(_ranges(1, 300, 100).map(Hold), _ranges(1, 12, 1).map(Reps), _ranges(1, 8, 1).map(Breaths))
    )
    dose = Dose(
        work, draw(_ranges(1, 4, 1)), draw(st.sampled_from((None, *SIDES))), rest=draw(_ranges(0, 150, 100))
    )
    if isinstance(dose.work, Reps):
        dose = replace(dose, tempo=(2_000, 1_000, 500), hold=draw(st.none() | _ranges(1, 8, 500)))
    exercise = Exercise(
        draw(st.sampled_from("abc")),
        Words("Any"),
        dose,
        phases=("up", "hold", "down"),
        breath=draw(st.sampled_from(((5_000,), (2_000, 3_000)))),
        release=draw(st.sampled_from((None, Words("Stop.")))),
        change_ms=draw(st.sampled_from((0, 12_000))),
    )
    return ExerciseStep(exercise, dose, talk=draw(st.sampled_from((None, "full", "tones"))))


steps: st.SearchStrategy[Step] = st.recursive(
    st.one_of(
        exercise_steps(),
        exercise_steps(),
        st.sampled_from((Rest(4_000), Rest(20_000), Pause(3_000), Wait(Words("Go?")), Say(Words("Hello.")))),
    ),
    lambda inner: st.builds(
        lambda rounds, steps: Section(Words("Part"), rounds, tuple(steps)),
        st.integers(1, 3),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=4,
)
routines = st.lists(steps, min_size=1, max_size=3).map(lambda found: Routine("Any", tuple(found)))
choices = st.builds(
    Choices,
    switch_ms=st.sampled_from((0, 5_000)),
    get_ready_ms=st.sampled_from((0, 5_000)),
    talk=st.sampled_from((None, "brief", "tones")),
)


class TestLaws:
    """What holds for every routine and every choice."""

    @given(routines, choices)
    def test_planned_time_never_falls_as_the_dose_rises(self, routine: Routine, choices: Choices) -> None:
        planned = [planned_ms(routine, replace(choices, dose=dose)) for dose in range(0, 101, 5)]
        assert all(lower <= higher for lower, higher in pairwise(planned))

    @given(routines, choices, st.integers(0, 100))
    def test_planned_time_never_rises_with_the_speed_and_no_work_changes(
        self, routine: Routine, choices: Choices, dose: int
    ) -> None:
        wanted = [replace(choices, dose=dose, speed=speed) for speed in (80, 81, 99, 100, 101, 124, 125)]
        planned = [planned_ms(routine, one) for one in wanted]
        assert all(slower >= faster for slower, faster in pairwise(planned))
        works = [[one for one in plan(routine, each) if isinstance(one, Work)] for each in wanted]
        lengths = [[one.performance.set_ms for one in each] for each in works]
        assert all(each == lengths[0] for each in lengths)

    @settings(max_examples=50)
    @given(routines, choices)
    def test_the_distinct_doses_are_those_at_which_the_plan_changes(
        self, routine: Routine, choices: Choices
    ) -> None:
        plans = [plan(routine, replace(choices, dose=dose)) for dose in range(101)]
        changes = [dose for dose in range(1, 101) if plans[dose] != plans[dose - 1]]
        assert distinct_doses(routine, choices) == (0, *changes)

    @given(routines, choices, st.integers(0, 100))
    def test_the_time_left_falls_to_nothing(self, routine: Routine, choices: Choices, dose: int) -> None:
        wanted = replace(choices, dose=dose)
        actions = plan(routine, wanted)
        left = [ahead.left_ms for ahead in outlook(actions, wanted)]
        assert all(earlier >= later for earlier, later in pairwise((*left, 0)))
        assert (left or [0])[0] == planned_ms(routine, wanted)

    @given(routines, choices)
    def test_every_set_is_got_ready_for(self, routine: Routine, choices: Choices) -> None:
        """Before the first set of a performance it is announced on the side that begins; before a change, the other."""
        standing: tuple[int, str | None] | None = None
        for action in plan(routine, choices):
            match action:
                case GetReady(performance, side) | Switch(performance, side):
                    standing = (performance.number, side)
                case RestBetween(performance, side) if performance.alternating:
                    standing = (performance.number, side)
                case Work(performance, side):
                    assert standing == (performance.number, side)
