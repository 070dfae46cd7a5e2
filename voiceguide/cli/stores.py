"""What is kept in the user's cache folder, besides clips, so that it is made only once: pieces of MP3s and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.store import Store

if TYPE_CHECKING:
    from voiceguide.files import Folders

PIECE_BYTES = 500_000_000
"""Bytes of encoded pieces: 17 hours of sound at 64 kbit/s."""
TAG_BYTES = 50_000_000

_PIECE_VERSION = 1
_TAG_VERSION = 1


def pieces(folders: Folders) -> Store:
    """Where encoded pieces of MP3s are kept."""
    return Store(folders.cache / "pieces", ".piece", _PIECE_VERSION, PIECE_BYTES)


def tags(folders: Folders) -> Store:
    """Where the tags of MP3s are kept, with their covers."""
    return Store(folders.cache / "tags", ".tag", _TAG_VERSION, TAG_BYTES)
