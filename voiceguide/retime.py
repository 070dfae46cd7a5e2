"""How a timeline changes while it is played: a hold made longer or shorter, a cue left out, a part heard again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from voiceguide.seek import hold_at
from voiceguide.timeline import Chapter, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voiceguide.timeline import Cue, Role, Timeline

LEAST_LEFT_MS = 1_000
"""What is left of a hold at least when it is made shorter."""

AHEAD_MS = 240
"""How far ahead of a change a word has to lie that is due at another time for it."""

# What stays silent between two cues, and around halfway, which may be told where nothing else is.
_MARGIN_MS = 60
_HALFWAY_MARGIN_MS = 240
# What is told at a time before the end of a hold.
_TO_THE_END: tuple[Role, ...] = ("countdown", "left")
# Who yields to whom; tones and what else is in a hold yield to nothing.
_YIELDS: dict[Role, int] = {"countdown": 1, "left": 1, "cue": 2, "reminder": 2, "halfway": 3}

_Part = TypeVar("_Part", Chapter, Span)


@dataclass(frozen=True)
class HoldChange:
    """The hold going on at `at_ms` ends `by_ms` later, or sooner where that is negative."""

    at_ms: int
    by_ms: int


@dataclass(frozen=True)
class LeftOut:
    """The cue that starts at `start_ms` is not heard."""

    start_ms: int


@dataclass(frozen=True)
class Again:
    """What starts at `at_ms` or later is heard as if for the first time, after a jump back to there.

    What was left out is back, and a hold that was changed is told as one of the length that it has now.
    """

    at_ms: int


Edit = HoldChange | LeftOut | Again


@dataclass(frozen=True)
class _Hold:
    """A hold that ends `by_ms` later than it did: where it ended first, and the cues that started in it."""

    start_ms: int
    first_end_ms: int
    by_ms: int
    cues: tuple[Cue, ...]

    @property
    def end_ms(self) -> int:
        return self.first_end_ms + self.by_ms


@dataclass(frozen=True)
class _Edited:
    """A timeline with what is known of it from before: the holds that were changed, and the cues that were left out."""

    timeline: Timeline
    holds: tuple[_Hold, ...] = ()
    left_out: tuple[Cue, ...] = ()


def edited(timeline: Timeline, edits: Iterable[Edit]) -> Timeline:
    """The timeline after the edits, in the order they were made, each in the time that held after those before it.

    An edit that is not possible does nothing. What starts before the moment of an edit stays as it is. A hold that is
    changed more than once is told as if by one change: what an earlier one left out comes back where there is time again.
    """
    now = _Edited(timeline)
    for edit in edits:
        now = _after(now, edit)
    return now.timeline


def change_hold(timeline: Timeline, at_ms: int, by_ms: int) -> Timeline | None:
    """The timeline after a `HoldChange`; of a hold that was changed before, `edited` knows more.

    None where there is no hold, where less than 1 s of it would be left, or where what is being said would last beyond it.

    The countdown and how much is left are told at their time before the new end, again if they were told already. Halfway
    is told at the new middle if it was not yet, and if nothing else is told there. The hold's other cues keep their time,
    and are left out where it is taken or no longer in the hold. What comes after the hold moves with its end.
    """
    edit = HoldChange(at_ms, by_ms)
    return edited(timeline, [edit]) if _changeable(timeline, edit) else None


def without_cue(timeline: Timeline, index: int) -> Timeline:
    """The timeline without the cue of this index."""
    return replace(timeline, cues=(*timeline.cues[:index], *timeline.cues[index + 1 :]))


def moved(timeline: Timeline, edits: Iterable[Edit], ms: int) -> int:
    """Where a moment of the timeline lies after the edits; what is final until `ms` is final until there."""
    now = _Edited(timeline)
    for edit in edits:
        if isinstance(edit, HoldChange):
            hold = _changeable(now.timeline, edit)
            ms = _moved(ms, hold, edit) if hold else ms
        now = _after(now, edit)
    return ms


def _after(now: _Edited, edit: Edit) -> _Edited:
    if isinstance(edit, HoldChange):
        hold = _changeable(now.timeline, edit)
        return _with_change(now, hold, edit) if hold else now
    if isinstance(edit, LeftOut):
        return _with_left_out(now, edit.start_ms)
    return _with_again(now, edit.at_ms)


def _changeable(timeline: Timeline, edit: HoldChange) -> Span | None:
    """The hold to be changed, if its end can be moved so far."""
    hold = hold_at(timeline, edit.at_ms)
    begun = (cue.end_ms for cue in timeline.cues if cue.start_ms < edit.at_ms)
    earliest_end_ms = max((edit.at_ms + LEAST_LEFT_MS, *begun))
    return hold if hold and hold.end_ms + edit.by_ms >= earliest_end_ms else None


def _with_change(now: _Edited, hold: Span, edit: HoldChange) -> _Edited:
    def follow(cue: Cue) -> Cue:
        return _shifted(cue, edit.by_ms) if cue.start_ms >= hold.end_ms else cue

    def stretch(part: _Part) -> _Part:
        start_ms, end_ms = (_moved(ms, hold, edit) for ms in (part.start_ms, part.end_ms))
        return replace(part, start_ms=start_ms, end_ms=end_ms)

    def is_inside(cue: Cue) -> bool:
        return hold.start_ms <= cue.start_ms < hold.end_ms

    timeline = now.timeline
    told = tuple(filter(is_inside, (*timeline.cues, *now.left_out)))
    known = {one.start_ms: one for one in now.holds}
    changed = known.pop(hold.start_ms, _Hold(hold.start_ms, hold.end_ms, 0, told))
    changed = replace(changed, by_ms=changed.by_ms + edit.by_ms)
    others = [one if one.start_ms < hold.end_ms else _later(one, edit.by_ms) for one in known.values()]
    rest = [follow(cue) for cue in timeline.cues if not edit.at_ms <= cue.start_ms < hold.end_ms]
    return _Edited(
        replace(
            timeline,
            duration_ms=timeline.duration_ms + edit.by_ms,
            chapters=tuple(map(stretch, timeline.chapters)),
            spans=tuple(map(stretch, timeline.spans)),
            cues=_told(rest, changed, edit.at_ms, AHEAD_MS),
        ),
        (*others, changed),
        tuple(follow(cue) for cue in now.left_out if not is_inside(cue)),
    )


def _with_left_out(now: _Edited, start_ms: int) -> _Edited:
    cues = now.timeline.cues
    index = next((index for index, cue in enumerate(cues) if cue.start_ms == start_ms), None)
    if index is None:
        return now
    without = without_cue(now.timeline, index)
    return replace(now, timeline=without, left_out=(*now.left_out, cues[index]))


def _with_again(now: _Edited, at_ms: int) -> _Edited:
    back = (cue for cue in now.left_out if cue.start_ms >= at_ms)
    cues = _sorted((*now.timeline.cues, *back))
    for hold in now.holds:
        cues = _told(cues, hold, at_ms, 0)
    still_out = tuple(cue for cue in now.left_out if cue.start_ms < at_ms)
    return _Edited(replace(now.timeline, cues=cues), now.holds, still_out)


def _told(cues: Sequence[Cue], hold: _Hold, from_ms: int, ahead_ms: int) -> tuple[Cue, ...]:
    """The cues, with those of a changed hold from `from_ms` on as it is told now.

    What moves with the hold's end is at least `ahead_ms` away from there.
    """
    begin_ms = max(from_ms, hold.start_ms)
    told = [cue for cue in cues if not begin_ms <= cue.start_ms < hold.end_ms]
    longest_ms = max((cue.end_ms - cue.start_ms for cue in hold.cues), default=0)
    last_ms = hold.end_ms + longest_ms + AHEAD_MS
    near = [cue for cue in told if begin_ms <= cue.end_ms + AHEAD_MS and cue.start_ms <= last_ms]
    halved = any(cue.role == "halfway" and hold.start_ms <= cue.start_ms < begin_ms for cue in told)
    for cue in sorted(hold.cues, key=lambda cue: _YIELDS.get(cue.role, 0)):
        due, margin_ms, soonest_ms = cue, _MARGIN_MS, begin_ms
        if cue.role in _TO_THE_END:
            due, soonest_ms = _shifted(cue, hold.by_ms), begin_ms + ahead_ms
        elif cue.role == "halfway":
            half_ms = (hold.end_ms - hold.start_ms) // 2 - (hold.first_end_ms - hold.start_ms) // 2
            due, margin_ms, soonest_ms = _shifted(cue, half_ms), _HALFWAY_MARGIN_MS, begin_ms + ahead_ms
            if halved:
                continue
        if soonest_ms <= due.start_ms < hold.end_ms and _is_free(due, near, margin_ms):
            told.append(due)
            near.append(due)
    return _sorted(told)


def _is_free(cue: Cue, others: Sequence[Cue], margin_ms: int) -> bool:
    return all(
        other.end_ms + margin_ms <= cue.start_ms or cue.end_ms + margin_ms <= other.start_ms
        for other in others
    )


def _moved(ms: int, hold: Span, edit: HoldChange) -> int:
    """Where a moment lies after the end of a hold was moved: what lies between the change and a sooner end is lost."""
    if ms >= hold.end_ms:
        return ms + edit.by_ms
    return min(ms, max(edit.at_ms, ms + edit.by_ms))


def _later(hold: _Hold, by_ms: int) -> _Hold:
    """A hold that comes after another one that was changed."""
    return _Hold(
        hold.start_ms + by_ms,
        hold.first_end_ms + by_ms,
        hold.by_ms,
        tuple(_shifted(cue, by_ms) for cue in hold.cues),
    )


def _shifted(cue: Cue, by_ms: int) -> Cue:
    return replace(cue, start_ms=cue.start_ms + by_ms, end_ms=cue.end_ms + by_ms)


def _sorted(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    return tuple(sorted(cues, key=lambda cue: cue.start_ms))
