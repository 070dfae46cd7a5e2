"""docs/format.md says what the program does: examples are read, tables are the code's, numbers are the constants'."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voiceguide.cli.problems import format_problem
from voiceguide.cli.sessions import LONG_ROUTINE_MS
from voiceguide.dose import MAX_REPS, MAX_SETS, SIDES, format_dose, parse_dose
from voiceguide.files import (
    MAX_PATH,
    MAX_PATH_PARTS,
    MAX_SCRIPT_BYTES,
    DiskLibrary,
    named_routines,
    read_include,
    user_folders,
)
from voiceguide.model import DEFAULT_BREATH_MS, DEFAULT_PHASE_MS, DEFAULT_REST_MS, DEFAULT_WAIT_MS
from voiceguide.phrases.address import MAX_NAME
from voiceguide.script.catalogue import MAX_INSTEAD
from voiceguide.script.doses import DEFAULT_REP_MS
from voiceguide.script.fields import MAX_SPOKEN
from voiceguide.script.keys import (
    BREATH_WORDS,
    CHANGE_KEYS,
    CONDITIONS,
    COUNTINGS,
    CUE_KEYS,
    EXERCISE_KEYS,
    EXERCISE_STEP_KEYS,
    MAX_LEVEL,
    MAX_PRONUNCIATIONS,
    MAX_RATE,
    MAX_ROUNDS,
    MAX_SAID_AS,
    MIN_LEVEL,
    MIN_RATE,
    POSITIONS,
    PROGRAMME_KEYS,
    ROUTINE_KEYS,
    SECTION_KEYS,
    TALKS,
    TEXT_KEYS,
    VERBS,
    WAIT_KEYS,
    WEEK_KEYS,
    Key,
    names,
)
from voiceguide.script.limits import LONG_HOLD_MS, MAX_PARTS, MAX_WORDS
from voiceguide.script.nodes import MAX_DEPTH, MAX_NODES, MAX_SCALAR, SourceFile
from voiceguide.script.programme import MAX_WEEKS, read_programme
from voiceguide.script.routine import read_routine
from voiceguide.script.steps import MAX_INCLUDES
from voiceguide.units import MAX_DURATION_MS, MIN_REP_MS, format_seconds

PAGE = (Path(__file__).parent.parent / "docs" / "format.md").read_text(encoding="utf-8")
FOLDERS = user_folders()
LIBRARY = DiskLibrary(FOLDERS)
# A step within a sentence: an id or a verb with its value, in a code span.
STEPS = [
    step
    for step in re.findall(r"`((?!include:)[a-z-]+: (?:\{.+?\}|[^`{]+))`", PAGE)
    if step.split(":")[0] in (*names(VERBS), *LIBRARY.exercises)
]


def fenced(language: str) -> list[str]:
    """The blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def shown(text: str) -> str:
    """The problems of a script that uses the shipped library."""
    _, problems = read_routine(SourceFile("format.md", text), LIBRARY, read_include)
    return "\n".join(format_problem(found) for found in problems)


EXAMPLES = fenced("yaml")
PROGRAMMES = [example for example in EXAMPLES if "weeks:" in example]


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example not in PROGRAMMES])
def test_an_example_of_a_routine_has_no_problem(example: str) -> None:
    assert shown(example) == ""


@pytest.mark.parametrize("example", PROGRAMMES)
def test_an_example_of_a_programme_has_no_problem(example: str) -> None:
    assert read_programme(SourceFile("format.md", example), LIBRARY, dict(named_routines(FOLDERS)))[1] == ()


@pytest.mark.parametrize("dose", [line for block in fenced("dose") for line in block.splitlines()])
def test_an_example_of_a_dose_is_one(dose: str) -> None:
    assert parse_dose(format_dose(parse_dose(dose))) == parse_dose(dose)


@pytest.mark.parametrize("step", STEPS)
def test_an_example_of_a_step_within_a_sentence_is_one(step: str) -> None:
    assert shown(f"title: T\nsteps:\n  - {step}\n") == ""


def rows(head: str, within: str) -> dict[str, list[str]]:
    """The cells of each row of a section's table whose first row is about `head`, by key."""
    section = re.search(rf"^## {within}\n.*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None
    table = re.search(rf"(?<=-\|\n)\| `{head}` \|.*\n(?:\|.*\n)*", section.group())
    assert table is not None
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.group().splitlines()]
    return {first.strip("` |"): rest for first, *rest in cells}


TABLES = [
    ("Routine", "title", ROUTINE_KEYS),
    ("Steps", "section", SECTION_KEYS),
    ("Dose", "sets", EXERCISE_STEP_KEYS),
    ("Exercises", "name", EXERCISE_KEYS),
    ("Texts", "text", tuple(dict.fromkeys((*TEXT_KEYS, *CUE_KEYS, *CHANGE_KEYS, *WAIT_KEYS)))),
    ("Programmes", "title", PROGRAMME_KEYS),
    ("Programmes", "dose", WEEK_KEYS),
    ("Steps", "say", VERBS),
]
IDS = ["routine", "section", "dose", "exercise", "text", "programme", "week", "verbs"]


@pytest.mark.parametrize(("within", "head", "keys"), TABLES, ids=IDS)
def test_a_table_has_every_key_in_order_with_its_meaning(
    within: str, head: str, keys: tuple[Key, ...]
) -> None:
    table = rows(head, within)
    assert list(table) == [key.name for key in keys]
    for key in keys:
        assert (
            table[key.name][-1]
            .removeprefix("in cues: ")
            .removeprefix("in `change`: ")
            .removeprefix("in `wait`: ")
            .startswith(key.meaning)
        )


@pytest.mark.parametrize(("within", "head", "keys"), TABLES[:-1], ids=IDS[:-1])
def test_a_table_says_which_keys_are_required(within: str, head: str, keys: tuple[Key, ...]) -> None:
    table = rows(head, within)
    assert {key for key, cells in table.items() if cells[1] == "required"} == {
        key.name for key in keys if key.required
    }


@pytest.mark.parametrize(
    "word",
    [
        *SIDES,
        *POSITIONS,
        *CONDITIONS,
        *LIBRARY.sound_files,
        *LIBRARY.languages,
        *TALKS,
        *COUNTINGS,
        *BREATH_WORDS,
    ],
)
def test_every_word_that_a_value_may_be_is_on_the_page(word: str) -> None:
    assert word in PAGE


def seconds(ms: int) -> str:
    return f"{format_seconds(ms)} s"


@pytest.mark.parametrize(
    "said",
    [
        f"| a file | {MAX_SCRIPT_BYTES // 1_000_000} MB, UTF-8; {MAX_NODES:,} keys and values, each of {MAX_SCALAR:,}",
        f"| the whole routine, at its highest dose | {MAX_DURATION_MS // 3_600_000} hours, {MAX_PARTS:,} holds",
        f"; {MAX_WORDS:,} words of phases and cues in every rep and set |",
        f"| a duration | {MAX_DURATION_MS // 3_600_000} hours |",
        f"| sets, reps or breaths, rounds | {MAX_SETS}, {MAX_REPS}, {MAX_ROUNDS} |",
        f"| included files | {MAX_INCLUDES}, together no larger than one file |",
        f"| exercises that stand in for each other in turn | {MAX_INSTEAD} |",
        f"| a path | {MAX_PATH:,} characters, {MAX_PATH_PARTS} folders |",
        f"| a text to be spoken | {MAX_SPOKEN:,} characters |",
        f"| nesting | {MAX_DEPTH} levels |",
        f"| `rate` | {MIN_RATE} to {MAX_RATE} |",
        f"| `rounds` | 1 to {MAX_ROUNDS} |",
        f"| `sets` | 1 to {MAX_SETS}, or a range |",
        f"| `reps` | 1 to {MAX_REPS}, or a range |",
        f"| `breaths` | 1 to {MAX_REPS}, or a range |",
        f"| `breath` | duration, or `2-3` | {seconds(DEFAULT_BREATH_MS)} |",
        f"| `pause` | duration | {seconds(DEFAULT_WAIT_MS)} |",
        f"| `music-level` | {MIN_LEVEL} to {MAX_LEVEL} | 0 |",
        f"| a listener's name | {MAX_NAME} characters |",
        f"| pronunciations | {MAX_PRONUNCIATIONS:,}, each of {MAX_SAID_AS} characters |",
        f"| list, at most {MAX_WEEKS} |",
        f"a hold over {LONG_HOLD_MS // 60_000} minutes",
        f"a routine over {LONG_ROUTINE_MS // 3_600_000} hours",
        f"exercise's, else {seconds(DEFAULT_REST_MS)}.",
        f"A rep lasts at least {seconds(MIN_REP_MS)}.",
        f"Without a tempo a phase lasts {seconds(DEFAULT_PHASE_MS)}, and a rep without phases {seconds(DEFAULT_REP_MS)}.",
    ],
)
def test_a_number_on_the_page_is_the_codes(said: str) -> None:
    assert said in " ".join(PAGE.split())
