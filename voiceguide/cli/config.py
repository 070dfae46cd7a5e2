"""`voiceguide config`: where the configuration is, and what it holds."""

from __future__ import annotations

import click


@click.command("config", short_help="Show the options, and where to set them once.")
@click.pass_context
def command(context: click.Context, /) -> None:
    """Say where the configuration file is, and list every option with its value and where that comes from.

    The file is YAML: `voice: en-gb` sets an option for every command that has it, and a command's name with
    options under it sets them for that command alone. What is listed with a command's name, such as
    `render: output`, is set so only: `render: {output: evening.mp3}`. `say-as: {psoas: so-as}` says how words
    are pronounced, in any language or in one: `{die: {en: dye}}`.
    """
    from voiceguide.cli.configuration import SAY_AS, all_options, config_path, configured, key_of  # noqa: PLC0415 (imports all commands)
    from voiceguide.cli.options import shown  # noqa: PLC0415 (as above)
    from voiceguide.cli.table import print_table  # noqa: PLC0415 (as above)

    path = config_path()
    click.echo(f"{path}{'' if path.exists() else ' (there is none yet)'}\n")
    configuration = configured()
    rows: dict[tuple[str, str, str], list[str]] = {}
    for name, commands in all_options().items():
        for command_name, option in commands.items():
            written = key_of(command_name, name)
            node = configuration.options.get(command_name, {}).get(name)
            if node:
                row = (written, node.text, f"line {node.place.line}")
            else:
                row = (written, shown(option.get_default(context), option.type), "")
            rows.setdefault(row, []).append(command_name)
    said_as = ", ".join(
        f"{word}: {said} ({language})" if language else f"{word}: {said}"
        for word, said, language in configuration.say_as
    )
    where = f"line {configuration.say_as_place.line}" if configuration.say_as_place else ""
    rows[SAY_AS, said_as, where] = list(all_options()["rate"])
    print_table(
        ("option", "value", "set in", "of"),
        [(*row, ", ".join(commands)) for row, commands in sorted(rows.items())],
    )
