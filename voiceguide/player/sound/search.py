"""Opening a sound device again after it was lost, without ever waiting for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import DeviceError, RequestError
from voiceguide.player.sound.errand import Errand
from voiceguide.player.sound.feed import Feed
from voiceguide.player.sound.watch import Watchdog

if TYPE_CHECKING:
    from voiceguide.player.sound.stream import Stream, Streams
    from voiceguide.player.transport import Transport

TRY_EVERY = 10
"""Rounds between two tries: half a second."""
FAITHFUL_ROUNDS = 100
"""For 5 s nothing else is opened than the device that was wanted, on the sound system that it was lost on."""
HANGING_ROUNDS = 100
"""A try that has taken 5 s is not waited for: another one begins beside it."""
HANGING_TRIES = 3


class Line(NamedTuple):
    """A stream, and what feeds it."""

    stream: Stream
    feed: Feed

    def close(self) -> None:
        """Take no more samples, and close the stream; it may take long, or hang."""
        self.feed.retire()
        self.stream.close()


def open_line(streams: Streams, feed: Feed, name: str | None, kind: str | None = None) -> Line:
    """A stream on the device called `name` that plays the feed; raises what `Streams.open` raises."""
    return Line(streams.open(name, feed.channels, feed.take, kind), feed)


class Search:
    """Closes the stream that was lost, and tries every half second to open one for the device called `wanted`.

    None is the default device; it is also taken after 5 s where the wanted one is not there. Whatever may hang is done
    on other threads.
    """

    def __init__(self, streams: Streams, transport: Transport, wanted: str | None, lost: Stream) -> None:
        self._streams = streams
        self._transport = transport
        self._wanted = wanted
        self._kind = lost.kind
        self._closing = Errand(lost.close)
        self._rounds = 0
        self._tried_at = 0
        self._tries: list[Errand[Line]] = []
        self._opened: Line | None = None
        self._watchdog: Watchdog | None = None

    def finds(self) -> Line | None:
        """A line on which samples are asked for, to be asked once a round; None where there is none yet."""
        self._rounds += 1
        self._collect()
        if self._opened is None or self._watchdog is None:
            if self._due:
                self._tried_at = self._rounds
                self._tries.append(Errand(self._open))
            return None
        if self._opened.feed.flowing:
            found, self._opened = self._opened, None
            return found
        if self._watchdog.bites():
            Errand(self._opened.close)
            self._opened = None
        return None

    def close(self) -> None:
        """Search no more: what is open, and what may still be opened, is closed."""
        for attempt in self._tries:
            attempt.drop(Line.close)
        if self._opened is not None:
            Errand(self._opened.close)

    @property
    def _due(self) -> bool:
        """Whether it is time for the next try; for the first when the lost device is closed, or hangs."""
        since = self._rounds - self._tried_at
        if not self._tried_at:
            return self._closing.done or since >= TRY_EVERY
        if self._tries:
            return since >= HANGING_ROUNDS and len(self._tries) < HANGING_TRIES
        return since >= TRY_EVERY

    def _open(self) -> Line:
        if self._rounds <= FAITHFUL_ROUNDS:
            return open_line(self._streams, Feed(self._transport), self._wanted, self._kind)
        try:
            return open_line(self._streams, Feed(self._transport), self._wanted)
        except (DeviceError, RequestError):
            if self._wanted is None:
                raise
            return open_line(self._streams, Feed(self._transport), None)

    def _collect(self) -> None:
        """Take what the tries have opened: one line, the others are closed."""
        for attempt in [attempt for attempt in self._tries if attempt.done]:
            self._tries.remove(attempt)
            try:
                line = attempt.result()
            except (DeviceError, RequestError):
                # It is not there yet; it is tried again.
                continue
            if self._opened is None:
                self._opened, self._watchdog = line, Watchdog(line.stream, line.feed)
            else:
                Errand(line.close)
