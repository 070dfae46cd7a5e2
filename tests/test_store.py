"""The store gives back what was put in, or nothing; never something else, and never an error."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.store import HEADER_BYTES, Store

if TYPE_CHECKING:
    from pathlib import Path

DATA = bytes(range(256)) * 8
SIZE = HEADER_BYTES + len(DATA)
LIMIT = 10_000
LONG_AGO = 1_000_000


def key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


KEY, OTHER = key("three"), key("two")


def store_in(folder: Path, *, suffix: str = ".bin", version: int = 1, limit: int = LIMIT) -> Store:
    return Store(folder, suffix, version, limit)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_in(tmp_path / "pieces")


def entry(store: Store, of: str = KEY) -> Path:
    return store.folder / of[:2] / f"{of[2:]}.bin"


def tally(store: Store) -> Path:
    return store.folder / ".tally"


def files(store: Store) -> list[Path]:
    """What is kept, the tally aside."""
    return [path for path in store.folder.rglob("*") if path.is_file() and path != tally(store)]


def filled(store: Store, names: list[str], data: bytes = DATA) -> list[str]:
    """Entries put in this order, each used a second after the one before, long ago."""
    for age, name in enumerate(names):
        store.put(key(name), data)
        os.utime(entry(store, key(name)), (LONG_AGO + age, LONG_AGO + age))
    return names


def kept(store: Store, names: list[str]) -> list[str]:
    return [name for name in names if store.size(key(name)) is not None]


@given(st.binary(max_size=5_000))
def test_bytes_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    store = store_in(tmp_path_factory.mktemp("store"))
    assert store.put(KEY, data)
    assert store.get(KEY) == data
    assert store.size(KEY) == len(data)


def test_an_entry_outlives_the_program(store: Store) -> None:
    store.put(KEY, DATA)
    assert store_in(store.folder, limit=0).get(KEY) == DATA


def test_an_unknown_key_gives_nothing_and_makes_no_folder(store: Store) -> None:
    assert store.get(KEY) is None
    assert store.size(KEY) is None
    store.prune()
    assert not store.folder.exists()


def test_entries_are_spread_over_folders_by_the_first_two_digits(store: Store) -> None:
    store.put(KEY, DATA)
    assert files(store) == [entry(store)]


def test_the_later_bytes_count(store: Store) -> None:
    store.put(KEY, b"old")
    store.put(KEY, DATA)
    assert store.get(KEY) == DATA


def test_an_entry_in_use_can_be_put_again(store: Store) -> None:
    store.put(KEY, DATA)
    with entry(store).open("rb") as reader:
        store.put(KEY, b"new")
        assert reader.read()[HEADER_BYTES:] == DATA
    assert store.get(KEY) == b"new"


@pytest.mark.parametrize("left", [0, 1, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 1, SIZE - 1])
@pytest.mark.parametrize("look", ["get", "size"])
def test_a_cut_entry_is_nothing_and_removed(store: Store, left: int, look: str) -> None:
    store.put(KEY, DATA)
    os.truncate(entry(store), left)
    assert getattr(store, look)(KEY) is None
    assert not files(store)


@pytest.mark.parametrize("look", ["get", "size"])
def test_a_longer_entry_is_nothing_and_removed(store: Store, look: str) -> None:
    store.put(KEY, DATA)
    entry(store).write_bytes(entry(store).read_bytes() + b"\0")
    assert getattr(store, look)(KEY) is None
    assert not files(store)


@settings(max_examples=200)
@given(st.binary(max_size=200), st.data())
def test_any_damage_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, draw: st.DataObject
) -> None:
    """Bits flipped, bytes taken out, put in or exchanged: the entry is gone, or all of its bytes are as they were."""
    store = store_in(tmp_path_factory.mktemp("store"))
    store.put(KEY, data)
    before = entry(store).read_bytes()
    at = draw.draw(st.integers(0, len(before)))
    damaged = (
        before[:at] + draw.draw(st.binary(max_size=4)) + before[draw.draw(st.integers(at, len(before))) :]
    )
    entry(store).write_bytes(damaged)
    assert store.size(KEY) in (None, len(data))
    assert store.get(KEY) == (data if damaged == before else None)
    assert bool(files(store)) == (damaged == before)


@settings(max_examples=200)
@given(st.integers(0, 8 * SIZE - 1))
def test_any_flipped_bit_is_noticed(tmp_path_factory: pytest.TempPathFactory, bit: int) -> None:
    store = store_in(tmp_path_factory.mktemp("store"))
    store.put(KEY, DATA)
    stored = bytearray(entry(store).read_bytes())
    stored[bit // 8] ^= 1 << bit % 8
    entry(store).write_bytes(stored)
    assert store.size(KEY) in (None, len(DATA))
    assert store.get(KEY) is None
    assert not files(store)


def test_an_entry_of_the_first_layout_is_foreign(store: Store) -> None:
    """It began with the magic, the number of samples, a digest of them, and a digest of all that keyed with the key."""
    samples = b"\1\2" * 100
    head = struct.pack("<13sI16s", b"voiceguide 1\n", 100, hashlib.blake2b(samples, digest_size=16).digest())
    signature = hashlib.blake2b(head, digest_size=16, key=KEY.encode()).digest()
    entry(store).parent.mkdir(parents=True)
    entry(store).write_bytes(head + signature + samples)
    assert store.size(KEY) is None
    assert not files(store)


def test_an_entry_of_another_version_is_foreign(store: Store) -> None:
    store_in(store.folder, version=2).put(KEY, DATA)
    assert store.get(KEY) is None
    assert not files(store)


def test_an_entry_renamed_to_another_key_is_not_taken_for_it(store: Store) -> None:
    store.put(KEY, DATA)
    entry(store, OTHER).parent.mkdir(exist_ok=True)
    entry(store).rename(entry(store, OTHER))
    assert store.size(OTHER) is None
    assert store.get(OTHER) is None


def test_an_entry_renamed_to_another_store_s_is_not_taken_for_its(store: Store) -> None:
    tags = store_in(store.folder, suffix=".tag")
    store.put(KEY, DATA)
    entry(store).rename(entry(store).with_suffix(".tag"))
    assert tags.get(KEY) is None


def test_a_damaged_entry_can_be_made_again(store: Store) -> None:
    store.put(KEY, DATA)
    entry(store).write_bytes(b"")
    store.put(KEY, DATA)
    assert store.get(KEY) == DATA


@pytest.mark.parametrize("full", [False, True], ids=["empty", "with a file in it"])
def test_a_folder_in_an_entry_s_place_is_left_alone(store: Store, full: bool) -> None:  # noqa: FBT001 (pytest gives it)
    entry(store).mkdir(parents=True)
    if full:
        (entry(store) / "note").write_text("mine")
    assert store.get(KEY) is None
    assert store.size(KEY) is None
    assert store.put(KEY, DATA) is False
    store.clear()
    store.prune()
    assert entry(store).is_dir()
    assert (entry(store) / "note").exists() == full


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_in_an_entry_s_place_keeps_nobody_waiting(store: Store) -> None:
    entry(store).parent.mkdir(parents=True)
    os.mkfifo(entry(store))
    assert store.get(KEY) is None
    assert store.put(KEY, DATA)


def test_a_folder_that_cannot_be_made_is_reported_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = store_in(tmp_path / "file" / "pieces")
    assert store.put(KEY, DATA) is False
    assert store.get(KEY) is None
    assert store.size(KEY) is None
    assert store.stats() == (0, 0)
    store.clear()
    store.prune()


def test_a_dangling_link_for_a_folder_is_reported_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    store = store_in(tmp_path / "link")
    assert store.put(KEY, DATA) is False
    assert store.get(KEY) is None
    store.prune()


def test_threads_may_share_it(store: Store) -> None:
    names = [f"phrase {number % 10}" for number in range(200)]
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda name: store.put(key(name), name.encode() * 99), names))
        found = list(threads.map(lambda name: store.get(key(name)), names))
    assert found == [name.encode() * 99 for name in names]


CONTENDER = """
import hashlib, pathlib, sys
from voiceguide.store import Store
store = Store(pathlib.Path(sys.argv[1]), ".bin", 1, 10_000)
for turn in range(300):
    name = str(turn % 12)
    key = hashlib.sha256(name.encode()).hexdigest()
    found = store.get(key)
    if found not in (None, name.encode() * 2000):
        sys.exit(f"wrong bytes for {name}")
    store.put(key, name.encode() * 2000)
    store.prune()
"""


def test_processes_may_share_it_while_both_prune(store: Store) -> None:
    command = [sys.executable, "-c", CONTENDER, str(store.folder)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[1] for process in both] == ["", ""]
    tally(store).unlink()
    store.prune()
    assert 0 < store.stats()[1] <= LIMIT


def test_statistics_count_entries_and_their_bytes(store: Store) -> None:
    store.put(KEY, DATA)
    store.put(OTHER, b"")
    assert store.stats() == (2, SIZE + HEADER_BYTES)


def test_clearing_removes_every_entry_and_nothing_else(store: Store) -> None:
    store.put(KEY, DATA)
    (entry(store).parent / ".part-abc").write_bytes(b"half")
    note = store.folder / "note.txt"
    note.write_text("mine")
    store.clear()
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [note]


def test_pruning_removes_what_was_used_longest_ago_and_a_tenth_more(store: Store) -> None:
    """Of 12 entries of 1,000 bytes 10 may be kept: 9 remain."""
    names = filled(store, [f"phrase {number}" for number in range(12)], bytes(1_000 - HEADER_BYTES))
    store.prune()
    assert kept(store, names) == names[3:]


def test_pruning_below_the_limit_removes_nothing(store: Store) -> None:
    names = filled(store, ["one", "two", "three", "four"])
    store.prune()
    assert kept(store, names) == names


@pytest.mark.parametrize("look", ["get", "size"])
def test_an_entry_that_is_used_again_is_not_the_oldest_any_more(store: Store, look: str) -> None:
    names = filled(store, ["one", "two", "three", "four", "five"])
    getattr(store, look)(key("one"))
    store.prune()
    assert kept(store, names) == ["one", "three", "four", "five"]


@pytest.mark.parametrize(("minutes", "times_written"), [(50, 0), (70, 1), (-70, 1)])
def test_its_time_is_written_at_most_once_an_hour_or_where_it_is_wrong(
    store: Store, minutes: int, times_written: int
) -> None:
    store.put(KEY, DATA)
    used = entry(store).stat().st_mtime - 60 * minutes
    os.utime(entry(store), (used, used))
    store.get(KEY)
    assert int(abs(entry(store).stat().st_mtime - used) > 60) == times_written


def test_what_a_killed_process_left_half_written_is_swept(store: Store) -> None:
    part = entry(store).parent / ".part-abc"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    os.utime(part, (LONG_AGO, LONG_AGO))
    store.prune()
    assert not files(store)


def test_what_another_process_is_writing_is_not(store: Store) -> None:
    part = entry(store).parent / ".part-abc"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    store.prune()
    assert files(store) == [part]


@pytest.mark.parametrize("name", ["ab/cdef.bin", "ab/cdef.older", "0123456789abcdef.json"])
def test_what_an_older_release_left_counts_and_goes_first(store: Store, name: str) -> None:
    old = store.folder / name
    old.parent.mkdir(parents=True)
    old.write_bytes(b"x" * 5_000)
    os.utime(old, (1, 1))
    names = filled(store, ["one", "two", "three"])
    store.prune()
    assert not old.exists()
    assert kept(store, names) == names


def test_pruning_does_not_look_at_the_entries_while_few_were_put(store: Store) -> None:
    """The tally says what there is: a file it does not know of is found at the next count."""
    store.put(KEY, DATA)
    store.prune()
    stray = store.folder / "ab" / "stray.bin"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x" * LIMIT)
    os.utime(stray, (1, 1))
    store.prune()
    assert stray.exists()
    names = filled(store, ["one", "two", "four", "five"])
    store.prune()
    assert not stray.exists()
    assert kept(store, names) == names[1:]


@pytest.mark.parametrize("said", [b"", b"\0", b"\0" * 8 * 4096], ids=["nothing", "torn", "many"])
def test_entries_are_counted_where_the_tally_is_no_guide(store: Store, said: bytes) -> None:
    names = filled(store, [f"phrase {number}" for number in range(8)])
    tally(store).write_bytes(said)
    store.prune()
    assert kept(store, names) == names[4:]


def test_a_limit_that_became_lower_holds(store: Store) -> None:
    filled(store, ["one", "two", "three"])
    store.prune()
    store_in(store.folder, limit=SIZE + 500).prune()
    assert store.stats() == (1, SIZE)
