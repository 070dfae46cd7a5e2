"""`voiceguide export --format fit`: workouts for a watch."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tests.workout.support import decoded

from .support import QUICK

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import User

LONG = """\
title: Long one
steps:
  - section: Around
    rounds: 1
    steps: [{steps}]
"""
MANY = LONG.format(steps=", ".join(f"{{plank-{n}: 10s}}" for n in range(26)))
PLANKS = "exercises:\n" + "".join(f"  plank-{n}: {{name: Plank {n}, dose: 10s}}\n" for n in range(26))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_routine_becomes_a_workout_by_its_title(user: User) -> None:
    user.write("mine.yaml", QUICK)
    outcome = user.run("export", "mine.yaml", "--to", "watch", "--format", "fit")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "watch/Quick one.fit  3 steps\n"
    found = decoded((user.folder / "watch" / "Quick one.fit").read_bytes())
    assert found["workout_mesgs"][0]["wkt_name"] == "Quick one"
    assert [step["wkt_step_name"] for step in found["workout_step_mesgs"]] == [
        "Next: Bridge",
        "Bridge",
        "Rest",
    ]


def test_every_shipped_routine_is_within_what_a_watch_takes_at_its_highest_dose(user: User) -> None:
    outcome = user.run("export", "--all", "--to", "watch", "--format", "fit", "--dose", "100")
    assert (outcome.code, outcome.err) == (0, "")
    assert len(names(user.folder / "watch")) == len(outcome.out.splitlines()) > 3


def test_a_second_export_touches_only_what_has_changed(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.run("export", "mine.yaml", "evening", "--to", "watch", "--format", "fit")
    before = user.files()
    user.run("export", "mine.yaml", "evening", "--to", "watch", "--format", "fit")
    assert user.files() == before
    user.write("mine.yaml", QUICK.replace("2 reps", "5 reps"))
    user.run("export", "mine.yaml", "evening", "--to", "watch", "--format", "fit")
    changed = {path for path, stamp in user.files().items() if stamp != before.get(path)}
    assert {os.path.basename(path) for path in changed} == {"mine.yaml", "Quick one.fit"}  # noqa: PTH119 (they are texts)


def test_a_workout_follows_the_title_of_its_routine(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.run("export", "mine.yaml", "--to", "watch", "--format", "fit")
    user.write("mine.yaml", QUICK.replace("Quick one", "Slow one"))
    user.run("export", "mine.yaml", "--to", "watch", "--format", "fit")
    assert names(user.folder / "watch") == ["Slow one.fit"]


def test_a_file_of_somebody_else_stays_and_so_does_another_routine_of_that_title(user: User) -> None:
    user.write("watch/Quick one.fit", b"not ours")
    user.write("mine.yaml", QUICK)
    user.write("other/mine.yaml", QUICK)
    user.run("export", "mine.yaml", "other/mine.yaml", "--to", "watch", "--format", "fit")
    assert names(user.folder / "watch") == ["Quick one (2).fit", "Quick one (3).fit", "Quick one.fit"]
    assert (user.folder / "watch" / "Quick one.fit").read_bytes() == b"not ours"


def test_the_listeners_choices_shape_it(user: User) -> None:
    outcome = user.run(
        "export", "evening", "--to", "watch", "--format", "fit", "--language", "de", "--only", "childs-pose", "--dose", "100"
    )  # fmt: skip
    assert outcome.code == 0
    (file,) = (user.folder / "watch").iterdir()
    step = decoded(file.read_bytes())["workout_step_mesgs"][1]
    assert (step["wkt_step_name"], step["duration_reps"]) == ("Kindeshaltung", 10)


def test_what_is_left_out_for_the_listener_is_told(user: User) -> None:
    outcome = user.run("export", "equipment", "--to", "watch", "--format", "fit", "--avoid", "hanging")
    assert outcome.code == 0
    assert outcome.err.startswith(("left out: ", "in place of "))


def test_a_dose_is_found_that_fits_by_estimate(user: User) -> None:
    outcome = user.run("export", "evening", "--to", "watch", "--format", "fit", "--fit", "15m")
    assert outcome.code == 0
    assert outcome.err.startswith("dose ")
    assert "; estimated: play or render it with --dose " in outcome.err


def test_one_that_a_watch_may_not_take_is_written_with_a_warning(user: User) -> None:
    user.write("long.yaml", MANY + PLANKS)
    outcome = user.run("export", "long.yaml", "--to", "watch", "--format", "fit")
    assert outcome.code == 0
    assert outcome.err == (
        "long.yaml:1:8: warning: 'Long one' has 52 steps, and Garmin's watches take 50 in a workout\n"
        "   1 | title: Long one\n"
        "     |        ^^^^^^^^\n"
        "   hint: make it shorter with a lower --dose or --avoid, or make two routines of it\n"
    )
    assert names(user.folder / "watch") == ["Long one.fit"]


def test_a_routine_that_fails_does_not_keep_the_others_back(user: User) -> None:
    user.write("mine.yaml", QUICK)
    outcome = user.run("export", "nope", "mine.yaml", "--to", "watch", "--format", "fit")
    assert outcome.code == 2
    assert outcome.err == "error: there is no routine 'nope'\n   hint: `voiceguide list` shows them all\n"
    assert names(user.folder / "watch") == ["Quick one.fit"]


def test_a_timeline_is_refused(user: User) -> None:
    user.write("mine.json", "{}")
    outcome = user.run("export", "mine.json", "--to", "watch", "--format", "fit")
    assert outcome.code == 2
    assert outcome.err == (
        "error: mine.json is a timeline, which has decided on every second\n"
        "   hint: export the routine it was compiled from\n"
    )


def test_without_the_extra_it_says_how_to_get_it(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fit_tool.fit_file", "fit_tool.fit_file_builder", "fit_tool"):
        monkeypatch.setitem(sys.modules, name, None)
    user.write("mine.yaml", QUICK)
    outcome = user.run("export", "mine.yaml", "evening", "--to", "watch", "--format", "fit")
    assert outcome.code == 2
    assert outcome.err == (
        "error: workouts for a watch need fit-tool, which is not installed\n"
        "   hint: `pip install 'voiceguide[fit]'` brings it\n"
    )
    assert names(user.folder / "watch") == []


def test_no_engine_is_asked(user: User) -> None:
    user.write("mine.yaml", f"engine: none-such\n{QUICK}")
    assert user.run("export", "mine.yaml", "--to", "watch", "--format", "fit").code == 0


def test_a_path_that_is_no_text_is_a_name_too(user: User) -> None:
    user.write("b\udce9ne.yaml", QUICK)
    assert user.run("export", "b\udce9ne.yaml", "--to", "watch", "--format", "fit").code == 0
