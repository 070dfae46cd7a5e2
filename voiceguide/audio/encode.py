"""Sessions as files: MP3 and WAV written here, other formats by ffmpeg, each whole or not at all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.atomic import atomic_file
from voiceguide.audio.mp3 import check_bitrate
from voiceguide.audio.splice import write_mp3
from voiceguide.audio.tag import session_tag
from voiceguide.audio.wav import LARGEST, frames, open_wav
from voiceguide.errors import OutputError, RequestError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.audio.clip import Pcm
    from voiceguide.audio.id3 import Label
    from voiceguide.audio.mixer import Mixer
    from voiceguide.audio.pieces import Kept
    from voiceguide.timeline import Timeline

FORMATS = (".mp3", ".wav", ".flac", ".m4a", ".m4b", ".ogg", ".opus")
"""The suffixes `write_audio` knows: two that are written here, and those that `convert` knows."""
_OWN = (".mp3", ".wav")
DEFAULT_BITRATES = {1: 64, 2: 128}
"""kbit/s by the number of channels."""


def check_format(path: Path, bitrate: int | None = None) -> None:
    """Raise what `write_audio` would before it asks for the first sample.

    RequestError `unknown-format` or `bad-bitrate`; OutputError `no-ffmpeg`.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise RequestError(
            problem("unknown-format", suffix=path.suffix or path.name, known=", ".join(FORMATS))
        )
    if bitrate is not None:
        check_bitrate(bitrate)
    if suffix not in _OWN:
        from voiceguide.audio.ffmpeg import need_ffmpeg  # noqa: PLC0415 (an MP3 needs none)

        need_ffmpeg(suffix)


def write_audio(  # noqa: PLR0913 (each is the wish of one caller)
    mixer: Mixer,
    timeline: Timeline,
    path: Path,
    *,
    bitrate: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    pieces: Kept | None = None,
    tags: Kept | None = None,
    workers: int = 1,
    label: Label | None = None,
) -> None:
    """Write the session to `path` in the format its suffix names, at `bitrate` kbit/s where that means something.

    Unless told, that is 64 in mono and 128 in stereo. `progress` is called with the samples done and the samples in all.
    The pieces of an MP3 that are not among `pieces` are encoded in as many threads as `workers`; its tag is made where it
    is not among `tags`. With a `label` it is a track of an album, which is left alone where it would not change. The file appears whole, with its tags and chapters, or not at all, and memory does not grow with
    its length. Raises RequestError `unknown-format` and `bad-bitrate`, and OutputError: `no-ffmpeg`, `encoding-failed`, `unwritable` and its like, `too-long-for-wav`.
    """
    check_format(path, bitrate)
    suffix = path.suffix.lower()
    channels = mixer.channels
    rate = DEFAULT_BITRATES[channels] if bitrate is None else bitrate
    if suffix == ".wav" and mixer.frames * 2 * channels > LARGEST:
        raise OutputError(problem("too-long-for-wav", path=path))
    with atomic_file(path, keep_same=label is not None) as file:
        if suffix == ".mp3":
            tag = partial(session_tag, timeline, tags, label)
            write_mp3(file, mixer, bitrate=rate, tag=tag, kept=pieces, workers=workers, progress=progress)
        elif suffix == ".wav":
            _write_wav(file, _counted(mixer, progress), channels)
        else:
            from voiceguide.audio.convert import Form, convert  # noqa: PLC0415 (an MP3 needs none)
            from voiceguide.audio.id3 import NO_LABEL  # noqa: PLC0415 (as above)

            blocks = _counted(mixer, progress)
            form = Form(suffix, channels, rate, label or NO_LABEL)
            convert(blocks, timeline, file.name, form, shown=path)


def _counted(mixer: Mixer, progress: Callable[[int, int], None] | None) -> Iterator[Pcm]:
    done = 0
    for block in mixer.blocks():
        yield block
        done += len(block)
        if progress is not None:
            progress(done, mixer.frames)


def _write_wav(file: BinaryIO, blocks: Iterator[Pcm], channels: int) -> None:
    with open_wav(file, channels) as writer:
        for block in blocks:
            writer.writeframesraw(frames(block))
