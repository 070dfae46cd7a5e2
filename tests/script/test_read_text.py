"""The file of a script: its text, or why it cannot be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.problems import format_problem
from voiceguide.errors import ScriptError
from voiceguide.files import MAX_SCRIPT_BYTES, read_text

if TYPE_CHECKING:
    from pathlib import Path


def shown(path: Path) -> str:
    with pytest.raises(ScriptError) as caught:
        read_text(path, "s.yaml")
    (found,) = caught.value.problems
    return format_problem(found)


def test_the_text_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes("title: Über\n".encode())
    assert read_text(path).text == "title: Über\n"
    assert read_text(path).name == str(path)


def test_a_byte_order_mark_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: T\n")
    assert read_text(path).text == "title: T\n"


def test_a_missing_file(tmp_path: Path) -> None:
    assert shown(tmp_path / "s.yaml") == "error: s.yaml does not exist"


def test_a_folder(tmp_path: Path) -> None:
    assert shown(tmp_path) == "error: cannot read s.yaml: it is a folder"


def test_a_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert shown(tmp_path / "file" / "s.yaml") == "error: cannot read s.yaml: not a directory"


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert shown(tmp_path / "a\0b").startswith("error: cannot read s.yaml: ")


def test_a_byte_that_is_not_utf_8_is_shown_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes("title: Größe\nsummary: gr\udcf6\udcdfer\n".encode("utf-8", "surrogateescape"))
    assert shown(path) == (
        "s.yaml:2:12: error: this is not UTF-8 text (byte 0xf6)\n"
        "   2 | summary: gr��er\n"
        "     |            ^\n"
        "   hint: save the file as UTF-8"
    )


def test_a_megabyte_is_read_and_a_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"#" * MAX_SCRIPT_BYTES)
    assert len(read_text(path).text) == MAX_SCRIPT_BYTES
    path.write_bytes(b"#" * (MAX_SCRIPT_BYTES + 1))
    assert shown(path) == "error: s.yaml is too large for a script (1.0 MB; at most 1.0 MB)"


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert shown(path) == "error: s.yaml is too large for a script (100.0 MB; at most 1.0 MB)"
