"""Who speaks which language in a session: the voice that is wished for, and others where a text has a language of its own."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING

from voiceguide.errors import RequestError
from voiceguide.speech.engine import choose_voice, language_tag, speaks
from voiceguide.speech.speaker import Speaker
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.speech.cache import ClipCache
    from voiceguide.speech.engine import Engine, VoiceInfo


class Voices:
    """The speakers of one engine: `voice` for the session's `language`, for every other language its usual voice.

    `rate` is in words a minute. Raises RequestError `rate-out-of-range`.
    """

    def __init__(
        self, engine: Engine, voice: VoiceInfo, language: str, rate: int, cache: ClipCache | None
    ) -> None:
        self._speaking = RLock()
        self.main = Speaker(engine, voice, rate, cache, speaking=self._speaking)
        self._cache = cache
        self._speakers = {language_tag(language): self.main}

    def speaker(self, language: str | None = None) -> Speaker:
        """The speaker of a language, None for the session's own; raises RequestError `unknown-language`."""
        if language is None:
            return self.main
        tag = language_tag(language)
        if tag not in self._speakers:
            engine = self.main.engine
            voice = choose_voice(engine, None, tag)
            self._speakers[tag] = Speaker(engine, voice, self.main.rate, self._cache, speaking=self._speaking)
        return self._speakers[tag]


def voice_for(engine: Engine, wanted: str | None, language: str, *, standing: bool = False) -> VoiceInfo:
    """The voice that speaks a session in `language`: the one wanted, else the language's usual one.

    One that is known to speak other languages only is refused, or where it is a `standing` wish, passed over. Raises
    RequestError `voice-language` and what `choose_voice` raises.
    """
    voice = choose_voice(engine, wanted, language)
    if speaks(voice, language):
        return voice
    if standing:
        return choose_voice(engine, None, language)
    raise RequestError(
        problem(
            "voice-language",
            voice=voice.id,
            spoken=", ".join(voice.languages),
            language=language,
            other=voice.languages[0].partition("-")[0],
        )
    )
