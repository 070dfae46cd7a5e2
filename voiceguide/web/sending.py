"""Files sent to a phone: in pieces, whole or in part, and no longer than it takes them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from voiceguide.web.ranges import answer, matches

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

PIECE_BYTES = 64 * 1024
"""Bytes read at a time: about so many are in memory for each phone, and twice as many in the system."""
FOREVER = "private, max-age=31536000, immutable"
"""For what never changes under its address."""
ASK = "no-cache"
"""For what may be kept, and is asked for each time whether it has changed."""


class _Sent(StreamingResponse):
    """Bytes of an open file, which is closed when they are sent or nobody takes them."""

    def __init__(self, file: BinaryIO, start: int, end: int, status: int, headers: Mapping[str, str]) -> None:
        super().__init__((), status_code=status, headers=headers)
        self._file, self._start, self._end = file, start, end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, as long as the phone is there."""
        with self._file:
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Send what was asked for, a piece when the one before it is on its way."""
        try:
            await send(
                {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
            )
            left = self._end - self._start
            self._file.seek(self._start)
            while left:
                piece = await run_in_threadpool(self._file.read, min(PIECE_BYTES, left))
                if not piece:
                    # It was cut meanwhile: the length that was promised tells the phone that something is missing.
                    break
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._file.close()


async def send_file(
    request: Request, path: Path, media_type: str, download: str | None = None, *, cached: str = FOREVER
) -> Response:
    """A file as a request asks for it, 404 where it is gone; `cached` says how long it is good under its address.

    With a `download` the phone keeps it under that name.
    """
    try:
        file, status = await run_in_threadpool(_open, path)
    except OSError:
        return Response(status_code=404)
    size, etag = status.st_size, f'"{status.st_size:x}-{status.st_mtime_ns:x}"'
    what = answer(request.method, request.headers, etag, size)
    headers = {"accept-ranges": "bytes", "cache-control": cached, "etag": etag}
    if what.status in (304, 416):
        file.close()
        more = {"content-range": f"bytes */{size}"} if what.status == 416 else {}  # noqa: PLR2004 (a status)
        return Response(status_code=what.status, headers=headers | more)
    headers |= {"content-type": media_type, "content-length": str(what.end - what.start)}
    if what.status == 206:  # noqa: PLR2004 (a status)
        headers["content-range"] = f"bytes {what.start}-{what.end - 1}/{size}"
    if download is not None:
        headers["content-disposition"] = disposition(download)
    if request.method == "HEAD" or not size:
        file.close()
        return Response(status_code=what.status, headers=headers)
    return _Sent(file, what.start, what.end, what.status, headers)


def send_bytes(request: Request, content: bytes, media_type: str, etag: str) -> Response:
    """What is in memory, or 304 where the browser has it."""
    headers = {"cache-control": ASK, "etag": etag}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    headers["content-type"] = media_type
    return Response(
        content if request.method != "HEAD" else b"", headers=headers | {"content-length": str(len(content))}
    )


def disposition(name: str) -> str:
    """The header that has a file kept under a name (RFC 6266); what reads only ASCII gets a name like it."""
    plain = "".join(one if one.isascii() and one.isprintable() and one not in '"\\%' else "_" for one in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _open(path: Path) -> tuple[BinaryIO, os.stat_result]:
    file = path.open("rb")
    return file, os.fstat(file.fileno())
