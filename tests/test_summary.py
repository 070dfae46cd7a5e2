"""The session in a table: one line an exercise."""

from __future__ import annotations

import pytest

from tests.compile.support import compiled, read
from voiceguide.plan import Choices, doses, plan
from voiceguide.summary import Item, clock, summarize

SCRIPT = "- fold: 2 x 30s, rest 10s\n- lean: 5s each side\n- lift: 1 rep\n- breathe: 2 breaths\n- fold: 5s"


def test_each_chapter_tells_its_start_its_length_and_its_work() -> None:
    assert summarize(compiled(SCRIPT, head="opening: Welcome.\n").timeline) == (
        Item("Opening", 0, 1_560),
        Item("Fold", 1_560, 76_368, "fold", "2 x 30s"),
        Item("Lean", 77_928, 21_960, "lean", "5s", ("left", "right")),
        Item("Lift", 99_888, 11_736, "lift", "1 rep of 6s"),
        Item("Breathe", 111_624, 15_744, "breathe", "2 breaths of 5s"),
        Item("Fold", 127_368, 11_376, "fold", "5s"),
    )


def test_one_breath_is_not_several() -> None:
    (item,) = summarize(compiled("- breathe: 1 breath").timeline)
    assert item.dose == "1 breath of 5s"


def test_doses_as_they_were_written_take_the_place_of_what_a_timeline_tells() -> None:
    actions = plan(read(SCRIPT), Choices(safety=False))
    items = summarize(compiled(SCRIPT, head="opening: Welcome.\n").timeline, doses(actions))
    assert [item.dose for item in items] == [
        "", "2 x 30s, rest 10s", "5s", "1 rep @ 2-1-3", "2 breaths", "5s"
    ]  # fmt: skip


def test_the_lengths_of_all_chapters_are_the_length_of_the_session() -> None:
    timeline = compiled(SCRIPT).timeline
    assert sum(item.length_ms for item in summarize(timeline)) == timeline.duration_ms


def test_one_side_is_named_alone() -> None:
    (item,) = summarize(compiled("- lean: 5s right").timeline)
    assert item.sides == ("right",)


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (0, "0:00"),
        (999, "0:00"),
        (61_000, "1:01"),
        (3_599_999, "59:59"),
        (3_600_000, "1:00:00"),
        (36_061_000, "10:01:01"),
    ],
)
def test_a_time_is_shown_in_whole_seconds(ms: int, shown: str) -> None:
    assert clock(ms) == shown
