"""A Dask cluster on loopback: a scheduler and workers as processes of their own, with folders of their own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How long a machine that does other things may take to start a process.
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Cluster:
    """The address of a scheduler, and its workers."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def cluster(folder: Path, environment: dict[str, str], workers: int) -> Iterator[Cluster]:
    """A scheduler and workers of one thread each, which write into `folder` and nowhere else."""
    folder.mkdir()
    told = folder / "scheduler.json"
    own = environment | {
        "DASK_CONFIG": str(folder),
        "DASK_TEMPORARY_DIRECTORY": str(folder),
        "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False",
    }
    with ExitStack() as stack:
        stack.enter_context(
            _program(
                "dask_scheduler",
                folder,
                own,
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--scheduler-file",
                str(told),
            )
        )
        address: str = _wait_for(told)["address"]
        found = [
            stack.enter_context(
                _program("dask_worker", folder, own, address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder / f"w{number}"))
            )
            for number in range(workers)
        ]  # fmt: skip
        yield Cluster(address, tuple(found))


@contextmanager
def _program(
    name: str, folder: Path, environment: dict[str, str], *arguments: str
) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", *arguments, "--no-dashboard"],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def _wait_for(path: Path) -> dict[str, str]:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if path.exists() and (text := path.read_text(encoding="utf-8")):
            found: dict[str, str] = json.loads(text)
            return found
        time.sleep(0.05)
    raise TimeoutError(path)
