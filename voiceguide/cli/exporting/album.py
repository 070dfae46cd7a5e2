"""An album: a file a routine, numbered for good, with what stands beside it, a playlist and a cover."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from voiceguide.album.playlist import Entry, m3u8
from voiceguide.cli.exporting.names import Names
from voiceguide.cli.exporting.pictures import COVER, album_cover
from voiceguide.cli.exporting.tidying import remove_former, remove_parts, take_out_deleted, without_routine
from voiceguide.cli.exporting.tracks import FEED, Track, tracks
from voiceguide.cli.many.beside import put
from voiceguide.cli.many.given import given_options
from voiceguide.cli.many.job import Failed, Job, settings
from voiceguide.cli.many.journal import digest_of, open_journal
from voiceguide.cli.many.marks import MARK
from voiceguide.cli.many.ours import free_path
from voiceguide.cli.many.rendering import render_all, workers_for
from voiceguide.cli.many.several import tell
from voiceguide.cli.problems import printable, show_problems
from voiceguide.cli.sessions import title_of
from voiceguide.cli.table import counted
from voiceguide.errors import RequestError, VoiceguideError
from voiceguide.files import make_folder, routine_path
from voiceguide.summary import clock
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.cli.many.job import Beside
    from voiceguide.cli.many.journal import Journal
    from voiceguide.cli.many.journal_lines import AlbumWay
    from voiceguide.cli.many.rendering import Result
    from voiceguide.files import Folders

TITLE = MARK
"""What an album is called."""


def export_album(context: click.Context, routines: tuple[str, ...], folder: Path, folders: Folders) -> int:
    """Write the album of these routines into a folder, in which others may be already; returns the exit code.

    What came of them is told in their order. Raises RequestError where nothing has any of the names, OutputError for a
    folder that cannot be had and for what cannot be written at all.
    """
    found, failed = _found(routines, folders)
    if context.params["kind"] == "m4b":
        from voiceguide.audio.ffmpeg import need_ffmpeg  # noqa: PLC0415 (an MP3 needs none)

        need_ffmpeg(".m4b")
    feed = _feed(context, folder)
    make_folder(folder)
    way = _way(context, folder, len(found))
    wanted = _beside(context.params["kind"], way, feed=feed is not None)
    jobs = _jobs(context, found, wanted, folder, folders, failed)
    opening = workers_for(context.params["cluster"], context.params["jobs"], len(jobs))
    again: bool = context.params["again"]
    results: dict[int, tuple[Job, Result]] = {}
    try:
        for job, result in render_all(jobs, len(jobs), folder, folders, opening, again=again):
            results[job.number] = (job, result)
    finally:
        code = tell(results, failed)
        _finish(folder, folders, f".{context.params['kind']}", jobs, feed)
    return code


def _way(context: click.Context, folder: Path, total: int) -> AlbumWay:
    """How the album is written: as it was, but for what is asked for now; parts that are not to be are removed."""
    asked: bool | None = context.params["split"]
    with open_journal(folder) as journal:
        way = journal.way
        if not journal.slots:
            # So they are sorted by name in an album that begins with more than 99.
            way = way._replace(digits=max(way.digits, len(str(total))))
        if asked is not None and context.params["kind"] == "mp3":
            way = way._replace(split=asked)
            if not asked and (count := remove_parts(journal, folder)):
                click.echo(f"{printable(str(folder))}  parts removed of {counted(count, 'routine')}")
        journal.decide(way)
    return way


def _feed(context: click.Context, folder: Path) -> str | None:
    """The address of the album's feed: the one that is asked for, or that of a feed which is there.

    Raises OutputError for a feed that is not of this program where one is asked for.
    """
    wanted: str | None = context.params["feed"]
    if context.params["kind"] != "mp3" or (wanted is None and not (folder / FEED).exists()):
        return None
    from voiceguide.cli.exporting.feed import known_address, read_feed  # noqa: PLC0415 (only podcasts need it)

    if wanted is None:
        return known_address(folder)
    read_feed(folder)
    return wanted


def _found(
    routines: tuple[str, ...], folders: Folders
) -> tuple[dict[int, tuple[str, Path]], dict[int, Failed]]:
    """Each routine with its file by its number, one that is named in two ways once; and those that there are none of."""
    found: dict[int, tuple[str, Path]] = {}
    unknown: dict[int, Failed] = {}
    seen: set[Path] = set()
    for number, name in enumerate(routines):
        try:
            path = routine_path(name, folders)
        except VoiceguideError as error:
            unknown[number] = Failed(error.problems, error.exit_code)
            continue
        if path.resolve() not in seen:
            seen.add(path.resolve())
            found[number] = (name, path)
    if not found:
        raise RequestError(*(problem for failed in unknown.values() for problem in failed.problems))
    return found, unknown


def _jobs(
    context: click.Context,
    found: dict[int, tuple[str, Path]],
    beside: tuple[Beside, ...],
    folder: Path,
    folders: Folders,
    failed: dict[int, Failed],
) -> list[Job]:
    """A job for each routine whose title can be read; why another one fails is added to `failed`."""
    shared, given = settings("export", folder), given_options(context)
    suffix = f".{context.params['kind']}"
    jobs = []
    with open_journal(folder) as journal:
        names = Names(journal, folder, folders)
        for number, (name, path) in found.items():
            slot = names.slot(path)
            job = Job(number, name, given, "", shared, beside, slot)
            try:
                file = _file_if_there(journal, job, path, suffix) or names.file(
                    slot, title_of(context, path, folders), path.stem, suffix
                )
            except VoiceguideError as error:
                failed[number] = Failed(error.problems, error.exit_code)
                continue
            jobs.append(Job(number, name, given, file, shared, beside, slot))
    return jobs


def _beside(kind: str, way: AlbumWay, *, feed: bool) -> tuple[Beside, ...]:
    if kind != "mp3":
        # It has its narration inside, and the name beside it is that of the MP3's.
        return ()
    wanted: list[Beside] = ["lyrics"]
    if way.split:
        wanted.append("parts")
    if feed:
        wanted += ["chapters", "transcript"]
    return tuple(wanted)


def _file_if_there(journal: Journal, job: Job, path: Path, suffix: str) -> str | None:
    """The routine's file where nothing has changed that shapes it: then its title has not either."""
    digest = digest_of(job, path)
    return next(
        (
            file
            for file, entry in journal.entries.items()
            if entry.slot == job.slot
            and PurePosixPath(file).suffix == suffix
            and journal.has(replace(job, file=file), digest)
        ),
        None,
    )


def _finish(folder: Path, folders: Folders, suffix: str, jobs: list[Job], feed: str | None) -> None:
    """Put away what has another name now, and write what is of the whole album."""
    with open_journal(folder) as journal:
        for job in jobs:
            remove_former(journal, folder, job, suffix)
        take_out_deleted(journal, folder)
        found = tracks(journal, folder, suffix)
        alone = tuple(without_routine(found, journal, folders))
    if not found:
        return
    playlist = free_path(folder / f"{TITLE}.m3u8")
    cover = free_path(folder / COVER)
    if _write_playlist(playlist, found) or not cover.exists():
        put(cover, album_cover(TITLE, (track.duration_ms for track in found)))
    if feed is not None:
        from voiceguide.cli.exporting.feed import export_feed  # noqa: PLC0415 (only podcasts need it)

        address = export_feed(feed, folder, found, cover.name)
        click.echo(f"{printable(str(folder / FEED))}  {address}")
    length = clock(sum(track.duration_ms for track in found))
    click.echo(f"{printable(str(playlist))}  {counted(len(found), 'track')}  {length}")
    show_problems(
        problem("track-of-nobody", file=folder / track.file, routine=track.routine) for track in alone
    )


def _write_playlist(path: Path, found: tuple[Track, ...]) -> bool:
    """Write the playlist; whether it was another one before."""
    entries = (Entry(track.file, track.about.title, track.duration_ms) for track in found)
    data = m3u8(TITLE, entries).encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    put(path, data)
    return True
