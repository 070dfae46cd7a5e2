"""From a name on the command line to a session ready to be heard: read, compiled, measured."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from click.core import ParameterSource

from voiceguide.cli.configuration import configured_place
from voiceguide.cli.options import TIMING_OPTIONS, choices
from voiceguide.cli.problems import show_problems
from voiceguide.cli.progress import progress
from voiceguide.compile import draft
from voiceguide.errors import RequestError, ScriptError, VoiceguideError
from voiceguide.files import TIMELINE_SUFFIX, DiskLibrary, Folders, read_include, read_text, routine_path
from voiceguide.script.routine import read_routine
from voiceguide.timeline import Sound, Source, Speech, Timeline, Voice
from voiceguide.timeline_json import TimelineError, from_json
from voiceguide.units import format_duration
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import click

    from voiceguide.audio.clip import Clip
    from voiceguide.errors import Place, Problem
    from voiceguide.model import Routine, Words
    from voiceguide.speech.speaker import Speaker

LONG_ROUTINE_MS = 2 * 3_600_000
CACHE_BYTES = 256_000_000


class Wish(NamedTuple):
    """Who should speak: what the command line, the script or the configuration says, None where none does."""

    engine: str | None = None
    voice: str | None = None
    rate: int | None = None
    engine_place: Place | None = None
    voice_place: Place | None = None


@dataclass(frozen=True)
class Prepared:
    """A session ready to be heard: its timeline, its clips, what its author should know, and its routine if it has one."""

    name: str
    timeline: Timeline
    clips: Callable[[Source], Clip]
    warnings: tuple[Problem, ...] = ()
    routine: Routine | None = None


class Sounds:
    """Cue sounds by name, each read once."""

    def __init__(self, library: DiskLibrary) -> None:
        self._library = library
        self._clips: dict[str, Clip] = {}

    def clip(self, name: str) -> Clip:
        """The clip of a cue sound; raises RequestError for a name there is no file for."""
        if name not in self._clips:
            from voiceguide.audio.sounds import load_sound  # noqa: PLC0415 (pydub is slow to import)

            files = self._library.sound_files
            if name not in files:
                raise RequestError(problem("name-unknown", what="sound", name=name, **near(name, files)))
            self._clips[name] = load_sound(files[name])
        return self._clips[name]


def _load(path: Path, library: DiskLibrary) -> tuple[Routine, tuple[Problem, ...]]:
    """The routine of a file and its warnings; raises ScriptError with all its problems where it has errors."""
    routine, problems = read_routine(read_text(path), library, read_include)
    if routine is None:
        raise ScriptError(*problems)
    return routine, problems


@contextmanager
def open_speaker(wish: Wish, language: str, folders: Folders) -> Iterator[Speaker]:
    """The voice that is wished for, its clips cached; raises RequestError and SpeechError, placed where it was asked."""
    from voiceguide.speech.cache import ClipCache  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.speech.engine import choose_voice  # noqa: PLC0415 (as above)
    from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine  # noqa: PLC0415 (as above)
    from voiceguide.speech.speaker import Speaker  # noqa: PLC0415 (as above)

    with _placed(wish.engine_place):
        engine = open_engine(wish.engine or DEFAULT_ENGINE)
    try:
        with _placed(wish.voice_place):
            voice = choose_voice(engine, wish.voice, language)
        cache = ClipCache(folders.cache / "clips", CACHE_BYTES)
        rate = engine.default_rate if wish.rate is None else wish.rate
        yield Speaker(engine, voice, rate, cache)
        cache.prune()
    finally:
        engine.close()


@contextmanager
def prepare(context: click.Context, name: str, folders: Folders, *, warn: bool = True) -> Iterator[Prepared]:
    """The session of a routine or a timeline file, its clips measured; warnings go to standard error.

    The command's options are those of `speech_options` and `timing_options`. Raises VoiceguideError.
    """
    path = routine_path(name, folders)
    library = DiskLibrary(folders)
    sounds = Sounds(library)
    if path.suffix == TIMELINE_SUFFIX:
        with _prepare_timeline(context, path, sounds, folders) as prepared:
            yield prepared
        return
    routine, problems = _load(path, library)
    with open_speaker(wish_of(context, _written(routine)), routine.language, folders) as speaker:
        timeline, found = _compile(routine, context.params, speaker, sounds)
        warnings = (*problems, *found)
        if warn:
            show_problems(warnings)
        yield Prepared(path.stem, timeline, _clips(speaker, sounds), warnings, routine)


def _compile(
    routine: Routine, options: dict[str, Any], speaker: Speaker, sounds: Sounds
) -> tuple[Timeline, tuple[Problem, ...]]:
    """The timeline of a routine in a voice, and what does not fit in it."""
    session = draft(routine, choices(options))
    voice = Voice(speaker.engine.name, speaker.voice.id, speaker.rate)
    timeline, problems = session.timeline(_lengths(session.sources, speaker, sounds), voice)
    if timeline.duration_ms > LONG_ROUTINE_MS:
        length = format_duration(timeline.duration_ms // 60_000 * 60_000)
        problems = (*problems, problem("routine-long", routine.place, length=length))
    return timeline, problems


@contextmanager
def _prepare_timeline(
    context: click.Context, path: Path, sounds: Sounds, folders: Folders
) -> Iterator[Prepared]:
    from voiceguide.audio.mixer import check_fit  # noqa: PLC0415 (numpy is slow to import)

    for parameter in context.command.params:
        if parameter.name in TIMING_OPTIONS and _from_command_line(context, parameter.name):
            raise RequestError(problem("option-for-routines", option=parameter.opts[0]))
    text = read_text(path, limit=64_000_000).text
    try:
        timeline = from_json(text)
    except TimelineError as error:
        reason = error if text.strip() else "it is empty"
        raise ScriptError(problem("timeline-unreadable", path=path, reason=reason)) from error
    written = Wish(timeline.voice.engine, timeline.voice.voice, timeline.voice.rate)
    with open_speaker(wish_of(context, written), timeline.language, folders) as speaker:
        lengths = _lengths([cue.source for cue in timeline.cues], speaker, sounds)
        check_fit(timeline, lengths.__getitem__)
        spoken_by = Voice(speaker.engine.name, speaker.voice.id, speaker.rate)
        yield Prepared(path.stem, replace(timeline, voice=spoken_by), _clips(speaker, sounds))


def wish_of(context: click.Context, written: Wish | None = None) -> Wish:
    """The command line's word, else what is written in the routine or the timeline, else the configuration's."""
    written = written or Wish()

    def said(option: str, value: Any, place: Place | None = None) -> tuple[Any, Place | None]:
        if value is not None and not _from_command_line(context, option):
            return value, place
        return context.params[option], configured_place(context, option)

    engine, engine_place = said("engine", written.engine, written.engine_place)
    voice, voice_place = said("voice", written.voice, written.voice_place)
    rate, _ = said("rate", written.rate)
    return Wish(engine, voice, rate, engine_place, voice_place)


def _written(routine: Routine) -> Wish:
    def text(words: Words | None) -> str | None:
        return words.text if words else None

    def place(words: Words | None) -> Place | None:
        return words.place if words else None

    engine, voice = routine.engine, routine.voice
    return Wish(text(engine), text(voice), routine.rate, place(engine), place(voice))


def _from_command_line(context: click.Context, option: str) -> bool:
    return context.get_parameter_source(option) is ParameterSource.COMMANDLINE


def _lengths(sources: Iterable[Source], speaker: Speaker, sounds: Sounds) -> dict[Source, int]:
    from voiceguide.audio.clip import length_ms  # noqa: PLC0415 (numpy is slow to import)

    distinct = dict.fromkeys(sources)
    spoken = [source.text for source in distinct if isinstance(source, Speech)]
    with progress("Speaking") as advance:
        measured = speaker.lengths(spoken, advance)
    lengths: dict[Source, int] = {Speech(text): ms for text, ms in measured.items()}
    for source in distinct:
        if isinstance(source, Sound):
            lengths[source] = length_ms(sounds.clip(source.name))
    return lengths


def _clips(speaker: Speaker, sounds: Sounds) -> Callable[[Source], Clip]:
    def clip(source: Source) -> Clip:
        return speaker.clip(source.text) if isinstance(source, Speech) else sounds.clip(source.name)

    return clip


@contextmanager
def _placed(place: Place | None) -> Iterator[None]:
    """Give the failures of the block the place where the script asked for what failed."""
    try:
        yield
    except VoiceguideError as error:
        if place is None:
            raise
        raise type(error)(*(replace(found, place=place) for found in error.problems)) from error
