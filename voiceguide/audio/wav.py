"""WAV files of 16-bit samples at 48 kHz, as a render and a capture write them."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.audio.clip import RATE

if TYPE_CHECKING:
    from voiceguide.audio.clip import Pcm

LARGEST = (1 << 32) - 1 - 36
"""Bytes of samples that fit in a file: RIFF counts in 32 bits, its own header included."""


def open_wav(file: BinaryIO, channels: int = 1) -> wave.Wave_write:
    """A writer of frames of so many channels into `file`, to be closed; it mends the header's length where the file can be sought in."""
    writer = wave.open(file, "wb")  # noqa: SIM115 (the caller closes it)
    writer.setnchannels(channels)
    writer.setsampwidth(2)
    writer.setframerate(RATE)
    return writer


def frames(block: Pcm) -> bytes:
    """Samples as the file holds them: little-endian, those of one moment side by side."""
    return block.astype("<i2").tobytes()
