"""What is shipped, as tests look at it: exercises and routines by name and language, and how they sound."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.audio.clip import length_ms
from voiceguide.audio.sounds import load_sound
from voiceguide.compile import draft
from voiceguide.files import DiskLibrary, Folders, read_include, read_text, user_folders
from voiceguide.plan import Choices
from voiceguide.script.exercises import read_exercise_file
from voiceguide.script.routine import read_routine
from voiceguide.speech.engines import DEFAULT_ENGINE
from voiceguide.suitable import exercise_steps
from voiceguide.timeline import Sound, Source, Speech, Timeline, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Problem
    from voiceguide.model import Exercise, Routine, Words
    from voiceguide.speech.speaker import Speaker


def folders() -> Folders:
    """What is shipped, and nothing of the user's."""
    nowhere = Path("no-such-folder")
    shipped = user_folders()
    return replace(shipped, current=nowhere, config=nowhere, cache=nowhere)


LIBRARY = DiskLibrary(folders())
IDS = sorted(LIBRARY.exercises)
ROUTINES = sorted(path.stem for path in folders().routines.glob("*.yaml"))
LANGUAGES = sorted(LIBRARY.languages)
VOICE = Voice(DEFAULT_ENGINE, "usual", 150)


@cache
def exercise(name: str, language: str = "en") -> Exercise:
    found, problems = read_exercise_file(LIBRARY.read(name), name, LIBRARY, language)
    if found is None:
        raise ValueError(problems)
    return found


def routine(name: str, language: str = "en") -> tuple[Routine, tuple[Problem, ...]]:
    found, problems = read_routine(
        read_text(folders().routines / f"{name}.yaml"), LIBRARY, read_include, language
    )
    if found is None:
        raise ValueError(problems)
    return found, problems


def used(found: Routine) -> Iterator[str]:
    """The ids of the exercises in a routine."""
    yield from (step.exercise.id for step in exercise_steps(found.steps))


def words_of(found: Exercise) -> Iterator[str]:
    """Everything that is said of an exercise."""
    several: tuple[Words | None, ...] = (
        found.name, *found.setup, *found.cues, found.side, found.change, found.release, found.caution
    )  # fmt: skip
    yield from (words.text for words in several if words)
    yield from found.phases


def words_of_routine(name: str, language: str = "en") -> Iterator[str]:
    """Everything that may be said in a routine."""
    for source in draft(routine(name, language)[0], Choices()).sources:
        if isinstance(source, Speech):
            yield source.text


def spoken(name: str, language: str, speaker: Speaker) -> tuple[Timeline, tuple[Problem, ...]]:
    """A routine compiled with the voice of a speaker, and what its author would be told."""
    session = draft(routine(name, language)[0], Choices())
    texts = [source.text for source in session.sources if isinstance(source, Speech)]
    lengths: dict[Source, int] = {Speech(text): ms for text, ms in speaker.lengths(texts).items()}
    for source in session.sources:
        if isinstance(source, Sound):
            lengths[source] = length_ms(load_sound(LIBRARY.sound_files[source.name]))
    return session.timeline(lengths, VOICE)


def unspeakable(text: str) -> list[str]:
    """What in a text is spoken badly: digits, signs, lists and abbreviations."""
    return re.findall(
        r"[0-9();:/&%×]|\[|\]| - |\b(?:e\.g|i\.e|z\.B|bzw|p\.ej|ej|etc|sec|seg|reps?)\b\.?", text
    )
