"""What a language must give a sheet: every word that stands on it beside the routine's own and the guide's."""

from __future__ import annotations

from dataclasses import dataclass

Plural = dict[str, str]
"""The template for each plural category of the language, with `{n}` for the number in digits."""


@dataclass(frozen=True)
class Labels:
    """The sheet's own words in one language.

    `decimal` is the mark in "1,5"; `colon` stands between a label and what it names, with the space before it that a
    language wants. `weekdays` are short and `days` whole, from Monday on. `rest` is between sets; `rest_first` and the two after it go
    with rounds. `positions`, `conditions` and `equipment` are by
    their words in scripts; equipment that is not there is shown as it is written.
    """

    decimal: str
    colon: str

    length: str
    exercises: Plural
    about: str
    under_a_minute: str
    equipment: str
    left_out: str
    swapped: str

    name: str
    date: str
    how_often: str
    days_a_week: Plural
    days_from_to: str
    weeks: Plural
    done: str
    week: str
    weekdays: tuple[str, ...]
    days: tuple[str, ...]

    purpose: str
    range: str
    tempo: str
    a_rep: str
    a_breath: str
    rest: str
    rest_before: str
    rest_after: str
    rest_first: str
    rest_after_each: str
    rest_then: str
    position: str
    side_first: str
    one_side: str
    both_sides: str
    reminders: str
    afterwards: str
    caution: str
    against: str
    rounds: Plural
    seen_before: str

    safety: str
    listen: str
    code: str
    page: str

    positions: dict[str, str]
    conditions: dict[str, str]
    equipment_names: dict[str, str]
