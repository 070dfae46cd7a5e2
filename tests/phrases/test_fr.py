"""The guide's own words in French."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.compile.pronounce import pronouncer
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
from voiceguide.phrases.fr import FRENCH

if TYPE_CHECKING:
    from voiceguide.phrases.language import Gender


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (2, "deux"),
        (16, "seize"),
        (21, "vingt et un"),
        (31, "trente et un"),
        (71, "soixante et onze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (101, "cent un"),
        (200, "deux cents"),
        (1.5, "un virgule cinq"),
        (2.25, "deux virgule vingt-cinq"),
        (0.05, "zéro virgule zéro cinq"),
    ],
)
def test_a_number_is_counted_aloud(number: float, words: str) -> None:
    assert FRENCH.spoken(number, None) == words


@pytest.mark.parametrize(
    ("number", "gender", "words"),
    [
        (1, "f", "une"),
        (1, "m", "un"),
        (2, "f", "deux"),
        (16, "f", "seize"),
        (21, "f", "vingt et une"),
        (21, "m", "vingt et un"),
        (31, "f", "trente et une"),
        (71, "f", "soixante et onze"),
        (81, "f", "quatre-vingt-une"),
        (91, "f", "quatre-vingt-onze"),
        (101, "f", "cent une"),
        (1.5, "f", "une virgule cinq"),
        (21.5, "f", "vingt et une virgule cinq"),
    ],
)
def test_a_number_before_a_noun_takes_its_gender(number: float, gender: Gender, words: str) -> None:
    assert FRENCH.spoken(number, gender) == words


@given(st.integers(0, 999_999) | st.integers(0, 60_000).map(lambda ms: ms / 1_000), st.sampled_from("mfn"))
def test_a_number_is_words_alone(number: float, gender: Gender) -> None:
    assert re.fullmatch("[a-zé -]+", FRENCH.spoken(number, gender))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, ["une série", "une répétition", "une respiration"]),
        (2, ["deux séries", "deux répétitions", "deux respirations"]),
        (21, ["vingt et une séries", "vingt et une répétitions", "vingt et une respirations"]),
        (71, ["soixante et onze séries", "soixante et onze répétitions", "soixante et onze respirations"]),
        (101, ["cent une séries", "cent une répétitions", "cent une respirations"]),
    ],
)
def test_what_is_counted_stands_in_its_number(number: int, words: list[str]) -> None:
    assert [counted(FRENCH, noun, number) for noun in (FRENCH.sets, FRENCH.reps, FRENCH.breaths)] == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (1_000, "une seconde"),
        (21_000, "vingt et une secondes"),
        (30_000, "trente secondes"),
        (60_000, "une minute"),
        (90_000, "une minute trente secondes"),
        (3_600_000, "une heure"),
        (7_261_000, "deux heures une minute une seconde"),
        (2_500, "deux virgule cinq secondes"),
    ],
)
def test_a_duration_is_said_in_hours_minutes_and_seconds(ms: int, words: str) -> None:
    assert duration(FRENCH, ms) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (1_500, "une virgule cinq seconde"),
        (250, "zéro virgule vingt-cinq seconde"),
        (2_000, "deux secondes"),
    ],
)
def test_less_than_two_is_singular(ms: int, words: str) -> None:
    assert duration(FRENCH, ms) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (10_000, "encore dix secondes"),
        (60_000, "encore une minute"),
        (90_000, "encore une minute trente secondes"),
        (120_000, "encore deux minutes"),
    ],
)
def test_the_time_left_is_said_before_the_duration(ms: int, words: str) -> None:
    assert time_left(FRENCH, ms) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (20_000, "moins d'une minute"),
        (30_000, "une minute"),
        (300_000, "cinq minutes"),
        (1_260_000, "vingt et une minutes"),
    ],
)
def test_minutes_are_whole(ms: int, words: str) -> None:
    assert minutes(FRENCH, ms) == words


@pytest.mark.parametrize(
    ("sets", "work", "both_sides", "alternating", "words"),
    [
        (1, "dix répétitions", False, False, "Dix répétitions."),
        (2, "dix répétitions", False, False, "Deux séries, dix répétitions."),
        (1, "une minute", True, False, "Une minute de chaque côté."),
        (2, "trente secondes", True, False, "Deux séries, trente secondes de chaque côté."),
        (3, "cinq respirations", True, True, "Trois séries, cinq respirations de chaque côté, en alternant."),
    ],
)
def test_a_dose_is_a_sentence(
    sets: int, work: str, *, both_sides: bool, alternating: bool, words: str
) -> None:
    assert dose(FRENCH, sets, work, both_sides=both_sides, alternating=alternating) == words


def test_the_first_ten_sets_have_ordinals_and_later_ones_a_number() -> None:
    assert [set_name(FRENCH, number) for number in range(1, 13)] == [
        "première série", "deuxième série", "troisième série", "quatrième série", "cinquième série",
        "sixième série", "septième série", "huitième série", "neuvième série", "dixième série",
        "série onze", "série douze",
    ]  # fmt: skip


def test_a_set_and_its_side_make_a_sentence() -> None:
    words = FRENCH.set_and_side.format(set=set_name(FRENCH, 1), side=side_name(FRENCH, "right"))
    assert sentence(words) == "Première série, côté droit."


def test_the_other_side_and_the_last_set_make_sentences() -> None:
    assert [sentence(text) for text in (FRENCH.other_side, FRENCH.last_set, FRENCH.last_set_of_side)] == [
        "Change de côté.", "Dernière série.", "Dernière série de ce côté."
    ]  # fmt: skip


def test_a_rest_is_told_with_its_length() -> None:
    assert FRENCH.rest_for.format(duration=duration(FRENCH, 20_000)) == "Repose-toi pendant vingt secondes."


def test_a_round_is_counted_with_plain_numbers() -> None:
    words = FRENCH.round_of.format(n=FRENCH.spoken(1, None), total=FRENCH.spoken(3, None))
    assert words == "Tour un sur trois."


def test_a_side_takes_the_gender_of_what_it_describes() -> None:
    text = "Genoux vers la {side}, bras {side:m} et jambe {other}, côté {other:m}"
    assert [resolve_sides(FRENCH, text, side) for side in ("left", "right")] == [
        "Genoux vers la gauche, bras gauche et jambe droite, côté droit",
        "Genoux vers la droite, bras droit et jambe gauche, côté gauche",
    ]


def test_what_is_left_out_and_what_is_swapped_is_said_without_elision() -> None:
    names = listed(FRENCH, ["Pont fessier", "Extension du dos", "Équilibre à quatre pattes"])
    assert FRENCH.left_out.format(names=names) == (
        "Aujourd'hui, on laisse de côté : Pont fessier, Extension du dos et Équilibre à quatre pattes."
    )
    assert FRENCH.in_place_of.format(new="Posture de l'enfant", old="Étirement du piriforme") == (
        "Posture de l'enfant remplace Étirement du piriforme."
    )


def test_what_the_default_voice_says_wrong_is_spelt_as_it_sounds() -> None:
    said = pronouncer((), "fr")("Assieds-toi, le dos au mur, adossé.")
    assert said == "assié-toi, le dau au mur, adossé."


def test_the_safety_rules_tell_to_stop_for_pain_and_to_ask_a_doctor() -> None:
    assert FRENCH.safety == (
        (
            "Laisse ton confort décider jusqu'où aller : une légère gêne est normale au début, mais arrête-toi tout de "
            "suite si tu as mal, ou si tu sens un engourdissement ou une douleur le long d'une jambe."
        ),
        (
            "Ceci ne remplace ni un médecin ni un kinésithérapeute : demande conseil au tien avant tout nouvel "
            "exercice, et consulte si la douleur persiste."
        ),
    )
