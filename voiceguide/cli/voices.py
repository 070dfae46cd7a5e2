"""`voiceguide voices`: what an engine can speak with."""

from __future__ import annotations

from dataclasses import asdict

import click

from voiceguide.cli.options import examples


@click.command(
    "voices", short_help="List the voices to choose from.", epilog=examples("voiceguide voices --language en")
)
@click.option("--engine", metavar="NAME", help="Speech engine (pyttsx3, piper).")
@click.option("--language", metavar="CODE", help="Only voices of this language, such as en, en-gb or de.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(engine: str | None, language: str | None, *, as_json: bool) -> None:
    """List the voices of a speech engine, for `--voice` and `voice:`."""
    from voiceguide.cli.table import print_table  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.speech.engine import language_tag  # noqa: PLC0415 (as above)
    from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    opened = open_engine(engine or DEFAULT_ENGINE)
    try:
        voices = opened.voices()
    finally:
        opened.close()
    if not voices:
        raise RequestError(problem("no-voices", engine=opened.name))
    if language is not None:
        wanted = language_tag(language)
        voices = [
            voice for voice in voices if any(f"{tag}-".startswith(f"{wanted}-") for tag in voice.languages)
        ]
        if not voices:
            raise RequestError(problem("unknown-language", engine=opened.name, language=language))
    if as_json:
        from voiceguide.cli.problems import json_text  # noqa: PLC0415 (people need no JSON)

        click.echo(json_text([asdict(voice) for voice in voices]))
        return
    rows = [(voice.id, voice.name, ", ".join(voice.languages), voice.gender or "") for voice in voices]
    print_table(("voice", "name", "languages", "gender"), rows)
