"""What the shipped routines say, word for word, as reviewed in the text files of this folder."""

from __future__ import annotations

import pytest

from tests.narration.golden import FOLDER, NARRATIONS, golden_path, narration


@pytest.mark.parametrize(("name", "language"), NARRATIONS)
def test_a_shipped_routine_says_what_was_reviewed(name: str, language: str) -> None:
    assert narration(name, language) == golden_path(name, language).read_text(encoding="utf-8")


def test_every_reviewed_narration_is_of_a_shipped_routine() -> None:
    assert set(FOLDER.glob("*.txt")) == {golden_path(name, language) for name, language in NARRATIONS}
