"""Texts as lines: nothing in them reaches beyond their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.album.lines import one_line


@pytest.mark.parametrize(
    "control", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
def test_what_changes_the_direction_is_left_out(control: str) -> None:
    assert one_line(f"Ah{control}3pm") == "Ah3pm"


def test_letters_that_run_the_other_way_and_joiners_stay() -> None:
    assert one_line("שלום\n می\u200cخواهم 👩\u200d🦰 ") == "שלום می\u200cخواهم 👩\u200d🦰"


@given(st.text())
def test_it_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
