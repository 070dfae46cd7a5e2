"""What a language must give the guide: every phrase it says of its own, as templates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Plural = dict[str, str]


@dataclass(frozen=True)
class Language:
    """The guide's own words in one language; `{n}` in a template is a number in words.

    A `Plural` maps each plural category of the language to its template, and `plural_of` gives the category of
    a number. `spoken` gives a number in words.
    """

    code: str
    spoken: Callable[[int | float], str]
    plural_of: Callable[[int | float], str]

    hours: Plural
    minutes: Plural
    seconds: Plural
    sets: Plural
    reps: Plural
    breaths: Plural

    left: str
    right: str
    safety: tuple[str, ...]
    opening_title: str
    closing_title: str
    round_of: str
    sets_of: str
    each_side: str
    alternating: str
    name: str
    rest: str
    rest_for: str
    switch: str
    next_set: str
    last_set: str
    halfway: str
    count_and_phase: str

    def counted(self, forms: Plural, number: float) -> str:
        """A number with its noun: "one set", "two sets"."""
        return forms[self.plural_of(number)].format(n=self.spoken(number))

    def templates(self) -> dict[str, str]:
        """Every template by name, for checks that none is missing."""
        found: dict[str, str] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, str):
                found[item.name] = value
            elif isinstance(value, dict):
                found |= {f"{item.name}.{form}": text for form, text in value.items()}
            elif isinstance(value, tuple):
                found |= {f"{item.name}.{index}": text for index, text in enumerate(value)}
        return found
