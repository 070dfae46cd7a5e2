"""Which files are this program's own: only those are ever replaced or removed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from voiceguide.cli.many.marks import has_mark
from voiceguide.cli.many.reads import Stamp, stamp
from voiceguide.naming import distinct_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_BESIDE = (".lrc", ".chapters.json", ".vtt")


def is_ours(path: Path) -> bool:
    """Whether a file has the mark of this program; what cannot be read has not, and no folder has."""
    try:
        return path.is_file() and has_mark(path)
    except OSError:
        return False


def is_our_folder(path: Path) -> bool:
    """Whether it is a folder in which nothing is, or a file of this program."""
    try:
        entries = list(path.iterdir())
    except OSError:
        return False
    return not entries or any(map(is_ours, entries))


def free_path(path: Path, *others: str) -> Path:
    """The path, or the next like it, where no file stands that is not ours, nor one of its name with other suffixes."""

    def is_taken(stem: str) -> bool:
        names = (path.with_name(stem + suffix) for suffix in (path.suffix, *others))
        return any(one.exists() and not is_ours(one) for one in names)

    return path.with_name(distinct_name(path.stem, is_taken) + path.suffix)


def remove_broken_off(folder: Path, file: str, now: Iterable[tuple[str, Stamp]]) -> None:
    """Remove what an export that was broken off may have left beside a file below the folder, but for what is there now.

    What it wrote nobody has noted: it is what has the mark, under the names that it would have.
    """
    path = folder / file
    if path.suffix != ".mp3":
        return
    kept = {_identity(folder / name) for name, _ in now}
    parts = path.with_suffix("")
    with suppress(OSError):
        inside = list(parts.iterdir()) if parts.is_dir() else []
        for one in (*(path.with_suffix(suffix) for suffix in _BESIDE), *inside):
            if is_ours(one) and _identity(one) not in kept:
                one.unlink()
        if parts.is_dir():
            parts.rmdir()


def remove_but(
    folder: Path, before: Iterable[tuple[str, Stamp]], now: Iterable[tuple[str, Stamp]] = ()
) -> None:
    """Remove the files that were written below a folder, but for those that are there now, and folders left empty.

    One that somebody has changed since stays, and one that the file system does not give away.
    """
    kept = {_identity(folder / name) for name, _ in now}
    for name, was in before:
        path = folder / name
        # Where case makes no difference an old name may be a new one's.
        if stamp(path) is None or _identity(path) in kept:
            continue
        with suppress(OSError):
            if _is_as_written(path, was):
                path.unlink()
        with suppress(OSError):
            if path.parent != folder:
                path.parent.rmdir()


def _is_as_written(path: Path, was: Stamp) -> bool:
    now = stamp(path)
    # A copy has another time, and FAT's times shift with the time zone.
    return now is not None and was is not None and (now == was or (now[0] == was[0] and is_ours(path)))


def _identity(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        status = path.stat()
        return status.st_dev, status.st_ino
    return None
