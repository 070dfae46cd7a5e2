"""From a name on the command line to a session ready to be heard: read, compiled, measured."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from voiceguide.cli.clips import SessionClips
from voiceguide.cli.fitting import describe_fit, fit
from voiceguide.cli.growing import Growth
from voiceguide.cli.options import FOR_ROUTINES
from voiceguide.cli.placing import placed
from voiceguide.cli.problems import printable, show_problems
from voiceguide.cli.wishes import (
    VoiceWish,
    as_wished,
    check_voice,
    choices,
    dosing,
    equipment,
    from_command_line,
    language_wish,
    music_wish,
    only,
    voice_wish,
    written_voice,
)
from voiceguide.compile import draft
from voiceguide.compile.recorded import recording_places
from voiceguide.compile.waits import waits_in_file
from voiceguide.errors import RequestError, ScriptError, SpeechError, VoiceguideError
from voiceguide.files import TIMELINE_SUFFIX, DiskLibrary, Folders, read_include, read_text, routine_path
from voiceguide.plan import Choices, percentage, suited
from voiceguide.script.routine import read_routine
from voiceguide.timeline import Timeline, Voice
from voiceguide.timeline_json import TimelineError, from_json
from voiceguide.units import format_duration
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.audio.clip import Clip
    from voiceguide.cli.many.reads import Reads
    from voiceguide.compile import Begun
    from voiceguide.errors import Place, Problem
    from voiceguide.fit import Fit
    from voiceguide.model import Routine
    from voiceguide.script.steps import ReadInclude
    from voiceguide.speech.engine import Engine, VoiceInfo
    from voiceguide.speech.voices import Voices
    from voiceguide.timeline import Music, Source

LONG_ROUTINE_MS = 2 * 3_600_000
CACHE_BYTES = 1_000_000_000
"""Bytes of clips that are kept: 256 MB were too few for the shipped routines in four languages."""
_WORDLESS = ("exercise-without-language", "text-without-language")


@dataclass(frozen=True)
class Planned:
    """The routine of a session, and the choices it is played with, its dose among them."""

    routine: Routine
    choices: Choices

    @property
    def dose(self) -> int:
        """The dose in percent."""
        return percentage(self.routine, self.choices)


@dataclass(frozen=True)
class Prepared:
    """A session ready to be heard: its timeline, its clips, what its author should know, and its routine if it has one.

    `told` is what was chosen and left out, a line each. `music_place` is where its music was written. With a `growth` its later phrases are still to be spoken.
    """

    name: str
    timeline: Timeline
    clips: Callable[[Source], Clip]
    warnings: tuple[Problem, ...] = ()
    planned: Planned | None = None
    music_place: Place | None = None
    growth: Growth | None = None
    told: tuple[str, ...] = ()


@contextmanager
def prepare(  # noqa: PLR0913 (each is the word of one command)
    context: click.Context,
    name: str,
    folders: Folders,
    *,
    quiet: bool = False,
    dose: int | None = None,
    any_language: bool = False,
    live: bool = False,
    grow: bool = False,
    reads: Reads | None = None,
) -> Iterator[Prepared]:
    """The session of a routine or a timeline file, its clips measured.

    `live` is for a listener who can be waited for. Where it may `grow`, only its beginning is spoken yet.

    The command's options are those of `session_options`; `dose` is what a programme asks for. A routine that is not in
    the language asked for is refused, unless in its own it will do (`any_language`). What was chosen, left out and
    warned of is told on standard error, unless `quiet`. The files that shape it are noted in `reads`. Raises
    VoiceguideError.
    """
    path = routine_path(name, folders)
    allow_outside: bool = context.params["allow_outside"]
    if reads is None:
        library, include = DiskLibrary(folders, allow_outside), read_include
    else:
        reads.note(path)
        library, include = reads.library(folders, allow_outside=allow_outside), reads.include
    if path.suffix == TIMELINE_SUFFIX:
        with _prepare_timeline(context, path, library) as prepared:
            if not quiet:
                show_problems(prepared.warnings)
            yield prepared
        return
    language = language_wish(context)
    strict = not (language.standing or any_language)
    routine, problems = load_routine(path, library, include, language.code, strict=strict)
    wished = dosing(context, routine.dose if dose is None else dose)
    chosen = replace(
        choices(context, wished.percent),
        without=equipment(context, library, routine),
        only=only(context, routine),
    )
    planned = Planned(as_wished(context, routine), chosen)
    under = music_wish(context, routine)
    written = written_voice(routine)
    check_voice(context, library, path, written)
    wish = voice_wish(context, written)
    with open_voices(wish, routine.language, folders) as voices:
        clips = SessionClips(voices, library, places=recording_places(planned.routine))
        fitted: Fit | None = None
        if wished.fit_ms is not None:
            fitted = fit(planned.routine, planned.choices, wished.fit_ms, clips.lengths, _voice(voices))
            planned = replace(planned, choices=replace(planned.choices, dose=fitted.dose))
        begun = _begin(planned, clips, under.music, keep_awake=context.params["keep_awake"], whole=not grow)
        # Of a session that grows, the number of phrases is known at its end.
        replaced = () if grow else voices.problems
        warnings = (*problems, *begun.problems, *_of_the_whole(planned, begun.timeline, live=live), *replaced)
        told = told_of(planned, fitted)
        if not quiet:
            for line in told:
                click.echo(printable(line), err=True)
            show_problems(warnings)
        try:
            begun.start()
            growth = None if begun.complete else begun
            yield Prepared(path.stem, begun.timeline, clips, warnings, planned, under.place, growth, told)
        finally:
            begun.close()
        if not quiet:
            show_problems(tuple(found for found in begun.problems if found not in warnings))
            show_problems(() if replaced else voices.problems)


def title_of(context: click.Context, path: Path, folders: Folders) -> str:
    """The title of a routine or timeline file in the language that is asked for; raises ScriptError."""
    if path.suffix == TIMELINE_SUFFIX:
        return _read_timeline(path).title
    language = language_wish(context)
    library = DiskLibrary(folders, context.params["allow_outside"])
    return load_routine(path, library, read_include, language.code, strict=not language.standing)[0].title


@contextmanager
def open_voices(wish: VoiceWish, language: str, folders: Folders) -> Iterator[Voices]:
    """Who speaks, clips cached; raises RequestError and SpeechError, placed where it was asked."""
    from voiceguide.speech.cache import ClipCache  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.speech.fallback import Fallback  # noqa: PLC0415 (as above)
    from voiceguide.speech.voices import Voices  # noqa: PLC0415 (as above)

    engine, voice = _open_engine(wish, language)
    try:
        cache = ClipCache(folders.cache / "clips", CACHE_BYTES)
        rate = engine.default_rate if wish.rate is None else wish.rate
        fallback = Fallback() if wish.tones else None
        yield Voices(engine, voice, language, rate, cache, fallback=fallback)
        cache.prune()
    finally:
        engine.close()


def _open_engine(wish: VoiceWish, language: str) -> tuple[Engine, VoiceInfo]:
    """The engine that speaks, and its voice; where tones will do for one that does not open, one that says nothing."""
    from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.speech.fallback import MuteEngine  # noqa: PLC0415 (as above)
    from voiceguide.speech.voices import voice_for  # noqa: PLC0415 (as above)

    def chosen(engine: Engine) -> VoiceInfo:
        with placed(wish.voice_place):
            return voice_for(engine, wish.voice, language, standing=wish.standing, bound=wish.bound)

    name = wish.engine or DEFAULT_ENGINE
    opened: Engine | None = None
    try:
        with placed(wish.engine_place):
            opened = open_engine(name)
        return opened, chosen(opened)
    except BaseException as error:
        if opened is not None:
            opened.close()
        if not wish.tones or not isinstance(error, SpeechError):
            raise
        mute = MuteEngine(name, error)
        return mute, chosen(mute)


def load_routine(
    path: Path, library: DiskLibrary, include: ReadInclude, language: str | None, *, strict: bool
) -> tuple[Routine, tuple[Problem, ...]]:
    """The routine of a file and its warnings; raises ScriptError with all its problems where it has errors.

    Unless `strict`, one that is not in `language` is in its own.
    """
    source = read_text(path)
    routine, problems = read_routine(source, library, include, language)
    if routine is None and language and not strict and _lacks_only_words(problems):
        routine, problems = read_routine(source, library, include)
    if routine is None:
        raise ScriptError(*problems)
    return routine, problems


def _begin(
    planned: Planned, clips: SessionClips, under: Music | None, *, keep_awake: bool, whole: bool
) -> Growth:
    """The session laid out, the `whole` of it or as far as its beginning and what was spoken before."""
    session = draft(planned.routine, planned.choices)
    voice = _voice(clips.voices)

    def lay_out(lengths: dict[Source, int]) -> Begun:
        return session.begun(lengths, voice, music=under, keep_awake=keep_awake)

    chapters = (session.sources,) if whole else session.chapters_sources()
    return Growth(lay_out, chapters, clips)


def _of_the_whole(planned: Planned, timeline: Timeline, *, live: bool) -> tuple[Problem, ...]:
    """What its author should know of a session as a whole."""
    problems = () if live else waits_in_file(planned.routine, planned.choices)
    if timeline.duration_ms > LONG_ROUTINE_MS:
        length = format_duration(timeline.duration_ms // 60_000 * 60_000)
        problems = (*problems, problem("routine-long", planned.routine.place, length=length))
    return problems


@contextmanager
def _prepare_timeline(context: click.Context, path: Path, library: DiskLibrary) -> Iterator[Prepared]:
    from voiceguide.audio.mixer import check_fit  # noqa: PLC0415 (numpy is slow to import)

    for parameter in context.command.params:
        if parameter.name in FOR_ROUTINES and from_command_line(context, parameter.name):
            raise RequestError(problem("option-for-routines", option=parameter.opts[0]))
    timeline = _read_timeline(path)

    def find(written: str) -> str:
        return library.find(str(path), written)

    if timeline.music is not None:
        music_path = library.find(str(path), timeline.music.path, folder=True)
        timeline = replace(timeline, music=replace(timeline.music, path=music_path))
    written = VoiceWish(timeline.voice.engine, timeline.voice.voice, timeline.voice.rate)
    check_voice(context, library, path, written)
    with open_voices(voice_wish(context, written), timeline.language, library.folders) as voices:
        clips = SessionClips(voices, library, find)
        check_fit(timeline, clips.lengths(cue.source for cue in timeline.cues).__getitem__)
        yield Prepared(path.stem, replace(timeline, voice=_voice(voices)), clips, voices.problems)


def _read_timeline(path: Path) -> Timeline:
    text = read_text(path, limit=32_000_000).text
    try:
        return from_json(text)
    except TimelineError as error:
        reason = error if text.strip() else "it is empty"
        raise ScriptError(problem("timeline-unreadable", path=path, reason=reason)) from error


def told_of(planned: Planned, fitted: Fit | None) -> tuple[str, ...]:
    """What is left out or swapped, and which dose fits, a line each."""
    kept = suited(planned.routine, planned.choices)
    told = [f"left out: {left.name.text} ({', '.join(left.reasons)})" for left in kept.left_out]
    told += [
        f"in place of {swapped.old.text} ({', '.join(swapped.reasons)}): {swapped.new.text}"
        for swapped in kept.swapped
    ]
    if fitted:
        told.append(describe_fit(fitted))
    return tuple(told)


def nothing_left(error: VoiceguideError) -> bool:
    """Whether a failure says that a routine has nothing for this listener."""
    return [found.kind for found in error.problems] == ["nothing-left"]


def _lacks_only_words(problems: tuple[Problem, ...]) -> bool:
    return all(found.kind in _WORDLESS for found in problems if found.severity == "error")


def _voice(voices: Voices) -> Voice:
    speaker = voices.main
    return Voice(speaker.engine.name, speaker.voice.id, speaker.rate)
