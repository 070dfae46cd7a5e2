"""A session as text: every word with its time, for `show --words`."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.problems import printable
from voiceguide.timeline import Sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.timeline import Cue, Timeline

_TONE = "*"
_WIDTH = 80
_NARROWEST = 10


def print_words(timeline: Timeline) -> None:
    """Print the narration on standard output, a cue a line under its chapter; a tone is a `*`.

    Long lines are folded at the terminal's width, elsewhere at 80 columns.
    """
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
    margin = len(_time(timeline.duration_ms)) + 2
    for title, cues in _chapters(timeline):
        click.echo(f"\n{click.style(printable(title), bold=True)}")
        for cue in cues:
            click.echo(_line(cue, margin, width))


def words_json(timeline: Timeline) -> list[dict[str, Any]]:
    """The narration as data: when, in which role, the words or the sound that is heard."""
    return [
        {
            "start_ms": cue.start_ms,
            "role": cue.role,
            "text": cue.text,
            "sound": cue.source.name if isinstance(cue.source, Sound) else None,
        }
        for cue in timeline.cues
    ]


def _chapters(timeline: Timeline) -> Iterator[tuple[str, list[Cue]]]:
    for chapter in timeline.chapters:
        yield (
            chapter.title,
            [cue for cue in timeline.cues if chapter.start_ms <= cue.start_ms < chapter.end_ms],
        )


def _line(cue: Cue, margin: int, width: int) -> str:
    said = f"{_TONE} {cue.source.name}" if isinstance(cue.source, Sound) else cue.text
    room = max(width - margin, _NARROWEST)
    lines = textwrap.wrap(printable(said), room, break_on_hyphens=False) or [""]
    lines[0] = f"{_time(cue.start_ms):>{margin - 2}}  {lines[0]}"
    return f"\n{' ' * margin}".join(lines)


def _time(ms: int) -> str:
    """A time to the tenth of a second, m:ss.t."""
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes}:{rest // 1_000:02}.{rest % 1_000 // 100}"
