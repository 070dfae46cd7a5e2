"""What the application is handed: the routines there are, and who renders sessions of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from voiceguide.album import chapters, transcript
from voiceguide.errors import VoiceguideError
from voiceguide.wording import PAGE_HINTS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from voiceguide.errors import Problem

_OPTION = re.compile(r"(?<!\S)`?--?[a-z]")
State = Literal["waiting", "rendering", "ready", "failed"]
CHOICES = ("dose", "fit", "talk", "language", "voice")
"""What a listener may choose; nothing else reaches a render."""
SUFFIXES = {
    ".mp3": "audio/mpeg",
    ".json": "application/json",
    ".chapters.json": chapters.MIME,
    ".vtt": f"{transcript.MIME}; charset=utf-8",
}
"""The files of a session that is ready, with their types."""


class Listener(NamedTuple):
    """Who wishes: a page that is open somewhere, by a name it made up, at an address that others may share."""

    address: str
    page: str = ""


@dataclass(frozen=True)
class Wish:
    """A routine by name, and pairs of a choice and its value in text; both are as they came, still to be checked."""

    routine: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Session:
    """A session that was wished for: how far it is, and when it is ready what it is.

    `id` changes with everything that shapes what is heard. `ahead` is how many are rendered before it, `done` a share
    from 0 to 1. `told` is what was chosen and left out, a line each; `sides` are its own words for left and right.
    `published` is when its routine was written.
    """

    id: str
    routine: str
    state: State
    ahead: int = 0
    done: float = 0.0
    problems: tuple[Problem, ...] = ()
    title: str = ""
    summary: str = ""
    language: str = ""
    told: tuple[str, ...] = ()
    duration_ms: int | None = None
    bytes: int | None = None
    download: str | None = None
    sides: tuple[tuple[str, str], ...] = ()
    published: datetime | None = None


@dataclass(frozen=True)
class Listing:
    """A routine as it is listed: with its length in ms in the language that it is played in, and all it can be played in.

    `ranges` is whether a dose changes anything. `dose` in percent and `talk` are those of a session where nobody chooses
    others.
    """

    name: str
    title: str
    summary: str
    language: str
    languages: tuple[str, ...]
    duration_ms: int
    needs: tuple[str, ...]
    ranges: bool
    dose: int | None = None
    talk: str = "full"


@dataclass(frozen=True)
class Voice:
    """A voice that can be chosen, and the language that it speaks best."""

    id: str
    name: str
    language: str


@dataclass(frozen=True)
class Catalogue:
    """What there is to choose from: routines, languages by code and name, voices.

    `broken` are the names of routines that cannot be listed, with what is wrong. It is not `whole` while a routine's length is still being worked out. `talk`, and `fit` in ms, are what is chosen already
    where the server was told so.
    """

    routines: tuple[Listing, ...]
    languages: tuple[tuple[str, str], ...]
    voices: tuple[Voice, ...]
    whole: bool = True
    talk: str | None = None
    fit_ms: int | None = None
    broken: tuple[tuple[str, tuple[Problem, ...]], ...] = ()


class Busy(VoiceguideError):  # noqa: N818 (it passes)
    """As many sessions are waiting as may wait."""


class Studio(Protocol):
    """Who knows the routines and renders sessions of them; its functions may be called by any thread, and read files."""

    def catalogue(self) -> Catalogue:
        """What there is to choose from, as far as it is known."""

    def wish(self, wish: Wish, listener: Listener) -> Session:
        """The session of a wish, rendered now, later, or before; it takes the place of the listener's waiting one.

        Where nobody else waits for that one it has failed, as `wish-replaced`. Raises RequestError for what cannot be chosen, and Busy.
        """

    def ready(self, wish: Wish) -> Session | None:
        """The session of a wish where it is ready; None where it is not, or cannot be chosen."""

    def session(self, identity: str) -> Session | None:
        """How far a session is; asking keeps it waiting. None where there is none."""

    def leave(self, identity: str, listener: Listener) -> None:
        """Forget a listener's wish that is still waiting."""

    def file(self, identity: str, suffix: str) -> Path | None:
        """A file of a session that is ready, None where there is none; it may be gone when it is opened."""

    def cover(self, routine: str) -> bytes | None:
        """The picture of a routine as a PNG."""

    def large_cover(self, identity: str) -> bytes | None:
        """The picture of a session that is ready as a PNG of 1,400 pixels a side or more; it may take a while."""


def session_json(session: Session) -> dict[str, Any]:
    """A session as the page reads it, its files by their addresses below the root."""
    ready = session.state == "ready"
    files = {
        "audio": f"sessions/{session.id}.mp3",
        "timeline": f"sessions/{session.id}.json",
        "chapters": f"sessions/{session.id}.chapters.json",
        "transcript": f"sessions/{session.id}.vtt",
    }
    return {
        "id": session.id,
        "routine": session.routine,
        "title": session.title,
        "language": session.language,
        "state": session.state,
        "ahead": session.ahead,
        "done": session.done,
        "problems": problems_json(session.problems),
        "told": list(session.told),
        "duration_ms": session.duration_ms,
        "bytes": session.bytes,
        **(files if ready else dict.fromkeys(files)),
        "download": session.download,
        "picture": cover_path(session.routine),
        "sides": dict(session.sides),
    }


def catalogue_json(catalogue: Catalogue) -> dict[str, Any]:
    """What there is to choose from as the page reads it."""
    return {
        "routines": [
            {
                "name": routine.name,
                "title": routine.title,
                "summary": routine.summary,
                "language": routine.language,
                "languages": list(routine.languages),
                "duration_ms": routine.duration_ms,
                "needs": list(routine.needs),
                "picture": cover_path(routine.name),
                "ranges": routine.ranges,
                "dose": routine.dose,
                "talk": routine.talk,
            }
            for routine in catalogue.routines
        ],
        "languages": [{"code": code, "name": name} for code, name in catalogue.languages],
        "voices": [
            {"id": voice.id, "name": voice.name, "language": voice.language} for voice in catalogue.voices
        ],
        "broken": [
            {"name": name, "problems": problems_json(problems)} for name, problems in catalogue.broken
        ],
        "feed": "feed.xml",
        "whole": catalogue.whole,
        "talk": catalogue.talk,
        "fit": None if catalogue.fit_ms is None else f"{max(1, catalogue.fit_ms // 60_000)}m",
    }


def problems_json(problems: tuple[Problem, ...]) -> list[dict[str, str | None]]:
    """Problems as the page shows them: without places, which are in files of this machine, and without its options."""
    return [{"message": found.message, "hint": _hint(found)} for found in problems]


def _hint(found: Problem) -> str | None:
    """What can be done at the page: where the command line would take an option, it has words of its own, or none."""
    if found.kind in PAGE_HINTS:
        return PAGE_HINTS[found.kind]
    return None if found.hint is None or _OPTION.search(found.hint) else found.hint


def cover_path(routine: str) -> str:
    """The address of a routine's picture below the root."""
    from urllib.parse import quote  # noqa: PLC0415 (only the application needs it)

    return f"covers/{quote(routine, safe='')}.png"
