"""How long it takes from the start of `voiceguide play` to the first sound, at a sound server without a card.

The sound is taken at the server's sink: the program's start, the opening of the device, its buffer and the server's
are all in it, and the recorder's own delay (about 10 ms). Every row is the median of several runs.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import wave
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.machine import machine
from benchmarks.sound_server import RATE, Recorder, sound_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUTINE = "evening"
_PATIENCE_S = 60
_SILENCE_S = 0.5
_COMMAND = Path(sys.executable).parent / "voiceguide"


@dataclass(frozen=True)
class Row:
    """A line of the table: what was done, and the seconds it took, run by run."""

    what: str
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Bench:
    """Where programs are run: a home of their own and a server that is recorded."""

    runs: int
    home: Path
    environment: dict[str, str]
    recorder: Recorder

    def ended(self, what: str, *command: str) -> Row:
        """How long a command takes from its start to its end."""
        return Row(what, tuple(self._ended(command) for _ in range(self.runs + 1))[1:])

    def heard(self, what: str, *options: str, before: Callable[[], None] = lambda: None, **more: str) -> Row:
        """How long `play` takes to its first sound, with these options and variables; `before` readies each run."""
        seconds = []
        for _ in range(self.runs + 1):
            before()
            seconds.append(self._heard(options, self.environment | more))
        # The first run reads files that are not in the system's memory yet.
        return Row(what, tuple(seconds[1:]))

    def _ended(self, command: tuple[str, ...]) -> float:
        started = time.monotonic()
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - started

    def _heard(self, options: tuple[str, ...], environment: dict[str, str]) -> float:
        mark = self.recorder.mark()
        with terminal() as tty:
            started = time.monotonic()
            process = subprocess.Popen(
                [_COMMAND, "play", ROUTINE, *options],
                env=environment | {"TERM": "xterm-256color"},
                stdin=tty,
                stdout=tty,
                stderr=tty,
                start_new_session=True,
            )
            try:
                return self.recorder.first_heard(mark, _PATIENCE_S) - started
            finally:
                process.terminate()
                process.wait()
                self.recorder.wait_for_silence(_SILENCE_S)

    def forget_phrases(self) -> None:
        """Empty the cache."""
        shutil.rmtree(self.home / "cache", ignore_errors=True)


def main() -> None:
    """Measure, print the table, and write it as JSON where asked."""
    parser = argparse.ArgumentParser(prog="scripts/bench first-sound", description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="how often each is done (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there too")
    options = parser.parse_args()
    missing = [name for name in ("pulseaudio", "parec") if shutil.which(name) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as folder:
        rows = list(measured(Path(folder), options.runs))
    about = machine()
    print(table(rows, about))
    if options.json:
        text = json.dumps({"machine": about, "rows": [asdict(row) for row in rows]}, indent=2)
        options.json.write_text(text + "\n", encoding="utf-8")


def measured(folder: Path, runs: int) -> Iterator[Row]:
    """The rows, one by one."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL")}
    environment |= {"HOME": str(folder), "XDG_CACHE_HOME": f"{folder}/cache", "XDG_RUNTIME_DIR": str(folder)}
    with sound_server(folder, environment) as recorder:
        bench = Bench(runs, folder, environment, recorder)
        yield bench.ended("`python -c pass`", sys.executable, "-c", "pass")
        yield bench.ended("`python -c 'import numpy'`", sys.executable, "-c", "import numpy")
        yield bench.ended("`python -c 'import miniaudio'`", sys.executable, "-c", "import miniaudio")
        yield bench.ended("`voiceguide --version`", str(_COMMAND), "--version")
        yield bench.heard("first sound, phrases cached")
        with session_bus(folder) as address:
            if address is not None:
                yield bench.heard("first sound, and media keys", DBUS_SESSION_BUS_ADDRESS=address)
        music = folder / "music.wav"
        write_music(music)
        yield bench.heard("first sound, over music measured before", "--music", str(music))
        yield bench.heard("first sound, nothing cached", before=bench.forget_phrases)


@contextmanager
def terminal() -> Iterator[int]:
    """A terminal of 80 columns whose screen nobody looks at."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def look_away() -> None:
        # A terminal whose other side is closed ends with an error.
        with suppress(OSError):
            while os.read(ours, 65_536):
                pass

    reader = threading.Thread(target=look_away)
    reader.start()
    try:
        yield theirs
    finally:
        os.close(theirs)
        reader.join()
        os.close(ours)


@contextmanager
def session_bus(folder: Path) -> Iterator[str | None]:
    """The address of a session bus that nobody else is on, or None where there is no dbus-daemon."""
    if shutil.which("dbus-daemon") is None:
        yield None
        return
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address=unix:path={folder}/bus"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield daemon.stdout.readline().strip() if daemon.stdout is not None else None
    finally:
        daemon.kill()
        daemon.wait()


def write_music(path: Path) -> None:
    """A minute that is heard from its first sample on: 220 Hz, square."""
    half = RATE // 440
    period = (6_000).to_bytes(2, "little", signed=True) * half + (-6_000).to_bytes(
        2, "little", signed=True
    ) * half
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes(period * (60 * RATE // (2 * half)))


def table(rows: list[Row], about: dict[str, str]) -> str:
    """The results as Markdown."""
    lines = [f"- {name}: {value}" for name, value in about.items()]
    lines += ["", "| from the start of the process to | median | fastest | slowest |", "|---|---|---|---|"]
    for row in rows:
        times = (median(row.seconds), min(row.seconds), max(row.seconds))
        lines.append(f"| {row.what} | {' | '.join(f'{1000 * seconds:.0f} ms' for seconds in times)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
