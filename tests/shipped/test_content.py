"""The exercises and routines that come with the program, in English: they are the article's, and made to be heard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.shipped.support import (
    IDS,
    LIBRARY,
    ROUTINES,
    exercise,
    routine,
    unspeakable,
    used,
    words_of,
    words_of_routine,
)
from voiceguide.dose import Dose, Hold, Reps, format_dose
from voiceguide.suitable import exercise_steps
from voiceguide.units import Range, exactly

if TYPE_CHECKING:
    from voiceguide.model import Words

ARTICLE = (
    "knees-to-chest", "press-up", "press-up-hold", "piriformis-pull", "knee-drop", "leg-drop",
    "hip-flexor-lunge", "downward-dog", "high-lunge", "warrior-one", "childs-pose", "pelvic-tilt",
    "wall-sit-tall", "side-lying-rest", "neck-side-tilt", "neck-nod", "bar-hang", "bar-lean-back", "bird-dog",
    "ball-core", "bridge", "back-stretcher",
)  # fmt: skip
PURPOSES = {
    "evening": {"knees-to-chest", "knee-drop", "piriformis-pull", "leg-drop", "childs-pose", "side-lying-rest"},
    "morning": {
        "pelvic-tilt", "knees-to-chest", "knee-drop", "wall-sit-tall", "neck-side-tilt", "downward-dog", "childs-pose",
    },
    "after-run": {
        "hip-flexor-lunge", "piriformis-pull", "downward-dog", "high-lunge", "warrior-one", "knees-to-chest",
    },
    "back-strength": {"pelvic-tilt", "bridge", "bird-dog", "press-up", "press-up-hold", "childs-pose"},
    "neck-reset": {"neck-side-tilt", "neck-nod"},
    "equipment": {"bar-hang", "bar-lean-back", "ball-core", "back-stretcher"},
}  # fmt: skip
SIDED = {
    "piriformis-pull", "knee-drop", "leg-drop", "hip-flexor-lunge", "high-lunge", "warrior-one", "side-lying-rest",
    "neck-side-tilt", "bird-dog", "ball-core",
}  # fmt: skip
POSITIONS = {
    "on-back": {
        "knees-to-chest", "piriformis-pull", "knee-drop", "leg-drop", "pelvic-tilt", "bridge", "back-stretcher",
    },
    "face-down": {"press-up", "press-up-hold"},
    "kneeling": {"hip-flexor-lunge", "childs-pose", "bar-lean-back"},
    "standing": {"high-lunge", "warrior-one"},
    "sitting": {"wall-sit-tall", "neck-side-tilt", "neck-nod", "ball-core"},
    "hands-and-knees": {"downward-dog", "bird-dog"},
    "side": {"side-lying-rest"},
    "hanging": {"bar-hang"},
}  # fmt: skip
CAUTIONS = {
    "knees-to-chest": "pull gently",
    "press-up": "little weight on your arms and elbows.*only as far as your stomach muscles control",
    "press-up-hold": "little weight on your arms and elbows.*only as far as your stomach muscles control",
    "knee-drop": "as far as is comfortable",
    "leg-drop": "comfortable.*knees need not touch",
    "hip-flexor-lunge": "support within reach",
    "downward-dog": "legs need not be straight.*heels need not touch",
    "high-lunge": "support within reach",
    "warrior-one": "support within reach",
    "pelvic-tilt": "learn it slowly",
    "wall-sit-tall": "knees may bend",
    "side-lying-rest": "support your neck",
    "neck-side-tilt": "gently",
    "neck-nod": "gently",
    "bar-hang": "need a bar",
    "bar-lean-back": "need a bar",
    "bird-dog": "not up or ahead",
    "ball-core": "need a firm ball",
    "back-stretcher": "read the guide.*fasten its strap.*floor and up again may be hard",
}
AVOID = {
    "knees-to-chest": {"pregnancy", "osteoporosis", "hip-replacement"},
    "press-up": {"pregnancy", "stenosis", "wrist"},
    "press-up-hold": {"pregnancy", "stenosis", "wrist"},
    "knee-drop": {"disc", "hip-replacement"},
    "hip-flexor-lunge": {"knee"},
    "downward-dog": {"wrist", "dizziness"},
    "neck-side-tilt": {"neck"},
    "neck-nod": {"neck"},
    "bar-hang": {"shoulder"},
    "back-stretcher": {"osteoporosis"},
}
NEEDS = {
    "bar-hang": "bar",
    "bar-lean-back": "bar",
    "ball-core": "ball",
    "back-stretcher": "stretcher",
    "wall-sit-tall": "wall",
}


def test_every_exercise_of_the_article_is_on_the_shelf_and_no_other() -> None:
    assert set(LIBRARY.exercises) == set(ARTICLE)


def test_every_routine_is_there() -> None:
    assert set(ROUTINES) == set(PURPOSES)


def test_every_exercise_is_used_by_a_routine() -> None:
    assert {one for name in ROUTINES for one in used(routine(name)[0])} == set(ARTICLE)


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_has_the_exercises_it_is_for(name: str) -> None:
    assert set(used(routine(name)[0])) == PURPOSES[name]


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_has_no_problems_and_says_what_it_is_for(name: str) -> None:
    found, problems = routine(name)
    assert problems == ()
    assert found.summary
    assert found.opening
    assert found.closing


DOSES = {
    "knees-to-chest": Dose(Hold(exactly(30_000)), sets=Range(2, 3)),
    "press-up-hold": Dose(Hold(exactly(10_000))),
}


@pytest.mark.parametrize("name", DOSES)
def test_the_articles_holds_are_kept(name: str) -> None:
    dose = exercise(name).dose
    assert (dose.work, dose.sets) == (DOSES[name].work, DOSES[name].sets)


def test_a_press_up_pauses_one_to_two_seconds() -> None:
    dose = exercise("press-up").dose
    assert isinstance(dose.work, Reps)
    assert dose.hold == Range(1_000, 2_000)


def test_the_leg_is_dropped_at_least_five_times() -> None:
    work = exercise("leg-drop").dose.work
    assert isinstance(work, Reps)
    assert work.count.low == 5


def test_a_nod_is_held_five_seconds() -> None:
    assert exercise("neck-nod").dose.hold == exactly(5_000)


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_keeps_the_doses_of_the_shelf_where_the_article_gives_them(name: str) -> None:
    binding = {"knees-to-chest", "press-up", "press-up-hold", "neck-nod", "leg-drop"}
    for step in exercise_steps(routine(name)[0].steps):
        if step.exercise.id in binding:
            assert format_dose(step.dose) == format_dose(exercise(step.exercise.id).dose)


@pytest.mark.parametrize("name", IDS)
def test_an_exercise_says_where_its_dose_comes_from(name: str) -> None:
    source = exercise(name).source
    assert source == "article" or re.match("convention: .*article", source)


def test_what_the_article_gives_no_dose_for_is_called_a_convention() -> None:
    by_the_article = {name for name in IDS if exercise(name).source == "article"}
    assert by_the_article == {"knees-to-chest", "press-up-hold"}
    partly = {"press-up", "leg-drop", "neck-nod"}
    assert {name for name in IDS if exercise(name).source.endswith("is the article's")} == partly


def test_the_exercises_of_two_sides_are_sided() -> None:
    assert {name for name in IDS if exercise(name).side} == SIDED


@pytest.mark.parametrize("name", sorted(SIDED))
def test_a_sided_exercise_says_its_side_in_its_own_words_and_does_both(name: str) -> None:
    found = exercise(name)
    assert found.side
    assert "{side}" in found.side.text
    assert found.dose.sides in ("each side", "alternating")


@pytest.mark.parametrize("name", IDS)
def test_directions_are_never_fixed_to_the_left_or_right(name: str) -> None:
    assert not [
        text for text in words_of(exercise(name)) if re.search(r"\b(left|right)\b", text, re.IGNORECASE)
    ]


def test_positions_are_those_of_the_article() -> None:
    for position, names in POSITIONS.items():
        assert {name for name in IDS if exercise(name).position == position} == names


@pytest.mark.parametrize("name", IDS)
def test_an_exercise_has_setup_reminders_a_release_and_a_purpose(name: str) -> None:
    found = exercise(name)
    assert found.setup
    assert found.cues
    assert found.release
    assert found.purpose
    assert found.avoid


LOOKS = re.compile(r"\b(?:as shown|see|shown|picture|image|video|figure|below|above:)\b", re.IGNORECASE)


def heard(text: str) -> list[str]:
    """What in a text cannot be followed with closed eyes, or is spoken badly."""
    return LOOKS.findall(text) + unspeakable(re.sub(r"\{\w+\}", "", text))


@pytest.mark.parametrize("name", IDS)
def test_the_words_of_an_exercise_are_made_to_be_heard(name: str) -> None:
    assert [text for text in words_of(exercise(name)) if heard(text)] == []


@pytest.mark.parametrize("name", IDS)
def test_the_sentences_of_an_exercise_are_short(name: str) -> None:
    sentences = [one for text in words_of(exercise(name)) for one in re.split(r"(?<=[.!?])\s", text)]
    assert max(len(sentence.split()) for sentence in sentences) <= 22


@pytest.mark.parametrize("name", IDS)
def test_the_sentences_of_an_exercise_end_with_a_stop(name: str) -> None:
    found = exercise(name)
    sentences: tuple[Words | None, ...] = (*found.setup, *found.cues, found.release, found.caution)
    assert [words.text for words in sentences if words and not words.text.endswith(".")] == []


@pytest.mark.parametrize("name", ROUTINES)
def test_everything_said_in_a_routine_is_in_words_without_a_brace_left(name: str) -> None:
    assert [text for text in words_of_routine(name) if re.search(r"[0-9(){};×]|as shown|picture", text)] == []


def test_cautions_of_the_article_are_voiced() -> None:
    for name, pattern in CAUTIONS.items():
        caution = exercise(name).caution
        assert caution
        # What must be done before the start, such as fastening a strap, stands in the setup.
        words = " ".join(said.text for said in (*exercise(name).setup, caution))
        assert re.search(pattern, words, re.IGNORECASE), name


@pytest.mark.parametrize("name", AVOID)
def test_an_exercise_names_the_conditions_that_speak_against_it(name: str) -> None:
    assert AVOID[name] <= set(exercise(name).avoid)


def test_an_exercise_names_the_equipment_it_needs() -> None:
    assert {name: kind for name, kind in NEEDS.items() if kind not in exercise(name).needs} == {}
    needless = set(IDS) - NEEDS.keys()
    assert {one for name in needless for one in exercise(name).needs} == {"support"}


def test_evening_is_done_on_the_floor() -> None:
    found, _ = routine("evening")
    assert {exercise(name).position for name in used(found)} <= {"on-back", "side", "kneeling"}


def test_the_neck_is_reset_without_lying_down() -> None:
    found, _ = routine("neck-reset")
    assert {exercise(name).position for name in used(found)} == {"sitting"}
