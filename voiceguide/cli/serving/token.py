"""The token in every address, kept so that a subscription or an icon on the home screen lasts."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from voiceguide.atomic import atomic_file
from voiceguide.files import make_folder

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "phone-token"
_BYTES = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,86}")


def kept_token(folder: Path, *, new: bool) -> str:
    """The token that is kept in a folder, or a new one; raises OutputError where it cannot be kept."""
    path = folder / FILE_NAME
    if not new:
        with suppress(OSError, ValueError):
            token = path.read_text(encoding="ascii").strip()
            if _TOKEN.fullmatch(token):
                return token
    token = secrets.token_urlsafe(_BYTES)
    make_folder(folder)
    with atomic_file(path) as file:
        # Nobody else on this machine is to read it.
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), 0o600)
        file.write(f"{token}\n".encode())
    return token
