"""`--fit` in words: lengths that are never shown shorter than they are."""

from __future__ import annotations

import pytest

from voiceguide.cli.fitting import describe_fit, fit
from voiceguide.errors import RequestError
from voiceguide.fit import Fit
from voiceguide.model import Pause, Routine
from voiceguide.plan import Choices
from voiceguide.timeline import Voice

HOUR = 3_600_000


def described(limit_ms: int, length_ms: int, high_ms: int = 100 * HOUR) -> str:
    return describe_fit(Fit(limit_ms, 30, length_ms, low_ms=61_001, high_ms=high_ms))


@pytest.mark.parametrize(
    ("limit_ms", "length_ms", "told"),
    [
        (90_000, 80_000, "dose 30 %: 1:20, 10 s under 1:30"),
        (90_000, 80_001, "dose 30 %: 1:21, 9 s under 1:30"),
        (90_000, 89_001, "dose 30 %: 1:30"),
        (90_500, 80_001, "dose 30 %: 1:21, 9.5 s under 1:30.5"),
        (90_500, 90_200, "dose 30 %: 1:31"),
        (24 * HOUR, 18 * 60_000 + 59_500, "dose 30 %: 19:00, 23 h 41 min under 24:00:00"),
        (2 * HOUR, 58_001, "dose 30 %: 0:59, 1 h 59 min 1 s under 2:00:00"),
        (2 * HOUR, HOUR, "dose 30 %: 1:00:00, 1 h under 2:00:00"),
    ],
)
def test_a_length_is_rounded_up_and_the_difference_goes_with_it(
    limit_ms: int, length_ms: int, told: str
) -> None:
    assert described(limit_ms, length_ms) == told


def test_where_the_highest_dose_is_too_short_both_lengths_are_rounded_up() -> None:
    assert described(90_000, 80_001, high_ms=80_001) == (
        "dose 30 %: 1:21, 9 s under 1:30; the routine goes from 1:02 at dose 0 % to 1:21 at 100 %"
    )


@pytest.mark.parametrize(
    ("limit_ms", "told"),
    [
        (11_000, "no dose of 'Still' fits into 0:11: it lasts 0:12 at dose 0 %, 0:12 at 100 %"),
        (11_400, "no dose of 'Still' fits into 0:11.4: it lasts 0:12 at dose 0 %, 0:12 at 100 %"),
        (500, "no dose of 'Still' fits into 0.5 s: it lasts 0:12 at dose 0 %, 0:12 at 100 %"),
    ],
)
def test_a_session_that_is_too_long_is_shown_longer_than_the_time(limit_ms: int, told: str) -> None:
    routine = Routine("Still", (Pause(10_000),))
    with pytest.raises(RequestError) as caught:
        fit(
            routine,
            Choices(safety=False),
            limit_ms,
            lambda found: dict.fromkeys(found, 100),
            Voice("e", "v", 150),
        )
    assert str(caught.value) == told
