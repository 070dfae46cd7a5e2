"""A stream on miniaudio's device that plays nothing, which takes its samples in real time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from voiceguide.player.sound.devices import Device
from voiceguide.player.sound.stream import NULL, MachineStreams

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 60


class Silence:
    """Gives silence, and can keep the device's thread waiting for it."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.waiting = threading.Semaphore(0)

    def __call__(self, count: int) -> bytes:
        if not self.free.is_set():
            self.waiting.release()
            assert self.free.wait(PATIENCE_S)
        return bytes(2 * count)

    def hold(self) -> None:
        """Return when the device's thread waits."""
        self.free.clear()
        assert self.waiting.acquire(timeout=PATIENCE_S)


@pytest.fixture
def silence() -> Silence:
    return Silence()


@pytest.fixture
def stream(silence: Silence) -> Iterator[Any]:
    stream = MachineStreams().open(None, 1, silence, NULL)
    yield stream
    silence.free.set()
    stream.close()


def test_it_has_stopped_when_the_sound_system_says_so_and_until_it_asks_again(
    stream: Any, silence: Silence
) -> None:
    """A device that was suspended and goes on has not stopped."""
    silence.hold()
    assert not stream.stopped
    stream._playback._stop_callback(None)
    assert stream.stopped
    silence.free.set()
    silence.hold()
    assert not stream.stopped


def test_it_knows_the_devices_of_its_sound_system_until_it_is_closed(stream: Any) -> None:
    assert stream.devices() == (Device("NULL Playback Device", default=True),)
    stream.close()
    assert stream.devices() == ()
