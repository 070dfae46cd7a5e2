"""The exercises and routines that come with the program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voiceguide.audio.clip import length_ms
from voiceguide.audio.sounds import load_sound
from voiceguide.compile import draft
from voiceguide.dose import Dose, Hold, Reps, format_dose
from voiceguide.files import DiskLibrary, Folders, read_include, read_text, user_folders
from voiceguide.model import ExerciseStep, Section, Words
from voiceguide.plan import Choices
from voiceguide.script.exercises import read_exercise_file
from voiceguide.script.routine import read_routine
from voiceguide.speech.engine import choose_voice
from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine
from voiceguide.speech.speaker import Speaker
from voiceguide.timeline import Sound, Source, Speech, Timeline, Voice
from voiceguide.units import Range, exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Problem
    from voiceguide.model import Exercise, Routine, Step

IDS = (
    "knees-to-chest", "press-up", "press-up-hold", "piriformis-pull", "knee-drop", "leg-drop",
    "hip-flexor-lunge", "downward-dog", "high-lunge", "warrior-one", "childs-pose", "pelvic-tilt",
    "wall-sit-tall", "side-lying-rest", "neck-side-tilt", "neck-nod", "bar-hang", "bar-lean-back", "bird-dog",
    "ball-core", "bridge", "back-stretcher",
)  # fmt: skip
ROUTINES = {
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
RATE = 150
VOICE = Voice(DEFAULT_ENGINE, "en", RATE)


def folders() -> Folders:
    """What is shipped, and nothing of the user's."""
    nowhere = Path("no-such-folder")
    shipped = user_folders()
    return Folders(nowhere, nowhere, nowhere, shipped.routines, shipped.exercises, shipped.sounds)


LIBRARY = DiskLibrary(folders())


@cache
def exercise(name: str) -> Exercise:
    found, problems = read_exercise_file(LIBRARY.read(name), name)
    if found is None:
        raise ValueError(problems)
    return found


def routine(name: str) -> tuple[Routine, tuple[Problem, ...]]:
    found, problems = read_routine(read_text(folders().routines / f"{name}.yaml"), LIBRARY, read_include)
    if found is None:
        raise ValueError(problems)
    return found, problems


def used(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Section):
            yield from used(step.steps)
        elif isinstance(step, ExerciseStep):
            yield step.exercise.id


def words_of(found: Exercise) -> Iterator[str]:
    """Everything that is said of an exercise."""
    yield found.name
    several: tuple[Words | None, ...] = (*found.setup, *found.cues, found.side, found.release, found.caution)
    yield from (words.text for words in several if words)
    yield from found.phases


def words_of_routine(name: str) -> Iterator[str]:
    found, _ = routine(name)
    for block in draft(found, Choices()).sources:
        if isinstance(block, Speech):
            yield block.text


def test_every_exercise_of_the_article_is_on_the_shelf_and_no_other() -> None:
    assert set(LIBRARY.exercises) == set(IDS)


def test_every_routine_is_there() -> None:
    assert {path.stem for path in folders().routines.glob("*.yaml")} == set(ROUTINES)


def test_every_exercise_is_used_by_a_routine() -> None:
    assert {one for name in ROUTINES for one in used(routine(name)[0].steps)} == set(IDS)


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_has_the_exercises_it_is_for(name: str) -> None:
    assert set(used(routine(name)[0].steps)) == ROUTINES[name]


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
    def steps(found: tuple[Step, ...]) -> Iterator[ExerciseStep]:
        for step in found:
            if isinstance(step, Section):
                yield from steps(step.steps)
            elif isinstance(step, ExerciseStep):
                yield step

    binding = {"knees-to-chest", "press-up", "press-up-hold", "neck-nod", "leg-drop"}
    for step in steps(routine(name)[0].steps):
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


def heard(text: str) -> list[str]:
    """What in a text cannot be followed with closed eyes, or is spoken badly."""
    looks = re.findall(
        r"\b(?:as shown|see|shown|picture|image|video|figure|below|above:)\b", text, re.IGNORECASE
    )
    return looks + re.findall(r"[0-9();:/&%×]|\[|\]| - |\be\.g\.|\bi\.e\.|\bsec\b|\breps?\b/", text)


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


@pytest.fixture(scope="session")
def speaker() -> Iterator[Speaker]:
    engine = open_engine(DEFAULT_ENGINE)
    yield Speaker(engine, choose_voice(engine, None, "en"), engine.default_rate, cache=None)
    engine.close()


def spoken(name: str, speaker: Speaker) -> tuple[Timeline, tuple[Problem, ...]]:
    """A routine compiled with the default voice."""
    session = draft(routine(name)[0], Choices())
    texts = [source.text for source in session.sources if isinstance(source, Speech)]
    lengths: dict[Source, int] = {Speech(text): ms for text, ms in speaker.lengths(texts).items()}
    for source in session.sources:
        if isinstance(source, Sound):
            lengths[source] = length_ms(load_sound(LIBRARY.sound_files[source.name]))
    return session.timeline(lengths, VOICE)


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_fits_the_default_voice_without_a_warning(name: str, speaker: Speaker) -> None:
    _, warnings = spoken(name, speaker)
    assert [warning.message for warning in warnings] == []


def test_evening_lasts_eight_to_twelve_minutes(speaker: Speaker) -> None:
    timeline, _ = spoken("evening", speaker)
    assert 8 * 60_000 <= timeline.duration_ms <= 12 * 60_000


@pytest.mark.parametrize("name", ROUTINES)
def test_a_session_is_short(name: str, speaker: Speaker) -> None:
    timeline, _ = spoken(name, speaker)
    assert timeline.duration_ms <= 15 * 60_000


def test_evening_is_done_on_the_floor() -> None:
    found, _ = routine("evening")
    assert {exercise(name).position for name in used(found.steps)} <= {"on-back", "side", "kneeling"}


def test_the_neck_is_reset_without_lying_down() -> None:
    found, _ = routine("neck-reset")
    assert {exercise(name).position for name in used(found.steps)} == {"sitting"}
