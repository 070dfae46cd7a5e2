"""`voiceguide batch --cluster`: the same work on a Dask cluster of real processes, one of which is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .cluster import PATIENCE_S, cluster
from .support import BROKEN, HELLO, TONES, files

if TYPE_CHECKING:
    from tests.conftest import User

ROWS = 40


def plan(user: User) -> None:
    user.write("hello.yaml", HELLO)
    user.write("tones.yaml", TONES)
    user.write("broken.yaml", BROKEN)
    rows = [f"hello.yaml,Listener {number % 4},{number}.mp3" for number in range(ROWS - 1)]
    user.write("plan.csv", "\n".join(("routine,name,file", *rows, "broken.yaml,,broken")))


def test_the_rows_come_out_the_same_with_a_worker_killed_in_the_middle(user: User) -> None:
    pytest.importorskip("distributed")
    plan(user)
    # One worker alone fills the cache, so that everybody has the same clips.
    here = user.process("batch", "plan.csv", "-o", "here", "--no-safety", "--jobs", "1")
    assert here.out == f"{ROWS} rows: {ROWS - 1} rendered, 1 failed\n"
    with cluster(user.folder.parent / "dask", user.environment, workers=2) as dask:
        process = subprocess.Popen(
            [sys.executable, "-m", "voiceguide", "batch", "plan.csv", "-o", "there", "--no-safety", "--cluster", dask.address],
            cwd=user.folder,
            env=user.environment | {"DASK_CONFIG": str(user.folder.parent / "dask")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE_S
        while len(list((user.folder / "there").glob("*.mp3"))) < 5 and time.monotonic() < until:
            time.sleep(0.02)
        dask.workers[0].kill()
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out) == (1, here.out)
    assert err == here.err.replace("here/", "there/")
    names = [name for name in files(user, "there") if name.endswith(".mp3")]
    assert names == files(user, "here")
    for name in names:
        assert (user.folder / "there" / name).read_bytes() == (user.folder / "here" / name).read_bytes()
    assert not list(Path(user.environment["HOME"]).rglob("*dask*"))
    assert user.process("batch", "plan.csv", "-o", "there", "--no-safety").out == (
        f"{ROWS} rows: {ROWS - 1} already there, 1 failed\n"
    )


def test_a_scheduler_that_is_not_there(user: User) -> None:
    pytest.importorskip("distributed")
    plan(user)
    told = user.process(
        "batch",
        "plan.csv",
        "-o",
        "out",
        "--cluster",
        "tcp://127.0.0.1:9",
        DASK_CONFIG=str(user.folder.parent),
    )
    assert (told.code, told.err) == (2, "error: there is no Dask scheduler at tcp://127.0.0.1:9\n")


def test_a_scheduler_without_workers(user: User) -> None:
    pytest.importorskip("distributed")
    plan(user)
    folder = user.folder.parent / "dask"
    with cluster(folder, user.environment, workers=0) as dask:
        options = ("-o", "out", "--cluster", dask.address)
        told = user.process("batch", "plan.csv", *options, DASK_CONFIG=str(folder))
    assert told.code == 2
    assert told.err == (
        f"error: the Dask scheduler at {dask.address} has no workers\n"
        f"   hint: `dask worker {dask.address}` starts them\n"
    )


def test_a_cluster_without_dask(user: User) -> None:
    plan(user)
    user.write("distributed.py", "raise ImportError\n")
    told = user.process(
        "batch", "plan.csv", "-o", "out", "--cluster", "tcp://10.0.0.5:8786", PYTHONPATH=str(user.folder)
    )
    assert told.code == 2
    assert told.err == (
        "error: a cluster needs Dask, which is not installed\n"
        "   hint: `pip install 'voiceguide[cluster]'` brings it\n"
    )
