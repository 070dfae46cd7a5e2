"""The guide's own words."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from voiceguide.phrases import (
    LANGUAGES,
    counted,
    dose,
    duration,
    listed,
    minutes,
    resolve_names,
    resolve_sides,
    sentence,
    set_name,
    side_name,
    time_left,
)
from voiceguide.phrases.language import Noun
from voiceguide.phrases.numbers import in_words

ENGLISH = LANGUAGES["en"]


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (1_000, "one second"),
        (30_000, "thirty seconds"),
        (60_000, "one minute"),
        (90_000, "one minute thirty seconds"),
        (3_600_000, "one hour"),
        (7_261_000, "two hours one minute one second"),
        (1_500, "one point five seconds"),
        (250, "zero point two five seconds"),
    ],
)
def test_a_duration_is_said_in_hours_minutes_and_seconds(ms: int, words: str) -> None:
    assert duration(ENGLISH, ms) == words


@given(st.integers(1, 86_400_000))
def test_a_duration_has_words_and_no_digits(ms: int) -> None:
    assert re.fullmatch("[a-z -]+", duration(ENGLISH, ms))


def test_a_sentence_begins_with_a_capital_and_ends_with_a_stop() -> None:
    assert [sentence(text) for text in ("left leg", "Really?", "Stop!", "So…", "iPad.")] == [
        "Left leg.", "Really?", "Stop!", "So…", "IPad."
    ]  # fmt: skip


def test_a_dose_counts_sets_only_where_there_are_several() -> None:
    assert dose(ENGLISH, 1, "ten reps", both_sides=False, alternating=False) == "Ten reps."
    assert dose(ENGLISH, 2, "ten reps", both_sides=False, alternating=False) == "Two sets, ten reps."


def test_a_dose_names_its_sides_where_there_are_two() -> None:
    assert dose(ENGLISH, 1, "ten reps", both_sides=True, alternating=False) == "Ten reps each side."
    assert dose(ENGLISH, 3, "ten reps", both_sides=True, alternating=True) == (
        "Three sets, ten reps each side, alternating."
    )


def test_a_dose_says_how_long_each_rep_is_held() -> None:
    assert {
        code: dose(
            language,
            2,
            counted(language, language.reps, 5),
            both_sides=True,
            alternating=False,
            hold_ms=2_000,
        )
        for code, language in LANGUAGES.items()
    } == {
        "en": "Two sets, five reps each side, hold two seconds.",
        "de": "Zwei Sätze, fünf Wiederholungen pro Seite, zwei Sekunden halten.",
        "es": "Dos series, cinco repeticiones por lado, aguanta dos segundos.",
        "fr": "Deux séries, cinq répétitions de chaque côté, tiens deux secondes.",
    }


def test_sides_are_resolved_for_the_side_that_is_worked() -> None:
    text = "The {side} arm up, {other} leg back, {side} ear down"
    assert resolve_sides(ENGLISH, text, "left") == "The left arm up, right leg back, left ear down"
    assert resolve_sides(ENGLISH, text, "right") == "The right arm up, left leg back, right ear down"


def test_a_name_that_begins_a_sentence_begins_with_a_capital() -> None:
    assert (
        resolve_sides(ENGLISH, "{side} arm up. {other} leg back.", "left") == "Left arm up. Right leg back."
    )
    assert resolve_names("{left} to go! {next} now, {sets}.", {"left": "one minute", "next": "bridge"}) == (
        "One minute to go! Bridge now, {sets}."
    )


def test_a_text_without_sides_stays_as_it_is() -> None:
    assert resolve_sides(ENGLISH, "Keep {still}.", None) == "Keep {still}."


def test_a_side_is_said_in_the_form_that_its_text_asks_for() -> None:
    german = LANGUAGES["de"]
    text = "{side:e} Hand aufs Knie, Blick nach {other}"
    assert resolve_sides(german, text, "left") == "Linke Hand aufs Knie, Blick nach rechts"
    assert resolve_sides(german, text, "right") == "Rechte Hand aufs Knie, Blick nach links"


def test_a_name_with_a_value_becomes_words_and_another_stays() -> None:
    assert resolve_names("{sets} of { hold }, {side}", {"sets": "two sets", "hold": "ten seconds"}) == (
        "Two sets of ten seconds, {side}"
    )


def test_numbers_are_words() -> None:
    assert [ENGLISH.spoken(number, None) for number in (1, 12, 40)] == ["one", "twelve", "forty"]


def test_sets_are_ordinals_up_to_the_tenth_and_numbers_from_there_on() -> None:
    assert [set_name(ENGLISH, number) for number in (1, 2, 10, 11)] == [
        "first set", "second set", "tenth set", "set eleven"
    ]  # fmt: skip


def test_a_side_has_a_name() -> None:
    assert [side_name(ENGLISH, "left"), side_name(ENGLISH, "right")] == ["left side", "right side"]


@pytest.mark.parametrize(
    ("ms", "words"),
    [(1_000, "one second left"), (10_000, "ten seconds left"), (90_000, "one minute thirty seconds left")],
)
def test_time_left_is_a_duration(ms: int, words: str) -> None:
    assert time_left(ENGLISH, ms) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "less than a minute"),
        (29_999, "less than a minute"),
        (30_000, "one minute"),
        (89_999, "one minute"),
        (90_000, "two minutes"),
    ],
)
def test_minutes_are_whole_half_a_minute_up(ms: int, words: str) -> None:
    assert minutes(ENGLISH, ms) == words


def test_names_are_listed_as_the_language_lists_them() -> None:
    names = ["A", "B", "C"]
    assert {code: listed(language, names) for code, language in LANGUAGES.items()} == {
        "en": "A, B, and C",
        "de": "A, B und C",
        "es": "A, B y C",
        "fr": "A, B et C",
    }


def nouns(code: str) -> dict[str, Noun]:
    words = vars(LANGUAGES[code]) | vars(LANGUAGES[code].live)
    return {name: noun for name, noun in words.items() if isinstance(noun, Noun)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_noun_has_a_form_for_every_plural_that_whole_numbers_of_a_session_have(code: str) -> None:
    language = LANGUAGES[code]
    needed = {language.plural(number) for number in range(1, 1_000)}
    assert {name: set(noun.forms) for name, noun in nouns(code).items()} == dict.fromkeys(nouns(code), needed)
    assert set(language.time_left) == needed


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_plural_of_a_number_is_that_of_cldr(code: str) -> None:
    numbers = [*range(1_001), *(half / 2 for half in range(1, 201, 2)), 0.25, 12.75, 999_999]
    cldr = Locale.parse(code).plural_form
    assert [LANGUAGES[code].plural(number) for number in numbers] == [cldr(number) for number in numbers]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_number_is_that_of_num2words(code: str) -> None:
    numbers = [*range(201), 0.5, 1.5, 7.0, 1_000]
    assert [in_words(number, code) for number in numbers] == [num2words(n, lang=code) for n in numbers]


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_is_singular_and_two_are_plural(code: str) -> None:
    language = LANGUAGES[code]
    for noun in nouns(code).values():
        one, two = (counted(language, noun, number) for number in (1, 2))
        assert one.split()[-1] != two.split()[-1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_phrase_and_each_takes_what_its_like_in_english_takes(code: str) -> None:
    def taken(templates: dict[str, str]) -> dict[str, set[str]]:
        """The fields of each phrase; forms of a phrase take the same."""
        found: dict[str, set[str]] = {}
        for name, text in templates.items():
            names = {field for _, field, _, _ in Formatter().parse(text) if field}
            phrase = ".".join(name.split(".")[: 2 if name.startswith("live.") else 1])
            found.setdefault(phrase, set()).update(names)
        return found

    templates = LANGUAGES[code].templates()
    assert taken(templates) == taken(ENGLISH.templates())
    assert all(text.strip() for text in templates.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_names_ten_sets_and_a_left_and_a_right_in_every_form(code: str) -> None:
    language = LANGUAGES[code]
    assert len(set(language.ordinal_sets)) == 10
    assert "" in language.sides
    assert all(set(form) == {"left", "right"} for form in language.sides.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_says_the_safety_rules_in_two_sentences_at_most(code: str) -> None:
    rules = " ".join(LANGUAGES[code].safety)
    assert 0 < len(re.findall(r"[.!?](?:\s|$)", rules)) <= 2


def test_the_safety_rules_tell_to_stop_for_pain_and_to_ask_a_doctor() -> None:
    rules = " ".join(ENGLISH.safety).lower()
    assert all(
        words in rules for words in ("mild discomfort is normal", "stop at once for pain", "numbness", "leg")
    )
    assert all(
        words in rules for words in ("doctor", "therapist", "before any new exercise", "if pain stays")
    )
