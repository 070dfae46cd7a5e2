"""The user's configuration file: every option can be set once in it, for all commands or for one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli import COMMANDS
from voiceguide.errors import Problem, ScriptError
from voiceguide.files import read_text, user_folders
from voiceguide.script.fields import text_of
from voiceguide.script.nodes import MapNode, parse
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.script.nodes import Node, TextNode

FILE_NAME = "config.yaml"


def config_path() -> Path:
    """Where the configuration is: `VOICEGUIDE_CONFIG`, else `config.yaml` in the user's config folder."""
    named = os.environ.get("VOICEGUIDE_CONFIG")
    return Path(named) if named else user_folders().config / FILE_NAME


def defaults_for(name: str, command: click.Command) -> dict[str, str]:
    """The values that the configuration gives the options of a command, those under the command's name first.

    Raises ScriptError for a file that is broken, a name that no command has, and a value that the option does
    not take.
    """
    path = config_path()
    if not path.exists():
        return {}
    options = options_of(command)
    problems: list[Problem] = []
    values: dict[str, TextNode] = {}
    for key, value in _entries(path):
        if key.text == name:
            values |= _own_values(value, options, problems)
        elif key.text in options:
            node = text_of(value, key, problems)
            values = {key.text: node, **values} if node else values
        elif key.text not in (known := {*COMMANDS, *all_options()}):
            problems.append(problem("config-unknown", key.place, option=key.text, **near(key.text, known)))
    found = {}
    for option, node in values.items():
        parameter = options[option]
        try:
            parameter.type.convert(node.text, parameter, None)
        except click.BadParameter as error:
            problems.append(problem("config-value", node.place, option=option, reason=error.message))
        found[parameter.name or option] = node.text
    if problems:
        raise ScriptError(*problems)
    return found


def configured() -> dict[tuple[str, str], str]:
    """Every value that the configuration sets, by command and option; raises ScriptError as `defaults_for`."""
    found: dict[tuple[str, str], str] = {}
    for name, command in _commands():
        values = defaults_for(name, command)
        for option, parameter in options_of(command).items():
            if parameter.name in values:
                found[name, option] = values[parameter.name]
    return found


def options_of(command: click.Command) -> dict[str, click.Option]:
    """The options of a command that a configuration can set, by their long name without dashes."""
    return {
        max(parameter.opts, key=len).lstrip("-"): parameter
        for parameter in command.params
        if isinstance(parameter, click.Option) and parameter.expose_value and parameter.name != "help"
    }


def all_options() -> dict[str, dict[str, click.Option]]:
    """Every option that can be configured, with the commands that have it."""
    found: dict[str, dict[str, click.Option]] = {}
    for name, command in _commands():
        for option_name, option in options_of(command).items():
            found.setdefault(option_name, {})[name] = option
    return found


def _commands() -> Iterator[tuple[str, click.Command]]:
    from voiceguide.cli import voiceguide  # noqa: PLC0415 (the group imports this module)

    context = click.Context(voiceguide)
    for name in COMMANDS:
        command = voiceguide.get_command(context, name)
        if command:
            yield name, command


def _own_values(
    value: Node, options: dict[str, click.Option], problems: list[Problem]
) -> dict[str, TextNode]:
    if not isinstance(value, MapNode):
        problems.append(problem("mapping-expected", value.place, what="a command's options"))
        return {}
    found = {}
    for key, item in value.entries:
        if key.text not in options:
            problems.append(problem("config-unknown", key.place, option=key.text, **near(key.text, options)))
        elif node := text_of(item, key, problems):
            found[key.text] = node
    return found


def _entries(path: Path) -> tuple[tuple[TextNode, Node], ...]:
    source = read_text(path)
    if not source.text.strip():
        return ()
    node, problems = parse(source)
    if problems:
        raise ScriptError(*problems)
    if not isinstance(node, MapNode):
        place = node.place if node else None
        raise ScriptError(problem("mapping-expected", place, what="the configuration"))
    return node.entries
