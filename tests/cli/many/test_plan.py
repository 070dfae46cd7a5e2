"""What is wrong with a plan: all of it is told with its place, and rows with nothing wrong are rendered."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.configuration import all_options
from voiceguide.cli.many.outside import Reach
from voiceguide.cli.many.plan import plan_columns, read_plan
from voiceguide.files import user_folders

from .support import HELLO, TONES, files

if TYPE_CHECKING:
    from tests.conftest import User

CASES = [
    (
        "dose,nmae,routine\n50,Anna,tones.yaml\n",
        """
        plan.csv:1:6: error: a plan has no column 'nmae'
           1 | dose,nmae,routine
             |      ^^^^
           hint: did you mean 'name'?
        """,
    ),
    (
        "name,dose\nAnna,50\n",
        """
        plan.csv:1:1: error: the plan has no column 'routine'
           1 | name,dose
             | ^^^^^^^^^
           hint: its first line names the columns: routine, name, dose
        """,
    ),
    (
        "routine,dose, Dose\ntones.yaml,1,2\n",
        """
        plan.csv:1:14: error: the column 'dose' stands twice
           1 | routine,dose, Dose
             |              ^^^^^
           hint: keep one of them
        """,
    ),
    (
        "routine,,\ntones.yaml,,x\n",
        """
        plan.csv:1:10: error: this column has no name
           1 | routine,,
             |          ^
        """,
    ),
    (
        "routine\n",
        """
        plan.csv:1:1: error: the plan has no rows
           1 | routine
             | ^^^^^^^
           hint: each line after the first is a listener
        """,
    ),
    (
        "\n\n",
        """
        error: the plan is empty
           hint: its first line names the columns: routine, name, dose
        """,
    ),
    (
        'routine,name\ntones.yaml,"Anna\ntones.yaml,Ben\n',
        """
        plan.csv:2:1: error: this is not CSV: unexpected end of data
           2 | tones.yaml,"Anna
             | ^^^^^^^^^^^^^^^^
        """,
    ),
    (
        "routine,dose,avoid,language,safety\ntones.yaml,fifty,kneee,,maybe\nevenig,150%,,xx,\n,5,,,\nno.yaml,5,,,\n",
        """
        plan.csv:2:12: error: 'dose' cannot have this value: the dose is a percentage, 0 to 100
           2 | tones.yaml,fifty,kneee,,maybe
             |            ^^^^^
        plan.csv:2:18: error: 'avoid' cannot have this value: there is no condition or position 'kneee'; did you mean 'knee'?
           2 | tones.yaml,fifty,kneee,,maybe
             |                  ^^^^^
        plan.csv:2:25: error: 'safety' cannot have this value: write true or false
           2 | tones.yaml,fifty,kneee,,maybe
             |                         ^^^^^
        plan.csv:3:1: error: there is no routine 'evenig'
           3 | evenig,150%,,xx,
             | ^^^^^^
           hint: did you mean 'evening'?
        plan.csv:3:8: error: 'dose' cannot have this value: the dose is a percentage, 0 to 100
           3 | evenig,150%,,xx,
             |        ^^^^
        plan.csv:3:14: error: 'language' cannot have this value: there is no language 'xx'; known: en (English), de (German), es (Spanish), fr (French)
           3 | evenig,150%,,xx,
             |              ^^
        plan.csv:4:1: error: this row names no routine
           4 | ,5,,,
             | ^
        plan.csv:5:1: error: no.yaml does not exist
           5 | no.yaml,5,,,
             | ^^^^^^^
        """,
    ),
    (
        "routine,dose,fit\ntones.yaml,5,15m\ntones.yaml,5,,x\n",
        """
        plan.csv:2:14: error: dose and fit exclude each other
           2 | tones.yaml,5,15m
             |              ^^^
        plan.csv:3:15: error: this row has 4 cells, and the plan has 3 columns
           3 | tones.yaml,5,,x
             |               ^
        """,
    ),
    (
        "routine,programme,allow-outside\nevening,runner-low-back,true\n",
        """
        plan.csv:1:9: error: a plan has no column 'programme'
           1 | routine,programme,allow-outside
             |         ^^^^^^^^^
           hint: known: routine, file, bitrate, engine, voice, rate, fallback, language, dose, fit, talk, count, first-side, avoid, without, name, only, countdown, switch, get-ready, speed, safety, keep-awake, music, music-level
        plan.csv:1:19: error: a plan has no column 'allow-outside'
           1 | routine,programme,allow-outside
             |                   ^^^^^^^^^^^^^
           hint: known: routine, file, bitrate, engine, voice, rate, fallback, language, dose, fit, talk, count, first-side, avoid, without, name, only, countdown, switch, get-ready, speed, safety, keep-awake, music, music-level
        """,
    ),
]


@pytest.mark.parametrize(("plan", "told"), CASES)
def test_a_plan_with_mistakes_is_not_begun(user: User, plan: str, told: str) -> None:
    user.write("tones.yaml", TONES)
    user.write("plan.csv", plan)
    assert user.fails("batch", "plan.csv", "-o", "out") == dedent(told).lstrip("\n")


def test_rows_that_are_wrong_are_told_at_the_end_and_the_others_are_rendered(user: User) -> None:
    user.write("tones.yaml", TONES)
    user.write("plan.csv", "routine,dose,file\nnope,,\ntones.yaml,,b\ntones.yaml,x,c\ntones.yaml,5,B\n")
    outcome = user.run("batch", "plan.csv", "-o", "out", "--no-safety")
    assert (outcome.code, outcome.out) == (1, "4 rows: 1 rendered, 3 failed\n")
    assert outcome.err == (
        "plan.csv:2:1: error: there is no routine 'nope'\n"
        "   2 | nope,,\n"
        "     | ^^^^\n"
        "   hint: `voiceguide list` shows them all\n"
        "plan.csv:4:12: error: 'dose' cannot have this value: the dose is a percentage, 0 to 100\n"
        "   4 | tones.yaml,x,c\n"
        "     |            ^\n"
        "plan.csv:5:14: error: the row in line 3 is rendered into B.mp3 already\n"
        "   5 | tones.yaml,5,B\n"
        "     |              ^\n"
    )
    assert files(user, "out") == ["b.mp3"]


def test_files_that_cannot_be_are_told_at_their_cells(user: User) -> None:
    user.write("tones.yaml", TONES)
    user.write(
        "plan.csv",
        "routine,file\ntones.yaml,a.mp3\ntones.yaml,../b\ntones.yaml,A\ntones.yaml,x.txt\ntones.yaml,con.mp3\n",
    )
    told = """
    plan.csv:3:12: error: no file can be called '../b': it is not below the folder
       3 | tones.yaml,../b
         |            ^^^^
    plan.csv:4:12: error: the row in line 2 is rendered into A.mp3 already
       4 | tones.yaml,A
         |            ^
    plan.csv:5:12: error: cannot write '.txt' files
       5 | tones.yaml,x.txt
         |            ^^^^^
       hint: voiceguide writes .mp3, .wav, .flac, .m4a, .m4b, .ogg, .opus
    plan.csv:6:12: error: no file can be called 'con.mp3': Windows keeps this name for itself
       6 | tones.yaml,con.mp3
         |            ^^^^^^^
    """
    assert user.run("batch", "plan.csv", "-o", "out", "--no-safety").err == dedent(told).lstrip("\n")
    assert files(user, "out") == ["a.mp3"]


def test_a_plan_that_is_not_utf_8_is_told_where(user: User) -> None:
    user.write("plan.csv", "routine,name\nevening,Jürgen\n".encode("latin-1"))
    assert user.fails("batch", "plan.csv", "-o", "out") == (
        "plan.csv:2:10: error: this is not UTF-8 text (byte 0xfc)\n"
        "   2 | evening,J�rgen\n"
        "     |          ^\n"
        "   hint: in Excel, save it as 'CSV UTF-8 (Comma delimited)'\n"
    )


def test_a_plan_that_is_not_there(user: User) -> None:
    assert user.fails("batch", "plan.csv", "-o", "out") == "error: plan.csv does not exist\n"


@pytest.mark.parametrize(
    "plan",
    [
        b"routine,name,dose\ntones.yaml,Zo\xc3\xab,5\n",
        b"\xef\xbb\xbfroutine;name;dose\r\ntones.yaml;Zo\xc3\xab;5\r\n",
        b'"routine"\t"name"\t"dose"\r\n\r\n"tones.yaml"\t" Zo\xc3\xab "\t"5"\r\n;;\r\n'.replace(
            b";;", b"\t\t"
        ),
        b" Routine ,name,dose,,\ntones.yaml,Zo\xc3\xab,5,,\n,,,,\n",
        b"name,routine\rZo\xc3\xab,tones.yaml",
    ],
    ids=["comma", "semicolon and BOM", "tab, quotes, empty lines", "empty columns", "old line ends"],
)
def test_what_spreadsheets_write_is_read(user: User, plan: bytes) -> None:
    user.write("tones.yaml", TONES)
    user.write("plan.csv", plan)
    assert user.run("batch", "plan.csv", "-o", "out", "--no-safety").out == "1 row: 1 rendered\n"
    assert files(user, "out") == ["0001-Zoë-tones.mp3"]


def test_a_first_line_of_excels_is_no_head(user: User) -> None:
    user.write("tones.yaml", TONES)
    user.write("plan.csv", "sep=;\r\nroutine;name\r\ntones.yaml;Anna, Ben\r\nno.yaml;\r\n")
    assert user.run("batch", "plan.csv", "-o", "out", "--no-safety").err == dedent(
        """\
        plan.csv:4:1: error: no.yaml does not exist
           4 | no.yaml;
             | ^^^^^^^
        """
    )
    assert files(user, "out") == ["0001-Anna-Ben-tones.mp3"]


def test_a_plan_with_nothing_after_a_first_line_of_excels_is_empty(user: User) -> None:
    user.write("plan.csv", "sep=;\r\n\r\n")
    assert "error: the plan is empty" in user.run("batch", "plan.csv", "-o", "out").err


@pytest.mark.parametrize(("encoding", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_unicode_text_of_excels_is_read(user: User, encoding: str, mark: bytes) -> None:
    user.write("tones.yaml", TONES)
    user.write("plan.csv", mark + "routine\tname\r\ntones.yaml\tZoë\r\n".encode(encoding))
    assert user.run("batch", "plan.csv", "-o", "out", "--no-safety").code == 0
    assert files(user, "out") == ["0001-Zoë-tones.mp3"]


def test_a_cell_may_have_line_breaks_and_quotes_and_problems_after_it_have_their_place(user: User) -> None:
    user.write("hello.yaml", HELLO)
    user.write("plan.csv", 'name,routine,dose\n"Anna\n""Maria""",hello.yaml,x\n')
    assert user.fails("batch", "plan.csv", "-o", "out") == (
        "plan.csv:3:23: error: 'dose' cannot have this value: the dose is a percentage, 0 to 100\n"
        '   3 | ""Maria""",hello.yaml,x\n'
        "     |                       ^\n"
    )


def test_the_plan_in_the_documentation_has_no_problem(user: User) -> None:
    page = Path(__file__).parents[3] / "docs" / "scale.md"
    user.write("my-back.yaml", TONES)
    found = re.search(r"```csv\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    plan = read_plan(Reach(user.write("plan.csv", found[1]), user_folders(), allow_outside=False))
    assert plan.files == ["anna.mp3", "0002-Ben-evening.mp3", "zoe/first-week.mp3"]


def test_every_option_of_render_that_is_about_one_session_is_a_column() -> None:
    options = {name for name, commands in all_options().items() if "render" in commands} | {"only"}
    apart = {"output", "programme", "start", "jobs", "cluster", "allow-outside"}
    assert set(plan_columns()) == (options - apart) | {"routine", "file"}
