"""Which view a stream gets."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TextIO

from voiceguide.player.commands.jobs import job_control
from voiceguide.player.screen.painter import PATIENCE_S, painting
from voiceguide.player.screen.terminal import Screen
from voiceguide.player.screen.view import PlainView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from voiceguide.player.screen.view import View
    from voiceguide.player.status import Status

# What says of itself that it cannot draw.
_CANNOT_DRAW = ("", "dumb", "unknown")


@contextmanager
def open_view(
    stream: TextIO,
    *,
    plain: bool = False,
    big: bool = False,
    keys: bool = False,
    console: Console | None = None,
) -> Iterator[View]:
    """The view for `stream`: a picture on the whole screen where it is a terminal that can draw, else plain lines.

    `plain` wants lines everywhere, `big` the seconds in large digits; `keys` says that there are keys to be told of.
    `console` is the rich console on the stream, one of its own by default. A thread draws, so that nothing waits for
    a terminal, nor longer than a second in the end; a pipe is waited for. The terminal's screen and cursor are back
    when the block ends, and while Ctrl-Z stops the program.
    """

    def picture() -> View:
        from rich.console import Console  # noqa: PLC0415 (only a terminal needs it)

        from voiceguide.player.screen.big import big as digits  # noqa: PLC0415 (as above)
        from voiceguide.player.screen.panel import panel  # noqa: PLC0415 (as above)
        from voiceguide.player.screen.pictures import PictureView  # noqa: PLC0415 (as above)

        # The environment may say of a pipe that it is a terminal: it may have colours then, but not a screen.
        on = console or Console(file=stream, force_terminal=True)
        return PictureView(screen, on, digits if big else panel, keys=keys)

    if plain or not _can_draw(stream, console):
        with painting(
            PlainView(stream, keys=keys), patience_s=PATIENCE_S if stream.isatty() else None
        ) as view:
            yield view
        return
    screen = Screen(stream)
    with ExitStack() as stack:
        painter = stack.enter_context(painting(_Later(picture), screen=screen))
        stack.enter_context(job_control(painter.rest, screen.forget))
        yield painter


class _Later:
    """A view that is made when it is first needed: in the painter's thread, while the sound begins."""

    def __init__(self, make: Callable[[], View]) -> None:
        self._make = make
        self._view: View | None = None

    def show(self, now: Status) -> None:
        self._made().show(now)

    def tell(self, text: str) -> None:
        self._made().tell(text)

    def _made(self) -> View:
        self._view = self._view or self._make()
        return self._view


def _can_draw(stream: TextIO, console: Console | None) -> bool:
    """Whether the stream is a terminal that can draw; a console knows that of its own."""
    if console is None and not stream.isatty():
        return False
    if console is None and sys.platform == "win32":
        from rich.console import Console  # noqa: PLC0415 (it is slow to import)

        console = Console(file=stream)
    if console is not None:
        return not (console.is_dumb_terminal or console.legacy_windows)
    return os.environ.get("TERM", "") not in _CANNOT_DRAW
