"""Programs that write the same thing, run in turn, so that whatever else the machine does hits all of them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.processes import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

_WATCH_CLOSELY_S = 0.02
_WATCH_S = 0.25


@dataclass(frozen=True)
class Contestant:
    """One way to write a workload: a command, what is done `before` each run, and a `check` of what it wrote.

    A `slow` one is watched while it is timed; the others have a first run in which their memory is watched closely, and
    which does not count. `tells` is for one that prints the seconds of a part of its work: what that part is called.
    """

    workload: str
    what: str
    command: tuple[str | Path, ...]
    runs: int
    check: Callable[[], None]
    before: Callable[[], None] = lambda: None
    slow: bool = False
    tells: str | None = None


@dataclass(frozen=True)
class Row:
    """A line of the table: what was done, the seconds it took, run by run, and the most memory of the process tree."""

    workload: str
    what: str
    seconds: tuple[float, ...]
    megabytes: float

    @property
    def median(self) -> float:
        """The median of the runs, in seconds."""
        return median(self.seconds)


def contest(contestants: Iterable[Contestant], environment: Mapping[str, str], folder: Path) -> Iterator[Row]:
    """Run them in rounds, one run of each a round, and give the rows of each; progress goes to standard error.

    Raises FailedError for one that fails, and what their checks raise.
    """
    running = list(contestants)
    seconds: dict[Contestant, list[float]] = {one: [] for one in running}
    told: dict[Contestant, list[float]] = {one: [] for one in running}
    megabytes = dict.fromkeys(running, 0.0)

    def once(one: Contestant, watch_every_s: float | None) -> float:
        one.before()
        done = run(one.command, environment, folder, watch_every_s=watch_every_s)
        megabytes[one] = max(megabytes[one], done.megabytes or 0.0)
        one.check()
        if one.tells:
            told[one].append(float(done.printed))
        print(f"  {one.workload}, {one.what}: {done.seconds:.2f} s", file=sys.stderr)
        return done.seconds

    for one in running:
        if not one.slow:
            once(one, _WATCH_CLOSELY_S)
            told[one].clear()
    for turn in range(max(one.runs for one in running)):
        for one in running:
            if turn < one.runs:
                seconds[one].append(once(one, _WATCH_S if one.slow else None))
    for one in running:
        yield Row(one.workload, one.what, tuple(seconds[one]), megabytes[one])
        if one.tells:
            yield Row(one.workload, one.tells, tuple(told[one]), megabytes[one])
