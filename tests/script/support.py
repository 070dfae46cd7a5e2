"""Scripts in a test: a shelf of four small exercises, includes from a dictionary, and problems as people see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import dedent
from typing import TYPE_CHECKING

from voiceguide.cli.problems import format_problem
from voiceguide.errors import ScriptError
from voiceguide.model import ExerciseStep
from voiceguide.script.nodes import SourceFile
from voiceguide.script.routine import read_routine
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from voiceguide.errors import Problem
    from voiceguide.model import Routine, Step

SHELF = {
    "plank": "{name: Plank, dose: 30s}",
    "bridge": "{name: Bridge, dose: 2 x 10 reps, phases: [up, hold, down], tempo: 2-1-3}",
    "knee-drop": '{name: Knee drop, dose: 20s, side: "knees to the {side}"}',
    "twist": '{name: Twist, dose: 5 reps, phases: [out, back], side: "the {side} arm"}',
}


@dataclass(frozen=True)
class Shelf:
    """A library held in memory: what the files of its exercises say, by id."""

    files: dict[str, str] = field(default_factory=lambda: SHELF)
    sounds: Collection[str] = ("bell", "tick")
    languages: Collection[str] = ("en", "de")
    recordings: Collection[str] = ("left.wav", "gong.mp3", "{side}.wav")
    folders: Collection[str] = ("tunes",)

    @property
    def exercises(self) -> Collection[str]:
        return self.files.keys()

    def read(self, exercise: str) -> SourceFile:
        return SourceFile(f"shelf/{exercise}.yaml", self.files[exercise])

    def find(self, including: str, written: str, *, folder: bool = False) -> str:
        folder_of, _, _ = including.rpartition("/")
        if written in self.recordings or (folder and written in self.folders):
            return f"{folder_of}/{written}" if folder_of else written
        raise ScriptError(problem("recording-missing", path=written))


def read(
    text: str,
    *,
    files: dict[str, str] | None = None,
    library: Shelf | None = None,
    language: str | None = None,
) -> tuple[Routine | None, tuple[Problem, ...]]:
    """What the reader makes of a script called t.yaml; `files` are what it may include."""

    def include(_: str, name: str) -> SourceFile:
        if name not in (files or {}):
            raise ScriptError(problem("file-missing", path=name))
        return SourceFile(name, (files or {})[name])

    return read_routine(SourceFile("t.yaml", text), library or Shelf(), include, language)


def routine_of(
    text: str,
    *,
    files: dict[str, str] | None = None,
    library: Shelf | None = None,
    language: str | None = None,
) -> Routine:
    """The routine of a script that has no problems at all."""
    routine, problems = read(dedent(text).lstrip(), files=files, library=library, language=language)
    assert problems == ()
    assert routine is not None
    return routine


def steps_of(steps: str, *, files: dict[str, str] | None = None) -> tuple[Step, ...]:
    """The steps of a script that has these lines under `steps:` and no problems."""
    return routine_of(f"title: T\nsteps:\n{dedent(steps).strip(chr(10))}\n", files=files).steps


def step_of(step: str) -> ExerciseStep:
    """The one exercise step of such a script."""
    (found,) = steps_of(f"- {step}")
    assert isinstance(found, ExerciseStep)
    return found


def report(text: str, *, files: dict[str, str] | None = None) -> str:
    """All problems of a script as the command shows them."""
    _, problems = read(text, files=files)
    return "\n".join(format_problem(found) for found in problems)


def report_steps(steps: str, *, files: dict[str, str] | None = None) -> str:
    """All problems of a script that has these lines under `steps:`; the first of them is line 3."""
    return report(f"title: T\nsteps:\n{steps}\n", files=files)
