"""Clips on disk, under a key of all that shaped them: made once, then only read."""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.audio.clip import Clip

# An entry: magic with version, number of samples, digest of the samples, digest of all before; then the samples,
# 16-bit little-endian. The second digest lets a length be trusted without reading the samples.
_MAGIC = b"voiceguide 1\n"
_DIGEST_BYTES = 16
_HEAD = struct.Struct(f"<{len(_MAGIC)}sI{_DIGEST_BYTES}s")
_HEADER_BYTES = _HEAD.size + _DIGEST_BYTES
_SUFFIX = ".clip"
_PART = ".part-"
# An entry used again within an hour keeps its time: reading a routine's clips should seldom write to the disk.
_FRESH_SECONDS = 3600
_ABANDONED_SECONDS = 3600


class ClipCache:
    """Clips in `folder`, one file each, of `limit_bytes` together after `prune`.

    A key is at least three characters fit for a file name. Nothing here raises for a disk that cannot be used: a clip
    that cannot be read is None, one that cannot be written is False, and the speech goes on.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes

    def get(self, key: str) -> Clip | None:
        """The clip, or None; an entry that is damaged or not ours is removed."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        samples = _samples(data, key)
        if samples is None:
            _remove(path)
            return None
        _refresh(path)
        return samples

    def length(self, key: str) -> int | None:
        """The number of the clip's samples from its header alone, or None where `get` would find it cut or foreign."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                header = file.read(_HEADER_BYTES)
                size = os.fstat(file.fileno()).st_size
        except OSError:
            return None
        count = _count(header, key)
        if count is None or size != _HEADER_BYTES + 2 * count:
            _remove(path)
            return None
        _refresh(path)
        return count

    def put(self, key: str, clip: Clip) -> bool:
        """Keep the clip; False when it could not be written, and then nothing is left behind."""
        path = self._path(key)
        payload = clip.astype("<i2").tobytes()
        head = _HEAD.pack(_MAGIC, len(clip), _digest(payload))
        part: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=_PART, dir=path.parent)
            part = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(head + _digest(head, key) + payload)
            part.replace(path)
        except OSError:
            return False
        else:
            part = None
            return True
        finally:
            if part is not None:
                _remove(part)

    def stats(self) -> tuple[int, int]:
        """How many entries there are, and the bytes of their files."""
        sizes = [size for _, size, _ in self._entries()]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Remove every entry; other files in the folder stay."""
        for path, _, _ in self._entries():
            _remove(path)
        self._sweep(time.time())

    def prune(self) -> None:
        """Remove the entries used longest ago until `limit_bytes` hold the others, and what a killed process left."""
        entries = sorted(self._entries(), key=lambda entry: entry[2])
        total = sum(size for _, size, _ in entries)
        for path, size, _ in entries:
            if total <= self.limit_bytes:
                break
            _remove(path)
            total -= size
        self._sweep(time.time() - _ABANDONED_SECONDS)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}{_SUFFIX}"

    def _entries(self) -> Iterator[tuple[Path, int, float]]:
        yield from self._files(f"*{_SUFFIX}")

    def _sweep(self, before: float) -> None:
        for path, _, used in self._files(f"{_PART}*"):
            if used <= before:
                _remove(path)

    def _files(self, pattern: str) -> Iterator[tuple[Path, int, float]]:
        """Each file of a shard: its path, its bytes, and when it was last used; one that vanishes meanwhile is left out."""
        for path in self.folder.glob(f"[0-9a-f][0-9a-f]/{pattern}"):
            with contextlib.suppress(OSError):
                status = path.stat()
                yield path, status.st_size, status.st_mtime


def _samples(data: bytes, key: str) -> Clip | None:
    count = _count(data[:_HEADER_BYTES], key)
    payload = memoryview(data)[_HEADER_BYTES:]
    if (
        count is None
        or len(payload) != 2 * count
        or _digest(payload) != data[_HEAD.size - _DIGEST_BYTES : _HEAD.size]
    ):
        return None
    return np.frombuffer(payload, dtype="<i2").astype(np.int16)


def _count(header: bytes, key: str) -> int | None:
    head = header[: _HEAD.size]
    if (
        len(header) < _HEADER_BYTES
        or not head.startswith(_MAGIC)
        or header[_HEAD.size :] != _digest(head, key)
    ):
        return None
    count: int = _HEAD.unpack(head)[1]
    return count


def _digest(data: bytes | memoryview, key: str = "") -> bytes:
    """With the key in it, a file that was renamed to another key's is not taken for that key's."""
    return hashlib.blake2b(
        data, digest_size=_DIGEST_BYTES, key=key.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    ).digest()


def _refresh(path: Path) -> None:
    with contextlib.suppress(OSError):
        if time.time() - path.stat().st_mtime > _FRESH_SECONDS:
            os.utime(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
