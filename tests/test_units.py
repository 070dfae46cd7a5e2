"""The notation of durations, ranges, counts and tempo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.units import (
    MAX_DURATION_MS,
    NotationError,
    Range,
    exactly,
    format_duration,
    format_range,
    format_tempo,
    parse_count_range,
    parse_duration,
    parse_duration_range,
    parse_tempo,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NOTATION = st.text(alphabet="0123456789 .:-–,@x×hmsrepatl\t\n٣é", max_size=20)


def refusal(parse: Callable[[str], object], text: str) -> tuple[str, str]:
    """The kind of problem and the characters it lies under."""
    with pytest.raises(NotationError) as caught:
        parse(text)
    return caught.value.kind, text[caught.value.start : caught.value.end]


def values_of(parse: Callable[[str], object], text: str) -> dict[str, object]:
    with pytest.raises(NotationError) as caught:
        parse(text)
    return caught.value.values


def seconds_if_bare(text: str) -> int:
    return parse_duration(text, bare="s")


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("30s", 30_000),
        ("1m", 60_000),
        ("2h", 7_200_000),
        ("1m30s", 90_000),
        ("1m 30s", 90_000),
        ("1h2m3s", 3_723_000),
        ("1h 30s", 3_630_000),
        ("30 s", 30_000),
        ("  30s  ", 30_000),
        ("1:30", 90_000),
        ("0:05", 5_000),
        ("90:00", 5_400_000),
        ("1:30:00", 5_400_000),
        ("1.5s", 1_500),
        ("1.5m", 90_000),
        ("0.25h", 900_000),
        ("0.001s", 1),
        ("0s", 0),
        ("24h", MAX_DURATION_MS),
        ("24:00:00", MAX_DURATION_MS),
        ("86400s", MAX_DURATION_MS),
        ("010s", 10_000),
    ],
)
def test_a_duration_is_whole_milliseconds(text: str, ms: int) -> None:
    assert parse_duration(text) == ms


@pytest.mark.parametrize(
    ("text", "kind", "under"),
    [
        ("30", "duration-without-unit", "30"),
        ("1m30", "duration-without-unit", "30"),
        ("30secs", "unit-of-time-unknown", "secs"),
        ("30 sec", "unit-of-time-unknown", "sec"),
        ("30S", "unit-of-time-unknown", "S"),
        ("5d", "unit-of-time-unknown", "d"),
        ("-5s", "duration-negative", "-5s"),
        ("24h1s", "duration-too-long", "24h1s"),
        ("24:00:01", "duration-too-long", "24:00:01"),
        ("9" * 400 + "s", "duration-too-long", "9" * 400 + "s"),
        ("soon", "duration-unreadable", "soon"),
        ("1:60", "duration-unreadable", "1:60"),
        ("1:3", "duration-unreadable", "1:3"),
        ("1:30:99", "duration-unreadable", "1:30:99"),
        ("30s1m", "duration-unreadable", "30s1m"),
        ("1m1m", "duration-unreadable", "1m1m"),
        ("  30s 20  ", "duration-unreadable", "30s 20"),
        ("30s-20s", "duration-unreadable", "30s-20s"),
        ("1,5s", "duration-without-unit", "1"),
        (".5s", "duration-unreadable", ".5s"),
        ("٣s", "duration-unreadable", "٣s"),
    ],
)
def test_what_is_no_duration_is_refused_under_its_characters(text: str, kind: str, under: str) -> None:
    assert refusal(parse_duration, text) == (kind, under)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_duration_is_refused_at_its_start(text: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_duration(text)
    assert (caught.value.kind, caught.value.start, caught.value.end) == ("duration-unreadable", 0, 1)


@pytest.mark.parametrize(("text", "ms"), [("30", 30_000), ("1.5", 1_500), ("0", 0), ("30m", 1_800_000)])
def test_a_bare_number_is_seconds_where_that_is_allowed(text: str, ms: int) -> None:
    assert seconds_if_bare(text) == ms


def test_after_a_unit_a_bare_number_is_never_seconds() -> None:
    assert refusal(seconds_if_bare, "1m30") == ("duration-without-unit", "30")


@pytest.mark.parametrize(
    ("text", "suggestion"), [("30secs", "30s"), ("2 minutes", "2m"), ("1Hour", "1h"), ("1.5Sec", "1.5s")]
)
def test_a_unit_of_time_written_out_is_answered_with_its_letter(text: str, suggestion: str) -> None:
    assert values_of(parse_duration, text)["suggestion"] == suggestion


def test_an_unknown_unit_is_answered_with_seconds_only_where_a_bare_number_means_them() -> None:
    assert values_of(seconds_if_bare, "30x")["suggestion"] == "30s"
    assert "suggestion" not in values_of(parse_duration, "30x")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30s", 30_000, 30_000),
        ("20-30s", 20_000, 30_000),
        ("20 - 30 s", 20_000, 30_000),
        ("20–30s", 20_000, 30_000),
        ("20s-30s", 20_000, 30_000),
        ("1-2m", 60_000, 120_000),
        ("30s-1m", 30_000, 60_000),
        ("1m-1m30s", 60_000, 90_000),
        ("1:00-1:30", 60_000, 90_000),
        ("0.5-1.5s", 500, 1_500),
        ("0-10s", 0, 10_000),
        ("30s-30s", 30_000, 30_000),
    ],
)
def test_a_range_of_durations_may_share_its_unit(text: str, low: int, high: int) -> None:
    assert parse_duration_range(text) == Range(low, high)


@pytest.mark.parametrize(
    ("text", "kind", "under"),
    [
        ("30-20s", "range-reversed", "30-20s"),
        ("1m - 30s", "range-reversed", "1m - 30s"),
        ("20-30", "duration-without-unit", "30"),
        ("20-30secs", "unit-of-time-unknown", "secs"),
        ("20s--30s", "duration-negative", "-30s"),
        ("20s-25h", "duration-too-long", "25h"),
        ("20-30-40s", "duration-without-unit", "30"),
        ("20s-", "duration-unreadable", "20s-"),
    ],
)
def test_what_is_no_range_of_durations_is_refused_under_its_characters(
    text: str, kind: str, under: str
) -> None:
    assert refusal(parse_duration_range, text) == (kind, under)


@pytest.mark.parametrize(
    ("text", "turned"), [("30-20s", "20s-30s"), ("1m-30s", "30s-1m"), ("2:00-1:00", "1m-2m")]
)
def test_a_range_the_wrong_way_round_is_answered_the_right_way_round(text: str, turned: str) -> None:
    assert values_of(parse_duration_range, text)["turned"] == turned
    assert parse_duration_range(turned)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("3", 3, 3), ("2-3", 2, 3), ("2 – 3", 2, 3), (" 08 ", 8, 8), ("99", 99, 99)]
)
def test_a_count_is_one_whole_number_or_a_range(text: str, low: int, high: int) -> None:
    assert parse_count_range(text, 99) == Range(low, high)


@pytest.mark.parametrize(
    ("text", "kind", "under"),
    [
        ("0", "count-zero", "0"),
        ("0-3", "count-zero", "0-3"),
        ("100", "count-too-large", "100"),
        ("9" * 400, "count-too-large", "9" * 400),
        ("3-2", "range-reversed", "3-2"),
        ("three", "count-unreadable", "three"),
        ("-3", "count-unreadable", "-3"),
        ("1.5", "count-unreadable", "1.5"),
        ("3 times", "count-unreadable", "3 times"),
        ("٣", "count-unreadable", "٣"),
    ],
)
def test_what_is_no_count_is_refused_under_its_characters(text: str, kind: str, under: str) -> None:
    assert refusal(lambda given: parse_count_range(given, 99), text) == (kind, under)


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("2-1-3", (2_000, 1_000, 3_000)),
        ("2 – 1 – 3", (2_000, 1_000, 3_000)),
        ("4", (4_000,)),
        ("2-0-3", (2_000, 0, 3_000)),
        ("0.5-1.25", (500, 1_250)),
        ("0.5", (500,)),
        (" 2-1 ", (2_000, 1_000)),
    ],
)
def test_a_tempo_is_the_seconds_of_each_phase(text: str, phases: tuple[int, ...]) -> None:
    assert parse_tempo(text) == phases


@pytest.mark.parametrize(
    ("text", "kind", "under"),
    [
        ("0-0-0", "tempo-too-short", "0-0-0"),
        ("0.499", "tempo-too-short", "0.499"),
        ("99999", "duration-too-long", "99999"),
        ("2-x", "tempo-unreadable", "2-x"),
        ("2--3", "tempo-unreadable", "2--3"),
        ("2-1-", "tempo-unreadable", "2-1-"),
        ("-2", "tempo-unreadable", "-2"),
        ("2s-1s", "tempo-unreadable", "2s-1s"),
        ("slow", "tempo-unreadable", "slow"),
        ("2-1 3", "tempo-unreadable", "2-1 3"),
        ("0.1234", "tempo-unreadable", "0.1234"),
    ],
)
def test_what_is_no_tempo_is_refused_under_its_characters(text: str, kind: str, under: str) -> None:
    assert refusal(parse_tempo, text) == (kind, under)


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "0s"),
        (30_000, "30s"),
        (60_000, "1m"),
        (90_000, "1m30s"),
        (3_600_000, "1h"),
        (3_601_500, "1h1.5s"),
        (50, "0.05s"),
    ],
)
def test_a_duration_is_written_in_its_shortest_form(ms: int, text: str) -> None:
    assert format_duration(ms) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (20_000, 30_000, "20-30s"),
        (500, 1_500, "0.5-1.5s"),
        (60_000, 120_000, "1-2m"),
        (0, 120_000, "0-2m"),
        (3_600_000, 7_200_000, "1-2h"),
        (3_600_000, 5_400_000, "60-90m"),
        (30_000, 60_000, "30-60s"),
        (60_000, 90_000, "60-90s"),
        (30_000, 300_000, "30s-5m"),
        (60_000, 60_000, "1m"),
    ],
)
def test_a_range_of_durations_is_written_in_its_shortest_form(low: int, high: int, text: str) -> None:
    assert format_range(Range(low, high), durations=True) == text


durations = st.integers(0, MAX_DURATION_MS) | st.integers(0, 1_440).map(lambda minutes: minutes * 60_000)


@given(durations)
def test_a_written_duration_reads_as_itself(ms: int) -> None:
    assert parse_duration(format_duration(ms)) == ms


@given(durations, durations)
def test_a_written_range_reads_as_itself(one: int, other: int) -> None:
    span = Range(min(one, other), max(one, other))
    assert parse_duration_range(format_range(span, durations=True)) == span


@given(durations, durations)
def test_a_written_range_is_no_longer_than_its_two_ends(one: int, other: int) -> None:
    span = Range(min(one, other), max(one, other))
    ends = f"{format_duration(span.low)}-{format_duration(span.high)}"
    assert len(format_range(span, durations=True)) <= len(ends)


@given(st.integers(1, 999), st.integers(1, 999))
def test_a_written_range_of_counts_reads_as_itself(one: int, other: int) -> None:
    counts = Range(min(one, other), max(one, other))
    assert parse_count_range(format_range(counts, durations=False), 999) == counts


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6).filter(lambda phases: sum(phases) >= 500))
def test_a_written_tempo_reads_as_itself(phases: list[int]) -> None:
    assert parse_tempo(format_tempo(tuple(phases))) == tuple(phases)


@given(NOTATION | st.text(max_size=30))
@pytest.mark.parametrize(
    "parse",
    [
        parse_duration,
        seconds_if_bare,
        parse_duration_range,
        parse_tempo,
        lambda text: parse_count_range(text, 99),
    ],
    ids=["duration", "bare", "span", "tempo", "count"],
)
def test_any_text_is_read_or_refused_at_a_place_within_it(parse: Callable[[str], Any], text: str) -> None:
    try:
        parse(text)
    except NotationError as error:
        assert 0 <= error.start < error.end <= max(1, len(text))  # noqa: PT017 (what is not raised is as good)


def test_a_range_of_one_value_holds_it() -> None:
    assert exactly(5) == Range(5, 5)
