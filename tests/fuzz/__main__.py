"""`python -m tests.fuzz`: long runs of the fuzzer, one target after the other."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz.run import fuzz
from tests.fuzz.targets import TARGETS


def main() -> int:
    """Fuzz the targets asked for; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description="Fuzzes what is read from others.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all of them")
    parser.add_argument("--runs", type=int, default=100_000, help="inputs for each target (default: 100,000)")
    parser.add_argument("--corpus", type=Path, help="a folder that is kept: the next run goes on from there")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - TARGETS.keys():
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    with tempfile.TemporaryDirectory(prefix="voiceguide-fuzz-") as passing:
        found = [_run(name, asked.corpus or Path(passing), asked.runs) for name in asked.targets or TARGETS]
    return max(found)


def _run(target: str, folder: Path, runs: int) -> int:
    report = fuzz(target, folder, f"-runs={runs}", tell=sys.stderr.write)
    held = "every promise holds" if report.code == 0 else "SOMETHING IS FOUND, see above"
    print(  # noqa: T201 (the program's own output)
        f"{target}: {report.runs:,} inputs, {report.a_second:,} a second; coverage {report.reached_by_seeds} by the seeds, "
        f"{report.reached} by all; peak {report.peak_mb} MB; {held}",
        flush=True,
    )
    if report.code and report.found:
        # The input itself, for a test: the folder may pass.
        print(f"{target}: the input is {report.found!r}", flush=True)  # noqa: T201 (as above)
    return min(report.code, 1)


if __name__ == "__main__":
    sys.exit(main())
