"""The journal of a folder: which of its files are done, and from what, so that a run goes on where another one stopped.

A line of JSON for each file, appended when the file is there, and one for each set of files that were read for some of
them. A run that is killed loses nothing but what it was doing; a line that is torn is passed over, and its file is
made again.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.atomic import atomic_file
from voiceguide.cli.many.reads import Stamp, stamp
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.cli.many.job import Done, Job
    from voiceguide.errors import Problem

FILE_NAME = ".voiceguide-journal.jsonl"
# File systems keep the time of a change more or less exactly, and copying to some rounds it.
_SAME_TIME_NS = 2_000_000_000
_Reads = tuple[tuple[str, Stamp], ...]


class _Entry(NamedTuple):
    digest: str
    reads: str
    stamp: Stamp
    duration_ms: int


class Journal:
    """What is done in a folder; `trouble` is why the last line could not be written, a warning."""

    def __init__(self, folder: Path) -> None:
        self.trouble: Problem | None = None
        self._folder = folder
        self._entries: dict[str, _Entry] = {}
        self._reads: dict[str, _Reads] = {}
        self._fresh: dict[str, bool] = {}
        self._now: dict[str, Stamp] = {}
        self._file: int | None = None

    def has(self, job: Job, digest: str) -> bool:
        """Whether the job's file is there as it was made, from the same options and from files that have not changed."""
        entry = self._entries.get(job.file)
        return (
            entry is not None
            and entry.digest == digest
            and _same(stamp(self._folder / job.file), entry.stamp)
            and self._is_fresh(entry.reads)
        )

    def add(self, job: Job, digest: str, done: Done) -> None:
        """Note that the job's file is there."""
        reads = _identity(done.reads)
        lines = []
        if reads not in self._reads:
            self._reads[reads] = done.reads
            lines.append(_reads_line(reads, done.reads))
        entry = _Entry(digest, reads, done.stamp, done.duration_ms)
        self._entries[job.file] = entry
        lines.append(_entry_line(job.file, entry))
        try:
            self._append("".join(lines))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self.trouble = problem("journal-unwritten", path=self._folder / FILE_NAME, reason=reason)

    def _is_fresh(self, reads: str) -> bool:
        """Whether every file of a set is as it was when it was read."""
        if reads not in self._fresh:
            known = self._reads.get(reads)
            self._fresh[reads] = known is not None and all(self._stamp(path) == was for path, was in known)
        return self._fresh[reads]

    def _stamp(self, path: str) -> Stamp:
        if path not in self._now:
            self._now[path] = stamp(path)
        return self._now[path]

    def read(self) -> None:
        """Take in what stands in the file; raises OutputError for one that cannot be read."""
        path = self._folder / FILE_NAME
        try:
            lines = path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(problem("journal-unread", path=path, reason=reason)) from error
        for line in lines:
            self._understand(line)
        if len(lines) > 2 * (len(self._entries) + len(self._reads)) + 2:
            self._rewrite(path)

    def _understand(self, line: bytes) -> None:
        # What is torn, or of another version, is as if it were not there.
        with contextlib.suppress(ValueError, TypeError, KeyError):
            found: dict[str, Any] = json.loads(line)
            if "files" in found:
                self._reads[str(found["reads"])] = tuple(
                    (path, _stamp_of(was)) for path, was in found["files"]
                )
            else:
                self._entries[str(found["file"])] = _Entry(
                    str(found["digest"]), str(found["reads"]), _stamp_of(found["stamp"]), int(found["ms"])
                )

    def _rewrite(self, path: Path) -> None:
        """Write the journal without what later lines have replaced."""
        used = {entry.reads for entry in self._entries.values()}
        with contextlib.suppress(OutputError), atomic_file(path) as file:
            for reads, files in self._reads.items():
                if reads in used:
                    file.write(_reads_line(reads, files).encode())
            for name, entry in self._entries.items():
                file.write(_entry_line(name, entry).encode())

    def _append(self, text: str) -> None:
        """Append lines in one piece; those that do not fit on the disk leave nothing behind."""
        data = text.encode()
        if self._file is None:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._file = os.open(self._folder / FILE_NAME, flags, 0o666)
            # A line that was torn by a power cut ends here, and tears no other one.
            data = b"\n" + data
        end = os.lseek(self._file, 0, os.SEEK_END)
        if os.write(self._file, data) < len(data):
            os.ftruncate(self._file, end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextlib.contextmanager
def open_journal(folder: Path) -> Iterator[Journal]:
    """The journal of a folder, read; raises OutputError where there is one that cannot be read."""
    journal = Journal(folder)
    journal.read()
    try:
        yield journal
    finally:
        journal.close()


def digest_of(job: Job, resolved: Path) -> str:
    """What tells whether a job is the same as one that was done: all it is but the files that it reads.

    `resolved` is the file that its routine's name means.
    """
    where = job.settings
    shape = [
        where.command,
        where.version,
        where.current,
        where.config,
        where.config_file,
        str(resolved),
        job.options,
    ]
    return hashlib.sha256(json.dumps(shape).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _identity(reads: _Reads) -> str:
    return hashlib.sha256(json.dumps(reads).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _reads_line(identity: str, reads: _Reads) -> str:
    return f"{json.dumps({'reads': identity, 'files': reads})}\n"


def _entry_line(name: str, entry: _Entry) -> str:
    line = {
        "file": name,
        "digest": entry.digest,
        "reads": entry.reads,
        "stamp": entry.stamp,
        "ms": entry.duration_ms,
    }
    return f"{json.dumps(line)}\n"


def _stamp_of(written: Any) -> Stamp:
    if written is None:
        return None
    size, changed = written
    return int(size), int(changed)


def _same(one: Stamp, other: Stamp) -> bool:
    """Whether two stamps are of one file unchanged."""
    if one is None or other is None:
        return False
    return one[0] == other[0] and abs(one[1] - other[1]) <= _SAME_TIME_NS
