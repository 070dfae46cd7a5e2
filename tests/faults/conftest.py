"""A short routine rendered well: what every fault is compared with, and a user whose cache knows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.faults.disks import can_mount

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User

ROUTINE = """\
title: Short
language: en
steps:
  - say: Stand still.
  - childs-pose: 15s
"""
SUFFIXES = (".mp3", ".wav", ".flac")
"""Of files that come out the same each time: Ogg has a number of its own in each."""


@dataclass(frozen=True)
class Clean:
    """The routine as it is without a fault, by suffix, the cache that it leaves, and how long a render takes then."""

    files: dict[str, bytes]
    cache: Path
    seconds: float


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    folder = tmp_path_factory.mktemp("clean")
    home, cache = folder / "home", folder / "cache"
    (folder / "short.yaml").write_text(ROUTINE)
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(cache)}
    environment |= {"XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
    environment.pop("VOICEGUIDE_CONFIG", None)
    begun = time.monotonic()
    # The first has everything made, and from the second on it is read.
    for suffix in (".mp3", *SUFFIXES):
        begun = time.monotonic()
        command = [sys.executable, "-m", "voiceguide", "render", "short.yaml", "-o", f"x{suffix}"]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    seconds = time.monotonic() - begun
    return Clean({suffix: (folder / f"x{suffix}").read_bytes() for suffix in SUFFIXES}, cache, seconds)


@pytest.fixture
def patient(user: User, clean: Clean, monkeypatch: pytest.MonkeyPatch) -> User:
    """A user with the routine `short.yaml`, a folder `disk`, and a cache of their own that knows all of it."""
    shutil.copytree(clean.cache, user.folder / "cache")
    user.environment["XDG_CACHE_HOME"] = str(user.folder / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(user.folder / "cache"))
    user.write("short.yaml", ROUTINE)
    (user.folder / "disk").mkdir()
    return user


@pytest.fixture(scope="session")
def mounts() -> None:
    """Skips a test where no file system may be mounted."""
    reason = can_mount()
    if reason:
        pytest.skip(f"no file system can be mounted here: {reason}")
