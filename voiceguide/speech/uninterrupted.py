"""Signals held back while a library calls back into Python, where the exception that they raise would be dropped."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Handle Ctrl-C, and being told to end, after the block instead of within it.

    Only the main thread handles signals in Python: on any other nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[tuple[int, FrameType | None]] = []
    ending = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
    handlers = {number: signal.getsignal(number) for number in ending}
    for number, handler in handlers.items():
        if callable(handler):
            signal.signal(number, lambda *received: held.append(received))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            if callable(handler):
                signal.signal(number, handler)
        for number, frame in held:
            handler = handlers[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)
