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
    from collections.abc import Callable, Iterator
    from pathlib import Path

# How long a machine that does other things may take to start a process.
PATIENCE_S = 60.0


_IN_HAND = """
import json, sys
from distributed import Client
with Client(sys.argv[1], set_as_default=False) as client:
    names = {address: worker["name"] for address, worker in client.scheduler_info()["workers"].items()}
    print(json.dumps({names[address]: len(jobs) for address, jobs in client.processing().items()}))
"""


@dataclass(frozen=True)
class Cluster:
    """The address of a scheduler, and its workers, called w0, w1 and so on."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]

    def in_hand(self) -> dict[str, int]:
        """How many jobs the scheduler has given to each worker and not had back, by the worker's name."""
        asked = subprocess.run(
            [sys.executable, "-c", _IN_HAND, self.address], check=True, capture_output=True
        )
        found: dict[str, int] = json.loads(asked.stdout)
        return found


@contextmanager
def cluster(folder: Path, environment: dict[str, str], workers: int) -> Iterator[Cluster]:
    """A scheduler and workers of one thread each, all there, which write into `folder` and nowhere else."""
    folder.mkdir()
    log = folder / "dask_worker.log"
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
        _wait_until(lambda: told.exists() and bool(told.read_bytes()))
        address: str = json.loads(told.read_bytes())["address"]
        found = [
            stack.enter_context(
                _program("dask_worker", folder, own, address, "--nthreads", "1", "--no-nanny", "--name", f"w{number}", "--local-directory", str(folder / f"w{number}"))
            )
            for number in range(workers)
        ]  # fmt: skip
        _wait_until(lambda: not workers or log.read_text().count("Registered to:") >= workers)
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


def _wait_until(there: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not there():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)
