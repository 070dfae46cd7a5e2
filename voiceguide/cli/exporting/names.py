"""The names in an album: a number for each routine that it keeps, and a file that takes no other one's place."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from voiceguide.cli.many.job import Slot
from voiceguide.cli.many.ours import is_our_folder, is_ours
from voiceguide.files import named_routines
from voiceguide.naming import distinct_name, numbered_name, same_file

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.cli.many.journal import Journal
    from voiceguide.files import Folders

_AUDIO = (".mp3", ".m4b")
_ALL = (*_AUDIO, "", ".lrc", ".chapters.json", ".vtt")
"""What may be behind the name of a track; the folder of its parts has nothing there."""


class Names:
    """Names for the routines of one export into a folder, whose journal knows those of earlier ones."""

    def __init__(self, journal: Journal, folder: Path, folders: Folders) -> None:
        self._named = {path.resolve(): name for name, path in named_routines(folders)}
        self._largest = 10**journal.way.digits - 1
        done = [(file, entry.slot) for file, entry in journal.entries.items() if entry.slot]
        known = [*journal.begun.items(), *done]
        self._slots = {slot.routine: slot for _, slot in known} | journal.slots
        self._stems = {same_file(_stem(file)): slot.routine for file, slot in known}
        self._there = {same_file(path.name): path for path in folder.iterdir()}

    def slot(self, path: Path) -> Slot:
        """The place of a routine: the one that it has, or behind all others; it has that from when it has a file.

        A routine that can be called by name is known by it, wherever its file is; any other one by its path.
        """
        real = path.resolve()
        routine = self._named.get(real, str(real))
        last = max((slot.track for slot in self._slots.values()), default=0)
        return self._slots.get(routine, Slot(last + 1, routine))

    def file(self, slot: Slot, title: str, fallback: str, suffix: str) -> str:
        """The file of a routine by its title: no other routine's, and none that is not of this program."""

        def is_taken(stem: str) -> bool:
            owner = self._stems.get(same_file(stem))
            if owner is None:
                return self._is_strangers(stem, *_ALL)
            return owner != slot.routine or self._is_strangers(stem, suffix)

        stem = distinct_name(numbered_name(slot.track, title, fallback, of=self._largest), is_taken)
        self._slots[slot.routine] = slot
        self._stems[same_file(stem)] = slot.routine
        return f"{stem}{suffix}"

    def _is_strangers(self, stem: str, *suffixes: str) -> bool:
        """Whether a file has one of these names that was not written by this program, as far as can be seen."""
        if any(self._is_ours(stem + suffix) for suffix in _AUDIO if suffix in suffixes):
            # What stands beside it was written after it.
            return False
        names = [stem + suffix for suffix in suffixes]
        return any(same_file(name) in self._there and not self._is_ours(name) for name in names)

    def _is_ours(self, name: str) -> bool:
        path = self._there.get(same_file(name))
        # Without a suffix it is the folder of its parts; a folder of any other name is not of this program.
        return path is not None and (is_ours(path) or (is_our_folder(path) and not _has_suffix(name)))


def _has_suffix(name: str) -> bool:
    return name.endswith(tuple(suffix for suffix in _ALL if suffix))


def _stem(file: str) -> str:
    return PurePosixPath(file).stem
