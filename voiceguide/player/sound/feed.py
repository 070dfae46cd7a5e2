"""What a sound device is given: the session's samples in bytes, and silence around them."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from voiceguide.audio.clip import SAMPLES_PER_MS

if TYPE_CHECKING:
    from voiceguide.player.transport import Transport

PERIOD_MS = 120
PERIODS = 2
"""What a device is asked to buffer; PulseAudio buffers one period, and miniaudio up to another one.

Measured on it with two cores and four busy processes, a minute each: with periods of 60 ms sound came late three times,
by 35 ms at most, with 100, 120 and 150 ms never. With about twelve busy processes all came late now and then, 60 and
100 ms most. A pause is heard 150 ms after it is commanded, 220 at most.
"""

BUFFER = PERIODS * PERIOD_MS * SAMPLES_PER_MS
"""Samples of that: at most so many are taken and not heard yet."""

# PulseAudio's null sink was seen to swallow up to 15 ms of a stream.
_LEAD_IN = 30 * SAMPLES_PER_MS
_DRAIN = 2 * BUFFER


class Feed:
    """Takes samples from the transport for one stream of a device, from `go_live` until `retire`.

    Before, after, and where the transport fails or is over, there is silence. With a `lead_in` it is live from the
    start, after a moment of silence. `take` is called on the device's thread.
    """

    def __init__(self, transport: Transport, *, lead_in: bool = False) -> None:
        self._transport = transport
        self._lock = Lock()
        self._live = lead_in
        self._lead_in = _LEAD_IN if lead_in else 0
        self._taken = 0
        self._asked = 0
        self._drained = 0
        self._error: BaseException | None = None

    @property
    def channels(self) -> int:
        """1 or 2."""
        return self._transport.channels

    @property
    def asked(self) -> int:
        """How many samples the device has asked for."""
        return self._asked

    @property
    def flowing(self) -> bool:
        """Whether the device has asked for more than it buffers, so that it plays them."""
        return self._asked > BUFFER

    @property
    def finished(self) -> bool:
        """Whether the last sample of the transport has left the device's buffer; raises what reading has raised."""
        if self._error is not None:
            raise self._error
        return self._drained >= _DRAIN

    def go_live(self) -> None:
        """Take samples from now on."""
        with self._lock:
            self._live = True

    def retire(self) -> int:
        """Take no more, which holds when this returns; gives how many of the samples taken were not heard, at most."""
        with self._lock:
            self._live = False
            return min(self._taken, BUFFER)

    def take(self, count: int) -> bytes:
        """The next `count` samples for the device: 16 bits, all channels; raises nothing."""
        with self._lock:
            self._asked += count
            samples = self._samples(count) if self._live else b""
        return samples + bytes(2 * self.channels * count - len(samples))

    def _samples(self, count: int) -> bytes:
        quiet = min(count, self._lead_in)
        self._lead_in -= quiet
        try:
            block = self._transport.read(count - quiet)
            over = self._transport.over
        except BaseException as error:
            # It would be lost in the device's thread: `finished` raises it where the session is attended to.
            self._error = error
            self._live = False
            return b""
        self._taken += len(block)
        self._drained = self._drained + count if over and not len(block) else 0
        return bytes(2 * self.channels * quiet) + block.tobytes()
