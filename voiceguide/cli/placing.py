"""Failures told at the place where the script, or the configuration, asked for what failed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.errors import VoiceguideError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Place


@contextmanager
def placed(place: Place | None, *, but_for: frozenset[str] = frozenset()) -> Iterator[None]:
    """Give the problems of a failure in the block this place, but for those of some kinds and those that have one."""
    try:
        yield
    except VoiceguideError as error:
        problems = tuple(
            found if found.place or found.kind in but_for else replace(found, place=place)
            for found in error.problems
        )
        raise type(error)(*problems) from error
