"""Which files shape a session, each with what tells whether it has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.compile.words import recorded_side
from voiceguide.files import SCRIPT_SUFFIXES, DiskLibrary, Folders, read_include

if TYPE_CHECKING:
    from voiceguide.dose import Side
    from voiceguide.script.nodes import SourceFile

_SIDES: tuple[Side, ...] = ("left", "right")

Stamp = tuple[int, int] | None
"""The size of a file in bytes and the time of its last change in ns; None where there is no file."""


def stamp(path: str | Path) -> Stamp:
    """The stamp of a file or folder as it is now."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


@dataclass(frozen=True)
class Reads:
    """The files read for a session by absolute path, each with its stamp from before it was read.

    A place where a file was looked for in vain is among them: one that appears there would be read.
    """

    stamps: dict[str, Stamp] = field(default_factory=dict)

    def note(self, path: str | Path) -> None:
        """Take the stamp of what is about to be read or looked for."""
        place = str(Path(path).absolute())
        if place not in self.stamps:
            self.stamps[place] = stamp(place)

    def note_all(self, path: str | Path) -> None:
        """The same for a file, or for a folder and the files in it."""
        self.note(path)
        if Path(path).is_dir():
            for entry in Path(path).iterdir():
                self.note(entry)

    def library(self, folders: Folders, *, allow_outside: bool) -> DiskLibrary:
        """The library of the folders, whatever is read from it noted."""
        return _NotingLibrary(folders, allow_outside, self)

    def include(self, including: str, written: str) -> SourceFile:
        """What a script includes, noted; raises ScriptError."""
        self.note(Path(including).parent / written)
        return read_include(including, written)


@dataclass(frozen=True)
class _NotingLibrary(DiskLibrary):
    reads: Reads = field(default_factory=Reads)

    @cached_property
    def sound_files(self) -> dict[str, Path]:
        """Every cue sound's file by name."""
        found = super().sound_files
        for name, path in found.items():
            self.reads.note(self.folders.config / "audio" / f"{name}.wav")
            self.reads.note(path)
        return found

    def read(self, exercise: str) -> SourceFile:
        """The file of a known exercise; raises ScriptError where it cannot be read."""
        for suffix in SCRIPT_SUFFIXES:
            self.reads.note(self.folders.config / "exercises" / f"{exercise}{suffix}")
        self.reads.note(self.exercise_files[exercise])
        return super().read(exercise)

    def find(self, including: str, written: str, *, folder: bool = False) -> str:
        """The path of a recording or music file that a file names; raises ScriptError."""
        found = super().find(including, written, folder=folder)
        for home in (Path(including).parent, *self.folders.audio_folders):
            for side in _SIDES:
                self.reads.note_all(recorded_side(str(home / written), side))
            if str(home / written) == found:
                break
        return found
