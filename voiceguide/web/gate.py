"""What every request passes, and what every answer carries."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response

from voiceguide.web.hosts import is_from_ours, is_ours, is_strange

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_CHANGES = frozenset({"POST", "DELETE", "PUT", "PATCH"})


class Gate:
    """The application behind its checks: the Host first, then the token, then who asks.

    `names` are the hosts that it may be asked for under, besides the machine's addresses; `token` is the first part of every path, None
    for none. `at` is the origin under which a proxy serves it.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str], token: str | None, at: str | None = None) -> None:
        self._app = app
        self._names = names
        self._token = token
        self._at = frozenset({at} if at else ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have the application answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answering: ASGIApp = self._refusal(scope) or self._app
        if self._token is not None:
            scope = {**scope, "path": _below(scope["path"])}
        await answering(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further; it tells as little as it can."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        server = scope.get("server")
        if len(hosts) != 1 or not is_ours(hosts[0], self._names, server[0] if server else None):
            return Response(status_code=421)
        if self._token is not None:
            first, slash, _ = scope["path"].removeprefix("/").partition("/")
            if not compare_digest(first.encode("utf-8", "surrogatepass"), self._token.encode()):
                return Response(status_code=404)
            if not slash:
                # Everything is addressed relatively: from here it would be one folder too high. So is this, for a proxy
                # may serve us below an address of its own.
                return RedirectResponse(f"{self._token}/", status_code=308)
        if scope["method"] in _CHANGES:
            ours = self._at | {f"{scheme}://{hosts[0].lower()}" for scheme in ("http", "https")}
            if not is_from_ours(headers, ours):
                return Response(status_code=403)
        path = scope["path"] if self._token is None else _below(scope["path"])
        return Response(status_code=403) if is_strange(headers, is_page=path == "/") else None


def _below(path: str) -> str:
    """The path without its first part."""
    return "/" + path.removeprefix("/").partition("/")[2]


def root_of(token: str | None) -> str:
    """What every path begins with."""
    return f"/{token}" if token else ""


def reached(scope: Scope) -> str:
    """The address that a request came to, scheme and host, as the client sees it."""
    return f"{scope['scheme']}://{Headers(scope=scope)['host']}"
