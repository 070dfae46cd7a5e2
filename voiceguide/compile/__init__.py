"""Timed narration: a plan becomes blocks of words (`narrate`), and with their lengths a timeline (`layout`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.compile.blocks import Block, ChapterStart, sources
from voiceguide.compile.guess import guessed_ms
from voiceguide.compile.layout import lay_out
from voiceguide.compile.narrate import narrate
from voiceguide.compile.sets import END, START
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices, plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.errors import Problem
    from voiceguide.model import Routine
    from voiceguide.timeline import Music, Source, Timeline, Voice


@dataclass(frozen=True)
class Begun:
    """A session of which not every length is known: up to `ready_ms` the timeline is final, and so are its problems.

    What comes later is laid out with guessed lengths. Where all is known `ready_ms` is the end.
    """

    timeline: Timeline
    problems: tuple[Problem, ...]
    ready_ms: int


@dataclass(frozen=True)
class Draft:
    """A session in words, waiting for their lengths; `pre_roll_ms` come before the first of them."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    pre_roll_ms: int = 0

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every distinct clip that the session may use: what must be measured before it can be laid out."""
        return tuple(dict.fromkeys((START, END, *sources(self.blocks))))

    def chapters_sources(self) -> tuple[tuple[Source, ...], ...]:
        """The same clips by the chapter that needs each first, in order; the tones of sets are with the first chapter."""
        chapters: list[list[Block]] = [[]]
        begun = False
        for block in self.blocks:
            if isinstance(block, ChapterStart):
                # What stands before the first chapter belongs to it.
                if begun:
                    chapters.append([])
                begun = True
            chapters[-1].append(block)
        known: set[Source] = set()
        found = []
        for number, blocks in enumerate(chapters):
            tones = (START, END) if number == 0 else ()
            new = tuple(source for source in dict.fromkeys((*tones, *sources(blocks))) if source not in known)
            known.update(new)
            found.append(new)
        return tuple(found)

    def timeline(
        self,
        lengths: Mapping[Source, int],
        voice: Voice,
        *,
        music: Music | None = None,
        keep_awake: bool = False,
    ) -> tuple[Timeline, tuple[Problem, ...]]:
        """The timeline of the session and warnings for what did not fit.

        `lengths` are in ms, of every source; raises KeyError where one is missing.
        """
        known = {source: lengths[source] for source in self.sources}
        begun = self.begun(known, voice, music=music, keep_awake=keep_awake)
        return begun.timeline, begun.problems

    def begun(
        self,
        lengths: Mapping[Source, int],
        voice: Voice,
        *,
        music: Music | None = None,
        keep_awake: bool = False,
    ) -> Begun:
        """The timeline as far as the `lengths` that are known, in ms, decide it.

        Final is what comes before the first chapter that needs a clip without a length, whatever the missing lengths
        turn out to be, and no less of it with more lengths. Raises KeyError where a tone of start or end has none.
        """
        used = self.sources
        unmeasured = frozenset(
            source for source in used if source not in lengths and source not in (START, END)
        )
        known = {source: guessed_ms(source) if source in unmeasured else lengths[source] for source in used}
        session, ready_ms, problems = lay_out(self.blocks, known, self.pre_roll_ms, unmeasured)
        timeline = replace(
            session.timeline(self.title, self.language, voice), music=music, keep_awake=keep_awake
        )
        return Begun(timeline, problems, timeline.duration_ms if ready_ms is None else ready_ms)


def draft(routine: Routine, choices: Choices) -> Draft:
    """The words of a routine, in order."""
    actions = plan(routine, choices)
    language = LANGUAGES[routine.language]
    blocks = narrate(actions, language, choices, (*routine.say_as, *choices.say_as))
    return Draft(routine.title, routine.language, blocks, choices.pre_roll_ms)
