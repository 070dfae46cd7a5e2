"""`voiceguide batch --cluster`: the same work on a Dask cluster of real processes, one of which is killed."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .cluster import PATIENCE_S, Cluster, cluster
from .support import BROKEN, HELLO, TONES, files

if TYPE_CHECKING:
    from tests.conftest import User

ROWS = 40
_PROGRAM = "from voiceguide.cli import main; main()"
_OF_LITTLE_PATIENCE = (
    """
from functools import partial
from voiceguide.cli.many import executors, rendering
rendering.cluster_workers = partial(executors.cluster_workers, patience_s=1.0)
"""
    + _PROGRAM
)


def plan(user: User) -> None:
    user.write("hello.yaml", HELLO)
    user.write("tones.yaml", TONES)
    user.write("broken.yaml", BROKEN)
    rows = [f"hello.yaml,Listener {number % 4},{number}.mp3" for number in range(ROWS - 1)]
    user.write("plan.csv", "\n".join(("routine,name,file", *rows, "broken.yaml,,broken")))


def batch_on(user: User, dask: Cluster, program: str = _PROGRAM) -> subprocess.Popen[str]:
    """The plan rendered by a cluster into `there`, begun."""
    options = ("batch", "plan.csv", "-o", "there", "--no-safety", "--cluster", dask.address)
    return subprocess.Popen(
        [sys.executable, "-c", program, *options],
        cwd=user.folder,
        env=user.environment | {"DASK_CONFIG": str(user.folder.parent / "dask")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def rendered(user: User) -> int:
    return len(list((user.folder / "there").glob("*.mp3")))


def until_there_are(user: User, count: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while rendered(user) < count and time.monotonic() < until:
        time.sleep(0.02)


def test_the_rows_come_out_the_same_with_a_worker_killed_in_the_middle(user: User) -> None:
    pytest.importorskip("distributed")
    plan(user)
    # One worker alone fills the cache, so that everybody has the same clips.
    here = user.process("batch", "plan.csv", "-o", "here", "--no-safety", "--jobs", "1")
    assert here.out == f"{ROWS} rows: {ROWS - 1} rendered, 1 failed\n"
    with cluster(user.folder.parent / "dask", user.environment, workers=2) as dask:
        process = batch_on(user, dask)
        until_there_are(user, 5)
        # A worker that stands still gives nothing back of what it has, and is given more.
        dask.workers[0].send_signal(signal.SIGSTOP)
        until_there_are(user, 10)
        assert dask.in_hand()["w0"] > 0
        assert process.poll() is None
        assert rendered(user) < ROWS - 1
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


def test_a_cluster_whose_workers_are_all_gone_is_not_waited_for_and_the_next_run_goes_on(user: User) -> None:
    pytest.importorskip("distributed")
    plan(user)
    with cluster(user.folder.parent / "dask", user.environment, workers=1) as dask:
        process = batch_on(user, dask, _OF_LITTLE_PATIENCE)
        until_there_are(user, 5)
        dask.workers[0].kill()
        out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert re.fullmatch(
        f"error: the Dask scheduler at {dask.address} has had no workers for [0-9]+ s\n"
        f"   hint: `dask worker {dask.address}` starts them; called again, it goes on where it was stopped\n",
        err,
    )
    said = re.fullmatch(f"{ROWS} rows: ([0-9]+) rendered, ([0-9]+) left to do\n", out)
    assert said is not None
    done, left = map(int, said.groups())
    assert (done + left, done >= 4, left > 0) == (ROWS, True, True)
    again = user.process("batch", "plan.csv", "-o", "there", "--no-safety").out
    assert again == f"{ROWS} rows: {left - 1} rendered, {done} already there, 1 failed\n"


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
