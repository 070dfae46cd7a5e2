"""Runs of the fuzzer: a folder with seeds and a dictionary, the process, and what it reports."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.seeds import seeds, words

if TYPE_CHECKING:
    from collections.abc import Callable

# A hang of 2 s of the processor is told by the target; this ends one that never comes back.
_ENDLESS_S = 30
_MOST_MEMORY_MB = 500
# A process begins with the peak of memory of the one that started it, which may be a large run of tests: the shell's child
# has a small parent.
_SMALL_PARENT = ("sh", "-c", '"$@"; exit $?', "sh")
_LONGEST = {
    "dose": 160,
    "reader": 1_000,
    "session": 4_000,
    "programme": 1_000,
    "configuration": 1_000,
    "timeline": 4_000,
    "import": 1_000,
}
_COVERED = re.compile(r"cov: ([0-9]+)")
_RUNS = re.compile(r"^stat::number_of_executed_units:\s*([0-9]+)", re.MULTILINE)
_SPEED = re.compile(r"^stat::average_exec_per_sec:\s*([0-9]+)", re.MULTILINE)
_FOUND = re.compile(r"^artifact_prefix=.*Test unit written to (.*)$", re.MULTILINE)
_MEMORY = re.compile(r"^stat::peak_rss_mb:\s*([0-9]+)", re.MULTILINE)


@dataclass(frozen=True)
class Report:
    """How a run ended: its exit code and log, how much code the seeds reached and all inputs did, inputs tried, peak memory.

    `found` is the input for which a promise did not hold.
    """

    code: int
    log: str
    reached_by_seeds: int
    reached: int
    runs: int
    a_second: int
    peak_mb: int
    found: bytes | None


def fuzz(
    target: str,
    folder: Path,
    *options: str,
    wrap: tuple[str, ...] = (),
    tell: Callable[[str], object] | None = None,
) -> Report:
    """Fuzz a target with what lies in `folder`, where what is found is kept; `tell` is given each line as it comes."""
    corpus = folder / target
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(target):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    dictionary = folder / f"{target}.dict"
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in words(target)), encoding="ascii")
    command = [
        *_SMALL_PARENT,
        *wrap,
        sys.executable,
        "-m",
        "tests.fuzz.harness",
        target,
        str(corpus),
        f"-dict={dictionary}",
        f"-max_len={_LONGEST[target]}",
        f"-timeout={_ENDLESS_S}",
        f"-rss_limit_mb={_MOST_MEMORY_MB}",
        f"-artifact_prefix={folder}/{target}-found-",
        "-print_final_stats=1",
        *options,
    ]
    lines = []
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        # The fuzzer ends without tidying up.
        env=os.environ | {"TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if tell:
                tell(line)
    log = "".join(lines)
    covered = [int(number) for number in _COVERED.findall(log)] or [0]
    kept = _FOUND.search(log)
    return Report(
        code=process.returncode,
        log=log,
        reached_by_seeds=covered[0],
        reached=covered[-1],
        runs=_number(_RUNS, log),
        a_second=_number(_SPEED, log),
        peak_mb=_number(_MEMORY, log),
        found=Path(kept[1]).read_bytes() if kept else None,
    )


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))


def _number(pattern: re.Pattern[str], log: str) -> int:
    match = pattern.search(log)
    return int(match[1]) if match else 0
