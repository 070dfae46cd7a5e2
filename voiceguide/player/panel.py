"""The panel a terminal shows while a session plays."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from voiceguide.player.view import clock_time, doing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from voiceguide.player.view import Status, View

_KEYS = "space pause  n next  b back  q quit"


@contextmanager
def live_panel(console: Console) -> Iterator[View]:
    """A view on `console` that redraws its panel in place; the cursor is hidden until the block ends."""
    with Live(console=console, auto_refresh=False) as live:
        yield PanelView(live)


class PanelView:
    """A panel that is redrawn in place."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def show(self, now: Status) -> None:
        """Redraw."""
        self._live.update(panel(now), refresh=True)


def panel(now: Status) -> Panel:
    """The session's panel, always six lines within its border, whole from 40 columns on."""

    def line(text: str, style: str = "") -> Text:
        return Text(text, style=style, no_wrap=True, overflow="ellipsis")

    bar: RenderableType = line("")
    if now.span_left_ms is not None and now.span_start_ms is not None:
        passed = now.position_ms - now.span_start_ms
        grid = Table.grid(expand=True, padding=(0, 1))
        grid.add_column(ratio=1)
        grid.add_column(justify="right", no_wrap=True)
        progress = ProgressBar(total=max(1, passed + now.span_left_ms), completed=passed)
        grid.add_row(progress, line(clock_time(now.span_left_ms), "bold"))
        bar = grid
    paused = ("Paused, " if doing(now) else "Paused") if now.paused else ""
    return Panel(
        Group(
            line(now.chapter, "bold"),
            line(paused + doing(now), "yellow" if now.paused else ""),
            bar,
            line(f"Next: {now.next_chapter}" if now.next_chapter else "", "dim"),
            line(f"Left: {clock_time(now.chapter_left_ms)} here, {clock_time(now.left_ms)} in all", "dim"),
            line(_KEYS, "dim"),
        ),
        title=line(now.title),
        title_align="left",
        padding=(0, 1),
    )
