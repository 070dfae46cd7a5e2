"""What is spoken: plain, by language, with a recording, at a time of its own; and the language that is played."""

from __future__ import annotations

import pytest

from tests.script.support import SHELF, Shelf, read, routine_of, step_of
from voiceguide.cli.problems import format_problem
from voiceguide.model import ExerciseStep, Routine, Say, Section, TimedWords, Words
from voiceguide.script.exercises import read_exercise_file
from voiceguide.script.nodes import SourceFile

BRIDGE = """\
name: {en: Bridge, de: Brücke}
for: {en: the back, de: den Rücken}
setup:
  - {en: Lie down., de: Leg dich hin.}
  - {en: "Lift your {side} leg.", de: "Heb das {side:e} Bein."}
side: {en: "{side} leg", de: "{side:es} Bein"}
dose: 5 reps hold 3s
phases: [{en: up, de: hoch}, hold, {en: down, de: runter}]
cues:
  - {en: Breathe., de: Atme.}
  - {at: 10s, text: {en: Higher., de: Höher.}}
change: {time: 6s, text: {en: Other leg., de: Anderes Bein.}}
release: {en: Rest., de: Ruh dich aus.}
caution: {en: Slowly., de: Langsam.}
"""
BOTH = Shelf(SHELF | {"bridge": BRIDGE})


def say(text: str, *, language: str | None = None) -> Words:
    """What a `say` step with this value says."""
    (step,) = routine_of(f"title: T\nsteps:\n  - say: {text}\n", language=language).steps
    assert isinstance(step, Say)
    return step.words


def lines(text: str, *, language: str | None = None, library: Shelf | None = None) -> list[str]:
    """The place and the message of each problem, with its hint after a bar."""
    _, problems = read(text, language=language, library=library)
    shown = []
    for found in problems:
        place = f"{found.place.line}:{found.place.column}: " if found.place else ""
        shown.append(f"{place}{found.message}{f' | {found.hint}' if found.hint else ''}")
    return shown


class TestForms:
    """The forms that a spoken text may have."""

    def test_plain(self) -> None:
        assert say("Let go.") == Words("Let go.")

    def test_by_language(self) -> None:
        assert say("{en: Let go., de: Lass los.}") == Words("Let go.")
        assert say("{en: Let go., de: Lass los.}", language="de") == Words("Lass los.")

    def test_a_recording_stands_in_place_of_the_voice(self) -> None:
        assert say("{text: Left side., recording: left.wav}") == Words("Left side.", recording="left.wav")

    def test_a_text_may_have_a_language_of_its_own(self) -> None:
        assert say("{text: Namaste., language: de}") == Words("Namaste.", language="de")

    def test_a_language_of_its_own_is_nothing_special_where_it_is_played(self) -> None:
        assert say("{text: Namaste., language: en}") == Words("Namaste.")
        assert say("{text: Namaste., language: en}", language="de") == Words("Namaste.", language="en")

    def test_the_next_name_may_be_said_where_the_language_of_the_text_is_played(self) -> None:
        text = "title: T\nsteps: [{say: {text: 'Gleich {next}', language: de}}]\n"
        assert lines(text, language="de") == []
        assert lines(text) == [
            "2:30: {next} is a name in English (en), and this text is in German (de) | leave it out, or give the text by language"
        ]

    def test_a_recording_may_show_the_next_name_in_any_language(self) -> None:
        assert say("{text: 'Gleich {next}', language: de, recording: gong.mp3}").recording == "gong.mp3"

    def test_each_language_may_have_its_recording(self) -> None:
        text = "{en: {text: Left., recording: left.wav}, de: Links.}"
        assert say(text) == Words("Left.", recording="left.wav")
        assert say(text, language="de") == Words("Links.")

    def test_a_recording_beside_several_languages_is_for_all_that_have_none(self) -> None:
        text = "{recording: gong.mp3, text: {en: {text: Left., recording: left.wav}, de: Links.}}"
        assert say(text) == Words("Left.", recording="left.wav")
        assert say(text, language="de") == Words("Links.", recording="gong.mp3")

    def test_one_language_may_borrow_the_words_of_another(self) -> None:
        assert say("{en: Now., de: {text: Now., language: en}}", language="de") == Words(
            "Now.", language="en"
        )

    def test_words_know_where_their_text_is_written(self) -> None:
        place = say("{recording: left.wav, text: Left side.}").place
        assert place is not None
        assert (place.line, place.column, place.end_column) == (3, 38, 48)

    @pytest.mark.parametrize("form", ["{next} in {left}", "{ next }"])
    def test_what_lies_ahead_may_be_named_between_exercises(self, form: str) -> None:
        assert say(f"Then {form}.") == Words(f"Then {form}.")


class TestRoutine:
    """Every text of a routine may be in several languages."""

    TEXT = """\
title: {en: Evening, de: Abend}
summary: {en: Quiet., de: Ruhig.}
opening: {en: Lie down., de: Leg dich hin.}
closing: {text: {en: Good night., de: Gute Nacht.}, recording: gong.mp3}
steps:
  - section: {en: Settle, de: Ankommen}
    steps:
      - say: {en: Let go., de: Lass los.}
"""

    def test_in_its_own_language(self) -> None:
        assert routine_of(self.TEXT) == Routine(
            "Evening",
            (Section(Words("Settle"), 1, (Say(Words("Let go.")),)),),
            summary="Quiet.",
            opening=Words("Lie down."),
            closing=Words("Good night.", recording="gong.mp3"),
        )

    def test_in_another(self) -> None:
        assert routine_of(self.TEXT, language="de") == Routine(
            "Abend",
            (Section(Words("Ankommen"), 1, (Say(Words("Lass los.")),)),),
            summary="Ruhig.",
            language="de",
            opening=Words("Leg dich hin."),
            closing=Words("Gute Nacht.", recording="gong.mp3"),
        )

    def test_what_is_only_shown_need_not_be_in_the_language_played(self) -> None:
        routine = routine_of("title: Evening\nsummary: Quiet.\nsteps: [{pause: 1s}]\n", language="de")
        assert (routine.title, routine.summary, routine.language) == ("Evening", "Quiet.", "de")

    def test_its_voice_is_for_its_own_language(self) -> None:
        text = "title: T\nlanguage: de\nengine: e\nvoice: v\nsteps: [{pause: 1s}]\n"
        assert routine_of(text).voice == Words("v")
        assert routine_of(text, language="de").voice == Words("v")
        assert routine_of(text, language="en").voice is None
        assert routine_of(text, language="en").engine == Words("e")

    def test_plain_texts_are_in_the_language_of_the_file(self) -> None:
        text = "title: T\nlanguage: de\nsteps: [{say: Lass los.}]\n"
        assert routine_of(text).steps == (Say(Words("Lass los.")),)
        assert lines(text, language="en") == ["3:15: this text is not in English (en) | it is in German (de)"]

    def test_an_included_file_is_in_the_language_of_the_script(self) -> None:
        text = "title: T\nlanguage: de\nsteps: [{include: b.yaml}]\n"
        assert routine_of(text, files={"b.yaml": "steps: [{say: Los.}]\n"}).steps == (Say(Words("Los.")),)

    def test_an_included_file_may_have_a_language_of_its_own(self) -> None:
        text = "title: T\nlanguage: de\nsteps: [{include: b.yaml}, {say: Los.}]\n"
        included = "language: en\nsteps: [{say: {en: Go., de: Los.}}, {say: Go.}]\n"
        _, (found,) = read(text, files={"b.yaml": included})
        assert format_problem(found).splitlines()[0] == "b.yaml:2:43: error: this text is not in German (de)"

    def test_every_text_that_is_not_in_the_language_is_told(self) -> None:
        text = "title: T\nopening: Hi.\nclosing: Bye.\nsteps: [{say: {de: Los.}}, {section: S, steps: [{pause: 1s}]}]\n"
        assert [line.split(" | ")[0] for line in lines(text, language="de")] == [
            "2:10: this text is not in German (de)",
            "3:10: this text is not in German (de)",
            "4:38: this text is not in German (de)",
        ]

    def test_a_language_that_the_guide_does_not_have(self) -> None:
        assert lines("title: T\nsteps: [{say: Go.}]\n", language="it") == [
            "there is no language 'it' | known: de, en"
        ]


class TestExercises:
    """Every text of an exercise may be in several languages."""

    def test_in_its_own_language(self) -> None:
        (step,) = routine_of("title: T\nsteps: [bridge]\n", library=BOTH).steps
        assert isinstance(step, ExerciseStep)
        exercise = step.exercise
        assert exercise.name == Words("Bridge")
        assert exercise.phases == ("up", "hold", "down")

    def test_in_another(self) -> None:
        (step,) = routine_of("title: T\nsteps: [bridge]\n", library=BOTH, language="de").steps
        assert isinstance(step, ExerciseStep)
        exercise = step.exercise
        assert exercise.name == Words("Brücke")
        assert exercise.purpose == "den Rücken"
        assert exercise.setup == (Words("Leg dich hin."), Words("Heb das {side:e} Bein."))
        assert exercise.side == Words("{side:es} Bein")
        assert exercise.phases == ("hoch", "hold", "runter")
        assert exercise.cues == (Words("Atme."),)
        assert exercise.timed == (TimedWords(10_000, Words("Höher.")),)
        assert (exercise.change, exercise.change_ms) == (Words("Anderes Bein."), 6_000)
        assert (exercise.release, exercise.caution) == (Words("Ruh dich aus."), Words("Langsam."))

    def test_one_that_lacks_the_language_is_told_where_it_is_first_used(self) -> None:
        text = "title: T\nsteps:\n  - bridge\n  - plank: 20s\n  - plank: 10s\n  - twist\n"
        assert lines(text, language="de", library=BOTH) == [
            "4:5: the exercise 'plank' has no words in German (de) | it is in English (en); shelf/plank.yaml:1 is not",
            "6:5: the exercise 'twist' has no words in German (de) | it is in English (en); shelf/twist.yaml:1 is not",
        ]

    def test_one_sentence_that_lacks_it_is_enough(self) -> None:
        half = "name: {en: Half, de: Halb}\ndose: 5s\ncues:\n  - {en: A., de: A.}\n  - en: B.\n"
        assert lines("title: T\nsteps: [half]\n", language="de", library=Shelf({"half": half})) == [
            "2:9: the exercise 'half' has no words in German (de) | it is in English (en); shelf/half.yaml:5 is not"
        ]

    def test_one_that_has_no_language_whole(self) -> None:
        mixed = "{name: {en: Half}, dose: 5s, release: {de: Schluss.}}"
        assert lines("title: T\nsteps: [mixed]\n", library=Shelf({"mixed": mixed})) == [
            "2:9: the exercise 'mixed' has no words in English (en) | it is in no language whole; shelf/mixed.yaml:1 is not"
        ]

    def test_what_it_is_for_need_not_be_in_the_language(self) -> None:
        library = Shelf({"own": "{name: {de: Eigene}, for: the back, dose: 5s}"})
        (step,) = routine_of("title: T\nsteps: [own]\n", library=library, language="de").steps
        assert isinstance(step, ExerciseStep)
        assert step.exercise.purpose == "the back"

    def test_one_of_the_scripts_own_is_in_the_language_of_the_script(self) -> None:
        text = "title: T\nlanguage: de\nsteps: [own]\nexercises:\n  own: {name: Eigene, dose: 5s}\n"
        (step,) = routine_of(text).steps
        assert isinstance(step, ExerciseStep)
        assert step.exercise.name == Words("Eigene")

    def test_it_may_say_its_language(self) -> None:
        text = "title: T\nsteps: [own]\nexercises:\n  own: {language: de, name: Eigene, dose: 5s}\n"
        assert routine_of(text, language="de")
        assert [line.split(" | ")[0] for line in lines(text)] == [
            "2:9: the exercise 'own' has no words in English (en)"
        ]

    def test_a_file_of_the_library_alone_is_read_in_a_language(self) -> None:
        source = SourceFile("bridge.yaml", BRIDGE)
        exercise, problems = read_exercise_file(source, "bridge", BOTH, language="de")
        assert problems == []
        assert exercise is not None
        assert exercise.name == Words("Brücke")

    def test_a_file_of_the_library_that_lacks_the_language(self) -> None:
        exercise, (found,) = read_exercise_file(BOTH.read("plank"), "plank", BOTH, language="de")
        assert exercise is None
        assert found.message == "the exercise 'plank' has no words in German (de)"

    def test_the_language_that_is_not_played_is_checked_too(self) -> None:
        text = 'title: T\nsteps: [own, {say: {en: Go., de: "{x}"}}]\nexercises:\n  own: {name: {en: O, de: "{side:x}"}, dose: 5s}\n'
        assert [line.split(" | ")[0] for line in lines(text)] == [
            "2:35: {x} means nothing here",
            "4:28: {side:x} means nothing here",
        ]

    def test_a_form_of_a_side_is_one_of_its_language(self) -> None:
        text = 'title: T\nsteps: [own]\nexercises:\n  own: {name: O, dose: 5s, side: {en: "{side:e} leg", de: "{side:e} {other:x} {other}"}}\n'
        assert lines(text) == [
            "4:40: {side:e} is no form of a side in English (en) | known: {side}",
            "4:69: {other:x} is no form of a side in German (de) | known: {other}, {other:e}, {other:en}, {other:er}, {other:es}",
        ]


class TestCues:
    """Reminders, and cues at a time of their own."""

    def test_a_cue_at_a_time_from_the_start_or_the_end(self) -> None:
        step = step_of(
            "plank: {cues: [Breathe., {at: 10s, text: Lift.}, {at: -5, text: Nearly., recording: left.wav}]}"
        )
        assert step.cues == (Words("Breathe."),)
        assert step.timed == (
            TimedWords(10_000, Words("Lift.")),
            TimedWords(-5_000, Words("Nearly.", recording="left.wav")),
        )

    @pytest.mark.parametrize(
        ("at", "ms"), [("0", 0), ("-0s", 0), ("1:30", 90_000), ("'- 5s'", -5_000), ("'-0.5'", -500)]
    )
    def test_its_time_is_a_duration(self, at: str, ms: int) -> None:
        assert step_of(f"plank: {{cues: {{at: {at}, text: Lift.}}}}").timed == (
            TimedWords(ms, Words("Lift.")),
        )

    def test_a_text_with_a_recording_and_no_time_is_a_reminder(self) -> None:
        step = step_of("plank: {cues: {text: Lift., recording: left.wav}}")
        assert (step.cues, step.timed) == ((Words("Lift.", recording="left.wav"),), ())

    def test_the_cues_of_an_exercise(self) -> None:
        routine = routine_of(
            "title: T\nsteps: [own]\nexercises:\n  own: {name: O, dose: 30s, cues: [A., {at: -10s, text: B.}]}\n"
        )
        (step,) = routine.steps
        assert isinstance(step, ExerciseStep)
        assert step.exercise.cues == (Words("A."),)
        assert step.exercise.timed == (TimedWords(-10_000, Words("B.")),)

    def test_a_time_from_the_end_is_told_for_the_step_that_has_no_hold(self) -> None:
        text = "title: T\nsteps:\n  - own\n  - own: 5 reps\n  - own: {reps: 5, cues: [C.]}\nexercises:\n  own: {name: O, dose: 30s, cues: [{at: -10s, text: B.}]}\n"
        assert lines(text) == [
            "7:41: a time from the end goes with a hold only | the dose at t.yaml:4 has none; write the time from the start, like 10s"
        ]

    def test_the_words_of_a_sided_exercise_may_name_everything(self) -> None:
        words = "Your {side} and {other} leg: {sets}, {hold}, then {next}, {left}."
        assert step_of(f'knee-drop: {{cues: ["{words}"]}}').cues == (Words(words),)

    @pytest.mark.parametrize(
        ("step", "name"),
        [
            ("plank: {hold: 5s, cues: X}", "{hold}"),
            ("bridge: {reps: 5, cues: X}", "{hold}"),
            ("bridge: {reps: 5, hold: 3, cues: X}", "{hold}"),
            ("bridge: {reps: 5, cues: X}", "{reps}"),
            ("plank: {breaths: 5, cues: X}", "{reps}"),
        ],
    )
    def test_what_a_dose_has_may_be_named(self, step: str, name: str) -> None:
        assert step_of(step.replace("X", f"'That is {name}.'")).cues == (Words(f"That is {name}."),)

    @pytest.mark.parametrize(
        ("step", "name", "lack"),
        [
            ("plank: {reps: 5, cues: X}", "{hold}", "hold"),
            ("twist: {reps: 5, cues: X}", "{hold}", "hold"),
            ("bridge: {reps: 5, tempo: 2-0-2, cues: X}", "{hold}", "hold"),
            ("plank: {hold: 5s, cues: X}", "{reps}", "reps or breaths"),
        ],
    )
    def test_what_a_dose_has_not_may_not(self, step: str, name: str, lack: str) -> None:
        script = f"title: T\nsteps:\n  - {step.replace('X', name.join(chr(39) * 2))}\n"
        exercise = step.split(":", maxsplit=1)[0]
        assert [line.split(" | ")[0].split(": ", 1)[1] for line in lines(script)] == [
            f"{name} means nothing here: the dose of '{exercise}' has no {lack}"
        ]

    def test_what_the_words_of_an_exercise_name_is_looked_for_at_each_step(self) -> None:
        own = "exercises:\n  own: {name: O, dose: 30s, release: 'That was {hold}.', cues: ['Stay for {hold}.']}\n"
        assert lines(f"title: T\nsteps: [own, {{own: 20s}}]\n{own}") == []
        assert [line.split(": ")[0] for line in lines(f"title: T\nsteps: [{{own: 5 reps}}]\n{own}")] == [
            "4:48",
            "4:75",
        ]
        assert [
            line.split(": ")[0]
            for line in lines(f"title: T\nsteps: [{{own: {{reps: 5, cues: [Go.]}}}}]\n{own}")
        ] == ["4:48"]


class TestChange:
    """How to come to the other side."""

    @pytest.mark.parametrize(
        ("written", "words", "ms"),
        [
            ("Turn over.", Words("Turn over."), 0),
            ("12s", None, 12_000),
            ("0:12", None, 12_000),
            ("12", None, 12_000),
            ("1m 5s", None, 65_000),
            ("{en: Turn over.}", Words("Turn over."), 0),
            ("{text: Turn over., time: 12s}", Words("Turn over."), 12_000),
            ("{text: Turn over., time: 12}", Words("Turn over."), 12_000),
            ("{text: Turn over., recording: left.wav}", Words("Turn over.", recording="left.wav"), 0),
            ("'Your {other} knee.'", Words("Your {other} knee."), 0),
            ("2 steps back.", Words("2 steps back."), 0),
        ],
    )
    def test_words_or_a_time_or_both(self, written: str, words: Words | None, ms: int) -> None:
        routine = routine_of(
            f"title: T\nsteps: [own]\nexercises:\n  own: {{name: O, dose: 5s, side: 'the {{side}}', change: {written}}}\n"
        )
        (step,) = routine.steps
        assert isinstance(step, ExerciseStep)
        assert (step.exercise.change, step.exercise.change_ms) == (words, ms)


def test_a_recording_of_a_sided_exercise_may_be_one_for_each_side() -> None:
    step = step_of("knee-drop: {cues: {text: 'To the {side}.', recording: '{side}.wav'}}")
    assert step.cues == (Words("To the {side}.", recording="{side}.wav"),)


def test_a_recording_is_looked_for_beside_the_file_that_names_it() -> None:
    library = Shelf({"own": "{name: {text: Own, recording: left.wav}, dose: 5s}"})
    (step,) = routine_of("title: T\nsteps: [own]\n", library=library).steps
    assert isinstance(step, ExerciseStep)
    assert step.exercise.name == Words("Own", recording="shelf/left.wav")


@pytest.mark.parametrize("key", ["title", "summary"])
def test_a_label_that_nobody_says_has_no_names_in_braces(key: str) -> None:
    said = {"title": "Mine", "summary": "Short."} | {key: '"For {name}."'}
    script = "".join(f"{name}: {text}\n" for name, text in said.items())
    assert [line.partition(": ")[2] for line in lines(f"{script}steps:\n  - pause: 3s\n")] == [
        "{name} means nothing here"
    ]
