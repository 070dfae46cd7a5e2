"""What the page lists: each routine with its length and its picture, worked out in another process, and kept until it changes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.many.given import merged
from voiceguide.cli.many.job import as_called, job_context
from voiceguide.cli.many.reads import Reads, Stamp, stamp
from voiceguide.cli.progress import without_progress
from voiceguide.errors import RequestError, ScriptError, VoiceguideError
from voiceguide.files import DiskLibrary, read_include, read_text, user_folders
from voiceguide.store import Store
from voiceguide.web.studio import Listing, Voice
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.cli.many.job import Job
    from voiceguide.cli.sessions import Planned
    from voiceguide.errors import Problem
    from voiceguide.files import Folders
    from voiceguide.model import ExerciseStep, Routine

LIMIT_BYTES = 20_000_000
_VERSION = 1
_SHORTEST = (("dose", "0"),)


@dataclass(frozen=True)
class Listed:
    """A routine in the list and its picture as a PNG, or why it is not listed; and the files that were read for that."""

    reads: tuple[tuple[str, Stamp], ...]
    listing: Listing | None = None
    cover: bytes = b""
    problems: tuple[Problem, ...] = ()

    def is_fresh(self) -> bool:
        """Whether every file that was read is as it was."""
        return all(stamp(path) == was for path, was in self.reads)


def list_routine(job: Job) -> Listed:
    """The routine of a job as it is listed, with the job's options; in its own language where it is not in theirs.

    One that is too long for the time it is given is listed as short as it can be.
    """
    from voiceguide.cli.sessions import nothing_left  # noqa: PLC0415 (numpy is slow to import)

    reads = Reads()
    with as_called(job.settings), without_progress():
        reads.note(job.settings.config_file)
        try:
            try:
                listing, cover = _listing(job, reads)
            except RequestError as error:
                if [found.kind for found in error.problems] != ["fit-too-long"]:
                    raise
                listing, cover = _listing(replace(job, options=merged(job.options, _SHORTEST)), reads)
        except VoiceguideError as error:
            told = () if nothing_left(error) else error.problems
            return Listed(_stamps(reads), problems=told)
        except click.ClickException as error:
            return Listed(
                _stamps(reads), problems=(problem("option-refused", reason=error.format_message()),)
            )
    return Listed(_stamps(reads), listing, cover)


def _listing(job: Job, reads: Reads) -> tuple[Listing, bytes]:
    """The routine and its picture; raises VoiceguideError and click's usage errors."""
    from voiceguide.audio.cover import draw_cover  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (as above)

    folders = replace(user_folders(), config=Path(job.settings.config))
    with (
        job_context(job) as context,
        prepare(context, job.routine, folders, quiet=True, any_language=True, reads=reads) as session,
    ):
        timeline, planned = session.timeline, session.planned
        routine = planned.routine if planned else None
        listing = Listing(
            session.name,
            timeline.title,
            routine.summary if routine else "",
            timeline.language,
            tuple(_languages(Path(job.routine), folders)),
            timeline.duration_ms,
            tuple(sorted({need for step in _steps(routine) for need in step.exercise.needs})),
            any(_has_range(step) for step in _steps(routine)),
            planned.dose if planned else None,
            _talk(planned),
        )
        return listing, draw_cover(timeline)


def list_voices(job: Job) -> tuple[Voice, ...]:
    """The voices of the engine that speaks, those of the guide's languages; none where it does not start."""
    from voiceguide.cli.wishes import voice_wish  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.phrases import LANGUAGES  # noqa: PLC0415 (as above)
    from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine  # noqa: PLC0415 (as above)

    with as_called(job.settings):
        try:
            with job_context(job) as context:
                engine = open_engine(voice_wish(context).engine or DEFAULT_ENGINE)
            try:
                voices = engine.voices()
            finally:
                engine.close()
        except (VoiceguideError, click.ClickException):
            # A render tells why; here there is only nothing to choose.
            return ()
    spoken = ((voice, voice.languages[0].partition("-")[0]) for voice in voices if voice.languages)
    return tuple(Voice(voice.id, voice.name, language) for voice, language in spoken if language in LANGUAGES)


class Shelf:
    """What was listed before, on disk."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder, ".routine", _VERSION, LIMIT_BYTES)

    def get(self, digest: str) -> Listed | None:
        """What was listed for a job of this digest, if that is still so."""
        data = self.store.get(digest)
        if data is None:
            return None
        head, _, cover = data.partition(b"\n")
        try:
            found = json.loads(head)
            reads = tuple((path, None if was is None else (was[0], was[1])) for path, was in found["reads"])
            said = found["listing"]
            listing = Listing(**said | {key: tuple(said[key]) for key in ("languages", "needs")})
        except (ValueError, TypeError, KeyError):
            return None
        listed = Listed(reads, listing, cover)
        return listed if listed.is_fresh() else None

    def put(self, digest: str, listed: Listed) -> None:
        """Keep what was listed."""
        if listed.listing is not None:
            head = {"reads": listed.reads, "listing": asdict(listed.listing)}
            self.store.put(digest, json.dumps(head).encode() + b"\n" + listed.cover)
            self.store.prune()

    def voices(self, digest: str) -> tuple[Voice, ...]:
        """The voices that were there the last time."""
        data = self.store.get(_of_voices(digest))
        try:
            return tuple(Voice(*fields) for fields in json.loads(data)) if data else ()
        except (ValueError, TypeError):
            return ()

    def put_voices(self, digest: str, voices: tuple[Voice, ...]) -> None:
        """Keep the voices that are there now."""
        fields = [(voice.id, voice.name, voice.language) for voice in voices]
        self.store.put(_of_voices(digest), json.dumps(fields).encode())


def shelf(folders: Folders) -> Shelf:
    """What was listed, in the user's cache folder."""
    return Shelf(folders.cache / "phone" / "list")


def _of_voices(digest: str) -> str:
    return sha256(f"voices {digest}".encode()).hexdigest()[:32]


def _stamps(reads: Reads) -> tuple[tuple[str, Stamp], ...]:
    return tuple(sorted(reads.stamps.items()))


def _languages(path: Path, folders: Folders) -> Iterator[str]:
    """The languages in which every word of a routine is there."""
    from voiceguide.phrases import LANGUAGES  # noqa: PLC0415 (only this needs them)
    from voiceguide.script.routine import read_routine  # noqa: PLC0415 (as above)

    library, source = DiskLibrary(folders, allow_outside=True), read_text(path)
    for code in LANGUAGES:
        try:
            routine, _ = read_routine(source, library, read_include, code)
        except (ScriptError, RequestError):
            continue
        if routine is not None and routine.language == code:
            yield code


def _steps(routine: Routine | None) -> Iterator[ExerciseStep]:
    from voiceguide.suitable import exercise_steps  # noqa: PLC0415 (only this needs it)

    if routine is not None:
        yield from exercise_steps(routine.steps)


def _talk(planned: Planned | None) -> str:
    """How much is said where nobody chooses: by the command line, the script or the configuration, else all of it."""
    return (planned.choices.talk or planned.routine.talk if planned else None) or "full"


def _has_range(step: ExerciseStep) -> bool:
    """Whether a dose changes the step."""
    from voiceguide.dose import Hold  # noqa: PLC0415 (only this needs it)

    dose = step.dose
    work = dose.work
    amount = None if work is None else work.length if isinstance(work, Hold) else work.count
    ranges = (amount, dose.sets, dose.hold, dose.rest)
    return any(one is not None and one.low != one.high for one in ranges)
