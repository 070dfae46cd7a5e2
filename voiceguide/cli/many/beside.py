"""What a job writes beside its file: small files of the same name, and a folder of parts."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from voiceguide.atomic import atomic_file
from voiceguide.cli.many.ours import is_ours

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.cli.many.job import Beside
    from voiceguide.timeline import Timeline

# Only the server wants it, in a folder where all is its own.
_TIMELINE = ".json"


def write_beside(path: Path, kind: Beside, timeline: Timeline) -> tuple[Path, ...]:
    """Write what is wanted beside a file, which is there: each whole or not at all; gives the files.

    One that is there already with the same bytes is left alone, and so is one that is not of this program. Raises
    OutputError.
    """
    if kind == "parts":
        from voiceguide.cli.many.parts import write_parts  # noqa: PLC0415 (not every job wants it)

        return tuple(write_parts(path, timeline))
    suffix, text = _text(kind, timeline)
    place = path.with_suffix(suffix)
    if place.exists() and not is_ours(place) and suffix != _TIMELINE:
        return ()
    return (put(place, text.encode()),)


def put(path: Path, data: bytes) -> Path:
    """Write a file where it would change; gives its path. Raises OutputError."""
    if not _has(path, data):
        with atomic_file(path) as file:
            file.write(data)
    return path


def _has(path: Path, data: bytes) -> bool:
    """Whether a file is the same already: where the disk is full it needs no room then."""
    with suppress(OSError):
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    return False


def _text(kind: Beside, timeline: Timeline) -> tuple[str, str]:
    """The suffix of what is wanted, and what stands in it."""
    if kind == "lyrics":
        from voiceguide.album.lrc import lrc  # noqa: PLC0415 (not every job wants it)

        return ".lrc", lrc(timeline)
    if kind == "chapters":
        from voiceguide.album.chapters import chapters_json  # noqa: PLC0415 (as above)

        return ".chapters.json", chapters_json(timeline)
    if kind == "transcript":
        from voiceguide.album.transcript import webvtt  # noqa: PLC0415 (as above)

        return ".vtt", webvtt(timeline)
    from voiceguide.timeline_json import to_json  # noqa: PLC0415 (as above)

    return _TIMELINE, to_json(timeline)
