"""What is put away in the folder of an album: former names, what an export left that was broken off, parts that are wanted no more."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from voiceguide.cli.many.ours import is_ours, remove_broken_off, remove_but
from voiceguide.cli.many.reads import stamp
from voiceguide.files import SCRIPT_SUFFIXES, named_routines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.cli.exporting.tracks import Track
    from voiceguide.cli.many.job import Job
    from voiceguide.cli.many.journal import Journal
    from voiceguide.cli.many.reads import Stamp
    from voiceguide.files import Folders


def remove_former(journal: Journal, folder: Path, job: Job, suffix: str) -> None:
    """Remove the files of a routine that has another name now, with what stands beside them."""
    new = journal.entries.get(job.file)
    if new is None or new.slot is None:
        return
    slots = journal.begun | {file: entry.slot for file, entry in journal.entries.items() if entry.slot}
    former = [
        file
        for file, slot in slots.items()
        if slot.routine == new.slot.routine and PurePosixPath(file).suffix == suffix and file != job.file
    ]
    for file in former:
        others = tuple(_files(journal, but=file))
        if before := journal.entries.get(file):
            remove_but(folder, [(file, before.stamp), *before.beside], others)
        if file in journal.begun:
            left = [(file, stamp(folder / file))] if is_ours(folder / file) else []
            remove_but(folder, left, others)
            remove_broken_off(folder, file, others)
        journal.forget(file)


def take_out_deleted(journal: Journal, folder: Path) -> None:
    """Remove what stands beside the tracks that somebody has deleted; their routines keep their numbers."""
    gone = [file for file, entry in journal.entries.items() if entry.slot and stamp(folder / file) is None]
    for file in gone:
        remove_but(folder, journal.entries[file].beside, tuple(_files(journal, but=file)))
        journal.forget(file)


def remove_parts(journal: Journal, folder: Path) -> int:
    """Remove the parts of all tracks; gives of how many."""
    split = {file: entry for file, entry in journal.entries.items() if entry.slot and "parts" in entry.kinds}
    for file, entry in split.items():
        inside = f"{PurePosixPath(file).with_suffix('')}/"
        rest = tuple(one for one in entry.beside if not one[0].startswith(inside))
        remove_but(folder, [one for one in entry.beside if one not in rest])
        journal.have(file, rest, tuple(kind for kind in entry.kinds if kind != "parts"))
    return len(split)


def without_routine(tracks: Iterable[Track], journal: Journal, folders: Folders) -> Iterator[Track]:
    """The tracks of routines that are there no more: neither by name, nor where they were read."""
    named = {name for name, _ in named_routines(folders)}
    for track in tracks:
        if track.routine not in named and not _is_there(track, journal):
            yield track


def _is_there(track: Track, journal: Journal) -> bool:
    """Whether its script is where it was: one that has its name in another folder is not found by it from here."""
    path = Path(track.routine)
    if path.is_absolute():
        return path.is_file()
    read = map(Path, journal.files_read(track.file))
    return any(one.stem == track.routine and one.suffix in SCRIPT_SUFFIXES and one.is_file() for one in read)


def _files(journal: Journal, *, but: str) -> Iterator[tuple[str, Stamp]]:
    """All the files of the other tracks, and what stands beside them."""
    for file, entry in journal.entries.items():
        if file != but:
            yield file, entry.stamp
            yield from entry.beside
