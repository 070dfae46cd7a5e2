"""What a routine script says: each step, and what its exercise adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.script.support import Shelf, read, routine_of, step_of, steps_of
from voiceguide.dose import Breaths, Dose, Hold, Reps, parse_dose
from voiceguide.errors import Place, ScriptError
from voiceguide.model import (
    Exercise,
    ExerciseStep,
    Pause,
    PlaySound,
    Rest,
    Say,
    Section,
    TimedWords,
    Wait,
    Words,
)
from voiceguide.units import exactly
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.script.nodes import SourceFile


class TestRoutine:
    """The keys beside the steps."""

    def test_only_title_and_steps_are_needed(self) -> None:
        routine = routine_of("title: T\nsteps: [plank]\n")
        assert (routine.title, routine.summary, routine.language) == ("T", "", "en")
        assert (routine.opening, routine.closing) == (None, None)
        assert (routine.engine, routine.voice, routine.rate) == (None, None, None)
        assert (routine.dose, routine.talk, routine.count) == (None, None, None)
        assert (routine.say_as, routine.music, routine.music_level) == ((), None, 0)

    def test_every_key_is_read(self) -> None:
        routine = routine_of(
            """
            title: Evening
            summary: Ten quiet minutes.
            language: en
            engine: pyttsx3
            voice: en-gb
            rate: 150
            dose: 40%
            talk: brief
            count: down
            say-as: {psoas: so-as, warrior one: warrior  1}
            music: tunes
            music-level: -3 dB
            opening: Lie down.
            closing: Sit up.
            steps: [plank]
            """
        )
        assert routine.summary == "Ten quiet minutes."
        assert routine.language == "en"
        assert routine.engine == Words("pyttsx3")
        assert routine.voice == Words("en-gb")
        assert routine.rate == 150
        assert (routine.dose, routine.talk, routine.count) == (40, "brief", "down")
        assert routine.say_as == (("psoas", "so-as", "en"), ("warrior one", "warrior 1", "en"))
        assert (routine.music, routine.music_level) == (Words("tunes"), -3)
        assert routine.opening == Words("Lie down.")
        assert routine.closing == Words("Sit up.")

    def test_yaml_never_turns_a_text_into_something_else(self) -> None:
        routine = routine_of("title: on\nopening: 1:30\nsteps:\n  - say: 010\n  - say: no\n")
        assert (routine.title, routine.opening) == ("on", Words("1:30"))
        assert routine.steps == (Say(Words("010")), Say(Words("no")))

    def test_white_space_within_a_text_is_folded(self) -> None:
        routine = routine_of('title: "  A\n   long   title "\nopening: |\n  Two\n  lines.\nsteps: [plank]\n')
        assert (routine.title, routine.opening) == ("A long title", Words("Two lines."))

    @pytest.mark.parametrize("rate", [80, 450])
    def test_the_rate_is_words_a_minute(self, rate: int) -> None:
        assert routine_of(f"title: T\nrate: {rate}\nsteps: [plank]\n").rate == rate

    @pytest.mark.parametrize(
        ("written", "percent"), [("0", 0), ("100", 100), ("50%", 50), ("7 %", 7), ("'050'", 50)]
    )
    def test_the_dose_is_a_percentage(self, written: str, percent: int) -> None:
        assert routine_of(f"title: T\ndose: {written}\nsteps: [plank]\n").dose == percent

    @pytest.mark.parametrize(
        ("written", "level"), [("-30", -30), ("5", 5), ("+5", 5), ("0 dB", 0), ("-3dB", -3)]
    )
    def test_the_level_of_music_is_decibels(self, written: str, level: int) -> None:
        assert routine_of(f"title: T\nmusic-level: {written}\nsteps: [plank]\n").music_level == level

    def test_music_is_a_file_or_a_folder(self) -> None:
        assert routine_of("title: T\nmusic: gong.mp3\nsteps: [plank]\n").music == Words("gong.mp3")

    def test_words_know_where_they_are_written(self) -> None:
        routine = routine_of("title: T\nopening: Lie down.\nsteps: [plank]\n")
        assert routine.opening is not None
        assert routine.opening.place is not None
        assert (routine.opening.place.line, routine.opening.place.column) == (2, 10)


class TestVerbs:
    """Steps that are no exercise."""

    def test_say(self) -> None:
        assert steps_of("- say: Let the floor  carry you.") == (Say(Words("Let the floor carry you.")),)

    @pytest.mark.parametrize(("written", "ms"), [("20s", 20_000), ("20", 20_000), ("1:30", 90_000), ("0", 0)])
    def test_rest(self, written: str, ms: int) -> None:
        assert steps_of(f"- rest: {written}") == (Rest(ms),)

    @pytest.mark.parametrize(("written", "ms"), [("3s", 3_000), ("0.5", 500), ("010", 10_000)])
    def test_pause(self, written: str, ms: int) -> None:
        assert steps_of(f"- pause: {written}") == (Pause(ms),)

    def test_wait(self) -> None:
        assert steps_of("- wait: Press space.") == (Wait(Words("Press space."), 10_000),)

    def test_wait_may_say_how_long_it_pauses_where_there_is_no_key(self) -> None:
        assert steps_of("- wait: {text: Press space., pause: 1:30}") == (Wait(Words("Press space."), 90_000),)
        assert steps_of("- wait: {pause: 20, text: {en: Press space., de: Drück die Leertaste.}}") == (
            Wait(Words("Press space."), 20_000),
        )

    @pytest.mark.parametrize(
        ("written", "words"),
        [
            ("{en: Go on., de: Weiter.}", Words("Go on.")),
            ("{text: Go on.}", Words("Go on.")),
            ("{text: Weiter., language: de}", Words("Weiter.", language="de")),
            ("{text: Go on., recording: left.wav, pause: 10}", Words("Go on.", recording="left.wav")),
            ("'{next} is next.'", Words("{next} is next.")),
        ],
    )
    def test_wait_takes_a_text_in_every_form_that_say_takes(self, written: str, words: Words) -> None:
        assert steps_of(f"- wait: {written}") == (Wait(words, 10_000),)

    def test_wait_knows_where_it_is_written(self) -> None:
        (step,) = steps_of("- wait: Press space.")
        assert isinstance(step, Wait)
        assert step.place == Place("t.yaml", 3, 9, 21)

    def test_sound(self) -> None:
        assert steps_of("- sound: bell") == (PlaySound("bell"),)

    def test_a_section_is_done_once_unless_it_says_how_often(self) -> None:
        assert steps_of("- section: Settle\n  steps:\n    - pause: 1s") == (
            Section(Words("Settle"), 1, (Pause(1_000),)),
        )

    def test_a_section_may_say_how_much_is_said_in_it(self) -> None:
        assert steps_of("- section: Settle\n  talk: tones\n  steps:\n    - pause: 1s") == (
            Section(Words("Settle"), 1, (Pause(1_000),), "tones"),
        )

    def test_sections_nest_and_repeat(self) -> None:
        steps = steps_of(
            """
            - section: Outer
              rounds: 2
              steps:
                - section: Inner
                  rounds: 99
                  steps:
                    - pause: 1s
                - say: Again.
            """
        )
        inner = Section(Words("Inner"), 99, (Pause(1_000),))
        assert steps == (Section(Words("Outer"), 2, (inner, Say(Words("Again.")))),)

    def test_steps_stay_in_their_order(self) -> None:
        assert steps_of("- pause: 1s\n- sound: tick\n- pause: 2s") == (
            Pause(1_000),
            PlaySound("tick"),
            Pause(2_000),
        )

    def test_braces_around_more_than_a_name_are_text(self) -> None:
        assert steps_of('- say: "Breathe {in and out}, {1}."') == (Say(Words("Breathe {in and out}, {1}.")),)


class TestDose:
    """The dose of an exercise step."""

    def test_without_a_dose_the_exercise_gives_it(self) -> None:
        assert step_of("plank").dose.work == Hold(exactly(30_000))

    def test_an_empty_mapping_changes_nothing(self) -> None:
        assert step_of("plank: {}").dose == step_of("plank").dose

    def test_notation(self) -> None:
        assert step_of("plank: 2-3 x 30s, rest 15s").dose == parse_dose("2-3 x 30s, rest 15s")

    @pytest.mark.parametrize(
        ("exercise", "notation", "mapping"),
        [
            ("plank", "30s", "{hold: 30s}"),
            ("plank", "30s", "{hold: 30}"),
            ("plank", "1:30", "{hold: 1:30}"),
            ("plank", "2-3 x 20-30s", "{sets: 2-3, hold: 20-30}"),
            ("plank", "3 breaths", "{breaths: 3}"),
            ("bridge", "8-10 reps", "{reps: 8-10}"),
            ("bridge", "2 x 8 reps hold 5s", "{sets: 2, reps: 8, hold: 5}"),
            ("bridge", "8 reps @ 2-0-2", "{reps: 8, tempo: 2-0-2}"),
            ("plank", "2 x 30s, rest 0s", "{sets: 2, hold: 30s, rest: 0}"),
            ("knee-drop", "30s each side", "{hold: 30s, sides: each side}"),
            ("knee-drop", "30s each side", "{hold: 30s, sides: both}"),
            ("knee-drop", "30s alternating", "{hold: 30s, sides: alternating}"),
            ("knee-drop", "30s left", "{hold: 30s, sides: left}"),
            ("knee-drop", "30s each side, right first", "{hold: 30s, sides: both, first: right}"),
            ("knee-drop", "30s, left first", "{hold: 30s, first: left}"),
        ],
    )
    def test_the_mapping_form_says_the_same(self, exercise: str, notation: str, mapping: str) -> None:
        assert step_of(f"{exercise}: {notation}").dose == step_of(f"{exercise}: {mapping}").dose

    def test_the_rest_between_sets_is_ten_seconds_where_nobody_names_it(self) -> None:
        assert step_of("plank: 2 x 30s").dose.rest == exactly(10_000)

    def test_an_exercise_with_sides_is_done_on_each_where_nobody_chooses(self) -> None:
        assert step_of("knee-drop").dose.sides == "each side"

    def test_an_exercise_without_sides_has_none(self) -> None:
        assert step_of("plank").dose.sides is None

    def test_the_side_that_is_first(self) -> None:
        dose = step_of("knee-drop: 20s alternating, right first").dose
        assert (dose.sides, dose.first) == ("alternating", "right")

    def test_no_side_is_first_where_nobody_says_so(self) -> None:
        assert step_of("knee-drop").dose.first is None

    def test_reps_take_the_tempo_of_the_exercise(self) -> None:
        assert step_of("bridge: 5 reps").dose.tempo == (2_000, 1_000, 3_000)

    def test_a_phase_lasts_two_seconds_where_nobody_names_a_tempo(self) -> None:
        assert step_of("twist").dose.tempo == (2_000, 2_000)

    def test_a_rep_without_phases_lasts_four_seconds(self) -> None:
        assert step_of("plank: 5 reps").dose.tempo == (4_000,)

    def test_a_tempo_alone_keeps_the_work(self) -> None:
        dose = step_of("bridge: {tempo: 3-1-3}").dose
        assert (dose.sets, dose.work, dose.tempo) == (exactly(2), Reps(exactly(10)), (3_000, 1_000, 3_000))

    def test_written_work_is_one_set_where_it_writes_none(self) -> None:
        assert step_of("bridge: 5 reps").dose.sets == exactly(1)

    def test_a_hold_has_no_tempo_even_where_the_exercise_has_one(self) -> None:
        assert step_of("bridge: 30s").dose == Dose(Hold(exactly(30_000)), rest=exactly(10_000))

    def test_breaths_have_no_tempo(self) -> None:
        assert step_of("bridge: 5 breaths").dose == Dose(Breaths(exactly(5)), rest=exactly(10_000))

    def test_reminders_of_ones_own(self) -> None:
        step = step_of('knee-drop: {cues: ["Let go.", "Breathe into your {other} side."]}')
        assert step.cues == (Words("Let go."), Words("Breathe into your {other} side."))

    def test_one_reminder_needs_no_list(self) -> None:
        assert step_of("plank: {cues: Let go.}").cues == (Words("Let go."),)

    def test_how_much_is_said_and_how_reps_are_counted(self) -> None:
        step = step_of("bridge: {talk: full, count: down}")
        assert (step.talk, step.count) == ("full", "down")
        assert (step_of("bridge").talk, step_of("bridge").count) == (None, None)

    def test_a_step_knows_where_its_dose_is_written(self) -> None:
        place = step_of("plank: 30s").place
        assert place is not None
        assert (place.line, place.column, place.end_column) == (3, 10, 13)


class TestOwnExercises:
    """Exercises that stand in the script."""

    def own(self, exercise: str, step: str = "own") -> Exercise:
        routine = routine_of(f"title: T\nsteps:\n  - {step}\nexercises:\n  own: {exercise}\n")
        (found,) = routine.steps
        assert isinstance(found, ExerciseStep)
        return found.exercise

    def test_name_and_dose_are_enough(self) -> None:
        assert self.own("{name: Mine, dose: 30s}") == Exercise(
            "own", Words("Mine"), Dose(Hold(exactly(30_000)), rest=exactly(10_000))
        )

    def test_every_key_is_read(self) -> None:
        routine = routine_of(
            """
            title: T
            steps: [own]
            exercises:
              own:
                name: Mine
                for: the back
                position: on-back
                setup:
                  - Lie down.
                  - Lift your {side} leg.
                side: "{side} leg"
                dose: {reps: 5, sets: 2}
                phases: [up, hold, down]
                tempo: 2-1-2
                breathing: [out, hold, in]
                breath: 2-0.5-3
                cues:
                  - Keep your {other} leg long.
                  - {at: 10s, text: Halfway up.}
                change: {text: "Lower your {other} leg.", time: 8s}
                release: Lower your {side} leg.
                caution: Slowly.
                avoid: [neck, disc]
                instead: plank
                needs: [mat, pillow]
                source: convention
            """
        )
        (step,) = routine.steps
        assert isinstance(step, ExerciseStep)
        assert step.exercise == Exercise(
            id="own",
            name=Words("Mine"),
            purpose="the back",
            position="on-back",
            setup=(Words("Lie down."), Words("Lift your {side} leg.")),
            side=Words("{side} leg"),
            dose=Dose(
                Reps(exactly(5)), exactly(2), "each side", (2_000, 1_000, 2_000), None, exactly(10_000)
            ),
            phases=("up", "hold", "down"),
            tempo=(2_000, 1_000, 2_000),
            breathing=("out", "hold", "in"),
            breath=(2_000, 500, 3_000),
            cues=(Words("Keep your {other} leg long."),),
            timed=(TimedWords(10_000, Words("Halfway up.")),),
            change=Words("Lower your {other} leg."),
            change_ms=8_000,
            release=Words("Lower your {side} leg."),
            caution=Words("Slowly."),
            avoid=("neck", "disc"),
            instead="plank",
            needs=("mat", "pillow"),
            source="convention",
        )

    def test_a_breath_lasts_five_seconds_where_nobody_says_how_long(self) -> None:
        assert self.own("{name: Mine, dose: 3 breaths}").breath == (5_000,)

    @pytest.mark.parametrize(
        ("written", "parts"),
        [
            ("4s", (4_000,)),
            ("4", (4_000,)),
            ("0:06", (6_000,)),
            ("2-3", (2_000, 3_000)),
            ("2 – 1 – 3", (2_000, 1_000, 3_000)),
            ("4-0-6-0.5", (4_000, 0, 6_000, 500)),
        ],
    )
    def test_a_breath_is_a_length_or_its_parts(self, written: str, parts: tuple[int, ...]) -> None:
        assert self.own(f"{{name: Mine, dose: 3 breaths, breath: {written}}}").breath == parts

    def test_a_word_of_breath_for_a_rep_without_phases(self) -> None:
        assert self.own("{name: Mine, dose: 3 reps, breathing: out}").breathing == ("out",)

    def test_one_of_ones_own_comes_before_the_one_on_the_shelf(self) -> None:
        routine = routine_of("title: T\nsteps: [plank]\nexercises:\n  plank: {name: Mine, dose: 5s}\n")
        (step,) = routine.steps
        assert isinstance(step, ExerciseStep)
        assert step.exercise.name == Words("Mine")

    def test_its_id_may_be_anything_but_a_verb(self) -> None:
        routine = routine_of(
            "title: T\nsteps:\n  - 007: 5s\n  - on\nexercises:\n  007: &a {name: A, dose: 5s}\n  on: {name: B, dose: 5s}\n"
        )
        assert [step.exercise.id for step in routine.steps if isinstance(step, ExerciseStep)] == ["007", "on"]


class TestShelf:
    """Exercises of the library."""

    def test_a_mistake_in_a_file_of_the_library_is_told_with_its_own_place(self) -> None:
        shelf = Shelf({"plank": "name: Plank\ndose: 30\n"})
        routine, problems = read("title: T\nsteps: [plank, plank]\n", library=shelf)
        assert routine is None
        (found,) = problems
        assert found.kind == "work-without-unit"
        assert found.place is not None
        assert (found.place.file, found.place.line, found.place.column) == ("shelf/plank.yaml", 2, 7)

    def test_a_file_of_the_library_that_is_not_yaml_is_told_with_its_own_place(self) -> None:
        _, problems = read("title: T\nsteps: [plank]\n", library=Shelf({"plank": "name: [\n"}))
        assert [(found.kind, found.place and found.place.file) for found in problems] == [
            ("yaml-syntax", "shelf/plank.yaml")
        ]

    def test_a_file_of_the_library_that_cannot_be_read_is_told_once_beside_the_rest(self) -> None:
        class Broken(Shelf):
            def read(self, exercise: str) -> SourceFile:
                raise ScriptError(problem("file-missing", path=exercise))

        routine, problems = read("title: T\nsteps: [plank, plank, planck]\n", library=Broken())
        assert routine is None
        assert [found.kind for found in problems] == ["exercise-unknown", "file-missing"]


def test_problems_come_in_the_order_of_the_script_then_of_other_files() -> None:
    shelf = Shelf({"plank": "dose: 30\n"})
    text = "titel: T\nsteps: [plank, {pause: 0, rest: 0}, plunk]\nrate: x\n"
    _, problems = read(text, library=shelf)
    places = [(found.place.file, found.place.line, found.place.column) for found in problems if found.place]
    assert places == [
        ("t.yaml", 1, 1),
        ("t.yaml", 1, 1),
        ("t.yaml", 2, 27),
        ("t.yaml", 2, 37),
        ("t.yaml", 3, 7),
        ("shelf/plank.yaml", 1, 1),
        ("shelf/plank.yaml", 1, 7),
    ]
