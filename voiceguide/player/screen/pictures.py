"""A view that draws the session as a picture, again and again, on the whole screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from rich.text import Text

from voiceguide.player.screen.view import clean
from voiceguide.player.status import moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console, ConsoleOptions, RenderableType

    from voiceguide.player.screen.terminal import Screen
    from voiceguide.player.status import Status

# How long a remark is shown: some seconds, and more for what takes longer to read.
_SHOWN_S = 4.0
_LETTER_S = 0.06


class Picture(Protocol):
    """How a moment is drawn."""

    def __call__(self, now: Status, remark: str, options: ConsoleOptions, *, keys: bool) -> RenderableType:
        """The picture; `remark` is empty where there is none to show, `keys` says whether there are any.

        `options` has the screen's size.
        """
        ...


class PictureView:
    """Draws each moment on the screen, in the size that it has then; a remark is shown some seconds of `clock`."""

    def __init__(
        self,
        screen: Screen,
        console: Console,
        picture: Picture,
        *,
        keys: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._screen = screen
        self._console = console
        self._picture = picture
        self._keys = keys
        self._clock = clock
        self._now: Status | None = None
        self._remark = ""
        self._remark_until = 0.0

    def show(self, now: Status) -> None:
        """Draw this moment."""
        # What something else wrote on the screen is gone at the next moment at the latest.
        whole = self._now is None or moment(now) != moment(self._now)
        self._now = now
        if self._clock() >= self._remark_until:
            self._remark = ""
        console = self._console
        console.size = self._screen.size or console.size
        with console.capture() as drawn:
            console.print(self._picture(now, self._remark, console.options, keys=self._keys))
        lines = drawn.get().split("\n")[: console.height]
        self._screen.draw(lines, whole=whole)

    def tell(self, text: str) -> None:
        """Draw the remark."""
        self._remark = clean(text)
        self._remark_until = self._clock() + _SHOWN_S + _LETTER_S * len(text)
        if self._now is not None:
            self.show(self._now)


def line(text: str, style: str = "", *, options: ConsoleOptions) -> Text:
    """A line of a picture, cut off where it is too long."""
    return Text(clean(text), style=style, no_wrap=True, overflow="crop" if options.ascii_only else "ellipsis")


def state_line(state: str, width: int, options: ConsoleOptions) -> Text:
    """A state across the whole width in reversed colours, which terminals without colours show too; or nothing."""
    return line(f" {state} ".ljust(width) if state else "", "bold reverse" if state else "", options=options)


def key_lines(now: Status, options: ConsoleOptions) -> list[str]:
    """What the keys do, in as many lines as it takes; none where the session is over."""
    arrows = "arrows" if options.ascii_only else "←→"
    space = (
        "pause" if now.going in ("playing", "preparing") else "start" if now.going == "starting" else "go on"
    )
    keys = (
        f"space {space}",
        "n next",
        "b back",
        "r repeat",
        "s side",
        f"{arrows} 10 s",
        "+- 5 s",
        "? help",
        "q stop",
    )
    lines: list[str] = []
    if now.going == "over":
        return lines
    for key in keys:
        if lines and len(lines[-1]) + 2 + len(key) <= options.max_width:
            lines[-1] += f"  {key}"
        else:
            lines.append(key)
    return lines
