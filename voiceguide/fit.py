"""The dose that makes a session as long as it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Fit:
    """The best dose for a limit; lengths in ms.

    `dose` is the percentage whose session of `length_ms` comes nearest to `limit_ms` without passing it. Where every
    session is longer it is None, and `length_ms` is the shortest. `low_ms` and `high_ms` are the lengths at the lowest
    and the highest dose.
    """

    limit_ms: int
    dose: int | None
    length_ms: int
    low_ms: int
    high_ms: int

    @property
    def exhausted(self) -> bool:
        """Whether even the highest dose is shorter than the limit."""
        return self.high_ms < self.limit_ms


def best_fit(limit_ms: int, lengths: Mapping[int, int]) -> Fit:
    """The fit among sessions whose length in ms is known by percentage; of two equally long ones the higher dose.

    Every length counts, since spoken lengths may fall as the dose rises. Raises ValueError without any length.
    """
    if not lengths:
        raise ValueError("no session to choose from")
    low_ms, high_ms = lengths[min(lengths)], lengths[max(lengths)]
    fitting = [(length, dose) for dose, length in lengths.items() if length <= limit_ms]
    if not fitting:
        return Fit(limit_ms, None, min(lengths.values()), low_ms, high_ms)
    length, dose = max(fitting)
    return Fit(limit_ms, dose, length, low_ms, high_ms)
