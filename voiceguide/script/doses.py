"""Doses in scripts: the notation or its mapping form, and what both become for a given exercise."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from voiceguide.dose import ONE_SIDE, SIDES, Breaths, Dose, Hold, Reps, Side, Sides, Work, parse_dose
from voiceguide.model import DEFAULT_PHASE_MS, DEFAULT_REST_MS, HOLD_PHASE, Exercise
from voiceguide.script.fields import Fields, notation
from voiceguide.script.keys import DOSE_KEYS, Key
from voiceguide.script.nodes import MapNode, TextNode, holds_refused
from voiceguide.units import exactly
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.errors import Place, Problem

# A rep without phases or tempo: an unhurried movement there and back.
DEFAULT_REP_MS = 4_000


@dataclass(frozen=True)
class WrittenDose:
    """A dose as a script writes it, with the place of each part for the problems it may meet later."""

    dose: Dose
    place: Place
    parts: dict[str, Place] = field(default_factory=dict)

    def part(self, name: str) -> Place:
        """Where `sides`, `first`, `tempo` or `hold` was written; the whole dose where it was not."""
        return self.parts.get(name, self.place)


def read_notation(node: TextNode, problems: list[Problem]) -> WrittenDose | None:
    """The dose of a notation."""
    dose = notation(node, parse_dose, problems)
    if dose is None:
        return None
    places = {name: node.part(*ends) for name, ends in dose.marks}
    return WrittenDose(dose, node.part(0, len(node.text.rstrip())), places)


def read_mapping(
    node: MapNode, keys: tuple[Key, ...], problems: list[Problem], what: str
) -> tuple[WrittenDose | None, Fields]:
    """The dose of a mapping's dose keys, and its fields for the others; None where it is wrong."""
    before = len(problems)
    fields = Fields(node, keys, problems, what)
    counts = fields.counts("reps")
    breaths = fields.counts("breaths")
    hold = fields.span("hold")
    work: Work | None = None
    if counts:
        work = Reps(counts)
    elif breaths:
        work = Breaths(breaths)
    elif hold:
        work, hold = Hold(hold), None
    dose = Dose(
        work,
        fields.counts("sets") or exactly(1),
        sides=_sides(fields),
        tempo=fields.tempo("tempo"),
        hold=hold,
        rest=fields.span("rest", zero=True),
        first=cast("Side | None", fields.choice("first", ONE_SIDE)),
    )
    _check_keys(fields)
    if len(problems) > before or holds_refused(node):
        return None, fields
    places: dict[str, Place] = {
        name: fields.values[name].place
        for name in ("sides", "first", "tempo", "hold")
        if name in fields.values
    }
    return WrittenDose(dose, node.place, places), fields


def _check_keys(fields: Fields) -> None:
    """Report keys that do not go together, whatever their values are."""
    written = fields.values.keys()
    if {"reps", "breaths"} <= written:
        fields.report("work-twice", fields.place("breaths"))
    if "sets" in written and not written & {"hold", "reps", "breaths"}:
        fields.report("sets-without-work", fields.place("sets"))
    if {"hold", "breaths"} <= written and "reps" not in written:
        fields.report("clause-for-reps", fields.place("hold"), clause="hold")
    if "tempo" in written and written & {"hold", "breaths"} and "reps" not in written:
        fields.report("clause-for-reps", fields.place("tempo"), clause="tempo")
    if {"tempo", "hold"} <= written and written & {"reps", "breaths"}:
        fields.report("tempo-and-hold", fields.place("tempo"))


def read_dose(node: TextNode | MapNode, problems: list[Problem]) -> WrittenDose | None:
    """A dose in either form; one with work, as an exercise's own dose must be."""
    if isinstance(node, TextNode):
        return read_notation(node, problems)
    written, _ = read_mapping(node, DOSE_KEYS, problems, "a dose")
    if written and written.dose.work is None:
        problems.append(problem("work-missing", node.place))
        return None
    return written


def settle(
    exercise: Exercise, written: WrittenDose | None, place: Place, problems: list[Problem]
) -> Dose | None:
    """The dose of one step: what is written over the exercise's own, with every default in it but the ranges.

    A dose of reps gets a tempo with one length for each phase; a sided exercise gets its sides.
    """
    dose = written.dose.over(exercise.dose) if written else exercise.dose
    found = list(_misfits(exercise, dose, written or WrittenDose(dose, place)))
    if found:
        problems.extend(found)
        return None
    sides = dose.sides or ("each side" if exercise.side else None)
    rest = dose.rest if dose.rest is not None else exactly(DEFAULT_REST_MS)
    if not isinstance(dose.work, Reps):
        return replace(dose, sides=sides, rest=rest, tempo=None, hold=None)
    default = (DEFAULT_PHASE_MS,) * len(exercise.phases) or (DEFAULT_REP_MS,)
    tempo = dose.tempo or exercise.tempo or default
    return replace(dose, sides=sides, rest=rest, tempo=tempo)


def tempo_misfit(phases: tuple[str, ...], tempo: tuple[int, ...], place: Place) -> Problem | None:
    """The problem of a tempo whose number of phases is not the exercise's."""
    if len(tempo) == max(1, len(phases)):
        return None
    named = named_phases(phases)
    return problem("tempo-phases", place, written=len(tempo), wanted=max(1, len(phases)), named=named)


def named_phases(phases: tuple[str, ...]) -> str:
    """The phases as they follow a number of them in a message: " (up, hold, down)"."""
    return f" ({', '.join(phases)})" if phases else ""


def _misfits(exercise: Exercise, dose: Dose, written: WrittenDose) -> list[Problem]:
    found = []
    if (dose.sides or dose.first) and not exercise.side:
        part = "sides" if dose.sides else "first"
        found.append(problem("sides-none", written.part(part), exercise=exercise.id))
    elif dose.first and dose.sides in ONE_SIDE:
        found.append(problem("first-of-one-side", written.part("first"), side=dose.sides))
    if isinstance(dose.work, Reps):
        if dose.tempo and (misfit := tempo_misfit(exercise.phases, dose.tempo, written.part("tempo"))):
            found.append(misfit)
        if dose.hold and HOLD_PHASE not in exercise.phases:
            found.append(problem("hold-phase-none", written.part("hold"), exercise=exercise.id))
    elif written.dose.tempo and written.dose.work is None:
        found.append(problem("clause-for-reps", written.part("tempo"), clause="tempo"))
    return found


def _sides(fields: Fields) -> Sides | None:
    chosen = fields.choice("sides", ("both", *SIDES))
    return "each side" if chosen == "both" else cast("Sides | None", chosen)
