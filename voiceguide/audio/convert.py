"""Formats that ffmpeg writes: samples streamed into it, tags and chapters from a file of its own kind."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from voiceguide.album.lrc import lyrics
from voiceguide.audio.clip import RATE, Pcm
from voiceguide.audio.ffmpeg import need_ffmpeg
from voiceguide.audio.id3 import ARTIST, GENRE, NO_LABEL, Label
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.timeline import Timeline

# For each suffix ffmpeg's container and coder, and the lowest and the highest kbit/s a channel that the coder takes
# (none where it has no bit rate).
_CODERS: dict[str, tuple[tuple[str, ...], tuple[int, int] | None]] = {
    ".flac": (("-f", "flac", "-c:a", "flac"), None),
    ".m4a": (("-f", "ipod", "-c:a", "aac", "-movflags", "+faststart"), (8, 256)),
    ".m4b": (("-f", "ipod", "-c:a", "aac", "-movflags", "+faststart"), (8, 256)),
    ".ogg": (("-f", "ogg", "-c:a", "libvorbis"), (24, 192)),
    ".opus": (("-f", "opus", "-c:a", "libopus"), (8, 256)),
}

# ffmpeg writes chapters as comments by itself in Opus, and in these not at all.
_CHAPTERS_AS_COMMENTS = (".flac", ".ogg")

# What audiobook players take for a book: with a picture, and its kind (iTunes' `stik`).
_BOOKS = (".m4b",)
_AUDIOBOOK = "2"

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# More than ffmpeg writes at once.
_ROOM = 1 << 18

CONVERTED = tuple(_CODERS)
"""The suffixes `convert` knows."""


class Form(NamedTuple):
    """The format by its suffix, how many channels there are, kbit/s, and where the file is filed."""

    suffix: str
    channels: int
    bitrate: int
    label: Label = NO_LABEL


def convert(blocks: Iterable[Pcm], timeline: Timeline, output: str, form: Form, *, shown: Path) -> None:
    """Have ffmpeg write the blocks to the file `output`.

    Raises OutputError: `no-ffmpeg`, or `encoding-failed` for `shown` with what ffmpeg said last; OSError where the disk is full.
    """
    coder, limits = _CODERS[form.suffix]
    rate = ("-b:a", f"{_within(limits, form.bitrate, form.channels)}k") if limits else ()
    with tempfile.TemporaryDirectory(prefix="voiceguide-") as folder:
        metadata = Path(folder) / "metadata"
        metadata.write_text(ffmetadata(timeline, form.suffix, form.label), encoding="utf-8")
        # With two inputs ffmpeg before 7 sleeps 10 ms whenever its queue, of 8 packets by default, runs empty.
        samples = f"-thread_queue_size 1024 -f s16le -ar {RATE} -ac {form.channels} -i pipe:0".split()
        tags = ["-f", "ffmetadata", "-i", str(metadata)]
        mapping = ["-map", "0:a", "-map_metadata", "1", "-map_chapters", "1"]
        if form.suffix in _BOOKS:
            tags += ["-i", _drawn(timeline, Path(folder))]
            mapping += ["-map", "2:v", "-c:v", "copy", "-disposition:v", "attached_pic"]
        program = [need_ffmpeg(form.suffix), "-nostdin", "-v", "error", "-xerror", "-y"]
        command = [*program, *samples, *tags, *mapping, *coder, *rate, output]
        # What it says goes to a file: nobody reads a pipe while samples are written to the other.
        with (Path(folder) / "said").open("w+b") as said:
            failed = _fed(command, blocks, said.fileno())
            said.seek(0)
            words = said.read().decode(errors="replace").strip()
    # A full disk that it meets at the end is told, and a success all the same (5.1).
    if failed or words:
        raise OutputError(problem("encoding-failed", path=shown, reason=_reason(words)))
    _check_room(Path(output))


def _drawn(timeline: Timeline, folder: Path) -> str:
    """The path of the cover, drawn there."""
    from voiceguide.audio.cover import draw_cover  # noqa: PLC0415 (only books need Pillow)

    cover = folder / "cover.png"
    cover.write_bytes(draw_cover(timeline))
    return str(cover)


def _reason(words: str) -> str:
    """Why ffmpeg failed: that the disk is full, wherever it says so, or what it said last."""
    full = [reason for reason in map(os.strerror, _FULL) if reason in words]
    if full:
        return full[0].lower()
    return words.splitlines()[-1].strip() if words else "it said nothing"


def _check_room(output: Path) -> None:
    """Raise OSError where the disk has no room left: what it did not take at the very end ffmpeg does not tell (5.1)."""
    with output.open("r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        rest = memoryview(bytes(_ROOM))
        while rest:
            rest = rest[file.write(rest) :]
        file.truncate(size)


def _within(limits: tuple[int, int], bitrate: int, channels: int) -> int:
    least, most = limits
    return min(max(bitrate, least * channels), most * channels)


def ffmetadata(timeline: Timeline, suffix: str, label: Label = NO_LABEL) -> str:
    """Tags and chapters in ffmpeg's metadata format, version 1, for a file with this suffix."""
    tags = {
        "title": timeline.title,
        "artist": ARTIST,
        "album": label.album,
        "genre": GENRE,
        "track": label.numbers or "",
        "language": timeline.language,
        "lyrics": lyrics(timeline),
        **(_chapter_comments(timeline) if suffix in _CHAPTERS_AS_COMMENTS else {}),
    }
    if suffix in _BOOKS:
        # Of one album they would be one book.
        tags |= {"album": timeline.title, "media_type": _AUDIOBOOK}
    lines = [";FFMETADATA1", *(f"{key}={_escaped(value)}" for key, value in tags.items() if value)]
    for chapter in timeline.chapters:
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={chapter.start_ms}", f"END={chapter.end_ms}"]
        lines.append(f"title={_escaped(chapter.title)}")
    return "\n".join(lines) + "\n"


def _chapter_comments(timeline: Timeline) -> dict[str, str]:
    """Chapters as Xiph's chapter extension of Vorbis comments has them."""
    comments = {}
    for number, chapter in enumerate(timeline.chapters, start=1):
        seconds, ms = divmod(chapter.start_ms, 1000)
        time = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{ms:03d}"
        comments[f"CHAPTER{number:03d}"] = time
        comments[f"CHAPTER{number:03d}NAME"] = chapter.title
    return comments


def _fed(command: list[str], blocks: Iterable[Pcm], said: int) -> bool:
    """Run the command with the samples on its standard input; whether it failed."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)  # noqa: S603 (our own arguments, no shell)
    pipe = cast("IO[bytes]", process.stdin)
    whole = False
    try:
        taken = all(_taken(pipe, block) for block in blocks)
        whole = _ended(pipe) and taken
    except BaseException:
        process.kill()
        _ended(pipe)
        raise
    finally:
        status = process.wait()
    return not whole or status != 0


def _taken(pipe: IO[bytes], block: Pcm) -> bool:
    """Write the block; False where the program at the other end is gone (Windows says EINVAL)."""
    try:
        pipe.write(block.astype("<i2").tobytes())
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise
        return False
    return True


def _ended(pipe: IO[bytes]) -> bool:
    """Flush and close; False as above."""
    try:
        pipe.close()
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise
        return False
    return True


def _escaped(value: str) -> str:
    for special in ("\\", "=", ";", "#", "\n"):
        value = value.replace(special, "\\" + special)
    return value
