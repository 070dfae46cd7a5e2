"""The guide's own words."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.phrases import LANGUAGES, dose, duration, resolve_sides, sentence

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
    assert dose(ENGLISH, 2, "ten reps", both_sides=False, alternating=False) == "Two sets of ten reps."


def test_a_dose_names_its_sides_where_there_are_two() -> None:
    assert dose(ENGLISH, 1, "ten reps", both_sides=True, alternating=False) == "Ten reps, each side."
    assert dose(ENGLISH, 3, "ten reps", both_sides=True, alternating=True) == (
        "Three sets of ten reps, alternating sides."
    )


def test_sides_are_resolved_for_the_side_that_is_worked() -> None:
    text = "{side} arm up, {other} leg back, {side} ear down"
    assert resolve_sides(ENGLISH, text, "left") == "left arm up, right leg back, left ear down"
    assert resolve_sides(ENGLISH, text, "right") == "right arm up, left leg back, right ear down"


def test_a_text_without_sides_stays_as_it_is() -> None:
    assert resolve_sides(ENGLISH, "Keep {still}.", None) == "Keep {still}."


def test_numbers_are_words() -> None:
    assert [ENGLISH.spoken(number) for number in (1, 12, 40)] == ["one", "twelve", "forty"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_phrase_and_each_takes_what_its_like_in_english_takes(code: str) -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    theirs, english = LANGUAGES[code].templates(), ENGLISH.templates()
    plain = {name for name in english if "." not in name}
    assert {name for name in theirs if "." not in name} == plain
    assert all(theirs.values())
    assert all(fields(theirs[name]) == fields(english[name]) for name in plain)
    assert all(fields(text) <= {"n"} for name, text in theirs.items() if "." in name)


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
