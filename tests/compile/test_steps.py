"""What stands between exercises, and around them: words, rests, pauses, sounds, sections, chapters."""

from __future__ import annotations

from tests.compile.support import compiled, length, text
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices
from voiceguide.timeline import Source, Speech

FRAME_MS = 24


def test_a_sentence_is_said_when_the_one_before_has_ended() -> None:
    session = compiled("- say: Hello.\n- say: Good evening.")
    assert session.told() == text("""
        0.480 say "Hello."
        1.440 say "Good evening."
    """)


def test_a_session_begins_with_half_a_second_of_silence_and_ends_with_more_than_one() -> None:
    session = compiled("- say: Hello.")
    first, last = session.timeline.cues[0], session.timeline.cues[-1]
    assert (first.start_ms, session.timeline.duration_ms - last.end_ms) == (480, 1368)


def test_a_pause_is_silence_of_exactly_its_length_after_what_is_heard() -> None:
    session = compiled("- say: Hello.\n- pause: 3.5s\n- say: Again.")
    assert session.told() == text("""
        0.480 say "Hello."
        1.440 4.940 pause
        4.944 say "Again."
    """)


def test_a_pause_begins_after_the_end_tone_of_a_set() -> None:
    session = compiled("- fold: 1s\n- pause: 1s")
    assert session.told(6) == text("""
        6.496 end tone
        7.224 8.224 pause
    """)


def test_a_sound_is_heard_between_sentences() -> None:
    session = compiled("- say: Hello.\n- sound: bell\n- say: Again.")
    assert session.told() == text("""
        0.480 say "Hello."
        1.440 sound bell
        2.808 say "Again."
    """)


def test_waiting_for_a_key_is_its_words_and_then_a_span_of_its_pause() -> None:
    session = compiled("- say: Hello.\n- wait: Press space.\n- say: Again.")
    assert session.told() == text("""
        0.480 say "Hello."
        1.440 say "Press space."
        2.712 12.712 wait
        12.720 say "Again."
    """)


def test_a_pause_of_its_own_is_written_beside_the_words_of_waiting() -> None:
    session = compiled("- wait: {text: Press space., pause: 2.5s}")
    assert session.spans() == ["1.752 4.252 wait"]


def test_waiting_begins_after_the_end_tone_of_a_set_and_belongs_to_its_chapter() -> None:
    session = compiled("- fold: 1s\n- wait: Press space.\n- lean: 5s left")
    assert session.told(6, 18) == text("""
        6.496 end tone
        7.224 say "Press space."
        8.496 18.496 wait
    """)
    assert session.chapters() == ["0.000 Fold", "18.504 Lean"]


def test_what_is_said_before_waiting_may_name_what_comes_next() -> None:
    session = compiled("- wait: Press space for {next}.\n- fold: 5s")
    assert session.cues("say") == ['0.480 say "Press space for Fold."']


def test_a_rest_that_announces_nothing_says_how_long_it_is() -> None:
    session = compiled("- rest: 1m30s\n- say: Go on.")
    assert session.told() == text("""
        0.480 90.480 rest
        0.480 rest "Rest for one minute thirty seconds."
        90.480 say "Go on."
    """)


def test_a_rest_too_short_to_say_its_length_says_only_that_it_is_one() -> None:
    def slow(source: Source) -> int:
        return 6_000 if isinstance(source, Speech) and "for" in source.text else length(source)

    session = compiled("- rest: 5s\n- say: Go on.", lengths=slow)
    assert session.cues("rest") == ['0.480 rest "Rest."']


def test_a_rest_under_five_seconds_is_silent() -> None:
    session = compiled("- rest: 4.9s\n- say: Go on.")
    assert session.told() == text("""
        0.480 5.380 rest
        5.400 say "Go on."
    """)


def test_a_rest_of_nothing_is_nothing() -> None:
    session = compiled("- say: Hello.\n- rest: 0s\n- say: Again.")
    assert session.told() == text("""
        0.480 say "Hello."
        1.440 say "Again."
    """)


def test_the_opening_and_the_safety_rules_come_first_and_the_closing_last() -> None:
    session = compiled("- say: Hello.", head="opening: Welcome.\nclosing: Good night.\n", choices=Choices())
    rules = LANGUAGES["en"].safety
    said = [(cue.role, cue.text) for cue in session.timeline.cues]
    assert said == [
        ("opening", "Welcome."),
        *(("opening", rule) for rule in rules),
        ("say", "Hello."),
        ("closing", "Good night."),
    ]
    assert len(rules) <= 2


def test_the_listener_can_do_without_the_safety_rules() -> None:
    assert compiled("- say: Hello.", choices=Choices(safety=False)).cues("opening") == []


def test_each_exercise_is_a_chapter_between_the_opening_and_the_closing() -> None:
    session = compiled("- fold: 5s\n- lean: 5s left", head="opening: Welcome.\nclosing: Good night.\n")
    assert session.chapters() == ["0.000 Opening", "1.560 Fold", "12.288 Lean", "23.712 Closing"]


def test_chapters_follow_each_other_from_the_start_to_the_end() -> None:
    chapters = compiled("- fold: 5s\n- lean: 5s left", head="opening: Welcome.\n").timeline.chapters
    assert [one.end_ms for one in chapters[:-1]] == [one.start_ms for one in chapters[1:]]
    assert (chapters[0].start_ms, chapters[-1].end_ms) == (0, 24360)


def test_a_session_without_exercises_is_one_chapter_with_its_title() -> None:
    assert compiled("- say: Hello.").chapters() == ["0.000 Test"]


def test_a_section_says_its_title_and_its_rounds() -> None:
    session = compiled("- section: Settle\n  rounds: 2\n  steps: [say: Hello.]")
    assert session.told() == text("""
        0.480 say "Settle."
        1.512 say "Round one of two."
        3.024 say "Hello."
        3.984 say "Round two of two."
        5.496 say "Hello."
    """)


def test_a_section_of_one_round_says_its_title_alone() -> None:
    assert compiled("- section: settle\n  steps: [say: Hello.]").cues() == [
        '0.480 say "Settle."',
        '1.512 say "Hello."',
    ]


def test_sections_and_rounds_stand_in_the_titles_of_chapters() -> None:
    session = compiled(
        """
        - section: Evening
          steps:
            - section: Settle
              rounds: 2
              steps: [fold: 5s]
        """
    )
    assert session.chapters() == ["0.000 Evening: Settle 1/2: Fold", "14.832 Evening: Settle 2/2: Fold"]


def test_what_is_said_on_the_way_to_an_exercise_belongs_to_its_chapter() -> None:
    session = compiled(
        "- fold: 5s\n- say: Well done.\n- section: Settle\n  steps: [say: Lie down., lift: 1 rep]"
    )
    assert session.told(11, 15) == text("""
        11.208 say "Well done."
        12.384 say "Settle."
        13.416 say "Lie down."
        14.544 19.560 get-ready lift 1/1
        14.544 name "Next: Lift."
    """)
    assert session.chapters() == ["0.000 Fold", "11.208 Settle: Lift"]


def test_a_rest_before_a_section_belongs_to_the_exercise_before_it() -> None:
    session = compiled("- fold: 5s\n- rest: 6s\n- section: Settle\n  steps: [fold: 5s]")
    assert session.chapters() == ["0.000 Fold", "16.512 Settle: Fold"]


def test_a_section_between_a_rest_and_an_exercise_is_said_after_the_rest() -> None:
    session = compiled("- rest: 6s\n- section: Settle\n  steps: [fold: 5s]")
    assert session.told(0, 14) == text("""
        0.480 6.480 rest
        0.480 rest "Rest for six seconds."
        6.480 say "Settle."
        7.512 12.528 get-ready fold 1/1
        7.512 name "Fold."
        8.424 name "Five seconds."
        12.528 17.528 hold fold 1/1
        12.528 start tone
    """)


def test_what_is_said_freely_starts_on_frames_of_the_encoder() -> None:
    session = compiled("- say: Hello.\n- pause: 0.1s\n- say: Again.\n- rest: 0.1s\n- sound: bell")
    starts = [cue.start_ms for cue in session.timeline.cues] + [
        span.start_ms for span in session.timeline.spans
    ]
    assert [start % FRAME_MS for start in starts] == [0] * 5


def test_a_session_lasts_a_whole_number_of_frames() -> None:
    assert compiled("- fold: 0.777s").timeline.duration_ms % FRAME_MS == 0
