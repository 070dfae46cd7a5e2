"""What a phone wishes for, read from what it sends."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from voiceguide.errors import RequestError
from voiceguide.web.studio import CHOICES, Wish
from voiceguide.wording import problem

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request

MOST_BYTES = 4_096
WITHIN_S = 10.0
MOST_ROUTINES = 100
_LONGEST = 200
_LONGEST_NAME = 255


class TooMuch(Exception):  # noqa: N818 (as HTTP calls it)
    """A body of more bytes than any wish has."""


async def body_of(request: Request) -> bytes:
    """The body of a request; raises TooMuch, and TimeoutError where it does not come."""
    body = b""
    async with asyncio.timeout(WITHIN_S):
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                raise TooMuch
    return body


def read_wish(body: bytes) -> Wish:
    """The wish in a body of JSON; raises RequestError for what is none."""
    try:
        # Of a key that stands twice nobody knows which is meant.
        said = json.loads(body, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise RequestError(problem("wish-not-json")) from error
    if not isinstance(said, dict):
        raise RequestError(problem("wish-not-json"))
    unknown = [key for key in said if key not in ("routine", *CHOICES)]
    if unknown:
        raise RequestError(problem("wish-unknown", name=unknown[0][:_LONGEST]))
    texts = {key: _text(key, value) for key, value in said.items() if value is not None}
    if "routine" not in texts:
        raise RequestError(problem("wish-without-routine"))
    return Wish(texts["routine"], tuple((key, texts[key]) for key in CHOICES if key in texts))


def read_wishes(query: QueryParams, known: tuple[str, ...]) -> tuple[Wish, ...]:
    """The wishes in the query of a feed: its routines, all that are `known` where it names none, with its choices."""
    unknown = [key for key in query if key not in ("routine", *CHOICES)]
    if unknown:
        raise RequestError(problem("wish-unknown", name=unknown[0][:_LONGEST]))
    choices = tuple((key, _text(key, query[key])) for key in CHOICES if key in query)
    named = tuple(dict.fromkeys(_text("routine", name) for name in query.getlist("routine"))) or known
    return tuple(Wish(name, choices) for name in named[:MOST_ROUTINES])


def _text(key: str, value: Any) -> str:
    """A value as it would be written on the command line."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        # A routine is looked up in a list: whatever a file can be called is a name.
        if key == "routine" and len(value) <= _LONGEST_NAME:
            return value
        if len(value) <= _LONGEST and value.isprintable():
            return value
    raise RequestError(problem("wish-value", name=key))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found
