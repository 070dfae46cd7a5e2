"""What is done in the place of an exercise: the chain of `instead`, each at its own dose."""

from __future__ import annotations

from tests.script.support import Shelf, read, routine_of
from voiceguide.cli.problems import format_problem
from voiceguide.dose import Dose, Hold
from voiceguide.model import ExerciseStep
from voiceguide.units import exactly

CHAIN = Shelf(
    {
        "lunge": "{name: {en: Lunge, de: Ausfallschritt}, dose: 10s, instead: kneel}",
        "kneel": "{name: {en: Kneel, de: Knien}, dose: 20s, instead: lie}",
        "lie": "{name: Lie, dose: 30s}",
    }
)


def step_of(script: str, *, library: Shelf = CHAIN) -> ExerciseStep:
    (step,) = routine_of(script, library=library).steps
    assert isinstance(step, ExerciseStep)
    return step


def test_the_alternatives_of_a_step_are_its_whole_chain_each_at_its_own_dose() -> None:
    step = step_of("title: T\nsteps: [{lunge: 2 x 5s}]\n")
    assert [(one.exercise.id, one.dose) for one in step.alternatives] == [
        ("kneel", Dose(Hold(exactly(20_000)), rest=exactly(10_000))),
        ("lie", Dose(Hold(exactly(30_000)), rest=exactly(10_000))),
    ]
    assert all(one.alternatives == () for one in step.alternatives)


def test_an_alternative_is_talked_through_and_counted_as_the_step_says_and_keeps_its_own_cues() -> None:
    step = step_of(
        "title: T\nsteps: [{lunge: {talk: brief, count: down, cues: [Now., {at: 1s, text: X.}]}}]\n"
    )
    for one in step.alternatives:
        assert (one.talk, one.count, one.cues, one.timed, one.place) == ("brief", "down", (), (), step.place)


def test_an_exercise_without_one_has_no_alternatives() -> None:
    assert step_of("title: T\nsteps: [lie]\n").alternatives == ()


def test_one_of_the_scripts_own_may_stand_in_and_is_used_then() -> None:
    step = step_of(
        "title: T\nsteps: [own]\nexercises:\n"
        "  own: {name: Own, dose: 5s, instead: other}\n  other: {name: Other, dose: 6s, instead: lie}\n"
    )
    assert [one.exercise.id for one in step.alternatives] == ["other", "lie"]


def test_the_scripts_own_goes_before_the_librarys() -> None:
    step = step_of("title: T\nsteps: [lunge]\nexercises:\n  kneel: {name: Mine, dose: 5s}\n")
    assert [one.exercise.name.text for one in step.alternatives] == ["Mine"]


def test_an_alternative_that_is_not_in_the_language_is_told_where_it_is_named() -> None:
    _, (found,) = read("title: T\nsteps: [kneel, lunge]\n", library=CHAIN, language="de")
    assert format_problem(found) == (
        "shelf/kneel.yaml:1:52: error: the exercise 'lie' has no words in German (de)\n"
        "   1 | {name: {en: Kneel, de: Knien}, dose: 20s, instead: lie}\n"
        "     |                                                    ^^^\n"
        "   hint: it is in English (en); shelf/lie.yaml:1 is not"
    )


def test_an_alternative_whose_words_its_own_dose_does_not_meet() -> None:
    library = Shelf(CHAIN.files | {"lie": "{name: Lie, dose: 3 reps, release: 'That was {hold}.'}"})
    _, problems = read("title: T\nsteps: [lunge, kneel]\n", library=library)
    assert [found.message for found in problems] == [
        "{hold} means nothing here: the dose of 'lie' has no hold"
    ]


def test_one_that_cannot_be_read_is_told_once() -> None:
    library = Shelf(CHAIN.files | {"lie": "{name: Lie, dose: 3}"})
    _, problems = read("title: T\nsteps: [lunge, kneel, lie]\n", library=library)
    assert [found.kind for found in problems] == ["work-without-unit"]


def test_an_exercise_cannot_stand_in_for_itself() -> None:
    _, problems = read("title: T\nsteps: [own]\nexercises:\n  own: {name: Own, dose: 5s, instead: own}\n")
    assert [found.message for found in problems] == ["'own' comes round to itself"]


def test_a_circle_further_on_is_told_once() -> None:
    script = "title: T\nsteps: [a, a]\nexercises:\n"
    script += "".join(
        f"  {one}: {{name: X, dose: 5s, instead: {next_}}}\n" for one, next_ in ("ab", "bc", "cb")
    )
    _, problems = read(script)
    assert [(found.message, found.place and found.place.line) for found in problems] == [
        ("'b' comes round to itself", 6)
    ]
