"""A source mixed before it is needed, so that a device's thread has only to copy."""

from __future__ import annotations

from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING, Self

import numpy as np

from voiceguide.audio.clip import FRAME

if TYPE_CHECKING:
    from types import TracebackType

    from numpy.typing import NDArray

    from voiceguide.player.transport import PcmSource

BLOCK = 8 * FRAME
"""Samples that are mixed at once, 192 ms: the stretches in which voice and music are mixed."""

BLOCKS = 11
"""How many blocks are kept mixed from the last read on: 2 s, whatever the time in its block."""


class Ahead:
    """A source of which a thread mixes the next 2 s; a source itself, and bit for bit the same.

    What is read and not mixed yet, after a skip, is mixed in the reading thread. Reads may come from any thread; the
    source is read by one at a time. Where it fails ahead of time nothing is heard of that: `read` meets it in its turn.
    """

    def __init__(self, source: PcmSource, start: int = 0) -> None:
        """Mixing begins at once, with the sample `start`; `close` ends it."""
        self._source = source
        self._reading = Lock()
        # All that follows is looked at and changed where this is held, and never while the source is read.
        self._changed = Condition()
        self._mixed: dict[int, NDArray[np.int16]] = {}
        self._next = start // BLOCK
        self._failed: int | None = None
        self._hurried = 0
        self._closed = False
        self._thread = Thread(target=self._mix_ahead, name="mixing ahead", daemon=True)
        self._thread.start()

    @property
    def frames(self) -> int:
        """The samples of the whole session, in each channel."""
        return self._source.frames

    @property
    def channels(self) -> int:
        """1 or 2."""
        return self._source.channels

    @property
    def ready(self) -> int:
        """The source's: nothing after it is mixed ahead, so that nothing is waited for."""
        return self._source.ready

    def read(self, start: int, count: int) -> NDArray[np.int16]:
        """Exactly the `count` samples from `start` on, zeros past the end; raises what the source's `read` raises."""
        block = np.zeros(count if self.channels == 1 else (count, self.channels), dtype=np.int16)
        at = start
        while at < start + count:
            part = self._mixed_part(at, start + count)
            if part is None:
                part = self._mix_now(at, min(start + count, (at // BLOCK + 1) * BLOCK))
            block[at - start : at - start + len(part)] = part
            at += len(part)
        with self._changed:
            self._next = (start + count) // BLOCK
            self._changed.notify()
        return block

    def close(self) -> None:
        """Mix no more ahead: when this returns, only whoever calls `read` still reads the source."""
        with self._changed:
            self._closed = True
            self._mixed.clear()
            self._changed.notify()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _mixed_part(self, start: int, end: int) -> NDArray[np.int16] | None:
        """What is mixed from `start` on, up to `end` or the end of its block."""
        with self._changed:
            block = self._mixed.get(start // BLOCK)
        return None if block is None else block[start % BLOCK : start % BLOCK + end - start]

    def _mix_now(self, start: int, end: int) -> NDArray[np.int16]:
        """The samples from `start` to `end`, in one block; the thread lets this go first."""
        with self._changed:
            self._hurried += 1
        try:
            with self._reading:
                # The thread may have been at this very block.
                part = self._mixed_part(start, end)
                return self._source.read(start, end - start) if part is None else part
        finally:
            with self._changed:
                self._hurried -= 1
                self._changed.notify()

    def _mix_ahead(self) -> None:
        while (number := self._await_block()) is not None:
            try:
                with self._reading:
                    block = self._source.read(number * BLOCK, BLOCK)
            except Exception:
                # `read` meets it again, if it ever comes to this block.
                with self._changed:
                    self._failed = number
            else:
                with self._changed:
                    self._mixed[number] = block

    def _await_block(self) -> int | None:
        """The next block to be mixed, waiting until there is one; None when all is over."""
        with self._changed:
            while True:
                if self._closed:
                    return None
                number = None if self._hurried else self._wanted()
                if number is not None:
                    return number
                self._changed.wait()

    def _wanted(self) -> int | None:
        """The first block after the last read that is not mixed; those out of reach are forgotten."""
        ready = self.ready
        end = -(-ready // BLOCK) if ready >= self.frames else ready // BLOCK
        wanted = range(self._next, min(self._next + BLOCKS, end))
        for number in [number for number in self._mixed if number not in wanted]:
            del self._mixed[number]
        if self._failed not in wanted:
            self._failed = None
        # Nothing is mixed past a failure: reading ends there.
        missing = next((number for number in wanted if number not in self._mixed), None)
        return None if missing == self._failed else missing
