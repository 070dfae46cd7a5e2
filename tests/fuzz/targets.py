"""What is fuzzed: for each reader a function of any bytes, which raises for what may never happen.

None of them needs the fuzzer, so that an input it found can be tried by itself and kept in a test.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from unittest.mock import patch

from tests.importing.support import KNOWN, done
from tests.script.support import SHELF, Shelf
from voiceguide.cli.configuration import configured
from voiceguide.cli.problems import format_problem, problems_json
from voiceguide.compile import draft
from voiceguide.compile.guess import guessed_ms
from voiceguide.dose import at, format_dose, parse_dose
from voiceguide.errors import ScriptError
from voiceguide.importing.reading import read_timers
from voiceguide.importing.script_text import script_text
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices
from voiceguide.script import keys
from voiceguide.script.nodes import SourceFile
from voiceguide.script.programme import read_programme
from voiceguide.script.routine import read_routine
from voiceguide.timeline import Voice
from voiceguide.timeline_json import TimelineError, from_json, to_json
from voiceguide.units import (
    NotationError,
    format_duration,
    format_range,
    format_tempo,
    parse_count_range,
    parse_duration,
    parse_duration_range,
    parse_tempo,
)
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.errors import Problem
    from voiceguide.model import Routine

T = TypeVar("T")
Target = Callable[[bytes], None]

# Seconds of the processor, so that a busy machine is not taken for a hang.
SLOWEST_S = 2.0
# Between the script and each of the files that it includes.
CUT = b"\n\x0c\n"
INCLUDED = ("b.yaml", "c.yaml")
_MOST = 99
_SHELF = Shelf(SHELF | {"bow": "{name: Bow, dose: 2 reps, cues: ['In {hold}, {reps}.'], instead: plank}"})
_VOICE = Voice("none", "none", 150)


class BrokenError(AssertionError):
    """An input for which a promise does not hold."""


def dose(data: bytes) -> None:
    """A notation: read, or refused with a problem that lies in it; what is read is written and read again the same."""
    if not data:
        return
    text = data[1:].decode("utf-8", "replace")
    read, written = _NOTATIONS[data[0] % len(_NOTATIONS)]
    try:
        value = read(text)
    except NotationError as error:
        if not 0 <= error.start < error.end <= len(text) + 1:
            raise BrokenError(f"{error.kind} lies at {error.start} to {error.end} of {text!r}") from error
        problem(error.kind, **error.values)
        return
    if written is not None and read(written(value)) != value:
        raise BrokenError(f"{text!r} is written as {written(value)!r}, which is something else")


def reader(data: bytes) -> None:
    """A script and two files it may include: read, or refused with problems that lie in them."""
    _read(data)


def session(data: bytes) -> None:
    """The same, and what is read is compiled to a timeline, which is written and read again the same."""
    found = _read(data)
    if found is None:
        return
    words = _in_time(lambda: draft(found, Choices()))
    lengths = {source: guessed_ms(source) for source in words.sources}
    compiled, warnings = _in_time(lambda: words.timeline(lengths, _VOICE))
    _show(warnings)
    if from_json(to_json(compiled)) != compiled:
        raise BrokenError("the timeline is not read as it is written")


def programme(data: bytes) -> None:
    """A programme: read, or refused with problems that lie in it."""
    text = _text(data)
    found, problems = _in_time(lambda: read_programme(SourceFile("t.yaml", text), _SHELF, ["a", "b"]))
    _check_all(problems, {"t.yaml": text})
    if (found is None) != bool(problems):
        raise BrokenError("a programme with problems, or none without")


def configuration(data: bytes) -> None:
    """A configuration: read, or refused with problems."""
    path = Path(_folder().name) / "config.yaml"
    path.write_bytes(data)
    with patch.dict(os.environ, VOICEGUIDE_CONFIG=str(path)):
        try:
            _in_time(configured)
        except ScriptError as error:
            _show(error.problems)


def timeline(data: bytes) -> None:
    """A timeline: read and written the same, or refused with one sentence."""
    text = _text(data)
    try:
        found = _in_time(lambda: from_json(text))
    except TimelineError as error:
        _show([problem("timeline-unreadable", path="t.json", reason=error)])
        return
    if from_json(to_json(found)) != found:
        raise BrokenError("the timeline is not written as it is read")


def import_(data: bytes) -> None:
    """Another timer's file: refused with problems, or its scripts are read and do what the timer did, in that order."""
    timers, problems = _in_time(lambda: read_timers("t.txt", data, "File", LANGUAGES))
    if bool(timers) == bool(problems):
        raise BrokenError("timers with problems, or none without")
    for one in problems:
        place = one.place
        if (
            place is None
            or not 1 <= place.column <= len(place.source_line) + 1
            or place.column >= place.end_column
        ):
            raise BrokenError(f"{one.message}: at {place}")
    _show(problems)
    for timer in timers:
        wanted = [
            (interval.kind, interval.ms)
            for block in timer.blocks
            for _ in range(block.rounds)
            for interval in block.intervals
            if interval.ms
        ]
        text = script_text(timer, KNOWN if timer.language in (None, "en") else {}, keys.names(keys.VERBS))
        if _in_time(partial(done, text)) != wanted:
            raise BrokenError(f"another session comes of it: {text!r}")


TARGETS: dict[str, Target] = {
    "dose": dose,
    "reader": reader,
    "session": session,
    "programme": programme,
    "configuration": configuration,
    "timeline": timeline,
    "import": import_,
}


def _dose(text: str) -> object:
    found = parse_dose(text)
    for percent in (0, 37, 100):
        at(found, percent)
    return found


_NOTATIONS: tuple[tuple[Callable[[str], object], Callable[..., str] | None], ...] = (
    (_dose, format_dose),
    (lambda text: parse_duration(text, bare="s"), format_duration),
    (parse_duration_range, lambda span: format_range(span, durations=True)),
    (lambda text: parse_count_range(text, _MOST), lambda span: format_range(span, durations=False)),
    (parse_tempo, format_tempo),
    (parse_duration, format_duration),
    # The most of the inputs are for the richest notation.
    (_dose, format_dose),
    (_dose, format_dose),
)


def _read(data: bytes) -> Routine | None:
    parts = [_text(part) for part in data.split(CUT)]
    texts = dict(zip(("t.yaml", *INCLUDED), (*parts, "", ""), strict=False))

    def include(_: str, written: str) -> SourceFile:
        if written not in INCLUDED:
            raise ScriptError(problem("file-missing", path=written))
        return SourceFile(written, texts[written])

    found, problems = _in_time(lambda: read_routine(SourceFile("t.yaml", texts["t.yaml"]), _SHELF, include))
    _check_all(problems, texts)
    if (found is None) != any(one.severity == "error" for one in problems):
        raise BrokenError("a routine with errors, or none without")
    return found


def _in_time(work: Callable[[], T]) -> T:
    start = time.process_time()
    try:
        return work()
    finally:
        took = time.process_time() - start
        if took > SLOWEST_S:
            raise BrokenError(f"it took {took:.1f} s")


def _text(data: bytes) -> str:
    """The text of a file with these bytes; where they are none, of what most of them say."""
    return data.decode("utf-8-sig", "replace")


def _check_all(problems: Iterable[Problem], texts: dict[str, str]) -> None:
    """Whether each problem lies in one of the texts and can be shown."""
    found = tuple(problems)
    for one in found:
        place = one.place
        if place is None:
            raise BrokenError(f"{one.message}: nowhere")
        # The words of an exercise of the library may ask for what a step does not have.
        text = texts[place.file] if place.file in texts else _SHELF.files[Path(place.file).stem]
        lines = text.splitlines() or [""]
        if not 1 <= place.line <= len(lines) or place.source_line != lines[place.line - 1]:
            raise BrokenError(f"{one.message}: line {place.line} of {len(lines)}")
        if not 1 <= place.column <= len(place.source_line) + 1 or place.column >= place.end_column:
            raise BrokenError(f"{one.message}: column {place.column} of {place.source_line!r}")
    _show(found)


def _show(problems: Iterable[Problem]) -> None:
    """Show problems as the commands do."""
    found = tuple(problems)
    for one in found:
        if not all(line.isprintable() for line in format_problem(one).split("\n")):
            raise BrokenError(f"{format_problem(one)!r} steers the terminal")
    problems_json(found).encode()


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="voiceguide-fuzz-")
