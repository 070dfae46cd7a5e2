"""`voiceguide say`: one sentence."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User


def length(path: Path) -> int:
    with wave.open(str(path)) as file:
        return int(file.getnframes())


def test_it_writes_a_sentence_to_a_file_and_says_nothing(user: User) -> None:
    outcome = user.run("say", "Three, two, one.", "-o", "x.wav")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert 24_000 < length(user.folder / "x.wav") < 240_000


def test_the_rate_is_the_one_that_was_asked_for(user: User) -> None:
    for rate in ("100", "200"):
        user.run("say", "Lie down and let your breath slow.", "--rate", rate, "-o", f"{rate}.wav")
    assert 1.6 < length(user.folder / "100.wav") / length(user.folder / "200.wav") < 2.2


def test_the_language_chooses_a_voice(user: User) -> None:
    spoken = {}
    for language in ("en", "de"):
        user.run("say", "Die Knie zur Brust", "--language", language, "-o", f"{language}.wav")
        spoken[language] = (user.folder / f"{language}.wav").read_bytes()
    assert spoken["en"] != spoken["de"]


def test_nothing_to_say_is_an_error(user: User) -> None:
    for text in ("", "   ", "..."):
        assert user.fails("say", text, "-o", "x.wav") == (
            f"error: the voice 'en-us' makes no sound for '{text}'\n   hint: write it in words\n"
        )


def test_a_language_without_a_voice_is_an_error(user: User) -> None:
    assert user.fails("say", "hello", "--language", "xx", "-o", "x.wav") == (
        "error: the speech engine 'pyttsx3' has no voice for the language 'xx'\n"
        "   hint: `--voice` names another voice, `--engine` another engine\n"
    )


def test_a_dash_reads_the_words_from_standard_input(user: User) -> None:
    user.run("say", "Knees to the left. Breathe out.", "-o", "x.wav")
    outcome = user.shell("printf 'Knees to the left.\\n  Breathe out.\\n' | voiceguide say - -o y.wav")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert (user.folder / "y.wav").read_bytes() == (user.folder / "x.wav").read_bytes()


@pytest.mark.parametrize("nothing", ["</dev/null", "<&-"])
def test_nothing_on_standard_input_is_nothing_to_say(user: User, nothing: str) -> None:
    outcome = user.shell(f"voiceguide say - -o x.wav {nothing}")
    assert (outcome.code, outcome.err) == (3, user.fails("say", "", "-o", "x.wav"))


def test_standard_input_that_is_not_utf_8_is_an_error(user: User) -> None:
    outcome = user.shell("printf 'caf\\351 now' | voiceguide say - -o x.wav")
    assert (outcome.code, outcome.err) == (
        1,
        "error: this is not UTF-8 text (byte 0xe9)\n   hint: save the file as UTF-8\n",
    )


def test_a_text_longer_than_a_voice_reads_at_once_is_an_error(user: User) -> None:
    told = user.fails("say", "a" * 1001, "-o", "x.wav")
    assert told.startswith("error: this text has 1,001 characters; a voice reads at most 1,000 at once\n")
    words = "Breathe out. " * 80
    piped = user.shell(f"echo '{words}' | voiceguide say - -o x.wav")
    assert (piped.code, piped.err.splitlines()[0]) == (
        2,
        "error: this text has 1,039 characters; a voice reads at most 1,000 at once",
    )


def test_standard_input_without_an_end_is_too_long(user: User) -> None:
    assert "characters; a voice reads at most 1,000" in user.shell("yes | voiceguide say - -o x.wav").err
