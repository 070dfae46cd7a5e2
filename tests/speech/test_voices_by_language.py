"""The voice follows the language: English is never read by a German voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.errors import Problem, RequestError
from voiceguide.speech.engine import VoiceInfo, choose_voice, speaks
from voiceguide.speech.voices import Voices, voice_for

from .test_voices import ALEX, ANNA, DANIEL, MARIE, SYSTEM, Listed

if TYPE_CHECKING:
    from voiceguide.speech.engine import Engine

NAMELESS = VoiceInfo("nobody-knows", "Nobody Knows", ())


@pytest.mark.parametrize(
    ("voice", "language", "can"),
    [
        (ALEX, "en", True),
        (ALEX, "en-GB", True),
        (DANIEL, "en_us", True),
        (ANNA, "en", False),
        (ANNA, "de", True),
        (NAMELESS, "de", True),
        (VoiceInfo("two", "Two", ("es-mx", "en-us")), "en", True),
    ],
)
def test_a_voice_speaks_its_languages_in_any_region_and_one_of_unknown_language_any(
    voice: VoiceInfo,
    language: str,
    can: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    assert speaks(voice, language) is can


def test_a_voice_that_speaks_the_language_is_taken() -> None:
    assert voice_for(SYSTEM, "Daniel", "en") == DANIEL


def test_without_a_wish_it_is_the_languages_usual_one() -> None:
    assert voice_for(SYSTEM, None, "fr") == MARIE


def test_a_voice_of_another_language_is_refused() -> None:
    with pytest.raises(RequestError) as raised:
        voice_for(SYSTEM, "Anna (Enhanced)", "en")
    assert raised.value.problems == (
        Problem(
            "voice-language",
            "the voice 'com.example.Anna' speaks de-de, not en",
            hint="`--language de`, or leave the voice out",
        ),
    )


def test_a_standing_wish_for_it_is_passed_over() -> None:
    assert voice_for(SYSTEM, "Anna (Enhanced)", "en", standing=True) == ALEX
    assert voice_for(SYSTEM, "Anna (Enhanced)", "de", standing=True) == ANNA


def test_a_voice_of_unknown_language_is_taken_at_the_users_word() -> None:
    engine = Listed(NAMELESS, ALEX)
    assert voice_for(engine, "nobody-knows", "de") == NAMELESS
    assert voice_for(engine, "nobody-knows", "de", standing=True) == NAMELESS


def test_an_unknown_voice_is_unknown_all_the_same() -> None:
    with pytest.raises(RequestError, match="has no voice 'zzz'"):
        voice_for(SYSTEM, "zzz", "en", standing=True)


def test_a_text_in_a_language_of_its_own_gets_that_languages_usual_voice() -> None:
    voices = Voices(SYSTEM, DANIEL, "en", 140, None)
    assert [voices.speaker(language).voice for language in (None, "en", "fr", "de")] == [
        DANIEL, DANIEL, MARIE, ANNA
    ]  # fmt: skip
    assert {voices.speaker(language).rate for language in (None, "fr")} == {140}


def test_a_speaker_is_made_once() -> None:
    voices = Voices(SYSTEM, DANIEL, "en", 140, None)
    assert voices.speaker("fr") is voices.speaker("FR")
    assert voices.speaker() is voices.main


def test_a_language_nobody_speaks_is_an_error_when_it_is_spoken() -> None:
    with pytest.raises(RequestError, match="has no voice for the language 'xx'"):
        Voices(SYSTEM, DANIEL, "en", 140, None).speaker("xx")


def test_each_language_sounds_as_if_it_were_spoken_alone(engine: Engine) -> None:
    voices = Voices(engine, choose_voice(engine, None, "en"), "en", 150, None)
    french = Voices(engine, choose_voice(engine, None, "fr"), "fr", 150, None)
    mixed = voices.speaker("fr").clip("Bonne nuit")
    assert abs(len(mixed) - len(french.main.clip("Bonne nuit"))) < 480
    assert not np.array_equal(mixed, voices.main.clip("Bonne nuit"))
