"""An MP3 in parts: a folder with a file for each chapter, which follow each other without a gap."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from voiceguide.album.lrc import lrc
from voiceguide.album.parts import parts
from voiceguide.album.playlist import Entry, m3u8
from voiceguide.audio.clip import SAMPLES_PER_MS
from voiceguide.audio.cover import draw_cover
from voiceguide.audio.id3 import Label, id3_tag
from voiceguide.audio.split import open_frames, part
from voiceguide.cli.many.beside import put
from voiceguide.cli.many.marks import marked
from voiceguide.cli.many.ours import free_path
from voiceguide.files import make_folder
from voiceguide.naming import numbered_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.timeline import Timeline


def write_parts(path: Path, timeline: Timeline) -> Iterator[Path]:
    """Write the parts of an MP3 into the folder of its name, with lyrics, playlist and cover; gives the files.

    A file that is not of this program keeps its name. Raises OutputError; then none of them is there.
    """
    folder = path.with_suffix("")
    make_folder(folder)
    written: list[Path] = []
    try:
        for one in _parts(path, folder, timeline):
            written.append(one)
            yield one
    except Exception:
        # Half of them would be taken for all, and what is left of the disk is needed for the rest of the album.
        with suppress(OSError):
            for one in written:
                one.unlink()
            folder.rmdir()
        raise


def _parts(path: Path, folder: Path, timeline: Timeline) -> Iterator[Path]:
    cover = draw_cover(timeline)
    found = tuple(parts(timeline))
    entries = []
    with path.open("rb") as file:
        frames = open_frames(file, path)
        for number, (start_ms, one) in enumerate(found, start=1):
            label = Label(timeline.title, number, len(found))
            start = start_ms * SAMPLES_PER_MS
            sound = part(frames, start, start + one.duration_ms * SAMPLES_PER_MS)
            name = numbered_name(number, one.title, of=len(found))
            audio = free_path(folder / f"{name}.mp3", ".lrc")
            yield put(audio, id3_tag(one, cover, label) + sound)
            yield put(audio.with_suffix(".lrc"), lrc(one, timeline.title).encode())
            entries.append(Entry(audio.name, one.title, one.duration_ms))
    yield put(free_path(folder / f"{folder.name}.m3u8"), m3u8(timeline.title, entries).encode())
    yield put(free_path(folder / "cover.png"), marked(cover))
