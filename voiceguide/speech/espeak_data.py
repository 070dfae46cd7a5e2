"""Where espeak-ng finds its data: the path must be short, whatever folder we are installed in."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# espeak keeps the path in 160 bytes, and some of its buffers put a file's name into the same space.
LONGEST_PATH = 120


def short_path(folder: Path) -> Path:
    """The folder by a name of at most 120 bytes: its own, or that of a link which is removed when the process ends.

    Raises OSError when no such link can be made.
    """
    if len(os.fsencode(folder)) <= LONGEST_PATH:
        return folder
    base = tempfile.gettempdir()
    if len(os.fsencode(base)) > LONGEST_PATH // 2:
        base = "/tmp"  # noqa: S108 (mkdtemp makes it safe, and a longer one is no use here)
    holder = Path(tempfile.mkdtemp(prefix="voiceguide-", dir=base))
    atexit.register(shutil.rmtree, holder, ignore_errors=True)
    link = holder / "data"
    link.symlink_to(folder, target_is_directory=True)
    return link
