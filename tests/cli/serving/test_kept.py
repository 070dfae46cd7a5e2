"""The sessions that are kept: found again, and those used longest ago removed when they are too many."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.many.reads import stamp
from voiceguide.cli.serving.kept import Kept, Record
from voiceguide.web.studio import SUFFIXES

if TYPE_CHECKING:
    from pathlib import Path


def add(kept: Kept, number: int, size: int = 1_000, *, read: Path | None = None) -> Record:
    """A session with its files, used `number` hours after the first."""
    identity = f"{number:032x}"
    for suffix in SUFFIXES:
        kept.path(identity, suffix).write_bytes(b"x" * (size if suffix == ".mp3" else 10))
    reads = () if read is None else ((str(read), stamp(read)),)
    made = "2026-11-25T18:30:00+00:00"
    about = ("evening", "Evening", "For the night.", "en", ("left out: bridge",), 61_000, size, "Evening.mp3")
    record = Record(identity, f"digest {number}", reads, False, *about, (("left", "links"),), made, made)  # noqa: FBT003 (as its field)
    kept.add(record)
    for path in kept.folder.glob(f"{identity}*"):
        os.utime(path, (1_000_000_000 + 3_600 * number,) * 2)
    return record


def test_a_session_is_found_by_its_name_and_by_its_wish(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    record = add(kept, 1)
    assert kept.get(record.id) == record
    assert kept.of("digest 1") == record
    assert kept.of("digest 2") is None


def test_it_is_found_by_the_next_program_too(tmp_path: Path) -> None:
    record = add(Kept(tmp_path), 1)
    again = Kept(tmp_path)
    again.read()
    assert again.get(record.id) == record
    assert again.of("digest 1") == record


def test_of_two_sessions_of_one_wish_the_later_is_found(tmp_path: Path) -> None:
    first, second = add(Kept(tmp_path), 1), add(Kept(tmp_path), 2)
    kept = Kept(tmp_path)
    kept.add(replace(second, digest=first.digest))
    kept.read()
    assert kept.of(first.digest) == replace(second, digest=first.digest)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"version": 1}', b'{"version": 0}', b"\xff"])
def test_a_record_that_is_damaged_is_as_if_there_were_none(tmp_path: Path, damage: bytes) -> None:
    record = add(Kept(tmp_path), 1)
    (tmp_path / f"{record.id}.session").write_bytes(damage)
    kept = Kept(tmp_path)
    kept.read()
    assert kept.get(record.id) is None


def test_without_its_audio_there_is_no_session(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    record = add(kept, 1)
    kept.path(record.id, ".mp3").unlink()
    assert kept.get(record.id) is None
    assert kept.of("digest 1") is None


def test_it_is_fresh_as_long_as_what_was_read_is(tmp_path: Path) -> None:
    script = tmp_path / "evening.yaml"
    script.write_text("title: Evening\n", encoding="utf-8")
    (tmp_path / "kept").mkdir()
    record = add(Kept(tmp_path / "kept"), 1, read=script)
    assert record.is_fresh()
    script.write_text("title: Night\n\n", encoding="utf-8")
    assert not record.is_fresh()


def test_what_was_made_for_want_of_something_better_is_never_fresh(tmp_path: Path) -> None:
    assert not replace(add(Kept(tmp_path), 1), makeshift=True).is_fresh()


def test_those_used_longest_ago_make_room_and_a_tenth_more(tmp_path: Path) -> None:
    kept = Kept(tmp_path, limit_bytes=100_000)
    records = [add(kept, number, 20_000) for number in range(6)]
    kept.prune(but=records[5].id)
    assert [kept.get(record.id) is not None for record in records] == [False, False, True, True, True, True]
    assert kept.stats()[1] <= 90_000
    assert not list(tmp_path.glob(f"{records[0].id}*"))


def test_the_one_that_was_just_made_stays_however_large(tmp_path: Path) -> None:
    kept = Kept(tmp_path, limit_bytes=10_000)
    first, second = add(kept, 1, 9_000), add(kept, 0, 20_000)
    kept.prune(but=second.id)
    assert (kept.get(first.id), kept.get(second.id)) == (None, second)


def test_one_that_is_used_is_used_last(tmp_path: Path) -> None:
    kept = Kept(tmp_path, limit_bytes=50_000)
    records = [add(kept, number, 20_000) for number in range(3)]
    kept.get(records[0].id)
    kept.prune(but="")
    assert [kept.get(record.id) is not None for record in records] == [True, False, True]


def test_clearing_removes_them_and_nothing_else(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    add(kept, 1)
    (tmp_path / "notes.mp3").write_bytes(b"mine")
    assert kept.stats()[0] == 1
    kept.clear()
    assert kept.stats() == (0, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.mp3"]


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert Kept(tmp_path / "none").stats() == (0, 0)
