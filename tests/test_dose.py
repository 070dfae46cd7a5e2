"""The dose notation: what a therapist writes, and what it means."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.test_units import NOTATION, refusal
from voiceguide.dose import (
    ONE_SIDE,
    SIDES,
    Breaths,
    Dose,
    Hold,
    Reps,
    Side,
    Sides,
    Work,
    at,
    dose_mapping,
    format_dose,
    parse_dose,
    show_dose,
)
from voiceguide.script.doses import read_mapping
from voiceguide.script.keys import DOSE_KEYS
from voiceguide.script.nodes import MapNode, SourceFile, parse
from voiceguide.units import MAX_DURATION_MS, NotationError, Range, Tempo, exactly

HOLD_30 = Hold(exactly(30_000))
TEN_REPS = Reps(exactly(10))


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("30s", HOLD_30),
        ("hold 30s", HOLD_30),
        ("Hold 30s", HOLD_30),
        ("1:30", Hold(exactly(90_000))),
        ("1m 30s", Hold(exactly(90_000))),
        ("20-30s", Hold(Range(20_000, 30_000))),
        ("hold 30s-1m", Hold(Range(30_000, 60_000))),
        ("0.5s", Hold(exactly(500))),
        ("10 reps", TEN_REPS),
        ("10reps", TEN_REPS),
        ("10 REPS", TEN_REPS),
        ("1 rep", Reps(exactly(1))),
        ("8-10 reps", Reps(Range(8, 10))),
        ("999 reps", Reps(exactly(999))),
        ("1 breath", Breaths(exactly(1))),
        ("3-5 breaths", Breaths(Range(3, 5))),
    ],
)
def test_work_is_a_hold_or_reps_or_breaths(text: str, work: Work) -> None:
    assert parse_dose(text) == Dose(work)


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("30s", exactly(1)),
        ("2 x 30s", exactly(2)),
        ("2x30s", exactly(2)),
        ("2×30s", exactly(2)),
        ("2 × 30s", exactly(2)),
        ("2 X 30s", exactly(2)),
        ("2-3 x 30s", Range(2, 3)),
        ("2 – 3 x 30s", Range(2, 3)),
        ("99 x 30s", exactly(99)),
        ("2 x hold 30s", exactly(2)),
    ],
)
def test_sets_stand_before_the_work(text: str, sets: Range) -> None:
    assert parse_dose(text) == Dose(HOLD_30, sets)


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("30s each side", Dose(HOLD_30, sides="each side")),
        ("30s Each  Side", Dose(HOLD_30, sides="each side")),
        ("30s alternating", Dose(HOLD_30, sides="alternating")),
        ("30s, left", Dose(HOLD_30, sides="left")),
        ("30s right", Dose(HOLD_30, sides="right")),
        ("30s each side, left first", Dose(HOLD_30, sides="each side", first="left")),
        ("30s Right  First alternating", Dose(HOLD_30, sides="alternating", first="right")),
        ("30s right first", Dose(HOLD_30, first="right")),
        ("30s rest 10s", Dose(HOLD_30, rest=exactly(10_000))),
        ("30s, rest 10-20s", Dose(HOLD_30, rest=Range(10_000, 20_000))),
        ("10 reps @ 2-1-3", Dose(TEN_REPS, tempo=(2_000, 1_000, 3_000))),
        ("10 reps @2-0-3", Dose(TEN_REPS, tempo=(2_000, 0, 3_000))),
        ("10 reps @ 4", Dose(TEN_REPS, tempo=(4_000,))),
        ("10 reps hold 5s", Dose(TEN_REPS, hold=exactly(5_000))),
        ("10 reps, hold 1-2s", Dose(TEN_REPS, hold=Range(1_000, 2_000))),
    ],
)
def test_a_clause_follows_the_work_with_a_comma_or_without(text: str, dose: Dose) -> None:
    assert parse_dose(text) == dose


CLAUSES = ("each side", "right first", "@ 2-1-3", "rest 10s")


@given(st.permutations(CLAUSES), st.lists(st.sampled_from([" ", ", ", ","]), min_size=4, max_size=4))
def test_clauses_stand_in_any_order(clauses: list[str], between: list[str]) -> None:
    text = "10 reps" + "".join(gap + clause for gap, clause in zip(between, clauses, strict=True))
    assert parse_dose(text) == Dose(
        TEN_REPS, exactly(1), "each side", (2_000, 1_000, 3_000), None, exactly(10_000), "right"
    )


def test_a_rest_may_be_zero() -> None:
    assert parse_dose("2 x 30s, rest 0s") == Dose(HOLD_30, exactly(2), rest=exactly(0))


@pytest.mark.parametrize(
    ("text", "kind", "under"),
    [
        # sets
        ("0 x 30s", "count-zero", "0"),
        ("100 x 30s", "count-too-large", "100"),
        ("3-2 x 30s", "range-reversed", "3-2"),
        ("-3 x 30s", "count-unreadable", "-3"),
        ("1.5 x 30s", "count-unreadable", "1.5"),
        ("3 x", "work-missing", "x"),
        ("x 30s", "work-missing", "x"),
        # work
        ("30", "work-without-unit", "30"),
        ("2 x 30", "work-without-unit", "30"),
        ("20-30", "work-without-unit", "20-30"),
        ("30 each side", "work-without-unit", "30"),
        ("30, rest 10s", "work-without-unit", "30"),
        ("2.5", "duration-without-unit", "2.5"),
        ("10 resp", "unit-unknown", "resp"),
        ("10 times", "unit-unknown", "times"),
        ("30secs", "unit-of-time-unknown", "secs"),
        ("2 x 30 minutes", "unit-of-time-unknown", "minutes"),
        ("0 reps", "count-zero", "0"),
        ("1000 reps", "count-too-large", "1000"),
        ("10-8 breaths", "range-reversed", "10-8"),
        ("1.5 reps", "count-unreadable", "1.5"),
        ("-3 reps", "count-unreadable", "-3"),
        ("0s", "duration-zero", "0s"),
        ("0-30s", "duration-zero", "0-30s"),
        ("hold 0 s", "duration-zero", "0 s"),
        ("0:00", "duration-zero", "0:00"),
        ("-5s", "duration-negative", "-5s"),
        ("25h", "duration-too-long", "25h"),
        ("30-20s", "range-reversed", "30-20s"),
        ("1:75", "duration-unreadable", "1:75"),
        ("hold", "duration-unreadable", "hold"),
        ("bridge", "work-missing", "bridge"),
        ("each side", "work-missing", "each"),
        ("rest 10s", "work-missing", "rest"),
        # clauses
        ("30s quickly", "clause-unknown", "quickly"),
        ("30s each", "clause-unknown", "each"),
        ("30s, each-side", "clause-unknown", "each-side"),
        ("30s both", "clause-unknown", "both"),
        ("30s,", "clause-missing", ","),
        ("30s,, left", "clause-unknown", ","),
        ("30s x 3", "clause-unknown", "x"),
        ("30s rest", "duration-unreadable", "rest"),
        ("30s rest 10", "duration-without-unit", "10"),
        ("30s rest -1s", "duration-negative", "-1s"),
        ("10 reps @", "tempo-unreadable", "@"),
        ("10 reps @ fast", "tempo-unreadable", "fast"),
        ("10 reps @ 0-0-0", "tempo-too-short", "0-0-0"),
        ("10 reps hold 0s", "duration-zero", "0s"),
        # each once
        ("30s each side alternating", "clause-repeated", "alternating"),
        ("30s left, left", "clause-repeated", "left"),
        ("30s rest 5s, rest 5s", "clause-repeated", "rest 5s"),
        ("10 reps @ 2-1 @ 2-1", "clause-repeated", "@ 2-1"),
        ("10 reps hold 5s, hold 6s", "clause-repeated", "hold 6s"),
        ("30s left first, right first", "clause-repeated", "right first"),
        # a first side is one of two
        ("30s left, right first", "first-of-one-side", "right first"),
        ("30s right first, left", "first-of-one-side", "left"),
        ("30s right right first", "first-of-one-side", "right first"),
        ("30s first", "clause-unknown", "first"),
        ("30s each first", "clause-unknown", "each"),
        # with reps only, and not together
        ("30s @ 2-1", "clause-for-reps", "@ 2-1"),
        ("5 breaths @ 2-1", "clause-for-reps", "@ 2-1"),
        ("30s hold 5s", "clause-for-reps", "hold 5s"),
        ("5 breaths, hold 5s", "clause-for-reps", "hold 5s"),
        ("10 reps @ 2-1-3 hold 5s", "tempo-and-hold", "hold 5s"),
        ("10 reps hold 5s @ 2-1-3", "tempo-and-hold", "@ 2-1-3"),
    ],
)
def test_what_is_no_dose_is_refused_under_its_characters(text: str, kind: str, under: str) -> None:
    assert refusal(parse_dose, text) == (kind, under)


def spans(low: int) -> st.SearchStrategy[Range]:
    ends = st.integers(low, MAX_DURATION_MS) | st.integers(low, 90).map(lambda seconds: seconds * 1_000)
    return (
        st.tuples(ends, ends)
        .map(lambda pair: Range(min(pair), max(pair)))
        .filter(lambda span: span.low >= low)
    )


def counts(most: int) -> st.SearchStrategy[Range]:
    ends = st.integers(1, most)
    return st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair)))


tempos = (
    st.lists(st.integers(0, 10_000), min_size=1, max_size=5)
    .filter(lambda phases: sum(phases) >= 500)
    .map(tuple)
)


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    """Any dose that has a notation."""
    work: Work = draw(st.one_of(spans(1).map(Hold), counts(999).map(Reps), counts(999).map(Breaths)))
    tempo: Tempo | None = None
    hold: Range | None = None
    if isinstance(work, Reps):
        if draw(st.booleans()):
            tempo = draw(st.none() | tempos)
        else:
            hold = draw(st.none() | spans(1))
    sides: Sides | None = draw(st.none() | st.sampled_from(SIDES))
    first: Side | None = None if sides in ONE_SIDE else draw(st.sampled_from((None, "left", "right")))
    return Dose(work, draw(counts(99)), sides, tempo, hold, draw(st.none() | spans(0)), first)


@given(doses())
def test_a_written_dose_reads_as_itself(dose: Dose) -> None:
    assert parse_dose(format_dose(dose)) == dose


@given(doses())
def test_the_mapping_form_of_a_dose_says_the_same(dose: Dose) -> None:
    text = yaml.safe_dump(dose_mapping(dose))
    node, problems = parse(SourceFile("dose.yaml", text))
    assert isinstance(node, MapNode)
    written, _ = read_mapping(node, DOSE_KEYS, problems, "a dose")
    assert problems == []
    assert written is not None
    assert written.dose == dose


@given(NOTATION | st.text(max_size=30))
@example("")
@example(" , ")
@example("1 rep @")
def test_any_text_is_read_or_refused_at_a_place_within_it(text: str) -> None:
    try:
        parse_dose(text)
    except NotationError as error:
        assert 0 <= error.start < error.end <= max(1, len(text))  # noqa: PT017 (what is not raised is as good)


def test_a_dose_without_work_has_no_notation() -> None:
    with pytest.raises(ValueError, match="without work"):
        format_dose(Dose(rest=exactly(10_000)))


def test_a_dose_without_work_has_a_mapping() -> None:
    assert dose_mapping(Dose(rest=exactly(10_000), tempo=(2_000, 1_000))) == {"tempo": "2-1", "rest": "10s"}


def test_the_mapping_form_names_the_first_side() -> None:
    mapping = dose_mapping(parse_dose("2-3 x 30s alternating, right first"))
    assert mapping == {"sets": "2-3", "hold": "30s", "sides": "alternating", "first": "right"}


@given(st.permutations(("left", "right first", "rest 10s")), st.sampled_from([" ", ", "]))
def test_in_any_order_one_side_has_no_first(clauses: list[str], between: str) -> None:
    """Whichever of the two stands later is refused, and the message names the side that is done."""
    with pytest.raises(NotationError) as refused:
        parse_dose(between.join(("30s", *clauses)))
    later = max(clauses.index("left"), clauses.index("right first"))
    start = len(between.join(("30s", *clauses[:later]))) + len(between)
    error = refused.value
    assert (error.kind, error.start, error.end, error.values) == (
        "first-of-one-side", start, start + len(clauses[later]), {"side": "left"}
    )  # fmt: skip


def test_the_clauses_that_an_exercise_may_not_suit_are_marked_in_the_text() -> None:
    text = "10 reps each side, left  first , hold 5s"
    marked = {name: text[start:end] for name, (start, end) in parse_dose(text).marks}
    assert marked == {"sides": "each side", "first": "left  first", "hold": "hold 5s"}


class TestOver:
    """A written dose over the exercise's own."""

    own = Dose(TEN_REPS, exactly(3), "each side", (2_000, 1_000), None, exactly(20_000))

    def test_written_work_replaces_sets_and_work_together(self) -> None:
        assert parse_dose("30s").over(self.own).sets == exactly(1)
        assert parse_dose("30s").over(self.own).work == HOLD_30

    def test_sides_tempo_and_rest_that_are_not_written_stay(self) -> None:
        assert parse_dose("5 reps").over(self.own) == Dose(
            Reps(exactly(5)), exactly(1), "each side", (2_000, 1_000), None, exactly(20_000)
        )

    def test_sides_and_rest_that_are_written_count(self) -> None:
        merged = parse_dose("5 reps left, rest 0s").over(self.own)
        assert (merged.sides, merged.rest) == ("left", exactly(0))

    def test_the_first_side_that_is_not_written_stays(self) -> None:
        own = replace(self.own, first="right")
        assert parse_dose("5 reps alternating").over(own).first == "right"
        assert parse_dose("5 reps, left first").over(own).first == "left"

    def test_one_side_that_is_written_has_no_first(self) -> None:
        merged = parse_dose("5 reps left").over(replace(self.own, first="right"))
        assert (merged.sides, merged.first) == ("left", None)

    def test_without_written_work_sets_and_work_stay(self) -> None:
        merged = Dose(rest=exactly(5_000)).over(self.own)
        assert (merged.sets, merged.work, merged.rest) == (exactly(3), TEN_REPS, exactly(5_000))

    def test_written_work_drops_the_hold_of_its_reps(self) -> None:
        own = Dose(TEN_REPS, hold=exactly(5_000))
        assert parse_dose("5 reps").over(own).hold is None

    def test_a_written_tempo_replaces_the_hold_of_its_reps(self) -> None:
        own = Dose(TEN_REPS, hold=exactly(5_000))
        assert Dose(tempo=(2_000, 1_000, 2_000)).over(own).hold is None
        assert Dose(rest=exactly(0)).over(own).hold == exactly(5_000)


class TestAt:
    """A dose at a percentage: every range resolved by the same number."""

    @pytest.mark.parametrize(
        ("text", "percent", "resolved"),
        [
            ("2-3 x 20-30s, rest 10-20s", 0, "2 x 20s, rest 10s"),
            ("2-3 x 20-30s, rest 10-20s", 49, "2 x 25s, rest 15s"),
            ("2-3 x 20-30s, rest 10-20s", 50, "3 x 25s, rest 15s"),
            ("2-3 x 20-30s, rest 10-20s", 100, "3 x 30s, rest 20s"),
            ("8-10 reps hold 1-2s", 0, "8 reps hold 1s"),
            ("8-10 reps hold 1-2s", 24, "8 reps hold 1s"),
            ("8-10 reps hold 1-2s", 25, "9 reps hold 1s"),
            ("8-10 reps hold 1-2s", 75, "10 reps hold 2s"),
            ("3-5 breaths", 50, "4 breaths"),
            ("1 x 30s, rest 0-5s", 0, "30s, rest 0s"),
            ("1 x 30s, rest 0-5s", 10, "30s, rest 1s"),
            ("10 reps @ 2-1-3, right first", 50, "10 reps @ 2-1-3, right first"),
        ],
    )
    def test_it_is_rounded_half_up_to_whole_sets_reps_and_seconds(
        self, text: str, percent: int, resolved: str
    ) -> None:
        assert at(parse_dose(text), percent) == parse_dose(resolved)

    @pytest.mark.parametrize(
        ("text", "percent", "resolved"),
        [
            ("0.5-0.8s", 0, "0.5s"),
            ("0.5-0.8s", 50, "0.8s"),
            ("1.2-2.6s", 0, "1.2s"),
            ("1.2-2.6s", 1, "1.2s"),
            ("1.2-2.6s", 50, "2s"),
            ("1.2-2.6s", 99, "2.6s"),
            ("1.2-2.6s", 100, "2.6s"),
            ("1.5s", 50, "1.5s"),
        ],
    )
    def test_ends_that_are_not_whole_seconds_are_kept(self, text: str, percent: int, resolved: str) -> None:
        """Rounding never leaves the range: what has no whole second near it is one of the ends."""
        assert at(parse_dose(text), percent) == parse_dose(resolved)

    def test_a_dose_without_work_is_resolved_too(self) -> None:
        assert at(Dose(rest=Range(5_000, 9_000)), 50) == Dose(rest=exactly(7_000))

    @given(doses(), st.integers(0, 100))
    def test_each_value_is_in_its_range_and_whole_between_its_ends(self, dose: Dose, percent: int) -> None:
        for (span, unit), (value, _) in zip(ranges(dose), ranges(at(dose, percent)), strict=True):
            assert value.low == value.high
            assert span.low <= value.low <= span.high
            assert value.low % unit == 0 or value.low in (span.low, span.high)

    @given(doses())
    def test_it_is_the_low_end_at_0_and_the_high_end_at_100(self, dose: Dose) -> None:
        written = [span for span, _ in ranges(dose)]
        assert [value for value, _ in ranges(at(dose, 0))] == [exactly(span.low) for span in written]
        assert [value for value, _ in ranges(at(dose, 100))] == [exactly(span.high) for span in written]

    @given(doses())
    def test_nothing_falls_as_the_percentage_rises(self, dose: Dose) -> None:
        resolved = [[value.low for value, _ in ranges(at(dose, percent))] for percent in range(101)]
        assert all(
            lower <= higher
            for one, next_one in pairwise(resolved)
            for lower, higher in zip(one, next_one, strict=True)
        )

    @given(doses(), st.integers(0, 100))
    def test_what_has_no_range_stays_as_it_is(self, dose: Dose, percent: int) -> None:
        resolved = at(dose, percent)
        assert (resolved.sides, resolved.tempo, resolved.first) == (dose.sides, dose.tempo, dose.first)
        assert at(resolved, percent) == resolved


def ranges(dose: Dose) -> list[tuple[Range, int]]:
    """Every range of a dose, with what is a whole unit of it."""
    found = [(dose.sets, 1)]
    match dose.work:
        case Hold(length):
            found.append((length, 1_000))
        case Reps(count) | Breaths(count):
            found.append((count, 1))
    return found + [(span, 1_000) for span in (dose.hold, dose.rest) if span]


@pytest.mark.parametrize(
    ("dose", "shown"),
    [
        (parse_dose("30s, rest 10s"), "30s"),
        (parse_dose("2 x 30s, rest 10s"), "2 x 30s, rest 10s"),
        (Dose(TEN_REPS, tempo=(2_000, 1_000), hold=exactly(5_000)), "10 reps hold 5s"),
    ],
)
def test_a_shown_dose_leaves_out_what_never_comes(dose: Dose, shown: str) -> None:
    assert show_dose(dose) == shown
