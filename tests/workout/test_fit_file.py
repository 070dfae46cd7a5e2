"""FIT files: what two other readers find in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fit_tool.fit_file import FitFile
from fit_tool.validation import ProfileScope, validate_fit_file
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.workout.fit_file import IDENTITY_BYTES, identity, workout_bytes
from voiceguide.workout.repeats import Repeat
from voiceguide.workout.steps import Step

from .support import decoded, workout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voiceguide.workout.repeats import WorkoutStep

CREATED = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
SETS = (
    Step("rest", "Next: Lean", ms=5_000, notes="Go easy."),
    Step("work", "Lean, left", ms=20_500),
    Step("rest", "Rest", ms=10_000),
    Repeat(1, 2),
    Step("work", "Lift", reps=8, notes="2-1-3 s (up, hold, down)."),
    Step("open", "Take your strap."),
    Step("work", "Lean, left", ms=20_500),
)


def made(
    steps: Sequence[WorkoutStep] = SETS,
    *,
    name: str = "evening",
    title: str = "Evening",
    created: datetime = CREATED,
) -> bytes:
    return workout_bytes(name, title, "Ten quiet minutes.", steps, created)


def test_the_file_says_what_it_is() -> None:
    assert decoded(made())["file_id_mesgs"] == [
        {
            "type": "workout",
            "manufacturer": "development",
            "product": 30_311,
            "serial_number": 2_082_236_561,
            "time_created": CREATED,
        }
    ]


def test_the_workout_has_its_name_sport_and_number_of_steps() -> None:
    assert decoded(made())["workout_mesgs"] == [
        {
            "sport": "training",
            "sub_sport": "strength_training",
            "num_valid_steps": 7,
            "wkt_name": "Evening",
            "wkt_description": "Ten quiet minutes.",
        }
    ]


def test_every_step_is_read_back() -> None:
    found = decoded(made())["workout_step_mesgs"]
    told = [
        " ".join(
            str(step[key])
            for key in ("message_index", "duration_type", "duration_value", "target_value", "intensity", "wkt_step_name", "notes")
            if key in step
        )
        for step in found
    ]  # fmt: skip
    assert told == [
        "0 time 5000 0 rest Next: Lean Go easy.",
        "1 time 20500 0 active Lean, left",
        "2 time 10000 0 rest Rest",
        "3 repeat_until_steps_cmplt 1 2",
        "4 reps 8 0 active Lift 2-1-3 s (up, hold, down).",
        "5 open 0 0 rest Take your strap.",
        "6 time 20500 0 active Lean, left",
    ]
    assert (found[3]["duration_step"], found[3]["repeat_steps"]) == (1, 2)


def test_each_exercise_has_a_title_which_its_steps_name() -> None:
    messages = decoded(made())
    assert [
        (title["exercise_name"], title["wkt_step_name"]) for title in messages["exercise_title_mesgs"]
    ] == [
        (0, "Lean, left"),
        (1, "Lift"),
    ]
    steps = messages["workout_step_mesgs"]
    assert [step.get("exercise_name") for step in steps] == [None, 0, None, None, 1, None, 0]


def test_the_checks_of_another_library_find_nothing() -> None:
    """But for its count of steps, in which steps of reps are repeats: Garmin counts every message."""
    report = validate_fit_file(FitFile.from_bytes(made()), profile_scope=ProfileScope.FULL)
    found = [finding.message for finding in report.findings]
    assert [message for message in found if "num_valid_steps" not in message] == []


def test_the_same_values_are_the_same_bytes() -> None:
    assert made() == made()


def test_a_routine_is_the_same_workout_to_a_watch_whatever_has_changed_in_it() -> None:
    later = made(SETS[:2], title="Late evening", created=datetime(2027, 1, 1, tzinfo=UTC))
    assert identity(made()) == identity(later) != identity(made(name="morning"))
    assert len(identity(made())) == IDENTITY_BYTES - 14


def test_a_session_of_the_exercise_library_is_read_back() -> None:
    steps = workout("- lean: 4 x 10s each side\n- lift: 3 x 8 reps\n- wait: Breathe.")
    assert len(decoded(made(steps))["workout_step_mesgs"]) == len(steps)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=99),
    st.integers(1, 24 * 3_600_000),
    st.integers(1, 999),
)
def test_any_name_and_any_length_is_read_back_whole(title: str, ms: int, reps: int) -> None:
    steps = (Step("work", "Name", ms=ms), Step("work", "Other", reps=reps))
    messages = decoded(made(steps, title=title))
    times, counts = messages["workout_step_mesgs"]
    assert (times["duration_value"], counts["duration_value"]) == (ms, reps)
    read = messages["workout_mesgs"][0]["wkt_name"]
    assert title.startswith(read.removesuffix("…"))
