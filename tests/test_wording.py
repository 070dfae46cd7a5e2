"""The table of messages: complete, and with nothing in it that is never said."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import voiceguide
from voiceguide.errors import Place
from voiceguide.wording import WORDING, near, problem

SOURCES = {
    path: path.read_text()
    for path in Path(voiceguide.__file__).parent.rglob("*.py")
    if path.name != "wording.py"
}
FORMATS = {"byte": 0xFC}


def values_for(kind: str) -> dict[str, object]:
    wording = WORDING[kind]
    fields = [name for _, name, _, _ in Formatter().parse(f"{wording.message}{wording.hint or ''}") if name]
    return {name: FORMATS.get(name, f"<{name}>") for name in fields}


@pytest.mark.parametrize("kind", WORDING)
def test_a_message_can_be_worded(kind: str) -> None:
    found = problem(kind, **values_for(kind))
    assert found.kind == kind
    assert "{}" not in found.message
    assert found.severity == WORDING[kind].severity


@pytest.mark.parametrize("kind", WORDING)
def test_a_message_begins_small_and_has_no_full_stop(kind: str) -> None:
    message = WORDING[kind].message
    assert not message.endswith(".")
    assert not re.match("[A-Z][a-z]", message)


@pytest.mark.parametrize("kind", WORDING)
def test_a_message_is_said_somewhere(kind: str) -> None:
    assert any(f'"{kind}"' in text for text in SOURCES.values())


def test_everything_said_has_its_words() -> None:
    said = r'(?<![\w.])(?:problem|self\.report|self\.warn|fields\.report|NotationError)\(\s*"([a-z0-9-]+)"'
    kinds = {kind for text in SOURCES.values() for kind in re.findall(said, text)}
    assert kinds
    assert kinds - WORDING.keys() == set()


def test_a_problem_carries_its_place() -> None:
    place = Place("t.yaml", 1, 2, 3)
    assert problem("duration-negative", place).place == place


def test_a_hint_whose_values_are_not_known_is_left_out() -> None:
    assert problem("key-unknown", key="x", what="a routine").hint is None
    assert (
        problem("key-unknown", key="x", what="a routine", near="did you mean 'y'?").hint
        == "did you mean 'y'?"
    )


def test_an_unknown_kind_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        problem("no-such-kind")


def test_a_missing_value_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        problem("key-twice", key="x")


@pytest.mark.parametrize(
    ("word", "known"), [("brige", "bridge"), ("BRIDGE", "bridge"), ("colour", "Color"), ("bridge", "Bridge")]
)
def test_a_near_word_is_offered_whatever_its_case(word: str, known: str) -> None:
    assert near(word, ["plank", known]) == {"near": f"did you mean '{known}'?"}


def test_nothing_is_offered_where_nothing_is_near() -> None:
    assert near("zebra", ["plank", "bridge"]) == {}
