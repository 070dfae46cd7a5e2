"""Which bytes of a file a request is answered with (RFC 9110: sections 13 and 14)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_RANGE = re.compile(r"\s*([0-9]{0,19})\s*-\s*([0-9]{0,19})\s*")


class Answer(NamedTuple):
    """A status, and the first byte and the one after the last: 200, 206, 304 or 416, the last two without any."""

    status: int
    start: int
    end: int


def answer(method: str, headers: Mapping[str, str], etag: str, size: int) -> Answer:
    """What a GET or HEAD with these headers is answered with for a file of so many bytes.

    Parts are for GET alone.

    A request for several ranges is answered with the whole, as a server may: no player asks for that, and
    serving it is how servers are kept busy.
    """
    if matches(headers.get("if-none-match"), etag):
        return Answer(304, 0, 0)
    asked = headers.get("range") if method == "GET" else None
    # A part goes with what the client has only where that is the same file: a weak tag, or a date, does not say so.
    if asked is None or headers.get("if-range", etag).strip() != etag:
        return Answer(200, 0, size)
    return _part(asked, size) or Answer(200, 0, size)


def _part(asked: str, size: int) -> Answer | None:
    """The answer to a `Range` header; None for what is no single range of bytes."""
    unit, _, ranges = asked.partition("=")
    found = _RANGE.fullmatch(ranges)
    if unit.strip().lower() != "bytes" or not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = size - min(int(last), size), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    return Answer(206, start, end) if start < end else Answer(416, 0, 0)


def matches(header: str | None, etag: str) -> bool:
    """Whether a list of tags in `If-None-Match` has the tag, by weak comparison."""
    if header is None:
        return False
    return any(tag.strip().removeprefix("W/") in ("*", etag) for tag in header.split(","))
