"""The user's configuration file: options set once, for all commands or for one."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from voiceguide.cli import COMMANDS
from voiceguide.errors import ScriptError
from voiceguide.files import read_text, user_folders
from voiceguide.phrases import LANGUAGES
from voiceguide.script.fields import text_of
from voiceguide.script.nodes import ListNode, MapNode, TextNode, parse
from voiceguide.script.pronunciations import read_pronunciations
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.errors import Place, Problem
    from voiceguide.model import Pronunciation
    from voiceguide.script.nodes import Node

FILE_NAME = "config.yaml"
CONFIG_VARIABLE = "VOICEGUIDE_CONFIG"
"""The environment variable that names another configuration file."""
# What these mean depends on the command: a value for one does harm in another.
SET_BY_COMMAND = frozenset({"feed", "format", "json", "output", "programme", "split", "svg", "to", "words"})
# Here this option narrows a list: all the other commands want it set once.
SET_ALONE = frozenset({("voices", "language")})
SAY_AS = "say-as"
_ACTIONS = frozenset(
    {"again", "all", "clear", "day", "force", "from", "new-token", "only", "resume", "served"}
)
_PLACES = "voiceguide.configured-places"
_SAY_AS = "voiceguide.say-as"


@dataclass(frozen=True)
class Configuration:
    """What the configuration file sets: each command's options, and how words are pronounced."""

    options: dict[str, dict[str, TextNode]] = field(default_factory=dict)
    say_as: tuple[Pronunciation, ...] = ()
    say_as_place: Place | None = None


def config_path() -> Path:
    """Where the configuration is: `VOICEGUIDE_CONFIG`, else `config.yaml` in the user's config folder."""
    named = os.environ.get(CONFIG_VARIABLE)
    return Path(named) if named else user_folders().config / FILE_NAME


def configure(context: click.Context, name: str, command: click.Command) -> None:
    """Make what the configuration sets the defaults of the command that is called; raises ScriptError as `configured`."""
    options = options_of(command)
    configuration = configured()
    # A job has the options of `render`, and not all that another command is configured with.
    own = configuration.options.get(name, {})
    values = {options[option]: node for option, node in own.items() if option in options}
    context.default_map = {
        name: {
            option.name: [node.text] if option.multiple else node.text
            for option, node in values.items()
            if option.name
        }
    }
    context.meta[_PLACES] = {option.name: node.place for option, node in values.items()}
    context.meta[_SAY_AS] = configuration.say_as


def configured_place(context: click.Context, option: str) -> Place | None:
    """Where the configuration sets this parameter of the command, None where its value comes from elsewhere."""
    if context.get_parameter_source(option) is not ParameterSource.DEFAULT_MAP:
        return None
    places: dict[str, Place] = context.meta[_PLACES]
    return places[option]


def configured_say_as(context: click.Context) -> tuple[Pronunciation, ...]:
    """How words are pronounced by the word of the configuration."""
    found: tuple[Pronunciation, ...] = context.meta.get(_SAY_AS, ())
    return found


def configured() -> Configuration:
    """What the configuration sets; what stands under a command's name goes before what stands for all.

    Raises ScriptError with everything that is wrong: a file that is broken, a name that no command has, and values
    that an option does not take.
    """
    path = config_path()
    if not path.exists():
        return Configuration()
    commands = {name: options_of(command) for name, command in _commands()}
    problems: list[Problem] = []
    shared: dict[str, tuple[TextNode, Node]] = {}
    own: dict[str, dict[str, TextNode]] = {}
    say_as: tuple[Pronunciation, ...] = ()
    say_as_place: Place | None = None
    for key, value in _entries(path):
        if key.text in commands:
            own[key.text] = _own_values(value, commands[key.text], problems)
        elif key.text == SAY_AS:
            say_as, say_as_place = read_pronunciations(key, value, None, LANGUAGES, problems), key.place
        elif wrong := _misplaced(key, commands):
            problems.append(wrong)
        else:
            shared[key.text] = (key, value)
    found: dict[str, dict[str, TextNode]] = {}
    for name, options in commands.items():
        found[name] = _shared_values(name, options, shared, problems) | own.get(name, {})
        refusals = (_refusal(options[option], option, node) for option, node in found[name].items())
        problems += [refusal for refusal in refusals if refusal]
    if problems:
        raise ScriptError(*dict.fromkeys(problems))
    return Configuration(found, say_as, say_as_place)


def options_of(command: click.Command) -> dict[str, click.Option]:
    """The options of a command that a configuration can set, by their long name without dashes."""
    return {
        max(parameter.opts, key=len).lstrip("-"): parameter
        for parameter in command.params
        if isinstance(parameter, click.Option)
        and parameter.expose_value
        and max(parameter.opts, key=len).lstrip("-") not in {"help", *_ACTIONS}
    }


def all_options() -> dict[str, dict[str, click.Option]]:
    """Every option that can be configured, with the commands that have it."""
    found: dict[str, dict[str, click.Option]] = {}
    for name, command in _commands():
        for option_name, option in options_of(command).items():
            found.setdefault(option_name, {})[name] = option
    return found


def key_of(command: str, option: str) -> str:
    """Where an option of a command is set: `rate`, or `render: output` where it is set for one command at a time."""
    alone = option in SET_BY_COMMAND or (command, option) in SET_ALONE
    return f"{command}: {option}" if alone else option


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


def _misplaced(key: TextNode, commands: dict[str, dict[str, click.Option]]) -> Problem | None:
    """Why this key does not set an option for all commands, if it does not."""
    having = [name for name, options in commands.items() if key.text in options]
    if having and key.text not in SET_BY_COMMAND:
        return None
    if having:
        several = ", ".join(having)
        return problem("config-by-command", key.place, option=key.text, command=having[0], commands=several)
    options = {option for options in commands.values() for option in options}
    return _unknown(key, {*commands, *options, SAY_AS} - SET_BY_COMMAND)


def _shared_values(
    command: str,
    options: dict[str, click.Option],
    shared: dict[str, tuple[TextNode, Node]],
    problems: list[Problem],
) -> dict[str, TextNode]:
    """What is set for all commands, as far as this one has it."""
    found = {}
    for name, (key, value) in shared.items():
        if name in options and (command, name) not in SET_ALONE:
            node = _value(value, key, options[name], problems)
            if node:
                found[name] = node
    return found


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
        elif node := _value(item, key, options[key.text], problems):
            found[key.text] = node
    return found


def _value(value: Node, key: TextNode, option: click.Option, problems: list[Problem]) -> TextNode | None:
    """The text of a value; an option that takes several words takes a list of them too."""
    if not option.multiple or not isinstance(value, ListNode):
        return text_of(value, key, problems)
    words = [text_of(item, key, problems) for item in value.items]
    return TextNode(", ".join(word.text for word in words if word), value.place)


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
