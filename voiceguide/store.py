"""The store: small entries of bytes on disk under keys, given back exactly as they were put or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import struct
import time
from array import array
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# An entry: magic with the version of this layout, version of what is in it, number of bytes, their digest, digest of
# all before with key and suffix; then the bytes. The second digest lets a number be trusted without reading the bytes.
_MAGIC = b"voiceguide 2\n"
_DIGEST_BYTES = 16
_HEAD = struct.Struct(f"<{len(_MAGIC)}sIQ{_DIGEST_BYTES}s")
HEADER_BYTES = _HEAD.size + _DIGEST_BYTES
"""What an entry's file has before its bytes."""

_SHARD = re.compile(r"[0-9a-f]{2}")
# A layout before this one had no folders for the first two digits.
_LOOSE = re.compile(r"[0-9a-f]{16,}\.\w+")
_PART = ".part-"
_ABANDONED_SECONDS = 3600
# An entry used again within an hour keeps its time: reading entries should seldom write to the disk.
_FRESH_SECONDS = 3600

# Bytes in all entries when they were last counted, then the bytes of each entry put since, 8 bytes each, so that
# processes can append at once. After so many they are counted again: what was lost or wrong in between is mended.
_TALLY = ".tally"
_MOST_TALLIED = 4096
# Pruning makes room for more than the next entry.
_ROOM = 10

_READ = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
)  # a named pipe keeps nobody waiting
_WRITE = os.O_WRONLY | getattr(os, "O_BINARY", 0)


class _File(NamedTuple):
    path: Path
    size: int
    used: float


class Store:
    """Entries in `folder`, a file named after its key with `suffix` each, of `limit_bytes` together after `prune`.

    `version` is that of what the entries mean: one of another version is foreign. A key is at least three characters
    fit for a file name, the first two hexadecimal digits. Nothing here raises for a disk that cannot be used: what cannot be
    read is None, what cannot be written is False, and the work goes on. Threads and processes may share a folder.
    """

    def __init__(self, folder: Path, suffix: str, version: int, limit_bytes: int) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._tally = folder / _TALLY
        self._suffix = suffix
        self._version = version

    def get(self, key: str) -> bytes | None:
        """The bytes put under the key, or None; an entry that is damaged or foreign is removed."""
        found = self._found(key, whole=True)
        return None if found is None else found[1]

    def size(self, key: str) -> int | None:
        """The number of bytes put under the key, from the entry's head alone; None where it is cut, damaged or foreign."""
        found = self._found(key, whole=False)
        return None if found is None else found[0]

    def put(self, key: str, data: bytes) -> bool:
        """Keep the bytes; False when they could not be written, and then nothing is left behind."""
        path = self._path(key)
        head = _HEAD.pack(_MAGIC, self._version, len(data), _digest(data))
        part = path.with_name(f"{_PART}{os.urandom(6).hex()}")
        kept = False
        try:
            _write(part, head + self._signed(head, key) + data)
            part.replace(path)
            kept = True
        except OSError:
            return False
        finally:
            if not kept:
                _remove(part)
        self._append(HEADER_BYTES + len(data))
        return True

    def stats(self) -> tuple[int, int]:
        """How many entries there are, and the bytes of their files."""
        sizes = [entry.size for entry in self._entries()]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Remove every entry, and what killed processes left; files beside the entries' folders stay."""
        for entry in (*self._entries(), *self._parts()):
            _remove(entry.path)
        _remove(self._tally)

    def prune(self) -> None:
        """Where more than `limit_bytes` may be kept, remove the entries used longest ago, a tenth more than must be.

        Entries are counted when the tally of what was put says that it is time, and seldom otherwise; then entries of
        older releases count too, and what a killed process left is removed.
        """
        if not self._is_due():
            return
        entries = sorted(self._entries(), key=lambda entry: entry.used)
        total = sum(entry.size for entry in entries)
        most = self.limit_bytes
        if total > most:
            most -= most // _ROOM
        for entry in entries:
            if total <= most:
                break
            _remove(entry.path)
            total -= entry.size
        before = time.time() - _ABANDONED_SECONDS
        for part in self._parts():
            if part.used <= before:
                _remove(part.path)
        # What another process puts in this moment is not in the tally until the next count.
        self._append(total, os.O_CREAT | os.O_TRUNC)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}{self._suffix}"

    def _signed(self, head: bytes, key: str) -> bytes:
        """With key and suffix in it, a file that was renamed to another key's is not taken for that key's."""
        return _digest(head + f"{key}{self._suffix}".encode())

    def _found(self, key: str, *, whole: bool) -> tuple[int, bytes] | None:
        """The number of an entry's bytes, and the bytes where the `whole` of it is read; what cannot be true is removed."""
        path = self._path(key)
        try:
            file = os.open(path, _READ)
        except OSError:
            return None
        try:
            found = self._true(file, path, key, whole=whole)
        except OSError:
            return None
        finally:
            os.close(file)
        if found is None:
            _remove(path)
        return found

    def _true(self, file: int, path: Path, key: str, *, whole: bool) -> tuple[int, bytes] | None:
        """What an open entry holds, its time of use renewed; None where its bytes are not what was put under the key."""
        header = _read(file, HEADER_BYTES)
        head, signature = header[: _HEAD.size], header[_HEAD.size :]
        if len(header) < HEADER_BYTES or signature != self._signed(head, key):
            return None
        magic, version, size, digest = _HEAD.unpack(head)
        status = os.fstat(file)
        if (magic, version, HEADER_BYTES + size) != (_MAGIC, self._version, status.st_size):
            return None
        data = _read(file, size) if whole else b""
        if whole and (len(data) != size or _digest(data) != digest):
            return None
        if abs(time.time() - status.st_mtime) > _FRESH_SECONDS:
            with contextlib.suppress(OSError):
                os.utime(path)
        return size, data

    def _entries(self) -> Iterator[_File]:
        """Every file where this layout or another has entries, whatever wrote it."""
        for place in _listed(self.folder):
            if _SHARD.fullmatch(place.name):
                yield from (
                    _file(found) for found in _listed(Path(place.path)) if not found.name.startswith(_PART)
                )
            elif _LOOSE.fullmatch(place.name):
                yield _file(place)

    def _parts(self) -> Iterator[_File]:
        for place in _listed(self.folder):
            if _SHARD.fullmatch(place.name):
                yield from (
                    _file(found) for found in _listed(Path(place.path)) if found.name.startswith(_PART)
                )

    def _is_due(self) -> bool:
        """Whether the entries must be counted: their bytes are not known, or more than they may be."""
        try:
            file = os.open(self._tally, _READ)
        except OSError:
            return True
        try:
            data = _read(file, 8 * _MOST_TALLIED)
        except OSError:
            return True
        finally:
            os.close(file)
        if not data or len(data) % 8 or len(data) == 8 * _MOST_TALLIED:
            return True
        return sum(array("Q", data)) > self.limit_bytes

    def _append(self, size: int, how: int = 0) -> None:
        # Only a count begins a tally: what an older release left is in none.
        with contextlib.suppress(OSError):
            file = os.open(self._tally, _WRITE | os.O_APPEND | how, 0o666)
            try:
                os.write(file, array("Q", [size]).tobytes())
            finally:
                os.close(file)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST_BYTES).digest()


def _read(file: int, most: int) -> bytes:
    """As many bytes as there are, up to `most`."""
    data = os.read(file, most)
    while 0 < len(data) < most:
        more = os.read(file, most - len(data))
        if not more:
            break
        data += more
    return data


def _write(path: Path, data: bytes) -> None:
    """Write a new file; its folder is made where there is none."""
    try:
        file = os.open(path, _WRITE | os.O_CREAT | os.O_EXCL, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, _WRITE | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(file, "wb", buffering=0) as out:
        rest = memoryview(data)
        while rest:
            rest = rest[out.write(rest) :]


def _listed(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What is in a folder; nothing where it cannot be read or is none."""
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        yield from found


def _file(found: os.DirEntry[str]) -> _File:
    """A file as it is found; of one that vanishes meanwhile, or is a folder, nothing remains to be counted."""
    with contextlib.suppress(OSError):
        status = found.stat(follow_symlinks=False)
        if not stat.S_ISDIR(status.st_mode):
            return _File(Path(found.path), status.st_size, status.st_mtime)
    return _File(Path(found.path), 0, 0.0)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
