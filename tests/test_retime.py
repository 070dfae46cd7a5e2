"""How a timeline changes while it is played: holds made longer and shorter, cues left out and heard again."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.compile.cases import cases
from tests.compile.support import Session, compiled, text
from tests.moments import any_moment, times
from voiceguide import retime
from voiceguide.phrases import LANGUAGES
from voiceguide.retime import AHEAD_MS, LEAST_LEFT_MS, Again, HoldChange, LeftOut, edited
from voiceguide.seek import hold_at
from voiceguide.timeline import Chapter
from voiceguide.timeline_json import from_json, to_json

if TYPE_CHECKING:
    from voiceguide.retime import Edit
    from voiceguide.timeline import Cue, Span, Timeline

# A hold from 5.496 to 45.496: "halfway" at 25.496, "ten seconds left" at 35.496, "three" at 42.496.
LONG = "- fold: 40s"


def after(steps: str, *edits: Edit) -> Session:
    """What is heard of a session after edits."""
    return Session(edited(compiled(steps).timeline, edits), ())


def test_a_longer_hold_is_counted_down_to_its_new_end_and_what_follows_moves_with_it() -> None:
    session = after("- fold: 2 x 40s, rest 10s", HoldChange(10_000, 5_000))
    assert session.told(6, 65) == text("""
        6.072 51.072 hold fold 1/2
        6.072 start tone
        28.572 halfway "halfway"
        41.072 left "ten seconds left"
        48.072 countdown "three"
        49.072 countdown "two"
        50.072 countdown "one"
        51.072 end tone
        51.080 61.080 rest fold 2/2
        51.800 rest "Rest."
        57.320 rest "Last set."
        61.088 101.088 hold fold 2/2
        61.088 start tone
    """)


def test_a_shorter_hold_is_counted_down_to_its_new_end() -> None:
    assert after(LONG, HoldChange(10_000, -5_000)).told(5) == text("""
        5.496 40.496 hold fold 1/1
        5.496 start tone
        22.996 halfway "halfway"
        30.496 left "ten seconds left"
        37.496 countdown "three"
        38.496 countdown "two"
        39.496 countdown "one"
        40.496 end tone
    """)


def test_what_was_told_of_the_end_already_is_told_again() -> None:
    assert after(LONG, HoldChange(43_000, 5_000)).told(35) == text("""
        35.496 left "ten seconds left"
        42.496 countdown "three"
        47.496 countdown "three"
        48.496 countdown "two"
        49.496 countdown "one"
        50.496 end tone
    """)


def test_what_was_told_again_is_told_once_more_by_the_next_change() -> None:
    session = after(LONG, HoldChange(43_000, 5_000), HoldChange(43_200, 5_000), HoldChange(53_600, 5_000))
    assert session.told(42) == text("""
        42.496 countdown "three"
        45.496 left "ten seconds left"
        52.496 countdown "three"
        53.496 countdown "two"
        57.496 countdown "three"
        58.496 countdown "two"
        59.496 countdown "one"
        60.496 end tone
    """)


def test_what_would_be_told_of_the_end_before_now_is_not_told() -> None:
    session = after(LONG, HoldChange(33_000, -5_000))
    assert session.told(33) == text("""
        37.496 countdown "three"
        38.496 countdown "two"
        39.496 countdown "one"
        40.496 end tone
    """)


@pytest.mark.parametrize(
    ("at", "said"), [(37_256, "three / two / one"), (37_257, "two / one"), (38_900, "one")]
)
def test_what_is_due_at_another_time_needs_240_ms(at: int, said: str) -> None:
    # The countdown starts at 37.496 now.
    assert after(LONG, HoldChange(at, -5_000)).narration("countdown") == said


def test_halfway_is_not_told_again() -> None:
    assert after(LONG, HoldChange(26_300, 5_000)).cues("halfway") == ['25.496 halfway "halfway"']


@pytest.mark.parametrize(("at", "told"), [(22_756, ['22.996 halfway "halfway"']), (22_757, [])])
def test_halfway_is_told_at_a_new_middle_that_is_240_ms_ahead(at: int, told: list[str]) -> None:
    assert after(LONG, HoldChange(at, -5_000)).cues("halfway") == told


@pytest.mark.parametrize(
    ("at", "told"),
    [("21.2s", "Let it all go. halfway"), ("21.3s", "Let it all go."), ("23s", "Let it all go.")],
)
def test_halfway_is_left_out_within_240_ms_of_something_else(at: str, told: str) -> None:
    # The cue lasts 1 s from its time after 5.496; the new middle is 27.996.
    steps = f"- fold: {{hold: 40s, cues: [{{at: {at}, text: Let it all go.}}]}}"
    assert after(steps, HoldChange(10_000, 5_000)).narration("cue", "halfway").replace("\n", " ") == told


@pytest.mark.parametrize("by", [5_000, -5_000])
def test_reminders_and_cues_with_a_time_keep_it(by: int) -> None:
    steps = "- fold: {hold: 40s, cues: [Breathe., {at: 12s, text: Let go.}]}"
    told = ['11.520 reminder "Breathe."', '17.496 cue "Let go."']
    assert compiled(steps).cues("reminder", "cue") == told
    assert after(steps, HoldChange(10_000, by)).cues("reminder", "cue") == told


# Both cues fit before "three" at 42.496, which would be at 37.496 in a hold that is 5 s shorter.
TIMED = "- fold: {hold: 40s, cues: [{at: 31.5s, text: Let go.}, {at: 36s, text: Soon.}]}"


def test_a_cue_is_left_out_where_the_countdown_is_now_or_nothing_is_held_any_more() -> None:
    assert compiled(TIMED).cues("cue") == ['36.996 cue "Let go."', '41.496 cue "Soon."']
    session = after(TIMED, HoldChange(10_000, -5_000))
    assert session.told(30) == text("""
        30.496 left "ten seconds left"
        37.496 countdown "three"
        38.496 countdown "two"
        39.496 countdown "one"
        40.496 end tone
    """)


def test_what_one_change_left_out_comes_back_with_the_next() -> None:
    shorter, longer = HoldChange(10_000, -5_000), HoldChange(12_000, 5_000)
    assert after(TIMED, shorter, longer).timeline == compiled(TIMED).timeline


def test_chapters_and_the_end_of_the_session_move() -> None:
    session = after("- fold: 20s\n- lean: 5s left", HoldChange(10_000, 5_000))
    assert session.chapters() == ["0.000 Fold", "31.208 Lean"]
    assert session.timeline.chapters[-1].end_ms == session.timeline.duration_ms == 43_280


def test_a_rep_grows_with_its_hold() -> None:
    assert after("- lift: 2 reps @ 2-6-3", HoldChange(9_000, 5_000)).told(5) == text("""
        5.496 21.496 rep lift 1/1 rep 1/2
        5.496 rep "one, up"
        7.496 18.496 hold lift 1/1 rep 1/2
        7.496 phase "hold"
        18.496 phase "down"
        21.496 32.496 rep lift 1/1 rep 2/2
        21.496 rep "two, up"
        23.496 29.496 hold lift 1/1 rep 2/2
        23.496 phase "hold"
        29.496 phase "down"
        32.496 end tone
    """)


def test_other_holds_keep_their_length() -> None:
    steps = "- lean: {hold: 10s, sides: alternating, sets: 2}"
    before = [span.end_ms - span.start_ms for span in compiled(steps).timeline.spans if span.kind == "hold"]
    session = after(steps, HoldChange(12_000, 5_000))
    holds = [span.end_ms - span.start_ms for span in session.timeline.spans if span.kind == "hold"]
    assert (before, holds) == ([10_000] * 4, [15_000, 10_000, 10_000, 10_000])


def test_a_tone_that_would_last_into_what_follows_the_hold_is_left_out() -> None:
    timeline = compiled("- fold: 7s\n- fold: 5s").timeline
    tones = (replace(cue, end_ms=13_000) if cue.start_ms == 5_496 else cue for cue in timeline.cues)
    cues = tuple(cue for cue in tones if cue.role not in ("countdown", "end"))
    shorter = Session(edited(replace(timeline, cues=cues), [HoldChange(5_496, -5_000)]), ())
    assert shorter.told(5, 9) == text("""
        5.496 7.496 hold fold 1/1
        8.224 13.240 get-ready fold 1/1
        8.224 name "Next: Fold."
    """)


@pytest.mark.parametrize("at", [0, 5_495, 45_496, 46_000])
def test_where_nothing_is_held_there_is_no_hold_to_change(at: int) -> None:
    timeline = compiled(LONG).timeline
    assert retime.change_hold(timeline, at, 5_000) is None
    assert edited(timeline, [HoldChange(at, 5_000)]) == timeline


@pytest.mark.parametrize(("at", "possible"), [(39_496, True), (39_497, False), (45_000, False)])
def test_a_hold_is_not_made_shorter_where_less_than_a_second_would_be_left(at: int, possible: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert (retime.change_hold(compiled(LONG).timeline, at, -5_000) is not None) == possible


@pytest.mark.parametrize(("by", "possible"), [(-8_900, True), (-8_901, False)])
def test_a_hold_does_not_end_before_what_is_being_said(by: int, possible: bool) -> None:  # noqa: FBT001 (a column of the table)
    # "ten seconds left" is heard from 35.496 to 36.596.
    assert (retime.change_hold(compiled(LONG).timeline, 35_500, by) is not None) == possible


def test_a_change_of_a_timeline_is_the_same_alone_and_among_edits() -> None:
    timeline = compiled(LONG).timeline
    assert retime.change_hold(timeline, 43_000, 5_000) == edited(timeline, [HoldChange(43_000, 5_000)])


def test_a_cue_is_left_out_by_its_index_or_its_start() -> None:
    timeline = compiled(LONG).timeline
    assert timeline.cues[3].role == "halfway"
    without = retime.without_cue(timeline, 3)
    assert Session(without, ()).told(6) == text("""
        35.496 left "ten seconds left"
        42.496 countdown "three"
        43.496 countdown "two"
        44.496 countdown "one"
        45.496 end tone
    """)
    assert edited(timeline, [LeftOut(25_496)]) == without


def test_a_cue_that_is_not_there_is_not_left_out() -> None:
    timeline = compiled(LONG).timeline
    assert edited(timeline, [LeftOut(25_497)]) == timeline


def test_a_number_that_was_left_out_is_told_where_it_is_due_again() -> None:
    # "three" was broken off by a pause.
    session = after(LONG, LeftOut(42_496), HoldChange(43_000, 5_000))
    assert session.cues("countdown") == [
        '47.496 countdown "three"', '48.496 countdown "two"', '49.496 countdown "one"'
    ]  # fmt: skip


def test_what_was_left_out_is_heard_again_after_a_jump_back() -> None:
    timeline = compiled(LONG).timeline
    left_out: list[Edit] = [LeftOut(25_496), LeftOut(42_496)]
    assert Session(edited(timeline, [*left_out, Again(26_000)]), ()).told(6, 43) == text("""
        35.496 left "ten seconds left"
        42.496 countdown "three"
    """)
    assert edited(timeline, [*left_out, Again(5_496)]) == timeline


def test_after_a_jump_back_a_hold_that_was_changed_is_told_as_one_of_its_length() -> None:
    longer: list[Edit] = [HoldChange(43_000, 5_000), LeftOut(47_496)]
    golden = text("""
        5.496 50.496 hold fold 1/1
        5.496 start tone
        27.996 halfway "halfway"
        40.496 left "ten seconds left"
        47.496 countdown "three"
        48.496 countdown "two"
        49.496 countdown "one"
        50.496 end tone
    """)
    assert after(LONG, *longer, Again(5_496)).told(5) == golden
    assert after(LONG, *longer, Again(0)).told(5) == golden


def test_a_jump_back_changes_nothing_before_it_and_no_hold_that_is_over() -> None:
    longer: list[Edit] = [HoldChange(43_000, 5_000), HoldChange(47_700, 5_000)]
    session = after("- fold: 40s\n- fold: 5s", *longer, Again(50_000))
    assert session.told(35, 56) == text("""
        35.496 left "ten seconds left"
        42.496 countdown "three"
        47.496 countdown "three"
        52.496 countdown "three"
        53.496 countdown "two"
        54.496 countdown "one"
        55.496 end tone
    """)
    assert (
        after("- fold: 40s\n- fold: 5s", *longer, Again(50_000), Again(56_000)).timeline == session.timeline
    )


# Holds from 6.120 to 36.120 and from 46.128 to 76.128, "halfway" at 21.120 and 61.128.
TWICE = "- fold: 2 x 30s, rest 10s"


def test_a_hold_that_was_changed_moves_with_an_earlier_one_and_is_still_known() -> None:
    # "three" is told twice in the second hold, then the listener goes back to the first one.
    session = after(TWICE, HoldChange(74_000, 5_000), Again(6_120), HoldChange(8_000, 5_000))
    assert session.told(35) == text("""
        38.120 countdown "three"
        39.120 countdown "two"
        40.120 countdown "one"
        41.120 51.120 rest fold 2/2
        41.120 end tone
        41.840 rest "Rest."
        47.360 rest "Last set."
        51.128 86.128 hold fold 2/2
        51.128 start tone
        68.628 halfway "halfway"
        83.128 countdown "three"
        84.128 countdown "two"
        85.128 countdown "one"
        86.128 end tone
    """)
    returned = after(
        TWICE, HoldChange(74_000, 5_000), HoldChange(8_000, 5_000), HoldChange(52_000, -5_000), Again(51_128)
    )
    assert returned.timeline == after(TWICE, HoldChange(8_000, 5_000)).timeline


def test_what_was_left_out_moves_with_a_hold_before_it() -> None:
    session = after(TWICE, LeftOut(21_120), LeftOut(61_128), HoldChange(8_000, 5_000), Again(50_000))
    assert session.cues("halfway") == ['23.620 halfway "halfway"', '66.128 halfway "halfway"']


def test_a_chapter_that_ends_in_a_hold_made_shorter_still_ends_before_the_next_one() -> None:
    # Timelines made elsewhere may have chapters anywhere.
    timeline = compiled(LONG).timeline
    chapters = (Chapter("One", 0, 43_000), Chapter("Two", 43_000, 46_848))
    shorter = edited(replace(timeline, chapters=chapters), [HoldChange(20_000, -5_000)])
    assert shorter.chapters == (Chapter("One", 0, 38_000), Chapter("Two", 38_000, 41_848))


@pytest.mark.parametrize(
    ("ms", "longer", "shorter"),
    [
        (30_000, 30_000, 30_000),
        (33_000, 33_000, 30_000),
        (40_000, 40_000, 35_000),
        (45_495, 45_495, 40_495),
        (45_496, 50_496, 40_496),
        (46_000, 51_000, 41_000),
    ],
)
def test_a_moment_moves_with_the_end_of_the_hold(ms: int, longer: int, shorter: int) -> None:
    timeline = compiled(LONG).timeline
    assert retime.moved(timeline, [HoldChange(30_000, 5_000)], ms) == longer
    assert retime.moved(timeline, [HoldChange(30_000, -5_000)], ms) == shorter
    assert retime.moved(timeline, [LeftOut(25_496), HoldChange(0, 5_000), Again(30_000)], ms) == ms


def test_a_moment_moves_by_one_change_after_the_other() -> None:
    timeline = compiled(LONG).timeline
    assert retime.moved(timeline, [HoldChange(44_000, 5_000), HoldChange(48_000, 5_000)], 45_496) == 55_496


class Played(NamedTuple):
    """A session that was changed while it was played: its timelines from the first to the last, one more than edits."""

    timelines: tuple[Timeline, ...]
    edits: tuple[Edit, ...]

    @property
    def steps(self) -> list[tuple[Timeline, Edit, Timeline]]:
        """Each edit between the timelines before and after it."""
        return list(zip(self.timelines, self.edits, self.timelines[1:], strict=False))

    @property
    def changes(self) -> list[tuple[Timeline, HoldChange, Timeline, Span]]:
        """Each change of a hold that was possible, with the hold before it."""
        found = []
        for before, edit, later in self.steps:
            hold = hold_at(before, edit.at_ms) if isinstance(edit, HoldChange) else None
            if isinstance(edit, HoldChange) and hold and retime.change_hold(before, edit.at_ms, edit.by_ms):
                found.append((before, edit, later, hold))
        return found


@st.composite
def an_edit(draw: st.DrawFn, timeline: Timeline) -> Edit:
    """Mostly a change of a hold."""
    match draw(st.sampled_from(["change", "change", "change", "leave out", "again"])):
        case "change":
            holds = [span for span in timeline.spans if span.kind == "hold"]
            assume(holds)
            hold = draw(st.sampled_from(holds))
            at_ms = draw(st.integers(hold.start_ms, hold.end_ms - 1) | times(timeline))
            return HoldChange(at_ms, draw(st.sampled_from([5_000, 5_000, -5_000])))
        case "leave out":
            return LeftOut(draw(st.sampled_from([0, *(cue.start_ms for cue in timeline.cues)])))
        case _:
            return Again(draw(times(timeline)))


@st.composite
def played(draw: st.DrawFn) -> Played:
    timelines = [draw(cases()).session().timeline]
    edits: list[Edit] = []
    for _ in range(draw(st.integers(1, 6))):
        edits.append(draw(an_edit(timelines[-1])))
        timelines.append(edited(timelines[0], edits))
    return Played(tuple(timelines), tuple(edits))


def started(timeline: Timeline, ms: int) -> tuple[Cue, ...]:
    """The cues that start before a moment."""
    return tuple(cue for cue in timeline.cues if cue.start_ms < ms)


def later_by(cue: Cue, by_ms: int) -> Cue:
    return replace(cue, start_ms=cue.start_ms + by_ms, end_ms=cue.end_ms + by_ms)


@any_moment
@given(played())
def test_cues_never_overlap_and_spans_and_chapters_stay_in_order(session: Played) -> None:
    for timeline in session.timelines:
        assert all(before.end_ms <= cue.start_ms for before, cue in pairwise(timeline.cues))
        # Reading it checks that spans nest and that chapters reach from 0 to the end.
        assert from_json(to_json(timeline)) == timeline


@any_moment
@given(played())
def test_what_started_before_an_edit_is_the_same_after_it(session: Played) -> None:
    for before, edit, later in session.steps:
        at_ms = edit.start_ms if isinstance(edit, LeftOut) else edit.at_ms
        assert started(before, at_ms) == started(later, at_ms)


@any_moment
@given(played())
def test_the_hold_alone_changes_its_length_and_all_after_it_moves_with_its_end(session: Played) -> None:
    for before, edit, later, hold in session.changes:
        end_ms = hold.end_ms + edit.by_ms
        assert later.duration_ms == before.duration_ms + edit.by_ms
        assert hold_at(later, edit.at_ms) == replace(hold, end_ms=end_ms)
        for span, moved in zip(before.spans, later.spans, strict=True):
            grows = span == hold or (span.start_ms <= hold.start_ms and hold.end_ms <= span.end_ms)
            start_by = edit.by_ms if span.start_ms >= hold.end_ms else 0
            end_by = edit.by_ms if grows else start_by
            assert moved == replace(span, start_ms=span.start_ms + start_by, end_ms=span.end_ms + end_by)
        following = [later_by(cue, edit.by_ms) for cue in before.cues if cue.start_ms >= hold.end_ms]
        assert [cue for cue in later.cues if cue.start_ms >= end_ms] == following
        for chapter, moved_chapter in zip(before.chapters, later.chapters, strict=True):
            assert moved_chapter.title == chapter.title
            is_later = chapter.start_ms >= hold.end_ms
            assert moved_chapter.start_ms == chapter.start_ms + edit.by_ms * is_later


@any_moment
@given(played())
def test_a_countdown_to_come_is_on_its_seconds_before_the_end_of_its_hold(session: Played) -> None:
    spoken = LANGUAGES[session.timelines[0].language].spoken
    for _, edit, later in session.steps:
        if isinstance(edit, LeftOut):
            continue
        hold = hold_at(later, edit.at_ms)
        if hold and hold.rep is None:
            told = [
                cue
                for cue in later.cues
                if edit.at_ms <= cue.start_ms < hold.end_ms and cue.role == "countdown"
            ]
            for cue in told:
                seconds, rest = divmod(hold.end_ms - cue.start_ms, 1_000)
                assert (cue.text, rest) == (spoken(seconds, None), 0)


@any_moment
@given(played())
def test_each_number_is_told_that_is_far_enough_ahead_but_where_what_does_not_yield_is_heard(
    session: Played,
) -> None:
    """What was told already and lies ahead after a jump back is not one of them."""
    spoken = LANGUAGES[session.timelines[0].language].spoken
    for before, edit, later, hold in session.changes:
        for cue in before.cues:
            if cue.role != "countdown" or not edit.at_ms <= cue.start_ms < hold.end_ms:
                continue
            due = later_by(cue, edit.by_ms)
            is_right = cue.text == spoken((hold.end_ms - cue.start_ms) // 1_000, None)
            if is_right and due.start_ms >= edit.at_ms + AHEAD_MS:
                around = [
                    one
                    for one in later.cues
                    if one.start_ms < due.end_ms + 60 and due.start_ms < one.end_ms + 60
                ]
                stays = [one for one in around if one.start_ms < edit.at_ms or one.role in ("start", "end")]
                assert around == [due] or stays


@any_moment
@given(played())
def test_the_end_tone_is_at_the_new_end(session: Played) -> None:
    for before, edit, later, hold in session.changes:

        def tone_at(timeline: Timeline, ms: int) -> bool:
            return any(cue.role == "end" and cue.start_ms == ms for cue in timeline.cues)

        assert tone_at(later, hold.end_ms + edit.by_ms) == tone_at(before, hold.end_ms)


@any_moment
@given(played())
def test_a_change_is_refused_where_too_little_of_the_hold_or_of_its_words_would_be_left(
    session: Played,
) -> None:
    for before, edit, later in session.steps:
        if isinstance(edit, HoldChange):
            hold = hold_at(before, edit.at_ms)
            busy_ms = max([cue.end_ms for cue in started(before, edit.at_ms)], default=0)
            least_ms = max(edit.at_ms + LEAST_LEFT_MS, busy_ms)
            possible = hold is not None and hold.end_ms + edit.by_ms >= least_ms
            assert (retime.change_hold(before, edit.at_ms, edit.by_ms) is not None) == possible
            assert possible or later == before


@any_moment
@given(played())
def test_what_one_change_does_another_takes_back(session: Played) -> None:
    """But for what is due within 240 ms of them."""
    whole, before = session.timelines[0], session.timelines[-1]
    for hold in (span for span in before.spans if span.kind == "hold"):
        at_ms = (hold.start_ms + hold.end_ms) // 2
        forth = [*session.edits, HoldChange(at_ms, 5_000)]
        back = [*forth, HoldChange(at_ms, -5_000)]
        if retime.change_hold(edited(whole, forth), at_ms, -5_000):
            later = edited(whole, back)
            assert replace(later, cues=()) == replace(before, cues=())
            anew = edited(whole, [*session.edits, Again(at_ms)])
            assert edited(whole, [*back, Again(at_ms)]) == anew
            missing = [cue for cue in anew.cues if cue.start_ms < hold.end_ms and cue not in later.cues]
            assert all(cue.start_ms < at_ms + AHEAD_MS for cue in missing)


@any_moment
@given(played())
def test_a_jump_back_to_the_start_undoes_all_but_the_length_of_holds(session: Played) -> None:
    """What is told of a hold then depends on its length alone, not on the way it came to it."""
    first, last = session.timelines[0], session.timelines[-1]
    fresh = edited(first, [*session.edits, Again(0)])
    assert fresh.spans == last.spans
    lengths = [
        (before, now.end_ms - now.start_ms - (before.end_ms - before.start_ms))
        for before, now in zip(first.spans, last.spans, strict=True)
        if before.kind == "hold"
    ]
    at_once: list[Edit] = [HoldChange(hold.start_ms, by_ms) for hold, by_ms in reversed(lengths) if by_ms]
    assert fresh == edited(first, [*at_once, Again(0)])


@any_moment
@given(played(), st.data())
def test_edits_of_a_session_that_is_prepared_further_are_the_same_as_far_as_it_was(
    session: Played, data: st.DataObject
) -> None:
    whole = session.timelines[0]
    holds = [retime.moved(whole, (), span.end_ms) for span in whole.spans]
    known_ms = data.draw(st.sampled_from(holds))
    known = replace(
        whole,
        cues=started(whole, known_ms),
        spans=tuple(span for span in whole.spans if span.start_ms < known_ms),
    )
    edits: list[Edit] = []
    for edit in session.edits:
        at_ms = edit.start_ms if isinstance(edit, LeftOut) else edit.at_ms
        if at_ms >= retime.moved(whole, edits, known_ms):
            break
        edits.append(edit)
    until_ms = retime.moved(whole, edits, known_ms)
    assert started(edited(known, edits), until_ms) == started(edited(whole, edits), until_ms)


@any_moment
@given(played(), st.data())
def test_moments_keep_their_order_and_cues_of_later_exercises_their_moment(
    session: Played, data: st.DataObject
) -> None:
    whole = session.timelines[0]
    early, late = sorted((data.draw(times(whole)), data.draw(times(whole))))
    assert retime.moved(whole, session.edits, early) <= retime.moved(whole, session.edits, late)
    assert retime.moved(whole, session.edits, whole.duration_ms) == session.timelines[-1].duration_ms
    for before, edit, later, hold in session.changes:
        for cue in before.cues:
            if cue.start_ms >= hold.end_ms:
                assert later_by(cue, retime.moved(before, [edit], cue.start_ms) - cue.start_ms) in later.cues
