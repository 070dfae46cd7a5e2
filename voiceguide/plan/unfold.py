"""Steps become actions: rounds unfolded, ranges resolved, sides in order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voiceguide.dose import ONE_SIDE, Breaths, Hold, Reps, at
from voiceguide.model import ExerciseStep, Pause, Rest, Say, Section, Wait, phase_lengths
from voiceguide.plan.actions import (
    EnterSection,
    GetReady,
    HoldWork,
    Performance,
    Phase,
    Release,
    RepWork,
    RestBetween,
    Switch,
    Work,
)
from voiceguide.plan.choices import at_speed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.dose import Dose, Side
    from voiceguide.model import Counting, Exercise, Step, Talk
    from voiceguide.plan.actions import Action
    from voiceguide.plan.choices import Choices

# The words of a breath by how many parts of it are timed.
_BREATH_PHASES = {1: ("",), 2: ("in", "out"), 3: ("in", "hold", "out"), 4: ("in", "hold", "out", "hold")}

_Sections = tuple[tuple[str, int, int], ...]


@dataclass
class Unfolder:
    """Unfolds steps at a percentage, remembering how many performances there were and what was spoken of.

    `count` is the routine's own way of counting.
    """

    choices: Choices
    percent: int
    count: Counting | None
    performances: int = 0
    spoken: set[str] = field(default_factory=set)

    def steps(self, steps: tuple[Step, ...], talk: Talk | None, sections: _Sections = ()) -> Iterator[Action]:
        """The actions of steps in whose scope `talk` was chosen."""
        quiet = talk == "tones"
        for step in steps:
            match step:
                case Section(title, rounds, inner, own):
                    inside = self.choices.talk or own or talk
                    for turn in range(1, rounds + 1):
                        if inside != "tones":
                            yield EnterSection(title, turn, rounds)
                        yield from self.steps(inner, inside, (*sections, (title.text, turn, rounds)))
                case ExerciseStep():
                    yield from self.exercise(step, self.choices.talk or step.talk or talk, sections)
                case Rest(ms):
                    yield replace(step, ms=at_speed(ms, self.choices), quiet=quiet or step.quiet)
                case Pause(ms):
                    yield Pause(at_speed(ms, self.choices))
                case Wait(_, ms):
                    yield replace(step, pause_ms=at_speed(ms, self.choices))
                case Say() if quiet:
                    pass
                case _:
                    yield step

    def exercise(self, step: ExerciseStep, talk: Talk | None, sections: _Sections) -> Iterator[Action]:
        """The actions of one exercise."""
        self.performances += 1
        dose = at(step.dose, self.percent)
        sides = _sides(dose, self.choices.first_side)
        performance = Performance(
            number=self.performances,
            exercise=step.exercise,
            dose=dose,
            work=_work(step.exercise, dose),
            sets=dose.sets.low,
            sides=sides,
            alternating=dose.sides == "alternating",
            rest_ms=at_speed(dose.rest.low, self.choices) if dose.rest else 0,
            step=step,
            first=step.exercise.id not in self.spoken,
            talk=talk,
            count=self.choices.count or step.count or self.count or "up",
            sections=sections,
        )
        if talk != "tones":
            self.spoken.add(step.exercise.id)
        yield GetReady(performance, sides[0] if sides else None)
        yield from _alternating(performance) if performance.alternating else _side_by_side(performance)
        if step.exercise.release and talk in (None, "full"):
            yield Release(performance, sides[-1] if sides else None)


def talk_of(performance: Performance, number: int) -> Talk:
    """How much is said in a set: as chosen, else everything in an exercise's first set and little in its later ones."""
    return performance.talk or ("full" if performance.first and number == 1 else "brief")


def _sides(dose: Dose, first_side: Side | None) -> tuple[Side, ...]:
    """The sides of a dose in the order in which they are done."""
    if dose.sides is None:
        return ()
    if dose.sides in ONE_SIDE:
        return ("left",) if dose.sides == "left" else ("right",)
    first = dose.first or first_side or "left"
    return (first, "right" if first == "left" else "left")


def _side_by_side(performance: Performance) -> Iterator[Action]:
    """All sets of one side, the switch, all sets of the other; or the sets of an exercise without sides."""
    for index, side in enumerate(performance.sides or (None,)):
        if index and side:
            yield Switch(performance, side, 1)
        for number in range(1, performance.sets + 1):
            if number > 1:
                yield RestBetween(performance, side, number)
            yield Work(performance, side, number)


def _alternating(performance: Performance) -> Iterator[Action]:
    """One side, switch, the other, rest, and again."""
    first, second = performance.sides
    for number in range(1, performance.sets + 1):
        if number > 1:
            yield RestBetween(performance, first, number)
        yield Work(performance, first, number)
        yield Switch(performance, second, number)
        yield Work(performance, second, number)


def _work(exercise: Exercise, dose: Dose) -> HoldWork | RepWork:
    match dose.work:
        case Hold(length):
            return HoldWork(length.low)
        case Breaths(count):
            words = _BREATH_PHASES[len(exercise.breath)]
            breath = tuple(Phase(word, ms) for word, ms in zip(words, exercise.breath, strict=True))
            return RepWork(count.low, breath, breaths=True, breathing=words)
        case Reps(count):
            phases = zip(exercise.phases or ("",), phase_lengths(exercise, dose), strict=True)
            reps = tuple(Phase(word, ms) for word, ms in phases)
            return RepWork(count.low, reps, breathing=exercise.breathing)
        case None:
            raise ValueError(f"the dose of '{exercise.id}' was never settled")
