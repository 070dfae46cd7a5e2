"""What stands on a sheet: values in the listener's language, whatever it is then drawn as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.dose import Side
    from voiceguide.sheet.labels.labels import Labels


@dataclass(frozen=True)
class Text:
    """A text, and its language where that is not the sheet's."""

    text: str
    language: str | None = None


@dataclass(frozen=True)
class Entry:
    """An exercise as it stands on the sheet.

    `dose` is in the usual notation, `details` are small facts, each with its label. `words` say how it is done, on its
    `side` first; `after` is the way out of it, `caution` what to take care of, and `against` what speaks against it. One
    that is done again in the same way has only its dose and says where its words are.
    """

    number: int
    name: Text
    dose: str
    details: tuple[tuple[str, Text], ...] = ()
    words: tuple[Text, ...] = ()
    reminders: tuple[Text, ...] = ()
    after: Text | None = None
    caution: Text | None = None
    against: str = ""
    side: Side | None = None


@dataclass(frozen=True)
class Part:
    """A section: its title, how many rounds of it are done where it is more than one, with their rests, and what is in it."""

    title: Text
    rounds: str
    items: tuple[Item, ...]


Item = Entry | Part


@dataclass(frozen=True)
class Sheet:
    """A whole sheet.

    `facts` are its length, its equipment and the like, each with its label; `changes` what is left out or swapped for
    this listener. `name` and `how_often` are empty where somebody is to write them in by hand. `address` is where the
    recording is, None where nobody said.
    """

    language: str
    labels: Labels
    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    items: tuple[Item, ...]
    safety: tuple[str, ...] = ()
    name: str = ""
    how_often: str = ""
    address: str | None = None


DAYS = 7
WEEKS = 2
"""How many weeks there are boxes to tick for."""


def entries(items: tuple[Item, ...]) -> tuple[Entry, ...]:
    """The exercises of a sheet or a section in order, those in sections too."""
    found: list[Entry] = []
    for item in items:
        found += entries(item.items) if isinstance(item, Part) else [item]
    return tuple(found)
