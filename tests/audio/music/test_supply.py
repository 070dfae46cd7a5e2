"""Decoding beside the session: as far as it is wanted, and gone as soon as it is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import voiceguide
from tests.audio.music.support import encoded, noise, two_hours, wav
from voiceguide.audio.clip import RATE
from voiceguide.audio.music.order import CROSSFADE
from voiceguide.audio.music.spool import Spool
from voiceguide.audio.music.supply import MARGIN, Supply
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(voiceguide.__file__).parents[1]
BLOCK = 60_000
"""More samples than decoding comes in at once, resampled from 16 kHz."""


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with Spool(tmp_path / "spool") as made:
        yield made


def supply(spool: Spool, *paths: Path) -> Supply:
    return Supply(paths, spool, -24.0, None)


def decoding() -> bool:
    return any(thread.name == "music" for thread in threading.enumerate())


def test_nothing_is_decoded_before_something_is_wanted(tmp_path: Path, spool: Spool) -> None:
    with supply(spool, tmp_path / "missing.mp3") as decoded:
        assert decoded.ready(0) == 0
    with supply(spool, tmp_path / "missing.mp3") as decoded:
        decoded.want(1)
        with pytest.raises(OutputError):
            decoded.stock(1)


def test_no_more_of_a_two_hour_file_is_decoded_than_is_wanted_and_a_margin(
    tmp_path: Path, spool: Spool
) -> None:
    with supply(spool, two_hours(tmp_path / "x.wav")) as decoded:
        decoded.want(20 * RATE)
        decoded.stock(20 * RATE + MARGIN)
        assert 0 <= spool.frames - (20 * RATE + MARGIN + CROSSFADE) < BLOCK


def test_more_is_decoded_when_more_is_wanted(tmp_path: Path, spool: Spool) -> None:
    with supply(spool, two_hours(tmp_path / "x.wav")) as decoded:
        for seconds in (20, 300):
            decoded.want(seconds * RATE)
            decoded.stock(seconds * RATE + MARGIN)
        assert 0 <= spool.frames - (300 * RATE + MARGIN + CROSSFADE) < BLOCK


def test_the_next_track_is_opened_when_it_is_wanted(tmp_path: Path, spool: Spool) -> None:
    """The first one lasts 10 s, and the next may begin 3 s before its end: there is no margin."""
    with supply(spool, wav(tmp_path / "a.wav", noise(10)), tmp_path / "missing.wav") as decoded:
        decoded.want(7 * RATE)
        decoded.stock(7 * RATE)
        assert decoded.ready(8 * RATE) == 7 * RATE
        decoded.want(7 * RATE + 1)
        with pytest.raises(OutputError):
            decoded.stock(7 * RATE + 1)


def test_all_is_ready_once_every_track_is_decoded(tmp_path: Path, spool: Spool) -> None:
    with supply(spool, wav(tmp_path / "a.wav", noise(10))) as decoded:
        decoded.want(8 * RATE)
        decoded.stock(1_000_000 * RATE)
    assert spool.frames == 10 * RATE


@pytest.mark.parametrize("seconds", [0, 20], ids=["while it is measured", "while it is decoded"])
def test_closing_ends_the_thread_in_the_middle_of_a_track(seconds: int, tmp_path: Path, spool: Spool) -> None:
    with supply(spool, two_hours(tmp_path / "x.wav")) as decoded:
        decoded.want(7_200 * RATE)
        decoded.stock(seconds * RATE)
        assert decoding()
    assert not decoding()
    assert spool.frames < 7_200 * RATE


def test_closing_ends_a_thread_that_waits_and_its_ffmpeg(
    tmp_path: Path, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    path = encoded(tmp_path / "x.m4a", np.tile(noise(10), (9, 1)))
    monkeypatch.setattr(subprocess, "Popen", Noted)
    with supply(spool, path) as decoded:
        decoded.want(RATE)
        decoded.stock(RATE + MARGIN)
        assert [process.poll() for process in started[1:]] == [None]
    assert not decoding()
    assert all(process.returncode is not None for process in started)


def test_an_error_nobody_thought_of_is_raised_where_more_is_asked_for(tmp_path: Path) -> None:
    class Broken(Spool):
        def append(self, block: Any) -> None:
            raise RuntimeError(len(block))

    with Broken(tmp_path) as broken, supply(broken, wav(tmp_path / "a.wav", noise(10))) as decoded:
        decoded.want(RATE)
        with pytest.raises(RuntimeError):
            decoded.stock(RATE)


INTERRUPTED = """
import signal, sys
from pathlib import Path
from voiceguide.audio.music.bed import open_bed
from voiceguide.timeline import Music
signal.signal(signal.SIGINT, signal.default_int_handler)
with open_bed(Music(sys.argv[1]), 7_200_000, Path(sys.argv[2])) as bed:
    print("begun", flush=True)
    bed.wait()
"""


def test_ctrl_c_ends_the_program_and_leaves_no_file(tmp_path: Path) -> None:
    path = two_hours(tmp_path / "x.wav")
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, path, tmp_path / "spool"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert said.endswith("KeyboardInterrupt\n")
    assert "music" not in said.replace("voiceguide/audio/music", "")
    assert list((tmp_path / "spool").iterdir()) == []


def test_the_spool_is_read_while_it_is_written(tmp_path: Path) -> None:
    """Each sample tells its place."""
    blocks = [np.arange(at, at + 1_000) % 30_000 for at in range(0, 600_000, 1_000)]
    wrong: list[int] = []
    with Spool(tmp_path) as spool:

        def read() -> None:
            seed = np.random.default_rng(1)
            while spool.frames < 600_000:
                if not spool.frames:
                    continue
                start = int(seed.integers(0, spool.frames))
                count = min(500, spool.frames - start)
                wanted = np.arange(start, start + count) % 30_000
                if not np.array_equal(spool.read(start, count)[:, 0], wanted):
                    wrong.append(start)

        reader = threading.Thread(target=read)
        reader.start()
        for block in blocks:
            one = (block / 32_767).astype(np.float32)
            spool.append(np.stack([one, one], axis=1))
        reader.join()
    assert wrong == []
