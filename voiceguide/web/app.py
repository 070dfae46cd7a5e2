"""The application as Starlette runs it: addresses, and what each gives."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from voiceguide.errors import RequestError, VoiceguideError
from voiceguide.web.asking import TooMuch, body_of, read_wish
from voiceguide.web.feeding import Feeds
from voiceguide.web.gate import Gate
from voiceguide.web.sending import send_bytes, send_file
from voiceguide.web.studio import SUFFIXES, Busy, Listener, catalogue_json, problems_json, session_json
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from voiceguide.web.shell import Item
    from voiceguide.web.studio import Studio

PATIENCE_S = 15.0
"""How long an answer waits for what is still being worked out: the page waits for twenty."""
_LOOK_EVERY_S = 0.1
_AGAIN_S = 5
_PAGE = re.compile(r"[0-9a-z]{1,32}")
_FILE = re.compile(r"([0-9a-f]{32})((?:\.[a-z0-9]+){1,2})")


def make_app(
    studio: Studio,
    shell: Mapping[str, Item],
    *,
    names: frozenset[str],
    token: str | None = None,
    at: str | None = None,
) -> Gate:
    """The application, which renders through a `studio` and serves the page of a `shell`.

    `names` are the hosts it may be asked for under, besides the machine's own addresses. With a `token` it is below
    `/TOKEN/` alone. `at` is the address under which a proxy serves it, without a slash at its end.
    """
    app = _App(studio, shell)
    feeds = Feeds(studio, app.catalogue, token, at)
    read, write = ["GET"], ["POST"]
    routes = [
        Route("/api/routines", app.routines, methods=read),
        Route("/api/sessions", app.wish, methods=write),
        Route("/api/sessions/{identity}", app.session, methods=["GET", "DELETE"]),
        Route("/sessions/{file}", app.file, methods=read),
        Route("/covers/{file}", app.cover, methods=read),
        Route("/feed.xml", feeds.answer, methods=read),
        Route("/episodes/{file}", feeds.episode, methods=read),
        Route("/{address:path}", app.page, methods=read),
    ]
    inner = Starlette(routes=routes, exception_handlers={404: _nothing, 405: _nothing})
    # Where a slash stands too much there is nothing.
    inner.router.redirect_slashes = False
    return Gate(inner, names, token, _origin(at))


class _App:
    def __init__(self, studio: Studio, shell: Mapping[str, Item]) -> None:
        self._studio = studio
        self._shell = shell

    async def page(self, request: Request) -> Response:
        """The page and what it is made of."""
        item = self._shell.get(request.path_params["address"])
        if item is None:
            return Response(status_code=404)
        return send_bytes(request, item.content, item.type, item.etag)

    async def catalogue(self) -> Any:
        """What there is to choose from, when it is whole or has taken long enough."""
        until = asyncio.get_running_loop().time() + PATIENCE_S
        found = await run_in_threadpool(self._studio.catalogue)
        while not found.whole and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(_LOOK_EVERY_S)
            found = await run_in_threadpool(self._studio.catalogue)
        return found

    async def routines(self, _request: Request) -> Response:
        """The routines, languages and voices to choose from."""
        return _json(catalogue_json(await self.catalogue()))

    async def wish(self, request: Request) -> Response:
        """Take a wish: 200 where its session is ready, else 202."""
        try:
            wish = read_wish(await body_of(request))
            session = await run_in_threadpool(self._studio.wish, wish, listener(request))
        except TooMuch:
            return _refused(RequestError(problem("wish-too-long")), 413, {"connection": "close"})
        except TimeoutError:
            return Response(status_code=408, headers={"connection": "close"})
        except Busy as error:
            return _refused(error, 503, {"retry-after": str(_AGAIN_S)})
        except VoiceguideError as error:
            return _refused(error, 400)
        return _json(session_json(session), 200 if session.state == "ready" else 202)

    async def session(self, request: Request) -> Response:
        """How far a session is; or forget it."""
        identity = request.path_params["identity"]
        if request.method == "DELETE":
            await run_in_threadpool(self._studio.leave, identity, listener(request))
            return Response(status_code=204)
        session = await run_in_threadpool(self._studio.session, identity)
        return Response(status_code=404) if session is None else _json(session_json(session))

    async def file(self, request: Request) -> Response:
        """A file of a session that is ready; with `?download` it is to be kept under a name of its own."""
        found = _FILE.fullmatch(request.path_params["file"])
        if found is None or found[2] not in SUFFIXES:
            return Response(status_code=404)
        identity, suffix = found.groups()
        path = await run_in_threadpool(self._studio.file, identity, suffix)
        if path is None:
            return Response(status_code=404)
        name = None
        if "download" in request.query_params:
            session = await run_in_threadpool(self._studio.session, identity)
            if session is not None and session.download is not None:
                name = session.download.removesuffix(".mp3") + suffix
        return await send_file(request, path, SUFFIXES[suffix], name)

    async def cover(self, request: Request) -> Response:
        """The picture of a routine."""
        from hashlib import sha256  # noqa: PLC0415 (only pictures need it)

        name = request.path_params["file"]
        content = self._studio.cover(name.removesuffix(".png")) if name.endswith(".png") else None
        if content is None:
            return Response(status_code=404)
        return send_bytes(request, content, "image/png", f'"{sha256(content).hexdigest()[:32]}"')


def listener(request: Request) -> Listener:
    """Who asks: several pages at one address, or behind one, tell themselves apart in `X-Listener`."""
    page = request.headers.get("x-listener", "")
    return Listener(request.client.host if request.client else "", page if _PAGE.fullmatch(page) else "")


async def _nothing(_request: Request, error: Exception) -> Response:
    return Response(status_code=getattr(error, "status_code", 404), headers=getattr(error, "headers", None))


def _json(data: dict[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    content = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, status, {"cache-control": "no-store", **(headers or {})}, "application/json")


def _refused(error: VoiceguideError, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return _json({"problems": problems_json(error.problems)}, status, headers)


def _origin(at: str | None) -> str | None:
    """The scheme and host of an address."""
    return None if at is None else "/".join(at.split("/")[:3]).lower()
