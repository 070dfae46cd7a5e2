"""What went wrong, and where: places in a file, problems as values, and the exceptions that carry them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Place:
    """A stretch of one line of a file: 1-based line and columns, `end_column` just past the last character.

    `source_line` is the whole line as written, so that a problem can be shown without the file.
    """

    file: str
    line: int
    column: int
    end_column: int
    source_line: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `kind` is stable and for programs, `message` and `hint` are for people."""

    kind: str
    message: str
    place: Place | None = None
    hint: str | None = None
    severity: Severity = "error"


class VoiceguideError(Exception):
    """A failure with at least one problem to show; each subclass owns the exit code of the command."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class ScriptError(VoiceguideError):
    """A routine, exercise, configuration or timeline file is wrong."""

    exit_code = 1


class RequestError(VoiceguideError):
    """The user asked for something that does not exist: a routine, an engine, a voice, a format."""

    exit_code = 2


class SpeechError(VoiceguideError):
    """An engine could not be started or did not speak."""

    exit_code = 3


class OutputError(VoiceguideError):
    """Audio could not be read, encoded or written."""

    exit_code = 4


class DeviceError(VoiceguideError):
    """No sound device, or the one in use failed."""

    exit_code = 5


class Stopped(VoiceguideError):  # noqa: N818 (stopping is a wish of the user's, not an error)
    """The user stopped the command; 130 is what shells give after Ctrl-C."""

    exit_code = 130
