"""The chapters of a session as podcast applications read them."""

from __future__ import annotations

import json
from decimal import Decimal

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from tests.compile.support import VOICE, compiled
from voiceguide.album.chapters import chapters_json
from voiceguide.timeline import Chapter, Timeline

# What chapters/jsonChapters.md of the podcast namespace says of version 1.2, as a schema: there is none published.
SCHEMA = {
    "type": "object",
    "required": ["version", "chapters"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "1.2.0"},
        "author": {"type": "string"},
        "chapters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["startTime"],
                "additionalProperties": False,
                "properties": {"startTime": {"type": "number", "minimum": 0}, "title": {"type": "string"}},
            },
        },
    },
}


def session(*chapters: tuple[str, int]) -> Timeline:
    """A session whose chapters last so many ms each."""
    listed: list[Chapter] = []
    at = 0
    for title, length in chapters:
        listed.append(Chapter(title, at, at + length))
        at += length
    return Timeline("Evening", "en", VOICE, at, tuple(listed), (), ())


def test_each_chapter_is_a_line_with_its_start_in_seconds() -> None:
    timeline = session(("Child's pose", 30_024), ("Étirement · 2", 60_001), ("Rest", 1_000))
    assert chapters_json(timeline) == (
        "{\n"
        '  "version": "1.2.0",\n'
        '  "author": "voiceguide",\n'
        '  "chapters": [\n'
        '    {"startTime": 0, "title": "Child\'s pose"},\n'
        '    {"startTime": 30.024, "title": "Étirement · 2"},\n'
        '    {"startTime": 90.025, "title": "Rest"}\n'
        "  ]\n"
        "}\n"
    )


@given(st.integers(0, 48 * 3_600_000))
def test_a_start_is_exact_to_the_ms(start: int) -> None:
    text = chapters_json(session(("First", start), ("Second", 1_000)))
    assert json.loads(text, parse_float=Decimal)["chapters"][1]["startTime"] * 1_000 == start


@given(st.text())
def test_any_title_comes_through(title: str) -> None:
    assert json.loads(chapters_json(session((title, 1_000))))["chapters"][0]["title"] == title


def test_it_is_of_the_form_that_the_podcast_namespace_describes() -> None:
    timeline = compiled("- fold: 20s\n- lean: 2 x 10s each side", head="opening: Welcome.\n").timeline
    jsonschema.validate(json.loads(chapters_json(timeline)), SCHEMA)
