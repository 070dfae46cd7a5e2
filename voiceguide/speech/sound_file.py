"""The sound files that system speech engines write: WAV and AIFF, read without a decoder installed."""

from __future__ import annotations

import struct
import sys
import wave
from array import array
from typing import TYPE_CHECKING, Literal

from voiceguide.speech.engine import Spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_SAMPLE_BYTES = 2
_MANTISSA_BITS = 64
_BYTE_ORDERS: dict[bytes, Literal["big", "little"]] = {b"NONE": "big", b"twos": "big", b"sowt": "little"}


def read_sound(path: Path) -> Spoken:
    """A 16-bit WAV, AIFF or AIFF-C file, its channels mixed to one; raises ValueError for any other or a cut one."""
    data = path.read_bytes()
    try:
        if data[:4] == b"RIFF":
            return _wav(path)
        if data[:4] == b"FORM" and data[8:12] in (b"AIFF", b"AIFC"):
            return _aiff(data)
    except (wave.Error, EOFError, struct.error) as error:
        raise ValueError(str(error) or "cut off") from error
    raise ValueError("neither WAV nor AIFF")


def _wav(path: Path) -> Spoken:
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != _SAMPLE_BYTES:
            raise ValueError("not 16 bit")
        samples = file.readframes(file.getnframes())
        return _mono(samples, "little", file.getnchannels(), file.getframerate())


def _aiff(data: bytes) -> Spoken:
    """AIFF-C, Apple's draft of 1991: big-endian chunks, of which COMM says what the samples in SSND are."""
    chunks = dict(_chunks(data))
    if b"COMM" not in chunks or b"SSND" not in chunks:
        raise ValueError("cut off")
    common = chunks[b"COMM"]
    channels, frames, bits = struct.unpack(">hIh", common[:8])
    order = _BYTE_ORDERS.get(common[18:22] or b"NONE")
    if order is None or bits != 8 * _SAMPLE_BYTES:
        raise ValueError("not 16-bit PCM")
    offset = struct.unpack(">I", chunks[b"SSND"][:4])[0]
    begin = 8 + offset
    samples = chunks[b"SSND"][begin : begin + frames * channels * _SAMPLE_BYTES]
    if len(samples) < frames * channels * _SAMPLE_BYTES:
        raise ValueError("cut off")
    return _mono(samples, order, channels, _extended(common[8:18]))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 12
    while position + 8 <= len(data):
        name, size = struct.unpack(">4sI", data[position : position + 8])
        yield name, data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2


def _extended(field: bytes) -> int:
    """A whole number from an 80-bit float of IEEE 754: sign and exponent in 16 bits, then 64 bits of mantissa."""
    exponent, mantissa = struct.unpack(">HQ", field)
    shift: int = 16383 + _MANTISSA_BITS - 1 - exponent
    if not 0 <= shift < _MANTISSA_BITS:
        raise ValueError("not a sample rate")
    return int(mantissa >> shift)


def _mono(samples: bytes, order: Literal["big", "little"], channels: int, rate: int) -> Spoken:
    if channels < 1 or rate < 1:
        raise ValueError("no channels or no sample rate")
    frame = _SAMPLE_BYTES * channels
    values = array("h", samples[: len(samples) // frame * frame])
    if order != sys.byteorder:
        values.byteswap()
    return Spoken((values if channels == 1 else _mean(values, channels)).tobytes(), rate)


def _mean(values: array[int], channels: int) -> NDArray[np.int16]:
    import numpy as np  # noqa: PLC0415 (most engines speak mono, and start sooner without it)

    mono: NDArray[np.int16] = np.rint(np.asarray(values).reshape(-1, channels).mean(axis=1)).astype(np.int16)
    return mono
