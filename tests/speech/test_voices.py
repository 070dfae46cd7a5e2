"""A wish for a voice means an id, a name, a language, or part of one name."""

from __future__ import annotations

import pytest

from voiceguide.errors import Problem, RequestError
from voiceguide.speech.engine import Engine, Pcm, VoiceInfo, choose_voice


class Listed:
    """An engine of which only the list of voices matters."""

    name = "listed"
    identity = "listed 1"
    default_rate = 150

    def __init__(self, *voices: VoiceInfo) -> None:
        self._voices = voices

    def voices(self) -> tuple[VoiceInfo, ...]:
        return self._voices

    def find_voice(self, wanted: str) -> VoiceInfo | None:
        return VoiceInfo(wanted, "a file", ()) if wanted.endswith(".voice") else None

    def synthesize(self, text: str, voice: VoiceInfo, rate: int) -> Pcm:
        raise NotImplementedError(text, voice, rate)

    def close(self) -> None:
        pass


ALEX = VoiceInfo("com.example.Alex", "Alex", ("en-us",), "male")
SAMANTHA = VoiceInfo("com.example.Samantha", "Samantha", ("en-us",), "female")
DANIEL = VoiceInfo("com.example.Daniel", "Daniel", ("en-gb", "en"), "male")
ANNA = VoiceInfo("com.example.Anna", "Anna (Enhanced)", ("de-de",), "female")
MARIE = VoiceInfo("com.example.Marie", "Marie (Enhanced)", ("fr-fr",), "female")
MONICA = VoiceInfo("com.example.Monica", "Mónica", ("es-mx",), "female")
SYSTEM = Listed(DANIEL, ALEX, SAMANTHA, ANNA, MARIE, MONICA)


@pytest.mark.parametrize(
    ("wanted", "voice"),
    [
        ("com.example.alex", ALEX),
        ("SAMANTHA", SAMANTHA),
        ("en_US", ALEX),
        ("en-GB", DANIEL),
        ("en", ALEX),
        ("de", ANNA),
        ("anna", ANNA),
        ("mónica", MONICA),
    ],
)
def test_a_voice_is_wanted_by_id_name_language_or_part_of_its_name(wanted: str, voice: VoiceInfo) -> None:
    assert choose_voice(SYSTEM, wanted, "en") == voice


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en", ALEX),
        ("en-GB", DANIEL),
        ("en-AU", ALEX),
        ("de", ANNA),
        ("de-AT", ANNA),
        ("fr", MARIE),
        ("es", MONICA),
    ],
)
def test_a_language_has_a_usual_voice(language: str, voice: VoiceInfo) -> None:
    assert choose_voice(SYSTEM, None, language) == voice


def test_a_wish_wins_over_the_language() -> None:
    assert choose_voice(SYSTEM, "Anna (Enhanced)", "en") == ANNA


def test_the_engine_is_asked_for_a_voice_that_is_not_listed() -> None:
    assert choose_voice(SYSTEM, "my.voice", "en").id == "my.voice"


def refused(engine: Engine, wanted: str | None, language: str = "en") -> tuple[Problem, ...]:
    with pytest.raises(RequestError) as raised:
        choose_voice(engine, wanted, language)
    return raised.value.problems


def test_an_unknown_voice_is_answered_with_one_of_a_name_near_it() -> None:
    assert refused(SYSTEM, "Samanta") == (
        Problem(
            "unknown-voice",
            "the speech engine 'listed' has no voice 'Samanta'",
            hint="did you mean 'samantha'?",
        ),
    )


def test_part_of_two_names_is_an_unknown_voice() -> None:
    assert refused(SYSTEM, "Enhanced")[0].kind == "unknown-voice"


def test_an_empty_wish_is_an_unknown_voice() -> None:
    assert refused(SYSTEM, "")[0].kind == "unknown-voice"


def test_a_region_that_nobody_speaks_is_not_taken_for_another_when_it_is_wanted_as_a_voice() -> None:
    assert refused(SYSTEM, "en-AU")[0].kind == "unknown-voice"


def test_a_language_nobody_speaks_is_said() -> None:
    assert refused(SYSTEM, None, "xx") == (
        Problem(
            "unknown-language",
            "the speech engine 'listed' has no voice for the language 'xx'",
            hint="`--voice` names another voice, `--engine` another engine",
        ),
    )


def test_an_engine_without_voices_says_how_to_get_one() -> None:
    assert refused(Listed(), None) == (
        Problem(
            "no-voices",
            "the speech engine 'listed' has no voice yet",
            hint="`--voice` takes the path of a voice file, `--engine` another engine",
        ),
    )
