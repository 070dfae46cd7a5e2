"""A process measured from outside: how long it takes, and how much memory it and its children take at most."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PROC = Path("/proc")


class FailedError(Exception):
    """A process that was to be measured has failed; its message ends with what the process said."""


@dataclass(frozen=True)
class Run:
    """What a process took from its start to its end, what it printed, and its memory where that was watched."""

    seconds: float
    printed: str
    megabytes: float | None


def run(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    folder: Path,
    *,
    watch_every_s: float | None = None,
) -> Run:
    """Run a command to its end in a folder; raises FailedError.

    `watch_every_s` is how often its memory is looked at: that takes a millisecond or two each time, so that runs whose time
    counts are better not watched, or seldom.
    """
    with (folder / "printed").open("w+b") as out, (folder / "complaints").open("w+b") as errors:
        started = time.monotonic()
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=out, stderr=errors)
        watch = None if watch_every_s is None else _Watch(process.pid, watch_every_s)
        process.wait()
        seconds = time.monotonic() - started
        megabytes = None if watch is None else watch.end()
        errors.seek(0)
        if process.returncode != 0:
            said = errors.read().decode(errors="replace")
            raise FailedError(f"{' '.join(map(str, command))}: code {process.returncode}\n{said}")
        out.seek(0)
        return Run(seconds, out.read().decode(errors="replace"), megabytes)


class _Watch:
    """The most memory that a process and what it has started take together, in MB.

    Each process counts with its own high-water mark (VmHWM), what it shares with others included, so that the sum is
    never too small but for what is taken between the last look and the end.
    """

    def __init__(self, process: int, every_s: float) -> None:
        self._process = process
        self._every_s = every_s
        self._most_kb = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> float:
        """Stop watching, and say how much it was."""
        self._ended.set()
        self._thread.join()
        return self._most_kb * 1024 / 1e6

    def _look(self) -> None:
        while True:
            self._most_kb = max(self._most_kb, sum(map(_high_water_kb, _family(self._process))))
            if self._ended.wait(self._every_s):
                return


def _family(process: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            children.setdefault(_parent(folder), []).append(int(folder.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def _parent(folder: Path) -> int:
    try:
        # The name before it may hold anything, brackets and blanks too.
        return int((folder / "stat").read_bytes().rpartition(b")")[2].split()[1])
    except OSError:
        # It has ended meanwhile.
        return -1


def _high_water_kb(process: int) -> int:
    try:
        lines = (_PROC / str(process) / "status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    # One that has ended and is not waited for yet has no memory.
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
