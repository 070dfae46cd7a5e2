"""Options as they were given, in text: to be handed on to a render in another process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Options = tuple[tuple[str, str], ...]
"""Pairs of an option's long name without dashes, and its value as in the configuration: flags are true or false."""

_ARGUMENTS = "voiceguide.arguments"
# What a row of a plan says in its own way, or what makes several sessions of one call.
_NOT_OF_A_JOB = frozenset({"output", "programme", "day", "start", *AT_ONCE})


class KeepsArguments(click.Command):
    """A command that keeps what it was called with."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, and keep them as they are."""
        ctx.meta[_ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)


@cache
def job_options() -> dict[str, click.Option]:
    """The options that a job may have: those of `render` by their long name, but for what decides on files and jobs."""
    from voiceguide.cli.render import command  # noqa: PLC0415 (it imports this module)

    options = [one for one in command.params if isinstance(one, click.Option) and one.expose_value]
    return {name: one for one in options if (name := long_name(one)) not in _NOT_OF_A_JOB}


def long_name(option: click.Option) -> str:
    """An option's long name without dashes."""
    return max(option.opts, key=len).lstrip("-")


def given_options(context: click.Context) -> Options:
    """The options of a job that the command line gives, in the order of the command's options."""
    parser = context.command.make_parser(context)
    values, _, _ = parser.parse_args(args=list(context.meta[_ARGUMENTS]))
    known = job_options()
    options = [one for one in context.command.params if isinstance(one, click.Option)]
    return tuple(
        (name, text)
        for option in options
        if option.name in values and (name := long_name(option)) in known
        for text in _texts(values[option.name])
    )


def merged(given: Options, own: Options) -> Options:
    """The options of a row: its own, and those given for all rows where it says nothing; lists are taken together."""
    known = job_options()
    said = {name for name, _ in own}
    if said & {"dose", "fit"}:
        said |= {"dose", "fit"}
    return (*((name, text) for name, text in given if name not in said or known[name].multiple), *own)


def as_arguments(options: Options) -> Iterator[str]:
    """The options as arguments on the command line of `render`."""
    known = job_options()
    for name, text in options:
        option = known[name]
        if not option.is_flag:
            yield f"--{name}={text}"
        elif option.type.convert(text, option, None):
            yield f"--{name}"
        else:
            yield from option.secondary_opts[:1]


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    return (str(value),)
