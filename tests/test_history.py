"""The history on the disk: no line lost and none torn, whatever is killed, full or not to be written."""

from __future__ import annotations

import inspect
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from voiceguide.history import FILE_NAME, RUNNING, History
from voiceguide.practice import Entry, from_line, to_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BEGAN = datetime(2026, 11, 25, 19, 30, tzinfo=timezone(timedelta(hours=1)))
BEGUN = Entry(BEGAN, "evening", "Evening low-back unwind", dose=50)
FINISHED = replace(BEGUN, played_ms=600_000, finished=True)
PREPARED = """
from __future__ import annotations
import sys
import time
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from voiceguide.history import History
from voiceguide.practice import Entry
folder, first = Path(sys.argv[1]), int(sys.argv[2])
history = History(folder)
begun = Entry(datetime(2026, 11, 25, tzinfo=timezone.utc), "", "A title as long as titles are " * 20)
"""
SESSIONS = """
for number in range(first, first + int(sys.argv[3])):
    entry = replace(begun, routine=str(number))
    running = history.begin(entry)
    for chapter in range(3):
        running.at(replace(entry, chapter=chapter, played_ms=chapter * 60_000))
    running.end(replace(entry, finished=True, played_ms=300_000))
    print(number, flush=True)
assert history.trouble is None, history.trouble
"""


@contextmanager
def child(code: str, folder: Path, *numbers: int) -> Iterator[subprocess.Popen[str]]:
    """A process that runs this after the preparations, killed at the end if not before."""
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{PREPARED}\n{inspect.getsource(wait_for)}\n{code}",
            str(folder),
            *map(str, numbers),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    """The next line that it prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def wait_for(holds: Callable[[], object]) -> None:
    """Return when it holds, however slow the machine is; a minute of sleep is too slow."""
    for _ in range(60_000):
        if holds():
            return
        time.sleep(0.001)
    raise AssertionError("it never holds")


def read(folder: Path) -> tuple[Entry, ...]:
    """The sessions, with nothing to complain of."""
    history = History(folder)
    found = history.sessions()
    assert history.trouble is None
    return found


def journals(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / RUNNING).glob("*"))


# What is kept


def test_before_the_first_session_there_is_nothing_and_nothing_is_made(tmp_path: Path) -> None:
    assert read(tmp_path / "data") == ()
    assert not (tmp_path / "data").exists()


def test_a_session_is_kept_when_it_ends(tmp_path: Path) -> None:
    History(tmp_path / "data").begin(BEGUN).end(FINISHED)
    assert read(tmp_path / "data") == (FINISHED,)
    assert journals(tmp_path / "data") == []


def test_a_session_is_one_line(tmp_path: Path) -> None:
    for _ in range(3):
        History(tmp_path).begin(BEGUN).end(FINISHED)
    assert len((tmp_path / FILE_NAME).read_text().splitlines()) == 3


def test_a_session_that_goes_on_is_not_in_it_yet(tmp_path: Path) -> None:
    running = History(tmp_path).begin(BEGUN)
    assert read(tmp_path) == ()
    running.end(FINISHED)


def test_a_session_of_which_nothing_was_heard_is_none(tmp_path: Path) -> None:
    History(tmp_path).begin(BEGUN).end(BEGUN)
    assert (tmp_path / FILE_NAME).read_text() == ""
    assert journals(tmp_path) == []


def test_the_first_sound_a_second_and_a_new_chapter_are_noted_and_nothing_in_between(tmp_path: Path) -> None:
    running = History(tmp_path).begin(BEGUN)
    for played_ms, chapter in ((0, 0), (40, 0), (90, 0), (1_030, 0), (1_050, 0), (1_060, 1), (1_110, 1)):
        running.at(replace(BEGUN, played_ms=played_ms, chapter=chapter))

    def noted() -> list[int]:
        lines = b"".join(path.read_bytes() for path in (tmp_path / RUNNING).glob("*")).splitlines()
        return [entry.played_ms for _, entry in filter(None, map(from_line, lines))]

    wait_for(lambda: 1_060 in noted())
    found = noted()
    running.end(BEGUN)
    assert found == [0, 0, 40, 1_050, 1_060]


def test_they_come_in_the_order_in_which_they_began(tmp_path: Path) -> None:
    history = History(tmp_path)
    later = replace(FINISHED, began=BEGAN + timedelta(minutes=1))
    long, short = history.begin(BEGUN), history.begin(later)
    short.end(later)
    long.end(FINISHED)
    assert read(tmp_path) == (FINISHED, later)


def test_the_last_one_of_a_routine(tmp_path: Path) -> None:
    history = History(tmp_path)
    second = replace(FINISHED, began=BEGAN + timedelta(days=1), finished=False)
    other = replace(FINISHED, began=BEGAN + timedelta(days=2), routine="morning")
    for entry in (second, other, FINISHED):
        history.begin(entry).end(entry)
    assert history.last("evening") == second
    assert history.last("neck-reset") is None


def test_a_false_start_does_not_hide_the_session_before_it(tmp_path: Path) -> None:
    history = History(tmp_path)
    broken_off = replace(BEGUN, played_ms=11_000)
    false_start = replace(BEGUN, began=BEGAN + timedelta(minutes=1), played_ms=2_000)
    for entry in (broken_off, false_start):
        history.begin(entry).end(entry)
    assert history.last("evening") == broken_off


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_it_is_private(tmp_path: Path) -> None:
    History(tmp_path).begin(BEGUN).end(FINISHED)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


# Processes that are killed


def test_a_killed_session_becomes_one_that_was_broken_off(tmp_path: Path) -> None:
    session = """
running = history.begin(begun)
where = replace(begun, routine="evening", played_ms=61_000, stopped_at_ms=72_000, chapter=2, stopped_in="Bridge")
running.at(where)
wait_for(lambda: [file for file in folder.glob("running/*") if file.read_text().count("\\n") == 2])
print("noted", flush=True)
sys.stdin.read()
"""
    with child(session, tmp_path, 0) as process:
        assert line_of(process) == "noted"
        assert read(tmp_path) == ()
        process.kill()
    (found,) = read(tmp_path)
    assert (found.routine, found.finished, found.played_ms) == ("evening", False, 61_000)
    assert (found.stopped_in, found.stopped_at_ms, found.chapter) == ("Bridge", 72_000, 2)
    assert journals(tmp_path) == []
    assert read(tmp_path) == (found,)


def test_a_suspended_session_is_not_a_killed_one(tmp_path: Path) -> None:
    session = """
running = history.begin(begun)
wait_for(lambda: list(folder.glob("running/*")))
print("begun", flush=True)
sys.stdin.read()
"""
    with child(session, tmp_path, 0) as process:
        assert line_of(process) == "begun"
        process.send_signal(signal.SIGSTOP)
        assert read(tmp_path) == ()
        assert len(journals(tmp_path)) == 1


def test_nothing_that_was_kept_is_lost_torn_or_doubled_by_kills_at_any_moment(tmp_path: Path) -> None:
    """Each process ends sessions one after the other until it is killed; what it told of was kept before it told."""
    moments = random.Random(4)
    kept: set[str] = set()
    for first in range(0, 8_000, 1_000):
        with child(SESSIONS, tmp_path, first, 1_000) as process:
            for _ in range(moments.randrange(1, 16)):
                kept.add(line_of(process))
            # Some way into the next one.
            sum(range(moments.randrange(100_000)))
            process.kill()
            assert process.stdout is not None
            kept |= set(process.stdout.read().split())
    found = read(tmp_path)
    names = [entry.routine for entry in found]
    assert kept <= set(names)
    # A killed process leaves at most the session that it was in.
    assert len(set(names) - kept) <= 8
    assert len(names) == len(set(names))
    assert {entry.finished for entry in found if entry.routine in kept} == {True}
    assert len((tmp_path / FILE_NAME).read_text().splitlines()) == len(names)
    assert journals(tmp_path) == []


def test_several_sessions_at_once_lose_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack:
        processes = [stack.enter_context(child(SESSIONS, tmp_path, first, 20)) for first in (0, 100, 200)]
        for process in processes:
            process.communicate()
            assert process.returncode == 0
    assert sorted(int(entry.routine) for entry in read(tmp_path)) == [
        *range(20), *range(100, 120), *range(200, 220)
    ]  # fmt: skip


def test_a_session_killed_after_its_line_was_written_is_not_doubled(tmp_path: Path) -> None:
    (tmp_path / RUNNING).mkdir()
    (tmp_path / RUNNING / "7f.jsonl").write_text(to_line("7f", BEGUN) + to_line("7f", FINISHED))
    (tmp_path / FILE_NAME).write_text(to_line("7f", FINISHED))
    assert read(tmp_path) == (FINISHED,)
    assert (tmp_path / FILE_NAME).read_text() == to_line("7f", FINISHED)
    assert journals(tmp_path) == []


def test_a_session_killed_before_its_first_line_never_began(tmp_path: Path) -> None:
    (tmp_path / RUNNING).mkdir()
    (tmp_path / RUNNING / "7f.jsonl").write_text(to_line("7f", BEGUN)[:50])
    assert read(tmp_path) == ()
    assert journals(tmp_path) == []


def test_a_session_killed_before_anything_was_heard_is_none(tmp_path: Path) -> None:
    (tmp_path / RUNNING).mkdir()
    (tmp_path / RUNNING / "7f.jsonl").write_text(to_line("7f", BEGUN))
    assert read(tmp_path) == ()
    assert journals(tmp_path) == []


def test_the_journal_of_a_newer_version_is_kept_as_it_is(tmp_path: Path) -> None:
    line = '{"format": 2, "id": "7f", "mood": "calm"}\n'
    (tmp_path / RUNNING).mkdir()
    (tmp_path / RUNNING / "7f.jsonl").write_text(line)
    assert read(tmp_path) == ()
    assert (tmp_path / FILE_NAME).read_text() == line


# Power cuts and full disks


@pytest.mark.parametrize("torn", ['{"format": 1, "id": "7', "\x00" * 100, '"'])
def test_a_line_torn_by_a_power_cut_costs_no_other(tmp_path: Path, torn: str) -> None:
    (tmp_path / FILE_NAME).write_text(to_line("a", FINISHED) + torn)
    assert read(tmp_path) == (FINISHED,)
    later = replace(FINISHED, began=BEGAN + timedelta(days=1))
    History(tmp_path).begin(later).end(later)
    assert read(tmp_path) == (FINISHED, later)


def test_a_line_that_lacks_its_line_break_alone_is_whole(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(to_line("a", FINISHED).rstrip())
    assert read(tmp_path) == (FINISHED,)
    later = replace(FINISHED, began=BEGAN + timedelta(days=1))
    History(tmp_path).begin(later).end(later)
    assert read(tmp_path) == (FINISHED, later)


def test_lines_that_are_not_understood_stay_where_they_are(tmp_path: Path) -> None:
    strange = '{"format": 2, "id": "b", "began": "tomorrow"}\nhello\n\n'
    (tmp_path / FILE_NAME).write_text(to_line("a", FINISHED) + strange)
    later = replace(FINISHED, began=BEGAN + timedelta(days=1))
    History(tmp_path).begin(later).end(later)
    assert read(tmp_path) == (FINISHED, later)
    assert strange in (tmp_path / FILE_NAME).read_text()


def test_lines_that_are_not_understood_are_counted_with_a_torn_last_one(tmp_path: Path) -> None:
    whole = to_line("a", FINISHED)
    (tmp_path / FILE_NAME).write_text(f'{whole}hello\n\n{{"format": 2, "id": "b"}}\n{whole[:50]}')
    history = History(tmp_path)
    assert history.sessions() == (FINISHED,)
    assert history.garbled is not None
    assert (history.garbled.severity, history.garbled.message) == (
        "warning",
        f"not understood in the history {tmp_path / FILE_NAME}: 3 of its lines",
    )


def test_empty_lines_are_nothing_to_complain_of(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(f"\n{to_line('a', FINISHED)} \n")
    history = History(tmp_path)
    assert history.sessions() == (FINISHED,)
    assert history.garbled is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for the size of a file")
def test_a_full_disk_tears_nothing_and_what_did_not_fit_is_found_in_its_journal(tmp_path: Path) -> None:
    """The system writes as much of a line as the limit lets it, which is what a full disk does."""
    before = "x" * 100 + "\n" + to_line("a", FINISHED)
    (tmp_path / FILE_NAME).write_text(before * 20)
    # Room for a third of a line in the history; the journal has enough.
    limited = """
import resource
size = (folder / "history.jsonl").stat().st_size + 300
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
entry = replace(begun, routine="0", finished=True)
history.begin(begun).end(entry)
print(history.trouble.severity, history.trouble.kind, history.trouble.message)
"""
    with child(limited, tmp_path, 0) as process:
        told = line_of(process)
    assert told == (
        f"warning history-unwritten cannot write the history {tmp_path / FILE_NAME}: no space left on device"
    )
    assert (tmp_path / FILE_NAME).read_text() == before * 20
    assert sorted(entry.routine for entry in read(tmp_path)) == ["0", "evening"]


def test_a_folder_that_cannot_be_made_is_told_once_and_the_session_goes_on(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    history = History(tmp_path / "data")
    running = history.begin(BEGUN)
    for chapter in range(3):
        running.at(replace(BEGUN, chapter=chapter))
    running.end(FINISHED)
    assert history.trouble is not None
    assert (history.trouble.severity, history.trouble.message, history.trouble.hint) == (
        "warning",
        f"cannot write the history {tmp_path / 'data' / FILE_NAME}: file exists",
        "until it can be written, `voiceguide history` may lack a session",
    )


def test_a_history_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    history = History(tmp_path)
    assert history.sessions() == ()
    assert history.trouble is not None
    assert (history.trouble.severity, history.trouble.message) == (
        "warning",
        f"cannot read the history {tmp_path / FILE_NAME}: is a directory",
    )


def test_a_finished_session_whose_line_could_not_be_written_is_finished_when_it_can(tmp_path: Path) -> None:
    history = History(tmp_path)
    running = history.begin(BEGUN)
    running.at(replace(BEGUN, chapter=1))
    wait_for(lambda: journals(tmp_path))
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).mkdir()
    running.end(FINISHED)
    assert history.trouble is not None
    (tmp_path / FILE_NAME).rmdir()
    assert read(tmp_path) == (FINISHED,)
