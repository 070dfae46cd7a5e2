"""Job control: the terminal is given back before a shell stops this program, and taken again when it goes on."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

if sys.platform == "win32":

    def in_foreground(terminal: int) -> bool:  # noqa: ARG001 (Windows has no jobs)
        """Windows has no jobs."""
        return True

    @contextmanager
    def job_control(*_: Callable[[], object]) -> Iterator[None]:
        """Windows has no jobs."""
        yield

else:
    import os
    import signal
    import threading

    def in_foreground(terminal: int) -> bool:
        """Whether this program may read and change the terminal with this descriptor without being stopped for it."""
        try:
            return os.tcgetpgrp(terminal) == os.getpgrp()
        except OSError:
            # A terminal, but not the one that controls this process.
            return True

    @contextmanager
    def job_control(give_back: Callable[[], object], take_again: Callable[[], object]) -> Iterator[None]:
        """Call `give_back` before this process is stopped by Ctrl-Z, and `take_again` when it goes on.

        It may go on in the background; reading and writing there do not stop it. Blocks of it nest: the inner one
        gives back first and takes again last. Both are called between any two steps of the main thread. Other
        threads cannot have signals: for them the block does nothing.
        """
        numbers = (signal.SIGTSTP, signal.SIGCONT, signal.SIGTTIN, signal.SIGTTOU)
        before = {number: signal.getsignal(number) for number in numbers}
        if threading.current_thread() is not threading.main_thread() or None in before.values():
            yield
            return

        def stop(number: int, frame: FrameType | None) -> None:
            give_back()
            outer = before[signal.SIGTSTP]
            if callable(outer):
                outer(number, frame)
            else:
                _stop_here()
            take_again()

        def go_on(number: int, frame: FrameType | None) -> None:
            outer = before[signal.SIGCONT]
            if callable(outer):
                outer(number, frame)
            take_again()

        try:
            # Who started it with Ctrl-Z ignored wants it so.
            if before[signal.SIGTSTP] is not signal.SIG_IGN:
                signal.signal(signal.SIGTSTP, stop)
            signal.signal(signal.SIGCONT, go_on)
            signal.signal(signal.SIGTTIN, signal.SIG_IGN)
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop_here() -> None:
        """Do what Ctrl-Z does by default; returns when the process goes on, at once where no shell could continue it."""
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        # Sent to this thread, so that it does not run on before the process stops.
        signal.pthread_kill(threading.get_ident(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
