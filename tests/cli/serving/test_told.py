"""How far a render is: a share that never falls, read by another process."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.serving.told import Notes, _growing, share

if TYPE_CHECKING:
    from pathlib import Path


def shares(*steps: tuple[str, int, int]) -> list[float]:
    noted: list[float] = []
    told = _growing(noted.append)
    for step in steps:
        told(*step)
    return [round(one, 2) for one in noted]


def test_speaking_comes_before_rendering() -> None:
    steps = [("Speaking", 1, 2), ("Speaking", 2, 2), ("Rendering", 1, 2), ("Rendering", 2, 2)]
    assert shares(*steps) == [0.3, 0.6, 0.85, 1.0]


def test_it_never_falls_where_words_are_spoken_again_and_again() -> None:
    """To find the dose that fits a session is spoken several times."""
    steps = [
        ("Speaking", 2, 2),
        ("Speaking", 1, 4),
        ("Speaking", 4, 4),
        ("Rendering", 0, 2),
        ("Rendering", 1, 2),
    ]
    assert shares(*steps) == [0.6, 0.7, 0.85]


def test_it_is_noted_for_every_hundredth() -> None:
    assert len(shares(*(("Rendering", done, 10_000) for done in range(10_001)))) <= 100


def test_what_is_not_known_counts_for_nothing() -> None:
    assert shares(("Washing", 1, 2)) == []


@pytest.mark.parametrize("content", [None, b"", b"half"])
def test_without_a_note_it_is_at_its_beginning(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "note").write_bytes(content)
    assert share(tmp_path / "note") == 0.0


def test_what_a_killed_server_left_is_swept_and_what_another_one_writes_is_not(tmp_path: Path) -> None:
    notes = Notes(tmp_path / "notes")
    notes.sweep()
    left, written = notes.path("a" * 32), notes.path("b" * 32)
    for path in (left, written):
        path.write_bytes(b"")
    long_ago = time.time() - 2 * 3_600
    os.utime(left, (long_ago, long_ago))
    notes.sweep()
    assert (left.exists(), written.exists()) == (False, True)


def test_a_note_is_gone_when_the_session_is_rendered(tmp_path: Path) -> None:
    with Notes(tmp_path).one("a" * 32) as path:
        path.write_bytes(b"")
    assert not path.exists()
