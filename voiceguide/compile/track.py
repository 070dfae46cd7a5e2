"""The track of cues: where they lie, and where there is room for one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.timeline import Cue, Role, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

# One MP3 frame at 48 kHz (1,152 samples): what starts on it can be encoded once and used again.
GRID_MS = 24
# Between one sentence and the next.
GAP_MS = 360


def on_grid(ms: int) -> int:
    """The first multiple of 24 ms that is not before `ms`."""
    return -(-ms // GRID_MS) * GRID_MS


def to_grid(ms: int) -> int:
    """The last multiple of 24 ms that is not after `ms`."""
    return ms // GRID_MS * GRID_MS


class Track:
    """Cues in the making; `busy` is where the latest one ends, in ms."""

    def __init__(self, lengths: Mapping[Source, int]) -> None:
        self._lengths = lengths
        self._cues: list[Cue] = []
        self.busy = -GAP_MS

    def length(self, source: Source) -> int:
        """How long a clip is, in ms; raises KeyError for one that was not measured."""
        return self._lengths[source]

    def put(self, role: Role, source: Source, start: int, exercise: str | None, text: str = "") -> int:
        """Add a cue at `start`, with the `text` that shows it; gives where it ends."""
        end = start + self.length(source)
        self._cues.append(Cue(role, text, start, end, source, exercise))
        self.busy = max(self.busy, end)
        return end

    def is_free(self, start: int, margin: int) -> bool:
        """Whether a cue at `start` keeps `margin` ms from everything before it."""
        return start >= 0 and self.busy + margin <= start

    def sorted_cues(self) -> tuple[Cue, ...]:
        """All cues by their start."""
        return tuple(sorted(self._cues, key=lambda cue: cue.start_ms))
