"""Durations, ranges and tempo: text to value and back, all times in whole milliseconds."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_DURATION_MS = 24 * 3_600_000
MIN_REP_MS = 500

Tempo = tuple[int, ...]

_UNIT_MS = {"h": 3_600_000, "m": 60_000, "s": 1_000}
_CLOCK = re.compile(r"([0-9]{1,9}):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_BAD_CLOCK = re.compile(r"[0-9]+:[^\s,]*")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\s,]+|,")
_DASH = re.compile(r"\s*[-–]\s*")
_PHASE = r"[0-9]{1,5}(?:\.[0-9]{1,3})?"
_TEMPO = re.compile(rf"{_PHASE}(?:\s*[-–]\s*{_PHASE})*(?!\s*[-–]|[\w.])")
COUNTS = re.compile(r"[0-9]+(?:\s*[-–]\s*[0-9]+)?")


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


def parse_duration(text: str, *, bare: str | None = None) -> int:
    """Milliseconds of `30s`, `1m30s`, `1.5s` or `1:30`; a bare number has the unit `bare` ("s") where one is given.

    Raises NotationError for anything else, for a negative duration and for one over 24 hours; zero is allowed.
    """
    scanner = Scanner(text)
    value = scanner.duration(bare)
    scanner.finish("duration-unreadable", text=text.strip())
    return value


def parse_duration_range(text: str, *, bare: str | None = None) -> Range:
    """The range of `20-30s`, `1:00-1:30` or a single duration, in ms; raises NotationError."""
    scanner = Scanner(text)
    value = scanner.duration_range(bare)
    scanner.finish("duration-unreadable", text=text.strip())
    return value


def parse_count_range(text: str, most: int) -> Range:
    """The range of `3` or `2-3`, from 1 to `most`; raises NotationError."""
    scanner = Scanner(text)
    match = scanner.take(COUNTS)
    scanner.finish("count-unreadable", text=text.strip())
    if match is None:
        raise NotationError("count-unreadable", *scanner.token(), text="")
    return read_counts(match, re.split(r"\s*[-–]\s*", match.group()), most)


def parse_tempo(text: str) -> Tempo:
    """The phases of `2-1-3` in ms; raises NotationError."""
    scanner = Scanner(text)
    value = scanner.tempo()
    scanner.finish("tempo-unreadable", text=text.strip())
    return value


def format_duration(ms: int) -> str:
    """The shortest notation of a duration: `30s`, `1m30s`, `1.5s`, `0s`."""
    rest = ms
    parts = []
    for unit, size in (("h", 3_600_000), ("m", 60_000)):
        if rest >= size:
            parts.append(f"{rest // size}{unit}")
            rest %= size
    if rest or not parts:
        parts.append(f"{format_seconds(rest)}s")
    return "".join(parts)


def format_range(value: Range, *, durations: bool) -> str:
    """The shortest notation of a range of counts, or of durations in ms: `1-2m`, `60-90s`, `30s-5m`."""
    if not durations:
        return str(value.low) if value.low == value.high else f"{value.low}-{value.high}"
    if value.low == value.high:
        return format_duration(value.low)
    shared = [
        f"{value.low // size}-{value.high // size}{unit}"
        for unit, size in (("h", _UNIT_MS["h"]), ("m", _UNIT_MS["m"]))
        if value.low % size == 0 and value.high % size == 0
    ]
    seconds = f"{format_seconds(value.low)}-{format_seconds(value.high)}s"
    # Of two that are as short, the one with the shared unit.
    return min(*shared, seconds, f"{format_duration(value.low)}-{format_duration(value.high)}", key=len)


def format_tempo(tempo: Tempo) -> str:
    """The notation of a tempo, `2-1-3`."""
    return "-".join(format_seconds(phase) for phase in tempo)


def format_seconds(ms: int) -> str:
    """Seconds without trailing zeros: `1.5`."""
    whole, thousandths = divmod(ms, 1_000)
    return f"{whole}.{thousandths:03d}".rstrip("0") if thousandths else str(whole)


def read_counts(match: re.Match[str], ends: list[str], most: int) -> Range:
    """The range whose ends a match holds, from 1 to `most`; raises NotationError under the match."""
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


class Scanner:
    """Reads notation from left to right; `at` is the offset of what comes next. All of it raises NotationError."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.skip()

    def skip(self) -> None:
        """Pass over white space."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Pass over what matches here, if it does."""
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def peek_word(self) -> str:
        """The word that comes next, empty where none does."""
        match = _WORD.match(self.text, self.at)
        return match.group() if match else ""

    def take_word(self, *words: str) -> bool:
        """Pass over the next word and the space after it if it is one of these."""
        if self.peek_word().lower() not in words:
            return False
        self.at += len(self.peek_word())
        self.skip()
        return True

    def token(self) -> tuple[int, int]:
        """Where the next run of non-space characters lies; the last one of the text where none is left."""
        if match := _TOKEN.match(self.text, self.at):
            return match.span()
        spans = [match.span() for match in _TOKEN.finditer(self.text)]
        return spans[-1] if spans else (0, 1)

    def finish(self, kind: str, **values: object) -> None:
        """Refuse what is left."""
        self.skip()
        if self.at < len(self.text):
            start = len(self.text) - len(self.text.lstrip())
            raise NotationError(kind, start, len(self.text.rstrip()), **values)

    def duration(self, bare: str | None) -> int:
        """A duration in ms; a bare number has the unit `bare`."""
        start = self.at
        if self.text.startswith("-", self.at):
            raise NotationError("duration-negative", start, self.token()[1])
        clock = self.take(_CLOCK)
        if clock is None and (written := _BAD_CLOCK.match(self.text, self.at)):
            raise NotationError("duration-unreadable", *written.span(), text=written.group())
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
            ahead = re.compile(r"\s*[0-9]+(?:\.[0-9]+)?\s*[ms](?![^\W\d_])").match(self.text, self.at)
            if ahead is None and not _NUMBER.match(self.text, self.at):
                return total
            self.skip()
        begin, end = self.token()
        raise NotationError("duration-unreadable", begin, end, text=self.text[begin:end])

    def _refuse_unit(self, unit: str, number: str, bare: str | None) -> None:
        letter = unit[0].lower()
        values: dict[str, object] = {"unit": unit}
        if letter in _UNIT_MS:
            values["suggestion"] = number + letter
        elif bare:
            values["suggestion"] = number + bare
        raise NotationError("unit-of-time-unknown", self.at, self.at + len(unit), **values)

    def duration_range(self, bare: str | None) -> Range:
        """One duration, or a range of two."""
        start = self.at
        if low_only := re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*[-–]\s*(?=[0-9])").match(self.text, self.at):
            # In `20-30s` the low end has the unit of the high one.
            self.at = low_only.end()
            high_start = self.at
            high = self.duration(bare)
            unit = re.compile(r"[0-9.\s]*([hms])").match(self.text, high_start)
            low = _scaled(low_only, _UNIT_MS[unit[1] if unit else "s"])
            turned = f"{self.text[high_start : self.at].strip()}-{low_only[1]}{unit[1] if unit else ''}"
            return _range(low, high, start, self.at, turned)
        low = self.duration(bare)
        if not self.take(_DASH):
            return exactly(low)
        high = self.duration(bare)
        return _range(low, high, start, self.at, f"{format_duration(high)}-{format_duration(low)}")

    def tempo(self) -> Tempo:
        """Phases in ms."""
        start = self.at
        match = self.take(_TEMPO)
        if match is None:
            begin, end = self.token()
            raise NotationError("tempo-unreadable", begin, end, text=self.text[begin:end])
        phases = tuple(_scaled_text(phase, 1_000) for phase in _DASH.split(match.group()))
        if sum(phases) < MIN_REP_MS:
            raise NotationError("tempo-too-short", start, self.at)
        if sum(phases) > MAX_DURATION_MS:
            raise NotationError("duration-too-long", start, self.at)
        return phases


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
