"""The sessions that were done: each as a value and as a line of text, the weeks, the streak, what can be resumed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEKS = 12
FORMAT = 1
"""Goes up when an old program would take a line for something else than it says; new keys leave it as it is."""

_DAY = timedelta(days=1)
_LEAST_RESUMED_MS = 10_000
_LEAST_OF_A_DAY_MS = 60_000
_MS_A_MINUTE = 60_000
# What no session has: a damaged line must not break calculations with dates.
_YEARS = range(2000, 9000)
_NUMBERS = range(1_000_000_000)


@dataclass(frozen=True)
class Entry:
    """A session that was finished or broken off: `began` is local time with its offset from UTC.

    `played_ms` is how long it was heard, without pauses; `dose` is in percent, None for a timeline file. One that was not
    finished stopped at `stopped_at_ms` of its timeline, in the chapter `stopped_in`, which was number `chapter` from 0.
    `file` is the script's path, `programme` and `day` what it was played as a part of. `fingerprint` tells two timelines
    apart.
    """

    began: datetime
    routine: str
    title: str
    dose: int | None = None
    played_ms: int = 0
    finished: bool = False
    stopped_in: str | None = None
    stopped_at_ms: int | None = None
    chapter: int | None = None
    file: str | None = None
    programme: str | None = None
    day: int | None = None
    fingerprint: str | None = None

    @property
    def minutes(self) -> float:
        """How long it was heard, in minutes to one decimal."""
        return round(self.played_ms / _MS_A_MINUTE, 1)

    @property
    def heard(self) -> bool:
        """Whether any of it was: if not, it was no session."""
        return self.finished or self.played_ms > 0


@dataclass(frozen=True)
class Week:
    """The week from Monday `begins` (ISO 8601): how many minutes were practised in how many sessions."""

    begins: date
    minutes: int
    sessions: int

    @property
    def name(self) -> str:
        """Its name in ISO 8601, such as 2026-W48."""
        year, number, _ = self.begins.isocalendar()
        return f"{year}-W{number:02d}"


@dataclass(frozen=True)
class Streak:
    """Days in a row with practice: those up to today or yesterday, and the most there ever were."""

    days: int
    longest: int
    today: bool
    """Whether today is one of them already."""


def to_line(identity: str, entry: Entry) -> str:
    """The entry of the session `identity` as one line of JSON (https://jsonlines.org), its line break included."""
    values = {
        "format": FORMAT,
        "id": identity,
        "began": entry.began.isoformat(timespec="seconds"),
        "routine": entry.routine,
        "title": entry.title,
        "dose": entry.dose,
        "minutes": entry.minutes,
        "played_ms": entry.played_ms,
        "finished": entry.finished,
        "stopped_in": entry.stopped_in,
        "stopped_at_ms": entry.stopped_at_ms,
        "chapter": entry.chapter,
        "file": entry.file,
        "programme": entry.programme,
        "day": entry.day,
        "fingerprint": entry.fingerprint,
    }
    # All ASCII: a name of a file that is not UTF-8 has its surrogates escaped, and comes back as it was.
    return f"{json.dumps(values)}\n"


def from_line(line: bytes) -> tuple[str, Entry] | None:
    """The session's identity and its entry; None for a line that is torn, or that a newer version wrote otherwise."""
    try:
        values: dict[str, Any] = json.loads(line)
        if values["format"] != FORMAT:
            return None
        began = datetime.fromisoformat(values["began"])
        entry = Entry(
            began=began,
            routine=_typed(values["routine"], str),
            title=_typed(values["title"], str),
            dose=_optional(values, "dose", int),
            played_ms=_typed(values["played_ms"], int),
            finished=_typed(values["finished"], bool),
            stopped_in=_optional(values, "stopped_in", str),
            stopped_at_ms=_optional(values, "stopped_at_ms", int),
            chapter=_optional(values, "chapter", int),
            file=_optional(values, "file", str),
            programme=_optional(values, "programme", str),
            day=_optional(values, "day", int),
            fingerprint=_optional(values, "fingerprint", str),
        )
        identity: str = _typed(values["id"], str)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    # Times without an offset cannot be compared with those that have one.
    return (identity, entry) if began.utcoffset() is not None and began.year in _YEARS else None


def identity_of(line: bytes) -> str | None:
    """The session's identity in a line of any format; None for a torn one."""
    try:
        identity = json.loads(line)["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return identity if isinstance(identity, str) else None


def weeks(entries: Sequence[Entry], today: date, count: int = WEEKS) -> tuple[Week, ...]:
    """The last `count` weeks up to that of today, oldest first, by the date that the listener's clock showed."""
    this = _monday(today)
    found = []
    for ago in reversed(range(count)):
        begins = this - timedelta(weeks=ago)
        done = [entry for entry in entries if _monday(entry.began.date()) == begins]
        played_ms = sum(entry.played_ms for entry in done)
        found.append(Week(begins, (2 * played_ms + _MS_A_MINUTE) // (2 * _MS_A_MINUTE), len(done)))
    return tuple(found)


def streak(entries: Sequence[Entry], today: date) -> Streak:
    """The days in a row on which a session was finished or lasted a minute; today breaks nothing while it lasts."""
    practised = {
        entry.began.date() for entry in entries if entry.finished or entry.played_ms >= _LEAST_OF_A_DAY_MS
    }
    runs: dict[date, int] = {}
    for day in sorted(practised):
        runs[day] = runs.get(day - _DAY, 0) + 1
    last = today if today in practised else today - _DAY
    return Streak(runs.get(last, 0), max(runs.values(), default=0), today in practised)


def latest(entries: Sequence[Entry], routine: str | None = None) -> Entry | None:
    """The last session, of this routine or of any, that was finished or heard for more than ten seconds.

    `entries` are in the order in which they began. A false start takes nothing away from the session before it.
    """
    return next(
        (
            entry
            for entry in reversed(entries)
            if routine in (None, entry.routine) and not _false_start(entry)
        ),
        None,
    )


def resumable(entry: Entry | None, now: datetime) -> bool:
    """Whether the `latest` session can be gone on with.

    It can where it was broken off less than a day ago, after more than ten seconds.
    """
    if entry is None or entry.finished or _false_start(entry):
        return False
    return now - (entry.began + timedelta(milliseconds=entry.played_ms)) < _DAY


def _false_start(entry: Entry) -> bool:
    return not entry.finished and entry.played_ms <= _LEAST_RESUMED_MS


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _typed(value: Any, kind: type) -> Any:
    """The value, whose type is just this, and whose number a session can have; raises TypeError."""
    if type(value) is not kind or (kind is int and value not in _NUMBERS):
        raise TypeError(value)
    return value


def _optional(values: dict[str, Any], key: str, kind: type) -> Any:
    value = values.get(key)
    return None if value is None else _typed(value, kind)
