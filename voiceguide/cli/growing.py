"""A session that is played while its later phrases are still being spoken."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from voiceguide.player.score import Ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.cli.clips import SessionClips
    from voiceguide.compile import Begun
    from voiceguide.errors import Problem
    from voiceguide.player.transport import PcmSource
    from voiceguide.timeline import Source, Timeline

FIRST_CHAPTERS = 2
"""What is spoken before a session starts: the opening and the first exercise."""
_PATIENCE_S = 1.0


class Growth:
    """A session laid out by `lay_out` as far as its clips have lengths; a thread has the others spoken, in their order.

    `chapters` are the sources in the order of the session.
    """

    def __init__(
        self,
        lay_out: Callable[[dict[Source, int]], Begun],
        chapters: tuple[tuple[Source, ...], ...],
        clips: SessionClips,
    ) -> None:
        first = [source for chapter in chapters[:FIRST_CHAPTERS] for source in chapter]
        self._lay_out = lay_out
        self._chapters = chapters
        self._clips = clips
        self._lengths = clips.lengths(first)
        self._lengths |= clips.known_lengths(source for chapter in chapters for source in chapter)
        self._begun = lay_out(dict(self._lengths))
        self._error: BaseException | None = None
        self._closing = Event()
        self._thread: Thread | None = None

    @property
    def complete(self) -> bool:
        """Whether everything is ready."""
        return self._begun.ready_ms >= self._begun.timeline.duration_ms

    @property
    def timeline(self) -> Timeline:
        """The latest timeline."""
        return self._begun.timeline

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What does not fit in what is ready."""
        return self._begun.problems

    @property
    def ready(self) -> Ready:
        """What is ready now; raises what speaking raised."""
        if self._error is not None:
            raise self._error
        return Ready(self._begun.timeline, self._begun.ready_ms)

    def start(self) -> None:
        """Begin to speak what is missing, if anything is."""
        if not self.complete:
            self._thread = Thread(target=self._grow, name="voiceguide-growing", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop after the phrase that is being spoken, or without it where that takes long."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
            if self._thread.is_alive():
                self._clips.interrupt()
            self._thread.join()

    def _grow(self) -> None:
        try:
            for chapter in self._chapters:
                missing = [source for source in chapter if source not in self._lengths]
                for source in missing:
                    if self._closing.is_set():
                        return
                    self._lengths |= self._clips.lengths((source,), quiet=True)
                if missing:
                    self._begun = self._lay_out(dict(self._lengths))
        except BaseException as error:
            self._error = error


class GrowingScore:
    """The score of a session that grows; `mix` gives the samples of a timeline."""

    def __init__(self, growth: Growth, mix: Callable[[Timeline], PcmSource]) -> None:
        self._growth = growth
        self._mix = mix

    def latest(self) -> Ready:
        """What is ready now."""
        return self._growth.ready

    def source(self, timeline: Timeline) -> PcmSource:
        """The samples of a timeline."""
        return self._mix(timeline)
