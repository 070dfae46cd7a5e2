"""`voiceguide schema`: routine files for editors."""

from __future__ import annotations

import json

import click


@click.command("schema", short_help="Print the JSON Schema of routines, for editors.")
def command() -> None:
    """Print the JSON Schema of routine files, so that an editor completes and checks them."""
    from voiceguide.files import DiskLibrary, user_folders  # noqa: PLC0415 (other commands need none of these)
    from voiceguide.script.schema import routine_schema  # noqa: PLC0415 (as above)

    click.echo(json.dumps(routine_schema(DiskLibrary(user_folders())), indent=2, ensure_ascii=False))
