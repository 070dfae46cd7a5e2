"""Which files the cells of a plan may name: a plan is no more trusted than a script."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.cli.values import NONE
from voiceguide.errors import ScriptError
from voiceguide.files import SCRIPT_SUFFIXES, TIMELINE_SUFFIX, DiskLibrary, lies_in, routine_path
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.files import Folders

# A file of the current folder, whatever it is called.
_HERE = "-"


@dataclass(frozen=True)
class Reach:
    """The files in the reach of a plan: those of the current folder, of its own and of `audio/`, links resolved.

    With `allow_outside` it is every file.
    """

    plan: Path
    folders: Folders
    allow_outside: bool

    def routine(self, written: str) -> Path:
        """The file of a routine, by name or by its path from the current folder.

        Raises ScriptError `plan-routine`, `plan-outside` and `file-missing`, and RequestError for a name that nothing has.
        """
        path = routine_path(written, self.folders)
        if path != Path(written):
            return path
        # Of what is no script not even the line that is wrong may be shown.
        if path.suffix not in (*SCRIPT_SUFFIXES, TIMELINE_SUFFIX):
            raise ScriptError(problem("plan-routine", path=written))
        homes = (self.folders.current, self.plan.parent, *self.folders.audio_folders)
        if not self.allow_outside and not lies_in(path, map(os.path.realpath, homes)):
            raise ScriptError(problem("plan-outside", path=written))
        if not path.is_file():
            raise ScriptError(problem("file-missing", path=written))
        return path

    def music(self, written: str) -> str:
        """The whole path of music; raises ScriptError `plan-outside` and `file-missing`."""
        if written == NONE:
            return written
        library, kinds = self._library(), set()
        # The other way raises where nobody has such a home, and this one for a zero.
        path = written if "\0" in written else os.path.expanduser(written)  # noqa: PTH111 (as said)
        for including in (_HERE, str(self.plan)):
            try:
                found = library.find(including, path, folder=True)
            except ScriptError as error:
                kinds |= {one.kind for one in error.problems}
            else:
                return str(Path(found).absolute())
        kind = "plan-outside" if "recording-outside" in kinds else "file-missing"
        raise ScriptError(problem(kind, path=written))

    def voice(self, written: str) -> str:
        """A voice, which may be a file; raises ScriptError `plan-outside`."""
        library = self._library()
        # No file has a zero in its name, and nobody a home.
        for including in (_HERE, str(self.plan)) if "\0" not in written else ():
            try:
                library.check_voice(including, written)
            except ScriptError:
                # It may lie in the other one.
                continue
            return written
        raise ScriptError(problem("plan-outside", path=written))

    def _library(self) -> DiskLibrary:
        return DiskLibrary(self.folders, self.allow_outside)
