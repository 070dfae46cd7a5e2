"""How far a render is, from the process that does it to the one that is asked: a number in a small file."""

from __future__ import annotations

import contextlib
import os
import struct
import time
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.cli.many.job import run_job
from voiceguide.cli.progress import telling
from voiceguide.files import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.cli.many.job import Done, Failed, Job

# Where each part of the work ends, of 1: speaking takes longest where words are new, and no time where they are not.
_PARTS = {"Speaking": (0.0, 0.6), "Reading the music": (0.6, 0.7), "Rendering": (0.7, 1.0)}
_SHARE = struct.Struct("<d")
_OLD_S = 3_600


class Notes:
    """The files for it, in a folder that other servers may use as well."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sweep(self) -> None:
        """Have the folder, without what a server left that was killed; raises OutputError where it cannot be had."""
        make_folder(self._folder)
        # No render goes on for so long without a word.
        before = time.time() - _OLD_S
        with contextlib.suppress(OSError):
            for path in list(self._folder.iterdir()):
                if path.stat().st_mtime < before:
                    path.unlink()

    @contextlib.contextmanager
    def one(self, identity: str) -> Iterator[Path]:
        """The file of a session while it is rendered."""
        path = self.path(identity)
        try:
            yield path
        finally:
            with contextlib.suppress(OSError):
                path.unlink()

    def path(self, identity: str) -> Path:
        """Where the file of a session is."""
        return self._folder / f"{identity}.{os.getpid()}"


def run_told(job: Job, note: str) -> Done | Failed:
    """Do a job, its share noted in a file."""
    with Path(note).open("w+b", buffering=0) as file:

        def write(share: float) -> None:
            # How far it is is worth no failure.
            with contextlib.suppress(OSError):
                file.seek(0)
                file.write(_SHARE.pack(share))

        with telling(_growing(write)):
            return run_job(job)


def share(note: Path) -> float:
    """The share that was noted last, from 0 to 1; 0 where there is none yet."""
    try:
        data = note.read_bytes()
    except OSError:
        return 0.0
    return float(_SHARE.unpack(data)[0]) if len(data) == _SHARE.size else 0.0


def _growing(write: Callable[[float], None]) -> Callable[[str, int, int], None]:
    """What notes the share of the whole: it never falls, and is written for every hundredth."""
    reached = 0.0

    def told(label: str, done: int, total: int) -> None:
        nonlocal reached
        start, end = _PARTS.get(label, (0.0, 0.0))
        now = start + (end - start) * (done / total if total else 1.0)
        if now >= reached + 0.01 or (now > reached and done >= total):
            reached = now
            write(now)

    return told
