"""`voiceguide compile`: a timeline as JSON, which other commands take in place of a routine."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from .support import QUICK

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User


@pytest.fixture
def timeline(user: User) -> Path:
    user.write("mine.yaml", QUICK)
    assert user.run("compile", "mine.yaml", "-o", "mine.json").code == 0
    return user.folder / "mine.json"


def test_it_writes_to_standard_output_what_it_would_write_to_a_file(user: User, timeline: Path) -> None:
    outcome = user.run("compile", "mine.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == timeline.read_text()


def test_with_a_file_it_says_nothing(user: User) -> None:
    user.write("mine.yaml", QUICK)
    outcome = user.run("compile", "mine.yaml", "-o", "mine.json")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_its_shape(timeline: Path) -> None:
    data = json.loads(timeline.read_text())
    assert list(data) == ["format", "title", "language", "voice", "duration_ms", "chapters", "spans", "cues"]
    assert (data["format"], data["title"], data["language"]) == (1, "Quick one", "en")
    assert data["voice"] == {"engine": "pyttsx3", "voice": "en-us", "rate": 150}
    assert {"title", "start_ms", "end_ms"} == set(data["chapters"][0])
    assert {
        "kind", "exercise", "side", "set", "sets", "rep", "reps", "start_ms", "end_ms"
    } == set(data["spans"][0])  # fmt: skip
    assert {"role", "text", "start_ms", "end_ms", "exercise", "source"} == set(data["cues"][0])


@pytest.mark.parametrize("command", [["show"], ["show", "--json"], ["check"], ["compile"]])
def test_commands_that_read_take_it_in_place_of_a_routine(
    user: User, timeline: Path, command: list[str]
) -> None:
    outcome = user.run(*command, timeline)
    assert (outcome.code, outcome.err) == (0, "")


def test_what_is_rendered_and_played_from_it_is_what_the_routine_gives(user: User, timeline: Path) -> None:
    user.run("render", "mine.yaml", "-o", "routine.wav")
    user.run("render", timeline, "-o", "timeline.wav")
    user.run("play", timeline, "--output", "played.wav")
    first, *others = [
        (user.folder / f"{name}.wav").read_bytes() for name in ("routine", "timeline", "played")
    ]
    assert others == [first, first]


def test_a_reader_ignores_keys_it_does_not_know(user: User, timeline: Path) -> None:
    data = json.loads(timeline.read_text())
    data["mood"] = "calm"
    data["cues"][0]["loudness"] = 3
    user.write("other.json", json.dumps(data))
    assert user.run("show", "other.json").out == user.run("show", timeline).out


@pytest.mark.parametrize(
    "command", [["render", "-o", "x.mp3"], ["play", "--output", "x.wav"], ["show"], ["check"]]
)
def test_a_timeline_whose_speech_no_longer_fits_is_refused(
    user: User, timeline: Path, command: list[str]
) -> None:
    slow = re.sub(r'"rate": \d+', '"rate": 90', timeline.read_text())
    user.write("slow.json", slow)
    outcome = user.run(*command, "slow.json")
    assert outcome.code in (1, 4)
    assert re.fullmatch(
        r"error: '.+' at 0:00\.\d{3} does not fit its place in the timeline \(\d+ of \d+ cues do not\)\n"
        r"   hint: compile the routine again for this voice and rate\n",
        outcome.err,
    )
    assert not list(user.folder.glob("x.*"))


def test_another_voice_on_the_command_line_must_fit_too(user: User, timeline: Path) -> None:
    assert "does not fit its place" in user.fails("render", timeline, "--rate", "90", "-o", "x.wav")
    assert user.run("render", timeline, "--rate", "300", "-o", "x.wav").code == 0


@pytest.mark.parametrize(
    "option", [["--countdown", "5"], ["--switch", "9s"], ["--get-ready", "9s"], ["--no-safety"]]
)
def test_options_of_timing_are_refused_because_a_timeline_has_its_times(
    user: User, timeline: Path, option: list[str]
) -> None:
    name = option[0].replace("--no-", "--")
    assert user.fails("render", timeline, *option) == (
        f"error: {name} is for routines: a timeline has decided it already\n"
        "   hint: compile the routine again with it\n"
    )


def test_a_name_that_would_not_be_known_as_a_timeline_is_refused(user: User) -> None:
    user.write("mine.yaml", QUICK)
    assert user.fails("compile", "mine.yaml", "-o", "mine.yaml") == (
        "error: cannot write the timeline to mine.yaml: its name must end in .json\n"
        "   hint: `render` and `play` know a timeline by its name\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("[]", "the timeline is not an object"),
        ('{"format": 2}', "its format is 2, this program reads 1"),
        ("{", "not JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))"),
    ],
)
def test_what_is_not_a_timeline_is_refused(user: User, text: str, reason: str) -> None:
    user.write("x.json", text)
    assert user.fails("render", "x.json") == f"error: x.json is not a timeline: {reason}\n"


@pytest.mark.parametrize("key", ["title", "voice", "duration_ms", "cues"])
def test_a_timeline_with_something_missing_is_refused(user: User, timeline: Path, key: str) -> None:
    data = json.loads(timeline.read_text())
    del data[key]
    user.write("x.json", json.dumps(data))
    assert user.fails("play", "x.json") == f"error: x.json is not a timeline: the timeline has no '{key}'\n"


def test_a_rate_that_no_voice_speaks_is_refused(user: User, timeline: Path) -> None:
    user.write("x.json", re.sub(r'"rate": \d+', '"rate": 0', timeline.read_text()))
    assert user.fails("show", "x.json") == (
        "error: no voice speaks 0 words a minute\n   hint: choose a rate from 80 to 450\n"
    )
