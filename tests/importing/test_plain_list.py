"""Plain lists, `text | seconds`."""

from __future__ import annotations

import pytest

from tests.compile.support import text
from voiceguide.importing.plain_list import read_list
from voiceguide.importing.timer import Interval
from voiceguide.phrases import LANGUAGES

from .support import from_list, report


def intervals(written: str) -> tuple[Interval, ...]:
    return from_list(written).blocks[0].intervals


def problems(written: str) -> str:
    timers, found = read_list("t.txt", text(written), "List", LANGUAGES)
    assert timers == ()
    return report(found)


def test_each_line_is_an_interval() -> None:
    assert intervals("Plank | 30\n\nRest | 15\r\nFold|60") == (
        Interval("work", "Plank", 30_000),
        Interval("rest", "Rest", 15_000),
        Interval("work", "Fold", 60_000),
    )


@pytest.mark.parametrize(
    ("written", "ms"),
    [
        ("90", 90_000), ("2.5", 2_500), ("1:30", 90_000), ("30s", 30_000), ("1m30s", 90_000), ("1 min", 60_000),
        ("45 sec", 45_000), ("10 seconds # slowly", 10_000), ("2 minutes", 120_000),
    ],
)  # fmt: skip
def test_a_time_may_be_written_in_these_ways(written: str, ms: int) -> None:
    assert [interval.ms for interval in intervals(f"Plank | {written}")] == [ms]


def test_a_line_without_a_time_lasts_thirty_seconds_and_says_so() -> None:
    assert intervals("Plank | 20\nFold  # deep") == (
        Interval("work", "Plank", 20_000),
        Interval("work", "Fold", 30_000, notes=("no time in the list: 30 s",)),
    )


def test_the_first_comment_is_the_title_and_the_others_stand_before_what_follows_them() -> None:
    timer = from_list("# My list\n# one\nPlank | 30\n# the end")
    assert (timer.title, timer.blocks[0].intervals[0].notes, timer.notes_after) == (
        "My list", ("one",), ("the end",)
    )  # fmt: skip


def test_without_a_comment_the_file_gives_the_title() -> None:
    assert from_list("Plank | 30").title == "List"


def test_a_list_says_its_language() -> None:
    assert from_list("# language: DE\nBrett | 30").language == "de"
    strange = from_list("# language: tlh\nPlank | 30")
    assert (strange.language, strange.notes) == (
        None, ("The list is in the language 'tlh', which the guide does not speak.",)
    )  # fmt: skip


def test_music_has_no_counterpart_and_is_noted() -> None:
    assert from_list("# background: https://example.org/v\nPlank | 30").notes == (
        "The list has music from https://example.org/v; 'music:' takes a file of yours.",
    )


def test_of_several_bars_the_last_is_meant() -> None:
    assert intervals("Plank | left | 30") == (Interval("work", "Plank | left", 30_000),)


@pytest.mark.parametrize(
    "words",
    [
        "Rest", "rest.", "Rest for 30 seconds before the next set", "REST 15", "Pause", "Break - drink", "Ruhe",
        "Get ready for the first set", "Workout complete. Well done!", "Repos",
    ],
)  # fmt: skip
def test_words_of_a_rest_and_sentences_are_no_exercise(words: str) -> None:
    assert [interval.kind for interval in intervals(f"{words} | 30")] == ["rest"]


@pytest.mark.parametrize(
    "words", ["Plank", "Rest pose", "Restore", "Break dance", "Pauses squat", "Relaxed fold"]
)
def test_other_words_are_an_exercise(words: str) -> None:
    assert [interval.kind for interval in intervals(f"{words} | 30")] == ["work"]


def test_everything_that_is_wrong_is_told_with_its_line() -> None:
    assert problems("""
        Plank | thirty
        | 30
        Fold | -5
        Fold | 25h
    """) == text("""
        t.txt:1:9: error: 'thirty' is not a duration
           1 | Plank | thirty
             |         ^^^^^^
           hint: write it like 30s, 1m30s or 1:30
        t.txt:2:1: error: nothing stands before the time
           2 | | 30
             | ^^^^
           hint: write it like: Plank | 30
        t.txt:3:8: error: a duration cannot be negative
           3 | Fold | -5
             |        ^^
        t.txt:4:8: error: this is longer than 24 hours
           4 | Fold | 25h
             |        ^^^
    """)


def test_a_text_without_a_single_time_is_no_list() -> None:
    assert problems("""
        Dear Anna,
        do some planks.
    """) == text("""
        t.txt:1:1: error: the file is no timer that can be imported
           1 | Dear Anna,
             | ^^^^^^^^^^
           hint: a JAWT export has 'workouts', or 'title' and 'sets'; a list has lines like: Plank | 30
    """)


def test_a_list_in_which_nothing_lasts_is_told() -> None:
    assert problems("Plank | 0").startswith("t.txt:1:1: error: the file has nothing that lasts any time")
