"""The history of sessions, a line each, kept so that a process killed at any moment loses none and tears none.

`history.jsonl` is only ever appended to: one write under a lock, then synchronised with the disk. A session that is
going on keeps a journal, `running/ID.jsonl`, to which it appends where it is, and which it holds locked as long as its
process lives. A journal that nobody holds is that of a session that was killed: whoever looks at the history next makes
it a line.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Literal

from voiceguide.practice import from_line, identity_of, latest, to_line
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.errors import Problem
    from voiceguide.practice import Entry

FILE_NAME = "history.jsonl"
RUNNING = "running"

_SUFFIX = ".jsonl"
_NOTED_EVERY_MS = 1_000
_SYNCED_EVERY_MS = 10_000
# A disk that does not answer keeps nobody on the mat.
_END_WITHIN_S = 5.0


class History:
    """The sessions in a folder, the user's data folder; nothing is made there before a session begins.

    A disk that cannot be read or written raises nothing: the session goes on, and `trouble` tells.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trouble: Problem | None = None
        self._garbled = 0

    @property
    def trouble(self) -> Problem | None:
        """The first thing that went wrong with the disk, a warning: `history-unread` or `history-unwritten`."""
        return self._trouble

    @property
    def garbled(self) -> Problem | None:
        """The lines that `sessions` last passed over, a warning: torn, damaged, or of a newer version."""
        if not self._garbled:
            return None
        return problem("history-garbled", path=self._folder / FILE_NAME, count=self._garbled)

    def sessions(self) -> tuple[Entry, ...]:
        """Every session that was finished, broken off or killed, in the order in which they began."""
        try:
            _recover(self._folder)
        except OSError as error:
            self._failed("history-unwritten", error)
        try:
            lines = _lines((self._folder / FILE_NAME).read_bytes())
        except FileNotFoundError:
            return ()
        except OSError as error:
            self._failed("history-unread", error)
            return ()
        understood = [found for found in map(from_line, lines) if found is not None]
        self._garbled = len(lines) - len(understood)
        found = dict(understood)
        return tuple(sorted(found.values(), key=lambda entry: entry.began))

    def last(self, routine: str) -> Entry | None:
        """The session of this routine that began last, false starts passed over; None where there is none."""
        return latest(self.sessions(), routine)

    def begin(self, entry: Entry) -> Running:
        """A session that begins now; it waits for the disk only when it ends."""
        return Running(self._folder, entry, lambda error: self._failed("history-unwritten", error))

    def _failed(self, kind: Literal["history-unread", "history-unwritten"], error: OSError) -> None:
        reason = (error.strerror or str(error)).lower()
        self._trouble = self._trouble or problem(kind, path=self._folder / FILE_NAME, reason=reason)


class Running:
    """A session that is going on: a thread of its own writes what it is told, so that nobody waits for the disk."""

    def __init__(self, folder: Path, entry: Entry, failed: Callable[[OSError], None]) -> None:
        self._noted = entry
        self._failed = failed
        self._told: SimpleQueue[tuple[Entry, bool]] = SimpleQueue()
        self._thread = Thread(target=_keep, args=(folder, entry, self._told, failed), daemon=True)
        self._thread.start()

    def at(self, entry: Entry) -> None:
        """Note where the session is, as the entry that it would be if it were killed now.

        Cheap: a second of playing or a new chapter after the last time it is written, in ten seconds it is synchronised.
        """
        played = entry.played_ms - self._noted.played_ms
        new = entry.chapter != self._noted.chapter or (entry.heard and not self._noted.heard)
        if new or played >= _NOTED_EVERY_MS:
            self._noted = entry
            self._told.put((entry, False))

    def end(self, entry: Entry) -> None:
        """Make this the session's line, on the disk when this returns; none where nothing was heard."""
        self._told.put((entry, True))
        self._thread.join(_END_WITHIN_S)
        if self._thread.is_alive():
            self._failed(TimeoutError(errno.ETIMEDOUT, "the disk does not answer"))


def _keep(
    folder: Path,
    first: Entry,
    told: SimpleQueue[tuple[Entry, bool]],
    failed: Callable[[OSError], None],
) -> None:
    """Write a session's journal as it is told, and in the end its line."""
    identity = secrets.token_hex(8)
    path = folder / RUNNING / f"{identity}{_SUFFIX}"
    entry, over = first, False
    with contextlib.ExitStack() as stack:
        journal: int | None = None
        try:
            journal = stack.enter_context(_journal(folder, path))
            _append(journal, to_line(identity, entry))
        except OSError as error:
            failed(error)
        synced = entry
        while not over:
            entry, over = told.get()
            due = entry.chapter != synced.chapter or entry.played_ms - synced.played_ms >= _SYNCED_EVERY_MS
            synced = entry if due else synced
            try:
                if journal is not None:
                    # The last line too: if the history cannot take it now, it will be found here.
                    _append(journal, to_line(identity, entry), sync=due or over)
            except OSError as error:
                failed(error)
        try:
            with _held(folder) as file:
                if entry.heard:
                    _append(file, to_line(identity, entry))
                # Windows removes no open file.
                stack.close()
                path.unlink(missing_ok=True)
        except OSError as error:
            failed(error)


def _recover(folder: Path) -> None:
    """Make lines of the journals that nobody holds."""
    running = folder / RUNNING
    if not any(running.glob(f"*{_SUFFIX}")):
        return
    with _held(folder) as file:
        os.lseek(file, 0, os.SEEK_SET)
        known = set(map(identity_of, _lines(_read(file))))
        for path in sorted(running.glob(f"*{_SUFFIX}")):
            with _opened(path) as journal:
                if not _lock(journal, wait=False):
                    continue
                lines = [line for line in _lines(_read(journal)) if identity_of(line)]
            if lines and identity_of(lines[-1]) not in known and _counts(lines[-1]):
                _append(file, f"{lines[-1].decode()}\n")
            path.unlink()


def _counts(line: bytes) -> bool:
    """Whether a session was one; that of a newer version is copied as it is."""
    found = from_line(line)
    return found is None or found[1].heard


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[int]:
    """The history's file, made where there is none; meanwhile nobody else has it, and no journal begins."""
    path = folder / FILE_NAME
    folder.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with _opened(path) as file:
        _lock(file, wait=True)
        if new:
            _sync_folder(folder)
        yield file


@contextlib.contextmanager
def _journal(folder: Path, path: Path) -> Iterator[int]:
    """A new journal, locked as long as the context lasts or the process lives."""
    with contextlib.ExitStack() as stack:
        # Held, so that nobody takes it for that of a dead session before it is locked.
        with _held(folder):
            path.parent.mkdir(exist_ok=True)
            journal = stack.enter_context(_opened(path))
            _lock(journal, wait=True)
        _sync_folder(path.parent)
        yield journal


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A file to be read and appended to, private to the user; closing it unlocks it."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def _append(file: int, text: str, *, sync: bool = True) -> None:
    """Append a line, whole or not at all; a torn one that a power cut left there is closed off first."""
    end = os.lseek(file, 0, os.SEEK_END)
    data = text.encode()
    if end:
        os.lseek(file, end - 1, os.SEEK_SET)
        data = data if os.read(file, 1) == b"\n" else b"\n" + data
    try:
        _write(file, data)
        if sync:
            os.fsync(file)
    except OSError:
        os.ftruncate(file, end)
        raise


def _write(file: int, data: bytes) -> None:
    """Write in one piece; raises OSError where only a part of it fits on the disk."""
    if os.write(file, data) < len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _read(file: int) -> bytes:
    """What is in the file from where it stands, to the end."""
    return b"".join(iter(lambda: os.read(file, 1 << 20), b""))


def _lines(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\n") if line.strip()]


def _sync_folder(folder: Path) -> None:
    """Synchronise the names of new files with the disk; Windows does that by itself, and opens no folders."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    # Locks bind on Windows: this byte is none that anybody reads.
    _LOCKED_BYTE = 1 << 30

    def _lock(file: int, *, wait: bool) -> bool:
        """Lock the file until it is closed or the process ends; False where another has it and we do not `wait`."""
        position = os.lseek(file, 0, os.SEEK_CUR)
        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if wait or error.errno not in (errno.EACCES, errno.EDEADLK):
                raise
            return False
        finally:
            os.lseek(file, position, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(file: int, *, wait: bool) -> bool:
        """Lock the file until it is closed or the process ends; False where another has it and we do not `wait`."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
