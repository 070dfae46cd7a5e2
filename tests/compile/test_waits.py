"""What the author of a routine that waits for a key is told of files."""

from __future__ import annotations

from tests.compile.support import read
from voiceguide.compile.waits import waits_in_file
from voiceguide.plan import Choices

QUIET = Choices(safety=False)


def told(steps: str, choices: Choices = QUIET, *, shelf: dict[str, str] | None = None) -> list[str]:
    problems = waits_in_file(read(steps, shelf=shelf), choices)
    assert {found.kind for found in problems} <= {"wait-in-file"}
    return [
        f"{found.place.line if found.place else '-'}: {found.severity}: {found.message}" for found in problems
    ]


def test_each_step_that_waits_is_told_with_the_pause_that_stands_for_it() -> None:
    assert told("- wait: Press space.\n- wait: {text: Press space., pause: 1m30s}") == [
        "3: warning: a file cannot wait for a key: a pause of 10s stands for it",
        "4: warning: a file cannot wait for a key: a pause of 1m30s stands for it",
    ]


def test_a_step_that_is_done_in_several_rounds_is_told_once() -> None:
    assert told("- section: A\n  rounds: 3\n  steps:\n    - wait: Press space.\n    - fold") == [
        "6: warning: a file cannot wait for a key: a pause of 10s stands for it"
    ]


def test_the_pause_is_the_one_at_the_listeners_speed() -> None:
    assert told("- wait: Press space.", Choices(speed=80)) == [
        "3: warning: a file cannot wait for a key: a pause of 12.5s stands for it"
    ]


def test_waiting_that_is_left_out_is_not_told() -> None:
    shelf = {"fold": "{name: Fold, dose: 5s, avoid: [knee]}"}
    steps = "- wait: Press space.\n- fold\n- lift"
    assert told(steps, Choices(avoid=frozenset({"knee"})), shelf=shelf) == []
    assert told(steps, Choices(only="lift")) == []


def test_a_routine_that_never_waits_has_nothing_to_be_told() -> None:
    assert told("- fold\n- pause: 10s") == []
