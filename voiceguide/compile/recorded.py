"""Where a routine names its recordings: the place that a file which cannot be heard is told at."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from voiceguide.compile.words import recorded_side
from voiceguide.model import Words
from voiceguide.timeline import Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Place
    from voiceguide.model import Routine


def recording_places(routine: Routine) -> dict[Recording, Place]:
    """The place of the first text of a routine for which each recording is heard, those of both sides among them."""
    found: dict[Recording, Place] = {}
    for words in _words(routine):
        if words.recording is not None and words.place is not None:
            for side in (None, "left", "right"):
                found.setdefault(Recording(recorded_side(words.recording, side)), words.place)
    return found


def _words(part: object) -> Iterator[Words]:
    """Every text in a part of a routine, in the order of its fields."""
    if isinstance(part, Words):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _words(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _words(getattr(part, field.name))
