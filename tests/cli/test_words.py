"""`voiceguide show --words`: everything that is said, with its time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from voiceguide.cli.problems import columns

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

SAID = """\
title: Said
opening: Lie down, and let your breath slow.
steps:
  - say: Let the floor carry you.
  - sound: bell
"""


def test_it_has_a_line_a_cue_under_its_chapter_and_a_mark_for_a_tone(user: User) -> None:
    user.write("mine.yaml", SAID)
    outcome = user.run("show", "mine.yaml", "--no-safety", "--words")
    assert (outcome.code, outcome.err) == (0, "")
    head, empty, *lines = outcome.out.splitlines()
    assert re.fullmatch(r"Said, dose 0 %, 0:\d\d in all", head)
    assert empty == ""
    assert [re.sub(r"\d:\d\d\.\d", "0:00.0", line) for line in lines] == [
        "Opening",
        "0:00.0  Lie down, and let your breath slow.",
        "0:00.0  Let the floor carry you.",
        "0:00.0  * bell",
    ]


def test_the_times_are_those_of_the_timeline(user: User) -> None:
    user.write("mine.yaml", QUICK)
    cues = json.loads(user.run("compile", "mine.yaml").out)["cues"]
    lines = user.run("show", "mine.yaml", "--words").out.splitlines()[1:]
    times = [line.split()[0] for line in lines if re.match(r" ?\d", line)]
    starts = [cue["start_ms"] // 100 for cue in cues]
    assert times == [f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}" for tenths in starts]


def test_long_sentences_are_folded_in_80_columns_under_themselves(user: User) -> None:
    user.write("mine.yaml", QUICK)
    lines = user.run("show", "mine.yaml", "--words").out.splitlines()
    assert [line for line in lines if columns(line) > 80] == []
    start = next(index for index, line in enumerate(lines) if "Let comfort decide" in line)
    assert lines[start + 1].startswith(" " * lines[start].index("Let"))
    assert " ".join(f"{lines[start]} {lines[start + 1]}".split()[1:]) == (
        "Let comfort decide how far you go: mild discomfort is normal at first, but stop at once for pain, "
        "or for numbness or pain down a leg."
    )


def test_a_narrow_terminal_folds_more(user: User) -> None:
    user.write("mine.yaml", SAID)
    screen = user.terminal("show", "mine.yaml", "--no-safety", "--words", columns=30)
    assert [line for line in screen.lines if columns(line) > 30 and "in all" not in line] == []


def test_it_is_json_for_programs(user: User) -> None:
    user.write("mine.yaml", SAID)
    data = json.loads(user.run("show", "mine.yaml", "--no-safety", "--words", "--json").out)
    assert list(data) == ["title", "dose", "duration_ms", "items", "words"]
    assert [(cue["role"], cue["text"], cue["sound"]) for cue in data["words"]] == [
        ("opening", "Lie down, and let your breath slow.", None),
        ("say", "Let the floor carry you.", None),
        ("sound", "", "bell"),
    ]
    assert list(data["words"][0]) == ["start_ms", "role", "text", "sound"]


def test_a_timeline_is_shown_so_too(user: User) -> None:
    user.write("mine.yaml", SAID)
    user.run("compile", "mine.yaml", "--no-safety", "-o", "mine.json")
    routine = user.run("show", "mine.yaml", "--no-safety", "--words").out
    assert user.run("show", "mine.json", "--words").out == routine.replace(", dose 0 %", "")
