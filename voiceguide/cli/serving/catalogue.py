"""The catalogue of the server: worked out by a process of its own, in the background, and again where scripts change."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.cli.many.job import Failed, Job
from voiceguide.cli.many.journal import digest_of
from voiceguide.cli.problems import show_problems
from voiceguide.cli.serving.listing import Listed, list_routine, list_voices, shelf
from voiceguide.errors import Stopped
from voiceguide.files import named_routines
from voiceguide.phrases import LANGUAGES
from voiceguide.web.studio import Catalogue
from voiceguide.wording import problem

if TYPE_CHECKING:
    from threading import Event

    from voiceguide.cli.many.given import Options
    from voiceguide.cli.many.job import Settings
    from voiceguide.cli.serving.hands import Hand
    from voiceguide.errors import Problem
    from voiceguide.files import Folders
    from voiceguide.web.studio import Voice


class Beginning(NamedTuple):
    """What is chosen already when the page opens: how much it talks, and how many ms a session may last."""

    talk: str | None = None
    fit_ms: int | None = None


def known_routines(folders: Folders) -> dict[str, Path]:
    """The routines that can be asked for, by their names."""
    return {name: path for name, path in named_routines(folders) if _can_be_asked_for(name)}


def _can_be_asked_for(name: str) -> bool:
    """Whether a name can stand in an address; on Linux the name of a file may be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


class Catalogues:
    """Gives the catalogue as it is now, for any number of threads; what is wrong with a script is told in the terminal."""

    def __init__(
        self,
        shared: Settings,
        given: Options,
        folders: Folders,
        hand: Hand,
        stopping: Event,
        beginning: Beginning,
    ) -> None:
        self._beginning = beginning
        self._shared, self._given, self._folders = shared, given, folders
        self._hand, self._stopping = hand, stopping
        self._shelf = shelf(folders)
        self._changed = threading.Condition()
        self._known: dict[str, tuple[str, Listed]] = {}
        self._voices: tuple[Voice, ...] = ()
        self._missing: dict[str, Path] = {}
        self._told: set[Problem] = set()
        self._begun = False
        self._thread = threading.Thread(target=self._work, name="catalogue")

    def start(self) -> None:
        """Begin to work it out."""
        self._voices = self._shelf.voices(self._digest_of_voices())
        self._thread.start()

    def close(self) -> None:
        """End the process; `stopping` is set."""
        with self._changed:
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join()
        self._hand.close()

    def catalogue(self) -> Catalogue:
        """What is listed now; it is not whole while routines are being worked out."""
        found = []
        broken: list[tuple[str, tuple[Problem, ...]]] = []
        with self._changed:
            self._missing = {}
            for name, path in named_routines(self._folders):
                if not _can_be_asked_for(name):
                    shown = name.encode(errors="replace").decode()
                    broken.append((shown, (problem("routine-name-not-utf-8", name=path.name),)))
                    continue
                listed = self._listed(name, path)
                if listed is None:
                    self._missing[name] = path
                elif listed.listing is not None:
                    found.append(listed.listing)
                elif listed.problems:
                    broken.append((name, listed.problems))
            if self._missing:
                self._changed.notify_all()
            whole = not self._missing and (self._begun or bool(self._voices))
        languages = tuple((code, language.name) for code, language in LANGUAGES.items())
        return Catalogue(tuple(found), languages, self._voices, whole, *self._beginning, broken=tuple(broken))

    def cover(self, routine: str) -> bytes | None:
        """The picture of a routine that is listed."""
        with self._changed:
            path = known_routines(self._folders).get(routine)
            listed = None if path is None else self._listed(routine, path)
            return listed.cover or None if listed else None

    def _listed(self, name: str, path: Path) -> Listed | None:
        """What is known of a routine, if that is still so."""
        digest = self._digest(path)
        known, listed = self._known.get(name, ("", None))
        if listed is None or known != digest or not listed.is_fresh():
            listed = self._shelf.get(digest)
            if listed is None:
                return None
            self._known[name] = (digest, listed)
        return listed

    def _work(self) -> None:
        with suppress(Stopped):
            self.catalogue()
            self._look_for_voices()
            while (missing := self._next()) is not None:
                self._list(*missing)
                self.catalogue()

    def _next(self) -> tuple[str, Path] | None:
        """A routine that is to be worked out, when there is one; None when the program ends."""
        with self._changed:
            while not self._missing and not self._stopping.is_set():
                self._changed.wait()
            return None if self._stopping.is_set() else next(iter(self._missing.items()))

    def _look_for_voices(self) -> None:
        found = self._hand.do(list_voices, self._job(Path()))
        with self._changed:
            self._begun = True
            if not isinstance(found, Failed) and found != self._voices:
                self._voices = found
                self._shelf.put_voices(self._digest_of_voices(), found)

    def _list(self, name: str, path: Path) -> None:
        listed = self._hand.do(list_routine, self._job(path))
        if isinstance(listed, Failed):
            listed = Listed((), problems=listed.problems)
        with self._changed:
            digest = self._digest(path)
            self._known[name] = (digest, listed)
            self._shelf.put(digest, listed)
        news = tuple(found for found in listed.problems if found not in self._told)
        self._told.update(news)
        # Where nobody reads it the page is served all the same.
        with suppress(OSError):
            show_problems(news)

    def _job(self, path: Path) -> Job:
        return Job(0, str(path), self._given, "", self._shared)

    def _digest(self, path: Path) -> str:
        return digest_of(self._job(path), path)

    def _digest_of_voices(self) -> str:
        return self._digest(Path())
