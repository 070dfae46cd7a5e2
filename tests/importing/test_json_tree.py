"""JSON with places: the same values as the json module, and where a text is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.importing.json_tree import MAX_DEPTH, MAX_NODES, Bare, JsonNode, JsonObject, parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def plain(node: JsonNode) -> Any:
    match node.value:
        case JsonObject(entries):
            return {key: plain(value) for key, value in entries.items()}
        case Bare(text):
            return json.loads(text)
        case str(text):
            return text
        case items:
            return [plain(item) for item in items]


def wrong(text: str) -> str:
    node, (problem,) = parse_json("t.json", text)
    assert node is None
    assert problem.place is not None
    return f"{problem.place.line}:{problem.place.column} {problem.message}"


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_what_json_writes_is_read_back(value: Any, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001 (drawn)
    node, problems = parse_json("t.json", json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert problems == []
    assert node is not None
    assert plain(node) == value


@given(st.text(alphabet='{}[]",:0.e-\\u truefalsn\n', max_size=40))
def test_whatever_it_is_it_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    node, problems = parse_json("t.json", text)
    try:
        expected = json.loads(text)
    except ValueError:
        assert node is None
        (problem,) = problems
        assert problem.place is not None
        lines = text.split("\n")
        assert lines[problem.place.line - 1] == problem.place.source_line
        assert 1 <= problem.place.column <= len(problem.place.source_line) + 1
    else:
        assert node is not None or [found.kind for found in problems] == ["key-twice"]
        assert node is None or plain(node) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1 not valid JSON: it breaks off"),
        ('{"a": 1', "1:8 not valid JSON: it breaks off"),
        ('{"a" 1}', "1:6 not valid JSON: ':' is expected"),
        ("[1 2]", "1:4 not valid JSON: ',' is expected"),
        ("[1, nul]", "1:5 not valid JSON: a value is expected"),
        ("{", "1:2 not valid JSON: it breaks off"),
        ("{a: 1}", "1:2 not valid JSON: a key in quotes is expected"),
        ('["a', "1:2 not valid JSON: a text has no end or a wrong escape"),
        ("[1]\n]", "2:1 not valid JSON: something follows its end"),
        ('{"a": 1,\n"a": 2}', "2:1 the key 'a' stands twice (first in line 1)"),
    ],
)
def test_what_is_no_json_is_told_at_its_place(text: str, told: str) -> None:
    assert wrong(text) == told


def test_nesting_and_size_have_limits() -> None:
    assert wrong("[" * 100_000) == f"1:{MAX_DEPTH + 2} nested more than 32 levels deep"
    assert wrong(f"[{'1,' * MAX_NODES}1]").endswith("the file has more than 30,000 keys and values")
