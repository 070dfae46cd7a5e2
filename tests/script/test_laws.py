"""Whatever a file holds, it is read or refused: nothing is raised, and every problem lies in its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.script.support import Shelf, read
from voiceguide.cli.problems import format_problem
from voiceguide.files import DiskLibrary, read_include, read_text, user_folders
from voiceguide.script.exercises import read_exercise_file
from voiceguide.script.nodes import SourceFile
from voiceguide.script.routine import read_routine

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.errors import Problem
    from voiceguide.model import Routine

FOLDERS = user_folders()
LIBRARY = DiskLibrary(FOLDERS)
ROUTINES = sorted(FOLDERS.routines.glob("*.yaml"))
EXERCISES = sorted(FOLDERS.exercises.glob("*.yaml"))

# Every kind of step and of value, in a form that leaves room for mistakes.
EVERYTHING = """\
title: {en: All of it, de: Alles}
summary: "Every kind of step"
language: en
rate: 150
dose: 25%
talk: full
count: down
say-as: {psoas: so-as}
music: tunes
music-level: -3
opening: |
  Lie down,
  and breathe.
steps:
  - plank
  - plank: {talk: brief, count: up, cues: [{at: 10s, text: Now.}, {at: -5s, text: {en: Soon., de: Bald.}}]}
  - knee-drop: 20s alternating, right first
  - say: {text: Namaste., language: de, recording: left.wav}
  - plank: 2-3 x 20-30s, rest 10s
  - bridge: 10 reps @ 2-1-3
  - bridge: {reps: 8-10, hold: 5s, sets: 2}
  - knee-drop: 1:30 each side
  - knee-drop: {hold: 30, sides: both, cues: ["To the {side}.", Let go.]}
  - rest: 20s
  - section: {en: Settle, de: Ankommen}
    talk: tones
    rounds: 2
    steps:
      - say: Let the floor carry you.
      - sound: bell
      - own: 5 breaths alternating
  - pause: 3
  - include: b.yaml
exercises:
  own:
    name: Own
    for: the back
    position: kneeling
    setup: [Kneel down.]
    side: knee to the {side}
    dose: 3 x 5 reps
    phases: [{en: up, de: hoch}, hold, down]
    tempo: 2-1-2
    breathing: [in, hold, out]
    breath: 2-2
    cues: [Breathe.]
    change: {text: "To your {other} knee, for {reps}.", time: 6s}
    instead: plank
    release: Sit up.
    caution: Slowly.
    avoid: [knee]
    needs: mat
closing: Sit up.
"""
FILES = {"b.yaml": "steps: [{include: t.yaml}]\n", "t.yaml": "steps: [plank]\n"}


def check(result: tuple[Routine | None, tuple[Problem, ...]]) -> None:
    """The law: a routine if and only if there is no error, and every problem is in its line and can be shown."""
    routine, problems = result
    assert (routine is None) == any(found.severity == "error" for found in problems)
    for found in problems:
        place = found.place
        assert place is not None
        assert 1 <= place.column < place.end_column <= len(place.source_line) + 2
        assert place.column <= len(place.source_line) + 1
        assert all(line.isprintable() for line in format_problem(found).split("\n"))


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_a_shipped_exercise_has_no_problem(path: Path) -> None:
    exercise, problems = read_exercise_file(read_text(path), path.stem, LIBRARY)
    assert problems == []
    assert exercise is not None


def test_the_script_that_is_mutated_is_whole() -> None:
    own = EVERYTHING.replace("  - include: b.yaml\n", "")
    assert read(own)[1] == ()


PIECES = st.sampled_from(
    [
        ": ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "? ", "| \n", "> \n", '"', "'", "#", "&a ", "*a", "!!int ", "!",
        "%YAML 1.1\n", "---\n", "...\n", "\t", "\\", "\r", "\r\n", "\x85", "\u2028", "\ufeff", "\x00", "\x7f", "\ud7ff", "é",
        "\U0001f9d8", "0", "-", "×", "@", "x", "s", "title", "steps", "plank", "knee-drop", "rest", "say", "section",
        "include", "exercises", "30s", "{side}", "each side", "<<", "=", "~", "null", "{hold}", "{en: x}", "{text: x}", "de: ",
        "text: ", "recording: ", "language: ", "at: -5s", "cues: ", "change: ", "instead: ", "phases: ", "breath: ",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES | st.characters(codec="utf-8"), max_size=40).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    check(read(text, files=FILES))


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_may_stand_where_a_title_and_a_step_stand(title: str, step: str) -> None:
    check(read(f"title: {title}\nsteps:\n  - {step}\n", files=FILES))


@settings(deadline=None)
@given(st.data())
def test_a_script_with_a_few_mistakes_is_read_or_refused(data: st.DataObject) -> None:
    text = EVERYTHING
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(PIECES) + text[end:]
    check(read(text, files=FILES))


@settings(deadline=None)
@given(st.data())
def test_a_shipped_routine_with_lines_lost_moved_or_doubled_is_read_or_refused(data: st.DataObject) -> None:
    lines = read_text(data.draw(st.sampled_from(ROUTINES))).text.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 3))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        places = data.draw(st.lists(st.integers(0, len(lines)), max_size=2))
        for at in places:
            lines.insert(at, data.draw(st.sampled_from([line, f"  {line}", line.lstrip()])))
    source = SourceFile("t.yaml", "".join(lines))
    check(read_routine(source, LIBRARY, read_include))


@settings(deadline=None)
@given(st.data())
def test_a_broken_exercise_of_the_library_is_told_not_raised(data: st.DataObject) -> None:
    text = read_text(data.draw(st.sampled_from(EXERCISES))).text
    start = data.draw(st.integers(0, len(text)))
    broken = text[:start] + data.draw(PIECES) + text[start + data.draw(st.integers(0, 12)) :]
    check(read("title: T\nsteps: [plank]\n", library=Shelf({"plank": broken})))
