"""Which view a stream gets."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from voiceguide.player.view import PlainView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from voiceguide.player.view import View


@contextmanager
def open_view(stream: TextIO, console: Console | None = None) -> Iterator[View]:
    """The view for `stream`: a panel where it is a terminal that can redraw, plain lines where not.

    `console` is the rich console on it, one of its own by default. The cursor is back when the block ends.
    """
    from rich.console import Console  # noqa: PLC0415 (only a session that is played needs it)

    from voiceguide.player.panel import live_panel  # noqa: PLC0415 (as above)

    console = Console(file=stream) if console is None else console
    if not console.is_terminal or console.is_dumb_terminal:
        yield PlainView(stream)
        return
    with live_panel(console) as view:
        yield view
