"""A session in the making: what has been placed so far, and where the next words may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.compile.track import GAP_MS, Track, on_grid
from voiceguide.timeline import Chapter, Sound, Source, Span, SpanKind, Timeline, Voice
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.compile.blocks import Line, Who
    from voiceguide.errors import Place, Problem

# Which rep of how many.
Rep = tuple[int, int]

HEAD_MS = 480
TAIL_MS = 1_000


class Session:
    """Cues, spans and chapters so far, and warnings.

    `now` is where the next block may begin, `silent_until` where the last pause ends, in ms.
    """

    def __init__(self, lengths: Mapping[Source, int], pre_roll_ms: int = 0) -> None:
        self.track = Track(lengths)
        self.now = on_grid(HEAD_MS + pre_roll_ms)
        self.silent_until = 0
        self._spans: list[Span] = []
        self._chapters: list[tuple[str, int]] = []
        self._next_chapter: str | None = None
        self._problems: dict[tuple[str, str, Place | None], Problem] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What did not fit, each told once."""
        return tuple(self._problems.values())

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is done, in order."""
        return tuple(self._spans)

    @property
    def chapter_ms(self) -> int:
        """Where the chapter begun last starts; the first one starts with the session."""
        return self._chapters[-1][1] if len(self._chapters) > 1 else 0

    def free(self) -> int:
        """The next moment at which words may begin: after what is being heard, on the grid."""
        return on_grid(max(self.now, self.track.busy + GAP_MS))

    def speech_length(self, line: Line) -> int:
        """How long a line takes, in ms."""
        return self.track.length(line.source)

    def say(self, line: Line, start: int, exercise: str | None) -> int:
        """Say a line at `start`; gives where it ends."""
        self.begin_chapter(start)
        return self.track.put(line.role, line.source, start, exercise, line.text)

    def speak(self, lines: tuple[Line, ...], start: int, exercise: str | None) -> int:
        """Say the lines one after the other from `start`; gives where the last one ends."""
        end = start
        for line in lines:
            begin = on_grid(max(start, self.track.busy + GAP_MS))
            end = self.say(line, begin, exercise)
        return end

    def sound(self, source: Sound, start: int) -> int:
        """Sound a cue sound at `start`; gives where it ends."""
        self.begin_chapter(start)
        return self.track.put("sound", source, start, None)

    def chapter(self, title: str) -> None:
        """Begin a chapter with the next words, or at the latest when an exercise starts."""
        self._next_chapter = title

    def span(
        self, kind: SpanKind, start: int, end: int, who: Who | None = None, rep: Rep | None = None
    ) -> None:
        """Add what is being done from `start` to `end`, by whom, and in which rep."""
        if kind in ("pause", "wait"):
            self.silent_until = end
        number, reps = rep or (None, None)
        if who is None:
            self._spans.append(Span(kind, start, end))
        else:
            self._spans.append(
                Span(kind, start, end, who.exercise, who.side, who.set, who.sets, number, reps)
            )

    def warn(self, kind: str, place: Place | None, **values: object) -> None:
        """Tell the author what did not fit, once."""
        found = problem(kind, place, **values)
        self._problems.setdefault((kind, found.message, place), found)

    def timeline(self, title: str, language: str, voice: Voice) -> Timeline:
        """The session, ended here."""
        duration = on_grid(max(self.now, self.track.busy) + TAIL_MS)
        starts = self._chapters or [(title, 0)]
        starts[0] = (starts[0][0], 0)
        ends = [start for _, start in starts[1:]] + [duration]
        chapters = tuple(Chapter(name, start, end) for (name, start), end in zip(starts, ends, strict=True))
        return Timeline(
            title, language, voice, duration, chapters, tuple(self._spans), self.track.sorted_cues()
        )

    def begin_chapter(self, start: int) -> None:
        """Begin the chapter that waits for its first words, if any does."""
        if self._next_chapter is not None:
            self._chapters.append((self._next_chapter, start))
            self._next_chapter = None
