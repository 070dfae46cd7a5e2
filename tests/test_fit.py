"""A session is fitted to a time by its dose: the nearest length that does not pass it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voiceguide.fit import Fit, best_fit

LENGTHS = {0: 600_000, 30: 700_000, 80: 900_000}


@pytest.mark.parametrize(
    ("limit_ms", "dose", "length_ms", "missing_ms"),
    [
        (600_000, 0, 600_000, 0),
        (699_999, 0, 600_000, 99_999),
        (700_000, 30, 700_000, 0),
        (899_000, 30, 700_000, 199_000),
        (900_000, 80, 900_000, 0),
    ],
)
def test_the_longest_session_that_is_no_longer_than_the_limit_fits_best(
    limit_ms: int, dose: int, length_ms: int, missing_ms: int
) -> None:
    fit = best_fit(limit_ms, LENGTHS)
    assert (fit.dose, fit.length_ms, fit.limit_ms - fit.length_ms) == (dose, length_ms, missing_ms)


def test_no_dose_fits_where_every_session_is_longer() -> None:
    fit = best_fit(599_999, LENGTHS)
    assert fit == Fit(599_999, None, 600_000, 600_000, 900_000)
    assert fit.limit_ms - fit.length_ms == -1
    assert not fit.exhausted


def test_a_limit_that_even_the_highest_dose_falls_short_of_exhausts_the_routine() -> None:
    fit = best_fit(900_001, LENGTHS)
    assert fit == Fit(900_001, 80, 900_000, 600_000, 900_000)
    assert fit.exhausted
    assert not best_fit(900_000, LENGTHS).exhausted


def test_a_longer_session_at_a_lower_dose_fits_better() -> None:
    """Words may be shorter at a higher dose, so every length is looked at."""
    assert best_fit(720_000, {0: 600_000, 10: 710_000, 20: 705_000}).dose == 10


def test_the_shortest_session_need_not_be_the_lowest_dose() -> None:
    lengths = {0: 610_000, 10: 600_000, 20: 700_000}
    assert best_fit(605_000, lengths).dose == 10
    assert best_fit(500_000, lengths) == Fit(500_000, None, 600_000, 610_000, 700_000)


def test_of_two_equally_long_sessions_the_higher_dose_is_chosen() -> None:
    assert best_fit(650_000, {0: 600_000, 10: 600_000, 20: 700_000}).dose == 10


def test_a_routine_without_ranges_has_one_length() -> None:
    fit = best_fit(600_000, {0: 500_000})
    assert (fit.dose, fit.limit_ms - fit.length_ms, fit.exhausted) == (0, 100_000, True)


def test_there_is_no_fit_among_nothing() -> None:
    with pytest.raises(ValueError, match="no session to choose from"):
        best_fit(600_000, {})


@given(
    st.integers(0, 50),
    st.dictionaries(st.integers(0, 100), st.integers(1, 40), min_size=1),
)
@example(5, {0: 6, 50: 4, 100: 6})
def test_no_other_session_within_the_limit_is_nearer_to_it(limit_ms: int, lengths: dict[int, int]) -> None:
    """Stated by brute force: every length that does not pass the limit misses it by as much or more."""
    fit = best_fit(limit_ms, lengths)
    missed = {dose: limit_ms - length for dose, length in lengths.items() if length <= limit_ms}
    if fit.dose is None:
        assert missed == {}
        assert fit.length_ms == min(lengths.values())
    else:
        assert fit.length_ms == lengths[fit.dose]
        assert fit.limit_ms - fit.length_ms == missed[fit.dose] == min(missed.values())
        assert all(dose <= fit.dose for dose, by in missed.items() if by == fit.limit_ms - fit.length_ms)
    assert (fit.low_ms, fit.high_ms) == (lengths[min(lengths)], lengths[max(lengths)])
    assert fit.exhausted == (lengths[max(lengths)] < limit_ms)
