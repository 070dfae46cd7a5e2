"""The pieces an MP3 is spliced from: each distinct one is encoded once and kept.

A piece is a stream of its own that begins and ends in quiet on a whole frame, so that it may stand between any others: its
first frame needs no bits of the frame before, and nothing of it sounds on in the frame after.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from voiceguide.arenas import share_one
from voiceguide.audio.clip import FRAME, RATE
from voiceguide.audio.crc16 import crc16
from voiceguide.audio.mp3 import QUALITY, encoded, frame_size
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from concurrent.futures import Executor, Future
    from contextlib import ExitStack

    from voiceguide.audio.clip import Pcm
    from voiceguide.audio.stretches import Stretch

LONGEST = 20 * RATE // FRAME
"""Frames of a piece that is encoded at once, 20 s; a longer one is encoded, and kept, part by part."""

_VERSION = 1  # part of every key: to be raised when `encoded` makes another stream of the same samples
_BLOCK = 32 * FRAME
_MEMORY_BYTES = 8 * 1024 * 1024


class Session(Protocol):
    """Samples at 48 kHz that can be cut: a `Mixer` is one."""

    @property
    def frames(self) -> int:
        """How many samples there are in each channel."""
        ...

    @property
    def channels(self) -> int:
        """1 or 2."""
        ...

    @property
    def quiet(self) -> Pcm:
        """What quiet stretches are made of, over and over: whole MP3 frames."""
        ...

    def read(self, start: int, count: int, /) -> Pcm:
        """The samples from `start` on, zeros past the end."""
        ...

    def stretches(self, frames: int, /) -> Iterator[Stretch]:
        """All of it, as so many MP3 frames."""
        ...


class Kept(Protocol):
    """What keeps pieces under a key: a `Store` is one."""

    def get(self, key: str, /) -> bytes | None:
        """The very bytes that were put under the key, or None."""
        ...

    def put(self, key: str, data: bytes, /) -> bool:
        """Keep the bytes, where that is possible."""
        ...


@dataclass(frozen=True)
class Piece:
    """Whole frames."""

    data: bytes

    @cached_property
    def crc(self) -> int:
        """Their CRC-16/ARC."""
        return crc16(self.data)


Run = tuple[Piece, int]
"""A piece, and how many times over."""
Begun = Callable[[], Iterable[Run]]
"""Waits for the pieces of a stretch."""


class Workshop:
    """Makes the pieces of a session at `bitrate` kbit/s, in so many threads as `workers`, which end with `stack`.

    What is `kept` is not made again, and memory does not grow.
    """

    def __init__(
        self, session: Session, bitrate: int, kept: Kept | None, workers: int, stack: ExitStack
    ) -> None:
        self.frame_bytes = frame_size(bitrate)
        self._session = session
        self._bitrate = bitrate
        self._kept = kept
        self._workers = workers
        self._stack = stack
        self._pool: Executor | None = None
        self._keys: dict[tuple[int, tuple[tuple[int, Hashable], ...]], str] = {}
        self._made: OrderedDict[str, Future[Piece] | _Ready] = OrderedDict()
        self._held_bytes = 0

    def begin(self, stretch: Stretch) -> Begun:
        """Have the pieces of a stretch made, in a thread where there are several; gives what waits for them.

        That raises what the session raises, and OutputError `encoder-broken`.
        """
        if stretch.quiet:
            return lambda: self._quiet(stretch.frames)
        if stretch.frames > LONGEST:
            return lambda: self._long(stretch)
        made = self._short(stretch)
        return lambda: [(made.result(), 1)]

    @cached_property
    def _silence(self) -> Piece:
        samples = self._session.quiet
        return self._of(self._key([samples]), samples).result()

    def _quiet(self, frames: int) -> Iterator[Run]:
        times, rest = divmod(frames * self.frame_bytes, len(self._silence.data))
        yield self._silence, times
        yield Piece(self._silence.data[:rest]), 1

    def _short(self, stretch: Stretch) -> Future[Piece] | _Ready:
        sound = (stretch.frames, stretch.sounds)
        key = self._keys.get(sound)
        if key is not None and key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        samples = self._session.read(stretch.start, stretch.samples)
        self._keys[sound] = self._key([samples])
        return self._of(self._keys[sound], samples)

    def _long(self, stretch: Stretch) -> Iterator[Run]:
        """The piece of a stretch part by part: from what is kept, as far as that goes."""
        whole = self._key(self._blocks(stretch))
        starts = range(0, stretch.frames, LONGEST)
        keys = [f"{whole}{number:04}" for number in range(len(starts))]
        sizes = [min(LONGEST, stretch.frames - start) * self.frame_bytes for start in starts]
        done = 0
        for key, size in zip(keys, sizes, strict=True):
            part = self._get(key, size)
            if part is None:
                break
            yield part, 1
            done += 1
        else:
            return
        # One stream from its beginning: the parts that are there already are made once more, and dropped.
        for number, part in enumerate(self._encoded(self._blocks(stretch), sizes)):
            if number >= done:
                self._put(keys[number], part)
                yield part, 1

    def _blocks(self, stretch: Stretch) -> Iterator[Pcm]:
        end = stretch.start + stretch.samples
        for start in range(stretch.start, end, _BLOCK):
            yield self._session.read(start, min(_BLOCK, end - start))

    def _of(self, key: str, samples: Pcm) -> Future[Piece] | _Ready:
        """The piece of these samples, whole frames of them: kept, or begun."""
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        size = self._size(samples)
        found = self._get(key, size)
        made = _Ready(found) if found else self._start(key, samples)
        self._made[key] = made
        self._held_bytes += size
        while self._held_bytes > _MEMORY_BYTES and len(self._made) > 1:
            _, oldest = self._made.popitem(last=False)
            self._held_bytes -= len(oldest.result().data)
        return made

    def _start(self, key: str, samples: Pcm) -> Future[Piece] | _Ready:
        if self._workers == 1:
            return _Ready(self._make(key, samples))
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (only new pieces need it)

            share_one()
            self._pool = self._stack.enter_context(ThreadPoolExecutor(self._workers, "encoder"))
        return self._pool.submit(self._make, key, samples)

    def _make(self, key: str, samples: Pcm) -> Piece:
        (piece,) = self._encoded([samples], [self._size(samples)])
        self._put(key, piece)
        return piece

    def _encoded(self, blocks: Iterable[Pcm], sizes: list[int]) -> Iterator[Piece]:
        """The blocks as one stream, in parts of these sizes in bytes, without what is left."""
        held = bytearray()
        stream = encoded(blocks, channels=self._session.channels, bitrate=self._bitrate)
        for size in sizes:
            while len(held) < size:
                more = next(stream, None)
                if more is None:
                    raise OutputError(problem("encoder-broken", reason="its stream is too short"))
                held += more
            yield Piece(bytes(held[:size]))
            del held[:size]

    def _size(self, samples: Pcm) -> int:
        return len(samples) // FRAME * self.frame_bytes

    def _key(self, blocks: Iterable[Pcm]) -> str:
        """The hash of the samples and of all else that shapes their frames."""
        settings = f"mp3 {_VERSION} {self._session.channels} {self._bitrate} {QUALITY}"
        digest = hashlib.sha256(settings.encode())
        for block in blocks:
            digest.update(block.data)
        return digest.hexdigest()

    def _get(self, key: str, size: int) -> Piece | None:
        data = self._kept.get(key) if self._kept else None
        return Piece(data) if data and len(data) == size else None

    def _put(self, key: str, piece: Piece) -> None:
        if self._kept:
            self._kept.put(key, piece.data)


class _Ready:
    """A piece that is there already, where others are still being encoded."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece

    def result(self) -> Piece:
        return self._piece
