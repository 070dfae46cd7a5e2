"""Workouts in tests: steps as lines, and what Garmin's own reader finds in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from garmin_fit_sdk import Decoder, Stream

from tests.compile.support import read
from voiceguide.plan import Choices
from voiceguide.units import format_duration
from voiceguide.workout.repeats import Repeat, WorkoutStep, folded
from voiceguide.workout.steps import steps

if TYPE_CHECKING:
    from collections.abc import Iterable


def workout(
    script: str,
    *,
    choices: Choices | None = None,
    language: str | None = None,
    shelf: dict[str, str] | None = None,
) -> tuple[WorkoutStep, ...]:
    """The workout of a routine with these steps, repeats folded."""
    routine = read(script, shelf=shelf, language=language)
    return folded(steps(routine, choices or Choices(safety=False)))


def lines(found: Iterable[WorkoutStep]) -> str:
    """A workout as text, a line a step: its number, kind, length and name, and its notes after a bar."""
    return "\n".join(f"{number} {_line(step)}" for number, step in enumerate(found))


def decoded(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The messages of a FIT file by Garmin's SDK, which has found it whole: header, sizes and checksums."""
    assert Decoder(Stream.from_byte_array(bytearray(content))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(content))).read()
    assert errors == []
    return cast("dict[str, list[dict[str, Any]]]", messages)


def _line(step: WorkoutStep) -> str:
    if isinstance(step, Repeat):
        return f"from {step.first} on {step.times} times"
    length = f"{step.reps} reps" if step.reps else "" if step.ms is None else format_duration(step.ms)
    return " ".join(part for part in (step.kind, length, step.name, step.notes and f"| {step.notes}") if part)
