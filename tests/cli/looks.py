"""What the tests have tried in a process of its own."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voiceguide.cli import trial_sound, trials
from voiceguide.cli.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND = Finding("first", works=True, told="é×█", details={"number": 1})


def well(told: str) -> Iterator[Finding]:
    """Something that works, and writes what nobody asked for."""
    os.write(1, b"a library's greeting\n")
    yield FOUND
    yield Finding("second", works=False, told=told, advice="mend it")


def hangs() -> Iterator[Finding]:
    yield FOUND
    threading.Event().wait()


def devices(within_s: str, *output: str) -> Iterator[Finding]:
    """The sound devices, with so many seconds for them."""
    trial_sound._DEVICES_WITHIN_S = float(within_s)
    yield from trial_sound.devices(*output)


def folders_of_a_full_disk() -> Iterator[Finding]:
    """The user's folders, where files can be made but hold nothing beyond 4 kB."""
    with no_file_above(4_096):
        found = list(trials.folders())
    yield from found


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """A limit for the size of files: a write beyond it fails, as on a full disk."""
    import resource  # noqa: PLC0415 (not on Windows)

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def raises() -> Iterator[Finding]:
    yield FOUND
    raise RuntimeError("nobody expected this")


def dies() -> Iterator[Finding]:
    """What C libraries do."""
    yield FOUND
    os.write(2, b"free(): invalid pointer\n\n")
    os.abort()


def leaves_a_thread() -> Iterator[Finding]:
    """Something in which a thread would keep the process alive for ever."""
    threading.Thread(target=threading.Event().wait).start()
    yield FOUND
