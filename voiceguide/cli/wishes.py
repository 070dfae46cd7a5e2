"""What the listener wishes: the command line's word, else what is written in a script, else the configuration's."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from click.core import ParameterSource

from voiceguide.cli.configuration import config_path, configured_place, configured_say_as
from voiceguide.cli.placing import placed
from voiceguide.cli.values import NONE
from voiceguide.errors import RequestError
from voiceguide.plan import Choices
from voiceguide.suitable import exercise_steps
from voiceguide.timeline import Music
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Set

    import click

    from voiceguide.errors import Place
    from voiceguide.files import DiskLibrary
    from voiceguide.model import Routine, Words

PRE_ROLL_MS = 2_000


class VoiceWish(NamedTuple):
    """Who should speak, None where nobody said.

    A `standing` wish for a voice is for the languages it speaks; one that is not `bound` to the language is for any. With
    `tones`, they are heard in place of what cannot be spoken.
    """

    engine: str | None = None
    voice: str | None = None
    rate: int | None = None
    engine_place: Place | None = None
    voice_place: Place | None = None
    standing: bool = False
    bound: bool = True
    tones: bool = False


class LanguageWish(NamedTuple):
    """In which language a routine is to be played; a `standing` wish is for what exists in it."""

    code: str | None
    standing: bool


class MusicWish(NamedTuple):
    """What is played under a routine, and where it was written if it was in a file."""

    music: Music | None = None
    place: Place | None = None


class Dosing(NamedTuple):
    """Where in its ranges a routine is played, or how long in ms it may last: not both."""

    percent: int | None = None
    fit_ms: int | None = None


def from_command_line(context: click.Context, option: str) -> bool:
    """Whether the parameter was given on the command line."""
    return context.get_parameter_source(option) is ParameterSource.COMMANDLINE


def voice_wish(context: click.Context, written: VoiceWish | None = None) -> VoiceWish:
    """Who should speak what has its own word on that `written`."""
    written = written or VoiceWish()

    def said(option: str, value: Any, place: Place | None = None) -> tuple[Any, Place | None]:
        if value is not None and not from_command_line(context, option):
            return value, place
        return context.params[option], configured_place(context, option)

    engine, engine_place = said("engine", written.engine, written.engine_place)
    voice, voice_place = said("voice", written.voice, written.voice_place)
    rate, _ = said("rate", written.rate)
    standing = written.voice is None and configured_place(context, "voice") is not None
    tones = context.params["fallback"] == "tones"
    return VoiceWish(engine, voice, rate, engine_place, voice_place, standing, tones=tones)


def sentence_wish(context: click.Context) -> VoiceWish:
    """Who should speak a sentence: a voice that is named speaks it whatever its language, unless that is named too."""
    named = context.get_parameter_source("language") is not ParameterSource.DEFAULT
    return voice_wish(context)._replace(bound=named)


def written_voice(routine: Routine) -> VoiceWish:
    """Who should speak a routine by its own word."""

    def said(words: Words | None) -> tuple[str | None, Place | None]:
        return (words.text, words.place) if words else (None, None)

    engine, engine_place = said(routine.engine)
    voice, voice_place = said(routine.voice)
    return VoiceWish(engine, voice, routine.rate, engine_place, voice_place)


def check_voice(context: click.Context, library: DiskLibrary, including: Path, written: VoiceWish) -> None:
    """Refuse a voice file that a routine or timeline may not name, where it is to speak; raises ScriptError."""
    if written.voice is not None and not from_command_line(context, "voice"):
        with placed(written.voice_place):
            library.check_voice(str(including), written.voice)


def language_wish(context: click.Context) -> LanguageWish:
    """The language that is asked for."""
    return LanguageWish(context.params["language"], not from_command_line(context, "language"))


def dosing(context: click.Context, written: int | None) -> Dosing:
    """The dose of what has a dose `written`; raises RequestError where two wishes exclude each other."""
    percent, fit = (context.params.get(option) for option in ("dose", "fit"))
    said = [option for option in ("dose", "fit") if from_command_line(context, option)]
    if said == ["dose", "fit"]:
        raise RequestError(problem("options-exclude", one="--dose", other="--fit"))
    if said:
        return Dosing(percent=percent) if said == ["dose"] else Dosing(fit_ms=fit)
    if written is not None:
        return Dosing(percent=written)
    if percent is not None and fit is not None:
        place = configured_place(context, "fit")
        raise RequestError(problem("options-exclude", place, one="dose", other="fit"))
    return Dosing(percent, fit)


def choices(context: click.Context, dose: int | None = None) -> Choices:
    """The choices of the command line at a dose.

    What the configuration says of talk and count is in `as_wished`, the equipment that is not there in `equipment`, the
    one exercise that is done in `only`.
    """

    def chosen(option: str) -> Any:
        return context.params[option] if from_command_line(context, option) else None

    options = context.params
    return Choices(
        countdown=options["countdown"],
        switch_ms=options["switch"],
        get_ready_ms=options["get_ready"],
        safety=options["safety"],
        dose=dose,
        talk=chosen("talk"),
        count=chosen("count"),
        first_side=options["first_side"],
        avoid=_all_words(context, "avoid"),
        say_as=configured_say_as(context),
        pre_roll_ms=PRE_ROLL_MS if options["keep_awake"] else 0,
        speed=options["speed"],
        name=options.get("listener"),
    )


def as_wished(context: click.Context, routine: Routine) -> Routine:
    """The routine with the configuration's word on what it leaves open: how much is said, and how reps are counted."""
    talk, count = context.params["talk"], context.params["count"]
    return replace(routine, talk=routine.talk or talk, count=routine.count or count)


def music_wish(context: click.Context, routine: Routine) -> MusicWish:
    """What is played under a routine; raises RequestError where there is no such file or folder.

    A path in the configuration is relative to the configuration's folder.
    """
    wanted: str | None = context.params.get("music")
    level: int | None = context.params.get("music_level")
    place = configured_place(context, "music") if wanted is not None else None
    if routine.music is not None and (wanted is None or place is not None):
        if not from_command_line(context, "music_level"):
            level = routine.music_level or level
        return MusicWish(Music(routine.music.text, level or 0), routine.music.place)
    if wanted is None or wanted == NONE:
        return MusicWish()
    path = Path(os.path.expanduser(wanted))  # noqa: PTH111 (the other way raises where nobody has such a home)
    if place is not None:
        path = config_path().parent / path
    if not path.exists():
        raise RequestError(problem("file-missing", place, path=path))
    return MusicWish(Music(str(path), level or 0), place)


def equipment(context: click.Context, library: DiskLibrary, routine: Routine) -> frozenset[str]:
    """The equipment of `--without` as exercises write it, whatever its case.

    Raises RequestError with near names for what no exercise needs, on the shelf or in the script.
    """
    wanted = _all_words(context, "without")
    if not wanted:
        return frozenset()
    known = {need for step in exercise_steps(routine.steps) for need in step.exercise.needs}
    known |= _equipment(library)
    place = configured_place(context, "without")
    unknown = sorted(wanted - {need.lower() for need in known})
    if unknown:
        problems = (
            problem("name-unknown", place, what="equipment", name=word, **_nearest(word, known))
            for word in unknown
        )
        raise RequestError(*problems)
    return frozenset(need for need in known if need.lower() in wanted)


def only(context: click.Context, routine: Routine) -> str | None:
    """The id of the exercise of `--only`, which names it by its id or its name in any case.

    Raises RequestError with near names where the routine has no such exercise.
    """
    wanted: str | None = context.params.get("only")
    if wanted is None:
        return None
    exercises = {step.exercise.id: step.exercise.name.text for step in exercise_steps(routine.steps)}
    by_name = {name.casefold(): exercise for exercise, name in reversed(exercises.items())}
    by_name |= {exercise.casefold(): exercise for exercise in exercises}
    found = by_name.get(" ".join(wanted.split()).casefold())
    if found is None:
        hint = near(wanted, (*exercises, *exercises.values())) or {"near": f"known: {', '.join(exercises)}"}
        raise RequestError(problem("name-unknown", what="exercise", name=wanted, **hint))
    return found


def _equipment(library: DiskLibrary) -> set[str]:
    """What the exercises on the shelf need; those that cannot be read need nothing until they are used."""
    from voiceguide.script.exercises import read_exercise_file  # noqa: PLC0415 (only this option needs it)

    read = (read_exercise_file(library.read(name), name, library)[0] for name in library.exercises)
    return {need for exercise in read if exercise for need in exercise.needs}


def _nearest(word: str, known: Set[str]) -> dict[str, str]:
    return near(word, sorted(known)) or {"near": f"known: {', '.join(sorted(known))}"}


def _all_words(context: click.Context, option: str) -> frozenset[str]:
    """The words of a list: those of the configuration, and besides them those of the command line."""
    words = {word for words in context.params[option] for word in words}
    if from_command_line(context, option):
        parameter = next(one for one in context.command.params if one.name == option)
        configured: list[str] = context.lookup_default(option) or []
        words |= {word for text in configured for word in parameter.type.convert(text, parameter, context)}
    return frozenset(words)
