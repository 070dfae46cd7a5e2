"""Where commands lead: resuming, chapters, sets, sides, waits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compile.support import compiled
from tests.moments import Moment, any_moment, moments
from voiceguide import seek
from voiceguide.plan import Choices
from voiceguide.seek import Resumption
from voiceguide.timeline import Chapter, Span, Timeline

SWINGING = {"swing": "{name: Swing, dose: 2 reps @ 2-2, phases: [out, back], side: '{side} leg'}"}
TONES = Choices(safety=False, talk="tones", get_ready_ms=0)


def session(steps: str, head: str = "", choices: Choices | None = None) -> Timeline:
    return compiled(steps, head=head, choices=choices).timeline


def is_inside_a_cue(timeline: Timeline, ms: int) -> bool:
    return any(cue.start_ms < ms < cue.end_ms for cue in timeline.cues)


# 0.480 "Fold.", 1.392 "Thirty seconds.", a hold from 5.496 to 35.496 with its tone to 5.746 and "halfway" from 20.496
# to 21.146, the end tone to 35.846.
HOLD = "- fold: 30s"

# Holds of 5 s: left from 9.264, right from 19.296, a rest from 24.312, left from 34.320, right from 44.352.
ALTERNATING = "- lean: 2 x 5s alternating, rest 10s"


def test_a_hold_is_resumed_where_it_stopped_with_what_is_left_of_it() -> None:
    assert seek.resumption(session(HOLD), 23_496) == Resumption(23_496, hold_left_ms=12_000)


def test_a_cue_that_is_broken_in_a_hold_is_left_out() -> None:
    timeline = session(HOLD)
    place = seek.resumption(timeline, 20_700)
    assert place == Resumption(20_700, hold_left_ms=14_796, broken=3)
    assert timeline.cues[3].role == "halfway"


def test_a_start_tone_that_is_broken_is_left_out_too() -> None:
    timeline = session(HOLD)
    place = seek.resumption(timeline, 5_600)
    assert place == Resumption(5_600, hold_left_ms=29_896, broken=2)
    assert timeline.cues[2].role == "start"


@pytest.mark.parametrize(("at", "broken"), [(20_496, None), (20_497, 3), (21_145, 3), (21_146, None)])
def test_a_cue_is_broken_from_its_first_ms_to_its_last(at: int, broken: int | None) -> None:
    assert seek.resumption(session(HOLD), at).broken == broken


def test_a_rep_is_resumed_from_its_start() -> None:
    # Reps from 5.496 and 11.496; the hold of 1 s in each is too short to go on in.
    timeline = session("- lift: 2 reps @ 2-1-3")
    assert [seek.resumption(timeline, ms) for ms in (11_495, 11_496, 14_000, 17_000)] == [
        Resumption(5_496),
        Resumption(11_496),
        Resumption(11_496),
        Resumption(11_496),
    ]


def test_a_breath_is_resumed_from_its_start() -> None:
    assert seek.resumption(session("- breathe: 2 breaths"), 12_000) == Resumption(10_496)


@pytest.mark.parametrize(("hold", "place"), [(5, Resumption(9_000, 3_496)), (4, Resumption(5_496))])
def test_a_hold_in_a_rep_is_resumed_from_5_s_on(hold: int, place: Resumption) -> None:
    # The rep starts at 5.496, its hold at 7.496.
    assert seek.resumption(session(f"- lift: 2 reps @ 2-{hold}-3"), 9_000) == place


@pytest.mark.parametrize(
    ("at", "goes_on"),
    [(1_391, 1_391), (1_392, 1_392), (1_400, 1_392), (4_000, 4_000), (35_600, 35_496), (36_000, 36_000)],
)
def test_elsewhere_a_broken_cue_is_heard_from_its_start(at: int, goes_on: int) -> None:
    assert seek.resumption(session(HOLD), at) == Resumption(goes_on)


def test_the_start_tone_of_reps_is_heard_from_its_start() -> None:
    assert seek.resumption(session("- lift: 2 reps"), 5_100) == Resumption(4_992)


def test_a_rep_that_starts_in_a_cue_is_resumed_from_the_start_of_the_cue() -> None:
    # The number of a rep that holds 20 s lasts on into the next one in a timeline made elsewhere.
    timeline = session("- lift: 2 reps @ 2-1-3")
    first, *rest = (cue for cue in timeline.cues if cue.role == "rep")
    cues = (replace(first, start_ms=11_000, end_ms=12_000), replace(rest[0], start_ms=12_000, end_ms=12_500))
    assert seek.resumption(replace(timeline, cues=cues), 13_000) == Resumption(11_000)


# Opening from 0, Fold from 1.560, Lean from 12.288, Closing from 23.712, the end at 25.824.
CHAPTERS = session("- fold: 5s\n- lean: 5s left", "opening: Welcome.\nclosing: Rest now.\n")


@pytest.mark.parametrize(
    ("at", "after"),
    [(0, 1_560), (1_559, 1_560), (1_560, 12_288), (12_000, 12_288), (23_711, 23_712), (24_000, 25_824)],
)
def test_next_is_the_announcement_of_the_next_chapter_and_in_the_last_one_the_end(
    at: int, after: int
) -> None:
    assert seek.next_chapter(CHAPTERS, at) == after


@pytest.mark.parametrize(
    ("at", "before"),
    [(500, 0), (1_600, 0), (4_560, 0), (4_561, 1_560), (15_288, 1_560), (15_289, 12_288), (25_824, 12_288)],
)
def test_previous_is_the_start_of_the_chapter_and_within_3_s_of_it_of_the_one_before(
    at: int, before: int
) -> None:
    assert seek.previous_chapter(CHAPTERS, at) == before


# The end tone of the first hold, from 7.996 to 8.346, reaches into the chapter that starts at 8.016.
CLOSE = session("- fold: 5.5s\n- rest: 5s\n- fold: 5.5s", choices=TONES)


def test_a_chapter_that_starts_in_the_tone_of_the_set_before_is_taken_up_after_it() -> None:
    assert seek.next_chapter(CLOSE, 5_000) == 8_346
    assert seek.previous_chapter(CLOSE, 12_000) == 8_346
    assert seek.previous_chapter(CLOSE, 9_000) == 0
    assert seek.set_start(CLOSE, 9_000) == 8_346


def test_the_tone_of_a_set_belongs_to_it_where_it_reaches_into_the_next_chapter() -> None:
    assert seek.set_start(CLOSE, 8_345) == 2_496
    assert seek.previous_chapter(CLOSE, 8_345) == 0


@pytest.mark.parametrize(
    ("at", "by", "place"),
    [
        (10_000, 10_000, 20_000),
        (10_000, -10_000, 0),
        (3_000, -10_000, 0),
        (30_000, 10_000, 36_864),
        (12_000, 10_000, 22_000),
        (10_600, 10_000, 20_496),
        (20_600, 100, 21_146),
        (30_600, -10_000, 20_496),
        (20_900, -100, 20_496),
        (20_900, 0, 20_496),
        (20_496, 10, 21_146),
        (10_496, 10_000, 20_496),
    ],
)
def test_so_far_from_here_is_inside_the_session_and_never_in_a_word(at: int, by: int, place: int) -> None:
    assert seek.moved(session(HOLD), at, by) == place


@pytest.mark.parametrize(
    ("at", "tone"),
    [
        (9_264, 9_264),  # the left side
        (14_000, 9_264),
        (14_270, 9_264),  # its end tone
        (19_295, 9_264),  # the switch
        (19_296, 19_296),  # the right side
        (30_500, 19_296),  # the rest
        (34_320, 34_320),  # the last set
        (50_712, 44_352),
    ],
)
def test_a_set_starts_at_its_tone_and_goes_on_through_what_follows_it(at: int, tone: int) -> None:
    assert seek.set_start(session(ALTERNATING), at) == tone


@pytest.mark.parametrize(
    ("at", "tone"), [(7_300, 7_248), (15_000, 7_248), (29_255, 7_248), (29_256, 29_256), (40_000, 29_256)]
)
def test_a_set_of_reps_starts_at_the_tone_before_its_first_rep(at: int, tone: int) -> None:
    # Reps from 7.752 with their tone at 7.248, and from 29.760 with theirs at 29.256.
    timeline = compiled("- swing: 2 x 3 reps right @ 2-2, rest 10s", shelf=SWINGING).timeline
    assert [cue.start_ms for cue in timeline.cues if cue.role == "start"] == [7_248, 29_256]
    assert seek.set_start(timeline, at) == tone


def test_a_hold_in_a_rep_starts_no_set() -> None:
    # The start tone is at 4.992, the hold of the first rep from 7.496.
    assert seek.set_start(session("- lift: 2 reps @ 2-1-3"), 8_000) == 4_992


def test_before_the_first_set_of_an_exercise_its_chapter_starts() -> None:
    assert seek.set_start(CHAPTERS, 2_000) == 1_560
    assert seek.set_start(CHAPTERS, 17_999) == 12_288


def test_in_a_chapter_without_sets_there_is_none_to_start() -> None:
    assert seek.set_start(CHAPTERS, 1_000) is None
    assert seek.set_start(CHAPTERS, 24_000) is None


def test_a_start_tone_before_its_chapter_belongs_to_it() -> None:
    # In a timeline made elsewhere: the chapter of the swing starts at 13.224, its tone is heard from 12.736.
    timeline = session("- fold: 5s\n- pause: 5s\n- swing: 2 reps right @ 2-2", choices=TONES)
    tones = [cue.start_ms for cue in timeline.cues if cue.role == "start"]
    cues = (
        replace(cue, start_ms=12_736, end_ms=12_986) if cue.start_ms == tones[-1] else cue
        for cue in timeline.cues
    )
    early = replace(timeline, cues=tuple(cues))
    assert early.chapters[1].start_ms == 13_224
    assert seek.set_start(early, 12_735) == tones[0]
    assert seek.set_start(early, 12_736) == 12_736
    assert seek.side_end(early, 12_736) == early.spans[-1].end_ms


def test_a_set_without_a_tone_starts_with_its_first_moment() -> None:
    timeline = session(HOLD)
    silent = replace(timeline, cues=tuple(cue for cue in timeline.cues if cue.role != "start"))
    assert seek.set_start(silent, 10_000) == 5_496
    # It is not the tone of the set before.
    two = session("- fold: 2 x 5s, rest 10s")
    *_, last = (span for span in two.spans if span.kind == "hold")
    cues = tuple(cue for cue in two.cues if cue.role != "start" or cue.start_ms != last.start_ms)
    assert seek.set_start(replace(two, cues=cues), last.start_ms + 1_000) == last.start_ms


EACH_SIDE = "- lean: 2 x 5s, rest 10s"


@pytest.mark.parametrize("at", [2_000, 8_616, 13_620, 20_000, 28_000])
def test_the_first_of_two_sides_ends_at_the_switch(at: int) -> None:
    # The left side has holds from 8.616 and 23.640; the switch follows its end tone at 28.640.
    assert seek.side_end(session(EACH_SIDE), at) == 28_640


@pytest.mark.parametrize("at", [30_000, 36_000, 41_000, 55_000])
def test_the_second_side_ends_with_the_exercise(at: int) -> None:
    # The switch leads to the right side, which has holds from 35.064 and 50.088.
    assert seek.side_end(session(EACH_SIDE), at) == 55_088


@pytest.mark.parametrize(
    ("at", "end"), [(10_000, 14_264), (16_000, 24_296), (20_000, 24_296), (26_000, 39_320), (45_000, 49_352)]
)
def test_where_sides_alternate_a_side_ends_with_its_set(at: int, end: int) -> None:
    assert seek.side_end(session(ALTERNATING), at) == end


def test_a_single_side_ends_with_its_exercise() -> None:
    assert seek.side_end(CHAPTERS, 19_000) == 23_000


def test_without_sides_there_is_none_to_end() -> None:
    assert seek.side_end(CHAPTERS, 8_000) is None
    assert seek.side_end(CHAPTERS, 1_000) is None


def test_a_side_that_is_done_does_not_end() -> None:
    assert seek.side_end(CHAPTERS, 23_000) is None


def test_sides_in_rounds_end_with_their_round() -> None:
    timeline = session("- section: Twice\n  rounds: 2\n  steps:\n    - lean: 5s left")
    first, second = (span for span in timeline.spans if span.kind == "hold")
    assert seek.side_end(timeline, first.start_ms) == first.end_ms
    assert seek.side_end(timeline, second.start_ms) == second.end_ms


def test_the_hold_at_a_moment_may_be_one_of_a_rep() -> None:
    timeline = session("- lift: 2 reps @ 2-1-3")
    holds = [seek.hold_at(timeline, ms) for ms in (7_495, 7_496, 8_495, 8_496)]
    assert [hold and (hold.kind, hold.rep) for hold in holds] == [None, ("hold", 1), ("hold", 1), None]


def test_what_lies_around_a_moment_is_told_from_inside_out() -> None:
    timeline = session("- lift: 2 reps @ 2-1-3")
    assert [span.kind for span in seek.spans_at(timeline, 8_000)] == ["hold", "rep"]
    assert [span.kind for span in seek.spans_at(timeline, 9_000)] == ["rep"]
    assert seek.spans_at(timeline, 100) == []


def test_a_wait_is_found_at_and_after_a_moment() -> None:
    # After their words there are waits from 12.168 to 17.168 and from 28.872 to 38.872.
    timeline = session("- fold: 5s\n- wait: {text: Ready?, pause: 5s}\n- fold: 5s\n- wait: Go on?")

    def start(wait: Span | None) -> int | None:
        return wait.start_ms if wait else None

    moments = (0, 12_168, 17_167, 17_168, 28_872, 38_872)
    assert [start(seek.wait_at(timeline, ms)) for ms in moments] == [
        None, 12_168, 12_168, None, 28_872, None
    ]  # fmt: skip
    assert [start(seek.next_wait(timeline, ms)) for ms in moments] == [
        12_168, 12_168, 28_872, 28_872, 28_872, None
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "room"),
    [(0, 480), (480, 0), (1_029, 0), (1_030, 362), (6_000, 14_496), (35_846, 1_018), (36_864, 0)],
)
def test_room_lasts_to_the_next_cue_or_the_end_of_the_session(at: int, room: int) -> None:
    # "Fold." is heard from 0.480 to 1.030, "Thirty seconds." from 1.392.
    assert seek.room_ms(session(HOLD), at) == room


@pytest.mark.parametrize(
    ("heard", "done"),
    [
        ([], 0),
        ([(0, 11_575)], 0),
        ([(0, 11_576)], 1),
        ([(0, 8_000), (9_000, 12_000)], 1),
        ([(18_000, 25_824)], 1),
        ([(0, 12_000), (11_000, 25_824)], 2),
    ],
)
def test_an_exercise_is_done_that_was_heard_to_its_end(heard: list[tuple[int, int]], done: int) -> None:
    # Its hold ends at 11.576 in the first one, at 23.000 in the second.
    assert seek.work_done(CHAPTERS, heard) == (done, 2)


def test_an_exercise_is_not_done_where_one_of_its_sides_or_reps_was_skipped() -> None:
    # The left hold ends at 14.264 and the right one at 24.296 in the first round, then 39.320 and 49.352.
    timeline = session(ALTERNATING)
    assert seek.work_done(timeline, [(0, 24_000), (24_312, 50_712)]) == (0, 1)
    assert seek.work_done(timeline, [(0, 24_296), (24_312, 50_712)]) == (1, 1)
    # Reps from 5.496, 11.496 and 17.496.
    lifting = session("- lift: 3 reps @ 2-1-3")
    assert seek.work_done(lifting, [(0, 11_000), (11_496, 24_000)]) == (0, 1)
    assert seek.work_done(lifting, [(0, 7_600), (8_600, 24_000)]) == (1, 1)


def test_where_nothing_is_heard_every_place_is_allowed() -> None:
    timeline = replace(
        session("- pause: 5s\n- fold: 5s"), cues=(), spans=(), chapters=(Chapter("Silence", 0, 9_000),)
    )
    timeline = replace(timeline, duration_ms=9_000)
    assert seek.resumption(timeline, 3_000) == Resumption(3_000)
    assert seek.moved(timeline, 3_000, 4_000) == 7_000
    assert seek.room_ms(timeline, 3_000) == 6_000
    assert seek.next_wait(timeline, 0) is None


@any_moment
@given(moments(), st.sampled_from([-10_000, 10_000, -1, 1]))
def test_no_command_leads_into_a_cue_or_out_of_the_session(moment: Moment, by_ms: int) -> None:
    timeline, ms = moment
    resumed = seek.resumption(timeline, ms)
    places = [
        *([] if resumed.hold_left_ms else [resumed.at_ms]),
        seek.next_chapter(timeline, ms),
        seek.previous_chapter(timeline, ms),
        seek.moved(timeline, ms, by_ms),
        seek.set_start(timeline, ms),
        seek.side_end(timeline, ms),
    ]
    for place in places:
        assert place is None or 0 <= place <= timeline.duration_ms
        assert place is None or not is_inside_a_cue(timeline, place)


@any_moment
@given(moments())
def test_every_command_leads_the_way_it_says(moment: Moment) -> None:
    timeline, ms = moment
    assert seek.resumption(timeline, ms).at_ms <= ms
    assert seek.previous_chapter(timeline, ms) <= ms
    assert seek.moved(timeline, ms, -10_000) <= ms
    assert (seek.set_start(timeline, ms) or 0) <= ms
    if ms < timeline.duration_ms:
        assert seek.next_chapter(timeline, ms) > ms
        assert seek.moved(timeline, ms, 10_000) > ms
        assert (seek.side_end(timeline, ms) or ms + 1) > ms


@any_moment
@given(moments())
def test_a_break_is_taken_back_to_a_start_and_never_by_more_than_a_rep_or_a_cue(moment: Moment) -> None:
    timeline, ms = moment
    place = seek.resumption(timeline, ms)
    hold = seek.hold_at(timeline, ms)
    if place.hold_left_ms is not None:
        assert hold is not None
        assert (place.at_ms, place.hold_left_ms) == (ms, hold.end_ms - ms)
        broken = [index for index, cue in enumerate(timeline.cues) if cue.start_ms < ms < cue.end_ms]
        assert ([] if place.broken is None else [place.broken]) == broken
    else:
        assert hold is None or hold.rep is not None
        assert place.broken is None
        starts = {cue.start_ms for cue in timeline.cues} | {span.start_ms for span in timeline.spans}
        assert place.at_ms in starts | {ms}


@any_moment
@given(moments())
def test_going_on_from_where_a_command_led_leads_to_the_same_place(moment: Moment) -> None:
    timeline, ms = moment
    resumed = seek.resumption(timeline, ms).at_ms
    assert seek.resumption(timeline, resumed).at_ms == resumed
    tone = seek.set_start(timeline, ms)
    assert tone is None or seek.set_start(timeline, tone) == tone


@any_moment
@given(moments())
def test_next_and_previous_go_through_all_chapters(moment: Moment) -> None:
    timeline, _ = moment
    places = [0]
    while places[-1] < timeline.duration_ms:
        places.append(seek.next_chapter(timeline, places[-1]))
    assert len(places) == len(timeline.chapters) + 1
    for before, place in pairwise(places[:-1]):
        assert seek.previous_chapter(timeline, place) == before


@any_moment
@given(moments())
def test_a_session_heard_whole_is_done_whole(moment: Moment) -> None:
    timeline, ms = moment
    done, exercises = seek.work_done(timeline, [(0, timeline.duration_ms)])
    assert done == exercises > 0
    assert seek.work_done(timeline, [(0, ms), (ms, timeline.duration_ms)]) == (done, exercises)
    assert seek.work_done(timeline, [(0, ms)])[0] <= done
