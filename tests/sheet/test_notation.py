"""Doses as they are written on paper, in each language."""

from __future__ import annotations

import pytest

from voiceguide.dose import parse_dose
from voiceguide.phrases import LANGUAGES
from voiceguide.sheet.labels import LABELS
from voiceguide.sheet.notation import Notation
from voiceguide.units import Range


def written(dose: str, language: str = "en") -> str:
    return Notation(LANGUAGES[language], LABELS[language]).dose(parse_dose(dose)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("dose", "on_paper"),
    [
        ("30s", "30 s"),
        ("1.5s", "1.5 s"),
        ("90s", "1 min 30 s"),
        ("1h", "1 h"),
        ("20-30s", "20–30 s"),
        ("1-2m", "1–2 min"),
        ("45s-2m", "45 s – 2 min"),
        ("60-90s", "60–90 s"),
        ("2-3 x 30s each side, rest 10s", "2–3 × 30 s each side"),
        ("1 rep", "1 rep"),
        ("8-10 reps", "8–10 reps"),
        ("3 x 5 breaths alternating", "3 × 5 breaths each side, alternating"),
        ("5 breaths alternating", "5 breaths each side"),
        ("10 reps hold 5-8s", "10 reps, hold 5–8 s"),
        ("2 x 10 reps @ 2-1-3", "2 × 10 reps"),
    ],
)
def test_a_dose_in_the_usual_notation(dose: str, on_paper: str) -> None:
    assert written(dose) == on_paper


@pytest.mark.parametrize(
    ("language", "on_paper"),
    [
        ("en", "3 × 1.5 s each side"),
        ("de", "3 × 1,5 s pro Seite"),
        ("es", "3 × 1,5 s por lado"),
        ("fr", "3 × 1,5 s de chaque côté"),
    ],
)
def test_a_dose_in_each_language(language: str, on_paper: str) -> None:
    assert written("3 x 1.5s each side", language) == on_paper


def test_a_number_stays_on_the_line_of_its_unit() -> None:
    notation = Notation(LANGUAGES["en"], LABELS["en"])
    assert notation.dose(parse_dose("3 x 8 reps")) == "3\u00a0×\u00a08\u00a0reps"
    assert notation.durations(Range(90_000, 90_000)) == "1\u00a0min\u00a030\u00a0s"
