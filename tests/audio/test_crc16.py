"""The checksum of the Info frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio.crc16 import Crc16, crc16


def bit_by_bit(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
    return value


def test_the_check_value_is_the_published_one() -> None:
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=1500))
def test_it_is_what_dividing_bit_by_bit_gives(data: bytes) -> None:
    assert crc16(data) == bit_by_bit(data)


@given(st.lists(st.binary(max_size=600), max_size=6))
def test_bytes_may_come_in_any_pieces(pieces: list[bytes]) -> None:
    running = Crc16()
    for piece in pieces:
        running.update(piece)
    assert running.value == crc16(b"".join(pieces))
