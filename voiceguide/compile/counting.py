"""What is counted in a set: reps and their phases, the end of a hold, its middle, and how much of it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.compile.blocks import Line, PhaseSlot, TimedLine
from voiceguide.plan import RepWork

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.compile.words import Writer
    from voiceguide.model import Talk
    from voiceguide.plan import Performance
    from voiceguide.timeline import Role

HALFWAY_FROM_MS = 20_000
# From how many seconds it may be counted down, and what a hold lasts beyond them at least.
LEAST_COUNTDOWN_S = 3
COUNTDOWNS_S = (5, LEAST_COUNTDOWN_S)
COUNTDOWN_SPARE_MS = 2_000
# In holds from this length on is said when ten seconds are left, in longer ones each half minute too.
TEN_LEFT_FROM_MS = 40_000
TEN_LEFT_MS = 10_000
EACH_LEFT_FROM_MS = 90_000
EACH_LEFT_MS = 30_000
# Nearer to halfway than this, what is left says the same again.
BESIDE_HALFWAY_MS = 5_000


def hold_countdown(writer: Writer, ms: int, seconds: int) -> tuple[Line, ...]:
    """The numbers counted down before the end of a hold of `ms`: from `seconds`, from 3 in a shorter hold, or none."""
    longest = (ms - COUNTDOWN_SPARE_MS) // 1_000
    first = next((number for number in COUNTDOWNS_S if number <= min(seconds, longest)), 0)
    spoken = writer.language.spoken
    return tuple(writer.guide("countdown", spoken(number, None)) for number in range(first, 0, -1))


def halfway(writer: Writer, ms: int) -> Line | None:
    """What is said at the middle of a hold of `ms`."""
    return writer.guide("halfway", writer.language.halfway) if ms >= HALFWAY_FROM_MS else None


def times_left(writer: Writer, ms: int) -> tuple[TimedLine, ...]:
    """What is said of the time left in a hold of `ms`, at its moments before the end."""
    return tuple(
        TimedLine(-left, writer.guide("left", phrases.time_left(writer.language, left)))
        for left in _moments_left(ms)
    )


def rep_slots(writer: Writer, performance: Performance, talk: Talk) -> tuple[tuple[PhaseSlot, ...], ...]:
    """The phases of every rep of a set with what may be said in them."""
    work = performance.work
    if not isinstance(work, RepWork):
        raise TypeError("only reps have phases")
    numbers = range(1, work.count + 1)
    counts = numbers if performance.count == "up" else reversed(numbers)
    first = next((index for index, phase in enumerate(work.phases) if phase.ms), 0)
    words = [_phase_word(writer, work, index) for index in range(len(work.phases))]
    if talk == "tones":
        rep = tuple(
            PhaseSlot(phase.ms, phase.is_hold, (), "rep" if index == first else None)
            for index, phase in enumerate(work.phases)
        )
        return (rep,) * work.count
    return tuple(
        tuple(
            PhaseSlot(phase.ms, phase.is_hold, *_said(writer, word, count if index == first else None))
            for index, (phase, word) in enumerate(zip(work.phases, words, strict=True))
        )
        for count in counts
    )


def _said(writer: Writer, word: str, count: int | None) -> tuple[tuple[Line, ...], Role | None]:
    """The choices of a phase and the role of its beat; where a rep begins it is counted, with the phase's word or without."""
    if count is None:
        return ((writer.guide("phase", word),), "phase") if word else ((), None)
    number = writer.language.spoken(count, None)
    joined = writer.language.count_and_phase.format(count=number, phase=word)
    return (*((writer.guide("rep", joined),) if word else ()), writer.guide("rep", number)), "rep"


def _phase_word(writer: Writer, work: RepWork, index: int) -> str:
    """What is said of a phase: its word of breath where there is one, else its own."""
    word = work.breathing[index] if work.breathing else work.phases[index].word
    language = writer.language
    own = {"in": language.breathe_in, "out": language.breathe_out} if work.breathing else {}
    return {"hold": language.hold, **own}.get(word, word)


def _moments_left(ms: int) -> Iterator[int]:
    """The moments in ms before the end of a hold at which it is said how much is left, the first one first."""
    if ms >= EACH_LEFT_FROM_MS:
        for left in range((ms - 1) // EACH_LEFT_MS * EACH_LEFT_MS, 0, -EACH_LEFT_MS):
            if abs(left - ms // 2) >= BESIDE_HALFWAY_MS:
                yield left
    if ms >= TEN_LEFT_FROM_MS:
        yield TEN_LEFT_MS
