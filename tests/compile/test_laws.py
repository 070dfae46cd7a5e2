"""What holds for every routine, every voice and every choice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.compile.support import Session, Shelf, measured
from voiceguide.compile import draft
from voiceguide.phrases import LANGUAGES
from voiceguide.plan import Choices
from voiceguide.script.nodes import SourceFile
from voiceguide.script.routine import read_routine
from voiceguide.timeline import Sound
from voiceguide.timeline_json import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.model import Routine
    from voiceguide.timeline import Cue, Source, Span

FRAME_MS = 24
SWITCH_LEAD_MS = 1_500
FREE_ROLES = {"opening", "closing", "say", "name", "setup", "caution", "switch", "rest", "sound"}
PHASES = ("up", "hold", "down")
TEMPO_S = (0, 0, 0.25, 0.5, 1, 2, 3.333)

durations = st.sampled_from(["0.05s", "0.5s", "1s", "4.9s", "5s", "10s", "19.999s", "20s", "33.333s", "1m"])
rests = st.sampled_from(["0s", "0.1s", "1s", "5s", "10s", "20s"])
sides = st.sampled_from([None, "each side", "alternating", "left", "right"])
sentences = st.text("abc ", min_size=1, max_size=40).map(lambda words: f"Go {words}on.")
cues = st.lists(sentences.map(lambda text: f"{text} To the {{side}}."), max_size=3)


class Expected(NamedTuple):
    """A span that the script asks for; `ms` is the least where `exact` is false."""

    kind: str
    exercise: str | None
    side: str | None
    set: int | None
    rep: int | None
    ms: int
    exact: bool = True


@dataclass(frozen=True)
class Case:
    """A routine with the spans that its script asks for, and what it is compiled with."""

    routine: Routine
    expected: list[Expected]
    choices: Choices
    lengths: Callable[[Source], int]

    def session(self) -> Session:
        return measured(draft(self.routine, self.choices), self.lengths)


@st.composite
def hold_step(draw: st.DrawFn) -> dict[str, Any]:
    chosen = draw(sides)
    words = draw(cues)
    step = {"sets": str(draw(st.integers(1, 3))), "hold": draw(durations), "rest": draw(rests)}
    if chosen:
        return {"sided": step | {"sides": chosen} | ({"cues": words} if words else {})}
    return {"plain": step}


@st.composite
def rep_step(draw: st.DrawFn) -> dict[str, Any]:
    tempo = draw(st.tuples(*[st.sampled_from(TEMPO_S)] * 3).filter(lambda phases: sum(phases) >= 0.5))
    step = {"sets": str(draw(st.integers(1, 2))), "reps": str(draw(st.integers(1, 4)))}
    return {"moving": step | {"tempo": "-".join(f"{phase:g}" for phase in tempo), "rest": draw(rests)}}


free_steps = st.one_of(
    sentences.map(lambda text: {"say": text}),
    rests.map(lambda length: {"rest": length}),
    durations.map(lambda length: {"pause": length}),
    st.just({"sound": "bell"}),
    st.just({"breathing": "2 breaths"}),
)
steps = st.recursive(
    st.lists(st.one_of(*[hold_step(), rep_step()] * 3, free_steps), min_size=1, max_size=4),
    lambda inner: st.lists(
        st.one_of(
            *[hold_step(), rep_step()] * 2,
            free_steps,
            st.builds(
                lambda title, rounds, steps: {"section": title, "rounds": str(rounds), "steps": steps},
                sentences,
                st.integers(1, 2),
                inner,
            ),
        ),
        min_size=1,
        max_size=3,
    ),
    max_leaves=3,
)
all_choices = st.builds(
    Choices,
    countdown=st.sampled_from([0, 3, 5]),
    switch_ms=st.sampled_from([0, 1, 5_000, 12_345]),
    get_ready_ms=st.sampled_from([0, 1, 5_000, 12_345]),
    safety=st.booleans(),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    wanted = draw(steps)
    choices = draw(all_choices)
    words = {"release": draw(sentences)} if draw(st.booleans()) else {}
    setup = draw(st.lists(sentences, max_size=2))
    document = {
        "title": "Any",
        **({"opening": draw(sentences)} if draw(st.booleans()) else {}),
        **({"closing": draw(sentences)} if draw(st.booleans()) else {}),
        "steps": wanted,
        "exercises": {
            "plain": {"name": "Plain", "dose": "5s", "cues": ["Breathe.", "Let go."], **words},
            "sided": {
                "name": "Sided",
                "dose": "5s",
                "side": "to the {side}",
                **words,
                **({"setup": setup} if setup else {}),
            },
            "moving": {
                "name": "Moving",
                "dose": "2 reps",
                "phases": list(PHASES),
                "cues": ["Slowly."],
                **words,
            },
            "breathing": {"name": "Breathing", "dose": "2 breaths", "caution": "Gently."},
        },
    }
    routine, problems = read_routine(
        SourceFile("any.yaml", json.dumps(document)), Shelf({}), lambda _, name: SourceFile(name, "")
    )
    if routine is None:
        raise ValueError(problems)
    return Case(routine, list(expected(wanted, choices)), choices, any_lengths(draw))


def any_lengths(draw: st.DrawFn) -> Callable[[Source], int]:
    """A voice in which any phrase may last from 0.05 s to 20 s, and tones that are long or short on their own."""
    seed = draw(st.integers(0, 2**32))
    speech, tone = (draw(st.sampled_from([60, 400, 400, 900, 3_000, 20_000])) for _ in range(2))
    return lambda source: Random(f"{seed} {source}").randint(
        50, tone if isinstance(source, Sound) else speech
    )


def expected(wanted: list[dict[str, Any]], choices: Choices) -> Iterator[Expected]:
    """The spans of the steps as a person would write them down, without those of get-ready."""
    for step in wanted:
        match step:
            case {"section": _, "rounds": rounds, "steps": inner}:
                for _ in range(int(rounds)):
                    yield from expected(inner, choices)
            case {"rest": length} if to_ms(length):
                yield Expected("rest", None, None, None, None, to_ms(length))
            case {"pause": length}:
                yield Expected("pause", None, None, None, None, to_ms(length))
            case {"plain": dose}:
                yield from sets_of("plain", None, dose)
            case {"moving": dose}:
                yield from sets_of("moving", None, dose)
            case {"breathing": _}:
                yield from (Expected("rep", "breathing", None, 1, rep, 5_000) for rep in (1, 2))
            case {"sided": dose}:
                yield from sided(dose, choices)
            case _:
                pass


def sided(dose: dict[str, Any], choices: Choices) -> Iterator[Expected]:
    match dose["sides"]:
        case "each side":
            yield from sets_of("sided", "left", dose)
            yield Expected("switch", "sided", "right", 1, None, choices.switch_ms, exact=False)
            yield from sets_of("sided", "right", dose)
        case "alternating":
            for number in range(1, int(dose["sets"]) + 1):
                if number > 1:
                    least = max(to_ms(dose["rest"]), choices.switch_ms)
                    yield Expected("rest", "sided", "left", number, None, least, exact=False)
                yield Expected("hold", "sided", "left", number, None, to_ms(dose["hold"]))
                yield Expected("switch", "sided", "right", number, None, choices.switch_ms, exact=False)
                yield Expected("hold", "sided", "right", number, None, to_ms(dose["hold"]))
        case side:
            yield from sets_of("sided", side, dose)


def sets_of(exercise: str, side: str | None, dose: dict[str, Any]) -> Iterator[Expected]:
    for number in range(1, int(dose["sets"]) + 1):
        if number > 1 and to_ms(dose["rest"]):
            yield Expected("rest", exercise, side, number, None, to_ms(dose["rest"]))
        if "hold" in dose:
            yield Expected("hold", exercise, side, number, None, to_ms(dose["hold"]))
        for rep in range(1, int(dose.get("reps", 0)) + 1):
            phases = [round(float(phase) * 1_000) for phase in dose["tempo"].split("-")]
            yield Expected("rep", exercise, side, number, rep, sum(phases))
            if phases[1]:
                yield Expected("hold", exercise, side, number, rep, phases[1])


def to_ms(length: str) -> int:
    return 60_000 if length == "1m" else round(float(length.rstrip("s")) * 1_000)


def is_set(span: Span) -> bool:
    return span.kind == "hold" and span.rep is None


def cues_at(cues: tuple[Cue, ...], role: str, start_ms: int) -> list[Cue]:
    return [cue for cue in cues if cue.role == role and cue.start_ms == start_ms]


any_routine = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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
def test_every_hold_rep_rest_and_pause_is_there_in_its_order_and_exactly_as_long_as_written(
    case: Case,
) -> None:
    spans = [span for span in case.session().timeline.spans if span.kind != "get-ready"]
    wanted = case.expected
    found = [
        Expected(span.kind, span.exercise, span.side, span.set, span.rep, span.end_ms - span.start_ms)
        for span in spans
    ]
    assert [span[:5] for span in found] == [span[:5] for span in wanted]
    assert all(got.ms >= span.ms for got, span in zip(found, wanted, strict=True))
    assert all(got.ms == span.ms for got, span in zip(found, wanted, strict=True) if span.exact)


@any_routine
@given(cases())
def test_a_set_follows_its_rest_or_switch_within_a_frame(case: Case) -> None:
    for before, work in pairwise(case.session().timeline.spans):
        if before.kind in ("get-ready", "switch") or (before.kind == "rest" and before.exercise):
            assert 0 <= work.start_ms - before.end_ms < FRAME_MS


@any_routine
@given(cases())
def test_who_alternates_hears_the_new_side_in_time_before_every_set(case: Case) -> None:
    timeline = case.session().timeline
    spans = timeline.spans
    for before, rest, work in zip(spans, spans[1:], spans[2:], strict=False):
        if rest.kind == "rest" and (before.side, rest.side) == ("right", "left"):
            said = [
                cue
                for cue in timeline.cues
                if cue.role == "rest" and rest.start_ms <= cue.start_ms < rest.end_ms
            ]
            assert said[-1].text == "To the left."
            assert work.start_ms - said[-1].end_ms >= SWITCH_LEAD_MS


@any_routine
@given(cases())
def test_spans_follow_each_other_and_only_a_rep_contains_a_hold(case: Case) -> None:
    spans = case.session().timeline.spans
    outer = [span for span in spans if span.kind != "hold" or span.rep is None]
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(outer))
    assert all(before.start_ms <= after.start_ms for before, after in pairwise(spans))
    for rep, hold in pairwise(spans):
        if hold.kind == "hold" and hold.rep is not None:
            assert rep.kind == "rep"
            assert rep.start_ms <= hold.start_ms < hold.end_ms <= rep.end_ms


@any_routine
@given(cases())
def test_nothing_but_its_own_cues_is_said_while_an_exercise_is_done(case: Case) -> None:
    timeline = case.session().timeline
    own = {
        "hold": {"start", "halfway", "countdown", "reminder"},
        "rep": {"rep", "phase", "reminder"},
        "pause": set(),
    }
    for span in timeline.spans:
        if is_set(span) or span.kind in ("rep", "pause"):
            heard = [
                cue for cue in timeline.cues if cue.start_ms < span.end_ms and cue.end_ms > span.start_ms
            ]
            assert {cue.role for cue in heard} <= own[span.kind]


@any_routine
@given(cases())
def test_a_countdown_is_whole_and_on_the_seconds_or_left_out_with_a_warning(case: Case) -> None:
    session = case.session()
    spoken = LANGUAGES["en"].spoken
    count = case.choices.countdown
    for hold in filter(is_set, session.timeline.spans):
        said = [
            (cue.text, hold.end_ms - cue.start_ms)
            for cue in session.timeline.cues
            if cue.role == "countdown" and hold.start_ms <= cue.start_ms < hold.end_ms
        ]
        if hold.end_ms - hold.start_ms >= 1_000 * count + 2_000 and not any(
            "the countdown" in problem.message for problem in session.problems
        ):
            assert said == [(spoken(number), 1_000 * number) for number in range(count, 0, -1)]
        else:
            assert said in ([], [(spoken(number), 1_000 * number) for number in range(count, 0, -1)])


@any_routine
@given(cases())
def test_a_hold_has_a_tone_at_its_true_start_and_end_and_halfway_at_its_middle_or_a_warning(
    case: Case,
) -> None:
    session = case.session()
    told = " ".join(session.warnings)
    cues = session.timeline.cues
    for hold in filter(is_set, session.timeline.spans):
        assert cues_at(cues, "start", hold.start_ms) or "the start tone" in told
        assert [cue for cue in cues_at(cues, "end", hold.end_ms) if not cue.text] or "the end tone" in told
        length = hold.end_ms - hold.start_ms
        if length >= 20_000:
            assert cues_at(cues, "halfway", hold.start_ms + length // 2) or '"halfway"' in told


@any_routine
@given(cases())
def test_every_rep_is_counted_on_its_onset_or_a_warning_says_so(case: Case) -> None:
    session = case.session()
    told = any(problem.kind == "reps-too-fast" for problem in session.problems)
    for rep in session.timeline.spans:
        if rep.kind == "rep":
            assert cues_at(session.timeline.cues, "rep", rep.start_ms) or told


@any_routine
@given(cases())
def test_the_start_tone_of_reps_is_heard_between_the_set_before_and_the_first_onset_or_a_warning_says_so(
    case: Case,
) -> None:
    session = case.session()
    told = " ".join(session.warnings)
    worked_until = 0
    for span in session.timeline.spans:
        if span.kind == "rep" and span.rep == 1:
            heard = [
                cue
                for cue in session.timeline.cues
                if cue.role == "start" and worked_until <= cue.start_ms and cue.end_ms <= span.start_ms
            ]
            assert heard or "the start tone" in told
        if span.kind in ("rep", "hold"):
            worked_until = span.end_ms


@any_routine
@given(cases())
def test_a_reminder_never_comes_in_the_last_five_seconds_of_a_set(case: Case) -> None:
    timeline = case.session().timeline
    reminders = [cue for cue in timeline.cues if cue.role == "reminder"]
    for span in timeline.spans:
        if is_set(span) or (span.kind == "rep" and span.rep == span.reps):
            assert not any(span.end_ms - 5_000 < cue.end_ms <= span.end_ms for cue in reminders)


@any_routine
@given(cases())
def test_an_exercise_starts_no_sooner_than_get_ready_allows(case: Case) -> None:
    session = case.session()
    names = [cue for cue in session.timeline.cues if cue.role == "name"]
    for before, ready, work in zip(
        (None, *session.timeline.spans), session.timeline.spans, session.timeline.spans[1:], strict=False
    ):
        if ready.kind == "get-ready":
            rest = before if before and before.kind == "rest" and before.exercise is None else ready
            starts = min(
                ready.start_ms, rest.start_ms if ready.start_ms - rest.end_ms < FRAME_MS else ready.start_ms
            )
            assert work.start_ms - starts >= case.choices.get_ready_ms
            assert any(starts <= cue.start_ms and cue.end_ms <= work.start_ms for cue in names)


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
