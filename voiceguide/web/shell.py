"""What the page is made of: a table of the files that may be served, read once, so that no path reaches the disk."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = Path(__file__).with_name("page")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
# What stands beside the page; all the rest is in `static/`. A service worker has a say only below its own address.
_BESIDE = {"index.html": "", "sw.js": "sw.js", "manifest.webmanifest": "manifest.webmanifest"}
_WORKER = "sw.js"
COVER = "cover.png"
"""The picture of a podcast, which is for podcast applications alone."""
_FILES, _VERSION = "/*FILES*/", "/*VERSION*/"


class Item(NamedTuple):
    """A file in memory, with its type and its tag."""

    content: bytes
    type: str
    etag: str


def read_shell(pictures: Mapping[str, bytes], folder: Path = PAGE) -> dict[str, Item]:
    """The files of the page by their address below the root, the page itself under the empty one.

    `pictures` are PNGs by their names beside it. The service worker is told what there is to keep, and a version that
    changes with any of it.
    """
    found = {
        _BESIDE.get(path.name, f"static/{path.name}"): (path.read_bytes(), _TYPES[path.suffix])
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix in _TYPES
    }
    found |= {name: (content, _TYPES[".png"]) for name, content in pictures.items()}
    if _WORKER in found:
        content, media_type = found[_WORKER]
        found[_WORKER] = (_filled(content.decode(), found).encode(), media_type)
    return {
        address: Item(content, media_type, f'"{sha256(content).hexdigest()[:32]}"')
        for address, (content, media_type) in found.items()
    }


def _filled(worker: str, found: Mapping[str, tuple[bytes, str]]) -> str:
    """The service worker with the addresses of all the other files, and the version."""
    version = sha256()
    for address, (content, _) in sorted(found.items()):
        version.update(f"{address}\0{len(content)}\0".encode() + content)
    files = ", ".join(
        json.dumps(address or "./") for address in sorted(found) if address not in (_WORKER, COVER)
    )
    return worker.replace(_FILES, files).replace(_VERSION, version.hexdigest()[:16])
