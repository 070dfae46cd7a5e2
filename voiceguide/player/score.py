"""The score: the timeline that is played, as far as it is ready, and its samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.player.transport import PcmSource
    from voiceguide.timeline import Timeline


class Ready(NamedTuple):
    """A timeline that is final up to `ready_ms`; what comes after may still change and is not played."""

    timeline: Timeline
    ready_ms: int


class Score(Protocol):
    """A session whose later parts may still be prepared while it is played."""

    def latest(self) -> Ready:
        """What is ready now; a later one begins as the ones before. Raises what preparing raised."""
        ...

    def source(self, timeline: Timeline) -> PcmSource:
        """The samples of a timeline: that of `latest`, or one made of it."""
        ...


class FixedScore:
    """A session that is ready from the start; `mix` gives the samples of a timeline."""

    def __init__(self, timeline: Timeline, mix: Callable[[Timeline], PcmSource]) -> None:
        self._ready = Ready(timeline, timeline.duration_ms)
        self._mix = mix

    def latest(self) -> Ready:
        """All of it."""
        return self._ready

    def source(self, timeline: Timeline) -> PcmSource:
        """The samples of a timeline."""
        return self._mix(timeline)
