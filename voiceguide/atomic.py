"""A file that appears whole or not at all."""

from __future__ import annotations

import filecmp
import os
import re
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = re.compile(r"\.voiceguide-[0-9a-f]{12}\.part")
# What Windows says where another program has the file: access denied, sharing violation.
_IN_USE = (5, 32)


_swept: set[Path] = set()


@contextmanager
def atomic_file(path: Path, *, keep_same: bool = False) -> Iterator[BinaryIO]:
    """A new binary file, to be read and written, that takes the place of `path` when the block ends without an exception.

    Until then it stands in the same folder under another name (`file.name`, which a program may be given to
    write to); on any exception it is removed and what was at `path` stays. What a killed program left of such files in
    the folder is removed by the first that a process writes there. With `keep_same` a file that has the very same bytes
    already is left alone, with the time of its last change. Raises OutputError: `unwritable`, `output-in-use`, or what is wrong with `path`.
    """
    target = Path(os.path.realpath(path))
    try:
        _check_replaceable(target, shown=path)
        _sweep_once(target.parent)
        file, claim = _new_part(target.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    part = Path(file.name)
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if keep_same and _is_same(part, target):
            part.unlink()
            return
        part.replace(target)
        _sync_folder(target.parent)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        # An error about some other file is the caller's own.
        if isinstance(error, OSError) and error.filename in (None, str(part)):
            raise _unwritable(path, error) from error
        raise
    finally:
        _give_up(claim)


def _is_same(part: Path, target: Path) -> bool:
    return target.is_file() and filecmp.cmp(part, target, shallow=False)


def _check_replaceable(target: Path, *, shown: Path) -> None:
    """Refuse early what would only fail, or do harm, when everything has been written."""
    if not target.parent.is_dir():
        raise OutputError(problem("no-such-folder", path=shown, folder=shown.parent))
    if target.is_dir():
        raise OutputError(problem("is-a-folder", path=shown))
    if target.exists() and not target.is_file():
        raise OutputError(problem("not-a-file", path=shown))
    if target.exists() and not os.access(target, os.W_OK):
        raise OutputError(problem("write-protected", path=shown))


def _new_part(folder: Path) -> tuple[BinaryIO, int | None]:
    """A new file of our own, and what shows other programs until it is given up that the file is not abandoned."""
    while True:
        part = folder / f".voiceguide-{os.urandom(6).hex()}.part"
        file = cast("BinaryIO", part.open("x+b"))
        claim = _claim(file.fileno())
        # Between the two another program may have taken it for abandoned.
        if part.exists():
            return file, claim
        file.close()
        _give_up(claim)


def _unwritable(path: Path, error: OSError) -> OutputError:
    if getattr(error, "winerror", None) in _IN_USE:
        return OutputError(problem("output-in-use", path=path))
    return OutputError(problem("unwritable", path=path, reason=(error.strerror or str(error)).lower()))


def _sweep_once(folder: Path) -> None:
    """Sweep a folder, the first time that this process writes there: it may hold a hundred thousand files."""
    if folder not in _swept:
        _swept.add(folder)
        _sweep(folder)


def _sweep(folder: Path) -> None:
    """Remove what killed programs left: the files of ours that none has claimed."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name):
                _remove_abandoned(Path(entry.path))


if sys.platform == "win32":

    def _claim(_file: int) -> int | None:
        """None: Windows lets nobody remove a file that is open."""
        return None

    def _give_up(_claim: int | None) -> None:
        """There is nothing to give up."""

    def _remove_abandoned(part: Path) -> None:
        with suppress(OSError):
            part.unlink()

    def _sync_folder(_folder: Path) -> None:
        """Windows has no such call."""

else:
    import fcntl

    def _claim(file: int) -> int | None:
        """A lock that lasts as long as the descriptor or the process; where there are no locks, nothing is swept."""
        claim = os.dup(file)
        with suppress(OSError):
            fcntl.flock(claim, fcntl.LOCK_EX)
        return claim

    def _give_up(claim: int | None) -> None:
        if claim is not None:
            os.close(claim)

    def _remove_abandoned(part: Path) -> None:
        with suppress(OSError):
            file = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                part.unlink()
            finally:
                os.close(file)

    def _sync_folder(folder: Path) -> None:
        """Have the new name on the disk too: a power cut then leaves the old file or the new one; not every file system can."""
        with suppress(OSError):
            file = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(file)
            finally:
                os.close(file)
