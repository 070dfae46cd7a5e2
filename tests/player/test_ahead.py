"""Mixing ahead changes nothing of what is heard, only when it is mixed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.errors import OutputError
from voiceguide.player.ahead import BLOCK, BLOCKS, Ahead

from .support import Samples, noise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.player.transport import PcmSource

SESSION = noise(30 * BLOCK + 77)
STEREO = noise(30 * BLOCK + 77, channels=2)
# Far more than any test takes, so that a fault is a failure and no hang.
PATIENCE_S = 60


class Watched(Samples):
    """A source that keeps who read what, can be held up, and can fail from a sample on."""

    def __init__(self, session: Samples, fails_from: int | None = None) -> None:
        super().__init__(session.pcm)
        self.fails_from = fails_from
        self.reads: list[tuple[bool, int, int]] = []
        self.free = threading.Event()
        self.free.set()
        self.made = session.frames
        self.waited_for: list[int] = []
        self._changed = threading.Condition()
        self._reader = threading.get_ident()
        self._inside = 0

    def read(self, start: int, count: int) -> NDArray[np.int16]:
        with self._changed:
            self._inside += 1
            assert self._inside == 1, "two threads read the source at once"
            self.reads.append((threading.get_ident() == self._reader, start, count))
            if min(start + count, self.frames) > self.made:
                self.waited_for.append(start)
            self._changed.notify_all()
        try:
            assert self.free.wait(PATIENCE_S)
            if self.fails_from is not None and start + count > self.fails_from:
                raise OutputError
            return super().read(start, count)
        finally:
            with self._changed:
                self._inside -= 1

    @property
    def ready(self) -> int:
        return self.made

    @property
    def by_reader(self) -> list[tuple[int, int]]:
        """What the reading thread had to mix itself: start and count."""
        return [(start, count) for own, start, count in self.reads if own]

    @property
    def ahead(self) -> list[int]:
        """The blocks that were mixed ahead."""
        return [start // BLOCK for own, start, _ in self.reads if not own]

    def wait_for_block(self, number: int) -> None:
        """Return when this block is being mixed ahead."""
        with self._changed:
            assert self._changed.wait_for(lambda: number in self.ahead, PATIENCE_S)


@pytest.mark.parametrize("session", [SESSION, STEREO])
def test_what_is_read_from_start_to_end_is_the_sources(session: Samples) -> None:
    with Ahead(session) as ahead:
        assert (ahead.frames, ahead.channels) == (session.frames, session.channels)
        read = [ahead.read(at, 2_880) for at in range(0, session.frames, 2_880)]
    assert np.array_equal(np.concatenate(read)[: session.frames], session.pcm)


@given(
    st.lists(
        st.tuples(st.integers(0, SESSION.frames + BLOCK), st.integers(0, 3 * BLOCK)), min_size=1, max_size=12
    ),
    st.sampled_from([SESSION, STEREO]),
)
def test_whatever_is_read_in_whatever_order_is_the_sources(
    reads: list[tuple[int, int]], session: Samples
) -> None:
    with Ahead(session) as ahead:
        for start, count in reads:
            assert np.array_equal(ahead.read(start, count), session.read(start, count))


def test_two_seconds_are_mixed_before_anything_is_read_and_no_more() -> None:
    source = Watched(SESSION)
    with Ahead(source) as ahead:
        source.wait_for_block(BLOCKS - 1)
        ahead.read(0, (BLOCKS - 1) * BLOCK)
        source.wait_for_block(2 * BLOCKS - 2)
        assert source.by_reader == []
    assert source.ahead == list(range(2 * BLOCKS - 1))


def test_mixing_begins_where_the_session_is_said_to_start() -> None:
    source = Watched(SESSION)
    with Ahead(source, start=5 * BLOCK + 3):
        source.wait_for_block(5)
    assert source.ahead[0] == 5


def test_nothing_is_mixed_ahead_that_would_have_to_be_waited_for() -> None:
    source = Watched(SESSION)
    source.made = 3 * BLOCK + 5
    with Ahead(source) as ahead:
        source.wait_for_block(2)
        assert ahead.ready == 3 * BLOCK + 5
        source.made = SESSION.frames
        ahead.read(0, 960)
        source.wait_for_block(BLOCKS - 1)
    assert source.waited_for == []


def test_a_skip_is_mixed_by_its_reader_and_what_follows_it_ahead() -> None:
    source = Watched(SESSION)
    with Ahead(source) as ahead:
        source.wait_for_block(BLOCKS - 1)
        ahead.read(20 * BLOCK + 100, 960)
        source.wait_for_block(30)
        ahead.read(20 * BLOCK + 1_060, 2 * BLOCK)
    assert source.by_reader == [(20 * BLOCK + 100, 960)]
    assert source.ahead == [*range(BLOCKS), *range(20, 31)]


def test_after_a_skip_back_what_was_heard_is_mixed_again() -> None:
    """What lies behind is not kept: memory holds 2 s, not the session."""
    source = Watched(SESSION)
    with Ahead(source, start=20 * BLOCK) as ahead:
        source.wait_for_block(30)
        ahead.read(0, 960)
        source.wait_for_block(10)
        ahead.read(20 * BLOCK, 960)
    assert source.by_reader == [(0, 960), (20 * BLOCK, 960)]


def test_a_reader_who_finds_the_thread_at_his_block_waits_for_it() -> None:
    source = Watched(SESSION)
    source.free.clear()
    with Ahead(source) as ahead:
        source.wait_for_block(0)
        threading.Timer(0.01, source.free.set).start()
        assert np.array_equal(ahead.read(0, 960), SESSION.read(0, 960))
    assert source.by_reader == []


def test_a_failure_comes_out_of_the_read_that_meets_it() -> None:
    source = Watched(SESSION, fails_from=3 * BLOCK + 500)
    with Ahead(source) as ahead:
        source.wait_for_block(3)
        assert np.array_equal(ahead.read(0, 3 * BLOCK + 500), SESSION.read(0, 3 * BLOCK + 500))
        with pytest.raises(OutputError):
            ahead.read(3 * BLOCK, 501)


def test_a_failure_ahead_is_met_by_nobody_who_skips_over_it() -> None:
    source = Watched(SESSION, fails_from=3 * BLOCK)
    with Ahead(source) as ahead:
        source.wait_for_block(3)
        source.fails_from = None
        assert np.array_equal(ahead.read(9 * BLOCK, BLOCK), SESSION.read(9 * BLOCK, BLOCK))
        source.wait_for_block(20)


def test_a_failure_is_not_tried_again_and_again() -> None:
    source = Watched(SESSION, fails_from=0)
    with Ahead(source) as ahead:
        source.wait_for_block(0)
        for _ in range(5):
            with pytest.raises(OutputError):
                ahead.read(0, 960)
    assert source.ahead == [0]


def test_closed_it_mixes_no_more_and_still_gives_what_is_read() -> None:
    source = Watched(SESSION)
    ahead: PcmSource
    with Ahead(source) as ahead:
        source.wait_for_block(0)
    mixed = list(source.ahead)
    assert np.array_equal(ahead.read(4 * BLOCK, 960), SESSION.read(4 * BLOCK, 960))
    assert source.ahead == mixed
