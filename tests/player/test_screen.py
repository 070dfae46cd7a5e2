"""The screen of a terminal: what is written to it, and no more than that."""

from __future__ import annotations

import io
import os
from threading import Thread
from typing import TYPE_CHECKING

from voiceguide.player.screen.terminal import Screen, write_text

if TYPE_CHECKING:
    from pathlib import Path

ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J"


def test_the_first_drawing_takes_the_screen_and_writes_every_line_at_its_place() -> None:
    stream = io.StringIO()
    Screen(stream).draw(["one", "", "three"])
    assert stream.getvalue() == f"{ENTER}\x1b[1;1H\x1b[2Kone\x1b[3;1H\x1b[2Kthree"


def again(*pictures: list[str], whole: bool = False) -> str:
    """What the last of these pictures adds."""
    stream = io.StringIO()
    screen = Screen(stream)
    for picture in pictures[:-1]:
        screen.draw(picture)
    before = stream.tell()
    screen.draw(pictures[-1], whole=whole)
    return stream.getvalue()[before:]


def test_the_next_writes_only_what_is_new() -> None:
    assert again(["one", "two", "three"], ["one", "2", "three"]) == "\x1b[2;1H\x1b[2K2"


def test_nothing_new_writes_nothing() -> None:
    assert again(["one", "two"], ["one", "two"]) == ""


def test_lines_that_are_no_more_are_cleared() -> None:
    assert again(["one", "two"], ["one"]) == "\x1b[2;1H\x1b[2K"
    assert again(["one", "two"], ["one"], ["one"]) == ""


def test_a_whole_drawing_writes_everything_again() -> None:
    assert again(["one"], ["one"], whole=True) == "\x1b[2J\x1b[1;1H\x1b[2Kone"


def test_leaving_gives_the_shells_screen_and_cursor_back_once() -> None:
    stream = io.StringIO()
    screen = Screen(stream)
    screen.draw(["one"])
    before = stream.tell()
    screen.leave()
    screen.leave()
    assert stream.getvalue()[before:] == "\x1b[0m\x1b[?1049l\x1b[?25h"


def test_after_leaving_the_screen_is_taken_again_by_drawing() -> None:
    stream = io.StringIO()
    screen = Screen(stream)
    screen.draw(["one"])
    screen.leave()
    before = stream.tell()
    screen.draw(["one"])
    assert stream.getvalue()[before:] == f"{ENTER}\x1b[1;1H\x1b[2Kone"


def test_what_may_have_been_written_over_is_taken_and_drawn_again() -> None:
    stream = io.StringIO()
    screen = Screen(stream)
    screen.draw(["one"])
    screen.forget()
    before = stream.tell()
    screen.draw(["one"])
    assert stream.getvalue()[before:] == f"{ENTER}\x1b[1;1H\x1b[2Kone"
    screen.forget()
    screen.leave()
    assert stream.getvalue().endswith("\x1b[?25h")


def test_text_comes_after_what_the_stream_still_holds(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("before ")
        write_text(stream, "äfter")
        assert path.read_text(encoding="utf-8") == "before äfter"


def test_what_the_stream_has_no_letters_for_is_written_its_way(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with path.open("w", encoding="ascii", errors="backslashreplace") as stream:
        write_text(stream, "ä\n")
    assert path.read_bytes() == b"\\xe4\n"


def test_a_stream_that_never_waits_gets_all_of_a_long_text() -> None:
    """A pipe takes 64 KiB at a time on Linux."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    text = "0123456789" * 50_000
    read = io.BytesIO()

    def take() -> None:
        while data := os.read(reading, 65_536):
            read.write(data)

    reader = Thread(target=take)
    reader.start()
    with open(writing, "w", encoding="utf-8") as stream:  # noqa: PTH123 (a descriptor has no path)
        write_text(stream, text)
    reader.join()
    os.close(reading)
    assert read.getvalue().decode() == text
