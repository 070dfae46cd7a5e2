"""The guide's own words in German."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.phrases import (
    counted,
    dose,
    duration,
    listed,
    minutes,
    resolve_sides,
    sentence,
    set_name,
    side_name,
    time_left,
)
from voiceguide.phrases.de import GERMAN

if TYPE_CHECKING:
    from voiceguide.phrases.language import Gender


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "eins"),
        (2, "zwei"),
        (16, "sechzehn"),
        (17, "siebzehn"),
        (21, "einundzwanzig"),
        (31, "einunddreißig"),
        (71, "einundsiebzig"),
        (100, "hundert"),
        (101, "hunderteins"),
        (121, "hunderteinundzwanzig"),
        (201, "zweihunderteins"),
        (1_000, "tausend"),
        (101_000, "hunderteintausend"),
        (1.5, "eins Komma fünf"),
        (0.25, "null Komma zwei fünf"),
    ],
)
def test_a_number_is_counted_aloud(number: float, words: str) -> None:
    assert GERMAN.spoken(number, None) == words


@pytest.mark.parametrize(
    ("number", "gender", "words"),
    [
        (1, "m", "ein"),
        (1, "f", "eine"),
        (1, "n", "ein"),
        (2, "f", "zwei"),
        (11, "f", "elf"),
        (21, "f", "einundzwanzig"),
        (101, "m", "hundertein"),
        (101, "f", "hunderteine"),
        (201, "f", "zweihunderteine"),
        (1.5, "f", "eins Komma fünf"),
        (30.1, "f", "dreißig Komma eins"),
    ],
)
def test_a_number_before_a_noun_takes_its_gender(number: float, gender: Gender, words: str) -> None:
    assert GERMAN.spoken(number, gender) == words


@given(st.integers(0, 999_999) | st.integers(0, 60_000).map(lambda ms: ms / 1_000), st.sampled_from("mfn"))
def test_a_number_is_words_alone(number: float, gender: Gender) -> None:
    assert re.fullmatch("[a-zäöüßK ]+", GERMAN.spoken(number, gender))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, ["ein Satz", "eine Wiederholung", "ein Atemzug"]),
        (2, ["zwei Sätze", "zwei Wiederholungen", "zwei Atemzüge"]),
        (21, ["einundzwanzig Sätze", "einundzwanzig Wiederholungen", "einundzwanzig Atemzüge"]),
        (101, ["hundertein Sätze", "hunderteine Wiederholungen", "hundertein Atemzüge"]),
    ],
)
def test_what_is_counted_stands_in_its_number(number: int, words: list[str]) -> None:
    assert [counted(GERMAN, noun, number) for noun in (GERMAN.sets, GERMAN.reps, GERMAN.breaths)] == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (1_000, "eine Sekunde"),
        (21_000, "einundzwanzig Sekunden"),
        (30_000, "dreißig Sekunden"),
        (60_000, "eine Minute"),
        (90_000, "eine Minute dreißig Sekunden"),
        (3_600_000, "eine Stunde"),
        (7_261_000, "zwei Stunden eine Minute eine Sekunde"),
        (1_500, "eins Komma fünf Sekunden"),
        (250, "null Komma zwei fünf Sekunden"),
    ],
)
def test_a_duration_is_said_in_hours_minutes_and_seconds(ms: int, words: str) -> None:
    assert duration(GERMAN, ms) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (10_000, "noch zehn Sekunden"),
        (60_000, "noch eine Minute"),
        (90_000, "noch eine Minute dreißig Sekunden"),
        (120_000, "noch zwei Minuten"),
    ],
)
def test_the_time_left_is_said_before_the_duration(ms: int, words: str) -> None:
    assert time_left(GERMAN, ms) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (20_000, "weniger als eine Minute"),
        (30_000, "eine Minute"),
        (300_000, "fünf Minuten"),
        (1_260_000, "einundzwanzig Minuten"),
    ],
)
def test_minutes_are_whole(ms: int, words: str) -> None:
    assert minutes(GERMAN, ms) == words


@pytest.mark.parametrize(
    ("sets", "work", "both_sides", "alternating", "words"),
    [
        (1, "zehn Wiederholungen", False, False, "Zehn Wiederholungen."),
        (2, "zehn Wiederholungen", False, False, "Zwei Sätze, zehn Wiederholungen."),
        (1, "eine Minute", True, False, "Eine Minute pro Seite."),
        (2, "dreißig Sekunden", True, False, "Zwei Sätze, dreißig Sekunden pro Seite."),
        (3, "fünf Atemzüge", True, True, "Drei Sätze, fünf Atemzüge pro Seite, im Wechsel."),
    ],
)
def test_a_dose_is_a_sentence(
    sets: int, work: str, *, both_sides: bool, alternating: bool, words: str
) -> None:
    assert dose(GERMAN, sets, work, both_sides=both_sides, alternating=alternating) == words


def test_the_first_ten_sets_have_ordinals_and_later_ones_a_number() -> None:
    assert [set_name(GERMAN, number) for number in range(1, 13)] == [
        "erster Satz", "zweiter Satz", "dritter Satz", "vierter Satz", "fünfter Satz", "sechster Satz",
        "siebter Satz", "achter Satz", "neunter Satz", "zehnter Satz", "Satz elf", "Satz zwölf",
    ]  # fmt: skip


def test_a_set_and_its_side_make_a_sentence() -> None:
    words = GERMAN.set_and_side.format(set=set_name(GERMAN, 1), side=side_name(GERMAN, "left"))
    assert sentence(words) == "Erster Satz, linke Seite."


def test_the_other_side_and_the_last_set_make_sentences() -> None:
    assert [sentence(text) for text in (GERMAN.other_side, GERMAN.last_set, GERMAN.last_set_of_side)] == [
        "Andere Seite.", "Letzter Satz.", "Letzter Satz auf dieser Seite."
    ]  # fmt: skip


def test_a_round_is_counted_with_plain_numbers() -> None:
    words = GERMAN.round_of.format(n=GERMAN.spoken(1, None), total=GERMAN.spoken(3, None))
    assert words == "Runde eins von drei."


def test_a_side_takes_the_form_that_its_place_in_the_sentence_asks_for() -> None:
    text = (
        "Knie nach {side}, {side:er} Arm und {other:es} Bein, auf der {side:en} Seite, die {other:e} Schulter"
    )
    assert [resolve_sides(GERMAN, text, side) for side in ("left", "right")] == [
        "Knie nach links, linker Arm und rechtes Bein, auf der linken Seite, die rechte Schulter",
        "Knie nach rechts, rechter Arm und linkes Bein, auf der rechten Seite, die linke Schulter",
    ]


def test_what_is_left_out_and_what_is_swapped_is_said_without_articles() -> None:
    names = listed(GERMAN, ["Brücke", "Diagonales Strecken", "Kindeshaltung"])
    assert GERMAN.left_out.format(names=names) == (
        "Heute ausgelassen: Brücke, Diagonales Strecken und Kindeshaltung."
    )
    assert GERMAN.in_place_of.format(new="Kindeshaltung", old="Herabschauender Hund") == (
        "Kindeshaltung statt Herabschauender Hund."
    )


def test_the_safety_rules_tell_to_stop_for_pain_and_to_ask_a_doctor() -> None:
    assert GERMAN.safety == (
        (
            "Geh nur so weit, wie es dir angenehm ist: Leichtes Unbehagen ist am Anfang normal, "
            "aber hör sofort auf bei Schmerzen, bei Taubheit, oder wenn Schmerzen ins Bein ausstrahlen."
        ),
        (
            "Das hier ersetzt weder deinen Arzt noch deine Therapeutin: Frag sie vor jeder neuen Übung, "
            "und geh hin, wenn Schmerzen bleiben."
        ),
    )
