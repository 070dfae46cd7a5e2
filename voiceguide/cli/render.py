"""`voiceguide render`: a routine becomes an audio file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from voiceguide.cli.options import BITRATE, Bitrate, examples, speech_options, timing_options


@click.command(
    "render",
    short_help="Write a routine to an MP3, or another audio file.",
    epilog=examples(
        "voiceguide render evening",
        "voiceguide render evening -o evening.wav --rate 130",
        "voiceguide render mine.yaml -o mine.mp3",
    ),
)
@click.argument("name")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write: .mp3, .wav, .flac, .m4a, .ogg or .opus.  [default: audio/NAME.mp3]",
)
@click.option(
    "--bitrate", type=Bitrate(), default=BITRATE, show_default=True, metavar="KBIT/S", help="Of an MP3."
)
@speech_options
@timing_options
@click.pass_context
def command(context: click.Context, /, name: str, output: Path | None, bitrate: int, **_: Any) -> None:
    """Render a routine, or a timeline made by `compile`, to an audio file for a phone."""
    from voiceguide.audio.encode import check_format, write_audio  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.audio.mixer import Mixer  # noqa: PLC0415 (as above)
    from voiceguide.cli.progress import progress  # noqa: PLC0415 (as above)
    from voiceguide.cli.sessions import prepare  # noqa: PLC0415 (as above)
    from voiceguide.files import make_folder, user_folders  # noqa: PLC0415 (as above)
    from voiceguide.summary import clock  # noqa: PLC0415 (as above)

    if output is not None:
        check_format(output, bitrate)
    with prepare(context, name, user_folders()) as session:
        path = output or Path("audio") / f"{session.name}.mp3"
        check_format(path, bitrate)
        if output is None:
            make_folder(path.parent)
        mixer = Mixer(session.timeline, session.clips)
        with progress("Rendering") as advance:
            write_audio(mixer, session.timeline, path, bitrate=bitrate, progress=advance)
    size = path.stat().st_size / 1e6
    click.echo(f"{path}  {clock(session.timeline.duration_ms)}  {size:.1f} MB")
