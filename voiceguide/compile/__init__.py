"""Timed narration: a plan becomes blocks of words (`narrate`), and with their lengths a timeline (`layout`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.compile.blocks import Block, sounds, texts
from voiceguide.compile.layout import lay_out
from voiceguide.compile.narrate import narrate
from voiceguide.compile.sets import END, START
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices, plan
from voiceguide.timeline import Sound, Source, Speech, Timeline, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.errors import Problem
    from voiceguide.model import Routine


@dataclass(frozen=True)
class Draft:
    """A session in words, waiting for their lengths."""

    title: str
    language: str
    blocks: tuple[Block, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every clip that the session may use: what must be measured before it can be laid out."""
        spoken = (Speech(text) for text in texts(self.blocks))
        return (START, END, *(Sound(name) for name in sounds(self.blocks)), *spoken)

    def timeline(self, lengths: Mapping[Source, int], voice: Voice) -> tuple[Timeline, tuple[Problem, ...]]:
        """The timeline of the session and warnings for what did not fit.

        `lengths` are in ms, of every source; raises KeyError where one is missing.
        """
        return lay_out(self.blocks, lengths, self.title, self.language, voice)


def draft(routine: Routine, choices: Choices) -> Draft:
    """The words of a routine, in order."""
    actions = plan(routine, choices)
    blocks = narrate(actions, LANGUAGES[routine.language], choices)
    return Draft(routine.title, routine.language, blocks)
