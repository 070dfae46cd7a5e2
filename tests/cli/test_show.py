"""`voiceguide show`: what a session will be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from tests.conftest import User

SCRIPT = """\
title: Two things
steps:
  - knee-drop: 2 x 20s each side
  - rest: 20s
  - bridge: 5 reps @ 2-1-3
"""


def test_it_shows_when_each_exercise_begins_its_dose_its_sides_and_its_length(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    outcome = user.run("show", "mine.yaml", "--no-safety")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0].startswith("Two things, dose 0 %, ")
    assert lines[0].endswith(" in all")
    assert lines[2].split() == ["at", "exercise", "dose", "sides", "length"]
    assert lines[3].split()[:11] == [
        "0:00",
        "Knee",
        "drop",
        "2",
        "x",
        "20s,",
        "rest",
        "10s",
        "left",
        "and",
        "right",
    ]
    assert lines[4].split()[1:6] == ["Bridge", "5", "reps", "@", "2-1-3"]
    assert len(lines) == 5


def test_the_lengths_add_up_to_the_total(user: User) -> None:
    data = json.loads(user.run("show", "evening", "--json").out)
    assert sum(item["length_ms"] for item in data["items"]) == data["duration_ms"]
    starts = [item["start_ms"] for item in data["items"]]
    assert starts == sorted(starts)
    assert starts[0] == 0


def test_json_is_for_programs(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    data = json.loads(user.run("show", "mine.yaml", "--no-safety", "--json").out)
    assert list(data) == ["title", "dose", "duration_ms", "items"]
    first = data["items"][0]
    assert list(first) == ["title", "start_ms", "length_ms", "exercise", "dose", "sides"]
    assert (first["title"], first["exercise"]) == ("Knee drop", "knee-drop")
    assert (first["dose"], first["sides"]) == ("2 x 20s, rest 10s", ["left", "right"])


def test_the_choices_of_the_listener_change_it(user: User) -> None:
    user.write("mine.yaml", SCRIPT)

    def length(*options: str) -> int:
        return int(json.loads(user.run("show", "mine.yaml", "--json", *options).out)["duration_ms"])

    assert length("--no-safety") < length()
    assert length("--switch", "20s") > length("--switch", "8s")
    assert length("--get-ready", "1m") > length()


def test_the_picture_is_an_svg_with_the_title_of_the_session(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    outcome = user.run("show", "mine.yaml", "--svg", "x.svg")
    assert outcome.code == 0
    root = ET.parse(user.folder / "x.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Two things" in "".join(root.itertext())


def test_the_picture_may_be_named_in_capitals(user: User) -> None:
    assert user.run("show", "evening", "--svg", "X.SVG").code == 0


@pytest.mark.parametrize("name", ["x.png", "x", ".svg"])
def test_a_picture_goes_into_no_other_file(user: User, name: str) -> None:
    assert user.fails("show", "evening", "--svg", name) == (
        f"error: cannot draw the timeline into {name}: its name must end in .svg\n"
    )
