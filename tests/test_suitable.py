"""A listener who must avoid something, or lacks something, does the rest of a routine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compile.support import read, text
from voiceguide.dose import Dose, Hold, format_dose
from voiceguide.model import Exercise, ExerciseStep, Pause, PlaySound, Rest, Say, Section, Step, Wait, Words
from voiceguide.suitable import (
    Left,
    Suitable,
    Swapped,
    exercise_steps,
    reasons_against,
    suitable_steps,
)
from voiceguide.units import exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.model import Condition

SHELF = {
    "fold": "{name: Fold, dose: 30s}",
    "lift": "{name: Lift, dose: 30s}",
    "kneel": "{name: Kneel, dose: 20s, position: kneeling, avoid: [pregnancy, knee]}",
    "pull": "{name: Pull, dose: 20s, position: on-back, avoid: [knee]}",
    "curl": "{name: Curl, dose: 20s, position: on-back}",
    "hang": "{name: Hang, dose: 10s, position: hanging, avoid: [shoulder], needs: [bar]}",
    "plank": "{name: Plank, dose: 40s, avoid: [wrist], instead: table}",
    "table": "{name: Table, dose: 2-3 x 15s, avoid: [knee], instead: wall}",
    "wall": "{name: Wall, dose: 8 reps}",
    "crawl": "{name: Crawl, dose: 25s, avoid: [wrist], instead: wall}",
}


def suitable(steps: str, *against: str) -> Suitable:
    """What is done of these steps by someone who avoids, and does without, what is `against` them."""
    return suitable_steps(read(steps, shelf=SHELF).steps, set(against), set(against))


def done(steps: str, *against: str) -> str:
    """What is done, a line a step."""
    return "\n".join(_lines(suitable(steps, *against).steps))


def _lines(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        match step:
            case ExerciseStep():
                yield step.exercise.id
            case Section(title, rounds, inner):
                yield f"{rounds} x {title.text}:"
                yield from (f"  {line}" for line in _lines(inner))
            case Rest(ms):
                yield f"rest {ms // 1_000}"
            case Pause(ms):
                yield f"pause {ms // 1_000}"
            case Say(words) | Wait(words):
                yield words.text
            case PlaySound(name):
                yield name


class TestReasons:
    """What speaks against an exercise."""

    def exercise(self, name: str) -> Exercise:
        (step,) = exercise_steps(read(f"- {name}", shelf=SHELF).steps)
        return step.exercise

    def test_they_are_its_conditions_its_position_and_its_equipment(self) -> None:
        everything = {"shoulder", "hanging", "bar", "knee", "ball"}
        assert reasons_against(self.exercise("hang"), everything, everything) == (
            "shoulder", "hanging", "bar"
        )  # fmt: skip

    def test_they_come_in_the_order_of_the_exercise(self) -> None:
        assert reasons_against(self.exercise("kneel"), {"knee", "kneeling", "pregnancy"}, set()) == (
            "pregnancy", "knee", "kneeling"
        )  # fmt: skip

    def test_equipment_is_not_avoided_and_conditions_are_not_lacked(self) -> None:
        assert reasons_against(self.exercise("hang"), {"bar"}, {"shoulder", "hanging"}) == ()

    def test_there_are_none_against_what_carries_nothing(self) -> None:
        assert reasons_against(self.exercise("fold"), {"knee", "standing"}, {"bar"}) == ()


class TestLeftOut:
    """What does not suit and has no alternative goes."""

    @pytest.mark.parametrize("against", ["knee", "pregnancy", "kneeling"])
    def test_an_exercise_goes_for_a_condition_or_its_position(self, against: str) -> None:
        assert done("- fold\n- kneel\n- lift", against) == "fold\nlift"

    def test_an_exercise_goes_for_equipment_that_is_lacking(self) -> None:
        assert done("- fold\n- hang", "bar") == "fold"

    def test_nothing_goes_where_nothing_speaks_against_it(self) -> None:
        steps = read("- fold\n- kneel\n- hang\n- plank", shelf=SHELF).steps
        assert suitable_steps(steps, set(), set()) == Suitable(steps)
        assert suitable_steps(steps, {"disc"}, {"ball"}) == Suitable(steps)

    def test_the_name_and_the_reasons_are_told(self) -> None:
        assert suitable("- fold\n- kneel\n- hang", "kneeling", "knee", "bar").left_out == (
            Left(Words("Kneel"), ("knee", "kneeling")),
            Left(Words("Hang"), ("bar",)),
        )

    def test_each_is_told_once(self) -> None:
        steps = """
            - kneel
            - fold
            - section: Again
              rounds: 3
              steps: [fold, kneel: 5s, fold]
        """
        assert suitable(steps, "knee").left_out == (Left(Words("Kneel"), ("knee",)),)

    def test_the_rest_directly_before_it_goes_with_it(self) -> None:
        steps = "- fold\n- rest: 5s\n- kneel\n- rest: 6s\n- lift"
        assert done(steps, "knee") == "fold\nrest 6\nlift"

    def test_the_rest_after_it_stays(self) -> None:
        assert done("- kneel\n- rest: 5s\n- fold", "knee") == "rest 5\nfold"

    def test_what_is_said_and_rested_on_the_way_to_it_goes_with_it(self) -> None:
        steps = "- fold\n- say: Get up.\n- rest: 5s\n- say: Kneel down.\n- kneel\n- pause: 2s\n- sound: bell"
        assert done(steps, "knee") == "fold\npause 2\nbell"

    def test_what_leads_to_the_position_of_the_next_exercise_stays(self) -> None:
        steps = "- say: Lie back.\n- rest: 5s\n- pull\n- say: Breathe.\n- curl"
        assert done(steps, "knee") == "Lie back.\nrest 5\nBreathe.\ncurl"

    def test_the_way_to_several_left_out_in_one_position_leads_on(self) -> None:
        steps = "- say: Lie back.\n- pull\n- say: Reach up.\n- pull: 5s\n- curl"
        assert done(steps, "knee") == "Lie back.\nReach up.\ncurl"

    def test_the_way_to_one_in_another_position_between_them_does_not(self) -> None:
        steps = "- say: Lie back.\n- pull\n- say: Kneel down.\n- kneel\n- curl"
        assert done(steps, "knee") == "curl"

    def test_one_rest_leads_there(self) -> None:
        steps = "- say: Lie back.\n- rest: 5s\n- pull\n- say: Breathe.\n- rest: 6s\n- curl"
        assert done(steps, "knee") == "Lie back.\nBreathe.\nrest 6\ncurl"

    def test_the_way_to_a_section_that_goes_leads_on(self) -> None:
        steps = "- say: Lie back.\n- section: Pulls\n  steps: [pull]\n- curl"
        assert done(steps, "knee") == "Lie back.\ncurl"

    def test_what_stands_before_a_sound_or_a_pause_does_not_lead_to_it(self) -> None:
        steps = "- fold\n- say: Well done.\n- rest: 5s\n- sound: bell\n- kneel"
        assert done(steps, "knee") == "fold\nWell done.\nrest 5\nbell"

    def test_a_pause_after_it_ends_the_way_to_it(self) -> None:
        steps = "- fold\n- rest: 5s\n- kneel\n- pause: 1s\n- lift"
        assert done(steps, "knee") == "fold\npause 1\nlift"
        assert done(steps.replace("kneel", "pull").replace("lift", "curl"), "knee") == "fold\npause 1\ncurl"

    def test_waiting_for_a_key_before_it_goes_with_it(self) -> None:
        steps = "- fold\n- wait: Take your pillow.\n- kneel\n- lift"
        assert done(steps, "knee") == "fold\nlift"
        assert done(steps) == "fold\nTake your pillow.\nkneel\nlift"

    def test_what_is_said_at_the_end_stays(self) -> None:
        assert done("- fold\n- kneel\n- say: Well done.", "knee") == "fold\nWell done."

    def test_a_section_that_loses_every_exercise_goes_with_its_words_and_the_rest_before_it(self) -> None:
        steps = """
            - fold
            - rest: 5s
            - section: On the knees
              steps:
                - say: Down we go.
                - kneel
                - section: Deeper
                  steps: [kneel: 1m]
            - lift
        """
        assert done(steps, "knee") == "fold\nlift"

    def test_a_section_that_keeps_an_exercise_keeps_its_words_and_rounds(self) -> None:
        steps = """
            - rest: 5s
            - section: On the floor
              rounds: 2
              steps:
                - kneel
                - section: Deeper
                  steps: [kneel]
                - say: Breathe.
                - fold
        """
        assert done(steps, "knee") == text("""
            rest 5
            2 x On the floor:
              Breathe.
              fold
        """)

    def test_a_section_that_never_had_an_exercise_stays(self) -> None:
        steps = """
            - section: Arrive
              steps: [say: Breathe.]
            - kneel
            - fold
        """
        assert done(steps, "knee") == "1 x Arrive:\n  Breathe.\nfold"

    def test_everything_may_go(self) -> None:
        assert done("- kneel\n- rest: 5s\n- kneel", "knee") == ""


class TestSwapped:
    """What does not suit is swapped for its first alternative that does."""

    def test_the_alternative_stands_in_its_place_at_its_own_dose(self) -> None:
        found = suitable("- fold\n- rest: 5s\n- plank: 3 x 1m\n- lift", "wrist")
        assert list(_lines(found.steps)) == ["fold", "rest 5", "table", "lift"]
        doses = [format_dose(step.dose) for step in exercise_steps(found.steps)]
        assert doses == ["30s, rest 10s", "2-3 x 15s, rest 10s", "30s, rest 10s"]
        assert found.left_out == ()

    def test_what_leads_to_another_position_is_not_said_before_it(self) -> None:
        shelf = {"squat": "{name: Squat, dose: 5s, position: standing, avoid: [knee], instead: wall}"}
        steps = read("- fold\n- say: Stand up.\n- rest: 5s\n- squat", shelf=SHELF | shelf).steps
        assert list(_lines(suitable_steps(steps, {"knee"}, set()).steps)) == ["fold", "rest 5", "wall"]

    def test_what_leads_to_the_same_position_is_said_before_it(self) -> None:
        assert done("- say: Hands on the wall.\n- crawl", "wrist") == "Hands on the wall.\nwall"

    def test_both_names_and_the_reasons_are_told_once(self) -> None:
        assert suitable("- plank\n- fold\n- plank: 1m", "wrist").swapped == (
            Swapped(Words("Plank"), Words("Table"), ("wrist",)),
        )

    def test_an_alternative_that_does_not_suit_gives_way_to_its_own(self) -> None:
        assert done("- plank", "wrist", "knee") == "wall"

    def test_an_alternative_that_is_done_anyway_is_not_done_twice(self) -> None:
        assert done("- plank\n- fold\n- table", "wrist") == "wall\nfold\ntable"
        assert done("- plank\n- wall\n- table", "wrist") == "wall\ntable"

    def test_an_alternative_in_a_section_further_on_is_done_anyway(self) -> None:
        steps = """
            - plank
            - section: End
              steps: [table, wall]
        """
        assert done(steps, "wrist") == "1 x End:\n  table\n  wall"

    def test_an_alternative_stands_in_for_one_exercise_only(self) -> None:
        found = suitable("- plank\n- crawl\n- table", "wrist")
        assert list(_lines(found.steps)) == ["wall", "table"]
        assert found.left_out == (Left(Words("Crawl"), ("wrist",)),)

    def test_an_exercise_has_the_same_alternative_each_time(self) -> None:
        assert done("- crawl\n- fold\n- crawl: 1m", "wrist") == "wall\nfold\nwall"

    def test_the_alternative_talks_and_counts_as_the_step_does_and_stands_in_its_line(self) -> None:
        steps = """
            - fold
            - plank: {hold: 5s, talk: tones, count: down, cues: [Long neck.]}
        """
        (_, planned) = read(steps, shelf=SHELF).steps
        (_, step) = suitable(steps, "wrist").steps
        assert isinstance(planned, ExerciseStep)
        assert isinstance(step, ExerciseStep)
        assert (step.exercise.id, step.talk, step.count, step.cues) == ("table", "tones", "down", ())
        assert step.place == planned.place


CONDITIONS: tuple[Condition, ...] = ("knee", "wrist", "neck")
THINGS = ("bar", "ball")
DOSE = Dose(Hold(exactly(5_000)))


@dataclass(frozen=True)
class Listener:
    """Someone with a routine, and what speaks against its exercises."""

    steps: tuple[Step, ...]
    avoid: frozenset[str]
    without: frozenset[str]


@st.composite
def listeners(draw: st.DrawFn) -> Listener:
    """Anyone with a routine of exercises that carry anything and name anything in their place."""
    exercises = [
        Exercise(
            name,
            Words(name),
            DOSE,
            position=draw(st.sampled_from((None, "kneeling", "standing"))),
            avoid=tuple(draw(st.sets(st.sampled_from(CONDITIONS), max_size=2))),
            needs=tuple(draw(st.sets(st.sampled_from(THINGS), max_size=1))),
        )
        for name in "abcdefg"
    ]
    alternatives = {
        exercise.id: tuple(
            ExerciseStep(other, DOSE)
            for other in draw(st.lists(st.sampled_from(exercises), max_size=3, unique=True))
            if other is not exercise
        )
        for exercise in exercises
    }
    exercise_step = st.sampled_from(exercises).map(
        lambda exercise: ExerciseStep(exercise, DOSE, alternatives=alternatives[exercise.id])
    )
    others = st.sampled_from(
        (Rest(5_000), Rest(6_000), Say(Words("Hello.")), Wait(Words("Go?")), Pause(1_000), PlaySound("bell"))
    )
    leaf: st.SearchStrategy[Step] = st.one_of(exercise_step, exercise_step, others)
    steps: st.SearchStrategy[Step] = st.recursive(
        leaf,
        lambda inner: st.builds(
            lambda rounds, steps: Section(Words("Part"), rounds, tuple(steps)),
            st.integers(1, 3),
            st.lists(inner, min_size=1, max_size=4),
        ),
        max_leaves=6,
    )
    avoid = draw(st.frozensets(st.sampled_from((*CONDITIONS, "kneeling", "standing")), max_size=3))
    without = draw(st.frozensets(st.sampled_from(THINGS)))
    return Listener(tuple(draw(st.lists(steps, max_size=5))), avoid, without)


@given(listeners())
def test_nothing_that_is_done_carries_what_is_avoided(listener: Listener) -> None:
    found = suitable_steps(listener.steps, listener.avoid, listener.without)
    for step in exercise_steps(found.steps):
        exercise = step.exercise
        assert not listener.avoid & {*exercise.avoid, exercise.position}
        assert not listener.without & set(exercise.needs)


@given(listeners())
def test_an_alternative_is_never_what_is_done_anyway(listener: Listener) -> None:
    """Each exercise that is done either suited as it was or stands in for exactly one other."""
    found = suitable_steps(listener.steps, listener.avoid, listener.without)
    written = {
        step.exercise.name
        for step in exercise_steps(listener.steps)
        if not reasons_against(step.exercise, listener.avoid, listener.without)
    }
    stand_ins = [swap.new for swap in found.swapped]
    assert written.isdisjoint(stand_ins)
    assert len(stand_ins) == len(set(stand_ins))
    assert {step.exercise.name for step in exercise_steps(found.steps)} == written | set(stand_ins)


@given(listeners())
def test_every_exercise_is_done_or_swapped_or_left_out_and_told_once(listener: Listener) -> None:
    found = suitable_steps(listener.steps, listener.avoid, listener.without)
    unsuitable = {
        step.exercise.name
        for step in exercise_steps(listener.steps)
        if reasons_against(step.exercise, listener.avoid, listener.without)
    }
    told = [*(swap.old for swap in found.swapped), *(left.name for left in found.left_out)]
    assert sorted(name.text for name in told) == sorted(name.text for name in unsuitable)


@given(listeners())
def test_what_is_done_stays_in_its_order(listener: Listener) -> None:
    """With stand-ins taken for what they stand in for, what is done is what was written, with gaps."""
    found = suitable_steps(listener.steps, listener.avoid, listener.without)
    stood_for = {swap.new.text: swap.old.text for swap in found.swapped}
    written = iter(_flat(listener.steps))
    for line in _flat(found.steps):
        assert stood_for.get(line, line) in written


def _flat(steps: tuple[Step, ...]) -> list[str]:
    return [line.strip() for line in _lines(steps)]


@given(listeners())
def test_what_is_done_suits_as_it_is(listener: Listener) -> None:
    found = suitable_steps(listener.steps, listener.avoid, listener.without)
    assert suitable_steps(found.steps, listener.avoid, listener.without) == Suitable(found.steps)


@given(listeners())
def test_where_no_exercise_is_left_out_every_step_but_what_is_said_stays(listener: Listener) -> None:
    found = suitable_steps(listener.steps, listener.avoid, listener.without)
    if not found.left_out:
        stood_for = {swap.new.text: swap.old.text for swap in found.swapped}
        kept = [stood_for.get(line, line) for line in _flat(found.steps)]
        said = set(_said(listener.steps))
        assert [line for line in kept if line not in said] == [
            line for line in _flat(listener.steps) if line not in said
        ]


def _said(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        match step:
            case Say(words) | Wait(words):
                yield words.text
            case Section():
                yield from _said(step.steps)
            case _:
                pass
