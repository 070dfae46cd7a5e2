"""What the guide says in live play beside the session, in every language."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.phrases import (
    LANGUAGES,
    finished,
    resuming,
    sentence,
    starting_in,
    stopped,
    time_left,
    whole_seconds,
)
from voiceguide.phrases.language import Language, LiveWords

if TYPE_CHECKING:
    from collections.abc import Callable

any_language = st.sampled_from(list(LANGUAGES.values()))


def in_all(say: Callable[[Language, int], str], *values: int) -> dict[str, list[str]]:
    """A phrase for each value, by language."""
    return {code: [say(language, value) for value in values] for code, language in LANGUAGES.items()}


def test_in_a_hold_it_goes_on_with_what_is_left_of_it() -> None:
    assert in_all(resuming, 12_000, 1_000, 60_000, 90_000) == {
        "en": [
            "Resuming, twelve seconds left.",
            "Resuming, one second left.",
            "Resuming, one minute left.",
            "Resuming, one minute thirty seconds left.",
        ],
        "de": [
            "Weiter geht's, noch zwölf Sekunden.",
            "Weiter geht's, noch eine Sekunde.",
            "Weiter geht's, noch eine Minute.",
            "Weiter geht's, noch eine Minute dreißig Sekunden.",
        ],
        "es": [
            "Seguimos, quedan doce segundos.",
            "Seguimos, queda un segundo.",
            "Seguimos, queda un minuto.",
            "Seguimos, queda un minuto treinta segundos.",
        ],
        "fr": [
            "On reprend, encore douze secondes.",
            "On reprend, encore une seconde.",
            "On reprend, encore une minute.",
            "On reprend, encore une minute trente secondes.",
        ],
    }


def test_elsewhere_it_goes_on_without_more_words() -> None:
    assert {code: resuming(language) for code, language in LANGUAGES.items()} == {
        "en": "Resuming.", "de": "Weiter geht's.", "es": "Seguimos.", "fr": "On reprend."
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ms", "told"), [(12_499, 12_000), (12_500, 13_000), (1_000, 1_000), (499, 1_000), (0, 1_000)]
)
def test_what_is_left_is_told_in_whole_seconds_and_never_as_nothing(ms: int, told: int) -> None:
    assert whole_seconds(ms) == told


def test_it_says_when_it_begins() -> None:
    assert in_all(starting_in, 30_000, 60_000, 1_000) == {
        "en": ["Starting in thirty seconds.", "Starting in one minute.", "Starting in one second."],
        "de": [
            "Noch dreißig Sekunden, dann geht es los.",
            "Noch eine Minute, dann geht es los.",
            "Noch eine Sekunde, dann geht es los.",
        ],
        "es": ["Empezamos en treinta segundos.", "Empezamos en un minuto.", "Empezamos en un segundo."],
        "fr": [
            "On commence dans trente secondes.",
            "On commence dans une minute.",
            "On commence dans une seconde.",
        ],
    }


def test_it_says_how_many_exercises_were_done_and_nothing_of_none() -> None:
    assert in_all(stopped, 0, 1, 3, 21) == {
        "en": ["Stopped.", "Stopped, one exercise done.", "Stopped, three exercises done.", "Stopped, twenty-one exercises done."],
        "de": [
            "Beendet.", "Beendet, eine Übung geschafft.", "Beendet, drei Übungen geschafft.",
            "Beendet, einundzwanzig Übungen geschafft.",
        ],
        "es": [
            "Paramos aquí.", "Paramos aquí, un ejercicio hecho.", "Paramos aquí, tres ejercicios hechos.",
            "Paramos aquí, veintiún ejercicios hechos.",
        ],
        "fr": [
            "On s'arrête là.", "On s'arrête là, un exercice fait.", "On s'arrête là, trois exercices faits.",
            "On s'arrête là, vingt et un exercices faits.",
        ],
    }  # fmt: skip


def test_at_the_end_it_says_how_long_it_was() -> None:
    assert in_all(finished, 660_000, 60_000, 10_000) == {
        "en": [
            "That was the end, eleven minutes.",
            "That was the end, one minute.",
            "That was the end, less than a minute.",
        ],
        "de": ["Das war's, elf Minuten.", "Das war's, eine Minute.", "Das war's, weniger als eine Minute."],
        "es": [
            "Hemos terminado, once minutos.",
            "Hemos terminado, un minuto.",
            "Hemos terminado, menos de un minuto.",
        ],
        "fr": ["C'est fini, onze minutes.", "C'est fini, une minute.", "C'est fini, moins d'une minute."],
    }


def test_after_a_change_what_is_left_of_a_hold_is_a_sentence() -> None:
    assert {code: sentence(time_left(language, 17_000)) for code, language in LANGUAGES.items()} == {
        "en": "Seventeen seconds left.", "de": "Noch siebzehn Sekunden.", "es": "Quedan diecisiete segundos.",
        "fr": "Encore dix-sept secondes.",
    }  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_phrase_is_a_sentence_without_digits(code: str) -> None:
    live = LANGUAGES[code].live
    texts = [getattr(live, item.name) for item in fields(LiveWords) if item.name != "exercises"]
    assert [text for text in texts if text != sentence(text) or re.search("[0-9]", text)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_keys_are_told_one_after_the_other(code: str) -> None:
    keys = LANGUAGES[code].live.keys
    letters = re.findall(r"\b([A-Z])\s?:", keys)
    assert letters == ["N", "B", "R", "S", "Q"]
    assert keys.count(":") == 8


@given(any_language, st.integers(0, 86_400_000), st.integers(0, 200))
def test_no_field_is_left_unfilled(language: Language, ms: int, count: int) -> None:
    said = (
        resuming(language, ms),
        starting_in(language, ms),
        stopped(language, count),
        finished(language, ms),
    )
    assert not [text for text in said if set("{}") & set(text)]
