"""`voiceguide voices`: what an engine can speak with."""

from __future__ import annotations

import json
from dataclasses import asdict

import click


@click.command("voices")
@click.option("--engine", metavar="NAME", help="Speech engine (pyttsx3, piper).")
@click.option("--language", metavar="CODE", help="Only voices of this language, such as en or de.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(engine: str | None, language: str | None, *, as_json: bool) -> None:
    """List the voices of a speech engine, for `--voice` and `voice:`."""
    from voiceguide.cli.table import print_table  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine  # noqa: PLC0415 (as above)

    opened = open_engine(engine or DEFAULT_ENGINE)
    try:
        voices = [
            voice
            for voice in opened.voices()
            if language is None or any(tag.split("-")[0] == language.lower() for tag in voice.languages)
        ]
    finally:
        opened.close()
    if as_json:
        click.echo(json.dumps([asdict(voice) for voice in voices], indent=2, ensure_ascii=False))
        return
    rows = [(voice.id, voice.name, ", ".join(voice.languages), voice.gender or "") for voice in voices]
    print_table(("voice", "name", "languages", "gender"), rows)
