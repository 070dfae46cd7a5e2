"""`voiceguide play`: a routine, live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from voiceguide.cli.options import examples, programme_options, session_options
from voiceguide.cli.values import Duration


@click.command(
    "play",
    short_help="Play a routine now.",
    epilog=examples(
        "voiceguide play evening",
        "voiceguide play evening --from knee-drop --start-in 30s",
        "voiceguide play morning --fit 15m --avoid knee",
        "voiceguide play mine.yaml --voice en-gb --plain",
        "voiceguide play evening --resume",
        "voiceguide play --programme runner-low-back --start 2026-11-23",
    ),
)
@click.argument("name", required=False)
@click.option(
    "--output",
    metavar="DEVICE|null|FILE.wav",
    help="A sound device by name; `null` for none, in real time; or a file that captures what would be heard.",
)
@click.option(
    "--from", "begin_at", metavar="EXERCISE|TIME", help="Start at this exercise, or at a time such as 4:10."
)
@click.option("--resume", is_flag=True, help="Go on where the routine was broken off, within a day.")
@click.option(
    "--start-in", type=Duration(), metavar="TIME", help="Time to get to the mat; space starts at once."
)
@click.option("--plain", is_flag=True, help="Plain lines instead of a panel: for screen readers.")
@click.option("--big", is_flag=True, help="Fill the terminal with the seconds, to be read from the mat.")
@click.option(
    "--media-keys/--no-media-keys",
    default=True,
    help="Take media keys and headset buttons, where there are any.",
)
@click.option(
    "--listen", is_flag=True, help="Take spoken commands, such as “hey coach, pause” (experimental)."
)
@programme_options
@session_options
@click.pass_context
def command(context: click.Context, /, name: str | None, output: str | None, **_: Any) -> None:
    """Play a routine, or a timeline made by `compile`, now.

    Space pauses and goes on, n and b go to the next and the previous exercise, r repeats a set, s skips a side, the
    arrows go 10 s, + and - change a hold by 5 s, ? tells the keys, q stops.
    """
    from voiceguide.cli.live import Listener  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.cli.programmes import refuse_one_file, tasks  # noqa: PLC0415 (as above)
    from voiceguide.files import user_folders  # noqa: PLC0415 (as above)

    folders = user_folders()
    capture = False
    if output is not None:
        _check_capture(output)
        capture = Path(output).suffix.lower() == ".wav"
    todo = tasks(context, name, folders)
    if capture:
        refuse_one_file(todo, "--output")
    listener = Listener(context, folders, capture=capture)
    for task in listener.left_of(todo):
        outcome = listener.play(task)
        if not outcome.finished:
            return


def _check_capture(output: str) -> None:
    """Refuse what looks like the name of a sound file but cannot be captured into; raises RequestError."""
    from voiceguide.audio.encode import FORMATS  # noqa: PLC0415 (numpy is slow to import)
    from voiceguide.errors import RequestError  # noqa: PLC0415 (as above)
    from voiceguide.wording import problem  # noqa: PLC0415 (as above)

    suffix = Path(output).suffix.lower()
    if suffix in FORMATS and suffix != ".wav":
        raise RequestError(problem("capture-format", suffix=suffix, known=", ".join(FORMATS)))
