"""The application asked without a network: requests as a server hands them on, and a studio that a test fills."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from voiceguide.errors import RequestError
from voiceguide.web.app import make_app
from voiceguide.web.hosts import LOOPBACK
from voiceguide.web.shell import read_shell
from voiceguide.web.studio import Busy, Catalogue, Listener, Listing, Session, Voice, Wish
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from voiceguide.errors import Problem
    from voiceguide.web.gate import Gate

GONE = b"gone"
ID = "0123456789abcdef0123456789abcdef"
SOUND = bytes(range(256)) * 1_000
PICTURE = b"\x89PNG a picture"
LARGE = b"\x89PNG a large picture"
EVENING = Listing(
    "evening", "Evening", "For the night.", "en", ("en", "de"), 61_000, ("wall",), ranges=True, dose=50
)
READY = Session(
    ID,
    "evening",
    "ready",
    done=1.0,
    title="Evening",
    summary="For the night.",
    language="en",
    duration_ms=61_000,
    bytes=len(SOUND),
    download="Evening.mp3",
    sides=(("left", "left"), ("right", "right")),
    published=datetime(2026, 11, 25, 18, 30, tzinfo=UTC),
)


@dataclass
class Studio:
    """Renders nothing: a wish for `evening` gives `answer`, and files lie in a folder."""

    folder: Path
    answer: Session = READY
    busy: bool = False
    broken: tuple[tuple[str, tuple[Problem, ...]], ...] = ()
    wishes: list[tuple[Wish, Listener]] = field(default_factory=list)
    left: list[tuple[str, Listener]] = field(default_factory=list)

    def catalogue(self) -> Catalogue:
        voices = (Voice("gmw/en", "English", "en"),)
        languages = (("en", "English"), ("de", "Deutsch"))
        return Catalogue((EVENING,), languages, voices, talk="brief", fit_ms=900_000, broken=self.broken)

    def wish(self, wish: Wish, listener: Listener) -> Session:
        self.wishes.append((wish, listener))
        if self.busy:
            raise Busy(problem("too-many-waiting"))
        if wish.routine != "evening":
            raise RequestError(problem("routine-unknown", name=wish.routine, near="did you mean evening?"))
        return self.answer

    def ready(self, wish: Wish) -> Session | None:
        return self.answer if self.answer.state == "ready" and wish.routine == "evening" else None

    def session(self, identity: str) -> Session | None:
        return self.answer if identity == self.answer.id else None

    def leave(self, identity: str, listener: Listener) -> None:
        self.left.append((identity, listener))

    def file(self, identity: str, suffix: str) -> Path | None:
        return self.folder / f"{ID}{suffix}" if identity == self.answer.id else None

    def cover(self, routine: str) -> bytes | None:
        return PICTURE if routine == "evening" else None

    def large_cover(self, identity: str) -> bytes | None:
        return LARGE if identity == self.answer.id else None


@dataclass(frozen=True)
class Answer:
    """A status, headers by lower-case name, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Phone:
    """Asks the application, from an address of the network; `reached` is the address of the machine that it asks."""

    app: Gate
    address: str = "192.168.1.30"
    reached: str = "127.0.0.1"
    host: str = "127.0.0.1:8420"

    def get(self, target: str, **headers: str) -> Answer:
        return self.ask("GET", target, [b""], **headers)

    def post(self, target: str, body: bytes | dict[str, Any], **headers: str) -> Answer:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", target, [content], **headers)

    def ask(self, method: str, target: str, body: Iterable[bytes | None] = (b"",), **headers: str) -> Answer:
        """The answer to a request; in the names of headers `_` stands for `-`.

        The body comes in these pieces; what is None does not come.
        """
        return asyncio.run(self.asked(method, target, list(body), {"host": self.host, **headers}))

    async def look_in(self, target: str) -> None:
        """Ask, and go away before there is an answer."""
        await self.asked("GET", target, [b"", GONE], {"host": self.host})

    async def asked(
        self, method: str, target: str, pieces: list[bytes | None], headers: dict[str, str]
    ) -> Answer:
        """The answer to a request, with the body in pieces; at one that is GONE the phone has gone."""
        raw, _, query = target.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(raw),
            "raw_path": raw.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "client": (self.address, 50_000),
            "server": (self.reached, 8420),
        }
        sent: list[Any] = []
        over = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if pieces and pieces[0] is GONE:
                # When it has been heard.
                await asyncio.sleep(0.05)
                return {"type": "http.disconnect"}
            if pieces and pieces[0] is not None:
                return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}
            await over.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                over.set()

        await self.app(scope, receive, send)
        start = sent[0]
        content = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, content)


def studio_in(folder: Path) -> Studio:
    """A studio with the files of one session."""
    files = {".mp3": SOUND, ".json": b"{}", ".chapters.json": b'{"chapters": []}', ".vtt": b"WEBVTT\n"}
    for suffix, content in files.items():
        (folder / f"{ID}{suffix}").write_bytes(content)
    return Studio(folder)


def phone(studio: Studio, **options: Any) -> Phone:
    """A phone that asks an application of this studio."""
    shell = read_shell({"icon-192.png": PICTURE, "cover.png": PICTURE})
    return Phone(make_app(studio, shell, **{"names": LOOPBACK, **options}))
