"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from voiceguide.cli.values import (
    Conditions,
    Countdown,
    Duration,
    IsoDate,
    LanguageCode,
    Level,
    ListenerName,
    MusicPath,
    Names,
    Percent,
    Rate,
    Speed,
)
from voiceguide.script.keys import MAX_LEVEL, MAX_RATE, MIN_LEVEL, MIN_RATE
from voiceguide.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

_SPEECH = (
    click.option("--engine", metavar="NAME", help="Speech engine (pyttsx3, piper)."),
    click.option("--voice", metavar="NAME", help="A voice of the engine; `voiceguide voices` lists them."),
    click.option("--rate", type=Rate(), metavar="WPM", help=f"Words a minute, {MIN_RATE} to {MAX_RATE}."),
    click.option(
        "--fallback",
        type=click.Choice(["none", "tones"]),
        default="none",
        show_default=True,
        help="What is heard in place of words that the engine fails to speak.",
    ),
)
_TIMING = (
    click.option(
        "--countdown",
        type=Countdown(),
        metavar="5|3|none",
        default="3",
        show_default=True,
        help="Seconds counted down in a hold.",
    ),
    click.option(
        "--switch", type=Duration(), default="5s", show_default=True, help="Time to switch sides, at least."
    ),
    click.option(
        "--get-ready",
        type=Duration(),
        default="5s",
        show_default=True,
        help="Time before an exercise, at least.",
    ),
    click.option(
        "--speed",
        type=Speed(),
        metavar="0.8-1.25",
        default="1",
        show_default=True,
        help="How fast rests and pauses go by; never a hold, a rep or the voice.",
    ),
    click.option("--safety/--no-safety", default=True, help="Say the safety rules at the start, or not."),
    click.option(
        "--keep-awake/--no-keep-awake",
        default=False,
        help="Keep a Bluetooth headset awake: a lead-in, and a noise too soft to hear.",
    ),
)
_COACHING = (
    click.option("--talk", type=click.Choice(["full", "brief", "tones"]), help="How much is said."),
    click.option("--count", type=click.Choice(["up", "down"]), help="How reps are counted."),
    click.option(
        "--first-side", type=click.Choice(["left", "right"]), help="Which side goes first, where it is open."
    ),
    click.option(
        "--avoid",
        type=Conditions(),
        multiple=True,
        metavar="LIST",
        help="Swap or leave out what does not suit these conditions and positions, such as knee,hanging.",
    ),
    click.option(
        "--without",
        type=Names(),
        multiple=True,
        metavar="LIST",
        help="The same for equipment that is not there, such as bar,ball.",
    ),
)
_ONLY = (click.option("--only", metavar="EXERCISE", help="Do this exercise of the routine alone."),)
_DOSE = (
    click.option(
        "--dose", type=Percent(), metavar="PERCENT", help="Where in its ranges: 0 the low ends, 100 the high."
    ),
)
_FIT = (
    click.option(
        "--fit",
        type=Duration(),
        metavar="TIME",
        help="Choose the dose that comes nearest to this time without passing it.",
    ),
)
_LANGUAGE = (
    click.option("--language", type=LanguageCode(), metavar="CODE", help="Play it in this language."),
)
_NAME = (
    click.option(
        "--name",
        "listener",
        type=ListenerName(),
        metavar="TEXT",
        help="What the guide calls you, where a script says {name}.",
    ),
)
_FILES = (
    click.option(
        "--allow-outside",
        is_flag=True,
        help="Let a script use audio files from outside of its own folder.",
    ),
)
_MUSIC = (
    click.option(
        "--music",
        type=MusicPath(),
        metavar="FILE|FOLDER|none",
        help="Played under the voice, in place of the script's own.",
    ),
    click.option(
        "--music-level",
        type=Level(),
        metavar="DB",
        help=f"How much louder than usual, {MIN_LEVEL} to {MAX_LEVEL}.",
    ),
)
_PROGRAMME = (
    click.option("--programme", metavar="NAME", help="A programme: all of today, or the routine NAME of it."),
    click.option("--day", type=click.IntRange(min=1), metavar="N", help="This day of the programme."),
    click.option("--start", type=IsoDate(), metavar="DATE", help="When the programme begins, 2026-11-23."),
)

_JOBS = (
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Do so many at a time on this machine.  [default: the number of cores]",
    ),
)
_AT_ONCE = (
    *_JOBS,
    click.option(
        "--cluster", metavar="ADDRESS", help="Let a Dask cluster do it, such as tcp://10.0.0.5:8786."
    ),
    click.option("--again", is_flag=True, help="Render what is there already, too."),
)

AT_ONCE = ("all", "jobs", "cluster", "again")
"""The options that say how many sessions are rendered, and by whom; nothing about any one of them."""
FOR_ROUTINES = (
    *("countdown", "switch", "get_ready", "safety", "keep_awake", "dose", "talk", "count", "first_side"),
    *("avoid", "without", "language", "fit", "music", "music_level", "speed", "only", "listener"),
)
"""The parameters of `session_options` that mean nothing for a timeline, which has decided them."""


def speech_options(command: F) -> F:
    """`--engine`, `--voice`, `--rate` and `--fallback`."""
    return _with(command, _SPEECH)


def listing_options(command: F) -> F:
    """What changes how long a routine is, and in which words."""
    return _with(command, (*_SPEECH, *_LANGUAGE, *_DOSE, *_COACHING, *_TIMING, *_FILES))


def session_options(command: F) -> F:
    """The listener's choices: who speaks, which dose, how much is said and when, what is left out, which music."""
    return _with(
        command,
        (*_SPEECH, *_LANGUAGE, *_DOSE, *_FIT, *_COACHING, *_NAME, *_ONLY, *_TIMING, *_MUSIC, *_FILES),
    )


def sheet_options(command: F) -> F:
    """What changes what is done, and how long that takes: nothing of who speaks."""
    return _with(command, (*_LANGUAGE, *_DOSE, *_FIT, *_COACHING, *_NAME, *_ONLY, *_TIMING, *_FILES))


def served_options(command: F) -> F:
    """What sessions are rendered with that a phone wishes for, as far as it leaves that open."""
    return _with(
        command, (*_SPEECH, *_LANGUAGE, *_DOSE, *_FIT, *_COACHING, *_NAME, *_TIMING, *_MUSIC, *_FILES)
    )


def jobs_option(command: F) -> F:
    """`--jobs`."""
    return _with(command, _JOBS)


def programme_options(command: F) -> F:
    """`--programme`, `--day` and `--start`."""
    return _with(command, _PROGRAMME)


def at_once_options(command: F) -> F:
    """`--jobs`, `--cluster` and `--again`."""
    return _with(command, _AT_ONCE)


def examples(*lines: str) -> str:
    """The end of a command's help: commands to copy, one a line (click folds a paragraph without the mark)."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


def shown(value: object, kind: click.ParamType[Any]) -> str:
    """A value of an option as it is written in the configuration."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(kind, Duration) and isinstance(value, int):
        return format_duration(value)
    if isinstance(kind, Speed) and isinstance(value, int):
        return f"{value / 100:g}"
    # What stands for no default differs between versions of click.
    return str(value) if isinstance(value, (str, int)) else ""


def _with(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    for option in reversed(options):
        command = option(command)
    return command
