"""An engine at arm's length: what it speaks it speaks in a process of its own, where it may hang or crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.errors import SpeechError
from voiceguide.speech.answer import Crashed, Hung
from voiceguide.speech.children import Children
from voiceguide.speech.engine import Pcm, VoiceInfo, shown
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from voiceguide.speech.children import Crew
    from voiceguide.speech.engine import Engine

PATIENCE_S = 30.0
"""How long an engine may take to open, and to speak a short phrase: the first one may load a voice from a slow disk."""
PATIENCE_PER_CHARACTER_S = 0.1
"""So much longer for each character: more than a person takes to say it."""


class ApartEngine:
    """The engine `called` so, for any number of threads; `close` ends its processes.

    `front` is the engine opened in this process, for what it can tell without speaking; where there is none, a process
    tells that too, and is started at once. Raises SpeechError `engine-failed`, and what opening the engine raises.
    """

    def __init__(
        self,
        called: str,
        front: Engine | None = None,
        *,
        patience_s: float | None = None,
        cores: int | None = None,
    ) -> None:
        self._called = called
        self._patience_s = PATIENCE_S if patience_s is None else patience_s
        self._children = Children(called, self._patience_s, cores)
        self._front = front
        self._about = _About()
        self._voices: Sequence[VoiceInfo] | None = None
        if front is None:
            try:
                self._about = _About(*self._told("about"))
            except BaseException:
                self._children.close()
                raise

    @property
    def name(self) -> str:
        """The name users choose it by."""
        return (self._front or self._about).name

    @property
    def identity(self) -> str:
        """Engine, library and driver with their versions."""
        return (self._front or self._about).identity

    @property
    def default_rate(self) -> int:
        """The rate in words a minute that suits coaching."""
        return (self._front or self._about).default_rate

    def voices(self) -> Sequence[VoiceInfo]:
        """The engine's voices; raises SpeechError `engine-failed`, and what the engine raises."""
        if self._voices is None:
            if self._front:
                self._voices = self._front.voices()
            else:
                self._voices = tuple(map(VoiceInfo.of, self._told("voices")))
        return self._voices

    def find_voice(self, wanted: str) -> VoiceInfo | None:
        """A voice that is not listed; raises as `voices`."""
        if self._front:
            return self._front.find_voice(wanted)
        found = self._told("find", wanted=wanted)
        return None if found is None else VoiceInfo.of(found)

    def synthesize(self, text: str, voice: VoiceInfo, rate: int) -> Pcm:
        """`text` as 16-bit samples.

        Raises SpeechError `engine-hangs`, `engine-crashed`, `speech-failed`, or `engine-failed` where the engine does not
        open or was given up, and what the engine raises.
        """
        import numpy as np  # noqa: PLC0415 (what only lists voices needs none)

        within_s = self._patience_s + PATIENCE_PER_CHARACTER_S * len(text)
        told = {"engine": self.name, "text": shown(text)}
        try:
            answer = self._children.ask(within_s, do="speak", text=text, voice=voice.fields, rate=rate)
        except Hung as error:
            raise SpeechError(problem("engine-hangs", seconds=round(error.seconds), **told)) from error
        except Crashed as error:
            raise SpeechError(problem("engine-crashed", how=error.how, **told)) from error
        reason = answer.said.get("raised") or (None if answer.data else "it gave no samples")
        if reason is not None:
            raise SpeechError(problem("speech-failed", reason=reason, **told))
        return Pcm(np.frombuffer(answer.data, dtype=np.int16), answer.said["value"])

    def several(self, phrases: int) -> AbstractContextManager[Crew]:
        """How so many phrases are best spoken, within the block."""
        return self._children.several(phrases)

    def interrupt(self) -> None:
        """End what is being spoken at once; whoever waits for it has a SpeechError."""
        self._children.interrupt()

    def close(self) -> None:
        """End its processes; it cannot speak afterwards."""
        self._children.close()
        if self._front:
            self._front.close()

    def _told(self, what: str, **request: Any) -> Any:
        """What the engine tells about itself."""
        try:
            said = self._children.ask(self._patience_s, do=what, **request).said
        except (Hung, Crashed) as error:
            raise self._failed(error) from error
        if "raised" in said:
            raise self._failed(said["raised"])
        return said["value"]

    def _failed(self, reason: object) -> SpeechError:
        return SpeechError(problem("engine-failed", engine=self._called, reason=reason))


class _About(NamedTuple):
    """What an engine in another process is called, and the rate that suits it."""

    name: str = ""
    identity: str = ""
    default_rate: int = 0
