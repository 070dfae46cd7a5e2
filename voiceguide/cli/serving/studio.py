"""The server's renders: wishes in a line, processes that do them, and the files that come of it."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.cli.many.job import Done, Failed, Job
from voiceguide.cli.many.journal import digest_of
from voiceguide.cli.many.reads import stamp
from voiceguide.cli.serving.catalogue import Beginning, Catalogues, known_routines
from voiceguide.cli.serving.chosen import chosen_options
from voiceguide.cli.serving.hands import Hand
from voiceguide.cli.serving.kept import Record
from voiceguide.cli.serving.large import LargeCovers
from voiceguide.cli.serving.line import Line
from voiceguide.cli.serving.told import Notes, run_told, share
from voiceguide.errors import RequestError, Stopped, VoiceguideError
from voiceguide.files import make_folder
from voiceguide.naming import title_name
from voiceguide.phrases import LANGUAGES
from voiceguide.web.studio import SUFFIXES, Session
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from voiceguide.cli.many.given import Options
    from voiceguide.cli.many.job import Settings
    from voiceguide.cli.serving.kept import Kept
    from voiceguide.errors import Problem
    from voiceguide.files import Folders
    from voiceguide.web.studio import Catalogue, Listener, Wish

_MAKESHIFT = frozenset({"speech-replaced"})
_MOST_FAILED = 100
_LOOK_EVERY_S = 0.5


@dataclass(frozen=True)
class _Order:
    """A wish that is waiting or rendered: its routine by name, its job, and the digest of what it is."""

    routine: str
    job: Job
    digest: str
    title: str


class LocalStudio:
    """Renders in so many processes as `count`, for any number of threads; a `Studio` of the application.

    `given` are the options of the server, `shared` the settings of its jobs: their folder is that of `kept`.
    """

    def __init__(
        self,
        shared: Settings,
        given: Options,
        folders: Folders,
        kept: Kept,
        count: int,
        *,
        beginning: Beginning = Beginning(),  # noqa: B008 (it is a tuple of two Nones)
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared, self._given, self._folders = shared, given, folders
        self._clock = clock
        self._line = Line()
        self._kept = kept
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        self._orders: dict[str, _Order] = {}
        self._failed: dict[str, Session] = {}
        self._notes = Notes(folders.cache / "phone" / "notes")
        self._large = LargeCovers()
        self._hands = [Hand(self._stopping) for _ in range(count)]
        self._catalogues = Catalogues(shared, given, folders, Hand(self._stopping), self._stopping, beginning)
        self._threads = [threading.Thread(target=self._work, name=f"render-{n}") for n in range(count)]

    def start(self) -> None:
        """Take in what is kept, and begin to work; raises OutputError for a folder that cannot be had."""
        make_folder(self._kept.folder)
        self._kept.read()
        self._notes.sweep()
        self._catalogues.start()
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End the processes, whatever they do."""
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()
        self._catalogues.close()
        for hand in self._hands:
            hand.close()

    def catalogue(self) -> Catalogue:
        """What there is to choose from, as far as it is known."""
        return self._catalogues.catalogue()

    def cover(self, routine: str) -> bytes | None:
        """The picture of a routine."""
        return self._catalogues.cover(routine)

    def large_cover(self, identity: str) -> bytes | None:
        """The picture of a session that is ready, drawn from its timeline."""
        timeline = self.file(identity, ".json")
        return None if timeline is None else self._large.get(identity, timeline)

    def wish(self, wish: Wish, listener: Listener) -> Session:
        """The session of a wish; raises RequestError and Busy."""
        order = self._order(wish)
        with self._changed:
            record = self._kept.of(order.digest)
            if record is not None and record.is_fresh():
                self._replace(self._line.leave(listener))
                return _named(record.session, order)
            identity = self._identity(order, record)
            self._replace(self._line.join(identity, listener, self._clock()))
            self._failed.pop(identity, None)
            self._orders.setdefault(identity, order)
            self._sweep()
            self._changed.notify_all()
            return self._state(identity)

    def ready(self, wish: Wish) -> Session | None:
        """The session of a wish where it is ready."""
        try:
            order = self._order(wish)
        except VoiceguideError:
            return None
        with self._changed:
            record = self._kept.of(order.digest)
            return _named(record.session, order) if record is not None and record.is_fresh() else None

    def session(self, identity: str) -> Session | None:
        """How far a session is."""
        with self._changed:
            self._line.asked(identity, self._clock())
            self._sweep()
            if identity in self._orders:
                return self._state(identity)
            if identity in self._failed:
                return self._failed[identity]
            record = self._kept.get(identity)
            return None if record is None else record.session

    def leave(self, identity: str, listener: Listener) -> None:
        """Forget a listener's wish that is still waiting."""
        with self._changed:
            self._line.leave(listener, only=identity)
            self._sweep()

    def file(self, identity: str, suffix: str) -> Path | None:
        """A file of a session that is ready."""
        with self._changed:
            known = suffix in SUFFIXES and self._kept.get(identity) is not None
            return self._kept.path(identity, suffix) if known else None

    def _order(self, wish: Wish) -> _Order:
        known = known_routines(self._folders)
        if wish.routine not in known:
            raise RequestError(problem("routine-unknown", name=wish.routine, **near(wish.routine, known)))
        catalogue = self._catalogues.catalogue()
        options = chosen_options(wish, self._given, catalogue)
        # The path of a name that is listed: a file that happens to be called so is not meant.
        path = known[wish.routine]
        job = Job(0, str(path), options, "", self._shared, ("timeline", "chapters", "transcript"))
        title = next((one.title for one in catalogue.routines if one.name == wish.routine), wish.routine)
        return _Order(wish.routine, job, digest_of(job, path), title)

    def _identity(self, order: _Order, before: Record | None) -> str:
        """What a session is called that is made now: by its wish, and by the stamps of all that may shape it."""
        read = {path for path, _ in before.reads} if before else set()
        read |= {order.job.routine, self._shared.config_file, *self._around(order)}
        shape = [order.digest, sorted((path, stamp(path)) for path in read)]
        identity = _hashed(shape)
        while (record := self._kept.get(identity)) is not None:
            # It was made for want of something better: another one is made under another name.
            identity = _hashed([record.id, record.made])
        return identity

    def _around(self, order: _Order) -> Iterator[str]:
        """The files that lie where a routine's files may be."""
        homes = {
            Path(order.job.routine).parent,
            self._folders.exercises,
            self._folders.config / "exercises",
            *self._folders.audio_folders,
        }
        for home in homes:
            with suppress(OSError):
                yield from map(str, home.iterdir())

    def _state(self, identity: str) -> Session:
        order = self._orders[identity]
        session = Session(identity, order.routine, "waiting", title=order.title)
        ahead = self._line.ahead(identity)
        if ahead is not None:
            return replace(session, ahead=ahead)
        return replace(session, state="rendering", done=share(self._notes.path(identity)))

    def _replace(self, identities: Iterable[str]) -> None:
        """Those that somebody wished for, and wishes for no more: whoever still asks is told so."""
        for identity in identities:
            self._fail(identity, self._orders[identity], (problem("wish-replaced"),))

    def _fail(self, identity: str, order: _Order, problems: tuple[Problem, ...]) -> None:
        self._failed[identity] = Session(
            identity, order.routine, "failed", problems=problems, title=order.title
        )
        for old in list(self._failed)[:-_MOST_FAILED]:
            del self._failed[old]

    def _sweep(self) -> None:
        """Forget the orders that nobody waits for any more."""
        for identity in list(self._orders):
            if self._line.ahead(identity) is None and not self._line.is_rendered(identity):
                del self._orders[identity]

    def _work(self) -> None:
        with suppress(Stopped):
            while (identity := self._next()) is not None:
                self._do(identity)

    def _next(self) -> str | None:
        """The session whose turn it is, when there is one; None when the program ends."""
        with self._changed:
            while not self._stopping.is_set():
                identity = self._line.take(self._clock())
                if identity is not None:
                    return identity
                self._sweep()
                self._changed.wait(_LOOK_EVERY_S)
        return None

    def _do(self, identity: str) -> None:
        with self._changed:
            order = self._orders[identity]
        job = replace(order.job, file=f"{identity}.mp3")
        with self._hand() as hand, self._notes.one(identity) as note:
            outcome = hand.do(run_told, job, str(note))
        with self._changed:
            if isinstance(outcome, Done):
                outcome = self._keep(identity, order, outcome)
            if isinstance(outcome, Failed):
                self._fail(identity, order, outcome.problems)
            self._line.done(identity)
            del self._orders[identity]
            self._changed.notify_all()

    def _keep(self, identity: str, order: _Order, done: Done) -> Done | Failed:
        about = done.about
        if about is None or done.stamp is None:
            raise ValueError(identity)
        sides = LANGUAGES[about.language].sides[""]
        record = Record(
            identity,
            order.digest,
            done.reads,
            any(found.kind in _MAKESHIFT for found in done.warnings),
            order.routine,
            about.title,
            about.summary,
            about.language,
            done.told,
            done.duration_ms,
            done.stamp[0],
            f"{title_name(about.title, order.routine)}.mp3",
            tuple(sides.items()),
            datetime.now(UTC).isoformat(),
            _written(order, done).isoformat(),
        )
        try:
            self._kept.add(record)
        except VoiceguideError as error:
            return Failed(error.problems, error.exit_code)
        self._kept.prune(but=identity)
        return done

    @contextmanager
    def _hand(self) -> Iterator[Hand]:
        """The process that was used last: others are not started before they are needed."""
        with self._changed:
            hand = self._hands.pop()
        try:
            yield hand
        finally:
            with self._changed:
                self._hands.append(hand)


def _written(order: _Order, done: Done) -> datetime:
    """When the routine was written last, as it was read: rendered anew, it is as old as before."""
    read = dict(done.reads).get(str(Path(order.job.routine).absolute()))
    return datetime.now(UTC) if read is None else datetime.fromtimestamp(read[1] // 10**9, UTC)


def _named(session: Session, order: _Order) -> Session:
    return replace(session, routine=order.routine)


def _hashed(shape: object) -> str:
    return hashlib.sha256(json.dumps(shape).encode("utf-8", "surrogatepass")).hexdigest()[:32]
