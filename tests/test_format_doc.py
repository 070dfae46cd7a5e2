"""docs/format.md says what the program does: examples are read, tables are the code's, numbers are the constants'."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voiceguide.cli.problems import format_problem
from voiceguide.cli.sessions import LONG_ROUTINE_MS
from voiceguide.compile.layout import LEAD_MS, REST_LEAD_MS, SWITCH_LEAD_MS
from voiceguide.compile.narrate import COUNTDOWN_SPARE_MS, HALFWAY_FROM_MS, REST_WORD_FROM_MS
from voiceguide.compile.reminders import APART_MS, QUIET_END_MS
from voiceguide.dose import MAX_REPS, MAX_SETS, SIDES, format_dose, parse_dose
from voiceguide.files import MAX_SCRIPT_BYTES, DiskLibrary, read_include, user_folders
from voiceguide.model import DEFAULT_BREATH_MS, DEFAULT_PHASE_MS, DEFAULT_REST_MS
from voiceguide.plan import Choices
from voiceguide.script.doses import DEFAULT_REP_MS
from voiceguide.script.fields import MAX_SPOKEN
from voiceguide.script.keys import (
    CONDITIONS,
    EXERCISE_KEYS,
    EXERCISE_STEP_KEYS,
    MAX_RATE,
    MAX_ROUNDS,
    MIN_RATE,
    POSITIONS,
    ROUTINE_KEYS,
    SECTION_KEYS,
    VERBS,
    Key,
)
from voiceguide.script.limits import LONG_HOLD_MS, MAX_PARTS
from voiceguide.script.nodes import MAX_DEPTH, SourceFile
from voiceguide.script.routine import MAX_INCLUDES, read_routine
from voiceguide.units import MAX_DURATION_MS, MIN_REP_MS, format_seconds

PAGE = (Path(__file__).parent.parent / "docs" / "format.md").read_text(encoding="utf-8")
LIBRARY = DiskLibrary(user_folders())
# A step within a sentence: an id or a verb with its value, in a code span.
STEPS = re.findall(r"`((?!include:)[a-z-]+: (?:\{.+?\}|[^`{]+))`", PAGE)


def fenced(language: str) -> list[str]:
    """The blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def shown(text: str) -> str:
    """The problems of a script that uses the shipped library."""
    _, problems = read_routine(SourceFile("format.md", text), LIBRARY, read_include)
    return "\n".join(format_problem(found) for found in problems)


@pytest.mark.parametrize("example", fenced("yaml"))
def test_an_example_of_a_routine_has_no_problem(example: str) -> None:
    assert shown(example) == ""


@pytest.mark.parametrize("dose", [line for block in fenced("dose") for line in block.splitlines()])
def test_an_example_of_a_dose_is_one(dose: str) -> None:
    assert parse_dose(format_dose(parse_dose(dose))) == parse_dose(dose)


@pytest.mark.parametrize("step", STEPS)
def test_an_example_of_a_step_within_a_sentence_is_one(step: str) -> None:
    assert shown(f"title: T\nsteps:\n  - {step}\n") == ""


def rows(head: str) -> dict[str, list[str]]:
    """The cells of each row of the table whose first row is about `head`, by key."""
    table = re.search(rf"(?<=-\|\n)\| `{head}` \|.*\n(?:\|.*\n)*", PAGE)
    assert table is not None
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.group().splitlines()]
    return {first.strip("` |"): rest for first, *rest in cells}


TABLES = [
    ("title", ROUTINE_KEYS),
    ("section", SECTION_KEYS),
    ("sets", EXERCISE_STEP_KEYS),
    ("name", EXERCISE_KEYS),
    ("say", VERBS),
]


@pytest.mark.parametrize(("head", "keys"), TABLES, ids=["routine", "section", "dose", "exercise", "verbs"])
def test_a_table_has_every_key_in_order_with_its_meaning(head: str, keys: tuple[Key, ...]) -> None:
    table = rows(head)
    assert list(table) == [key.name for key in keys]
    for key in keys:
        assert table[key.name][-1].startswith(key.meaning)


@pytest.mark.parametrize(("head", "keys"), TABLES[:-1], ids=["routine", "section", "dose", "exercise"])
def test_a_table_says_which_keys_are_required(head: str, keys: tuple[Key, ...]) -> None:
    table = rows(head)
    assert {key for key, cells in table.items() if cells[1] == "required"} == {
        key.name for key in keys if key.required
    }


@pytest.mark.parametrize("word", [*SIDES, *POSITIONS, *CONDITIONS, *LIBRARY.sound_files, *LIBRARY.languages])
def test_every_word_that_a_value_may_be_is_on_the_page(word: str) -> None:
    assert word in PAGE


def seconds(ms: int) -> str:
    return f"{format_seconds(ms)} s"


@pytest.mark.parametrize(
    "said",
    [
        f"| a file | {MAX_SCRIPT_BYTES // 1_000_000} MB, UTF-8 |",
        f"| the whole routine | {MAX_DURATION_MS // 3_600_000} hours, {MAX_PARTS:,} holds",
        f"| a duration | {MAX_DURATION_MS // 3_600_000} hours |",
        f"| sets, reps or breaths, rounds | {MAX_SETS}, {MAX_REPS}, {MAX_ROUNDS} |",
        f"| included files | {MAX_INCLUDES} |",
        f"| a text to be spoken | {MAX_SPOKEN:,} characters |",
        f"| nesting | {MAX_DEPTH} levels |",
        f"| `rate` | {MIN_RATE} to {MAX_RATE} |",
        f"| `rounds` | 1 to {MAX_ROUNDS} |",
        f"| `sets` | 1 to {MAX_SETS}, or a range |",
        f"| `reps` | 1 to {MAX_REPS}, or a range |",
        f"| `breaths` | 1 to {MAX_REPS}, or a range |",
        f"| `breath` | duration | {seconds(DEFAULT_BREATH_MS)} |",
        f"a hold over {LONG_HOLD_MS // 60_000} minutes",
        f"a routine over {LONG_ROUTINE_MS // 3_600_000} hours",
        f"exercise's, else {seconds(DEFAULT_REST_MS)}.",
        f"A rep lasts at least {seconds(MIN_REP_MS)}.",
        f"Without a tempo a phase lasts {seconds(DEFAULT_PHASE_MS)}, and a rep without phases {seconds(DEFAULT_REP_MS)}.",
        f"At least {seconds(Choices().get_ready_ms)} (`--get-ready`), and {seconds(LEAD_MS)} after the last word.",
        f'"Halfway" from {seconds(HALFWAY_FROM_MS)} on.',
        f"Counted down from {Choices().countdown} ",
        f"where it lasts {seconds(COUNTDOWN_SPARE_MS)} longer than the count.",
        f"{seconds(APART_MS)} apart, never in the last {seconds(QUIET_END_MS)} of a set.",
        f"at least {seconds(Choices().switch_ms)} (`--switch`), and {seconds(SWITCH_LEAD_MS)} after its words.",
        f"the next set is announced {seconds(REST_LEAD_MS)} before it starts",
        f"is named from {seconds(REST_WORD_FROM_MS)} on.",
    ],
)
def test_a_number_on_the_page_is_the_codes(said: str) -> None:
    assert said in " ".join(PAGE.split())
