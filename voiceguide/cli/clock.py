"""What time it is, as whoever started the program tells it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import click


def local_now() -> datetime:
    """The time of this machine with its offset from UTC."""
    return datetime.now().astimezone()


def now(context: click.Context) -> datetime:
    """The time with its offset from UTC, as `run` was told it."""
    clock: Callable[[], datetime] = context.obj
    return clock()


def today(context: click.Context) -> date:
    """The date where the listener is."""
    return now(context).date()
