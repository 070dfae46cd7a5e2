"""What the guide says of its own in Spanish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.phrases import (
    LANGUAGES,
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

if TYPE_CHECKING:
    from voiceguide.phrases.language import Gender

SPANISH = LANGUAGES["es"]


@pytest.mark.parametrize(
    ("number", "alone", "masculine", "feminine"),
    [
        (1, "uno", "un", "una"),
        (2, "dos", "dos", "dos"),
        (16, "dieciséis", "dieciséis", "dieciséis"),
        (21, "veintiuno", "veintiún", "veintiuna"),
        (31, "treinta y uno", "treinta y un", "treinta y una"),
        (71, "setenta y uno", "setenta y un", "setenta y una"),
        (100, "cien", "cien", "cien"),
        (101, "ciento uno", "ciento un", "ciento una"),
        (200, "doscientos", "doscientos", "doscientas"),
        (521, "quinientos veintiuno", "quinientos veintiún", "quinientas veintiuna"),
        (999, "novecientos noventa y nueve", "novecientos noventa y nueve", "novecientas noventa y nueve"),
        (21_000, "veintiún mil", "veintiún mil", "veintiún mil"),
        (231_001, "doscientos treinta y un mil uno", "doscientos treinta y un mil un",
         "doscientas treinta y un mil una"),
        (1.5, "uno coma cinco", "uno coma cinco", "uno coma cinco"),
    ],
)  # fmt: skip
def test_a_number_agrees_with_what_it_counts(
    number: float, alone: str, masculine: str, feminine: str
) -> None:
    assert [SPANISH.spoken(number, gender) for gender in (None, "m", "f")] == [alone, masculine, feminine]


@given(st.integers(0, 999_999), st.sampled_from(("m", "f")))
def test_no_number_stands_before_a_noun_in_the_form_in_which_it_is_counted(
    number: int, gender: Gender
) -> None:
    words = SPANISH.spoken(number, gender)
    assert not re.search("uno", words)
    assert not (gender == "f" and re.search("ientos", words))


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (1_000, "un segundo"),
        (21_000, "veintiún segundos"),
        (30_000, "treinta segundos"),
        (31_000, "treinta y un segundos"),
        (60_000, "un minuto"),
        (90_000, "un minuto treinta segundos"),
        (3_600_000, "una hora"),
        (75_661_000, "veintiuna horas un minuto un segundo"),
        (1_500, "uno coma cinco segundos"),
        (250, "cero coma dos cinco segundos"),
    ],
)
def test_a_duration_is_said_in_hours_minutes_and_seconds(ms: int, words: str) -> None:
    assert duration(SPANISH, ms) == words


@given(st.integers(1, 86_400_000))
def test_a_duration_has_words_and_no_digits(ms: int) -> None:
    assert re.fullmatch("[a-záéíóúñ ]+", duration(SPANISH, ms))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, ["una serie", "una repetición", "una respiración"]),
        (2, ["dos series", "dos repeticiones", "dos respiraciones"]),
        (21, ["veintiuna series", "veintiuna repeticiones", "veintiuna respiraciones"]),
        (200, ["doscientas series", "doscientas repeticiones", "doscientas respiraciones"]),
    ],
)
def test_sets_reps_and_breaths_are_feminine(number: int, words: list[str]) -> None:
    nouns = (SPANISH.sets, SPANISH.reps, SPANISH.breaths)
    assert [counted(SPANISH, noun, number) for noun in nouns] == words


@pytest.mark.parametrize(
    ("sets", "both_sides", "alternating", "words"),
    [
        (1, False, False, "Treinta segundos."),
        (2, False, False, "Dos series, treinta segundos."),
        (1, True, False, "Treinta segundos por lado."),
        (2, True, False, "Dos series, treinta segundos por lado."),
        (3, True, True, "Tres series, treinta segundos por lado, alternando."),
    ],
)
def test_a_dose_names_sets_work_and_sides(
    sets: int, both_sides: bool, alternating: bool, words: str  # noqa: FBT001 (columns of the table above)
) -> None:  # fmt: skip
    assert dose(SPANISH, sets, "treinta segundos", both_sides=both_sides, alternating=alternating) == words


def test_sets_are_named_in_order() -> None:
    assert [set_name(SPANISH, number) for number in (1, 3, 7, 10, 11, 21)] == [
        "primera serie", "tercera serie", "séptima serie", "décima serie", "serie once", "serie veintiuno"
    ]  # fmt: skip


def test_a_set_is_announced_with_its_side() -> None:
    said = SPANISH.set_and_side.format(set=set_name(SPANISH, 1), side=side_name(SPANISH, "left"))
    assert sentence(said) == "Primera serie, lado izquierdo."


def test_the_last_set_is_named_for_the_exercise_or_for_its_side() -> None:
    assert [sentence(text) for text in (SPANISH.last_set, SPANISH.last_set_of_side)] == [
        "Última serie.", "Última serie de este lado."
    ]  # fmt: skip


def test_a_side_agrees_with_the_part_of_the_body() -> None:
    text = "Brazo {side:m} y pierna {other}, {side} abajo, hombro {other:m}."
    assert resolve_sides(SPANISH, text, "left") == (
        "Brazo izquierdo y pierna derecha, izquierda abajo, hombro derecho."
    )
    assert resolve_sides(SPANISH, text, "right") == (
        "Brazo derecho y pierna izquierda, derecha abajo, hombro izquierdo."
    )


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (1_000, "queda un segundo"),
        (10_000, "quedan diez segundos"),
        (60_000, "queda un minuto"),
        (90_000, "queda un minuto treinta segundos"),
        (120_000, "quedan dos minutos"),
    ],
)
def test_time_left_has_its_verb_in_the_number_of_what_is_left(ms: int, words: str) -> None:
    assert time_left(SPANISH, ms) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (29_999, "menos de un minuto"),
        (30_000, "un minuto"),
        (300_000, "cinco minutos"),
        (1_260_000, "veintiún minutos"),
    ],
)
def test_minutes_are_whole(ms: int, words: str) -> None:
    assert minutes(SPANISH, ms) == words


def test_names_are_listed_with_y() -> None:
    names = listed(SPANISH, ("Puente", "Postura del niño", "Rodillas al pecho"))
    assert SPANISH.left_out.format(names=names) == (
        "Hoy dejamos fuera: Puente, Postura del niño y Rodillas al pecho."
    )


def test_a_rest_and_a_round_are_said_with_their_numbers() -> None:
    assert SPANISH.rest_for.format(duration=duration(SPANISH, 30_000)) == "Descansa treinta segundos."
    assert SPANISH.round_of.format(n=SPANISH.spoken(1, None), total=SPANISH.spoken(2, None)) == (
        "Ronda uno de dos."
    )


def test_a_count_is_joined_by_its_phase() -> None:
    assert SPANISH.count_and_phase.format(count=SPANISH.spoken(21, None), phase="sube") == "veintiuno, sube"


def test_the_safety_rules_tell_to_stop_for_pain_and_to_ask_a_doctor() -> None:
    stop, ask = SPANISH.safety
    assert all(words in stop for words in ("molestia leve", "detente enseguida", "adormecimiento", "pierna"))
    assert all(words in ask for words in ("médico", "fisioterapeuta", "ejercicio nuevo", "dolor continúa"))
