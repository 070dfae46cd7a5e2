"""Where a session stands and which samples come next: play, pause, skip and stop, without any device."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from threading import RLock
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from voiceguide.audio.clip import SAMPLES_PER_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

State = Literal["playing", "paused", "stopped", "finished"]

FADE = 20 * SAMPLES_PER_MS
"""Samples of a fade, where sound is broken off or taken up again."""

RESTART_WITHIN = 3_000 * SAMPLES_PER_MS
"""Up to here into a chapter, going back means the chapter before."""

# Half a Hann window: it starts and ends without a corner.
_FADE_IN = 0.5 - 0.5 * np.cos(np.pi * (np.arange(FADE) + 0.5) / FADE)


class PcmSource(Protocol):
    """A session's samples: 48 kHz int16, mono of shape (n,) or stereo of shape (n, 2)."""

    @property
    def frames(self) -> int:
        """The samples of the whole session, in each channel."""
        ...

    @property
    def channels(self) -> int:
        """1 or 2."""
        ...

    def read(self, start: int, count: int, /) -> NDArray[np.int16]:
        """Exactly the `count` samples from `start` on, zeros past the end."""
        ...


class Transport:
    """A session being played; a device's thread may read while another gives the commands.

    Played without a command, `read` gives the source's samples bit for bit. A command takes effect at once: what
    would have come next is heard fading out over 20 ms, and what comes instead fades in over 20 ms. A pause
    keeps the position at which it was asked for, so that nothing is lost to the fade.
    """

    def __init__(self, source: PcmSource, chapters: Sequence[int]) -> None:
        """`chapters` are the samples at which chapters start, ascending; the session starts at 0."""
        self._source = source
        self._chapters = tuple(chapters) or (0,)
        # Reentrant, so that the properties may be used where it is held.
        self._lock = RLock()
        self._position = 0
        self._halted: Literal["paused", "stopped"] | None = None
        # What is still to be heard of the moment before the last command.
        self._tail = self._silence(0)
        # How much of the fade-in is behind us; whole at the start, which nothing was broken off for.
        self._faded_in = FADE

    @property
    def position(self) -> int:
        """The next sample of the source to be played."""
        with self._lock:
            return self._position

    @property
    def frames(self) -> int:
        """The samples of the whole session, in each channel."""
        return self._source.frames

    @property
    def channels(self) -> int:
        """The source's: 1 for blocks of shape (n,), 2 for blocks of shape (n, 2)."""
        return self._source.channels

    @property
    def state(self) -> State:
        """What is going on; a stop or the end is final."""
        with self._lock:
            if self._halted == "stopped":
                return "stopped"
            if self._position >= self._source.frames:
                return "finished"
            return self._halted or "playing"

    @property
    def over(self) -> bool:
        """Whether everything has been read that there is to hear."""
        with self._lock:
            return self.state in ("stopped", "finished") and not len(self._tail)

    @property
    def resting(self) -> bool:
        """Whether only a command brings more sound: paused, and the fade-out has been read."""
        with self._lock:
            return self.state == "paused" and not len(self._tail)

    def read(self, count: int) -> NDArray[np.int16]:
        """The next `count` samples to be heard, zeros while paused; fewer at the end, and none once it is over.

        Raises what the source's `read` raises.
        """
        with self._lock:
            block, self._position, self._faded_in = self._ahead(count)
            self._tail = self._tail[count:]
            return block

    def toggle_pause(self) -> None:
        """Pause, or go on from where it was paused."""
        with self._lock:
            if self.state == "playing":
                self._break_off(self._position, "paused")
            elif self.state == "paused":
                self._break_off(self._position, None)

    def next_chapter(self) -> None:
        """Go to the start of the next chapter, or in the last one to the end of the session."""
        with self._lock:
            index = bisect_right(self._chapters, self._position)
            self._jump(self._chapters[index] if index < len(self._chapters) else self._source.frames)

    def previous_chapter(self) -> None:
        """Go to the start of the chapter, or within its first 3 s to the start of the one before."""
        with self._lock:
            start = self._chapters[max(0, bisect_right(self._chapters, self._position) - 1)]
            if self._position - start <= RESTART_WITHIN:
                start = self._chapters[max(0, bisect_left(self._chapters, start) - 1)]
            self._jump(start)

    def stop(self) -> None:
        """End the session where it stands."""
        with self._lock:
            if self.state != "finished":
                self._break_off(self._position, "stopped")

    def _jump(self, position: int) -> None:
        """Go on from `position`, playing or paused as before."""
        if self.state in ("playing", "paused"):
            self._break_off(position, self._halted)

    def _break_off(self, position: int, halted: Literal["paused", "stopped"] | None) -> None:
        """Let what comes next fade out, then be at `position` and in the state `halted`."""
        ahead, _, _ = self._ahead(0 if self.resting else FADE)
        self._tail = _faded(ahead, _FADE_IN[::-1][: len(ahead)])
        self._position = position
        self._halted = halted
        self._faded_in = 0

    def _ahead(self, count: int) -> tuple[NDArray[np.int16], int, int]:
        """The next samples to be heard, with the position and the progress of the fade-in after them."""
        tail = self._tail[:count]
        wanted = count - len(tail)
        if self._halted == "paused" and self._position < self._source.frames:
            return np.concatenate((tail, self._silence(wanted))), self._position, self._faded_in
        left = 0 if self._halted else self._source.frames - self._position
        block = self._source.read(self._position, min(wanted, left))
        gains = _FADE_IN[self._faded_in : self._faded_in + len(block)]
        if len(gains):
            block = block.copy()
            block[: len(gains)] = _faded(block[: len(gains)], gains)
        return (
            np.concatenate((tail, block)) if len(tail) else block,
            self._position + len(block),
            self._faded_in + len(gains),
        )

    def _silence(self, count: int) -> NDArray[np.int16]:
        return np.zeros(count if self.channels == 1 else (count, self.channels), dtype=np.int16)


def _faded(block: NDArray[np.int16], gains: NDArray[np.float64]) -> NDArray[np.int16]:
    """The block, mono or stereo, with a gain for each moment."""
    faded: NDArray[np.int16] = np.rint(block * (gains if block.ndim == 1 else gains[:, np.newaxis])).astype(
        np.int16
    )
    return faded
