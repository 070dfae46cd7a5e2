"""A session that is played while its later phrases are still being spoken."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, cast

import pytest

from tests.compile.support import VOICE, length, read
from voiceguide.cli.growing import FIRST_CHAPTERS, Growth
from voiceguide.compile import Draft, draft
from voiceguide.errors import SpeechError
from voiceguide.plan import Choices
from voiceguide.timeline import Speech
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.cli.clips import SessionClips
    from voiceguide.timeline import Source

STEPS = "- fold\n- lean\n- lift\n- swing"


class Voice:
    """Speaks what it is asked for, after the first time only when it is let; what it has spoken is known."""

    def __init__(self, *, known: bool = False) -> None:
        self.spoken: list[Source] = []
        self.may_speak = Event()
        self.known = known
        self.fails = False

    def lengths(self, sources: Iterable[Source], *, quiet: bool = False) -> dict[Source, int]:
        if quiet:
            self.may_speak.wait(30)
        if quiet and self.fails:
            raise SpeechError(problem("silent-text", voice="test", text="?"))
        found = {source: length(source) for source in sources}
        self.spoken += found
        return found

    def interrupt(self) -> None:
        self.fails = True
        self.may_speak.set()

    def known_lengths(self, sources: Iterable[Source]) -> dict[Source, int]:
        known = (source for source in sources if self.known or not isinstance(source, Speech))
        return {source: length(source) for source in known}


def session() -> Draft:
    return draft(read(STEPS), Choices(safety=False))


def growing(voice: Voice) -> Growth:
    chosen = session()
    return Growth(
        lambda lengths: chosen.begun(lengths, VOICE), chosen.chapters_sources(), cast("SessionClips", voice)
    )


def grown(growth: Growth) -> None:
    while not growth.complete:
        growth.ready  # noqa: B018 (raises what speaking raised)


def test_only_the_first_exercises_are_spoken_before_it_starts() -> None:
    voice = Voice()
    growth = growing(voice)
    first = [source for chapter in session().chapters_sources()[:FIRST_CHAPTERS] for source in chapter]
    assert voice.spoken == first
    assert growth.ready.ready_ms == growth.timeline.chapters[FIRST_CHAPTERS].start_ms


def test_in_the_end_it_is_the_session_that_is_rendered() -> None:
    voice = Voice()
    growth = growing(voice)
    growth.start()
    voice.may_speak.set()
    grown(growth)
    growth.close()
    whole, _ = session().timeline({source: length(source) for source in session().sources}, VOICE)
    assert growth.timeline == whole


def test_what_was_spoken_before_is_ready_at_once_and_nothing_is_spoken() -> None:
    voice = Voice(known=True)
    growth = growing(voice)
    growth.start()
    assert growth.complete
    assert len(voice.spoken) == sum(len(chapter) for chapter in session().chapters_sources()[:FIRST_CHAPTERS])


def test_what_speaking_raises_is_raised_where_it_is_asked_what_is_ready() -> None:
    voice = Voice()
    voice.fails = True
    growth = growing(voice)
    voice.may_speak.set()
    growth.start()
    with pytest.raises(SpeechError):
        grown(growth)


def test_closed_it_speaks_no_more_than_the_phrase_it_is_at() -> None:
    voice = Voice()
    growth = growing(voice)
    growth.start()
    before = len(voice.spoken)
    growth._closing.set()
    voice.may_speak.set()
    growth.close()
    assert len(voice.spoken) <= before + 1


def test_what_hangs_when_the_session_ends_is_interrupted() -> None:
    voice = Voice()
    growth = growing(voice)
    growth.start()
    growth.close()
    assert voice.fails
