"""Repeats of a workout: fewer steps, and exactly the session when they are done."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.compile.support import read
from voiceguide.plan import Choices, HoldWork, Work, plan
from voiceguide.workout.repeats import Repeat, folded, unfolded
from voiceguide.workout.steps import Step, steps


def letters(workout: str) -> list[Step]:
    return [Step("work", letter, ms=1_000) for letter in workout]


def fold(workout: str) -> str:
    """Steps that are called by one letter each, folded: `(ab)3` for a repeat."""
    shown: list[str] = []
    for step in folded(letters(workout)):
        if isinstance(step, Repeat):
            shown[step.first] = f"({shown[step.first]}"
            shown.append(f"){step.times}")
        else:
            shown.append(step.name)
    return "".join(shown)


def test_what_is_done_several_times_in_a_row_is_repeated() -> None:
    assert fold("xababaaaab") == "x(ab)2(a)4b"


def test_a_repeat_that_saves_no_step_is_none() -> None:
    assert fold("aabab") == "a(ab)2"
    assert fold("aa") == "aa"


def test_the_rest_after_the_last_set_is_not_made_up() -> None:
    assert fold("wrwrwrw") == "(wr)3w"


def test_repeats_do_not_nest() -> None:
    """Three sets in two rounds: a watch takes no repeat in another, so the shorter of both ways is taken."""
    assert fold("gwrwrwgwrwrw") == "(gwrwrw)2"


def test_many_steps_are_folded_in_no_time() -> None:
    assert len(folded(letters("ab" * 10_000))) == 3
    assert len(folded(letters("a" * 20_000))) == 2


@given(st.text(alphabet="abc", max_size=60))
def test_folding_loses_nothing(workout: str) -> None:
    found = folded(letters(workout))
    assert list(unfolded(found)) == letters(workout)
    assert len(found) <= len(workout)
    repeats = [(step.first, at) for at, step in enumerate(found) if isinstance(step, Repeat)]
    assert all(first >= end for (_, end), (first, _) in pairwise(repeats))
    assert all(step.times > 1 for step in found if isinstance(step, Repeat))


DOSES = {
    "fold": ["{n} x 30s, rest {r}s", "30-60s"],
    "lean": ["{n} x 10s each side, rest {r}s", "{n} x 10s alternating, rest {r}s", "{n} x 5 breaths, left"],
    "lift": ["{n} x 8 reps, rest {r}s", "{n} x 3 reps hold 5s"],
    "swing": ["{n} x 2 reps alternating, right first, rest {r}s"],
}


@st.composite
def scripts(draw: st.DrawFn) -> str:
    """The steps of a small routine: exercises with sets, sides and rests, some in rounds."""

    def exercise() -> str:
        name = draw(st.sampled_from(sorted(DOSES)))
        dose = draw(st.sampled_from(DOSES[name]))
        return f"{name}: {dose.format(n=draw(st.integers(1, 5)), r=draw(st.sampled_from([0, 10])))}"

    written = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["exercise", "exercise", "rest", "pause", "section"]))
        if kind == "exercise":
            written.append(f"- {exercise()}")
        elif kind == "section":
            inner = "".join(f"\n  - {exercise()}" for _ in range(draw(st.integers(1, 3))))
            written.append(f"- section: Round\n  rounds: {draw(st.integers(1, 4))}\n  steps:{inner}")
        else:
            written.append(f"- {kind}: 5s")
    return "\n".join([*written, "- fold: 5s"])


@given(scripts(), st.sampled_from([0, 50, 100]))
def test_a_workout_is_exactly_the_sets_of_the_session_in_order(script: str, dose: int) -> None:
    routine, choices = read(script), Choices(safety=False, dose=dose)
    done = [step for step in unfolded(folded(steps(routine, choices))) if step.kind == "work"]
    wanted = [action for action in plan(routine, choices) if isinstance(action, Work)]
    assert [(step.ms, step.reps) for step in done] == [
        (work.ms, None) if isinstance(work := action.performance.work, HoldWork) else (None, work.count)
        for action in wanted
    ]
    assert [step.name.partition(", ")[2] for step in done] == [action.side or "" for action in wanted]
