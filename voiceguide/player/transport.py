"""Where a session stands and which samples come next: play, pause, move and stop, without any device or timeline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from voiceguide.audio.clip import SAMPLES_PER_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.audio.clip import Clip

State = Literal["playing", "paused", "stopped", "finished"]

FADE = 20 * SAMPLES_PER_MS
"""Samples of a fade, where sound is broken off or taken up again."""

# Half a Hann window: it starts and ends without a corner.
_FADE_IN = 0.5 - 0.5 * np.cos(np.pi * (np.arange(FADE) + 0.5) / FADE)
# Music makes way for a remark as it does for the voice; the silence around a remark is as long as that takes.
_SOFTER = 10 ** (-7 / 20)
_DOWN = 100 * SAMPLES_PER_MS
_UP = 300 * SAMPLES_PER_MS
# So much silence before a sound means that it begins there.
_QUIET = 5 * SAMPLES_PER_MS
_FULL_SCALE = np.iinfo(np.int16)


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

    @property
    def ready(self) -> int:
        """How many samples from the start can be read without waiting for them to be made."""
        ...

    def read(self, start: int, count: int, /) -> NDArray[np.int16]:
        """Exactly the `count` samples from `start` on, zeros past the end."""
        ...


@dataclass(frozen=True)
class _Ahead:
    """What is to be heard: the rest of a fade-out, then remarks, the lead-in, and the session from `position` on.

    `over` is heard together with the lead-in and the session, which `room` makes softer meanwhile. `faded_in` is how
    much of the session's fade-in is behind us.
    """

    position: int
    tail: NDArray[np.int16]
    remark: NDArray[np.int16]
    lead_in: NDArray[np.int16]
    over: NDArray[np.int16]
    room: NDArray[np.float64]
    faded_in: int = FADE


class Transport:
    """A session being played; a device's thread may read while another gives the commands.

    Played without a command, `read` gives the source's samples bit for bit. A move takes effect at once: what would
    have come next is heard fading out over 20 ms, and what comes instead fades in over 20 ms, unless it begins there. A
    pause keeps the position at which it was asked for, so that nothing is lost to the fade.
    """

    def __init__(self, source: PcmSource, start: int = 0) -> None:
        """Begin at the sample `start`."""
        self._source = source
        self._channels = source.channels
        # Reentrant, so that the properties may be used where it is held.
        self._lock = RLock()
        nothing = self._silence(0)
        self._ahead = _Ahead(start, nothing, nothing, nothing, nothing, np.zeros(0))
        self._halted: Literal["paused", "stopped"] | None = None
        self._limit: int | None = None
        self._open = False
        self._played = 0
        self._since_move = 0

    @property
    def position(self) -> int:
        """The next sample of the source to be played."""
        with self._lock:
            return self._ahead.position

    @property
    def frames(self) -> int:
        """The samples of the whole session, in each channel."""
        with self._lock:
            return self._source.frames

    @property
    def channels(self) -> int:
        """The source's: 1 for blocks of shape (n,), 2 for blocks of shape (n, 2)."""
        return self._channels

    @property
    def played(self) -> int:
        """The samples of the session that were read, what was heard twice counted twice."""
        with self._lock:
            return self._played

    @property
    def state(self) -> State:
        """What is going on; a stop or the end is final."""
        with self._lock:
            if self._halted == "stopped":
                return "stopped"
            if self._at_end and not self._open:
                return "finished"
            return self._halted or "playing"

    @property
    def remarking(self) -> bool:
        """Whether a remark is being heard, or will be."""
        with self._lock:
            return bool(len(self._ahead.remark) or len(self._ahead.over))

    @property
    def interrupted(self) -> bool:
        """Whether the session waits for a remark to be over."""
        with self._lock:
            return bool(len(self._ahead.remark))

    @property
    def over(self) -> bool:
        """Whether everything has been read that there is to hear."""
        with self._lock:
            ended = self.state in ("stopped", "finished")
            return ended and not len(self._ahead.tail) and not len(self._ahead.remark)

    @property
    def resting(self) -> bool:
        """Whether only a command or a new limit brings more sound, and everything before has been read."""
        with self._lock:
            held = self._halted == "paused" or self._ahead.position >= self._end
            return (
                self.state in ("playing", "paused")
                and held
                and not len(self._ahead.tail)
                and not len(self._ahead.remark)
                and (self._halted == "paused" or not len(self._ahead.lead_in))
            )

    @property
    def leading_in(self) -> int:
        """The samples of the lead-in that are still to be heard."""
        with self._lock:
            return len(self._ahead.lead_in)

    @property
    def limit(self) -> int | None:
        """The sample that is not passed: there the session waits in silence. None is no limit."""
        with self._lock:
            return self._limit

    @limit.setter
    def limit(self, sample: int | None) -> None:
        with self._lock:
            self._limit = sample

    def read(self, count: int) -> NDArray[np.int16]:
        """The next `count` samples to be heard, zeros while it waits; fewer at the end, and none once it is over.

        Raises what the source's `read` raises.
        """
        with self._lock:
            before = self._ahead.position
            block, self._ahead = self._advanced(self._ahead, count)
            self._played += self._ahead.position - before
            self._since_move += self._ahead.position - before
            return block

    def move(
        self, position: int | None = None, *, paused: bool | None = None, remark: Clip | None = None
    ) -> None:
        """Break off, remarks too, and go on at `position`, playing or `paused`; None leaves it as it is.

        A `remark`, mono, is heard first, even where it stays paused. What is over takes no move.
        """
        with self._lock:
            if self.state in ("stopped", "finished"):
                return
            if paused is not None:
                halted: Literal["paused"] | None = "paused" if paused else None
            else:
                halted = "paused" if self._halted == "paused" else None
            self._break_off(position, halted, remark)

    def say(self, remark: Clip) -> None:
        """Have a remark heard before the session goes on from where it is, after those that are waiting already."""
        with self._lock:
            if len(self._ahead.remark):
                remarks = np.concatenate((self._ahead.remark, self._heard(remark)))
                self._ahead = replace(self._ahead, remark=remarks)
            else:
                self.move(remark=remark)

    def say_over(self, remark: Clip, in_ms: int = 0) -> None:
        """Have a remark, mono, heard together with what comes in so many ms, which is softer meanwhile.

        One that is heard so already fades out.
        """
        with self._lock:
            self.hush()
            before, heard = self._ahead, self._heard(remark)
            wait = self._silence(max(0, in_ms * SAMPLES_PER_MS - len(before.over)))
            self._ahead = replace(
                before,
                over=np.concatenate((before.over, wait, heard)),
                room=np.concatenate((before.room, np.ones(len(wait)), _room(remark))),
            )

    def hush(self) -> None:
        """Fade a remark out that is heard together with the session."""
        with self._lock:
            rest, room = self._ahead.over[:FADE], self._ahead.room[:FADE]
            fade = _FADE_IN[::-1][: len(rest)]
            self._ahead = replace(self._ahead, over=_faded(rest, fade), room=1 - (1 - room) * fade)

    def lead_in(self, clip: Clip) -> None:
        """Have a clip, mono, heard before the session, wherever that is moved to meanwhile."""
        with self._lock:
            self._ahead = replace(self._ahead, lead_in=self._heard(clip))

    def begin(self) -> None:
        """Leave out the rest of the lead-in."""
        with self._lock:
            self._break_off(None, "paused" if self._halted == "paused" else None, None, lead_in=False)

    def keep_open(self) -> None:
        """Have the session wait at its end, in silence, until it is concluded."""
        with self._lock:
            self._open = True

    def conclude(self, remark: Clip | None) -> None:
        """End the session, which is at its end, after a remark."""
        with self._lock:
            self._open = False
            self._halted = None
            if remark is not None:
                heard = np.concatenate((self._ahead.remark, self._heard(remark)))
                self._ahead = replace(self._ahead, remark=heard)

    def swap(self, source: PcmSource) -> None:
        """Play another source from here on, one that is the same up to here."""
        with self._lock:
            self._source = source

    def unhear(self, samples: int) -> None:
        """Take back the last samples that were read, as far as they go back to the last move, and pause there."""
        with self._lock:
            taken_back = min(samples, self._since_move)
            self._played -= taken_back
            nothing = self._silence(0)
            position = self._ahead.position - taken_back
            self._ahead = _Ahead(
                position, nothing, nothing, self._ahead.lead_in, nothing, np.zeros(0), faded_in=0
            )
            self._since_move = 0
            if self._halted is None:
                self._halted = "paused"

    def stop(self, remark: Clip | None = None) -> None:
        """End the session where it stands, after a remark."""
        with self._lock:
            if self.state not in ("finished", "stopped"):
                self._break_off(None, "stopped", remark)

    @property
    def _end(self) -> int:
        frames = self._source.frames
        return frames if self._limit is None else min(self._limit, frames)

    @property
    def _at_end(self) -> bool:
        return self._ahead.position >= self._source.frames

    def _break_off(
        self,
        position: int | None,
        halted: Literal["paused", "stopped"] | None,
        remark: Clip | None,
        *,
        lead_in: bool = True,
    ) -> None:
        """Let what comes next fade out, then be at `position` and `halted`, after a remark."""
        heard, _ = self._advanced(self._ahead, 0 if self.resting else FADE)
        nothing = self._silence(0)
        self._ahead = _Ahead(
            self._ahead.position if position is None else position,
            _faded(heard, _FADE_IN[::-1][: len(heard)]),
            nothing if remark is None else self._heard(remark),
            self._ahead.lead_in if lead_in else nothing,
            nothing,
            np.zeros(0),
            FADE if position is not None and self._silent_before(position) else 0,
        )
        self._halted = halted
        self._since_move = 0

    def _silent_before(self, position: int) -> bool:
        """Whether what starts there starts from silence, as a word does: then it is heard from its first sample."""
        return position >= _QUIET and not self._source.read(position - _QUIET, _QUIET).any()

    def _advanced(self, ahead: _Ahead, count: int) -> tuple[NDArray[np.int16], _Ahead]:
        """The next samples to be heard, and what is ahead after them."""
        tail = ahead.tail[:count]
        remark = ahead.remark[: count - len(tail)]
        ahead = replace(ahead, tail=ahead.tail[len(tail) :], remark=ahead.remark[len(remark) :])
        wanted = count - len(tail) - len(remark)
        if self._halted == "stopped":
            session = self._silence(0)
        elif self._halted == "paused":
            session = self._silence(wanted if self._open or not self._at_end else 0)
        else:
            session, ahead = self._session(ahead, wanted)
        if not len(tail) and not len(remark):
            return session, ahead
        return np.concatenate((tail, remark, session)), ahead

    def _session(self, ahead: _Ahead, wanted: int) -> tuple[NDArray[np.int16], _Ahead]:
        """The next samples of the lead-in and of the session, silence at its limit."""
        lead_in = ahead.lead_in[:wanted]
        count = max(0, min(wanted - len(lead_in), self._end - ahead.position))
        block = self._source.read(ahead.position, count)
        gains = _FADE_IN[ahead.faded_in : ahead.faded_in + len(block)]
        if len(gains):
            block = block.copy()
            block[: len(gains)] = _faded(block[: len(gains)], gains)
        after = replace(
            ahead,
            position=ahead.position + len(block),
            lead_in=ahead.lead_in[len(lead_in) :],
            faded_in=ahead.faded_in + len(gains),
        )
        waiting = wanted - len(lead_in) - len(block)
        if waiting and (self._open or after.position < self._source.frames):
            block = np.concatenate((block, self._silence(waiting)))
        if len(lead_in):
            block = np.concatenate((lead_in, block))
        over, room = ahead.over[: len(block)], ahead.room[: len(block)]
        if len(over):
            softer = _faded(block[: len(over)], room).astype(np.int32) + over
            block = block.copy()
            block[: len(over)] = np.clip(softer, _FULL_SCALE.min, _FULL_SCALE.max)
            after = replace(after, over=ahead.over[len(over) :], room=ahead.room[len(over) :])
        return block, after

    def _heard(self, clip: Clip) -> NDArray[np.int16]:
        """A mono clip in the session's channels."""
        return clip if self._channels == 1 else np.repeat(clip[:, np.newaxis], self._channels, axis=1)

    def _silence(self, count: int) -> NDArray[np.int16]:
        return np.zeros(count if self._channels == 1 else (count, self._channels), dtype=np.int16)


def _room(remark: Clip) -> NDArray[np.float64]:
    """The gain of what is heard with a remark: 7 dB down while it sounds, there before it and back after it."""
    sounding = np.flatnonzero(remark)
    if not len(sounding):
        return np.ones(len(remark))
    at = np.arange(len(remark))
    down = np.clip((at + _DOWN - sounding[0]) / _DOWN, 0, 1)
    up = np.clip((sounding[-1] + _UP - at) / _UP, 0, 1)
    gain: NDArray[np.float64] = 1 - (1 - _SOFTER) * np.minimum(down, up)
    return gain


def _faded(block: NDArray[np.int16], gains: NDArray[np.float64]) -> NDArray[np.int16]:
    """The block, mono or stereo, with a gain for each moment."""
    faded: NDArray[np.int16] = np.rint(block * (gains if block.ndim == 1 else gains[:, np.newaxis])).astype(
        np.int16
    )
    return faded
