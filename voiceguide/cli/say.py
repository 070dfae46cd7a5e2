"""`voiceguide say`: one sentence, spoken or written."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import examples, speech_options
from voiceguide.cli.values import FilePath

if TYPE_CHECKING:
    from pathlib import Path

_MOST_READ = 1_000_000


@click.command(
    "say",
    short_help="Speak one sentence, to try a voice.",
    epilog=examples(
        'voiceguide say "Three, two, one."',
        'voiceguide say "Breathe out." --voice en-gb -o breathe.wav',
        "voiceguide say - <words.txt",
    ),
)
@click.argument("text")
@click.option("-o", "--output", type=FilePath(), help="Write a file instead of speaking.")
@click.option(
    "--language", metavar="CODE", default="en", show_default=True, help="Of the voice, where none is named."
)
@speech_options
@click.pass_context
def command(context: click.Context, /, text: str, output: Path | None, language: str, **_: Any) -> None:
    """Speak one sentence as a routine would, to try a voice; or write it to an audio file.

    A TEXT of - is read from standard input.
    """
    from voiceguide.audio.clip import length_ms  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.audio.encode import check_format, write_audio  # noqa: PLC0415 (as above)
    from voiceguide.audio.mixer import Mixer  # noqa: PLC0415 (as above)
    from voiceguide.cli.problems import show_problems  # noqa: PLC0415 (as above)
    from voiceguide.cli.sessions import open_voices  # noqa: PLC0415 (as above)
    from voiceguide.cli.wishes import sentence_wish  # noqa: PLC0415 (as above)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)
    from voiceguide.player.outputs import Unattended, open_output  # noqa: PLC0415 (as above)
    from voiceguide.player.transport import Transport  # noqa: PLC0415 (as above)
    from voiceguide.script.fields import MAX_SPOKEN  # noqa: PLC0415 (as above)
    from voiceguide.timeline import Chapter, Cue, Speech, Timeline, Voice  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    if output is not None:
        check_format(output)
    if text == "-":
        text = _standard_input()
    if len(text) > MAX_SPOKEN:
        raise RequestError(problem("text-too-long", count=f"{len(text):,}", most=f"{MAX_SPOKEN:,}"))
    with open_voices(sentence_wish(context), language, user_folders()) as voices:
        speaker = voices.main
        clip = speaker.clip(_pronounced(context, text, language))
        show_problems(voices.problems)
        end = length_ms(clip)
        timeline = Timeline(
            title=text,
            language=language,
            voice=Voice(speaker.engine.name, speaker.voice.id, speaker.rate),
            duration_ms=end,
            chapters=(Chapter(text, 0, end),),
            spans=(),
            cues=(Cue("say", text, 0, end, Speech(text)),),
        )
        mixer = Mixer(timeline, lambda _source: clip)
        if output is not None:
            write_audio(mixer, timeline, output)
        else:
            open_output(None).run(Transport(mixer), Unattended())


def _pronounced(context: click.Context, text: str, language: str) -> str:
    """The text as a routine in this language would have it said."""
    from voiceguide.cli.configuration import configured_say_as  # noqa: PLC0415 (other commands need none of these)
    from voiceguide.compile.pronounce import pronouncer  # noqa: PLC0415 (as above)

    return pronouncer(configured_say_as(context), language)(text)


def _standard_input() -> str:
    """What is on standard input, in one line; raises ScriptError where it is not UTF-8."""
    from voiceguide.errors import ScriptError  # noqa: PLC0415 (only `-` needs it)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    if sys.stdin is None:  # it was closed (`<&-`)
        return ""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")
    try:
        # Far more than is spoken, far less than an endless one holds.
        text = sys.stdin.read(_MOST_READ)
    except UnicodeDecodeError as error:
        raise ScriptError(problem("file-not-utf-8", byte=error.object[error.start])) from error
    return " ".join(text.split())
