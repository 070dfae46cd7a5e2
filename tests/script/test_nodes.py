"""YAML as the reader takes it: every scalar is text, every node has its place, and nothing clever is let in."""

from __future__ import annotations

import pytest

from voiceguide.script.nodes import MAX_DEPTH, ListNode, MapNode, Node, SourceFile, TextNode, parse


def tree(text: str) -> Node:
    node, problems = parse(SourceFile("t.yaml", text))
    assert problems == []
    assert node is not None
    return node


def value(text: str) -> TextNode:
    """The value of the one key of a mapping."""
    node = tree(text)
    assert isinstance(node, MapNode)
    found = node.entries[0][1]
    assert isinstance(found, TextNode)
    return found


def under(node: Node) -> str:
    """The characters of its line that a node's place lies under."""
    return node.place.source_line[node.place.column - 1 : node.place.end_column - 1]


@pytest.mark.parametrize(
    "scalar",
    [
        "1:30",
        "on",
        "off",
        "yes",
        "No",
        "010",
        "1_000",
        "null",
        "~",
        "2024-01-01",
        "1e3",
        "0x1F",
        ".inf",
        "3.0",
        "=",
    ],
)
def test_a_scalar_is_the_text_that_is_written(scalar: str) -> None:
    assert value(f"key: {scalar}").text == scalar


def test_a_key_is_text_too() -> None:
    node = tree("on: a\n010: b\n")
    assert isinstance(node, MapNode)
    assert [key.text for key, _ in node.entries] == ["on", "010"]


def test_quotes_are_not_part_of_a_text() -> None:
    assert value('key: "30s"').text == "30s"


@pytest.mark.parametrize("scalar", ["plain", '"in quotes"', "'in quotes'"])
def test_a_scalar_stands_where_it_is_written(scalar: str) -> None:
    assert under(value(f"key:   {scalar}  # remark")) == scalar


def test_a_place_counts_characters_not_bytes() -> None:
    assert under(value("schlüssel: übung")) == "übung"


def test_part_of_a_scalar_is_found_within_its_quotes() -> None:
    place = value('key: "2 x 30secs"').part(6, 10)
    assert place.source_line[place.column - 1 : place.end_column - 1] == "secs"


@pytest.mark.parametrize("scalar", [r'"a\tb secs"', "'it''s secs'"])
def test_part_of_an_escaped_scalar_is_the_whole_of_it(scalar: str) -> None:
    node = value(f"key: {scalar}")
    assert node.part(2, 4) == node.place


def test_a_scalar_of_several_lines_stands_in_its_first() -> None:
    assert under(value('key: "one\n  two"')) == '"one'
    assert under(value("key: >\n  one\n  two\n")) == ">"


def test_a_list_in_brackets_ends_at_its_bracket() -> None:
    node = tree("{a: [b, c], d: e}")
    assert isinstance(node, MapNode)
    assert under(node.entries[0][1]) == "[b, c]"


def test_a_mapping_of_several_lines_stands_in_its_first() -> None:
    node = tree("- a: b\n  c: d\n")
    assert isinstance(node, ListNode)
    assert under(node.items[0]) == "a: b"


def test_other_ends_of_lines_than_line_feeds_count_as_lines() -> None:
    node = tree("a: b\rc: d\r\ne: f\r\n")
    assert isinstance(node, MapNode)
    assert [key.place.line for key, _ in node.entries] == [1, 2, 3]


@pytest.mark.parametrize("text", ["[" * MAX_DEPTH + "]" * MAX_DEPTH, "{a: " * MAX_DEPTH + "}" * MAX_DEPTH])
def test_nesting_is_allowed_up_to_its_limit(text: str) -> None:
    tree(text)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_depth_bomb_is_refused_at_the_first_level_too_deep(opening: str) -> None:
    node, problems = parse(SourceFile("t.yaml", opening * 100_000))
    assert node is None
    assert [(found.kind, found.message) for found in problems] == [
        ("yaml-depth", "nested more than 32 levels deep")
    ]
    assert problems[0].place is not None
    assert problems[0].place.column == 1 + MAX_DEPTH * len(opening)


def test_an_alias_is_refused_where_it_stands_and_what_follows_is_read() -> None:
    node, problems = parse(SourceFile("t.yaml", "a: &a x\nb: *a\nc: d\n"))
    assert [(found.kind, found.place and found.place.line) for found in problems] == [("yaml-alias", 2)]
    assert isinstance(node, MapNode)
    values = [value for _, value in node.entries if isinstance(value, TextNode)]
    assert [(value.text, value.refused) for value in values] == [("x", False), ("", True), ("d", False)]


def test_an_alias_bomb_does_not_go_off() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    _, problems = parse(SourceFile("t.yaml", bomb))
    assert [found.kind for found in problems] == ["yaml-alias"] * 16


def test_keys_that_are_aliases_do_not_stand_twice() -> None:
    _, problems = parse(SourceFile("t.yaml", "a: &a x\n*a : b\n*a : c\n"))
    assert [found.kind for found in problems] == ["yaml-alias"] * 2


@pytest.mark.parametrize("value", ["!int 30s", "!!str 30s", "!<x> 30s", "! 30s"])
def test_a_tag_is_refused_and_what_it_stands_before_is_read(value: str) -> None:
    node, problems = parse(SourceFile("t.yaml", f"key: {value}\n"))
    assert [found.kind for found in problems] == ["yaml-tag"]
    assert isinstance(node, MapNode)
    found = node.entries[0][1]
    assert isinstance(found, TextNode)
    assert (found.text, found.refused) == ("30s", False)


def test_a_second_document_is_refused_and_not_read() -> None:
    node, problems = parse(SourceFile("t.yaml", "key: *a\n---\nkey: *b\n---\n{\n"))
    assert [found.kind for found in problems] == ["yaml-alias", "yaml-documents"]
    assert isinstance(node, MapNode)
    assert [key.text for key, _ in node.entries] == ["key"]


@pytest.mark.parametrize(("end", "kind"), [("b: ]\n", "yaml-syntax"), ("b: " + "[" * 33, "yaml-depth")])
def test_what_ends_the_reading_does_not_hide_what_came_before(end: str, kind: str) -> None:
    node, problems = parse(SourceFile("t.yaml", f"a: !x y\n{end}"))
    assert node is None
    assert [found.kind for found in problems] == ["yaml-tag", kind]


def test_a_merge_key_is_a_key_like_any_other() -> None:
    node = tree("<<: {a: b}")
    assert isinstance(node, MapNode)
    assert node.entries[0][0].text == "<<"


def test_an_anchor_that_nothing_names_does_no_harm() -> None:
    assert value("key: &a text").text == "text"


def test_one_document_may_begin_and_end_with_its_marks() -> None:
    assert value("---\nkey: text\n...\n").text == "text"
