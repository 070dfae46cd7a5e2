"""What of a routine suits a listener: steps swapped or left out for a condition, a position or missing equipment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.model import ExerciseStep, Rest, Say, Section, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from voiceguide.model import Exercise, Position, Step, Words


class Left(NamedTuple):
    """An exercise that is left out, and what speaks against it."""

    name: Words
    reasons: tuple[str, ...]


class Swapped(NamedTuple):
    """An exercise that is done in the place of another, and what speaks against that one."""

    old: Words
    new: Words
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Suitable:
    """The steps that are done, and what is not, each exercise once."""

    steps: tuple[Step, ...]
    left_out: tuple[Left, ...] = ()
    swapped: tuple[Swapped, ...] = ()


def suitable_steps(steps: tuple[Step, ...], avoid: Set[str], without: Set[str]) -> Suitable:
    """The steps without what carries a condition or position of `avoid`, or needs equipment of `without`.

    In place of such an exercise stands the first of its alternatives that carries none and is not done anyway, for its
    own sake or in place of another. Without one it goes. A section that loses every exercise goes as a whole. What is
    said, waited and rested directly before what goes led to it: it goes too, unless what follows directly is done in
    the same position. Where another exercise in another position is done instead, what is said goes.
    """
    if not avoid and not without:
        return Suitable(steps)
    exercises = (step.exercise for step in exercise_steps(steps))
    done = {exercise.id for exercise in exercises if not reasons_against(exercise, avoid, without)}
    chooser = _Chooser(avoid, without, done)
    kept = chooser.steps(steps)
    return Suitable(kept, tuple(dict.fromkeys(chooser.left_out)), tuple(dict.fromkeys(chooser.swapped)))


def only_exercise(steps: tuple[Step, ...], exercise: str) -> tuple[Step, ...]:
    """The steps that do the exercise with this id, each in its sections, and nothing else."""
    kept: list[Step] = []
    for step in steps:
        match step:
            case Section():
                inner = only_exercise(step.steps, exercise)
                kept += [replace(step, steps=inner)] if inner else []
            case ExerciseStep() if step.exercise.id == exercise:
                kept.append(step)
            case _:
                pass
    return tuple(kept)


def reasons_against(exercise: Exercise, avoid: Set[str], without: Set[str]) -> tuple[str, ...]:
    """The conditions, the position and the equipment that speak against an exercise, in its own order."""
    position = (exercise.position,) if exercise.position else ()
    carried = [one for one in (*exercise.avoid, *position) if one in avoid]
    return (*carried, *(one for one in exercise.needs if one in without))


class _Way(NamedTuple):
    """What is said and rested on the way to an exercise that is left out, and the position that it leads to."""

    steps: tuple[Step, ...]
    position: Position | None

    def then(self, steps: list[Step], position: Position | None) -> _Way:
        """The way to a further exercise that is left out."""
        return _Way((*self.steps, *steps) if position == self.position else tuple(steps), position)

    def onward(self, own: list[Step], position: Position | None) -> list[Step]:
        """What leads to an exercise that is done, before the `own` steps that lead to it: one rest is enough."""
        if position is None or position != self.position:
            return []
        rested = any(isinstance(step, Rest) for step in own)
        return [step for step in self.steps if not (rested and isinstance(step, Rest))]


_NO_WAY = _Way((), None)


def _leads_to(on_the_way: Step, written: Step, done: Step) -> bool:
    """Whether what is said or rested before an exercise suits what is done in its place."""
    if (
        isinstance(on_the_way, Rest)
        or not isinstance(written, ExerciseStep)
        or not isinstance(done, ExerciseStep)
    ):
        return True
    return written.exercise.position == done.exercise.position


def _position(step: Step) -> Position | None:
    """The position of the exercise that a step begins with, None where it has none."""
    first = next(exercise_steps((step,)), None)
    return first.exercise.position if first else None


def exercise_steps(steps: tuple[Step, ...]) -> Iterator[ExerciseStep]:
    """The steps that are exercises, those in sections too, each as often as it is written."""
    for step in steps:
        match step:
            case Section():
                yield from exercise_steps(step.steps)
            case ExerciseStep():
                yield step
            case _:
                pass


@dataclass
class _Chooser:
    """Goes through steps, remembering what it left out and swapped.

    `done` are the ids of what suits as it is; `in_place_of` has for the id of a stand-in the id of what it stands in for.
    """

    avoid: Set[str]
    without: Set[str]
    done: set[str]
    in_place_of: dict[str, str] = field(default_factory=dict)
    passed: _Way = _NO_WAY
    left_out: list[Left] = field(default_factory=list)
    swapped: list[Swapped] = field(default_factory=list)

    def steps(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        kept: list[Step] = []
        # What is said and rested on the way to the next exercise.
        way: list[Step] = []
        for step in steps:
            if isinstance(step, Say | Wait | Rest):
                way.append(step)
                continue
            passed, self.passed = self.passed, _NO_WAY
            suitable = self._step(step)
            if suitable is None:
                inside = self.passed if isinstance(step, Section) else _Way((), _position(step))
                self.passed = passed.then([*way, *inside.steps], inside.position)
            else:
                own = [one for one in way if _leads_to(one, step, suitable)]
                kept += [*passed.onward(own, _position(suitable)), *own, suitable]
            way.clear()
        return (*kept, *way)

    def _step(self, step: Step) -> Step | None:
        """What is done of a step, or in its place."""
        match step:
            case Section():
                inner = self.steps(step.steps)
                emptied = any(exercise_steps(step.steps)) and not any(exercise_steps(inner))
                return None if emptied else replace(step, steps=inner)
            case ExerciseStep():
                return self._exercise(step)
            case _:
                return step

    def _exercise(self, step: ExerciseStep) -> ExerciseStep | None:
        reasons = self._against(step)
        if not reasons:
            return step
        old = step.exercise
        other = next((one for one in step.alternatives if self._stands_in(one, old.id)), None)
        if other is None:
            self.left_out.append(Left(old.name, reasons))
            return None
        self.in_place_of[other.exercise.id] = old.id
        self.swapped.append(Swapped(old.name, other.exercise.name, reasons))
        return other

    def _stands_in(self, step: ExerciseStep, old: str) -> bool:
        new = step.exercise.id
        free = new not in self.done and self.in_place_of.get(new, old) == old
        return free and not self._against(step)

    def _against(self, step: ExerciseStep) -> tuple[str, ...]:
        return reasons_against(step.exercise, self.avoid, self.without)
