"""The user's configuration file: options set once, for all commands or for one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from voiceguide.cli import COMMANDS
from voiceguide.errors import ScriptError
from voiceguide.files import read_text, user_folders
from voiceguide.script.fields import text_of
from voiceguide.script.nodes import MapNode, parse
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.errors import Place, Problem
    from voiceguide.script.nodes import Node, TextNode

FILE_NAME = "config.yaml"
# What these mean depends on the command: a value for one does harm in another.
SET_BY_COMMAND = frozenset({"json", "language", "output", "svg"})
_ACTIONS = frozenset({"clear"})
_PLACES = "voiceguide.configured-places"


def config_path() -> Path:
    """Where the configuration is: `VOICEGUIDE_CONFIG`, else `config.yaml` in the user's config folder."""
    named = os.environ.get("VOICEGUIDE_CONFIG")
    return Path(named) if named else user_folders().config / FILE_NAME


def configure(context: click.Context, name: str, command: click.Command) -> None:
    """Make what the configuration sets the defaults of the command that is called; raises ScriptError as `configured`."""
    options = options_of(command)
    values = {options[option].name: node for option, node in configured().get(name, {}).items()}
    context.default_map = {name: {option: node.text for option, node in values.items()}}
    context.meta[_PLACES] = {option: node.place for option, node in values.items()}


def configured_place(context: click.Context, option: str) -> Place | None:
    """Where the configuration sets this parameter of the command, None where its value comes from elsewhere."""
    if context.get_parameter_source(option) is not ParameterSource.DEFAULT_MAP:
        return None
    places: dict[str, Place] = context.meta[_PLACES]
    return places[option]


def configured() -> dict[str, dict[str, TextNode]]:
    """What the configuration sets for each command, by option; what stands under a command's name goes first.

    Raises ScriptError with everything that is wrong: a file that is broken, a name that no command has, and values
    that an option does not take.
    """
    path = config_path()
    if not path.exists():
        return {}
    commands = {name: options_of(command) for name, command in _commands()}
    known = {*commands, *(option for options in commands.values() for option in options)} - SET_BY_COMMAND
    problems: list[Problem] = []
    shared: dict[str, TextNode] = {}
    own: dict[str, dict[str, TextNode]] = {}
    for key, value in _entries(path):
        if key.text in commands:
            own[key.text] = _own_values(value, commands[key.text], problems)
        elif key.text in SET_BY_COMMAND:
            having = [name for name, options in commands.items() if key.text in options]
            problems.append(
                problem(
                    "config-by-command",
                    key.place,
                    option=key.text,
                    command=having[0],
                    commands=", ".join(having),
                )
            )
        elif key.text not in known:
            problems.append(_unknown(key, known))
        elif node := text_of(value, key, problems):
            shared[key.text] = node
    found = {}
    for name, options in commands.items():
        of_all = {option: node for option, node in shared.items() if option in options}
        found[name] = {**of_all, **own.get(name, {})}
        problems += [
            wrong
            for option, node in found[name].items()
            if (wrong := _refusal(options[option], option, node)) is not None
        ]
    if problems:
        raise ScriptError(*dict.fromkeys(problems))
    return found


def options_of(command: click.Command) -> dict[str, click.Option]:
    """The options of a command that a configuration can set, by their long name without dashes."""
    return {
        max(parameter.opts, key=len).lstrip("-"): parameter
        for parameter in command.params
        if isinstance(parameter, click.Option)
        and parameter.expose_value
        and parameter.name not in {"help", *_ACTIONS}
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


def _refusal(parameter: click.Option, option: str, node: TextNode) -> Problem | None:
    """Why the option does not take the value, if it does not."""
    try:
        parameter.type.convert(node.text, parameter, None)
    except click.BadParameter as error:
        reason = "write true or false" if parameter.is_flag else error.message
        return problem("config-value", node.place, option=option, reason=reason)
    return None


def _unknown(key: TextNode, known: Iterable[str]) -> Problem:
    if key.text in _ACTIONS:
        return problem("config-action", key.place, option=key.text)
    return problem("config-unknown", key.place, option=key.text, **near(key.text, known))


def _own_values(
    value: Node, options: dict[str, click.Option], problems: list[Problem]
) -> dict[str, TextNode]:
    if not isinstance(value, MapNode):
        problems.append(problem("mapping-expected", value.place, what="a command's options"))
        return {}
    found = {}
    for key, item in value.entries:
        if key.text not in options:
            problems.append(_unknown(key, options))
        elif node := text_of(item, key, problems):
            found[key.text] = node
    return found


def _entries(path: Path) -> tuple[tuple[TextNode, Node], ...]:
    node, problems = parse(read_text(path))
    if [found.kind for found in problems] == ["file-empty"]:
        # All its lines may be comments.
        return ()
    if problems:
        raise ScriptError(*problems)
    if not isinstance(node, MapNode):
        place = node.place if node else None
        raise ScriptError(problem("mapping-expected", place, what="the configuration"))
    return node.entries
