"""What a language must give the guide: every phrase it says of its own, as templates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Plural = dict[str, str]
"""The template for each plural category that CLDR gives the language, but for fractions and millions alone."""
Gender = Literal["m", "f", "n"]
Direction = Literal["left", "right"]


@dataclass(frozen=True)
class Noun:
    """What is counted: its gender, and its templates with `{n}` for the number."""

    gender: Gender
    forms: Plural


@dataclass(frozen=True)
class LiveWords:
    """What the guide says in live play beside the session: whole sentences.

    `{left}` is how much of a hold is left ("twelve seconds left"), `{exercises}` how many were done, at least one.
    """

    resuming: str
    resuming_left: str
    once_more: str
    starting_in: str
    stopped: str
    stopped_at_once: str
    finished: str
    exercises: Noun
    sound_back: str
    device_changed: str
    no_hold: str
    hold_ending: str
    no_set: str
    no_side: str
    no_key: str
    keys: str


@dataclass(frozen=True)
class Language:
    """The guide's own words in one language; `{n}` in a template is a number in words.

    `spoken` gives a number in words: as it is counted aloud where no gender is given, else as it stands before a noun
    of that gender. `plural` gives its category by CLDR's rules, such as `one` and `other`, with `other` for millions. `sides` are the forms that `{side}` may take: the first, with the empty name, is plain `{side}`,
    another is asked for by its name, `{side:e}`. `ordinal_sets` are "first set" and on; beyond them it is `set_number`.
    `say_as` are pairs of a word that the default voice says wrong and a spelling that any voice says right.
    """

    code: str
    name: str
    spoken: Callable[[int | float, Gender | None], str]
    plural: Callable[[int | float], str]

    hours: Noun
    minutes: Noun
    seconds: Noun
    sets: Noun
    reps: Noun
    breaths: Noun

    sides: dict[str, dict[Direction, str]]
    left_side: str
    right_side: str
    ordinal_sets: tuple[str, ...]
    set_number: str
    last_set: str
    last_set_of_side: str
    set_and_side: str
    other_side: str

    sets_of: str
    each_side: str
    alternating: str
    held: str

    exercise: str
    next_exercise: str
    the_end: str
    rest: str
    rest_for: str
    round_of: str
    halfway: str
    time_left: Plural
    under_a_minute: str
    count_and_phase: str
    hold: str
    breathe_in: str
    breathe_out: str

    opening_title: str
    closing_title: str
    safety: tuple[str, ...]
    left_out: str
    in_place_of: str

    live: LiveWords

    say_as: tuple[tuple[str, str], ...] = ()

    def templates(self) -> dict[str, str]:
        """Every template by name, for checks that none is missing."""
        found: dict[str, str] = {}
        for item in fields(self):
            if item.name == "say_as":
                continue
            found |= _templates(item.name, getattr(self, item.name))
        return found


def one_or_other(number: float) -> str:
    """The plural category of a number where only 1 is `one`, as CLDR has it for English, German and Spanish."""
    return "one" if number == 1 else "other"


def _templates(name: str, value: object) -> dict[str, str]:
    if isinstance(value, str):
        return {name: value}
    if isinstance(value, Noun):
        return _templates(name, value.forms)
    parts: list[tuple[object, object]]
    if isinstance(value, LiveWords):
        parts = [(item.name, getattr(value, item.name)) for item in fields(value)]
    elif isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, tuple):
        parts = list(enumerate(value))
    else:
        return {}
    return {key: text for part, inner in parts for key, text in _templates(f"{name}.{part}", inner).items()}
