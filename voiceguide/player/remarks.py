"""What the guide says beside the session, in words and as clips: resuming, refusals, how much is left, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voiceguide import phrases
from voiceguide.audio.clip import SAMPLES_PER_MS
from voiceguide.phrases import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.audio.clip import Clip

BEFORE_MS = 120
AFTER_MS = 360
"""Silence around a remark."""
COUNTED_IN = 3
"""The seconds that are counted before a session that starts later."""

_SECOND_MS = 1_000


class Guide:
    """The remarks in a language, spoken by `clip`, which gives the clip of a text: 48 kHz mono.

    Where the guide has no words of its own in the language, they are English. What `clip` raises comes out.
    """

    def __init__(self, language: str, clip: Callable[[str], Clip]) -> None:
        self.language = LANGUAGES.get(language, LANGUAGES["en"])
        self.words = self.language.live
        self._clip = clip

    def left(self, ms: int) -> str:
        """How much of a hold is left, to the whole second: "Twelve seconds left."."""
        return phrases.sentence(phrases.time_left(self.language, _seconds(ms) * _SECOND_MS))

    def resuming(self, hold_left_ms: int | None) -> str:
        """That the session goes on, and how much of a hold is left where it was in one."""
        if hold_left_ms is None:
            return self.words.resuming
        return phrases.resuming(self.language, _seconds(hold_left_ms) * _SECOND_MS)

    def starting_in(self, ms: int) -> str:
        """That the session starts later."""
        return phrases.starting_in(self.language, ms)

    def stopped(self, exercises: int) -> str:
        """That the session was stopped, and how many exercises were done."""
        return phrases.stopped(self.language, exercises)

    def finished(self, ms: int) -> str:
        """That the session is over, and how long it was."""
        return phrases.finished(self.language, ms)

    def clip(self, *texts: str, after_ms: int = AFTER_MS) -> Clip:
        """Sentences, one after the other, with silence around each."""
        parts = [_silence(BEFORE_MS)]
        for text in texts:
            parts += [self._clip(text), _silence(AFTER_MS)]
        parts[-1] = _silence(after_ms)
        return np.concatenate(parts)

    def count_in(self, ms: int) -> Clip:
        """So many ms from now until the session starts: that it does, silence, and the last three seconds counted."""
        clip = np.zeros(ms * SAMPLES_PER_MS, dtype=np.int16)
        counted = min(COUNTED_IN, ms // _SECOND_MS - 1)
        for number in range(1, counted + 1):
            word = self._clip(phrases.sentence(self.language.spoken(number, None)))
            _put(clip, word, (ms - number * _SECOND_MS) * SAMPLES_PER_MS)
        announced = self._clip(self.starting_in(ms))
        if len(announced) <= (ms - (counted + 1) * _SECOND_MS) * SAMPLES_PER_MS:
            _put(clip, announced, 0)
        return clip


def _put(clip: Clip, word: Clip, at: int) -> None:
    part = word[: len(clip) - at]
    clip[at : at + len(part)] = part


def _silence(ms: int) -> Clip:
    return np.zeros(ms * SAMPLES_PER_MS, dtype=np.int16)


def _seconds(ms: int) -> int:
    """Whole seconds, the nearest, one at least."""
    return max(1, (ms + _SECOND_MS // 2) // _SECOND_MS)
