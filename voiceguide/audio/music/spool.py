"""The spool: decoded samples in a file without a name, to be read again from anywhere in them."""

from __future__ import annotations

import tempfile
from threading import Lock
from typing import TYPE_CHECKING, Self

import numpy as np

from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_BYTES_OF_FRAME = 2 * 2


class Spool:
    """Stereo samples of 16 bits in a temporary file of `folder`, which is made where there is none.

    The file has no name where the system allows it, and is gone once the spool is closed or the program has ended.
    One thread may append while others read. Raises OutputError `no-room-for-music` where it cannot be made or takes no more.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The file has one position for reading and writing.
        self._lock = Lock()
        self.frames = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Unbuffered, so that a full disk is met where it can be told.
            self._file = tempfile.TemporaryFile(prefix="voiceguide-", dir=folder, buffering=0)  # noqa: SIM115 (closed by close)
        except OSError as error:
            raise self._no_room(error) from error

    def append(self, block: NDArray[np.float32]) -> None:
        """Keep the samples, shape (n, 2), full scale 1.0; what is beyond full scale is clipped."""
        samples = np.clip(np.rint(block * 32767.0), -32768, 32767).astype(np.int16)
        data = memoryview(samples.tobytes())
        try:
            with self._lock:
                self._file.seek(self.frames * _BYTES_OF_FRAME)
                while data:
                    data = data[self._file.write(data) :]
        except OSError as error:
            raise self._no_room(error) from error
        self.frames += len(samples)

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """The samples from `start` on, shape (count, 2), in units of 16 bits; both must lie in what was appended."""
        data = bytearray()
        with self._lock:
            self._file.seek(start * _BYTES_OF_FRAME)
            while len(data) < count * _BYTES_OF_FRAME:
                more = self._file.read(count * _BYTES_OF_FRAME - len(data))
                if not more:
                    raise EOFError(f"the spool has {self.frames} frames, not {start + count}")
                data += more
        return np.frombuffer(data, dtype=np.int16).reshape(-1, 2).astype(np.float32)

    def close(self) -> None:
        """Give the disk its room back."""
        with self._lock:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _no_room(self, error: OSError) -> OutputError:
        reason = (error.strerror or str(error)).lower()
        return OutputError(problem("no-room-for-music", path=self._folder, reason=reason))
