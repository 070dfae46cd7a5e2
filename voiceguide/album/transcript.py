"""The narration in time as WebVTT, which podcast applications and browsers show while it is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.album.lines import one_line

if TYPE_CHECKING:
    from voiceguide.timeline import Timeline

MIME = "text/vtt"
"""The type that a feed names it by."""
HEADER = "WEBVTT voiceguide"
"""The first line: what follows the space is for people, and tells whose file it is."""
# `<` and `&` begin markup, and `-->` would be a time.
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def webvtt(timeline: Timeline) -> str:
    """What is said in a timeline as a WebVTT file: each cue that has words, from its start to its end.

    The form is that of https://www.w3.org/TR/webvtt1/. Sounds have no words, and are left out.
    """
    blocks = [f"{HEADER}\n"]
    for cue in timeline.cues:
        # A blank line would end the cue.
        if words := one_line(cue.text):
            # A cue of no length is no cue.
            end = max(cue.end_ms, cue.start_ms + 1)
            blocks.append(f"{_time(cue.start_ms)} --> {_time(end)}\n{words.translate(_ESCAPED)}\n")
    return "\n".join(blocks)


def _time(ms: int) -> str:
    seconds, thousandths = divmod(ms, 1_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}.{thousandths:03}"
