"""What a speech engine is, and which of its voices a wish means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from voiceguide.errors import RequestError
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

# What a bare language means to most listeners, where an engine has several of its voices.
_USUAL_REGION = {
    "de": ("de-de",),
    "en": ("en-us", "en-gb"),
    "es": ("es-es",),
    "fr": ("fr-fr",),
    "pt": ("pt-br", "pt-pt"),
    "zh": ("zh-cn", "cmn"),
}

_SHOWN = 60
_NO_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")


@dataclass(frozen=True)
class VoiceInfo:
    """A voice of an engine: `languages` are lower-case tags (`en-us`), the one it speaks best first.

    `fingerprint` tells two voices with one id apart, where the id is a file that can be replaced.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    gender: str | None = None
    fingerprint: str = ""

    @property
    def fields(self) -> list[Any]:
        """The voice as it goes through a pipe."""
        return [self.id, self.name, list(self.languages), self.gender, self.fingerprint]

    @classmethod
    def of(cls, fields: list[Any]) -> VoiceInfo:
        """The voice that came through a pipe as its `fields`."""
        voice_id, name, languages, gender, fingerprint = fields
        return cls(voice_id, name, tuple(languages), gender, fingerprint)


@dataclass(frozen=True, eq=False)
class Pcm:
    """Mono samples at `rate` Hz, as an engine made them."""

    samples: NDArray[np.int16]
    rate: int


@dataclass(frozen=True)
class Spoken:
    """Mono samples of 16 bits in this machine's byte order, at `rate` Hz: what goes through a pipe."""

    data: bytes
    rate: int


class Engine(Protocol):
    """A speech synthesizer; the tests of any engine are those of `tests/speech/test_engines.py`.

    It is asked by one thread at a time, and in a process of its own (`speech/worker.py`): it may fail in any way.
    """

    @property
    def name(self) -> str:
        """The name users choose it by."""
        ...

    @property
    def identity(self) -> str:
        """Engine, library and driver with their versions: clips of two identities may sound different."""
        ...

    @property
    def default_rate(self) -> int:
        """The rate in words a minute that suits coaching."""
        ...

    def voices(self) -> Sequence[VoiceInfo]:
        """The voices that can be listed; the engine's own default comes before others of its language."""
        ...

    def find_voice(self, wanted: str) -> VoiceInfo | None:
        """A voice that is not listed but can be named, such as a file; raises RequestError for one that is broken."""
        ...

    def synthesize(self, text: str, voice: VoiceInfo, rate: int) -> Pcm:
        """`text` spoken as plain text, `rate` in words a minute; raises SpeechError, and never returns no samples."""
        ...

    def close(self) -> None:
        """Release what the engine holds; it cannot speak afterwards."""
        ...


def language_tag(text: str) -> str:
    """The language in the form voices carry: `en_US` is `en-us`."""
    return text.strip().lower().replace("_", "-")


def without_controls(text: str) -> str:
    """The text with a space for each control character, which speech libraries take for its end or for a command."""
    return text.translate(_NO_CONTROLS)


def shown(text: str) -> str:
    """The text as messages name it: at most 60 characters."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def choose_voice(engine: Engine, wanted: str | None, language: str) -> VoiceInfo:
    """The voice that `wanted` names (id, name, language, or part of one name only), else the language's usual one.

    Raises RequestError `unknown-voice`, `unknown-language`, or `no-voices` for an engine that has none.
    """
    voices = engine.voices()
    if wanted is not None:
        return _named(voices, wanted) or engine.find_voice(wanted) or _unknown_voice(engine, voices, wanted)
    voice = _speaking(voices, language_tag(language))
    if voice is not None:
        return voice
    if not voices:
        raise RequestError(problem("no-voices", engine=engine.name))
    raise RequestError(problem("unknown-language", engine=engine.name, language=language))


def speaks(voice: VoiceInfo, language: str) -> bool:
    """Whether a voice speaks a language, of whatever region; one of which no language is known is taken to."""
    base = _base(language_tag(language))
    return not voice.languages or any(_base(tag) == base for tag in voice.languages)


def _named(voices: Sequence[VoiceInfo], wanted: str) -> VoiceInfo | None:
    folded = wanted.strip().casefold()
    for voice in voices:
        if folded == voice.id.casefold():
            return voice
    for voice in voices:
        if folded == voice.name.casefold():
            return voice
    by_language = _speaking(voices, language_tag(wanted), exact=True)
    if by_language is not None:
        return by_language
    partial = [voice for voice in voices if folded and folded in voice.name.casefold()]
    return partial[0] if len(partial) == 1 else None


def _speaking(voices: Sequence[VoiceInfo], tag: str, *, exact: bool = False) -> VoiceInfo | None:
    """The best voice for the language: of its usual region, then in its own language, then as a second one."""
    base = _base(tag)
    tags = [*_USUAL_REGION.get(tag, ()), tag]
    if not exact and base != tag:
        tags += [*_USUAL_REGION.get(base, ()), base]
    for candidate in tags:
        first = [voice for voice in voices if voice.languages[:1] == (candidate,)]
        also = [voice for voice in voices if candidate in voice.languages]
        if first or also:
            return (first or also)[0]
    for voice in voices:
        if voice.languages and _base(voice.languages[0]) == base and (not exact or base == tag):
            return voice
    return None


def _base(tag: str) -> str:
    return tag.partition("-")[0]


def _unknown_voice(engine: Engine, voices: Sequence[VoiceInfo], wanted: str) -> VoiceInfo:
    known = {text.lower() for voice in voices for text in (voice.id, voice.name, *voice.languages)}
    raise RequestError(
        problem("unknown-voice", None, engine=engine.name, voice=wanted, **near(wanted, sorted(known)))
    )
