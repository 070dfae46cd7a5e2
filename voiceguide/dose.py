"""The dose notation, `2-3 x 30s each side, rest 10s`: text to value and back, and its mapping form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from voiceguide.units import (
    COUNTS,
    NotationError,
    Range,
    Scanner,
    Tempo,
    exactly,
    format_range,
    format_tempo,
    read_counts,
)

MAX_SETS = 99
MAX_REPS = 999
ONE_SET = exactly(1)
SECOND_MS = 1_000

Sides = Literal["each side", "alternating", "left", "right"]
Side = Literal["left", "right"]
SIDES: tuple[Sides, ...] = ("each side", "alternating", "left", "right")
ONE_SIDE: tuple[Sides, ...] = ("left", "right")

_COUNTED: dict[str, Literal["reps", "breaths"]] = {
    "rep": "reps",
    "reps": "reps",
    "breath": "breaths",
    "breaths": "breaths",
}
_SETS = re.compile(r"([0-9]+)(?:\s*[-–]\s*([0-9]+))?\s*[xX×]\s*")
_NOT_WHOLE = re.compile(r"(-[0-9]+|-?[0-9]*\.[0-9]+)\s*(?:×|(?:x|reps?|breaths?)(?![^\W\d_]))", re.IGNORECASE)


@dataclass(frozen=True)
class Hold:
    """Work that is one hold of `length` ms."""

    length: Range


@dataclass(frozen=True)
class Reps:
    """Work that is `count` repetitions, each paced by the tempo."""

    count: Range


@dataclass(frozen=True)
class Breaths:
    """Work that is `count` breaths."""

    count: Range


Work = Hold | Reps | Breaths


@dataclass(frozen=True)
class Dose:
    """How much to do, as written: what is None was not written and is for the exercise to say.

    `first` is the side that is done first of two; `tempo` is ms for each phase; `hold` replaces the tempo's holding
    phase; `rest` is ms between sets. `marks` are the offsets of the clauses `sides`, `first`, `tempo` and `hold` in the
    notation it was read from.
    """

    work: Work | None = None
    sets: Range = ONE_SET
    sides: Sides | None = None
    tempo: Tempo | None = None
    hold: Range | None = None
    rest: Range | None = None
    first: Side | None = None
    marks: tuple[tuple[str, tuple[int, int]], ...] = field(default=(), compare=False, repr=False)

    def over(self, base: Dose) -> Dose:
        """The same dose with what it does not write taken from `base`; sets, work and hold go together."""
        merged = replace(
            self,
            sides=self.sides or base.sides,
            first=self.first or (None if self.sides in ONE_SIDE else base.first),
            tempo=self.tempo or base.tempo,
            rest=self.rest if self.rest is not None else base.rest,
        )
        if self.work is not None:
            return merged
        return replace(merged, work=base.work, sets=base.sets, hold=None if self.tempo else base.hold)


def at(dose: Dose, percent: int) -> Dose:
    """The dose with every range resolved to one value: its low end at 0 percent, its high end at 100.

    In between, half up to whole sets, reps and seconds, and never outside of the range.
    """

    def count(span: Range) -> Range:
        return exactly(_between(span, percent, 1))

    def duration(span: Range) -> Range:
        return exactly(_between(span, percent, SECOND_MS))

    match dose.work:
        case Hold(length):
            work: Work | None = Hold(duration(length))
        case Reps(reps):
            work = Reps(count(reps))
        case Breaths(breaths):
            work = Breaths(count(breaths))
        case None:
            work = None
    return replace(
        dose,
        work=work,
        sets=count(dose.sets),
        hold=duration(dose.hold) if dose.hold else None,
        rest=duration(dose.rest) if dose.rest else None,
    )


def _between(span: Range, percent: int, unit: int) -> int:
    """The value at `percent` of a range, to the nearest whole `unit` in between, half a unit up."""
    if percent in (0, 100):
        return span.high if percent else span.low
    hundredfold = span.low * 100 + (span.high - span.low) * percent
    nearest = (2 * hundredfold + 100 * unit) // (200 * unit) * unit
    return min(max(nearest, span.low), span.high)


def parse_dose(text: str) -> Dose:
    """The dose of a notation such as `2-3 x 30s each side, rest 10s` (grammar: docs/format.md); raises NotationError."""
    return _DoseScanner(text).dose()


def format_dose(dose: Dose) -> str:
    """The notation of a dose that has work; `parse_dose` gives the same dose back."""
    parts = []
    if dose.sets != ONE_SET:
        parts.append(f"{format_range(dose.sets, durations=False)} x ")
    match dose.work:
        case Hold(length):
            parts.append(format_range(length, durations=True))
        case Reps(count):
            parts.append(_counted(count, "rep"))
        case Breaths(count):
            parts.append(_counted(count, "breath"))
        case None:
            raise ValueError("a dose without work has no notation")
    if dose.sides:
        parts.append(f" {dose.sides}")
    if dose.first:
        parts.append(f", {dose.first} first")
    if dose.tempo:
        parts.append(f" @ {format_tempo(dose.tempo)}")
    if dose.hold:
        parts.append(f" hold {format_range(dose.hold, durations=True)}")
    if dose.rest:
        parts.append(f", rest {format_range(dose.rest, durations=True)}")
    return "".join(parts)


def show_dose(dose: Dose) -> str:
    """The notation of a dose with every default in it, leaving out a rest that never comes and a tempo that `hold` mends."""
    rest = dose.rest if dose.sets.high > 1 else None
    return format_dose(replace(dose, rest=rest, tempo=None if dose.hold else dose.tempo))


def dose_mapping(dose: Dose) -> dict[str, str]:
    """The mapping form of a dose: the keys a routine script takes in place of the notation."""
    mapping: dict[str, str] = {}
    if dose.work is not None and dose.sets != ONE_SET:
        mapping["sets"] = format_range(dose.sets, durations=False)
    match dose.work:
        case Hold(length):
            mapping["hold"] = format_range(length, durations=True)
        case Reps(count):
            mapping["reps"] = format_range(count, durations=False)
        case Breaths(count):
            mapping["breaths"] = format_range(count, durations=False)
        case None:
            pass
    if dose.sides:
        mapping["sides"] = dose.sides
    if dose.first:
        mapping["first"] = dose.first
    if dose.tempo:
        mapping["tempo"] = format_tempo(dose.tempo)
    if dose.hold:
        mapping["hold"] = format_range(dose.hold, durations=True)
    if dose.rest:
        mapping["rest"] = format_range(dose.rest, durations=True)
    return mapping


def _counted(count: Range, unit: str) -> str:
    plural = "" if count == ONE_SET else "s"
    return f"{format_range(count, durations=False)} {unit}{plural}"


class _DoseScanner(Scanner):
    """Reads a dose from left to right."""

    def dose(self) -> Dose:
        sets = ONE_SET
        if match := self.take(_SETS):
            sets = read_counts(match, [end for end in match.groups() if end], MAX_SETS)
        work = self._work()
        return self._clauses(Dose(work, sets))

    def _work(self) -> Work:
        if self.take_word("hold"):
            return Hold(self._span())
        if not_whole := _NOT_WHOLE.match(self.text, self.at):
            raise NotationError("count-unreadable", *not_whole.span(1), text=not_whole[1])
        bare = COUNTS.match(self.text, self.at)
        if bare is None:
            begin, end = self.token()
            if self.text.startswith("-", begin):
                raise NotationError("duration-negative", begin, end)
            raise NotationError("work-missing", begin, end)
        after = re.compile(r"\s*([^\W\d_]+)").match(self.text, bare.end())
        word = after[1].lower() if after else ""
        if after is not None and word in _COUNTED:
            self.at = after.end()
            counts = read_counts(bare, re.split(r"\s*[-–]\s*", bare.group()), MAX_REPS)
            return Reps(counts) if _COUNTED[word] == "reps" else Breaths(counts)
        next_character = self.text[bare.end() : bare.end() + 1]
        if next_character not in (":", ".", "-", "–"):
            if not word or word in ("each", "alternating", "left", "right", "hold", "rest"):
                raise NotationError("work-without-unit", *bare.span(), number=bare.group())
            if after is not None and word[0] not in "smh":
                raise NotationError("unit-unknown", after.start(1), after.end(1), unit=after[1])
        return Hold(self._span())

    def _span(self) -> Range:
        start = self.at
        value = self.duration_range(None)
        if value.low == 0:
            raise NotationError("duration-zero", start, self.at)
        return value

    def _clauses(self, dose: Dose) -> Dose:
        while True:
            self.skip()
            comma = self.at
            if self.text.startswith(",", self.at):
                self.at += 1
                self.skip()
                if self.at == len(self.text):
                    raise NotationError("clause-missing", comma, comma + 1)
            if self.at == len(self.text):
                return dose
            dose = self._clause(dose)

    def _clause(self, dose: Dose) -> Dose:
        start = self.at
        if self.text.startswith("@", self.at):
            self.at += 1
            self.skip()
            tempo = self.tempo()
            self._once(start, "@", taken=dose.tempo is not None)
            self._reps_only(dose, start, "@")
            if dose.hold:
                raise NotationError("tempo-and-hold", start, self.at)
            return replace(dose, tempo=tempo, marks=self._mark(dose, "tempo", start))
        if self.take_word("rest"):
            rest = self.duration_range(None)
            self._once(start, "rest", taken=dose.rest is not None)
            return replace(dose, rest=rest)
        if self.take_word("hold"):
            hold = self._span()
            self._once(start, "hold", taken=dose.hold is not None)
            self._reps_only(dose, start, "hold")
            if dose.tempo:
                raise NotationError("tempo-and-hold", start, self.at)
            return replace(dose, hold=hold, marks=self._mark(dose, "hold", start))
        first = self._first()
        if first is not None:
            self._once(start, "the first side", taken=dose.first is not None)
            self._two_sides(dose.sides, start)
            return replace(dose, first=first, marks=self._mark(dose, "first", start))
        sides = self._sides()
        if sides is None:
            begin, end = self.token()
            raise NotationError("clause-unknown", begin, end, text=self.text[begin:end])
        self._once(start, "the side", taken=dose.sides is not None)
        if dose.first:
            self._two_sides(sides, start)
        return replace(dose, sides=sides, marks=self._mark(dose, "sides", start))

    def _mark(self, dose: Dose, name: str, start: int) -> tuple[tuple[str, tuple[int, int]], ...]:
        return (*dose.marks, (name, (start, len(self.text[: self.at].rstrip()))))

    def _sides(self) -> Sides | None:
        start = self.at
        for sides in SIDES:
            if all(self.take_word(word) for word in sides.split()):
                return sides
            self.at = start
        return None

    def _first(self) -> Side | None:
        start = self.at
        for side in ("left", "right"):
            if self.take_word(side) and self.take_word("first"):
                return side
            self.at = start
        return None

    def _two_sides(self, sides: Sides | None, start: int) -> None:
        if sides in ONE_SIDE:
            raise NotationError("first-of-one-side", start, len(self.text[: self.at].rstrip()), side=sides)

    def _once(self, start: int, clause: str, *, taken: bool) -> None:
        if taken:
            raise NotationError("clause-repeated", start, len(self.text[: self.at].rstrip()), clause=clause)

    def _reps_only(self, dose: Dose, start: int, clause: str) -> None:
        if not isinstance(dose.work, Reps):
            end = len(self.text[: self.at].rstrip())
            raise NotationError("clause-for-reps", start, end, clause=clause)
