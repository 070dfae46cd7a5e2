"""Timed narration: a plan becomes blocks of words (`narrate`), and with their lengths a timeline (`layout`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.compile.blocks import Block, sources
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
        session = lay_out(self.blocks, lengths, self.pre_roll_ms)
        timeline = session.timeline(self.title, self.language, voice)
        return replace(timeline, music=music, keep_awake=keep_awake), session.problems


def draft(routine: Routine, choices: Choices) -> Draft:
    """The words of a routine, in order."""
    actions = plan(routine, choices)
    language = LANGUAGES[routine.language]
    blocks = narrate(actions, language, choices, (*routine.say_as, *choices.say_as))
    return Draft(routine.title, routine.language, blocks, choices.pre_roll_ms)
