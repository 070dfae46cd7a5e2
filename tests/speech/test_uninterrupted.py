"""Ctrl-C while a library calls back into Python is not lost: it is handled when the library has returned."""

from __future__ import annotations

import ctypes
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from voiceguide.speech.uninterrupted import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _interruptible() -> Iterator[None]:
    """Ctrl-C as Python has it, whoever started the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_callback_that_is_interrupted_goes_on_to_its_end_and_the_interrupt_comes_after_it() -> None:
    reached = []

    def receive() -> None:
        signal.raise_signal(signal.SIGINT)
        reached.append("end")

    callback = ctypes.CFUNCTYPE(None)(receive)
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        callback()
    assert reached == ["end"]


def test_an_interrupt_goes_before_an_error_of_the_block() -> None:
    def fail() -> None:
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            raise ValueError

    with pytest.raises(KeyboardInterrupt):
        fail()


def test_afterwards_signals_are_handled_as_before() -> None:
    with uninterrupted():
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_ignored_signal_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_thread_that_cannot_handle_signals_leaves_them_alone() -> None:
    seen = []

    def work() -> None:
        with uninterrupted():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]
