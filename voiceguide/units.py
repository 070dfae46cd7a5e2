"""Durations, ranges, tempo and dose notation: text to value and back, all times in whole milliseconds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

MAX_DURATION_MS = 24 * 3_600_000
MAX_SETS = 99
MAX_REPS = 999
MIN_REP_MS = 500

Sides = Literal["each side", "alternating", "left", "right"]
SIDES: tuple[Sides, ...] = ("each side", "alternating", "left", "right")
Tempo = tuple[int, ...]

_UNIT_MS = {"h": 3_600_000, "m": 60_000, "s": 1_000}
_COUNTED: dict[str, Literal["reps", "breaths"]] = {
    "rep": "reps",
    "reps": "reps",
    "breath": "breaths",
    "breaths": "breaths",
}
_CLOCK = re.compile(r"(\d{1,9}):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"[^\W\d_]+")
_DASH = re.compile(r"\s*[-–]\s*")
_SETS = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?\s*[x×]\s*")
_BARE = re.compile(r"\d+(?:\s*[-–]\s*\d+)?")


class NotationError(Exception):
    """Text that is not the notation: the `kind` of problem, where in the text, and the values of its message."""

    def __init__(self, kind: str, start: int, end: int, **values: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.start = start
        self.end = end
        self.values = values


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both included: counts, or durations in ms."""

    low: int
    high: int


def exactly(value: int) -> Range:
    """The range that holds one value."""
    return Range(value, value)


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

    `tempo` is ms for each phase; `hold` replaces the tempo's holding phase; `rest` is ms between sets.
    `marks` are the offsets of the clauses `sides`, `tempo` and `hold` in the notation it was read from.
    """

    work: Work | None = None
    sets: Range = Range(1, 1)
    sides: Sides | None = None
    tempo: Tempo | None = None
    hold: Range | None = None
    rest: Range | None = None
    marks: tuple[tuple[str, tuple[int, int]], ...] = field(default=(), compare=False, repr=False)

    def over(self, base: Dose) -> Dose:
        """The same dose with what it does not write taken from `base`; sets, work and hold go together."""
        merged = replace(
            self,
            sides=self.sides or base.sides,
            tempo=self.tempo or base.tempo,
            rest=self.rest if self.rest is not None else base.rest,
        )
        if self.work is not None:
            return merged
        return replace(merged, work=base.work, sets=base.sets, hold=None if self.tempo else base.hold)


def parse_duration(text: str, *, bare: str | None = None) -> int:
    """Milliseconds of `30s`, `1m30s`, `1.5s` or `1:30`; a bare number has the unit `bare` ("s") where one is given.

    Raises NotationError for anything else, for a negative duration and for one over 24 hours; zero is allowed.
    """
    scanner = _Scanner(text)
    value = scanner.duration(bare)
    scanner.finish("duration-unreadable", text=text.strip())
    return value


def parse_duration_range(text: str, *, bare: str | None = None) -> Range:
    """The range of `20-30s`, `1:00-1:30` or a single duration, in ms; raises NotationError."""
    scanner = _Scanner(text)
    value = scanner.duration_range(bare)
    scanner.finish("duration-unreadable", text=text.strip())
    return value


def parse_count_range(text: str, most: int) -> Range:
    """The range of `3` or `2-3`, from 1 to `most`; raises NotationError."""
    scanner = _Scanner(text)
    start = scanner.at
    match = scanner.take(_BARE)
    if match is None:
        raise NotationError("count-unreadable", start, len(text.rstrip()), text=text.strip())
    scanner.finish("count-unreadable", text=text.strip())
    return _counts(match, re.split(r"\s*[-–]\s*", match.group()), most)


def parse_tempo(text: str) -> Tempo:
    """The phases of `2-1-3` in ms; raises NotationError."""
    scanner = _Scanner(text)
    value = scanner.tempo()
    scanner.finish("tempo-unreadable", text=text.strip())
    return value


def parse_dose(text: str) -> Dose:
    """The dose of a notation such as `2-3 x 30s each side, rest 10s` (grammar: docs/format.md); raises NotationError."""
    return _Scanner(text).dose()


def format_duration(ms: int) -> str:
    """The shortest notation of a duration: `30s`, `1m30s`, `1.5s`, `0s`."""
    rest = ms
    parts = []
    for unit, size in (("h", 3_600_000), ("m", 60_000)):
        if rest >= size:
            parts.append(f"{rest // size}{unit}")
            rest %= size
    if rest or not parts:
        parts.append(f"{_seconds(rest)}s")
    return "".join(parts)


def format_range(value: Range, *, durations: bool) -> str:
    """The notation of a range of counts, or of durations in ms."""
    if not durations:
        return str(value.low) if value.low == value.high else f"{value.low}-{value.high}"
    if value.low == value.high:
        return format_duration(value.low)
    if value.high < _UNIT_MS["m"]:
        return f"{_seconds(value.low)}-{_seconds(value.high)}s"
    return f"{format_duration(value.low)}-{format_duration(value.high)}"


def format_tempo(tempo: Tempo) -> str:
    """The notation of a tempo, `2-1-3`."""
    return "-".join(_seconds(phase) for phase in tempo)


def format_dose(dose: Dose) -> str:
    """The notation of a dose that has work; `parse_dose` gives the same dose back."""
    parts = []
    if dose.sets != exactly(1):
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
    if dose.tempo:
        parts.append(f" @ {format_tempo(dose.tempo)}")
    if dose.hold:
        parts.append(f" hold {format_range(dose.hold, durations=True)}")
    if dose.rest:
        parts.append(f", rest {format_range(dose.rest, durations=True)}")
    return "".join(parts)


def dose_mapping(dose: Dose) -> dict[str, str]:
    """The mapping form of a dose: the keys a routine script takes in place of the notation."""
    mapping: dict[str, str] = {}
    if dose.work is not None and dose.sets != exactly(1):
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
    if dose.tempo:
        mapping["tempo"] = format_tempo(dose.tempo)
    if dose.hold:
        mapping["hold"] = format_range(dose.hold, durations=True)
    if dose.rest:
        mapping["rest"] = format_range(dose.rest, durations=True)
    return mapping


def _seconds(ms: int) -> str:
    whole, thousandths = divmod(ms, 1_000)
    return f"{whole}.{thousandths:03d}".rstrip("0") if thousandths else str(whole)


def _counted(count: Range, unit: str) -> str:
    plural = "" if count == exactly(1) else "s"
    return f"{format_range(count, durations=False)} {unit}{plural}"


def _counts(match: re.Match[str], ends: list[str], most: int) -> Range:
    start, end = match.start(), match.end(match.lastindex or 0)
    values = []
    for text in ends:
        # Converting thousands of digits would take long, and a handful is past every limit.
        number = int(text[:9])
        if number > most:
            raise NotationError("count-too-large", start, end, most=most)
        if number == 0:
            raise NotationError("count-zero", start, end)
        values.append(number)
    return _range(values[0], values[-1], start, end, f"{values[-1]}-{values[0]}")


def _range(low: int, high: int, start: int, end: int, turned: str) -> Range:
    if low > high:
        raise NotationError("range-reversed", start, end, turned=turned)
    return Range(low, high)


class _Scanner:
    """Reads notation from left to right; `at` is the offset of what comes next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.skip()

    def skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def peek_word(self) -> str:
        match = _WORD.match(self.text, self.at)
        return match.group() if match else ""

    def take_word(self, *words: str) -> bool:
        if self.peek_word().lower() not in words:
            return False
        self.at += len(self.peek_word())
        self.skip()
        return True

    def token(self) -> tuple[int, int]:
        """Where the next run of non-space characters lies; the last character at the end of the text."""
        match = re.compile(r"[^\s,]+|,").match(self.text, self.at)
        if match is not None:
            return match.span()
        end = len(self.text.rstrip())
        return max(0, end - 1), max(1, end)

    def finish(self, kind: str, **values: object) -> None:
        self.skip()
        if self.at < len(self.text):
            raise NotationError(kind, 0, len(self.text.rstrip()), **values)

    def duration(self, bare: str | None) -> int:
        start = self.at
        if self.text.startswith("-", self.at):
            raise NotationError("duration-negative", start, self.token()[1])
        clock = self.take(_CLOCK)
        value = _clock_ms(clock) if clock else self._unit_parts(start, bare)
        if value > MAX_DURATION_MS:
            raise NotationError("duration-too-long", start, self.at)
        return value

    def _unit_parts(self, start: int, bare: str | None) -> int:
        total = 0
        last = MAX_DURATION_MS
        while number := self.take(_NUMBER):
            after_number = self.at
            self.skip()
            unit = self.peek_word()
            size = _UNIT_MS.get(unit)
            if unit and size is None and (self.at == after_number or total == 0):
                self._refuse_unit(unit, number.group(), bare)
            if size is None:
                self.at = after_number
                if bare is None or total:
                    raise NotationError(
                        "duration-without-unit", number.start(), after_number, number=number.group()
                    )
                return _scaled(number, _UNIT_MS[bare])
            if size >= last:
                raise NotationError(
                    "duration-unreadable", start, self.at + len(unit), text=self.text[start : self.at + 1]
                )
            self.at += len(unit)
            total += _scaled(number, size)
            last = size
            # `1m 30s`: a space within one duration; `30s 2` is not.
            ahead = re.compile(r"\s*\d+(?:\.\d+)?\s*[ms](?![^\W\d_])").match(self.text, self.at)
            if ahead is None and not _NUMBER.match(self.text, self.at):
                return total
            self.skip()
        if last == MAX_DURATION_MS:
            begin, end = self.token()
            raise NotationError("duration-unreadable", begin, end, text=self.text[begin:end])
        return total

    def _refuse_unit(self, unit: str, number: str, bare: str | None) -> None:
        letter = unit[0].lower()
        values: dict[str, object] = {"unit": unit}
        if letter in _UNIT_MS:
            values["suggestion"] = number + letter
        elif bare:
            values["suggestion"] = number + bare
        raise NotationError("unit-of-time-unknown", self.at, self.at + len(unit), **values)

    def duration_range(self, bare: str | None) -> Range:
        start = self.at
        if low_only := re.compile(r"(\d+(?:\.\d+)?)\s*[-–]\s*(?=\d)").match(self.text, self.at):
            # In `20-30s` the low end has the unit of the high one.
            self.at = low_only.end()
            high_start = self.at
            high = self.duration(bare)
            unit = re.compile(r"[\d.\s]*([hms])").match(self.text, high_start)
            low = _scaled(low_only, _UNIT_MS[unit[1] if unit else "s"])
            turned = f"{self.text[high_start : self.at].strip()}-{low_only[1]}{unit[1] if unit else ''}"
            return _range(low, high, start, self.at, turned)
        low = self.duration(bare)
        if not self.take(_DASH):
            return exactly(low)
        high = self.duration(bare)
        return _range(low, high, start, self.at, f"{format_duration(high)}-{format_duration(low)}")

    def tempo(self) -> Tempo:
        start = self.at
        match = self.take(re.compile(r"\d{1,5}(?:\.\d{1,3})?(?:-\d{1,5}(?:\.\d{1,3})?)*(?![\w.-])"))
        if match is None:
            begin, end = self.token()
            raise NotationError("tempo-unreadable", begin, end, text=self.text[begin:end])
        phases = tuple(_scaled_text(phase, 1_000) for phase in match.group().split("-"))
        if sum(phases) < MIN_REP_MS:
            raise NotationError("tempo-too-short", start, self.at)
        if sum(phases) > MAX_DURATION_MS:
            raise NotationError("duration-too-long", start, self.at)
        return phases

    def dose(self) -> Dose:
        sets = exactly(1)
        if match := self.take(_SETS):
            sets = _counts(match, [end for end in match.groups() if end], MAX_SETS)
        work = self._work()
        return self._clauses(Dose(work, sets))

    def _work(self) -> Work:
        if self.take_word("hold"):
            return Hold(self._positive(self.duration_range(None)))
        bare = _BARE.match(self.text, self.at)
        if bare is None:
            begin, end = self.token()
            if self.text.startswith("-", begin):
                raise NotationError("duration-negative", begin, end)
            raise NotationError("work-missing", begin, end)
        after = re.compile(r"\s*([^\W\d_]+)").match(self.text, bare.end())
        word = after[1].lower() if after else ""
        if after is not None and word in _COUNTED:
            self.at = after.end()
            counts = _counts(bare, re.split(r"\s*[-–]\s*", bare.group()), MAX_REPS)
            return Reps(counts) if _COUNTED[word] == "reps" else Breaths(counts)
        next_character = self.text[bare.end() : bare.end() + 1]
        if next_character not in (":", ".", "-", "–"):
            if not word or word in ("each", "alternating", "left", "right", "hold", "rest"):
                raise NotationError("work-without-unit", *bare.span(), number=bare.group())
            if after is not None and word[0] not in "smh":
                raise NotationError("unit-unknown", after.start(1), after.end(1), unit=after[1])
        return Hold(self._positive(self.duration_range(None)))

    def _positive(self, value: Range, start: int | None = None) -> Range:
        if value.low == 0:
            end = self.at
            begin = start if start is not None else len(self.text[:end].rstrip()) - 1
            while start is None and begin > 0 and not self.text[begin - 1].isspace():
                begin -= 1
            raise NotationError("duration-zero", begin, end)
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
            hold = self._positive(self.duration_range(None))
            self._once(start, "hold", taken=dose.hold is not None)
            self._reps_only(dose, start, "hold")
            if dose.tempo:
                raise NotationError("tempo-and-hold", start, self.at)
            return replace(dose, hold=hold, marks=self._mark(dose, "hold", start))
        sides = self._sides()
        if sides is None:
            begin, end = self.token()
            raise NotationError("clause-unknown", begin, end, text=self.text[begin:end])
        self._once(start, "the side", taken=dose.sides is not None)
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

    def _once(self, start: int, clause: str, *, taken: bool) -> None:
        if taken:
            raise NotationError("clause-repeated", start, len(self.text[: self.at].rstrip()), clause=clause)

    def _reps_only(self, dose: Dose, start: int, clause: str) -> None:
        if not isinstance(dose.work, Reps):
            end = len(self.text[: self.at].rstrip())
            raise NotationError("clause-for-reps", start, end, clause=clause)


def _clock_ms(match: re.Match[str]) -> int:
    first, second, third = match.groups()
    if third is None:
        return (int(first) * 60 + int(second)) * 1_000
    return (int(first) * 3_600 + int(second) * 60 + int(third)) * 1_000


def _scaled(match: re.Match[str], size: int) -> int:
    return _scaled_text(match[1] if match.re.groups else match.group(), size)


def _scaled_text(text: str, size: int) -> int:
    whole, _, fraction = text.partition(".")
    # Past nine digits everything is over the limit; the thousandth of a second is the finest time there is.
    value = int(whole[:10]) * size
    return value + int(fraction[:6].ljust(6, "0") or "0") * size // 1_000_000
