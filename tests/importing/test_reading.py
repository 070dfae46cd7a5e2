"""Which file is what, however its characters are stored."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.importing.reading import read_timers

from .support import report

LIST = "# Übung\nBrücke | 30\r\n"
EXPORT = json.dumps(
    {"title": "Übung", "sets": [{"repetitions": 1, "exercises": [{"name": "Brücke", "duration": 30}]}]},
    ensure_ascii=False,
)


def words(data: bytes) -> tuple[str, str]:
    (timer,), problems = read_timers("t", data, "File", ["en"])
    assert problems == []
    return timer.title, timer.blocks[0].intervals[0].words


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", [LIST, EXPORT])
def test_unicode_is_read_with_a_byte_order_mark_or_without(text: str, encoding: str) -> None:
    assert words(text.encode(encoding)) == ("Übung", "Brücke")


def test_an_export_is_read_as_jawt_writes_it_with_one_byte_a_character() -> None:
    assert words(EXPORT.encode("latin-1")) == ("Übung", "Brücke")


def test_a_list_in_another_encoding_is_told_with_its_line() -> None:
    timers, problems = read_timers("t", LIST.encode("latin-1"), "File", ["en"])
    assert timers == ()
    assert report(problems).startswith("t:1:3: error: this is not UTF-8 text (byte 0xdc)\n")


@given(st.binary(max_size=200) | st.text(alphabet='{}[]":,|# \n09a', max_size=60).map(str.encode))
def test_whatever_it_is_it_is_read_or_refused(data: bytes) -> None:
    timers, problems = read_timers("t", data, "File", ["en"])
    assert bool(timers) != bool(problems)
    assert all(found.place is not None for found in problems)
