"""Tones in place of what an engine does not speak, for whoever would rather have a session without words than none."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from voiceguide.speech.engine import VoiceInfo
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voiceguide.errors import Problem, SpeechError
    from voiceguide.speech.engine import Pcm


class Fallback:
    """What has been replaced in a session, by any number of threads: phrases, each once, and why the first was."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._replaced: set[str] = set()
        self._first: SpeechError | None = None

    def replace(self, key: str, error: SpeechError) -> None:
        """Note that the phrase of this key is replaced because of `error`."""
        with self._lock:
            self._replaced.add(key)
            self._first = self._first or error

    def replaced(self, key: str) -> bool:
        """Whether the phrase has been replaced before: it stays so, and its engine is not asked again."""
        return key in self._replaced

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warning `speech-replaced`, if anything was replaced."""
        if self._first is None:
            return ()
        reason = self._first.problems[0].message
        return (problem("speech-replaced", count=len(self._replaced), reason=reason),)


class MuteEngine:
    """An `Engine` in place of the one called `name`, which did not open: it fails to speak as that failed to open.

    Its voices are those that are asked for, whatever they are called.
    """

    identity = ""
    default_rate = 150

    def __init__(self, name: str, error: SpeechError) -> None:
        self.name = name
        self._error = error

    def voices(self) -> Sequence[VoiceInfo]:
        """None are known."""
        return ()

    def find_voice(self, wanted: str) -> VoiceInfo:
        """The voice that is wanted."""
        return VoiceInfo(wanted, wanted, ())

    def synthesize(self, text: str, voice: VoiceInfo, rate: int) -> Pcm:  # noqa: ARG002 (it says nothing)
        """Nothing: raises SpeechError."""
        raise self._error

    def close(self) -> None:
        """Nothing is held."""
