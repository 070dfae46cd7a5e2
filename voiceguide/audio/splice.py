"""An MP3 spliced from pieces: what sounds is encoded once for each distinct piece, silence is one frame, over and over."""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.audio.clip import FRAME
from voiceguide.audio.crc16 import Crc16
from voiceguide.audio.mp3 import check_bitrate, frames_of, info_frame, info_frame_size
from voiceguide.audio.pieces import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.audio.pieces import Begun, Kept, Run, Session

_AHEAD = 8  # stretches that are begun before the first is needed, for each thread
_PART_BYTES = 1 << 20


def write_mp3(
    file: BinaryIO,
    session: Session,
    *,
    bitrate: int = 64,
    tag: Callable[[], bytes] = bytes,
    kept: Kept | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write what `tag` gives and the session as one MP3 of 48 kHz at `bitrate` kbit/s to a seekable file.

    The Info frame (Xing's, with LAME's extension) tells a player the exact length and what to skip, so that it
    plays the very samples that went in. Pieces that are not `kept` are encoded in as many threads as `workers`; memory
    does not grow with the session. The tag is made while the first are. `progress` is called with the samples done and the
    samples in all. Raises RequestError `bad-bitrate`, OutputError `encoder-broken`, and what the session raises.
    """
    check_bitrate(bitrate)
    crc, size = Crc16(), 0
    with ExitStack() as stack:
        workshop = Workshop(session, bitrate, kept, workers, stack)
        todo = session.stretches(frames_of(session.frames))
        begun = deque(map(workshop.begin, islice(todo, _AHEAD * workers)))
        file.write(tag())
        info_at = file.tell()
        file.write(bytes(info_frame_size(bitrate, session.channels)))
        for piece, times in _runs(begun, map(workshop.begin, todo)):
            crc.extend(piece.crc, len(piece.data), times)
            _write(file, piece.data, times)
            size += len(piece.data) * times
            if progress is not None:
                progress(min(session.frames, size // workshop.frame_bytes * FRAME), session.frames)
    file.seek(info_at)
    file.write(
        info_frame(bitrate, session.channels, samples=session.frames, audio_bytes=size, audio_crc=crc.value)
    )
    file.seek(0, 2)


def _runs(begun: deque[Begun], more: Iterator[Begun]) -> Iterator[Run]:
    """The pieces of what was begun in their order, one more begun for each that is done."""
    while begun:
        yield from begun.popleft()()
        begun.extend(islice(more, 1))


def _write(file: BinaryIO, data: bytes, times: int) -> None:
    at_once = max(1, min(times, _PART_BYTES // max(1, len(data))))
    run = data * at_once
    file.writelines(run for _ in range(times // at_once))
    file.write(data * (times % at_once))
