"""The checksum of MPEG audio tags: CRC-16 with polynomial 0x8005, reflected, starting at 0 (known as CRC-16/ARC)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PIECE = 256
_REFLECTED = 0xA001


class Crc16:
    """A running CRC-16/ARC: `update` with bytes as they come, `extend` with those whose checksum is known."""

    def __init__(self) -> None:
        self.value = 0
        """The checksum of everything taken in so far."""

    def update(self, data: bytes) -> None:
        """Take in the next bytes."""
        self.extend(crc16(data), len(data))

    def extend(self, crc: int, length: int, times: int = 1) -> None:
        """Take in `length` bytes of this checksum, `times` over: what it costs hardly depends on either."""
        while times:
            if times & 1:
                self.value = joined(self.value, crc, length)
            crc, length, times = joined(crc, crc, length), 2 * length, times >> 1


def joined(first: int, second: int, length: int) -> int:
    """The CRC-16/ARC of bytes whose checksum is `first` and of `length` bytes behind them whose checksum is `second`."""
    # From a start of 0 the checksum is linear over GF(2): what came before only passes through as many zero bytes.
    return _applied(_zeros(length), first) ^ second


def crc16(data: bytes) -> int:
    """The CRC-16/ARC of `data`."""
    tables = _tables()
    cut = len(data) // _PIECE * _PIECE
    # Each piece's own share is independent of the others, so numpy takes all at once.
    pieces = np.frombuffer(data, dtype=np.uint8, count=cut).reshape(-1, _PIECE)
    shares = np.bitwise_xor.reduce(tables[np.arange(_PIECE), pieces], axis=1)
    first, second, last = tables[0].tolist(), tables[1].tolist(), tables[-1].tolist()
    value = 0
    for share in shares.tolist():
        value = share ^ first[value & 0xFF] ^ second[value >> 8]
    for byte in data[cut:]:
        value = last[(value ^ byte) & 0xFF] ^ (value >> 8)
    return value


@lru_cache(maxsize=4096)
def _zeros(length: int) -> tuple[int, ...]:
    """What so many zero bytes make of a checksum: of each of its bits, lowest first."""
    if length == 0:
        return tuple(1 << place for place in range(16))
    half = _zeros(length >> 1)
    whole = tuple(_applied(half, column) for column in half)
    if length & 1:
        last = _tables()[-1].tolist()
        whole = tuple(last[column & 0xFF] ^ (column >> 8) for column in whole)
    return whole


def _applied(columns: tuple[int, ...], value: int) -> int:
    result = 0
    for place, column in enumerate(columns):
        if value >> place & 1:
            result ^= column
    return result


@cache
def _tables() -> NDArray[np.uint16]:
    """What a byte with the value of the column adds to a piece's checksum from the place of the row."""
    crc = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        crc = np.where(crc & 1, (crc >> 1) ^ _REFLECTED, crc >> 1).astype(np.uint16)
    tables = np.empty((_PIECE, 256), dtype=np.uint16)
    tables[-1] = crc
    for row in range(_PIECE - 2, -1, -1):
        later = tables[row + 1]
        tables[row] = crc[later & 0xFF] ^ (later >> 8)
    return tables
