"""Parts of an MP3 that play one after the other as the whole does: the very frames of it, cut anywhere, none encoded again.

A frame is decoded from the bits of those before it (its main data may begin in their space, the bit reservoir) and from
what they leave in the decoder's transform and filter bank, which reaches 1,105 samples back. So a part begins with the
frame in which its first sample was encoded, and has the decoder skip what comes before that sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.audio.clip import FRAME
from voiceguide.audio.crc16 import crc16
from voiceguide.audio.mp3 import (
    BITRATES,
    DELAY,
    ENCODER_DELAY,
    SIDE_INFORMATION,
    frame_size,
    info_frame,
)
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path

_HEADER, _ID3_HEADER = 4, 10
_MOST_BORROWED = 511  # bytes of earlier frames: `main_data_begin` has nine bits
_SYNC, _AT_48_KHZ, _MONO = b"\xff\xfb", 0x04, 0b11
_MODE_EXTENSION = 0x30


@dataclass(frozen=True)
class Frames:
    """The `count` frames of an MP3 that `write_mp3` wrote, all of one size, behind its tag and its Info frame."""

    file: BinaryIO
    start: int
    count: int
    bitrate: int
    channels: int

    def read(self, first: int, last: int) -> bytes:
        """The frames from the first to the last, which is among them."""
        size = frame_size(self.bitrate)
        self.file.seek(self.start + first * size)
        return self.file.read((min(last, self.count - 1) - first + 1) * size)


def open_frames(file: BinaryIO, path: Path) -> Frames:
    """The frames of an MP3 of ours; raises OutputError `not-our-mp3`, which shows `path`, for any other file."""
    size = file.seek(0, 2)
    file.seek(0)
    at = 0
    head = file.read(_ID3_HEADER)
    if head[:3] == b"ID3" and len(head) == _ID3_HEADER:
        # Four bytes of seven bits each.
        at = _ID3_HEADER + sum(byte << 7 * place for place, byte in enumerate(reversed(head[6:])))
    info = _format(file, at)
    audio = _format(file, at + info[0]) if info else None
    if info is None or audio is None or (size - at - info[0]) % audio[0]:
        raise OutputError(problem("not-our-mp3", path=path))
    start = at + info[0]
    return Frames(file, start, (size - start) // audio[0], audio[1], audio[2])


def part(frames: Frames, start: int, end: int) -> bytes:
    """The samples from `start` to `end` as an MP3 without a tag: as many as these, and the same, where Info is read.

    Raises nothing for what lies in the session; `start` is less than `end`.
    """
    first, last = start // FRAME, (end + DELAY - 1) // FRAME
    body = frames.read(first, last)
    lent = _lent(frames, first, body)
    audio = lent + body
    return (
        info_frame(
            frames.bitrate,
            frames.channels,
            samples=end - start,
            audio_bytes=len(audio),
            audio_crc=crc16(audio),
            delay=ENCODER_DELAY + start % FRAME + (FRAME if lent else 0),
            frames=len(body) // frame_size(frames.bitrate) + (1 if lent else 0),
        )
        + audio
    )


def _lent(frames: Frames, first: int, body: bytes) -> bytes:
    """A frame of silence that ends with the bytes which the first of a part takes from those before; none if it takes none."""
    borrowed = body[_HEADER] << 1 | body[_HEADER + 1] >> 7
    if not borrowed:
        return b""
    size, edge = frame_size(frames.bitrate), _HEADER + SIDE_INFORMATION[frames.channels]
    reach = -(-_MOST_BORROWED // (size - edge))
    before = frames.read(max(0, first - reach), first - 1)
    data = b"".join(before[at + edge : at + size] for at in range(0, len(before), size))
    room = next(one for one in map(frame_size, BITRATES) if one >= max(size, edge + borrowed))
    index = 1 + [frame_size(known) for known in BITRATES].index(room)
    header = bytes([*body[:2], index << 4 | body[2] & 0x0F, body[3] & ~_MODE_EXTENSION])
    return header + bytes(room - _HEADER - borrowed) + data[-borrowed:]


def _format(file: BinaryIO, at: int) -> tuple[int, int, int] | None:
    """Bytes, kbit/s and channels of the frame there; None where there is none of MPEG-1 Layer III at 48 kHz."""
    file.seek(at)
    header = file.read(_HEADER)
    if len(header) < _HEADER or header[:2] != _SYNC or header[2] & 0x0F != _AT_48_KHZ:
        return None
    index = header[2] >> 4
    if not 1 <= index <= len(BITRATES):
        return None
    bitrate = BITRATES[index - 1]
    return frame_size(bitrate), bitrate, 1 if header[3] >> 6 == _MONO else 2
