"""Sessions as files: MP3 and WAV written here, other formats by ffmpeg, each whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voiceguide.atomic import atomic_file
from voiceguide.audio.convert import CONVERTED, convert
from voiceguide.audio.cover import draw_cover
from voiceguide.audio.ffmpeg import need_ffmpeg
from voiceguide.audio.id3 import id3_tag
from voiceguide.audio.mp3 import check_bitrate, write_mp3
from voiceguide.audio.wav import LARGEST, frames, open_wav
from voiceguide.errors import OutputError, RequestError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.audio.clip import Clip
    from voiceguide.audio.mixer import Mixer
    from voiceguide.timeline import Timeline

FORMATS = (".mp3", ".wav", *CONVERTED)
"""The suffixes `write_audio` knows."""


def check_format(path: Path, bitrate: int = 64) -> None:
    """Raise what `write_audio` would before it asks for the first sample.

    RequestError `unknown-format` or `bad-bitrate`; OutputError `no-ffmpeg`.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise RequestError(
            problem("unknown-format", suffix=path.suffix or path.name, known=", ".join(FORMATS))
        )
    check_bitrate(bitrate)
    if suffix in CONVERTED:
        need_ffmpeg(suffix)


def write_audio(
    mixer: Mixer,
    timeline: Timeline,
    path: Path,
    *,
    bitrate: int = 64,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the session to `path` in the format its suffix names, at `bitrate` kbit/s where that means something.

    `progress` is called with the samples done and the samples in all. The file appears whole, with its tags and
    chapters, or not at all, and memory does not grow with its length. Raises RequestError `unknown-format` and
    `bad-bitrate`, and OutputError: `no-ffmpeg`, `encoding-failed`, `unwritable` and its like, `too-long-for-wav`.
    """
    check_format(path, bitrate)
    suffix = path.suffix.lower()
    if suffix == ".wav" and mixer.frames * 2 > LARGEST:
        raise OutputError(problem("too-long-for-wav", path=path))
    blocks = _counted(mixer, progress)
    with atomic_file(path) as file:
        if suffix == ".mp3":
            write_mp3(file, blocks, bitrate=bitrate, tag=id3_tag(timeline, draw_cover(timeline)))
        elif suffix == ".wav":
            _write_wav(file, blocks)
        else:
            convert(blocks, timeline, file.name, suffix, bitrate=bitrate, shown=path)


def _counted(mixer: Mixer, progress: Callable[[int, int], None] | None) -> Iterator[Clip]:
    done = 0
    for block in mixer.blocks():
        yield block
        done += len(block)
        if progress is not None:
            progress(done, mixer.frames)


def _write_wav(file: BinaryIO, blocks: Iterator[Clip]) -> None:
    with open_wav(file) as writer:
        for block in blocks:
            writer.writeframesraw(frames(block))
