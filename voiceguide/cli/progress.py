"""A progress bar on standard error, for what takes over a second; none where that is not a terminal."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Told = Callable[[str, int, int], None]

PATIENCE_S = 1.0

_SHOWN = ContextVar("voiceguide-progress-shown", default=True)
_TOLD: ContextVar[Told | None] = ContextVar("voiceguide-progress-told", default=None)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A function to be called with what is done and how much there is; the bar comes after a second."""
    told = _TOLD.get()
    if told is not None:
        yield partial(told, label)
        return
    if not (_SHOWN.get() and sys.stderr.isatty()):
        yield _nothing
        return
    bar = _Bar(label)
    try:
        yield bar.advance
    finally:
        bar.close()


@contextmanager
def without_progress() -> Iterator[None]:
    """No bars in the block: one process may not draw what another one does."""
    before = _SHOWN.set(False)
    try:
        yield
    finally:
        _SHOWN.reset(before)


@contextmanager
def telling(told: Told) -> Iterator[None]:
    """No bars in the block: `told` is called with the label, what is done and how much there is."""
    before = _TOLD.set(told)
    try:
        yield
    finally:
        _TOLD.reset(before)


def _nothing(_done: int, _total: int) -> None:
    pass


class _Bar:
    def __init__(self, label: str) -> None:
        self._label = label
        self._start = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def advance(self, done: int, total: int) -> None:
        if self._bar is None:
            if time.monotonic() - self._start < PATIENCE_S or done >= total:
                return
            from rich.console import Console  # noqa: PLC0415 (only long work needs it)
            from rich.progress import Progress  # noqa: PLC0415 (as above)

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._label, total=total)
        self._bar.update(self._task, completed=done, total=total)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
