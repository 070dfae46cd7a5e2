"""Who speaks which language in a session: the voice that is wished for, and others where a text has a language of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.errors import RequestError
from voiceguide.speech.engine import choose_voice, language_tag, speaks
from voiceguide.speech.fallback import MuteEngine
from voiceguide.speech.speaker import Speaker
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.errors import Problem
    from voiceguide.speech.cache import ClipCache
    from voiceguide.speech.engine import Engine, VoiceInfo
    from voiceguide.speech.fallback import Fallback


class Voices:
    """The speakers of one engine: `voice` for the session's `language`, for every other language its usual voice.

    Clips are kept in `cache`. `rate` is in words a minute; with a `fallback`, what is not spoken becomes tones. Raises RequestError
    `rate-out-of-range`.
    """

    def __init__(
        self,
        engine: Engine,
        voice: VoiceInfo,
        language: str,
        rate: int,
        cache: ClipCache | None,
        *,
        fallback: Fallback | None = None,
    ) -> None:
        self.main = Speaker(engine, voice, rate, cache, fallback=fallback)
        self.cache = cache
        self._fallback = fallback
        self._speakers = {language_tag(language): self.main}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warning that phrases were replaced by tones, if any were."""
        return self._fallback.problems if self._fallback else ()

    def speaker(self, language: str | None = None) -> Speaker:
        """The speaker of a language, None for the session's own; raises RequestError `unknown-language`."""
        if language is None:
            return self.main
        tag = language_tag(language)
        if tag not in self._speakers:
            engine = self.main.engine
            voice = _chosen(engine, None, tag)
            self._speakers[tag] = Speaker(engine, voice, self.main.rate, self.cache, fallback=self._fallback)
        return self._speakers[tag]


def voice_for(
    engine: Engine, wanted: str | None, language: str, *, standing: bool = False, bound: bool = True
) -> VoiceInfo:
    """The voice that speaks a session in `language`: the one wanted, else the language's usual one.

    One that is known to speak other languages only is refused, or where it is a `standing` wish, passed over, unless it
    is not `bound` to the language. Raises RequestError `voice-language` and what `choose_voice` raises.
    """
    voice = _chosen(engine, wanted, language)
    if speaks(voice, language) or not bound:
        return voice
    if standing:
        return _chosen(engine, None, language)
    raise RequestError(
        problem(
            "voice-language",
            voice=voice.id,
            spoken=", ".join(voice.languages),
            language=language,
            other=voice.languages[0].partition("-")[0],
        )
    )


def _chosen(engine: Engine, wanted: str | None, language: str) -> VoiceInfo:
    """As `choose_voice`; an engine that is not open may have any voice, and that of a language is called like it."""
    if isinstance(engine, MuteEngine):
        return engine.find_voice(wanted or language_tag(language))
    return choose_voice(engine, wanted, language)
