"""The supply: the tracks of a piece of music, decoded in a thread of its own, no further than they are wanted."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from threading import Condition, Thread
from typing import TYPE_CHECKING, Self

from voiceguide.audio.clip import RATE
from voiceguide.audio.loudness import ratio
from voiceguide.audio.music.decode import decoded
from voiceguide.audio.music.measure import check_length, measured
from voiceguide.audio.music.order import CROSSFADE, Order

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.audio.music.measures import Measures
    from voiceguide.audio.music.spool import Spool

MARGIN = 30 * RATE
"""Samples of a track that are decoded beyond what is wanted, so that a session may get longer without waiting."""

# The length of a track as long as its end is not known.
_ENDLESS = 1 << 62
# Where a wait cannot be interrupted, as on Windows, Ctrl-C is seen after so many seconds.
_LOOK_AGAIN_S = 0.1


@dataclass(frozen=True)
class Track:
    """Where a track's samples begin in the spool, and the gain that gives it its loudness."""

    start: int
    gain: float


@dataclass(frozen=True)
class Stock:
    """What is decoded: of the session's samples the first `ready`, and which turns of which tracks they come from."""

    tracks: tuple[Track, ...]
    order: Order
    ready: int


class _Closed(Exception):  # noqa: N818 (closing is not an error)
    """The supply was closed while its thread was at work."""


class Supply:
    """Tracks decoded into `spool`, each with the gain that makes it as loud as `loudness` (LUFS).

    What makes decoding fail is raised, on the thread that asks, where more is asked for than was decoded by then. A
    track that is wanted for long is open for long: close the supply, which ends its thread at once.
    """

    def __init__(
        self, paths: Sequence[Path], spool: Spool, loudness: float, measures: Measures | None
    ) -> None:
        self._paths = paths
        self._spool = spool
        self._loudness = loudness
        self._measures = measures
        self._changed = Condition()
        self._stock = Stock((), Order([_ENDLESS]), 0)
        self._wanted = 0
        self._failure: BaseException | None = None
        self._closed = False
        # A thread in a system call that does not come back is no reason for the program to stay.
        self._thread = Thread(target=self._run, name="music", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def want(self, frames: int) -> None:
        """Have at least the first `frames` samples of the session decoded."""
        with self._changed:
            self._wanted = max(self._wanted, frames)
            self._changed.notify_all()

    def ready(self, most: int) -> int:
        """The samples of the session, at most `most`, that are decoded."""
        with self._changed:
            if self._stock.ready < most:
                self._check()
            return min(self._stock.ready, most)

    def stock(self, needed: int) -> Stock:
        """What is decoded once the first `needed` samples are, which must be wanted: it is waited for."""
        with self._changed:
            while self._stock.ready < needed:
                self._check()
                self._changed.wait(_LOOK_AGAIN_S)
            return self._stock

    def _check(self) -> None:
        """Raise what keeps the stock from growing."""
        if self._failure is not None:
            raise self._failure
        if self._closed:
            raise ValueError("the music is closed")

    def _run(self) -> None:
        try:
            self._decode()
        except _Closed:
            pass
        except BaseException as error:
            # Raised where more is asked for.
            with self._changed:
                self._failure = error
                self._changed.notify_all()

    def _decode(self) -> None:
        lengths: list[int] = []
        found: tuple[Track, ...] = ()
        for path in self._paths:
            order = Order([*lengths, _ENDLESS])
            # If the track is short, it begins later: less of the one before passes into it.
            start = order.starts[-1]
            self._give(Stock(found, order, start))
            self._wait_until_wanted()
            track = Track(self._spool.frames, ratio(self._loudness - self._measured(path)))
            found = (*found, track)
            frames = 0
            with closing(self._blocks(path)) as blocks:
                for block in blocks:
                    self._spool.append(block)
                    frames = self._spool.frames - track.start
                    # The last of it may fade out, if nothing follows.
                    if frames >= 2 * CROSSFADE:
                        self._give(Stock(found, order, start + frames - CROSSFADE))
                    self._wait_until_wanted(MARGIN)
            check_length(path, frames)
            lengths.append(frames)
        self._give(Stock(found, Order(lengths), _ENDLESS))

    def _measured(self, path: Path) -> float:
        def measure() -> float:
            with closing(self._blocks(path)) as blocks:
                return measured(path, blocks)

        return measure() if self._measures is None else self._measures.loudness(path, measure)

    def _blocks(self, path: Path) -> Generator[NDArray[np.float32], None, None]:
        """The track's samples, until the supply is closed."""
        with closing(decoded(path)) as blocks:
            for block in blocks:
                if self._closed:
                    raise _Closed
                yield block

    def _give(self, stock: Stock) -> None:
        with self._changed:
            self._stock = stock
            self._changed.notify_all()

    def _wait_until_wanted(self, margin: int = 0) -> None:
        with self._changed:
            while not self._closed and self._stock.ready >= self._wanted + margin:
                self._changed.wait()
            if self._closed:
                raise _Closed
