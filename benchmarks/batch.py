"""What a programme costs among many: `scripts/bench batch`.

A batch of so many rows is measured, and one of twice as many: their difference is what the rows cost, without what
starting costs. Every batch has a cache and a folder of its own, the cache filled by one row before, but for the first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMAND = Path(sys.executable).parent / "voiceguide"
ROUTINE = """\
title: Evening low-back unwind
opening: Hello {name}, lie down, and let your breath slow.
steps:
  - knees-to-chest: 2-3 x 30s, rest 10s
  - knee-drop: 3 x 20s each side
  - leg-drop: 5 reps each side @ 2-2-2-3
  - childs-pose
  - rest: 20s
  - say: Nearly there, {name}.
  - side-lying-rest: 1m each side
closing: Well done, {name}. Roll to one side before you sit up.
"""
_STARTS_WITHIN_S = 60


@dataclass(frozen=True)
class Cost:
    """What a row costs: seconds from start to end, seconds of processors, bytes of its file and of the cache for it."""

    what: str
    seconds: float
    processor_seconds: float | None
    file_bytes: float
    cache_bytes: float


@dataclass(frozen=True)
class Batch:
    """What running a plan took, and what was there when it was done."""

    seconds: float
    processor_seconds: float
    file_bytes: int
    cache_bytes: int


class Place:
    """A folder with a routine, plans, and a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "HOME": str(folder),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "DASK_CONFIG": str(folder),
            "OPENBLAS_NUM_THREADS": "1",
        }
        self._runs = 0
        (folder / "mine.yaml").write_text(ROUTINE, encoding="utf-8")

    def batch(self, rows: list[str], *options: str, again: bool = False) -> Batch:
        """Render rows of `name,dose` into a new folder, or `again` into the last one."""
        self._runs += not again
        plan, out = self.folder / f"{self._runs}.csv", self.folder / f"out{self._runs}"
        plan.write_text(
            "\n".join(("routine,name,dose", *(f"mine.yaml,{row}" for row in rows))), encoding="utf-8"
        )
        before, started = _processor_seconds(), time.monotonic()
        subprocess.run(
            [COMMAND, "batch", plan.name, "-o", out.name, *options],
            cwd=self.folder,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds = time.monotonic() - started
        used = _processor_seconds() - before
        return Batch(seconds, used, _bytes(out), _bytes(self.folder / "cache"))


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="scripts/bench batch")
    parser.add_argument("--rows", type=int, default=60, help="rows of the smaller batch")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found = list(_measured(arguments.rows))
    about = machine()
    if arguments.json:
        data = {"machine": about, "rows": arguments.rows, "costs": [asdict(one) for one in found]}
        arguments.json.write_text(json.dumps(data, indent=2), encoding="utf-8")
    for name, value in about.items():
        print(f"- {name}: {value}")
    print("\n| a programme of 11 minutes | time | processor | file | cache |\n|---|---|---|---|---|")
    for one in found:
        used = "" if one.processor_seconds is None else f"{1e3 * one.processor_seconds:.0f} ms"
        print(
            f"| {one.what} | {1e3 * one.seconds:.0f} ms | {used} "
            f"| {one.file_bytes / 1e6:.1f} MB | {one.cache_bytes / 1e3:.0f} kB |"
        )


def _measured(rows: int) -> Iterator[Cost]:
    yield from _first()
    alone = ("--jobs", "1")
    yield _cost("all its phrases in the cache, one process", rows, lambda _: "Anna,0", *alone)
    yield _cost("three new sentences with a name, one process", rows, _named, *alone)
    yield _cost("the same, a process a core", rows, _named)
    yield _already(rows)
    yield _on_cluster(rows)


def _first() -> Iterator[Cost]:
    with _place() as place:
        done = place.batch(["Anna,0"], "--jobs", "1")
        yield Cost(
            "the very first, the start of the program in it",
            done.seconds, done.processor_seconds, done.file_bytes, done.cache_bytes,
        )  # fmt: skip


def _cost(what: str, rows: int, row: Callable[[int], str], *options: str) -> Cost:
    with _place() as place:
        place.batch(["Anna,0"])
        return _slope(what, place, rows, row, *options)


def _slope(what: str, place: Place, rows: int, row: Callable[[int], str], *options: str) -> Cost:
    before = _bytes(place.folder / "cache")
    few = place.batch([row(number) for number in range(rows)], *options)
    many = place.batch([row(number) for number in range(rows, 3 * rows)], *options)
    return Cost(
        what,
        (many.seconds - few.seconds) / rows,
        (many.processor_seconds - few.processor_seconds) / rows,
        many.file_bytes / (2 * rows),
        (many.cache_bytes - before) / (3 * rows),
    )


def _already(rows: int) -> Cost:
    """What a row costs that is there already, the start of the program in it."""
    with _place() as place:
        listeners = ["Anna,0"] * rows
        place.batch(listeners)
        again = place.batch(listeners, again=True)
        return Cost("already there", again.seconds / rows, again.processor_seconds / rows, 0, 0)


def _on_cluster(rows: int) -> Cost:
    cores = len(os.sched_getaffinity(0))
    with _place() as place, _cluster(place, cores) as address:
        place.batch(["Anna,0"])
        cost = _slope(f"a name, a Dask worker a core ({cores})", place, rows, _named, "--cluster", address)
        # What the workers take is not ours to see.
        return Cost(cost.what, cost.seconds, None, cost.file_bytes, cost.cache_bytes)


@contextmanager
def _cluster(place: Place, workers: int) -> Iterator[str]:
    told = place.folder / "scheduler.json"
    with ExitStack() as stack:

        def start(name: str, *arguments: str) -> None:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{name}", *arguments, "--no-dashboard"],
                cwd=place.folder,
                env=place.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.kill)

        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
        until = time.monotonic() + _STARTS_WITHIN_S
        while not (told.exists() and told.read_text(encoding="utf-8")):
            if time.monotonic() > until:
                raise TimeoutError(told)
            time.sleep(0.1)
        for number in range(workers):
            folder = str(place.folder / f"worker{number}")
            start("worker", "--scheduler-file", str(told), "--nthreads", "1", "--local-directory", folder)
        yield str(json.loads(told.read_text(encoding="utf-8"))["address"])


@contextmanager
def _place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        yield Place(Path(folder))


def _named(number: int) -> str:
    return f"Listener {number},0"


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bytes(folder: Path) -> int:
    return sum(
        path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.suffix != ".jsonl"
    )


if __name__ == "__main__":
    main()
