"""What holds for every timer: its script can be read, and has the same work and rest in the same order."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.importing.jawt import read_jawt
from voiceguide.importing.plain_list import read_list
from voiceguide.importing.script_text import script_text
from voiceguide.importing.words import is_rest, tidied
from voiceguide.phrases import LANGUAGES
from voiceguide.script.keys import VERBS, names

from .support import done, report, script

NAMES = st.sampled_from(
    [
        "Plank", "plank", "Rest", "rest.", "Fold", "Lean left", "Lean (right)", "Lean", "say", "Section", "Rest for 5",
        "\U0001f4aa", "", "- x", "a: b", "{side} up", "{next}", "it's # nice", '"quoted"', "null", "1:30", "010", "on",
        "Übung", "приседания", "Wait: now", "Get ready!", "---", "*a", "&b", "!c", "x" * 300, "%", "@", "`", "[a]",
    ]
) | st.text(max_size=20)  # fmt: skip
LINES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="#|"), max_size=20
)
SECONDS = st.integers(0, 600)


@st.composite
def exports(draw: st.DrawFn) -> dict[str, Any]:
    exercise = st.fixed_dictionaries({"name": NAMES, "duration": SECONDS})
    one_set = st.fixed_dictionaries(
        {"repetitions": st.integers(1, 4), "exercises": st.lists(exercise, max_size=5)},
        optional={"name": NAMES},
    )
    return draw(st.fixed_dictionaries({"title": NAMES, "sets": st.lists(one_set, min_size=1, max_size=4)}))


@given(exports())
def test_the_script_of_an_export_does_what_the_timer_did(export: dict[str, Any]) -> None:
    wanted = [
        ("rest" if is_rest(tidied(exercise["name"])) else "work", exercise["duration"] * 1_000)
        for one in export["sets"]
        for _ in range(one["repetitions"])
        for exercise in one["exercises"]
        if exercise["duration"]
    ]
    timers, problems = read_jawt("t.json", json.dumps(export))
    if not wanted:
        assert [found.kind for found in problems] == ["import-empty"]
        return
    assert problems == [], report(problems)
    assert done(script(timers[0])) == wanted


@given(
    st.lists(
        st.tuples(NAMES.filter(lambda name: not set(name) & set("#|")) | LINES, SECONDS),
        min_size=1,
        max_size=8,
    )
)
def test_the_script_of_a_list_does_what_the_list_says(lines: list[tuple[str, int]]) -> None:
    kept = [(tidied(words), seconds) for words, seconds in lines]
    kept = [(words, seconds) for words, seconds in kept if words]
    wanted = [("rest" if is_rest(words) else "work", seconds * 1_000) for words, seconds in kept if seconds]
    if not wanted:
        return
    text = "\n".join(f"{words} | {seconds}" for words, seconds in kept)
    timers, problems = read_list("t.txt", text, "T", LANGUAGES)
    assert problems == [], report(problems)
    assert done(script(timers[0])) == wanted


@given(exports(), st.sampled_from(sorted(LANGUAGES)))
def test_a_script_is_read_in_every_language(export: dict[str, Any], language: str) -> None:
    """The exercises of this library have no words but English ones, so that none of it is known."""
    timers, problems = read_jawt("t.json", json.dumps(export))
    if not problems:
        assert done(script_text(timers[0], {}, names(VERBS), language))
