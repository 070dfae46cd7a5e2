"""The journal of a folder: which of its files are done, and from what, so that a run goes on where another one stopped.

A line of JSON for each file, appended when the file is there, and one for each set of files that were read for some of
them; of an album also one for each file that is begun, one for each place that a routine has, and what holds for all of it.
A run that is killed loses nothing but what it was doing; a line that is torn is passed over, and its file is made again.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from voiceguide.atomic import atomic_file
from voiceguide.cli.many.journal_lines import (
    AlbumWay,
    Entry,
    begun_line,
    entry_line,
    entry_of,
    identity_of,
    reads_line,
    slot_line,
    slot_of,
    stamp_of,
    way_line,
)
from voiceguide.cli.many.reads import stamp
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.cli.many.job import Done, Job, Slot
    from voiceguide.cli.many.journal_lines import Reads
    from voiceguide.cli.many.reads import Stamp
    from voiceguide.errors import Problem

FILE_NAME = ".voiceguide-journal.jsonl"
# File systems keep the time of a change more or less exactly, and copying to some rounds it.
_SAME_TIME_NS = 2_000_000_000


class Journal:
    """What is done in a folder; `trouble` is why the last line could not be written, a warning."""

    def __init__(self, folder: Path) -> None:
        self.trouble: Problem | None = None
        self.entries: dict[str, Entry] = {}
        """The files that are done, by their paths below the folder."""
        self.slots: dict[str, Slot] = {}
        """The places that routines have in an album, whether or not they are done, by what the routine is called."""
        self.begun: dict[str, Slot] = {}
        """The files of an album that were begun and neither done nor given up: whoever did it was killed."""
        self.broken_off: frozenset[str] = frozenset()
        """Those of them that an earlier run has begun."""
        self.way = AlbumWay()
        self._folder = folder
        self._reads: dict[str, Reads] = {}
        self._fresh: dict[str, bool] = {}
        self._now: dict[str, Stamp] = {}
        self._file: int | None = None

    def has(self, job: Job, digest: str) -> bool:
        """Whether the job's file is there as it was made, from the same options and from files that have not changed."""
        entry = self.entries.get(job.file)
        return (
            entry is not None
            and entry.kinds == job.beside
            and self.is_made(job, digest)
            and self.is_unchanged(job.file)
            and job.file not in self.begun
        )

    def is_made(self, job: Job, digest: str) -> bool:
        """The same of the file alone, whatever stands beside it."""
        entry = self.entries.get(job.file)
        return (
            entry is not None
            and entry.digest == digest
            and _same(stamp(self._folder / job.file), entry.stamp)
            and self._is_fresh(entry.reads)
        )

    def is_unchanged(self, file: str) -> bool:
        """Whether a file and all that stands beside it is there as it was made."""
        entry = self.entries.get(file)
        return entry is not None and all(
            _same(stamp(self._folder / name), was) for name, was in ((file, entry.stamp), *entry.beside)
        )

    def add(self, job: Job, digest: str, done: Done) -> None:
        """Note that the job's file is there, and what stands beside it; an empty digest has it made again."""
        reads = identity_of(done.reads)
        lines = []
        if reads not in self._reads:
            self._reads[reads] = done.reads
            lines.append(reads_line(reads, done.reads))
        about, beside = done.about, done.beside
        entry = Entry(digest, reads, done.stamp, done.duration_ms, about, job.slot, beside, done.kinds)
        self._keep(job.file, entry)
        lines.append(entry_line(job.file, entry))
        self._note("".join(lines))

    def begin(self, job: Job) -> None:
        """Note that a file of an album, and what stands beside it, is about to be written."""
        if job.slot is not None:
            self.begun[job.file] = job.slot
            self._note(begun_line(job.file, job.slot))

    def give_up(self, job: Job) -> None:
        """Note that nothing came of what was begun."""
        if self.begun.pop(job.file, None) is not None:
            self._note(begun_line(job.file, None))

    def have(self, file: str, beside: tuple[tuple[str, Stamp], ...], kinds: tuple[str, ...]) -> None:
        """Note that something else stands beside a file."""
        entry = self.entries[file]._replace(beside=beside, kinds=kinds)
        self._keep(file, entry)
        self._note(entry_line(file, entry))

    def decide(self, way: AlbumWay) -> None:
        """Note how the album is written."""
        if way != self.way:
            self.way = way
            self._note(way_line(way))

    def forget(self, file: str) -> None:
        """Note that a file is none of these any more; its routine keeps its place."""
        self.entries.pop(file, None)
        self.begun.pop(file, None)
        self._note(f"{json.dumps({'file': file, 'gone': True})}\n")

    def files_read(self, file: str) -> tuple[str, ...]:
        """The paths of all that was read for a file."""
        return tuple(path for path, was in self._reads.get(self.entries[file].reads, ()) if was)

    def _keep(self, file: str, entry: Entry) -> None:
        self.entries[file] = entry
        self.begun.pop(file, None)
        if entry.slot:
            self.slots[entry.slot.routine] = entry.slot

    def _note(self, lines: str) -> None:
        try:
            self._append(lines)
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
        self.broken_off = frozenset(self.begun)
        if len(lines) > 2 * (len(self.entries) + len(self._reads) + len(self.slots) + len(self.begun)) + 3:
            self._rewrite(path)

    def _understand(self, line: bytes) -> None:
        # What is torn, or of another version, is as if it were not there.
        with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
            found: dict[str, Any] = json.loads(line)
            if "files" in found:
                self._reads[str(found["reads"])] = tuple(
                    (path, stamp_of(was)) for path, was in found["files"]
                )
            elif "album" in found:
                self.way = AlbumWay(bool(found["album"]["split"]), int(found["album"]["digits"]))
            elif "file" not in found:
                slot = slot_of(found["slot"])
                self.slots[slot.routine] = slot
            elif "gone" in found:
                self.entries.pop(str(found["file"]), None)
                self.begun.pop(str(found["file"]), None)
            elif "begun" in found:
                self.begun.pop(str(found["file"]), None)
                if found["begun"]:
                    self.begun[str(found["file"])] = slot_of(found["begun"])
            else:
                self._keep(str(found["file"]), entry_of(found))

    def _rewrite(self, path: Path) -> None:
        """Write the journal without what later lines have replaced."""
        used = {entry.reads for entry in self.entries.values()}
        with contextlib.suppress(OutputError), atomic_file(path) as file:
            for reads, files in self._reads.items():
                if reads in used:
                    file.write(reads_line(reads, files).encode())
            for slot in self.slots.values():
                file.write(slot_line(slot).encode())
            for name, entry in self.entries.items():
                file.write(entry_line(name, entry).encode())
            for name, slot in self.begun.items():
                file.write(begun_line(name, slot).encode())
            if self.way != AlbumWay():
                file.write(way_line(self.way).encode())

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
    """What tells whether a file would be the same as one that was done: all its job is but the files that it reads.

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
        job.slot and job.slot.track,
    ]
    return hashlib.sha256(json.dumps(shape).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _same(one: Stamp, other: Stamp) -> bool:
    """Whether two stamps are of one file unchanged."""
    if one is None or other is None:
        return False
    return one[0] == other[0] and abs(one[1] - other[1]) <= _SAME_TIME_NS
