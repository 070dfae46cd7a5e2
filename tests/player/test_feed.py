"""What a device is given, in the order in which it asks."""

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.errors import OutputError
from voiceguide.player.sound.feed import BUFFER, Feed
from voiceguide.player.transport import FADE, Transport

from .support import MS, SECOND, Samples, noise

LEAD_IN = 30 * MS


def taken(feed: Feed, count: int, times: int = 1) -> list[np.ndarray[tuple[int, ...], np.dtype[np.int16]]]:
    """What the feed gives for so many times `count` samples."""
    blocks = [np.frombuffer(feed.take(count), dtype=np.int16) for _ in range(times)]
    return [block if feed.channels == 1 else block.reshape(-1, feed.channels) for block in blocks]


@pytest.mark.parametrize("channels", [1, 2])
def test_silence_is_fed_around_the_session_until_the_devices_buffer_holds_nothing_else(channels: int) -> None:
    session = noise(SECOND // 2, channels)
    feed = Feed(Transport(session), lead_in=True)
    blocks = []
    while not feed.finished:
        blocks += taken(feed, 2_000)
    heard = np.concatenate(blocks)
    end = LEAD_IN + session.frames
    assert {len(block) for block in blocks} == {2_000}
    assert np.array_equal(heard[LEAD_IN:end], session.pcm)
    assert not heard[:LEAD_IN].any()
    assert not heard[end:].any()
    assert len(heard) - end >= BUFFER


def test_nothing_is_taken_before_it_is_live() -> None:
    transport = Transport(noise(SECOND))
    feed = Feed(transport)
    assert not taken(feed, 4_800)[0].any()
    feed.go_live()
    assert np.array_equal(taken(feed, 4_800)[0], noise(SECOND).pcm[:4_800])


def test_retired_it_takes_nothing_and_gives_silence() -> None:
    transport = Transport(noise(SECOND))
    feed = Feed(transport, lead_in=True)
    taken(feed, LEAD_IN + 4_800)
    feed.retire()
    assert not taken(feed, 4_800)[0].any()
    assert transport.position == 4_800


@pytest.mark.parametrize(
    ("samples", "unheard"), [(LEAD_IN, 0), (LEAD_IN + 100, 100), (LEAD_IN + BUFFER + 100, BUFFER)]
)
def test_unheard_is_what_was_taken_and_may_be_in_the_devices_buffer(samples: int, unheard: int) -> None:
    feed = Feed(Transport(noise(SECOND)), lead_in=True)
    taken(feed, samples)
    assert feed.retire() == unheard


def test_a_device_plays_when_it_has_asked_for_more_than_it_buffers() -> None:
    feed = Feed(Transport(noise(SECOND)))
    taken(feed, BUFFER)
    assert (feed.asked, feed.flowing) == (BUFFER, False)
    taken(feed, 1)
    assert (feed.asked, feed.flowing) == (BUFFER + 1, True)


class Failing(Samples):
    """A source that fails in its second half."""

    def read(self, start: int, count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
        if start + count > self.frames // 2:
            raise OutputError
        return super().read(start, count)


def test_a_failure_is_silence_for_the_device_and_raised_where_it_is_attended_to() -> None:
    feed = Feed(Transport(Failing(noise(SECOND).pcm)))
    feed.go_live()
    blocks = taken(feed, SECOND // 4, times=4)
    assert [bool(block.any()) for block in blocks] == [True, True, False, False]
    with pytest.raises(OutputError):
        _ = feed.finished


def test_a_session_that_is_stopped_ends_with_its_fade() -> None:
    transport = Transport(noise(SECOND))
    feed = Feed(transport)
    feed.go_live()
    taken(feed, 4_800)
    transport.stop()
    block = taken(feed, 4_800)[0]
    assert block[:FADE].any()
    assert not block[FADE:].any()
    assert not feed.finished
    taken(feed, 2 * BUFFER)
    assert feed.finished
