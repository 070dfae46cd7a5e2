"""A file that appears whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """A new binary file, to be read and written, that takes the place of `path` when the block ends without an exception.

    Until then it stands in the same folder under another name (`file.name`, which a program may be given to
    write to); on any exception it is removed and what was at `path` stays. Raises OutputError `unwritable`.
    """
    target = Path(os.path.realpath(path))
    try:
        _check_replaceable(target, shown=path)
        part = target.with_name(f".voiceguide-{secrets.token_hex(6)}.part")
        file = part.open("x+b")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException as error:
        part.unlink(missing_ok=True)
        # An error about some other file is the caller's own.
        if isinstance(error, OSError) and error.filename in (None, str(part)):
            raise _unwritable(path, error) from error
        raise


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


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(problem("unwritable", path=path, reason=(error.strerror or str(error)).lower()))
