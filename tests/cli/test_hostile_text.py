"""Text of others reaches the terminal, files and programs as text: it steers nothing."""

from __future__ import annotations

import json
import unicodedata
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User

STEERS = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
"""In a file name: a window title, a cleared screen, a colour by one byte, and text turned round."""
TURNED = "a\u202eb\u2066c\u200fd"
"""All of that which a script may have: marks that turn text round."""

SCRIPT = f"""\
title: "{TURNED} title"
summary: {TURNED} summary
steps:
  - {{section: {TURNED} section, steps: [own: 2 reps]}}
  - say: {TURNED} said
exercises:
  own: {{name: {TURNED} name, for: {TURNED} purpose, dose: 2 reps, source: {TURNED} source}}
"""


def is_text(written: str) -> bool:
    """Whether a terminal only shows it: no control character but the ends of lines, and no mark of direction."""
    return all(
        character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        for character in written
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "--json"),
        ("check",),
        ("check", "--json"),
        ("show",),
        ("show", "--json"),
        ("show", "--words"),
        ("show", "--words", "--json"),
        ("compile",),
        ("render", "-o", "x.mp3"),
        ("play", "--output", "x.wav", "--plain"),
    ],
    ids=" ".join,
)
def test_titles_names_texts_and_the_name_of_the_file(user: User, arguments: tuple[str, ...]) -> None:
    command, *options = arguments
    name = f"scripts/routines/{STEERS}.yaml"
    user.write(name, SCRIPT)
    outcome = user.run(command, *([] if command == "list" else [name]), *options)
    assert outcome.code == 0
    assert is_text(outcome.out)
    assert is_text(outcome.err)


@pytest.mark.parametrize("command", ["check", "show", "compile", "render", "play"])
def test_what_is_wrong_in_a_file(user: User, command: str) -> None:
    user.write(
        f"{STEERS}.yaml", f"title: a\n{TURNED}: 1\nsteps:\n  - {TURNED}: {TURNED}\n  - include: {TURNED}\n"
    )
    outcome = user.run(command, f"{STEERS}.yaml")
    assert outcome.code == 1
    assert is_text(outcome.out + outcome.err)
    assert "a\\x202eb\\x2066c\\x200fd" in outcome.err


def test_a_file_that_is_rendered_under_the_name_of_its_script(user: User) -> None:
    user.write(f"{STEERS.replace('/', '')}.yaml", QUICK)
    outcome = user.run("render", f"{STEERS}.yaml", "--no-safety", "--talk", "tones")
    assert outcome.code == 0
    assert is_text(outcome.out + outcome.err)
    assert "\\x1b]0;owned\\x07" in outcome.out


def test_history_after_a_session_of_such_a_script(user: User) -> None:
    user.write(f"{STEERS}.yaml", SCRIPT)
    played = user.run("play", f"{STEERS}.yaml", "--output", "x.wav")
    assert played.code == 0
    for options in ((), ("--json",), ("--all",)):
        told = user.run("history", *options)
        assert told.code == 0
        assert is_text(told.out + told.err)


def test_json_that_is_escaped_says_the_same(user: User) -> None:
    user.write("mine.yaml", SCRIPT)
    assert user.run("compile", "mine.yaml", "-o", "mine.json").code == 0
    from_file = json.loads((user.folder / "mine.json").read_text(encoding="utf-8"))
    assert from_file == json.loads(user.run("compile", "mine.yaml").out)
    assert from_file["title"] == f"{TURNED} title"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b"])
@pytest.mark.parametrize("part", ["title", "chapters", "cues"])
def test_a_timeline_with_a_control_character_is_refused(user: User, character: str, part: str) -> None:
    user.write("mine.yaml", QUICK)
    user.run("compile", "mine.yaml", "-o", "mine.json")
    timeline = json.loads((user.folder / "mine.json").read_text(encoding="utf-8"))
    if part == "title":
        timeline["title"] = f"a{character}b"
    else:
        timeline[part][0]["title" if part == "chapters" else "text"] = f"a{character}b"
    user.write("mine.json", json.dumps(timeline))
    error = user.fails("render", "mine.json", "-o", "x.mp3")
    assert f"has the character U+{ord(character):04X}" in error
    assert is_text(error)


def test_the_tag_and_the_lyrics_of_an_mp3(user: User) -> None:
    """A text cannot begin another line of lyrics, nor have a time that players would take for its own."""
    said = "[00:00.00] [1:02]Again [ti:Other] [bell]"
    user.write("mine.yaml", f"title: {TURNED} title\nsteps:\n  - say: '{said}'\n")
    assert user.run("render", "mine.yaml", "--no-safety", "-o", "x.mp3").code == 0
    tag = import_module("mutagen.id3").ID3(BytesIO((user.folder / "x.mp3").read_bytes()))
    assert str(tag["TIT2"]) == f"{TURNED} title"
    assert [line.partition("] ")[2] for line in str(tag.getall("USLT")[0].text).split("\n")] == [
        "(00:00.00) (1:02)Again [ti:Other] [bell]"
    ]


def test_the_picture_of_a_session(user: User) -> None:
    title = "</title><script>alert(1)</script> & \" ' ]]>"
    user.write("mine.yaml", f"title: |-\n  {title}\nsteps: [bridge]\n")
    assert user.run("show", "mine.yaml", "--svg", "x.svg").code == 0
    root = ET.fromstring((user.folder / "x.svg").read_text(encoding="utf-8"))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg",
        "title",
        "rect",
        "text",
        "line",
    }
    assert (root.findtext("{*}title") or "").startswith(title)
