"""What holds for every routine, every voice and every choice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.compile.cases import OWN_TIMES_MS, REMINDERS, Case, Expected, cases
from tests.compile.support import measured
from voiceguide.compile import draft
from voiceguide.fit import best_fit
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import distinct_doses, planned_ms
from voiceguide.timeline import Sound, Speech
from voiceguide.timeline_json import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.compile.support import Session
    from voiceguide.timeline import Cue, Span

FRAME_MS = 24
GAP_MS = 360
SWITCH_LEAD_MS = 1_500
REST_LEAD_MS = 480
LATE_MS = 1_000
REPS = ("rep", "breath")
FREE_ROLES = {"opening", "closing", "say", "name", "setup", "caution", "switch", "rest", "sound"}

# What is heard of a rep: when in it (ms), in which role, and whether it is a sound.
Marks = list[tuple[int, str, bool]]

any_routine = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_set(span: Span) -> bool:
    return span.kind == "hold" and span.rep is None


def cues_at(cues: tuple[Cue, ...], role: str, start_ms: int) -> list[Cue]:
    return [cue for cue in cues if cue.role == role and cue.start_ms == start_ms]


def heard_in(session: Session, span: Span) -> list[Cue]:
    """What is heard at any moment of a span."""
    return [cue for cue in session.timeline.cues if cue.start_ms < span.end_ms and cue.end_ms > span.start_ms]


def asked_for(case: Case, session: Session) -> list[tuple[Span, Expected]]:
    """Each span but those of get-ready, with what the script asks for."""
    spans = [span for span in session.timeline.spans if span.kind != "get-ready"]
    return list(zip(spans, case.expected, strict=True))


def spoken_holds(case: Case, session: Session) -> Iterator[Span]:
    """The sets that are holds, where words are spoken."""
    return (span for span, asked in asked_for(case, session) if is_set(span) and not asked.tones)


def waits(session: Session) -> list[Span]:
    return [span for span in session.timeline.spans if span.kind == "wait"]


@any_routine
@given(cases())
def test_cues_are_sorted_inside_the_session_and_never_overlap(case: Case) -> None:
    timeline = case.session().timeline
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(timeline.cues))
    assert all(cue.start_ms < cue.end_ms for cue in timeline.cues)
    assert all(cue.start_ms >= 0 and cue.end_ms <= timeline.duration_ms for cue in timeline.cues)


@any_routine
@given(cases())
def test_every_cue_lasts_as_long_as_its_clip(case: Case) -> None:
    assert all(cue.end_ms - cue.start_ms == case.lengths(cue.source) for cue in case.session().timeline.cues)


@any_routine
@given(cases())
def test_every_hold_rep_rest_and_pause_is_there_in_its_order_and_exactly_as_long_as_its_dose(
    case: Case,
) -> None:
    session = case.session()
    spans = [span for span in session.timeline.spans if span.kind != "get-ready"]
    found = [(span.kind, span.exercise, span.side, span.set, span.rep) for span in spans]
    assert found == [asked[:5] for asked in case.expected]
    for span, asked in asked_for(case, session):
        length = span.end_ms - span.start_ms
        if asked.kind == "exact" or (asked.tones and asked.kind == "grows"):
            assert length == asked.ms
        else:
            assert length >= asked.ms


@any_routine
@given(cases())
def test_a_rest_between_sets_is_as_long_as_written_or_a_warning_says_that_it_grows(case: Case) -> None:
    session = case.session()
    told = any(found.kind == "rest-grows" for found in session.problems)
    for span, asked in asked_for(case, session):
        if asked.kind == "grows":
            assert span.end_ms - span.start_ms == asked.ms or told


@any_routine
@given(cases())
def test_a_set_follows_its_rest_or_switch_within_a_frame(case: Case) -> None:
    for before, work in pairwise(case.session().timeline.spans):
        if before.kind in ("get-ready", "switch") or (before.kind == "rest" and before.exercise):
            assert 0 <= work.start_ms - before.end_ms < FRAME_MS


@any_routine
@given(cases())
def test_the_next_set_is_announced_in_every_rest_between_sets_in_time(case: Case) -> None:
    session = case.session()
    for (rest, asked), (work, _) in pairwise(asked_for(case, session)):
        if rest.kind == "rest" and rest.exercise and not asked.tones:
            said = [cue for cue in heard_in(session, rest) if cue.role == "rest"]
            least_ms = SWITCH_LEAD_MS if asked.kind == "at least" else REST_LEAD_MS
            assert work.start_ms - said[-1].end_ms >= least_ms


@any_routine
@given(cases())
def test_the_new_side_is_named_in_every_switch_in_time(case: Case) -> None:
    session = case.session()
    for (switch, asked), (work, _) in pairwise(asked_for(case, session)):
        if switch.kind == "switch" and not asked.tones:
            said = [cue for cue in heard_in(session, switch) if cue.role == "switch"]
            sides = LANGUAGES[session.timeline.language].sides[""]
            named = sides["left" if work.side == "left" else "right"]
            assert named in said[-1].text.lower()
            assert work.start_ms - said[-1].end_ms >= SWITCH_LEAD_MS


@any_routine
@given(cases())
def test_spans_follow_each_other_and_only_a_rep_contains_a_hold(case: Case) -> None:
    spans = case.session().timeline.spans
    outer = [span for span in spans if span.kind != "hold" or span.rep is None]
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(outer))
    assert all(before.start_ms <= after.start_ms for before, after in pairwise(spans))
    reps = {(span.exercise, span.start_ms): span for span in spans if span.kind in REPS}
    for hold in spans:
        if hold.kind == "hold" and hold.rep is not None:
            around = [
                one for one in reps.values() if one.start_ms <= hold.start_ms < hold.end_ms <= one.end_ms
            ]
            assert [one.rep for one in around] == [hold.rep]


@any_routine
@given(cases())
def test_nothing_but_its_own_cues_is_heard_while_an_exercise_is_done(case: Case) -> None:
    session = case.session()
    own = {
        "hold": {"start", "halfway", "left", "countdown", "cue", "reminder"},
        "rep": {"rep", "phase", "cue", "reminder"},
        "breath": {"rep", "phase", "cue", "reminder"},
        "pause": set(),
        "wait": set(),
    }
    for span in session.timeline.spans:
        if is_set(span) or span.kind in (*REPS, "pause", "wait"):
            assert {cue.role for cue in heard_in(session, span)} <= own[span.kind]


@any_routine
@given(cases())
def test_where_tones_are_chosen_nothing_is_spoken_from_the_start_of_a_set_to_its_end(case: Case) -> None:
    session = case.session()
    for span, asked in asked_for(case, session):
        if asked.tones:
            assert all(isinstance(cue.source, Sound) for cue in heard_in(session, span))
    if case.choices.talk == "tones":
        spoken = {cue.role for cue in session.timeline.cues if not isinstance(cue.source, Sound)}
        # Without its words nobody would know what is waited for.
        assert spoken <= {"opening"} | ({"say"} if waits(session) else set())


@any_routine
@given(cases())
def test_a_countdown_is_on_the_seconds_and_as_long_as_the_hold_allows_or_a_warning_says_so(
    case: Case,
) -> None:
    session = case.session()
    spoken = LANGUAGES[session.timeline.language].spoken
    told = any(problem.kind == "countdown-dropped" for problem in session.problems)
    for hold in spoken_holds(case, session):
        said = [
            (cue.text, hold.end_ms - cue.start_ms)
            for cue in session.timeline.cues
            if cue.role == "countdown" and hold.start_ms <= cue.start_ms < hold.end_ms
        ]
        length = hold.end_ms - hold.start_ms
        possible = [
            [(spoken(number, None), 1_000 * number) for number in range(count, 0, -1)]
            for count, least_ms in ((5, 7_000), (3, 5_000), (0, 0))
            if count <= case.choices.countdown and least_ms <= length
        ]
        assert said == possible[0] or (told and said in possible)


@any_routine
@given(cases())
def test_what_is_waited_for_is_said_before_it_in_every_mode(case: Case) -> None:
    session = case.session()
    for wait in waits(session):
        said = [cue for cue in session.timeline.cues if cue.end_ms <= wait.start_ms]
        assert said[-1].role == "say"
        assert GAP_MS <= wait.start_ms - said[-1].end_ms < GAP_MS + FRAME_MS


@any_routine
@given(cases())
def test_a_hold_has_a_tone_at_its_true_start_and_end_or_a_warning(case: Case) -> None:
    session = case.session()
    told = " ".join(session.warnings)
    cues = session.timeline.cues
    for hold in filter(is_set, session.timeline.spans):
        assert cues_at(cues, "start", hold.start_ms) or "the start tone" in told
        assert [cue for cue in cues_at(cues, "end", hold.end_ms) if not cue.text] or "the end tone" in told


@any_routine
@given(cases())
def test_halfway_and_ten_seconds_left_are_told_at_their_moment_or_a_warning_says_so(case: Case) -> None:
    session = case.session()
    language = LANGUAGES[session.timeline.language]
    told = " ".join(session.warnings)
    for hold in spoken_holds(case, session):
        length = hold.end_ms - hold.start_ms
        if length >= 20_000:
            middle = hold.start_ms + length // 2
            assert cues_at(session.timeline.cues, "halfway", middle) or f'"{language.halfway}"' in told
        if length >= 40_000:
            assert cues_at(session.timeline.cues, "left", hold.end_ms - 10_000) or "no room for" in told


@any_routine
@given(cases())
def test_a_cue_with_a_time_is_heard_at_most_a_second_after_it(case: Case) -> None:
    session = case.session()
    for hold in filter(is_set, session.timeline.spans):
        for cue in heard_in(session, hold):
            if cue.text == "At its time.":
                moments = [(hold.start_ms if ms >= 0 else hold.end_ms) + ms for ms in OWN_TIMES_MS]
                assert any(0 <= cue.start_ms - moment <= LATE_MS for moment in moments)


@any_routine
@given(cases())
def test_every_rep_is_marked_on_its_onset_or_a_warning_says_so(case: Case) -> None:
    session = case.session()
    told = any(problem.kind == "reps-too-fast" for problem in session.problems)
    for rep, asked in asked_for(case, session):
        if rep.kind in REPS:
            marks = cues_at(session.timeline.cues, "rep", rep.start_ms)
            spoken = [cue for cue in marks if not isinstance(cue.source, Sound)]
            assert not spoken if asked.tones else spoken or told


@any_routine
@given(cases())
def test_the_reps_of_a_set_have_words_and_ticks_at_the_same_moments(case: Case) -> None:
    session = case.session()
    sets: dict[int, list[Marks]] = {}
    first_ms = 0
    for rep in session.timeline.spans:
        if rep.kind in REPS:
            first_ms = rep.start_ms if rep.rep == 1 else first_ms
            marks: Marks = [
                (cue.start_ms - rep.start_ms, cue.role, isinstance(cue.source, Sound))
                for cue in session.timeline.cues
                if cue.role in ("rep", "phase") and rep.start_ms <= cue.start_ms < rep.end_ms
            ]
            sets.setdefault(first_ms, []).append(marks)
    assert all(marks == reps[0] for reps in sets.values() for marks in reps)


@any_routine
@given(cases())
def test_the_start_tone_of_reps_is_heard_between_the_set_before_and_the_first_onset_or_a_warning_says_so(
    case: Case,
) -> None:
    session = case.session()
    told = " ".join(session.warnings)
    worked_until = 0
    for span in session.timeline.spans:
        if span.kind in REPS and span.rep == 1:
            heard = [
                cue
                for cue in session.timeline.cues
                if cue.role == "start" and worked_until <= cue.start_ms and cue.end_ms <= span.start_ms
            ]
            assert heard or "the start tone" in told
        if span.kind in (*REPS, "hold"):
            worked_until = span.end_ms


@any_routine
@given(cases())
def test_a_reminder_never_comes_in_the_last_five_seconds_of_a_set(case: Case) -> None:
    timeline = case.session().timeline
    reminders = [cue for cue in timeline.cues if cue.role == "reminder"]
    for span in timeline.spans:
        if is_set(span) or (span.kind in REPS and span.rep == span.reps):
            assert not any(span.end_ms - 5_000 < cue.end_ms <= span.end_ms for cue in reminders)


@any_routine
@given(cases())
def test_no_reminder_of_several_follows_itself(case: Case) -> None:
    for exercise in ("plain", "risky", "barred"):
        said = [
            cue.text
            for cue in case.session().timeline.cues
            if cue.role == "reminder" and cue.exercise == exercise and cue.text in REMINDERS
        ]
        assert all(before != after for before, after in pairwise(said))


@any_routine
@given(cases())
def test_an_exercise_starts_no_sooner_than_get_ready_allows_and_is_named_before_it(case: Case) -> None:
    session = case.session()
    spans = session.timeline.spans
    tones = {id(span) for span, asked in asked_for(case, session) if asked.tones}
    names = [cue for cue in session.timeline.cues if cue.role == "name"]
    for before, ready, work in zip((None, *spans), spans, spans[1:], strict=False):
        if ready.kind == "get-ready":
            begins = ready.start_ms
            if (
                before
                and before.kind == "rest"
                and before.exercise is None
                and begins - before.end_ms < FRAME_MS
            ):
                begins = before.start_ms
            assert work.start_ms - begins >= case.choices.get_ready_ms
            named = any(begins <= cue.start_ms and cue.end_ms <= work.start_ms for cue in names)
            assert named != (id(work) in tones)


@any_routine
@given(cases())
def test_chapters_follow_each_other_from_the_start_to_the_end(case: Case) -> None:
    timeline = case.session().timeline
    chapters = timeline.chapters
    assert (chapters[0].start_ms, chapters[-1].end_ms) == (0, timeline.duration_ms)
    assert all(before.end_ms == after.start_ms for before, after in pairwise(chapters))
    assert all(one.start_ms < one.end_ms for one in chapters)


@any_routine
@given(cases())
def test_chapters_holds_rests_and_free_speech_start_on_frames_of_the_encoder(case: Case) -> None:
    timeline = case.session().timeline
    starts = [one.start_ms for one in timeline.chapters]
    starts += [span.start_ms for span in timeline.spans if span.kind != "rep" and span.rep is None]
    starts += [cue.start_ms for cue in timeline.cues if cue.role in FREE_ROLES]
    assert not [start for start in (*starts, timeline.duration_ms) if start % FRAME_MS]


@any_routine
@given(cases())
def test_a_timeline_survives_its_json(case: Case) -> None:
    timeline = case.session().timeline
    assert from_json(to_json(timeline)) == timeline


@any_routine
@given(cases())
def test_a_routine_compiles_to_the_same_timeline_every_time(case: Case) -> None:
    assert case.session() == case.session()


@any_routine
@given(cases())
def test_every_text_of_a_timeline_was_measured_before(case: Case) -> None:
    session = draft(case.routine, case.choices)
    used = {cue.source for cue in measured(session, case.lengths).timeline.cues}
    assert used <= set(session.sources)


@any_routine
@given(cases())
def test_no_name_in_braces_is_ever_heard(case: Case) -> None:
    heard = [cue.source for cue in case.session().timeline.cues]
    assert not [source for source in heard if isinstance(source, Speech) and set("{}") & set(source.text)]


@any_routine
@given(cases())
def test_a_session_is_never_shorter_than_its_plan(case: Case) -> None:
    assert case.session().timeline.duration_ms >= planned_ms(case.routine, case.choices)


@any_routine
@given(cases(), st.integers(80, 125))
def test_no_hold_and_no_rep_changes_with_the_speed(case: Case, speed: int) -> None:
    def work(session: Session) -> list[tuple[str, str | None, int]]:
        spans = session.timeline.spans
        return [
            (span.kind, span.exercise, span.end_ms - span.start_ms)
            for span in spans
            if span.kind in ("hold", *REPS)
        ]

    assert work(case.session(replace(case.choices, speed=speed))) == work(case.session())


@settings(any_routine, max_examples=25)
@given(cases(), st.integers(0, 100), st.integers(0, 600_000))
def test_the_best_fit_is_the_longest_session_of_any_dose_that_does_not_pass_the_limit(
    case: Case, percent: int, limit_ms: int
) -> None:
    def length(dose: int) -> int:
        return case.session(replace(case.choices, dose=dose)).timeline.duration_ms

    fit = best_fit(limit_ms, {dose: length(dose) for dose in distinct_doses(case.routine, case.choices)})
    if fit.dose is None:
        assert length(percent) > limit_ms
    else:
        assert length(fit.dose) == fit.length_ms <= limit_ms
        assert not fit.length_ms < length(percent) <= limit_ms
