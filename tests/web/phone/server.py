"""The program serving: `voiceguide serve` as a process of a user with two routines of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHORT = """\
title: Short and quiet
summary: A minute on the floor.
opening: Lie down.
steps:
  - lean: 2 x 6s each side, rest 4s
  - nod
exercises:
  lean:
    name: Lean
    setup: Lean to the {side}.
    side: "{side} arm"
    needs: wall
    dose: 6s each side
  nod:
    name: Nod
    phases: [down, hold, up]
    tempo: 1-2-1
    dose: 3 reps
closing: Well done.
"""
"""Holds on two sides in two sets with a rest and a switch, then reps that hold; about 90 s."""

# A test that was started in the background hands on an ignored Ctrl-C.
_INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from voiceguide.cli import main; main()"
)
_ADDRESS = re.compile(r"http://\S+/")


@dataclass(frozen=True)
class Server:
    """A server that answers under `address`."""

    process: subprocess.Popen[str]
    address: str
    routine: Path
    """The script of SHORT, as it is in the user's folder."""

    def stop(self) -> None:
        """End it as Ctrl-C does, with everything that it started; nothing answers there from then on."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.communicate(timeout=60)

    @contextmanager
    def with_a_mistake(self) -> Iterator[None]:
        """The routine is wrong for a while: its fifth line names no unit of time."""
        with self.with_script(SHORT.replace("6s each side, rest", "6sec each side, rest")):
            yield

    @contextmanager
    def with_script(self, text: str) -> Iterator[None]:
        """The routine is another for a while; with an empty text it is gone."""
        if text:
            self.routine.write_text(text, encoding="utf-8")
        else:
            self.routine.unlink()
        try:
            yield
        finally:
            self.routine.write_text(SHORT, encoding="utf-8")


@contextmanager
def serving(folder: Path, cache: Path, *options: str, short: bool = True) -> Iterator[Server]:
    """A server whose user has `folder` as home, and the routine SHORT; `cache` may be another's too.

    Raises RuntimeError, with what it said, where it ends instead of serving.
    """
    routines = folder / "config" / "voiceguide" / "routines"
    routines.mkdir(parents=True)
    routine = routines / "short.yaml"
    if short:
        routine.write_text(SHORT, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", _INTERRUPTIBLE, "serve", "--port", "0", *options],
        cwd=folder,
        env=home_in(folder) | {"XDG_CACHE_HOME": str(cache)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    server = Server(process, _address(process), routine)
    try:
        yield server
    finally:
        server.stop()


def _address(process: subprocess.Popen[str]) -> str:
    """The address that a server tells when it answers."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if address := _ADDRESS.search(line):
            return address[0]
    raise RuntimeError(said)


def home_in(folder: Path) -> dict[str, str]:
    """The environment of a user with everything of theirs in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_"))}
    kept.pop("VOICEGUIDE_CONFIG", None)
    return kept | {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder),
        "PYTHONUNBUFFERED": "1",
    }
