"""The lines of a journal: what each holds, written as JSON and read back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any, NamedTuple

from voiceguide.cli.many.job import About, Slot
from voiceguide.cli.many.reads import Stamp

Reads = tuple[tuple[str, Stamp], ...]
"""Paths that were read, each with its stamp."""


class Entry(NamedTuple):
    """A file that is done: what its job was, what was read for it, its stamp, how long it lasts in ms, and what it is.

    `beside` are the files that stand beside it, by their paths below the folder, and `kinds` what was wanted of them.
    """

    digest: str
    reads: str
    stamp: Stamp
    duration_ms: int
    about: About | None = None
    slot: Slot | None = None
    beside: tuple[tuple[str, Stamp], ...] = ()
    kinds: tuple[str, ...] = ()


class AlbumWay(NamedTuple):
    """How an album is written, from one export to the next: in parts as well, and how many digits its numbers have at least."""

    split: bool = False
    digits: int = 2


def identity_of(reads: Reads) -> str:
    """What a set of files read is called."""
    return hashlib.sha256(json.dumps(reads).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def reads_line(identity: str, reads: Reads) -> str:
    """A set of files that were read."""
    return f"{json.dumps({'reads': identity, 'files': reads})}\n"


def entry_line(name: str, entry: Entry) -> str:
    """A file that is done."""
    line: dict[str, Any] = {
        "file": name,
        "digest": entry.digest,
        "reads": entry.reads,
        "stamp": entry.stamp,
        "ms": entry.duration_ms,
    }
    if entry.about:
        line["about"] = asdict(entry.about)
    if entry.slot:
        line["slot"] = asdict(entry.slot)
    if entry.beside:
        line["beside"] = entry.beside
    if entry.kinds:
        line["kinds"] = entry.kinds
    return f"{json.dumps(line)}\n"


def slot_line(slot: Slot) -> str:
    """The place of a routine."""
    return f"{json.dumps({'slot': asdict(slot)})}\n"


def begun_line(file: str, slot: Slot | None) -> str:
    """A file that is begun, or given up."""
    return f"{json.dumps({'file': file, 'begun': slot and asdict(slot)})}\n"


def way_line(way: AlbumWay) -> str:
    """How an album is written."""
    return f"{json.dumps({'album': way._asdict()})}\n"


def slot_of(written: dict[str, Any]) -> Slot:
    """A place as it was written; raises ValueError, TypeError and KeyError, as all of these."""
    return Slot(int(written["track"]), str(written["routine"]))


def entry_of(line: dict[str, Any]) -> Entry:
    """A file that is done, as it was written."""
    about, slot = line.get("about"), line.get("slot")
    return Entry(
        str(line["digest"]),
        str(line["reads"]),
        stamp_of(line["stamp"]),
        int(line["ms"]),
        _about_of(about) if about else None,
        slot_of(slot) if slot else None,
        tuple((str(name), stamp_of(was)) for name, was in line.get("beside", ())),
        tuple(map(str, line.get("kinds", ()))),
    )


def _about_of(written: dict[str, Any]) -> About:
    title, summary, language = (str(written[key]) for key in ("title", "summary", "language"))
    dose = written["dose"]
    return About(title, summary, language, None if dose is None else int(dose))


def stamp_of(written: Any) -> Stamp:
    """A stamp as it was written."""
    if written is None:
        return None
    size, changed = written
    return int(size), int(changed)
