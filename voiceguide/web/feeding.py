"""The podcast feed: what is rendered is listed, the rest is rendered, and for a while it is waited for."""

from __future__ import annotations

import asyncio
import itertools
import re
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from voiceguide.album.feed import MIME, Episode, Show, episode_guid, feed, show_guid
from voiceguide.errors import VoiceguideError
from voiceguide.web.asking import read_wishes
from voiceguide.web.gate import reached, root_of
from voiceguide.web.sending import ASK, send_bytes, send_file
from voiceguide.web.shell import COVER
from voiceguide.web.studio import SUFFIXES, Busy, Listener, Session

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from voiceguide.web.studio import Catalogue, Studio, Wish

PATIENCE_S = 25.0
"""How long a feed waits for what is rendered: podcast applications wait for half a minute and more."""
GOES_ON_S = 120.0
"""How long the rest is rendered when a part has been answered: for who has gone without an answer nothing is."""
MOST = 8
"""As many feeds are rendered for at once."""
_LOOK_EVERY_S = 0.2
_AGAIN_S = 10
_PICTURE = ".png"
_ENDINGS = sorted([*SUFFIXES, _PICTURE], key=len, reverse=True)
_FILE = re.compile(rf"(.+?)({'|'.join(map(re.escape, _ENDINGS))})", re.DOTALL)
_TITLE, _ABOUT = "voiceguide", "Spoken coaching for stretching."


class Feeds:
    """Answers requests for feeds; one that is asked for again while it is rendered for is rendered for once."""

    def __init__(
        self, studio: Studio, catalogue: Callable[[], Awaitable[Catalogue]], token: str | None, at: str | None
    ) -> None:
        self._studio = studio
        self._catalogue = catalogue
        self._root = root_of(token)
        self._at = at
        self._under_way: dict[tuple[str, tuple[Wish, ...]], _Rendering] = {}
        self._numbers = itertools.count()
        self._drawing = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """The feed of a query, of all routines where it names none; 503 where nothing is rendered yet."""
        catalogue = await self._catalogue()
        try:
            wishes = read_wishes(request.query_params, tuple(one.name for one in catalogue.routines))
        except VoiceguideError as error:
            return _told(400, "; ".join(found.message for found in error.problems))
        ready = await self._ready(request, wishes)
        if isinstance(ready, Response):
            return ready
        content = self._feed(request, wishes, ready)
        return send_bytes(request, content, f"{MIME}; charset=utf-8", _tag(content))

    async def episode(self, request: Request) -> Response:
        """A file of an episode, under an address that it keeps whenever it is rendered anew; 503 while it is."""
        found = _FILE.fullmatch(request.path_params["file"])
        if found is None or "routine" in request.query_params:
            return Response(status_code=404)
        name, suffix = found.groups()
        try:
            wishes = read_wishes(request.query_params, (name,))
        except VoiceguideError as error:
            return _told(400, "; ".join(found.message for found in error.problems))
        ready = await self._ready(request, wishes)
        if isinstance(ready, Response):
            return ready
        if suffix == _PICTURE:
            return await self._cover(request, ready[0].id)
        path = await run_in_threadpool(self._studio.file, ready[0].id, suffix)
        if path is None:
            return Response(status_code=404)
        return await send_file(request, path, SUFFIXES[suffix], cached=ASK)

    async def _cover(self, request: Request, identity: str) -> Response:
        # One at a time, so that the threads are there for others.
        async with self._drawing:
            content = await run_in_threadpool(self._studio.large_cover, identity)
        return (
            Response(status_code=404)
            if content is None
            else send_bytes(request, content, "image/png", _tag(content))
        )

    async def _ready(self, request: Request, wishes: tuple[Wish, ...]) -> list[Session] | Response:
        """The sessions of wishes that are ready after a while; an answer that says so where none is."""
        if await request.is_disconnected():
            return _told(503, "")
        rendering = self._rendering(f"{request.client.host if request.client else ''} feed", wishes)
        if rendering is None:
            return _told(503, "too many feeds are being rendered", {"retry-after": str(_AGAIN_S)})
        task = rendering.task
        if not await rendering.wait(request):
            return _told(503, "")
        found = task.result() if task.done() else [await self._now(wish) for wish in wishes]
        ready = [session for session in found if session is not None and session.state == "ready"]
        if ready:
            return ready
        if len(found) < len(wishes) or not task.done():
            return _told(503, "it is being rendered", {"retry-after": str(_AGAIN_S)})
        messages = (one.message for session in found if session is not None for one in session.problems)
        return _told(404, "; ".join(dict.fromkeys(messages)))

    async def _now(self, wish: Wish) -> Session | None:
        return await run_in_threadpool(self._studio.ready, wish)

    def _rendering(self, address: str, wishes: tuple[Wish, ...]) -> _Rendering | None:
        """What is rendered for a feed at an address, from now on or already; None where that is too much."""
        key = (address, wishes)
        if key not in self._under_way:
            if len(self._under_way) >= MOST:
                return None
            # Each waits for one session at a time, and none takes another one's place.
            listener = Listener(address, str(next(self._numbers)))
            rendering = _Rendering(self._studio, wishes, listener)
            self._under_way[key] = rendering
            rendering.task.add_done_callback(lambda _: self._under_way.pop(key))
        return self._under_way[key]

    def _feed(self, request: Request, wishes: tuple[Wish, ...], ready: list[Session]) -> bytes:
        """The feed of what is ready, everything in it addressed as the feed was."""
        base = f"{self._at or reached(request.scope)}{self._root}"
        asked = f"?{request.url.query}" if request.url.query else ""
        # What it is known by stays where this machine gets another address.
        guid = show_guid(f"voiceguide{self._root}/feed.xml{asked}")
        title = ready[0].title if len(wishes) == 1 else _TITLE
        show = Show(
            title=title,
            description=(len(wishes) == 1 and ready[0].summary) or _ABOUT,
            language=ready[0].language,
            site=f"{base}/",
            feed=f"{base}/feed.xml{asked}",
            cover=f"{base}/{COVER}",
            guid=guid,
            private=True,
        )
        choices = {wish.routine: wish.choices for wish in wishes}
        return feed(show, (_episode(session, base, guid, choices[session.routine]) for session in ready))


class _Rendering:
    """The sessions of some wishes, rendered one after the other as long as somebody waits for them."""

    def __init__(self, studio: Studio, wishes: tuple[Wish, ...], listener: Listener) -> None:
        self._studio = studio
        self._listener = listener
        self._clients = 0
        self._goes_on_until = asyncio.get_running_loop().time()
        self.task = asyncio.create_task(self._rendered(wishes))

    async def wait(self, request: Request) -> bool:
        """Wait with a client until all is rendered, or for PATIENCE_S; False where the client went away."""
        self._clients += 1
        gone = asyncio.create_task(_gone(request))
        try:
            await asyncio.wait({self.task, gone}, timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                return False
            self._goes_on_until = asyncio.get_running_loop().time() + GOES_ON_S
            return True
        finally:
            gone.cancel()
            self._clients -= 1

    def _is_wanted(self) -> bool:
        return bool(self._clients) or asyncio.get_running_loop().time() < self._goes_on_until

    async def _rendered(self, wishes: tuple[Wish, ...]) -> list[Session]:
        """Every wish's session when it is ready or has failed; fewer where nobody waits any more."""
        found = []
        for wish in wishes:
            session = await self._one(wish)
            if session is None:
                break
            found.append(session)
        return found

    async def _one(self, wish: Wish) -> Session | None:
        while self._is_wanted():
            try:
                session = await run_in_threadpool(self._studio.wish, wish, self._listener)
            except Busy:
                await asyncio.sleep(_LOOK_EVERY_S)
                continue
            except VoiceguideError as error:
                return Session("", wish.routine, "failed", problems=error.problems)
            looked: Session | None = session
            while looked is not None and looked.state in ("waiting", "rendering"):
                await asyncio.sleep(_LOOK_EVERY_S)
                if not self._is_wanted():
                    await run_in_threadpool(self._studio.leave, session.id, self._listener)
                    return None
                looked = await run_in_threadpool(self._studio.session, session.id)
            if looked is not None:
                return looked
        return None


async def _gone(request: Request) -> None:
    """Wait until the client is there no more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _episode(session: Session, base: str, guid: str, choices: tuple[tuple[str, str], ...]) -> Episode:
    if session.published is None or session.duration_ms is None or session.bytes is None:
        raise ValueError(session.state)
    heard = " ".join((session.routine, *(f"{key}={value}" for key, value in choices)))
    # Some applications ask for ever for the address that they saw first.
    at = f"{base}/episodes/{quote(session.routine, safe='')}"
    chosen = f"?{urlencode(choices)}" if choices else ""
    return Episode(
        guid=episode_guid(guid, heard),
        title=session.title,
        summary=session.summary,
        language=session.language,
        duration_ms=session.duration_ms,
        bytes=session.bytes,
        published=session.published,
        audio=f"{at}.mp3{chosen}",
        chapters=f"{at}.chapters.json{chosen}",
        transcript=f"{at}.vtt{chosen}",
        cover=f"{at}{_PICTURE}{chosen}",
    )


def _told(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    return Response(words, status, {"cache-control": "no-store", **(headers or {})}, "text/plain")


def _tag(content: bytes) -> str:
    return f'"{sha256(content).hexdigest()[:32]}"'
