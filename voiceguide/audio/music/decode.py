"""Decoding: an audio file of any length as a stream of stereo samples at 48 kHz.

pydub decodes a file as a whole, which for two hours is over a gigabyte: so miniaudio streams what it knows, and
ffmpeg the rest.
"""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import closing
from typing import IO, TYPE_CHECKING, Literal, cast

import numpy as np

from voiceguide.audio.clip import RATE
from voiceguide.audio.ffmpeg import find_ffmpeg, need_ffmpeg, reading
from voiceguide.audio.music.tracks import DECODED_HERE
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_Coding = Literal["wav", "flac", "vorbis", "mp3"]

_CHUNK = 16_384
_LOWEST_RATE = 1_000
_HIGHEST_RATE = 768_000
_BYTES_OF_FRAME = 2 * 4


def decoded(path: Path) -> Generator[NDArray[np.float32], None, None]:
    """The file's samples in blocks of shape (n, 2), full scale 1.0, at 48 kHz; close it when enough was taken.

    A file that breaks off is given as far as it goes. Raises OutputError: `unreadable-music` where there is no sound
    to be had from it at all, `no-ffmpeg` where it takes ffmpeg and there is none.
    """
    _check_readable(path)
    some = False
    for decoder in _decoders(path):
        with closing(decoder) as blocks:
            for block in blocks:
                some = some or len(block) > 0
                yield block
        if some:
            return
    raise OutputError(problem("unreadable-music", path=path, reason="it is damaged, or not audio"))


def _check_readable(path: Path) -> None:
    """Tell what a decoder would not: it has no words for a file that it cannot open."""
    try:
        path.stat()
        # Opening a pipe would wait for whoever writes to it.
        if path.is_file():
            path.open("rb").close()
            return
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(problem("unreadable-music", path=path, reason=reason)) from error
    raise OutputError(problem("unreadable-music", path=path, reason="it is not an ordinary file"))


def _decoders(path: Path) -> Iterator[Generator[NDArray[np.float32], None, None]]:
    """What may decode the file, the likelier first; a name says less of a file than how it begins."""
    with path.open("rb") as file:
        head = file.read(64)
    coding = _coding(head, path.suffix.lower())
    if coding is not None:
        yield _by_miniaudio(path, coding)
    if coding is None and (path.suffix.lower() not in DECODED_HERE or head.startswith(b"OggS")):
        yield _by_ffmpeg(path, need_ffmpeg(str(path)))
    elif program := find_ffmpeg():
        yield _by_ffmpeg(path, program)


def _coding(head: bytes, suffix: str) -> _Coding | None:
    """What miniaudio calls the kind of file that begins like this; None for one it does not know.

    It is not asked itself: it finds frames of MP3 in anything.
    """
    if head[:4] in (b"RIFF", b"RIFX", b"RF64"):
        return "wav"
    if head[:4] == b"fLaC":
        return "flac"
    if head[:4] == b"OggS" and b"\x01vorbis" in head:
        return "vorbis"
    # Eleven bits of sync, any version, layer III; a tag may stand before files of other kinds too.
    synchronized = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2  # noqa: PLR2004 (bits of a header)
    if synchronized or (head[:3] == b"ID3" and suffix == ".mp3"):
        return "mp3"
    return None


def _by_miniaudio(path: Path, coding: _Coding) -> Generator[NDArray[np.float32], None, None]:
    """The samples; none where miniaudio does not know the file."""
    import miniaudio  # noqa: PLC0415 (only music needs it)
    import soxr  # noqa: PLC0415 (as above)

    try:
        rate = getattr(miniaudio, f"{coding}_get_file_info")(str(path)).sample_rate
        if not _LOWEST_RATE <= rate <= _HIGHEST_RATE:
            return
        # At the file's own rate: miniaudio's resampler is linear.
        stream = miniaudio.stream_file(str(path), miniaudio.SampleFormat.FLOAT32, 2, rate, _CHUNK)
    except miniaudio.MiniaudioError:
        return
    resampler = None if rate == RATE else soxr.ResampleStream(rate, RATE, 2, "float32", "HQ")
    with closing(stream):
        while True:
            try:
                samples = next(stream)
            except (StopIteration, miniaudio.MiniaudioError):
                break
            block = np.asarray(samples, dtype=np.float32).reshape(-1, 2)
            yield block if resampler is None else resampler.resample_chunk(block)
    if resampler is not None:
        yield resampler.resample_chunk(np.zeros((0, 2), dtype=np.float32), last=True)


def _by_ffmpeg(path: Path, program: str) -> Generator[NDArray[np.float32], None, None]:
    """The samples; none where ffmpeg finds no sound in the file."""
    source = ["-nostdin", "-v", "error", *reading(path)]
    command = [program, *source, "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said)  # noqa: S603 (our own arguments, no shell)
        pipe = cast("IO[bytes]", process.stdout)
        try:
            while data := pipe.read(_CHUNK * _BYTES_OF_FRAME):
                whole = len(data) // _BYTES_OF_FRAME * _BYTES_OF_FRAME
                yield np.frombuffer(data[:whole], dtype="<f4").astype(np.float32).reshape(-1, 2)
        finally:
            process.kill()
            pipe.close()
            process.wait()
