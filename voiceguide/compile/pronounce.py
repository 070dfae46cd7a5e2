"""How words are said where a voice would say them wrong: `psoas` as `so-as`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from voiceguide.phrases import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.model import Pronunciation


def pronouncer(say_as: tuple[Pronunciation, ...], language: str) -> Callable[[str], str]:
    """A function that gives a text in a language with each word as it is said.

    Of two pronunciations of a word the first counts; the guide's own of the language come last. Whole words in any case
    are taken, the longest first, and nothing that stands in for one is replaced again.
    """
    guide = LANGUAGES[language].say_as if language in LANGUAGES else ()
    said: dict[str, str] = {}
    for word, pronunciation in (
        *((word, pronunciation) for word, pronunciation, code in say_as if code in (None, language)),
        *guide,
    ):
        said.setdefault(word.casefold(), pronunciation)
    if not said:
        return lambda text: text
    longest_first = sorted(said, key=len, reverse=True)
    # "It's" is not "it"; but an article before a word, as in "l'os", leaves it whole.
    words = re.compile(
        rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w|['\u2019]\w)", re.IGNORECASE
    )

    # Rounds say the same texts again.
    @cache
    def pronounced(text: str) -> str:
        return words.sub(lambda match: said.get(match[1].casefold(), match[1]), text)

    return pronounced
