"""A session whose clips are measured one by one: what is final stays, and the rest is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compile.cases import Case, cases
from tests.compile.support import VOICE, Session, length, read
from tests.compile.test_laws import FRAME_MS, GAP_MS, any_routine
from voiceguide.compile import Begun, Draft, draft
from voiceguide.plan import Choices
from voiceguide.timeline import Music, Sound, Source, Speech, Timeline

SCRIPT = """
- fold: 5s
- lean: 5s each side
- say: Well done.
"""


def of(steps: str, *, head: str = "", choices: Choices | None = None) -> Draft:
    return draft(read(steps, head=head), choices or Choices(safety=False))


def begun(session: Draft, *unmeasured: str) -> Begun:
    """The session without the lengths of these texts."""
    return session.begun({one: length(one) for one in session.sources if one not in said(*unmeasured)}, VOICE)


def said(*texts: str) -> set[Source]:
    return {Speech(text) for text in texts}


def whole(session: Draft) -> Timeline:
    return session.timeline({one: length(one) for one in session.sources}, VOICE)[0]


def before(timeline: Timeline, ms: int) -> tuple[object, ...]:
    """Everything of a timeline that starts before a moment."""
    return tuple(
        tuple(part for part in parts if part.start_ms < ms)
        for parts in (timeline.chapters, timeline.spans, timeline.cues)
    )


def test_a_session_with_every_length_is_ready_to_its_end() -> None:
    session = of(SCRIPT)
    timeline = whole(session)
    assert begun(session) == Begun(timeline, (), timeline.duration_ms)


def test_a_session_is_ready_up_to_the_chapter_that_needs_an_unknown_length() -> None:
    session = of(SCRIPT)
    assert [one.start_ms for one in whole(session).chapters] == [0, 11_208]
    assert begun(session, "Next: Lean.").ready_ms == 11_208


def test_a_chapter_of_which_a_later_phrase_is_unknown_is_not_ready() -> None:
    assert begun(of(SCRIPT), "Other side.").ready_ms == 11_208


def test_nothing_is_ready_while_a_phrase_of_the_first_chapter_is_unknown() -> None:
    assert begun(of(SCRIPT), "Fold.").ready_ms == 0


def test_words_on_the_way_to_an_exercise_are_of_its_chapter() -> None:
    session = of("- fold: 5s\n- say: Turn over.\n- lean: 5s left")
    chapter = whole(session).chapters[1]
    assert begun(session, "Turn over.").ready_ms == chapter.start_ms


def test_a_phrase_that_may_be_left_out_counts_as_one_that_is_needed() -> None:
    session = of("- fold: 5s\n- rest: 5s\n- say: Go on.\n- rest: 5s")
    heard = {cue.text for cue in whole(session).cues}
    assert "Rest for five seconds." in heard
    assert "Rest." not in heard
    assert begun(session, "Rest.").ready_ms == 0


def test_an_exercise_announced_in_a_rest_of_nothing_is_ready_up_to_its_span() -> None:
    session = of("- fold: 5s\n- rest: 0s\n- lean: 5s left")
    timeline = whole(session)
    ready = next(span for span in timeline.spans if span.kind == "get-ready" and span.exercise == "lean")
    assert ready.start_ms < timeline.chapters[1].start_ms
    assert begun(session, "Next: Lean.").ready_ms == ready.start_ms


def test_the_whole_session_is_laid_out_with_guesses() -> None:
    session = of(SCRIPT)
    timeline = begun(session, "Well done.").timeline
    assert [cue.text for cue in timeline.cues] == [cue.text for cue in whole(session).cues]
    assert timeline.cues[-1].end_ms - timeline.cues[-1].start_ms == 65 * len("Well done.")


def test_a_warning_of_what_is_not_final_waits() -> None:
    session = of("- fold: 5s\n- rest: 1s\n- lean: 5s left\n- rest: 1s\n- fold: 5s")
    told = [
        (found.kind, found.place and found.place.line) for found in begun(session, "Next: Fold.").problems
    ]
    assert told == [("rest-grows", 4)]
    assert len(begun(session).problems) == 2


def test_music_and_the_floor_of_noise_are_known_from_the_start() -> None:
    music = Music("tunes")
    session = of(SCRIPT)
    timeline = session.begun(
        {Sound("start"): 250, Sound("end"): 350}, VOICE, music=music, keep_awake=True
    ).timeline
    assert (timeline.music, timeline.keep_awake) == (music, True)


def test_the_tones_of_a_set_must_be_known() -> None:
    with pytest.raises(KeyError):
        of(SCRIPT).begun({}, VOICE)


class TestChaptersSources:
    """The clips by chapter."""

    def test_each_clip_is_with_the_first_chapter_that_needs_it(self) -> None:
        assert of("- fold: 5s\n- lean: 5s left\n- fold: 5s").chapters_sources() == (
            (
                Sound("start"), Sound("end"), Speech("Fold."), Speech("Five seconds."), Speech("three"),
                Speech("two"), Speech("one"),
            ),
            (Speech("Next: Lean."), Speech("Lean to the left.")),
            (Speech("Next: Fold."),),
        )  # fmt: skip

    def test_what_stands_before_the_first_chapter_is_with_it(self) -> None:
        first, second = of("- rest: 5s\n- pause: 1s\n- fold: 5s\n- lean: 5s left").chapters_sources()
        assert {Speech("Rest for five seconds."), Speech("Fold.")} <= set(first)
        assert Speech("Next: Lean.") in second

    def test_a_session_without_exercises_is_one_chapter(self) -> None:
        assert of("- say: Hello.\n- pause: 1s").chapters_sources() == (
            (Sound("start"), Sound("end"), Speech("Hello.")),
        )


@any_routine
@given(cases(), st.data())
def test_what_is_ready_stays_whatever_the_missing_lengths_turn_out_to_be_and_never_shrinks(
    case: Case, data: st.DataObject
) -> None:
    session = draft(case.routine, case.choices)
    lengths = {source: case.lengths(source) for source in session.sources}
    final = Session(*session.timeline(lengths, VOICE))
    tones, others = session.sources[:2], session.sources[2:]
    order = (*tones, *data.draw(st.just(others) | st.permutations(others)))
    counts = data.draw(st.lists(st.integers(2, len(order)), min_size=1, max_size=4).map(sorted))
    ready_ms = 0
    for count in (*counts, len(order)):
        found = session.begun({source: lengths[source] for source in order[:count]}, VOICE)
        assert before(found.timeline, found.ready_ms) == before(final.timeline, found.ready_ms)
        assert found.problems == final.problems[: len(found.problems)]
        assert found.ready_ms >= ready_ms
        ready_ms = found.ready_ms
    assert ready_ms == final.timeline.duration_ms


@any_routine
@given(cases())
def test_a_chapter_is_ready_when_its_clips_are_measured_but_for_its_last_tones_and_the_gap_after_them(
    case: Case,
) -> None:
    session = draft(case.routine, case.choices)
    chapters = session.chapters_sources()
    assert [source for chapter in chapters for source in chapter] == list(session.sources)
    lengths: dict[Source, int] = {}
    for number, chapter in enumerate(chapters):
        lengths |= {source: case.lengths(source) for source in chapter}
        found = session.begun(lengths, VOICE)
        assert len(found.timeline.chapters) == len(chapters)
        gap_ms = GAP_MS + FRAME_MS + lengths[Sound("start")] + lengths[Sound("end")]
        assert found.ready_ms >= found.timeline.chapters[number].end_ms - gap_ms
