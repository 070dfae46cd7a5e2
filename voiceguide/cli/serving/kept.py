"""The sessions that were rendered for phones, kept in a folder so that they are rendered once: each some files and a record."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from voiceguide.cli.many.reads import Stamp, stamp
from voiceguide.files import write_text
from voiceguide.web.studio import SUFFIXES, Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.files import Folders

LIMIT_BYTES = 1_000_000_000
"""Bytes of sessions that are kept: a hundred of twenty minutes at 64 kbit/s."""

_RECORD = ".session"
_VERSION = 1
_DIGITS = 32
_FRESH_S = 3600
_ROOM = 10
"""Pruning makes room for more than the next session: a tenth."""


@dataclass(frozen=True)
class Record:
    """A session that is there: from which wish, which files were read for it, and what it is.

    One that is `makeshift` was made for want of something better: it is heard, and made anew when it is wished for again.
    """

    id: str
    digest: str
    reads: tuple[tuple[str, Stamp], ...]
    makeshift: bool
    routine: str
    title: str
    summary: str
    language: str
    told: tuple[str, ...]
    duration_ms: int
    bytes: int
    download: str
    sides: tuple[tuple[str, str], ...]
    made: str
    published: str

    def is_fresh(self) -> bool:
        """Whether every file that was read for it is as it was."""
        return not self.makeshift and all(stamp(path) == was for path, was in self.reads)

    @property
    def session(self) -> Session:
        """The session as the application knows it."""
        return Session(
            self.id,
            self.routine,
            "ready",
            done=1.0,
            title=self.title,
            summary=self.summary,
            language=self.language,
            told=self.told,
            duration_ms=self.duration_ms,
            bytes=self.bytes,
            download=self.download,
            sides=self.sides,
            published=datetime.fromisoformat(self.published),
        )


class Kept:
    """The sessions in `folder`, of `limit_bytes` together after `prune`; for one thread at a time."""

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._records: dict[str, Record] = {}
        self._latest: dict[str, str] = {}

    def read(self) -> None:
        """Take in what is there; what cannot be read is as if it were not."""
        for path in sorted(self._paths(), key=_changed):
            if path.name.endswith(_RECORD):
                with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
                    self._take(_from_json(path.read_text(encoding="utf-8")))

    def get(self, identity: str) -> Record | None:
        """The record of a session whose audio is there; its time of use is renewed."""
        record = self._records.get(identity)
        if record is None:
            return None
        audio = stamp(self.path(identity, ".mp3"))
        if audio is None or audio[0] != record.bytes:
            self._drop(record)
            return None
        used = self._record_path(identity)
        with contextlib.suppress(OSError):
            if abs(datetime.now(UTC).timestamp() - used.stat().st_mtime) > _FRESH_S:
                os.utime(used)
        return record

    def of(self, digest: str) -> Record | None:
        """The record of the last session made from a wish, fresh or not; None where there is none."""
        identity = self._latest.get(digest)
        return None if identity is None else self.get(identity)

    def path(self, identity: str, suffix: str) -> Path:
        """Where a file of a session is."""
        return self.folder / f"{identity}{suffix}"

    def add(self, record: Record) -> None:
        """Keep the record of a session whose files are there; raises OutputError."""
        write_text(self._record_path(record.id), json.dumps({"version": _VERSION, **asdict(record)}))
        self._take(record)

    def prune(self, but: str) -> None:
        """Where more than `limit_bytes` are kept, remove the sessions used longest ago, `but` not this one."""
        sizes = self._sizes()
        total, most = sum(size for _, size in sizes.values()), self.limit_bytes
        if total <= most:
            return
        most -= most // _ROOM
        for identity, (_, size) in sorted(sizes.items(), key=lambda item: item[1]):
            if total <= most:
                break
            if identity != but:
                self._remove(identity)
                total -= size

    def stats(self) -> tuple[int, int]:
        """How many sessions there are, and the bytes of their files."""
        sizes = self._sizes()
        return len(sizes), sum(size for _, size in sizes.values())

    def clear(self) -> None:
        """Remove them all; files beside them stay."""
        for identity in self._sizes():
            self._remove(identity)

    def _take(self, record: Record) -> None:
        self._records[record.id] = record
        self._latest[record.digest] = record.id

    def _drop(self, record: Record) -> None:
        self._records.pop(record.id, None)
        if self._latest.get(record.digest) == record.id:
            del self._latest[record.digest]

    def _record_path(self, identity: str) -> Path:
        return self.path(identity, _RECORD)

    def _remove(self, identity: str) -> None:
        record = self._records.get(identity)
        if record is not None:
            self._drop(record)
        # The record first: without it nobody looks for the others.
        for suffix in (_RECORD, *SUFFIXES):
            with contextlib.suppress(OSError):
                self.path(identity, suffix).unlink()

    def _sizes(self) -> dict[str, tuple[float, int]]:
        """When each session was used last, and the bytes of its files."""
        found: dict[str, tuple[float, int]] = {}
        for path in self._paths():
            with contextlib.suppress(OSError):
                status = path.stat()
                identity = path.name.partition(".")[0]
                used, size = found.get(identity, (0.0, 0))
                found[identity] = (max(used, status.st_mtime), size + status.st_size)
        return found

    def _paths(self) -> Iterator[Path]:
        """The files of sessions in the folder."""
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                identity, dot, suffix = path.name.partition(".")
                if len(identity) == _DIGITS and dot + suffix in (_RECORD, *SUFFIXES):
                    yield path


def kept_sessions(folders: Folders) -> Kept:
    """The sessions kept in the user's cache folder."""
    return Kept(folders.cache / "phone" / "sessions")


def _changed(path: Path) -> int:
    found = stamp(path)
    return 0 if found is None else found[1]


def _from_json(text: str) -> Record:
    """The record in a file; raises ValueError, TypeError or KeyError for what is none."""
    found: Any = json.loads(text)
    if not isinstance(found, dict) or found.pop("version") != _VERSION:
        raise ValueError
    found["reads"] = tuple((path, None if was is None else (was[0], was[1])) for path, was in found["reads"])
    found["told"] = tuple(found["told"])
    found["sides"] = tuple((side, words) for side, words in found["sides"])
    return Record(**found)
