"""How long a render takes, beside the script that many write today and one LAME encode: `scripts/bench render`.

Everything is a whole process, from its start to its end. Each file that is written is decoded and checked: its length, and
that each cue is heard at its time. Memory is that of a process and all it starts, each with its own high-water mark.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import naive
from benchmarks.contest import Contestant, Row, contest
from benchmarks.heard import check
from benchmarks.machine import machine
from benchmarks.processes import run
from benchmarks.workloads import Maker, Workload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMMAND = Path(sys.executable).parent / "voiceguide"
ROOT = Path(__file__).parents[1]
SPARSE, LONG, LONGER, TALK = "20 minutes", "1 hour", "3 hours", "many phrases"
CUES = (200, 400, 800, 1600)
OVERLAY, APPEND, ENCODE, COLD, WARM = (
    *("naive script, overlay", "naive script, +=", "one LAME encode"),
    *("voiceguide, cold", "voiceguide, warm"),
)
PARTS = ("minutes", "hour", "length", "cues", "phrases")
PHRASES = 400

# How late a sound may begin: the naive script keeps the silence that espeak says before a word, and += moves what follows a
# clip that is too long until there is silence enough.
_OVERLAY_LATE_MS, _APPEND_LATE_MS, _LATE_MS = 100, 500, 15
# A decoder that knows the encoder's delay gives the very samples.
_NAIVE_LENGTH_MS, _LENGTH_MS = 500, 1


@dataclass(frozen=True)
class Target:
    """A figure that is asked for: `value` is to be `at_least` or at most `limit`."""

    what: str
    value: float
    limit: float
    at_least: bool
    unit: str

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True)
class Bench:
    """Where the contest is held, and how often each contestant runs: `slow` ones less often, on `long` workloads least."""

    folder: Path
    environment: Mapping[str, str]
    maker: Maker
    runs: int
    slow: int
    long: int

    def ours(self, name: str) -> Iterator[Contestant]:
        """The installed command, with an empty cache and with a full one."""
        workload = self.maker.read(name)
        output = self.folder / f"{name}.mp3"
        command = (COMMAND, "render", workload.script, "-o", output)

        def right() -> None:
            # The phrases of an empty cache are new ones, each some samples longer or shorter.
            now = self.maker.read(name)
            check(output, now.cues, now.duration_ms, late_ms=_LATE_MS, length_ms=_LENGTH_MS)

        def forget() -> None:
            output.unlink(missing_ok=True)
            shutil.rmtree(self.folder / "cache", ignore_errors=True)

        forget_file = partial(output.unlink, missing_ok=True)
        yield Contestant(name, COLD, command, self.runs, right, forget)
        yield Contestant(name, WARM, command, self.runs, right, forget_file)

    def naive(self, workload: Workload, runs: int) -> Iterator[Contestant]:
        """The script that many write today, in its two ways."""
        cues = self.folder / f"{workload.name} cues.json"
        cues.write_text(
            json.dumps({"duration_ms": workload.duration_ms, "cues": workload.cues}), encoding="utf-8"
        )
        ways = ((OVERLAY, (), _OVERLAY_LATE_MS), (APPEND, ("--append",), _APPEND_LATE_MS))
        for what, options, late_ms in ways:
            output = self.folder / f"{workload.name} {len(options)}.mp3"
            right = partial(
                check,
                output,
                workload.cues,
                workload.duration_ms,
                late_ms=late_ms,
                length_ms=_NAIVE_LENGTH_MS,
            )
            command = (sys.executable, "-m", "benchmarks.naive", cues, output, *options)
            forget = partial(output.unlink, missing_ok=True)
            yield Contestant(workload.name, what, command, runs, right, forget, slow=True)

    def encode(self, workload: Workload, runs: int) -> Contestant:
        """LAME on what the program mixes."""
        mixed, output = self.folder / f"{workload.name}.wav", self.folder / f"{workload.name} lame.mp3"
        run((COMMAND, "render", workload.script, "-o", mixed), self.environment, self.folder)
        now = self.maker.read(workload.name)
        # No Info frame tells of the encoder's delay (46 ms with the decoder's and what fills the last frame).
        right = partial(check, output, now.cues, now.duration_ms, late_ms=50, length_ms=100)
        command = (sys.executable, "-m", "benchmarks.lame", mixed, output)
        forget = partial(output.unlink, missing_ok=True)
        return Contestant(
            *(workload.name, f"{ENCODE}, with its process", command, runs, right, forget),
            tells=ENCODE,
        )


def main() -> None:
    """Measure, print the tables, and write the results as JSON where asked."""
    parser = argparse.ArgumentParser(prog="scripts/bench render", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each runs (default: %(default)s)")
    parser.add_argument("--slow-runs", type=int, default=3, help="the naive script (default: %(default)s)")
    parser.add_argument("--hour-runs", type=int, default=2, help="that of an hour (default: %(default)s)")
    parser.add_argument(
        "--part",
        choices=PARTS,
        help="one part alone: 20 minutes or an hour against the naive script, 3 hours, many cues, many phrases",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there too")
    options = parser.parse_args()
    parts = (options.part,) if options.part else PARTS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "PYTHONPATH")
        }
        environment |= {"HOME": name, "XDG_CACHE_HOME": f"{name}/cache"}
        maker = Maker(COMMAND, environment, folder, ROOT / "audio")
        bench = Bench(folder, environment, maker, options.runs, options.slow_runs, options.hour_runs)
        # Before anything runs: the load that the benchmark makes itself is not the machine's.
        about = machine() | {"ffmpeg of the naive script": naive.ffmpeg_version()}
        workloads, rows = measured(bench, parts)
    found = list(targets(rows))
    print(report(about, workloads, rows, found))
    if options.json:
        text = json.dumps(
            {
                "machine": about,
                "workloads": {one.name: str(one) for one in workloads},
                "rows": [asdict(row) for row in rows],
                "targets": [asdict(one) | {"met": one.met} for one in found],
            },
            indent=2,
        )
        options.json.write_text(text + "\n", encoding="utf-8")


def measured(bench: Bench, parts: tuple[str, ...]) -> tuple[list[Workload], list[Row]]:
    """The workloads of some parts, and the rows of all that rendered them."""
    make = bench.maker.make
    workloads: list[Workload] = []
    rows: list[Row] = []

    def compete(*contestants: Contestant) -> None:
        rows.extend(contest(contestants, bench.environment, bench.folder))

    if "minutes" in parts:
        sparse = make(SPARSE, minutes=20, cues=200, exercises=3, phrases=24)
        workloads.append(sparse)
        compete(*bench.naive(sparse, bench.slow), bench.encode(sparse, bench.runs), *bench.ours(SPARSE))
    if "hour" in parts or "length" in parts:
        hour = make(LONG, minutes=60, cues=800, exercises=8)
        workloads.append(hour)
        hours = []
        if "length" in parts:
            workloads.append(make(LONGER, minutes=180, cues=800, exercises=8))
            hours.append(LONGER)
        compete(*(one for name in (LONG, *hours) for one in bench.ours(name)))
    if "hour" in parts:
        compete(*bench.naive(hour, bench.long), bench.encode(hour, bench.slow))
    if "cues" in parts:
        # All of one length, two hours, which leaves room for the most.
        many = [make(many_cues(cues), minutes=120, cues=cues, exercises=3, phrases=24) for cues in CUES]
        workloads += many
        compete(*(one for workload in many for one in bench.ours(workload.name)))
    if "phrases" in parts:
        workloads.append(bench.maker.talk(TALK, phrases=PHRASES))
        compete(*bench.ours(TALK))
    return workloads, rows


def many_cues(cues: int) -> str:
    """What the workload of two hours with so many cues is called."""
    return f"{cues} cues"


def targets(rows: list[Row]) -> Iterator[Target]:
    """What is asked for, of those rows that were measured."""
    took = {(row.workload, row.what): row.median for row in rows}

    def ratio(
        what: str, slower: tuple[str, str], faster: tuple[str, str], limit: float, *, at_least: bool = True
    ) -> Iterator[Target]:
        if slower in took and faster in took:
            yield Target(what, took[slower] / took[faster], limit, at_least, "times")

    yield from ratio("20 minutes, cold, faster than overlay", (SPARSE, OVERLAY), (SPARSE, COLD), 20)
    yield from ratio("20 minutes, warm, faster than overlay", (SPARSE, OVERLAY), (SPARSE, WARM), 60)
    yield from ratio("20 minutes, warm, faster than one LAME encode", (SPARSE, ENCODE), (SPARSE, WARM), 5)
    yield from ratio("1 hour, cold, faster than overlay", (LONG, OVERLAY), (LONG, COLD), 60)
    for state in (COLD, WARM):
        name = state.partition(", ")[2]
        most = partial(ratio, at_least=False)
        yield from most(
            f"3 hours with the cues of 1, {name}, as long as 1 hour", (LONGER, state), (LONG, state), 1.5
        )
        for few, many in ((200, 400), (400, 800), (800, 1600)):
            what = f"{many} cues, {name}, as long as {few}"
            yield from most(what, (many_cues(many), state), (many_cues(few), state), many / few)
    ours = [row.megabytes for row in rows if row.what in (COLD, WARM)]
    if ours:
        yield Target("voiceguide's memory at most", max(ours), 150, at_least=False, unit="MB")


def report(about: dict[str, str], workloads: list[Workload], rows: list[Row], found: list[Target]) -> str:
    """The results as Markdown."""
    lines = [f"- {name}: {value}" for name, value in about.items()]
    lines += [f"- {one}" for one in workloads]
    lines += [
        "",
        "| what | by | median | fastest | slowest | runs | memory |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        times = (f"{seconds:.2f} s" for seconds in (row.median, min(row.seconds), max(row.seconds)))
        lines.append(
            f"| {row.workload} | {row.what} | {' | '.join(times)} | {len(row.seconds)} | {row.megabytes:.0f} MB |"
        )
    lines += ["", "| what | is | asked for | |", "|---|---|---|---|"]
    for one in found:
        bound = "at least" if one.at_least else "at most"
        is_met = "met" if one.met else "**not met**"
        lines.append(f"| {one.what} | {one.value:.3g} {one.unit} | {bound} {one.limit:g} | {is_met} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
