"""The checksum of MPEG audio tags: CRC-16 with polynomial 0x8005, reflected, starting at 0 (known as CRC-16/ARC)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PIECE = 256
_REFLECTED = 0xA001


class Crc16:
    """A running CRC-16/ARC: `update` with bytes as they come, `value` at any time."""

    def __init__(self) -> None:
        self._whole = 0
        self._rest = b""

    def update(self, data: bytes) -> None:
        """Take in the next bytes."""
        data = self._rest + data
        cut = len(data) // _PIECE * _PIECE
        self._whole = _crc(self._whole, data[:cut])
        self._rest = data[cut:]

    @property
    def value(self) -> int:
        """The checksum of everything taken in so far."""
        tables = _tables()
        value = self._whole
        for byte in self._rest:
            value = int(tables[-1, (value ^ byte) & 0xFF]) ^ (value >> 8)
        return value


def crc16(data: bytes) -> int:
    """The CRC-16/ARC of `data`."""
    running = Crc16()
    running.update(data)
    return running.value


def _crc(value: int, data: bytes) -> int:
    """The checksum after whole pieces; each piece's own share is independent of the others, so numpy takes all at once."""
    tables = _tables()
    pieces = np.frombuffer(data, dtype=np.uint8).reshape(-1, _PIECE)
    shares = np.bitwise_xor.reduce(tables[np.arange(_PIECE), pieces], axis=1)
    first, second = tables[0].tolist(), tables[1].tolist()
    for share in shares.tolist():
        value = share ^ first[value & 0xFF] ^ second[value >> 8]
    return value


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
