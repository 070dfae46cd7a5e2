"""The command line: one file a command; only this package prints, reads files by name and exits."""

from __future__ import annotations

import errno
import os
import signal
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from voiceguide import __version__
from voiceguide.cli.clock import local_now
from voiceguide.errors import OutputError, Stopped, VoiceguideError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from types import FrameType

COMMANDS = (
    "render", "batch", "export", "serve", "import", "sheet", "play", "show", "history", "list", "exercises", "check", "compile", "say", "voices", "schema", "cache",
    "config", "doctor",
)  # fmt: skip
# Commands whose name is a Python word or hides one of ours have a file called after them.
_FILES = {"list": "list_", "compile": "compile_", "import": "import_"}
# What shells give for a program whose reader went away, 128 + SIGPIPE.
_READER_GONE = 141


class _SystemRefused(Exception):  # noqa: N818 (it carries an OSError past click, which ends the program for some)
    """An OSError that no module turned into a failure of its own."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class _Commands(click.Group):
    """The group of commands, each imported when it is called; what the configuration sets becomes their defaults."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        if name not in COMMANDS:
            return None
        module = import_module(f"voiceguide.cli.{_FILES.get(name, name)}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from voiceguide.wording import near  # noqa: PLC0415 (only failures need it)

            hint = near(args[0], COMMANDS).get("near", "")
            ctx.fail(f"No such command '{args[0]}'.{f' {hint.capitalize()}' if hint else ''}")
        name, command, rest = super().resolve_command(ctx, args)
        if name and command:
            from voiceguide.cli.configuration import configure  # noqa: PLC0415 (it imports this module)

            try:
                configure(ctx, name, command)
            except VoiceguideError as error:
                # Whoever asks for problems as JSON gets those of the configuration too.
                if name != "check" or "--json" not in rest:
                    raise
                from voiceguide.cli.problems import problems_json  # noqa: PLC0415 (only failures need it)

                click.echo(problems_json(error.problems))
                ctx.exit(error.exit_code)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError) as error:
            # Raised here, because click prints an empty line whether or not there is a terminal that shows ^C.
            raise Stopped from error
        except OSError as error:
            raise _SystemRefused(error) from error


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click's signature)
    if wanted and not ctx.resilient_parsing:
        click.echo(f"voiceguide {__version__}")
        ctx.exit()


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A routine is called by the name that `voiceguide list` shows, or by the path of its file.",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def voiceguide() -> None:
    """Spoken coaching for stretching routines: played live, or rendered to a file for a phone."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; every failure that a user can cause is shown as a message."""
    # A program that is told to end, or whose terminal was closed, leaves no half-written file behind either.
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None, *, now: Callable[[], datetime] = local_now) -> int:
    """Run the command line; gives the exit code. `now` tells the local time, with its offset from UTC."""
    _mend_streams()
    try:
        return _run(arguments, now)
    except OSError as error:
        return _refused(error)


def _run(arguments: Sequence[str] | None, now: Callable[[], datetime]) -> int:
    try:
        result: Any = voiceguide.main(args=arguments, prog_name="voiceguide", standalone_mode=False, obj=now)
    except _SystemRefused as error:
        return _refused(error.error)
    except (Stopped, click.Abort):
        # After the ^C that a terminal shows.
        click.echo("\nstopped" if sys.stderr.isatty() else "stopped", err=True)
        return Stopped.exit_code
    except VoiceguideError as error:
        from voiceguide.cli.problems import show_problems  # noqa: PLC0415 (only failures need it)

        show_problems(error.problems)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return result if isinstance(result, int) else 0


def _refused(error: OSError) -> int:
    """The exit code after a refusal of the system's, which is told unless the reader of our output went away."""
    # What Python still holds for the stream cannot be written either, and it would complain about that at its end.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if error.errno == errno.EPIPE:
        return _READER_GONE
    from voiceguide.cli.problems import show_problems  # noqa: PLC0415 (only failures need it)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    reason = (error.strerror or str(error)).lower()
    where = f"{error.filename}: " if error.filename else ""
    show_problems([problem("system-refused", where=where, reason=reason)])
    return OutputError.exit_code


def _mend_streams() -> None:
    """Give the program streams that can be written to, whatever it was started with.

    A closed one (`>&-`) is None in Python, and one that cannot encode a character would raise.
    """
    if sys.stdout is None or sys.stderr is None:
        nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (a stream is open as long as the program)
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
