"""Measures: the loudness of tracks on disk, found once and known as long as the track stays as it is."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from voiceguide.atomic import atomic_file
from voiceguide.audio.loudness import ABSOLUTE_GATE
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VERSION = 1
"""Of the way in which tracks are measured: what another one found does not count."""
MOST = 1_000
"""Entries that are kept, a few hundred bytes each."""

_LOUDEST = 30.0
_SUFFIX = ".json"


class Measures:
    """Entries in `folder`, one file for each track; a disk that cannot be used only means measuring again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def loudness(self, track: Path, measure: Callable[[], float]) -> float:
        """LUFS of a track: what `measure` gave when the file had its path, size and time of change, or gives now.

        An entry that is torn or of something else does not count. Raises what `measure` raises.
        """
        path = os.path.realpath(track)
        try:
            status = track.stat()
        except OSError:
            return measure()
        key = {"version": VERSION, "path": path, "size": status.st_size, "mtime_ns": status.st_mtime_ns}
        name = hashlib.blake2b(os.fsencode(path), digest_size=16).hexdigest()
        entry = self._folder / f"{name}{_SUFFIX}"
        found = _read(entry, key)
        if found is None:
            found = measure()
            self._write(entry, {**key, "lufs": found})
        return found

    def _write(self, entry: Path, data: dict[str, Any]) -> None:
        with contextlib.suppress(OSError, OutputError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with atomic_file(entry) as file:
                file.write(json.dumps(data).encode())
            self._prune()

    def _prune(self) -> None:
        """Remove the oldest entries beyond the most that are kept."""
        entries = list(self._folder.glob(f"*{_SUFFIX}"))
        if len(entries) > MOST:
            for entry in sorted(entries, key=lambda entry: entry.stat().st_mtime_ns)[:-MOST]:
                entry.unlink(missing_ok=True)


def _read(entry: Path, key: dict[str, Any]) -> float | None:
    """The loudness in an entry of this key; None where it is none."""
    try:
        data = json.loads(entry.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    found = data.pop("lufs", None) if isinstance(data, dict) else None
    if data != key or not isinstance(found, float) or not ABSOLUTE_GATE <= found <= _LOUDEST:
        return None
    return found
