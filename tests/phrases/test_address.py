"""`{name}` in a sentence: the listener's name, or a sentence that holds without one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.phrases.address import addressed, joined_name, listener_name, names_alone


@pytest.mark.parametrize(
    ("text", "named", "nameless"),
    [
        ("Well done, {name}.", "Well done, Anna.", "Well done."),
        ("Hello {name}!", "Hello Anna!", "Hello!"),
        ("{name}, breathe in.", "Anna, breathe in.", "Breathe in."),
        ("Rest. {name}, breathe in.", "Rest. Anna, breathe in.", "Rest. Breathe in."),
        ("Now, {name}, breathe in.", "Now, Anna, breathe in.", "Now, breathe in."),
        ("Breathe: {name}, let go.", "Breathe: Anna, let go.", "Breathe: let go."),
        ("Rest. {name}! Let go.", "Rest. Anna! Let go.", "Rest. Let go."),
        ("Come on, {name} you can.", "Come on, Anna you can.", "Come on, you can."),
        ("Are you ready, { name }? Go.", "Are you ready, Anna? Go.", "Are you ready? Go."),
        ("(Well done, {name})", "(Well done, Anna)", "(Well done)"),
        ("¡{name}, respira!", "¡Anna, respira!", "¡Respira!"),
        ("¡{name}! Respira.", "¡Anna! Respira.", "Respira."),
        ("Bien joué, {name} !", "Bien joué, Anna !", "Bien joué !"),
        ("Sehr gut, {name}", "Sehr gut, Anna", "Sehr gut"),
        ("{side} first.", "{side} first.", "{side} first."),
    ],
)
def test_a_sentence_with_the_name_and_without(text: str, named: str, nameless: str) -> None:
    assert (addressed(text, "Anna"), addressed(text, None)) == (named, nameless)


def test_a_name_that_begins_a_sentence_begins_with_a_capital() -> None:
    assert addressed("{name}, rest. Good, {name}.", "anna") == "Anna, rest. Good, anna."


def test_an_empty_name_is_none() -> None:
    assert addressed("Well done, {name}.", "") == "Well done."


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("  Anna\n Maria ", "Anna Maria"),
        ("{side}", "side"),
        ("An\x1b[31mna", "An [31mna"),
        ("Anna\u202e\u2066", "Anna"),
        ("<b>Anna</b> & 'Bob'", "<b>Anna</b> & 'Bob'"),
        ("=1+1", "=1+1"),
        ("A\u0301", "\u00c1"),
        ("\udc80", ""),
        ("{}", ""),
    ],
)
def test_a_name_is_data(written: str, spoken: str) -> None:
    assert listener_name(written) == spoken


@given(st.text(max_size=60), st.text(max_size=30))
def test_no_name_brings_names_in_braces_along(text: str, name: str) -> None:
    said = addressed("Good, {name}, and {next}.", listener_name(name))
    assert said.count("{") == 1
    assert "{name}" not in addressed(f"{text}{{name}}{text}", listener_name(name))


@pytest.mark.parametrize("text", ["Well done, {name}.", "{name}, go.", "{name}: go.", "Go — {name} — go."])
def test_a_name_that_is_set_apart_is_not_joined(text: str) -> None:
    assert joined_name(text) is None


@pytest.mark.parametrize(
    "text", ["{name}'s turn", "{name}’s turn", "à l'{name}", "{name}-like", "dear{name}"]
)
def test_a_name_in_a_word_is_joined(text: str) -> None:
    assert joined_name(text) is not None


@pytest.mark.parametrize(
    ("text", "alone"), [("{name}!", True), ("{name}, {name}.", True), ("Go, {name}.", False), ("…", False)]
)
def test_a_sentence_of_the_name_alone(text: str, alone: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    assert names_alone(text) == alone
