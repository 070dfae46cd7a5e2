"""The exercises that a script may name: its own before the library's, with what is done in their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.errors import VoiceguideError
from voiceguide.script.braces import foreign_names, offered, unmet
from voiceguide.script.exercises import Entry, read_entry_file
from voiceguide.script.keys import VERBS, names
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from voiceguide.dose import Dose
    from voiceguide.errors import Place, Problem
    from voiceguide.model import ExerciseStep
    from voiceguide.script.library import Library
    from voiceguide.script.nodes import TextNode
    from voiceguide.script.sentences import CueText

MAX_INSTEAD = 20
_VERBS = names(VERBS)


class Catalogue:
    """Finds exercises while one script is read, in the language played; a file is read once, a problem told once."""

    def __init__(self, library: Library, language: str, problems: list[Problem]) -> None:
        self.library = library
        self.language = language
        self.problems = problems
        self._own: dict[str, Entry | None] = {}
        self._places: dict[str, Place] = {}
        self._shelf: dict[str, Entry | None] = {}
        self._used: set[str] = set()
        self._told: set[tuple[str, Place | None]] = set()
        self._spoken_of: set[str] = set()
        self._met: set[tuple[str, frozenset[str], bool]] = set()

    def add(self, key: TextNode, entry: Entry | None) -> None:
        """Take in an exercise of the script's own, None where it could not be read."""
        if key.text in _VERBS:
            self.problems.append(problem("exercise-is-verb", key.place, verb=key.text))
        else:
            self._own[key.text] = entry
            self._places[key.text] = key.place

    def report_unused(self) -> None:
        """Warn of every exercise of the script's own that no step uses."""
        for exercise_id in self._own.keys() - self._used:
            place = self._places[exercise_id]
            self.problems.append(problem("exercise-unused", place, exercise=exercise_id))

    def entry(self, key: TextNode) -> Entry | None:
        """The exercise that a step names; a problem where there is none, or not in the language played."""
        if not self._knows(key.text):
            known = (*self._own, *self.library.exercises, *_VERBS)
            hint = near(key.text, known)
            self.problems.append(problem("exercise-unknown", key.place, name=key.text, **hint))
            return None
        return self._spoken(key.text, key.place)

    def check_demands(self, entry: Entry, dose: Dose, place: Place, cues: tuple[CueText, ...] = ()) -> None:
        """Report words that ask for what a settled dose, written at `place`, does not have.

        They are the exercise's, and a step's `cues` where it has its own.
        """
        offers = offered(entry.exercise, dose)
        demands = [demand for cue in cues for demand in cue.text.demands]
        case = (entry.exercise.id, offers, bool(cues))
        if case not in self._met:
            self._met.add(case)
            demands += [demand for demand in entry.demands if not (cues and demand.of_cue)]
        for found in unmet(demands, entry.exercise, offers, place):
            self._tell(found)

    def alternatives(self, entry: Entry, step: ExerciseStep) -> tuple[ExerciseStep, ...]:
        """What may be done in the place of a step, the nearest first, each at its own dose."""
        found: list[ExerciseStep] = []
        seen = {entry.exercise.id}
        while entry.instead:
            wanted = entry.instead
            if wanted.text in seen:
                self._tell(problem("instead-circle", wanted.place, name=wanted.text))
                break
            if len(found) == MAX_INSTEAD:
                self._tell(problem("instead-many", wanted.place, most=MAX_INSTEAD))
                break
            if not self._knows(wanted.text):
                hint = near(wanted.text, (*self._own, *self.library.exercises))
                self._tell(problem("name-unknown", wanted.place, what="exercise", name=wanted.text, **hint))
                break
            following = self._spoken(wanted.text, wanted.place)
            if following is None:
                break
            entry = following
            exercise = entry.exercise
            seen.add(exercise.id)
            self.check_demands(entry, exercise.dose, exercise.place or wanted.place)
            found.append(replace(step, exercise=exercise, dose=exercise.dose, cues=(), timed=()))
        return tuple(found)

    def _knows(self, name: str) -> bool:
        return name in self._own or name in self.library.exercises

    def _spoken(self, name: str, place: Place) -> Entry | None:
        """A known exercise, used at `place`; that it lacks the language played is told, once."""
        if name in self._own:
            self._used.add(name)
            entry = self._own[name]
        else:
            if name not in self._shelf:
                self._shelf[name] = self._read(name)
            entry = self._shelf[name]
        if entry and name not in self._spoken_of:
            self._spoken_of.add(name)
            if lack := entry.lack(self.language, self.library, place):
                self.problems.append(lack)
            for found in foreign_names(entry.demands, self.language):
                self._tell(found)
        return entry

    def _read(self, name: str) -> Entry | None:
        try:
            source = self.library.read(name)
        except VoiceguideError as error:
            self.problems.extend(error.problems)
            return None
        entry, problems = read_entry_file(source, name, self.library, self.language)
        self.problems.extend(problems)
        return entry

    def _tell(self, found: Problem) -> None:
        """Add a problem that several steps may meet at one place."""
        if (found.kind, found.place) not in self._told:
            self._told.add((found.kind, found.place))
            self.problems.append(found)
