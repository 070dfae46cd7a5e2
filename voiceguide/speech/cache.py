"""Clips on disk, under a key of all that shaped them: made once, then only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.audio.clip import Clip

SUFFIX = ".clip"
VERSION = 1
"""Of what an entry holds: samples of 16 bits, little-endian."""
_BYTES_OF_SAMPLE = 2


class ClipCache:
    """Clips in the `store` of `folder`, one file each, of `limit_bytes` together after `prune`.

    A key is a hexadecimal digest. Nothing here raises for a disk that cannot be used: a clip that cannot be read is
    None, one that cannot be written is False, and the speech goes on.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self.folder = folder
        self.store = Store(folder, SUFFIX, VERSION, limit_bytes)

    def get(self, key: str) -> Clip | None:
        """The clip, or None; an entry that is damaged or not ours is removed."""
        import numpy as np  # noqa: PLC0415 (counting and clearing need none)

        data = self.store.get(key)
        return None if data is None else np.frombuffer(data, dtype="<i2").astype(np.int16)

    def length(self, key: str) -> int | None:
        """The number of the clip's samples from its header alone, or None where `get` would find it cut or foreign."""
        size = self.store.size(key)
        return None if size is None else size // _BYTES_OF_SAMPLE

    def put(self, key: str, clip: Clip) -> bool:
        """Keep the clip; False when it could not be written, and then nothing is left behind."""
        return self.store.put(key, clip.astype("<i2").tobytes())

    def stats(self) -> tuple[int, int]:
        """How many entries there are, and the bytes of their files."""
        return self.store.stats()

    def clear(self) -> None:
        """Remove every entry; other files in the folder stay."""
        self.store.clear()

    def prune(self) -> None:
        """Keep to `limit_bytes` by removing the entries used longest ago, and what a killed process left."""
        self.store.prune()
