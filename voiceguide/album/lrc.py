"""Lyrics as players show them in time: the narration as LRC."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.album.lines import one_line

if TYPE_CHECKING:
    from voiceguide.timeline import Timeline

PROGRAM = "voiceguide"
_TIME_TAG = re.compile(r"\[([0-9]+:[^\]]*)\]")
_BRACKETS = str.maketrans("[]", "()")


def lyrics(timeline: Timeline) -> str:
    """The spoken words of the session in LRC form, a line a cue: `[mm:ss.xx] words`."""
    lines = []
    for cue in timeline.cues:
        # What looks like a time would be taken for one.
        words = _TIME_TAG.sub(r"(\1)", one_line(cue.text))
        if words:
            hundredths = cue.start_ms // 10
            seconds = hundredths // 100
            lines.append(f"[{seconds // 60:02d}:{seconds % 60:02d}.{hundredths % 100:02d}] {words}")
    return "\n".join(lines)


def lrc(timeline: Timeline, album: str = PROGRAM) -> str:
    """The whole file: ID tags (title, artist, album, length, program), then the words."""
    seconds = timeline.duration_ms // 1_000
    tags = {
        "ti": timeline.title,
        "ar": PROGRAM,
        "al": album,
        "length": f"{seconds // 60:02d}:{seconds % 60:02d}",
        "re": PROGRAM,
    }
    head = [f"[{key}:{one_line(value.translate(_BRACKETS))}]" for key, value in tags.items()]
    return "\n".join([*head, *lyrics(timeline).splitlines(), ""])
