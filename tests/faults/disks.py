"""Disks that fail, for real: small ones and read-only ones, mounted in a namespace that ends with the command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User

PAGE = 4096
"""What a file takes of a small disk at least, and a multiple of it."""

# Whoever stands in a folder does not see what is mounted over it until they come back.
# What was in the folder is put on the disk first; what is on it at the end is put beside it.
_SMALL = """
cp -a "$0" "$0.before" && mount -t tmpfs -o size="$1" none "$0" && cp -a "$0.before/." "$0/" || exit 99
cd "$PWD"
shift; "$@"; code=$?
rm -rf "$0.after"; mkdir "$0.after" && cp -a "$0/." "$0.after/" || exit 99
exit $code
"""
_READ_ONLY = """
mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" || exit 99
cd "$PWD"
shift; exec "$@"
"""
_REFUSED = 99


def _apart() -> list[str]:
    """What runs a command in a namespace of mounts, as someone who may mount there."""
    return ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]


def can_mount() -> str:
    """Why nothing can be mounted here; empty where it can be."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return "this system has no unshare"
    script = (
        "mount -t tmpfs -o size=4096 none /mnt && mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp"
    )
    tried = subprocess.run(
        [*_apart(), "sh", "-c", script], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    return "" if tried.returncode == 0 else tried.stderr.strip()


def with_small_disk(user: User, folder: Path, size: int, *arguments: str) -> Outcome:
    """Run a command while `folder` is a disk of `size` bytes that holds its files; they are in `left(folder)` then."""
    return _run(user, _SMALL, folder, str(size), *arguments)


def with_read_only(user: User, folder: Path, *arguments: str) -> Outcome:
    """Run a command while nothing below `folder` can be written, not even by root."""
    return _run(user, _READ_ONLY, folder, "", *arguments)


def left(folder: Path) -> Path:
    """Where the files of a small disk are once its command has ended."""
    return folder.with_name(f"{folder.name}.after")


def _run(user: User, script: str, folder: Path, size: str, *arguments: str) -> Outcome:
    done = subprocess.run(
        [*_apart(), "sh", "-c", script, str(folder), size, sys.executable, "-m", "voiceguide", *arguments],
        cwd=user.folder,
        env=user.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == _REFUSED:
        raise RuntimeError(done.stderr)
    return Outcome(done.returncode, done.stdout, done.stderr)
