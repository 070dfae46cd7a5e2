"""The command line: one file a command; only this package prints, reads files by name and exits."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from voiceguide.errors import VoiceguideError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "render", "play", "show", "list", "exercises", "check", "compile", "say", "voices", "schema", "cache", "config",
)  # fmt: skip
# Commands whose name is a Python word or hides one of ours have a file called after them.
_FILES = {"list": "list_", "compile": "compile_"}


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
        name, command, rest = super().resolve_command(ctx, args)
        if name and command:
            from voiceguide.cli.configuration import defaults_for  # noqa: PLC0415 (it imports this module)

            ctx.default_map = {name: defaults_for(name, command)}
        return name, command, rest


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click's signature)
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415 (slow, and only this option needs it)

        click.echo(f"voiceguide {version('voiceguide')}")
        ctx.exit()


@click.command(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def voiceguide() -> None:
    """Spoken coaching for stretching routines: played live, or rendered to a file for a phone."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; every failure that a user can cause is shown as a message."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code."""
    try:
        result: Any = voiceguide.main(args=arguments, prog_name="voiceguide", standalone_mode=False)
    except VoiceguideError as error:
        from voiceguide.cli.problems import show_problems  # noqa: PLC0415 (only failures need it)

        show_problems(error.problems)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        return 130
    except BrokenPipeError:
        # The reader has had enough (`voiceguide list | head`); keep Python from flushing into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return result if isinstance(result, int) else 0
