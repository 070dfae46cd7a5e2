"""Measures: the loudness of tracks on disk, found once and known as long as the track stays as it is."""

from __future__ import annotations

import hashlib
import os
import struct
from typing import TYPE_CHECKING

from voiceguide.store import HEADER_BYTES, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERSION = 2
"""Of the way in which tracks are measured and their loudness is kept: what another one found does not count."""
MOST = 1_000
"""Entries that are kept."""

_LUFS = struct.Struct("<d")


class Measures:
    """Entries in the `store` of `folder`, one for each track; a disk that cannot be used only means measuring again."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder, ".lufs", VERSION, MOST * (HEADER_BYTES + _LUFS.size))

    def loudness(self, track: Path, measure: Callable[[], float]) -> float:
        """LUFS of a track: what `measure` gave when the file had its path, size and time of change, or gives now.

        Raises what `measure` raises.
        """
        path = os.path.realpath(track)
        try:
            status = track.stat()
        except OSError:
            return measure()
        known_by = b"\0".join([os.fsencode(path), b"%d" % status.st_size, b"%d" % status.st_mtime_ns])
        key = hashlib.blake2b(known_by, digest_size=16).hexdigest()
        kept = self.store.get(key)
        if kept is not None and len(kept) == _LUFS.size:
            (found,) = _LUFS.unpack(kept)
            return float(found)
        found = measure()
        self.store.put(key, _LUFS.pack(found))
        self.store.prune()
        return found
