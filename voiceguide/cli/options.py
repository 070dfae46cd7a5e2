"""Options that several commands share, and the types of their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from voiceguide.plan import Choices
from voiceguide.script.keys import MAX_RATE, MIN_RATE
from voiceguide.units import NotationError, format_duration, parse_duration

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

BITRATE = 64
TIMING_OPTIONS = ("countdown", "switch", "get_ready", "safety")
"""The parameters of `timing_options`."""


class Duration(click.ParamType[int]):
    """A duration as in scripts (`5s`, `1:30`, a bare number of seconds), in ms."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Milliseconds; fails with the notation's message."""
        if isinstance(value, int):
            return value
        try:
            return parse_duration(str(value), bare="s")
        except NotationError as error:
            from voiceguide.wording import problem  # noqa: PLC0415 (only failures need it)

            self.fail(problem(error.kind, None, **error.values).message, param, ctx)


class Rate(click.ParamType[int]):
    """A rate in words a minute that voices speak."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Words a minute."""
        if not str(value).isdecimal() or not MIN_RATE <= int(value) <= MAX_RATE:
            from voiceguide.wording import problem  # noqa: PLC0415 (only failures need it)

            self.fail(problem("rate-unreadable", None, low=MIN_RATE, high=MAX_RATE).message, param, ctx)
        return int(value)


class Bitrate(click.ParamType[int]):
    """A bit rate that an MP3 can have, in kbit/s."""

    name = "bitrate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Kbit/s."""
        from voiceguide.audio.mp3 import BITRATES  # noqa: PLC0415 (numpy is slow to import)

        if not str(value).isdecimal() or int(value) not in BITRATES:
            from voiceguide.wording import problem  # noqa: PLC0415 (only failures need it)

            known = ", ".join(map(str, BITRATES))
            wrong = problem("bad-bitrate", None, bitrate=value, known=known)
            self.fail(f"{wrong.message}; {wrong.hint}", param, ctx)
        return int(value)


class Countdown(click.ParamType[int]):
    """How many seconds are counted down: 5, 3 or none."""

    name = "5|3|none"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Seconds; 0 for none."""
        seconds = {"5": 5, "3": 3, "none": 0, "0": 0}.get(str(value))
        if seconds is None:
            self.fail(f"'{value}' is not 5, 3 or none", param, ctx)
        return seconds


_SPEECH = (
    click.option("--engine", metavar="NAME", help="Speech engine (pyttsx3, piper)."),
    click.option("--voice", metavar="NAME", help="A voice of the engine; `voiceguide voices` lists them."),
    click.option("--rate", type=Rate(), metavar="WPM", help=f"Words a minute, {MIN_RATE} to {MAX_RATE}."),
)
_TIMING = (
    click.option(
        "--countdown",
        type=Countdown(),
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
    click.option("--safety/--no-safety", default=True, help="Say the safety rules at the start, or not."),
)


def speech_options(command: F) -> F:
    """`--engine`, `--voice` and `--rate`."""
    return _with(command, _SPEECH)


def timing_options(command: F) -> F:
    """The listener's choices of timing: `--countdown`, `--switch`, `--get-ready`, `--safety`."""
    return _with(command, _TIMING)


def examples(*lines: str) -> str:
    """The end of a command's help: commands to copy, one a line (click folds a paragraph without the mark)."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


def choices(options: dict[str, Any]) -> Choices:
    """The choices that the timing options make."""
    return Choices(options["countdown"], options["switch"], options["get_ready"], options["safety"])


def shown(value: object, kind: click.ParamType[Any]) -> str:
    """A value of an option as it is written in the configuration."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(kind, Duration) and isinstance(value, int):
        return format_duration(value)
    # What stands for no default differs between versions of click.
    return str(value) if isinstance(value, (str, int)) else ""


def _with(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    for option in reversed(options):
        command = option(command)
    return command
