"""MP3: frames of constant bit rate from LAME, and the Info frame before them, which LAME's binding leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voiceguide.audio.clip import FRAME, RATE, Pcm
from voiceguide.audio.crc16 import crc16
from voiceguide.errors import RequestError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""kbit/s of MPEG-1 Layer III."""

ENCODER_DELAY = 576
"""Samples LAME puts before the first; a decoder adds 529 of its own."""
DELAY = ENCODER_DELAY + 529
"""Both together."""
QUALITY = 2
"""LAME's, from 0 (slow) to 9."""

SIDE_INFORMATION = {1: 17, 2: 32}
"""Bytes of it in a frame, by the number of channels."""
# The last byte of a header: which channels, and that this is an original.
_MONO, _STEREO, _JOINT_STEREO = 0xC4, 0x04, 0x44
_JOINT_UP_TO = 128  # kbit/s: what LAME's presets make of two channels
_INFO_LENGTH = 4 + 120 + 36  # header, Xing part, LAME part
_LAME_SCALE = {192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}
_LAME_SCALE_BELOW = 0.95


def check_bitrate(bitrate: int) -> None:
    """Raise RequestError `bad-bitrate` for what MPEG-1 Layer III does not have (kbit/s)."""
    if bitrate not in BITRATES:
        raise RequestError(problem("bad-bitrate", bitrate=bitrate, known=", ".join(map(str, BITRATES))))


def encoded(blocks: Iterable[Pcm], *, channels: int = 1, bitrate: int = 64) -> Iterator[bytes]:
    """The blocks, mono or stereo, as an MP3 stream of their own at 48 kHz and `bitrate` kbit/s, part by part.

    It needs nothing that stands before it. A sample is decoded `DELAY` samples behind its place, and at least as many
    come after the last; memory does not grow. Raises RequestError `bad-bitrate`.
    """
    import lameenc  # noqa: PLC0415 (only what was not encoded before needs it)

    check_bitrate(bitrate)
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(bitrate)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_channels(channels)
    encoder.set_quality(QUALITY)
    encoder.silence()
    fed = False
    for block in blocks:
        fed = True
        yield bytes(encoder.encode(_as_lame_scales(block, bitrate).astype("<i2").tobytes()))
    if fed:
        yield bytes(encoder.flush())


def frames_of(samples: int) -> int:
    """The frames that so many samples take, and what comes behind them in coding and decoding."""
    return -(-(samples + DELAY) // FRAME) if samples else 0


def info_frame(
    bitrate: int,
    channels: int,
    *,
    samples: int,
    audio_bytes: int,
    audio_crc: int,
    delay: int = ENCODER_DELAY,
    frames: int | None = None,
) -> bytes:
    """The first frame of a CBR MP3 of `audio_bytes` bytes: silence that carries the Info tag.

    It has so many `frames`, which are all of one size unless told, and a player skips the `delay`, 4,095 at most, and 529
    samples more. After Gabriel Bouvigne's "Mp3 Info Tag revision 1 specification", as LAME's VbrTag.c writes it.
    """
    size = info_frame_size(bitrate, channels)
    frames = audio_bytes // frame_size(bitrate) if frames is None else frames
    padding = frames * FRAME - delay - samples if samples else 0
    whole = size + audio_bytes
    # Every frame has the same size, so the seek table is a straight line that starts behind this frame.
    seek_table = bytes(
        min(255, 256 * (size + audio_bytes * percent // 100) // whole) for percent in range(100)
    )
    tag = b"".join(
        (
            _header(size, bitrate, channels),
            bytes(SIDE_INFORMATION[channels]),
            b"Info",
            (0x0F).to_bytes(4, "big"),  # frames, bytes, seek table and quality follow
            frames.to_bytes(4, "big"),
            whole.to_bytes(4, "big"),
            seek_table,
            (100 - 10 * QUALITY).to_bytes(4, "big"),
            b"LAME3.100",  # decoders read the delays only behind a name they know
            bytes([0x01, 0]),  # constant bit rate; low pass unknown
            bytes(8),  # peak and replay gains: not measured
            bytes([0, min(bitrate, 255)]),
            (delay << 12 | padding).to_bytes(3, "big"),
            bytes([0x80, 0]),  # the source had 48 kHz; no gain changed
            bytes(2),  # no preset
            whole.to_bytes(4, "big"),
            audio_crc.to_bytes(2, "big"),
        )
    )
    return (tag + crc16(tag).to_bytes(2, "big")).ljust(size, b"\0")


def _header(size: int, bitrate: int, channels: int) -> bytes:
    """The header of a frame of `size` bytes in a stream of `bitrate`.

    MPEG-1 Layer III, 48 kHz, no checksum, no padding, original.
    """
    index = 1 + [frame_size(known) for known in BITRATES].index(size)
    stereo = _JOINT_STEREO if bitrate <= _JOINT_UP_TO else _STEREO
    return bytes([0xFF, 0xFB, index << 4 | 0x4, _MONO if channels == 1 else stereo])


def frame_size(bitrate: int) -> int:
    """Bytes of a frame: at 48 kHz every bit rate comes out even, so that no frame is ever padded."""
    return FRAME // 8 * bitrate * 1000 // RATE


def info_frame_size(bitrate: int, channels: int) -> int:
    """Bytes of the Info frame: the stream's own frame, or the smallest the tag fits in."""
    least = max(_INFO_LENGTH + SIDE_INFORMATION[channels], frame_size(bitrate))
    return next(size for size in map(frame_size, BITRATES) if size >= least)


def _as_lame_scales(block: Pcm, bitrate: int) -> Pcm:
    """The block with what LAME's presets take off again put on (measured: 0.45 dB up to 160 kbit/s), so that it keeps its loudness."""
    scale = _LAME_SCALE.get(bitrate, _LAME_SCALE_BELOW)
    if scale == 1.0 or not block.any():
        return block
    return np.clip(np.rint(block / scale), -32768, 32767).astype(np.int16)
