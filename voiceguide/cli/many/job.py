"""A job: one render as a value that another process can do, and what came of it; it prints nothing."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

import click

from voiceguide import __version__
from voiceguide.cli.configuration import CONFIG_VARIABLE, config_path, configure
from voiceguide.cli.many.given import Options, as_arguments
from voiceguide.cli.many.reads import Reads, Stamp
from voiceguide.cli.progress import without_progress
from voiceguide.errors import OutputError, RequestError, VoiceguideError
from voiceguide.files import make_folder, user_folders
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.cli.sessions import Prepared
    from voiceguide.errors import Problem
    from voiceguide.timeline import Timeline

Beside = Literal["lyrics", "chapters", "transcript", "timeline", "parts"]
"""What can be written beside a file: its LRC, chapters as JSON, WebVTT, the timeline, and a folder of an MP3 a chapter."""

# The current folder and the environment are the whole process's.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Settings:
    """What all jobs of a run share: the caller's folders, the program's version, and where files are written.

    `command` is the one whose configuration counts. The cache, and what is shipped, are those of whoever does the job.
    Where files are `bound` to the folder no link in it may lead out.
    """

    command: str
    current: str
    config: str
    config_file: str
    folder: str
    version: str
    bound: bool


@dataclass(frozen=True)
class Slot:
    """A routine's place in an album: its track number, and what the routine is called wherever it is exported from."""

    track: int
    routine: str


@dataclass(frozen=True)
class Job:
    """A routine, by name or path as seen from the caller's current folder, the options given to `render`, and its file.

    `file` is below the folder of the settings; what is wanted `beside` it has its name, but for the suffix. `number` tells
    the jobs of a run apart. A file with a `slot` is of an album: one that would not change is left alone. Where the file is
    there as it is wanted, and lasts `there_ms`, only what is beside it is written.
    """

    number: int
    routine: str
    options: Options
    file: str
    settings: Settings
    beside: tuple[Beside, ...] = ()
    slot: Slot | None = None
    there_ms: int | None = None

    @property
    def path(self) -> Path:
        """Where the file is written, as seen from the caller's current folder."""
        return Path(self.settings.folder) / self.file


@dataclass(frozen=True)
class About:
    """What a session is, for lists of files: the words of its script, and the dose in percent where it has one."""

    title: str
    summary: str
    language: str
    dose: int | None = None


@dataclass(frozen=True)
class Done:
    """A file that was written: how long it lasts in ms, its stamp, what shaped it, and what its author should know.

    `told` is what was chosen and left out, a line each. `beside` are the files that stand beside it, by their paths below
    the folder of the settings, and `kinds` what was wanted of them.
    """

    duration_ms: int
    stamp: Stamp
    reads: tuple[tuple[str, Stamp], ...]
    warnings: tuple[Problem, ...] = ()
    told: tuple[str, ...] = ()
    about: About | None = None
    beside: tuple[tuple[str, Stamp], ...] = ()
    kinds: tuple[Beside, ...] = ()


@dataclass(frozen=True)
class Failed:
    """Why a job failed, and the exit code that says so; `done` is the file, where only what should stand beside it failed."""

    problems: tuple[Problem, ...]
    exit_code: int
    done: Done | None = None


def settings(command: str, folder: Path, *, bound: bool = False) -> Settings:
    """The settings of this process for jobs of a command that write into `folder`."""
    return Settings(
        command,
        str(Path.cwd()),
        str(user_folders().config),
        str(config_path()),
        str(folder),
        __version__,
        bound,
    )


def run_job(job: Job) -> Done | Failed:
    """Do a job, one at a time in a process; whatever a listener, an author or a disk can cause is a `Failed`."""
    with _ONE_AT_A_TIME, without_progress():
        try:
            with as_called(job.settings):
                return _render(job)
        except VoiceguideError as error:
            return Failed(error.problems, error.exit_code)
        except click.ClickException as error:
            refused = problem("option-refused", reason=error.format_message())
            return Failed((refused,), RequestError.exit_code)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            refused = problem("system-refused", where=where, reason=(error.strerror or str(error)).lower())
            return Failed((refused,), OutputError.exit_code)


def _render(job: Job) -> Done | Failed:
    from voiceguide.audio.encode import check_format  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (as above)
    from voiceguide.cli.writing import write_session  # noqa: PLC0415 (as above)

    if __version__ != job.settings.version:
        raise RequestError(problem("worker-version", version=__version__, wanted=job.settings.version))
    reads = Reads()
    reads.note(job.settings.config_file)
    folders = replace(user_folders(), config=Path(job.settings.config))
    with job_context(job) as context:
        bitrate: int | None = context.params["bitrate"]
        check_format(job.path, bitrate)
        with prepare(context, job.routine, folders, quiet=True, reads=reads) as session:
            _note_sound(reads, session.timeline)
            _check_bound(job)
            make_folder(job.path.parent)
            if job.there_ms != session.timeline.duration_ms:
                write_session(session, job.path, folders, bitrate=bitrate, workers=1, track=_track(job))
            done = Done(
                session.timeline.duration_ms,
                _written(job.path),
                tuple(sorted(reads.stamps.items())),
                session.warnings,
                session.told,
                _about(session),
            )
            return _with_beside(job, done, session.timeline)


def _with_beside(job: Job, done: Done, timeline: Timeline) -> Done | Failed:
    """The file that is there with all that stands beside it; where that fails, with what does."""
    from voiceguide.cli.many.beside import write_beside  # noqa: PLC0415 (numpy is slow to import)

    for kind in job.beside:
        try:
            written = write_beside(job.path, kind, timeline)
        except VoiceguideError as error:
            return Failed(error.problems, error.exit_code, done)
        beside = tuple((_below(job, path), _written(path)) for path in written)
        done = replace(done, beside=done.beside + beside, kinds=(*done.kinds, kind))
    return done


def _track(job: Job) -> int | None:
    return None if job.slot is None else job.slot.track


def _below(job: Job, path: Path) -> str:
    return path.relative_to(job.settings.folder).as_posix()


def _about(session: Prepared) -> About:
    timeline, planned = session.timeline, session.planned
    if planned is None:
        return About(timeline.title, "", timeline.language)
    return About(timeline.title, planned.routine.summary, timeline.language, planned.dose)


def _check_bound(job: Job) -> None:
    """Raise OutputError where the file would be written out of its folder, links resolved."""
    folder = job.settings.folder
    if job.settings.bound and not Path(os.path.realpath(job.path)).is_relative_to(os.path.realpath(folder)):
        raise OutputError(problem("link-outside", path=job.path, folder=folder))


def _note_sound(reads: Reads, timeline: Timeline) -> None:
    """Note the music, which is read later, and a voice that is a file."""
    if timeline.music is not None:
        reads.note_all(timeline.music.path)
    voice = timeline.voice.voice
    if Path(voice).is_file():
        reads.note(voice)
        reads.note(f"{voice}.json")


def job_context(job: Job) -> click.Context:
    """The context that `render` would have, called with the job's options; raises VoiceguideError and click's usage errors."""
    from voiceguide.cli import voiceguide  # noqa: PLC0415 (the group imports the commands)

    parent = click.Context(voiceguide, info_name="voiceguide")
    command = voiceguide.get_command(parent, "render")
    if command is None:
        raise LookupError("render")
    # A job has the options of `render`, with the defaults of the command that it was called for.
    name = job.settings.command
    configure(parent, name, command)
    return command.make_context(name, [*as_arguments(job.options), "--", job.routine], parent=parent)


def _written(path: Path) -> Stamp:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


@contextmanager
def as_called(wanted: Settings) -> Iterator[None]:
    """Be where the caller is, with the caller's configuration."""
    before, configured = Path.cwd(), os.environ.get(CONFIG_VARIABLE)
    try:
        os.chdir(wanted.current)
        os.environ[CONFIG_VARIABLE] = wanted.config_file
        yield
    finally:
        os.chdir(before)
        if configured is None:
            os.environ.pop(CONFIG_VARIABLE, None)
        else:
            os.environ[CONFIG_VARIABLE] = configured
