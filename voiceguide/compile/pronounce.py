"""How words are said where a voice would say them wrong: `psoas` as `so-as`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def pronouncer(say_as: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    """A function that gives a text with each word of the pairs as it is said; of two pairs for a word the first counts.

    Whole words in any case are taken, the longest first, and nothing that stands in for one is replaced again.
    """
    said: dict[str, str] = {}
    for word, pronunciation in say_as:
        said.setdefault(word.casefold(), pronunciation)
    if not said:
        return lambda text: text
    longest_first = sorted(said, key=len, reverse=True)
    words = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return lambda text: words.sub(lambda match: said.get(match[1].casefold(), match[1]), text)
