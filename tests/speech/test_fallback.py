"""Tones in place of what is not spoken: each phrase once, told in one warning, kept in no cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio.clip import RATE, to_float32
from voiceguide.audio.loudness import integrated
from voiceguide.errors import Problem, SpeechError
from voiceguide.speech.cache import ClipCache
from voiceguide.speech.fallback import Fallback, MuteEngine
from voiceguide.speech.speaker import Speaker
from voiceguide.speech.tones import tones
from voiceguide.speech.voices import Voices, voice_for

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.speech.engine import Engine, Pcm, VoiceInfo

FAILURE = SpeechError(Problem("speech-failed", "the speech engine 'pyttsx3' did not speak 'three': no"))


class Failing:
    """The real engine, but that it fails on some words, and a list of what it was asked to speak."""

    def __init__(self, engine: Engine, *words: str) -> None:
        self._engine = engine
        self.failing = set(words)
        self.asked: list[str] = []
        self.name, self.identity, self.default_rate = engine.name, engine.identity, engine.default_rate
        self.voices, self.find_voice, self.close = engine.voices, engine.find_voice, engine.close

    def synthesize(self, text: str, voice: VoiceInfo, rate: int) -> Pcm:
        self.asked.append(text)
        if text in self.failing:
            raise FAILURE
        return self._engine.synthesize(text, voice, rate)


def test_what_is_not_spoken_becomes_tones_and_the_rest_is_speech(engine: Engine, english: VoiceInfo) -> None:
    failing, fallback = Failing(engine, "three"), Fallback()
    speaker = Speaker(failing, english, 150, None, fallback=fallback)
    speech = Speaker(engine, english, 150, None)
    assert abs(len(speaker.clip("two")) - len(speech.clip("two"))) < 100
    assert len(speaker.clip("three")) == len(tones("three", 150)) == RATE // 4
    assert fallback.problems == (
        Problem(
            "speech-replaced",
            "there are tones in place of speech (phrases: 1): "
            "the speech engine 'pyttsx3' did not speak 'three': no",
            severity="warning",
        ),
    )


def test_without_a_failure_there_is_no_warning(engine: Engine, english: VoiceInfo) -> None:
    fallback = Fallback()
    Speaker(engine, english, 150, None, fallback=fallback).clip("two")
    assert fallback.problems == ()


def test_tones_are_kept_in_no_cache(engine: Engine, english: VoiceInfo, tmp_path: Path) -> None:
    cache = ClipCache(tmp_path, limit_bytes=10_000_000)
    failing = Failing(engine, "three")
    Speaker(failing, english, 150, cache, fallback=Fallback()).lengths(["three", "two"])
    assert cache.stats()[0] == 1
    failing.failing.clear()
    again = Fallback()
    assert len(Speaker(failing, english, 150, cache, fallback=again).clip("three")) != RATE // 4
    assert again.problems == ()


def test_a_phrase_that_failed_is_not_tried_again(engine: Engine, english: VoiceInfo) -> None:
    """Not even where its clip could not be kept: it would be words here and tones there."""
    failing = Failing(engine, "three")
    speaker = Speaker(failing, english, 150, None, memory_bytes=0, fallback=Fallback())
    for text in ("three", "two", "three", "two", "three"):
        speaker.clip(text)
    assert failing.asked.count("three") == 1


def test_nothing_to_say_is_an_error_still(engine: Engine, english: VoiceInfo) -> None:
    with pytest.raises(SpeechError):
        Speaker(engine, english, 150, None, fallback=Fallback()).clip("  ")


@pytest.mark.parametrize(
    "text", ["one", "Lie down on your back and bend both knees.", "呼吸してください" * 9]
)
def test_tones_are_as_loud_as_speech(engine: Engine, english: VoiceInfo, text: str) -> None:
    clip = Speaker(Failing(engine, text), english, 150, None, fallback=Fallback()).clip(text)
    assert integrated(np.pad(to_float32(clip), RATE // 2)) == pytest.approx(-19.0, abs=0.5)
    assert np.abs(clip[[0, -1]]).max() <= 10


@given(st.text(min_size=1).filter(str.strip), st.integers(80, 450))
def test_tones_last_as_long_as_the_text_has_letters(text: str, rate: int) -> None:
    spoken = " ".join(text.split())
    parts = -(-len(spoken) // 12) + len(spoken.split())
    expected = len(spoken) * 50 * 150 / rate
    assert len(tones(spoken, rate)) / 48 == pytest.approx(expected, abs=50 * 150 / rate * parts)


@pytest.mark.parametrize("text", ["three", "Halfway.", "Lower your arms, step forward and stand tall."])
@pytest.mark.parametrize("rate", [110, 150, 220])
def test_tones_fit_where_the_words_would_have_been(
    engine: Engine, english: VoiceInfo, text: str, rate: int
) -> None:
    spoken = len(Speaker(engine, english, rate, None).clip(text))
    assert 0.5 * spoken < len(tones(text, rate)) <= spoken


def test_an_engine_that_did_not_open_has_every_voice_and_speaks_in_tones() -> None:
    mute, fallback = MuteEngine("odd", FAILURE), Fallback()
    voice = voice_for(mute, None, "de")
    assert (voice.id, voice_for(mute, "Eva", "de").id) == ("de", "Eva")
    voices = Voices(mute, voice, "de", mute.default_rate, None, fallback=fallback)
    lengths = [len(voices.speaker(language).clip("drei")) for language in (None, "en", "xx")]
    assert lengths == [RATE // 5] * 3
    assert "(phrases: 3)" in voices.problems[0].message
