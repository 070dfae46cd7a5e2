"""The checksum of the Info frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio.crc16 import Crc16, crc16, joined


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


@given(st.binary(max_size=600), st.binary(max_size=600))
def test_of_two_joined_it_is_known_from_those_of_both(first: bytes, second: bytes) -> None:
    assert joined(crc16(first), crc16(second), len(second)) == crc16(first + second)


@given(st.binary(max_size=300), st.binary(max_size=40), st.integers(0, 50))
def test_of_what_is_repeated_it_is_known_from_that_of_one(before: bytes, unit: bytes, times: int) -> None:
    running = Crc16()
    running.update(before)
    running.extend(crc16(unit), len(unit), times)
    assert running.value == crc16(before + unit * times)
