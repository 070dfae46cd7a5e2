"""Many renders: what is there already is passed over, the rest is done, and the journal is kept."""

from __future__ import annotations

import os
from collections import deque
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from voiceguide.cli.many.executors import cluster_workers, local_workers
from voiceguide.cli.many.job import Done, Failed, run_job
from voiceguide.cli.many.journal import digest_of, open_journal
from voiceguide.cli.many.ours import remove_broken_off, remove_but
from voiceguide.cli.many.running import Crash, outcomes
from voiceguide.cli.problems import show_problems
from voiceguide.cli.progress import progress
from voiceguide.errors import OutputError
from voiceguide.files import make_folder, routine_path
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from voiceguide.cli.many.job import Job
    from voiceguide.cli.many.journal import Journal
    from voiceguide.cli.many.running import Opening
    from voiceguide.errors import Place
    from voiceguide.files import Folders

# What has these was made for want of something better: it is made again when that may be there.
_MAKESHIFT = frozenset({"speech-replaced"})
_MOST_LINES = 10


@dataclass(frozen=True)
class There:
    """A file that was there already, made from the same."""


Result = Done | There | Failed


def workers_for(cluster: str | None, jobs: int | None, total: int) -> Opening:
    """Who does so many jobs: a cluster by its address, else as many processes as `jobs`, or as there are cores."""
    if cluster is not None:
        return partial(cluster_workers, cluster)
    return partial(local_workers, max(1, min(jobs or _cores(), total)))


def render_all(
    jobs: Iterable[Job], total: int, folder: Path, folders: Folders, opening: Opening, *, again: bool
) -> Iterator[tuple[Job, Result]]:
    """Each job with what came of it, as it comes; files that are there are made `again` only where that is asked for.

    Raises OutputError for a folder that cannot be had, and what `opening` raises.
    """
    make_folder(folder)
    resolved = cache(lambda routine: routine_path(routine, folders))
    digests: dict[int, str] = {}
    there: deque[Job] = deque()
    with open_journal(folder) as journal, progress("Rendering") as advance:

        def todo() -> Iterator[Job]:
            for job in jobs:
                digest = digest_of(job, resolved(job.routine))
                if not again and journal.has(job, digest):
                    there.append(job)
                else:
                    digests[job.number] = digest
                    made = journal.entries[job.file].duration_ms if journal.is_made(job, digest) else None
                    journal.begin(job)
                    # Of what has no slot nothing is known to stand beside it.
                    yield replace(job, there_ms=made) if made and job.slot and not again else job

        count = 0
        with closing(outcomes(todo(), run_job, opening)) as found:
            for job, outcome in found:
                digest = digests.pop(job.number)
                done = outcome if isinstance(outcome, Done) else getattr(outcome, "done", None)
                if done is not None:
                    _note(journal, folder, job, digest, done)
                elif isinstance(outcome, Failed):
                    journal.give_up(job)
                yield job, _result(outcome)
                while there:
                    yield there.popleft(), There()
                    count += 1
                count += 1
                advance(count, total)
        while there:
            yield there.popleft(), There()
        if journal.trouble:
            show_problems([journal.trouble])


def _note(journal: Journal, folder: Path, job: Job, digest: str, done: Done) -> None:
    """Note a file that is there, and remove what stood beside it before and does so no more."""
    before, broken_off = journal.entries.get(job.file), job.file in journal.broken_off
    makeshift = _MAKESHIFT & {one.kind for one in done.warnings}
    journal.add(job, "" if makeshift else digest, done)
    if before:
        remove_but(folder, before.beside, done.beside)
    if broken_off:
        remove_broken_off(folder, job.file, done.beside)


def not_rendered(job: Job, failed: Failed, place: Place | None = None) -> Failed:
    """The failure of a job with the file that is not there, or not complete, and the place of what asked for it."""
    kind = "not-rendered" if failed.done is None else "not-complete"
    return replace(failed, problems=(problem(kind, place, file=job.path), *failed.problems))


def show_failures(failures: Mapping[int, Failed]) -> int:
    """Show failures in their order; returns the exit code of the first, 0 where there is none.

    Of rows that fail for one reason the first is shown whole, and the lines of the others.
    """
    alike: dict[object, list[Failed]] = {}
    for number, failed in sorted(failures.items()):
        alike.setdefault(_reason(failed) or number, []).append(failed)
    for first, *others in alike.values():
        show_problems(first.problems)
        if others:
            lines = [str(failed.problems[0].place.line) for failed in others if failed.problems[0].place]
            told = ", ".join([*lines[:_MOST_LINES], *(["…"] if len(lines) > _MOST_LINES else [])])
            show_problems([problem("not-rendered-more", count=len(others), lines=told)])
    return failures[min(failures)].exit_code if failures else 0


def _reason(failed: Failed) -> tuple[object, ...] | None:
    """What rows that fail alike have in common: their problems, wherever in the plan; None for what is no row."""
    head, *rest = failed.problems
    if head.place is None or not rest:
        return None
    plan = head.place.file
    return tuple(
        (one.kind, one.message, one.hint, None if one.place and one.place.file == plan else one.place)
        for one in rest
    )


def _result(outcome: Done | Failed | Crash) -> Result:
    return Failed((outcome.problem,), OutputError.exit_code) if isinstance(outcome, Crash) else outcome


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
