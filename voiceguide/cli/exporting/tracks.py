"""The tracks of an album: what is known of the files that are there, by the journal of its folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from voiceguide.cli.many.reads import stamp

if TYPE_CHECKING:
    from voiceguide.cli.many.job import About
    from voiceguide.cli.many.journal import Journal

FEED = "feed.xml"
"""The podcast feed of an album, which has its tracks as episodes."""


@dataclass(frozen=True)
class Track:
    """A routine in an album: its number there, what the routine is called, and its file below the folder (with `/`).

    `duration_ms` is how long it lasts, `size` its bytes, `changed_ns` when it was written (since 1970); `beside` are the
    files that stand beside it, by their paths below the folder.
    """

    number: int
    routine: str
    file: str
    duration_ms: int
    size: int
    changed_ns: int
    about: About
    beside: tuple[str, ...] = ()


def tracks(journal: Journal, folder: Path, suffix: str) -> tuple[Track, ...]:
    """The tracks that are there in their order; of a routine in several formats the one with this suffix."""
    found: dict[str, Track] = {}
    for file, entry in journal.entries.items():
        there = stamp(folder / file)
        if entry.slot is None or entry.about is None or there is None:
            continue
        names = tuple(name for name, _ in entry.beside)
        track = Track(
            entry.slot.track, entry.slot.routine, file, entry.duration_ms, *there, entry.about, names
        )
        if PurePosixPath(file).suffix == suffix or track.routine not in found:
            found[track.routine] = track
    return tuple(sorted(found.values(), key=lambda track: (track.number, track.file)))
