"""What comes along can be played in every language the guide speaks, and fits the usual voice of each."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from tests.shipped.support import (
    IDS,
    LANGUAGES,
    ROUTINES,
    exercise,
    routine,
    spoken,
    unspeakable,
    words_of,
    words_of_routine,
)
from voiceguide import phrases
from voiceguide.speech.engine import choose_voice
from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine
from voiceguide.speech.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.model import Exercise
    from voiceguide.speech.engine import Engine

SIDES = {"side", "other"}
EVERY_EXERCISE = [(name, language) for name in IDS for language in LANGUAGES]
EVERY_ROUTINE = [(name, language) for name in ROUTINES for language in LANGUAGES]


def test_the_guide_speaks_four_languages() -> None:
    assert LANGUAGES == ["de", "en", "es", "fr"]


def shape(found: Exercise) -> dict[str, object]:
    """How many sentences of each kind an exercise has, and where it holds."""
    return {
        "setup": len(found.setup),
        "cues": len(found.cues),
        "spoken": [bool(words) for words in (found.side, found.change, found.release, found.caution)],
        "hold": [word == "hold" for word in found.phases],
    }


@pytest.mark.parametrize(("name", "language"), EVERY_EXERCISE)
def test_an_exercise_says_as_much_as_in_english(name: str, language: str) -> None:
    assert shape(exercise(name, language)) == shape(exercise(name))


@pytest.mark.parametrize(("name", "language"), EVERY_EXERCISE)
def test_an_exercise_is_made_to_be_heard(name: str, language: str) -> None:
    texts = [re.sub(r"\{.*?\}", "", text) for text in words_of(exercise(name, language))]
    assert {text: found for text in texts if (found := unspeakable(text))} == {}


def sides_named(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name in SIDES}


@pytest.mark.parametrize(("name", "language"), EVERY_EXERCISE)
def test_a_text_names_the_same_sides_as_in_english(name: str, language: str) -> None:
    theirs, english = (words_of(exercise(name, code)) for code in (language, "en"))
    assert [sides_named(text) for text in theirs] == [sides_named(text) for text in english]


def directions(language: str) -> re.Pattern[str]:
    """The words for left and right in a language."""
    forms = phrases.LANGUAGES[language].sides.values()
    words = {word for form in forms for word in form.values()}
    return re.compile(rf"\b({'|'.join(words)})\b", re.IGNORECASE)


@pytest.mark.parametrize(("name", "language"), EVERY_EXERCISE)
def test_directions_are_never_fixed_to_the_left_or_right(name: str, language: str) -> None:
    said = words_of(exercise(name, language))
    assert [text for text in said if directions(language).search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_side_is_the_first_one_with_left_and_right_exchanged(language: str) -> None:
    words = phrases.LANGUAGES[language]
    pairs = {(form["left"], form["right"]) for form in words.sides.values()}
    allowed = pairs | {(right, left) for left, right in pairs}
    for name in IDS:
        for text in words_of(exercise(name, language)):
            left = re.findall(r"\w+", phrases.resolve_sides(words, text, "left").lower())
            right = re.findall(r"\w+", phrases.resolve_sides(words, text, "right").lower())
            assert {pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]} <= allowed


@pytest.mark.parametrize(("name", "language"), EVERY_ROUTINE)
def test_a_routine_is_read_without_a_problem(name: str, language: str) -> None:
    found, problems = routine(name, language)
    assert (found.language, problems) == (language, ())


@pytest.mark.parametrize(("name", "language"), EVERY_ROUTINE)
def test_everything_said_in_a_routine_is_in_words_without_a_brace_left(name: str, language: str) -> None:
    assert [text for text in words_of_routine(name, language) if re.search(r"[0-9(){};×]", text)] == []


def texts_of(name: str, language: str) -> set[str]:
    return {text for text in words_of_routine(name, language) if len(text.split()) > 2}


@pytest.mark.parametrize(("name", "language"), [one for one in EVERY_ROUTINE if one[1] != "en"])
def test_no_sentence_of_a_routine_is_left_in_english(name: str, language: str) -> None:
    assert texts_of(name, language) & texts_of(name, "en") == set()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    opened = open_engine(DEFAULT_ENGINE)
    yield opened
    opened.close()


def speaker(engine: Engine, language: str) -> Speaker:
    return Speaker(engine, choose_voice(engine, None, language), engine.default_rate, cache=None)


@pytest.mark.parametrize(("name", "language"), EVERY_ROUTINE)
def test_a_routine_fits_the_usual_voice_without_a_warning_and_is_short(
    name: str, language: str, engine: Engine
) -> None:
    timeline, warnings = spoken(name, language, speaker(engine, language))
    assert [warning.message for warning in warnings] == []
    assert timeline.duration_ms <= 15 * 60_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_evening_lasts_eight_to_twelve_minutes(language: str, engine: Engine) -> None:
    timeline, _ = spoken("evening", language, speaker(engine, language))
    assert 8 * 60_000 <= timeline.duration_ms <= 12 * 60_000


def test_a_back_is_said_in_french() -> None:
    """The usual voice would read "dos" in English."""
    said = " ".join(words_of_routine("evening", "fr"))
    assert "le dau" in said
    assert not re.search(r"\bdos\b", said)
