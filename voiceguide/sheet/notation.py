"""A dose as it is written on paper in each language: `3 × 20 s each side`, `2–3 × 8–10 reps`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.dose import ONE_SET, ONE_SIDE, Breaths, Hold, Reps
from voiceguide.plan import HoldWork
from voiceguide.units import Range, format_seconds

if TYPE_CHECKING:
    from voiceguide.dose import Dose
    from voiceguide.phrases.language import Language, Plural
    from voiceguide.plan import Performance, Phase
    from voiceguide.sheet.labels.labels import Labels

# A number stays on the line of its unit.
_NBSP = "\u00a0"
_UNITS_MS = (("h", 3_600_000), ("min", 60_000), ("s", 1_000))


class Notation:
    """Writes durations, doses and tempo in one language; times are ms."""

    def __init__(self, language: Language, labels: Labels) -> None:
        self._language = language
        self._labels = labels

    def duration(self, ms: int) -> str:
        """A duration with its units: `1 min 30 s`."""
        hours, rest = divmod(ms, 3_600_000)
        minutes, rest = divmod(rest, 60_000)
        parts = [f"{number}{_NBSP}{unit}" for number, unit in ((hours, "h"), (minutes, "min")) if number]
        if rest or not parts:
            parts.append(f"{self._seconds(rest)}{_NBSP}s")
        return _NBSP.join(parts)

    def durations(self, span: Range) -> str:
        """One duration, or a range: `20–30 s`, `45 s – 2 min`."""
        if span.low == span.high:
            return self.duration(span.low)
        for unit, size in _UNITS_MS[:2]:
            if span.low % size == 0 and span.high % size == 0:
                return f"{span.low // size}–{span.high // size}{_NBSP}{unit}"
        if span.high < 2 * 60_000:
            return f"{self._seconds(span.low)}–{self._seconds(span.high)}{_NBSP}s"
        return f"{self.duration(span.low)}{_NBSP}– {self.duration(span.high)}"

    def counted(self, forms: Plural, span: Range) -> str:
        """A number in digits with its noun: `8–10 reps`."""
        form = forms.get(self._language.plural(span.high), forms["other"])
        return form.replace("{n} ", f"{{n}}{_NBSP}").format(n=_counts(span))

    def dose(self, dose: Dose) -> str:
        """A dose, resolved or with its ranges, without tempo and rest."""
        match dose.work:
            case Hold(length):
                text = self.durations(length)
            case Reps(count):
                text = self.counted(self._language.reps.forms, count)
            case Breaths(count):
                text = self.counted(self._language.breaths.forms, count)
            case None:
                raise ValueError("a dose without work has no notation")
        if dose.sets != ONE_SET:
            text = f"{_counts(dose.sets)}{_NBSP}×{_NBSP}{text}"
        if dose.sides == "alternating" and dose.sets.high > 1:
            text = self._language.alternating.format(work=text)
        elif dose.sides and dose.sides not in ONE_SIDE:
            text = self._language.each_side.format(work=text)
        if dose.hold:
            text = self._language.held.format(dose=text, duration=self.durations(dose.hold))
        return text

    def tempo(self, performance: Performance) -> str:
        """What each rep or breath goes through: `tilt 2 s, hold 3 s, release 2 s`; empty for one hold."""
        work = performance.work
        if isinstance(work, HoldWork):
            return ""
        if not any(phase.word for phase in work.phases):
            template = self._labels.a_breath if work.breaths else self._labels.a_rep
            return template.format(duration=self.duration(work.rep_ms))
        breathing = () if work.breaths else work.breathing
        breaths = (*breathing, *("" for _ in work.phases[len(breathing) :]))
        parts = [
            self._phase(phase, breath, breathed=work.breaths)
            for phase, breath in zip(work.phases, breaths, strict=True)
            if phase.ms
        ]
        return ", ".join(parts)

    def _phase(self, phase: Phase, breath: str, *, breathed: bool) -> str:
        word = self._breath(phase.word) if breathed or phase.is_hold else phase.word
        timed = f"{word} {self.duration(phase.ms)}".strip()
        said = self._breath(breath)
        return f"{timed} ({said})" if said and said != word else timed

    def _breath(self, word: str) -> str:
        language = self._language
        return {"in": language.breathe_in, "out": language.breathe_out, "hold": language.hold}.get(word, word)

    def _seconds(self, ms: int) -> str:
        return format_seconds(ms).replace(".", self._labels.decimal)


def _counts(span: Range) -> str:
    return str(span.low) if span.low == span.high else f"{span.low}–{span.high}"
