"""The sheet's own words."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter
from typing import TYPE_CHECKING, get_args

import pytest

from voiceguide.model import Condition, Position
from voiceguide.phrases import LANGUAGES
from voiceguide.sheet.content import DAYS
from voiceguide.sheet.labels import LABELS

if TYPE_CHECKING:
    from voiceguide.sheet.labels.labels import Labels

every_language = pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)


def templates(labels: Labels) -> dict[str, str]:
    """Every text by its name, the forms of a plural apart."""
    found: dict[str, str] = {}
    for item in fields(labels):
        value = getattr(labels, item.name)
        parts = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, tuple)
            else [("", value)]
        )
        found |= {f"{item.name}.{part}": text for part, text in parts if item.name != "equipment_names"}
    return found


def test_every_language_of_the_guide_has_its_labels() -> None:
    assert set(LABELS) == set(LANGUAGES)


@every_language
def test_every_label_has_the_fields_of_the_english_one(labels: Labels) -> None:
    def names(of: Labels) -> dict[str, set[str | None]]:
        return {name: {part[1] for part in Formatter().parse(text)} for name, text in templates(of).items()}

    english = {name: found - {None} for name, found in names(LABELS["en"]).items()}
    assert {name: found - {None} for name, found in names(labels).items()} == english


@every_language
def test_no_label_is_empty(labels: Labels) -> None:
    assert [name for name, text in templates(labels).items() if not text.strip()] == []


@every_language
def test_every_position_and_condition_has_its_words(labels: Labels) -> None:
    assert set(labels.positions) == set(get_args(Position))
    assert set(labels.conditions) == set(get_args(Condition))


@every_language
def test_a_week_has_seven_days(labels: Labels) -> None:
    assert len(labels.weekdays) == len(labels.days) == DAYS
