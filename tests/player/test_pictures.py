"""Pictures drawn one after the other: how long a remark is shown, and what is drawn anew."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console

from voiceguide.player.screen.pictures import PictureView
from voiceguide.player.screen.terminal import Screen

from .stretch import at

if TYPE_CHECKING:
    from rich.console import ConsoleOptions

    from voiceguide.player.status import Status

REMARK = "There is no set to repeat here."


def caption(now: Status, remark: str, options: ConsoleOptions, *, keys: bool) -> str:
    """A picture that is a line of words."""
    words = [now.chapter, str(now.span_left_ms), remark, f"{options.max_width} wide"]
    return ", ".join([*words, "keys"] if keys else words)


@dataclass
class Watch:
    """A clock that is set by hand, in seconds."""

    time_s: float = 100.0

    def __call__(self) -> float:
        return self.time_s


class Wall:
    """What hangs there: a view whose writing is looked at."""

    def __init__(self, *, keys: bool = False) -> None:
        self.watch = Watch()
        self._stream = io.StringIO()
        console = Console(file=self._stream, force_terminal=True, width=60, height=5, color_system=None)
        self.view = PictureView(Screen(self._stream), console, caption, keys=keys, clock=self.watch)

    def written(self) -> str:
        """What was written since this was asked last."""
        text = self._stream.getvalue()
        self._stream.seek(0)
        self._stream.truncate()
        return text


def line(text: str) -> str:
    return f"\x1b[1;1H\x1b[2K{text}"


def test_a_moment_is_drawn_in_the_size_of_the_screen() -> None:
    wall = Wall()
    wall.view.show(at(20))
    assert wall.written().endswith(line("Two, 25000, , 60 wide"))


def test_keys_are_told_of_where_there_are_any() -> None:
    wall = Wall(keys=True)
    wall.view.show(at(20))
    assert wall.written().endswith(line("Two, 25000, , 60 wide, keys"))


def test_a_remark_is_drawn_at_once() -> None:
    wall = Wall()
    wall.view.show(at(20))
    wall.written()
    wall.view.tell(REMARK)
    assert wall.written() == line(f"Two, 25000, {REMARK}, 60 wide")


def test_a_remark_before_the_first_moment_is_drawn_with_it() -> None:
    wall = Wall()
    wall.view.tell(REMARK)
    assert wall.written() == ""
    wall.view.show(at(20))
    assert wall.written().endswith(line(f"Two, 25000, {REMARK}, 60 wide"))


def shown_s(remark: str) -> int:
    """For how many whole seconds a remark is drawn."""
    wall = Wall()
    wall.view.show(at(20))
    wall.view.tell(remark)
    shown = 0
    while remark[:9] in wall.written():
        wall.watch.time_s += 1
        wall.view.show(at(20, going="playing" if shown % 2 else "paused"))
        shown += 1
    return shown - 1


def test_a_remark_is_shown_some_seconds_and_a_long_one_longer() -> None:
    assert shown_s("Resuming.") == 4
    assert shown_s(REMARK) == 5
    assert shown_s(" ".join([REMARK] * 6)) > 12


def test_the_last_remark_takes_the_place_of_the_one_before() -> None:
    wall = Wall()
    wall.view.show(at(20))
    wall.view.tell(REMARK)
    wall.written()
    wall.view.tell("Resuming.")
    assert wall.written() == line("Two, 25000, Resuming., 60 wide")


def test_each_new_moment_is_drawn_over_whatever_is_on_the_screen() -> None:
    """Something else may have written on it."""
    wall = Wall()
    wall.view.show(at(20))
    wall.written()
    wall.view.show(at(21))
    assert "\x1b[2J" not in wall.written()
    wall.view.show(at(50))
    assert wall.written().startswith("\x1b[2J")
