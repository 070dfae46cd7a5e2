"""The panel a terminal shows while a session plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from voiceguide.player.screen.pictures import key_lines, line, state_line
from voiceguide.player.screen.view import clock_time, doing, state

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType

    from voiceguide.player.status import Status

_BORDER_AND_PADDING = 4


def panel(now: Status, remark: str, options: ConsoleOptions, *, keys: bool = True) -> RenderableType:
    """The session in eight lines, whole from 40 columns on; under them the remark, and what the `keys` do."""
    going = state(now)
    rows: list[RenderableType] = [
        line(now.chapter, "bold", options=options),
        line(doing(now), options=options),
        _bar(now, options),
        state_line(going, options.max_width - _BORDER_AND_PADDING, options),
        line(f"Next: {now.next_chapter}" if now.next_chapter else "", options=options),
        line(
            f"Left: {clock_time(now.chapter_left_ms)} here, {clock_time(now.left_ms)} in all", options=options
        ),
    ]
    framed = Panel(
        Group(*rows),
        box=box.HEAVY if going else box.ROUNDED,
        title=line(now.title, options=options),
        title_align="left",
        padding=(0, 1),
    )
    below = [Text(remark, style="bold")] if remark else []
    if keys:
        below += [line(text, "dim", options=options) for text in key_lines(now, options)]
    return Group(framed, *below)


def _bar(now: Status, options: ConsoleOptions) -> RenderableType:
    """How far the span is, heavy what is over and light what is to come, and how much of it is left."""
    if now.span_left_ms is None or now.span_start_ms is None or now.going == "waiting":
        return Text("")
    left = clock_time(now.span_left_ms)
    width = max(0, options.max_width - _BORDER_AND_PADDING - len(left) - 1)
    passed = now.position_ms - now.span_start_ms
    over = width * passed // max(1, passed + now.span_left_ms)
    heavy, light = ("=", "-") if options.ascii_only else ("━", "─")
    return Text.assemble(
        (heavy * over, "cyan"), (light * (width - over), "dim"), (f" {left}", "bold"), no_wrap=True
    )
