"""Something tried in a process of its own."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

from voiceguide.cli.apart import Apart, Outcome

from .looks import FOUND

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PATIENT_S = 60.0


def outcome(function: str, *arguments: str, within_s: float = PATIENT_S) -> Outcome:
    with closing(Apart("tests.cli.looks", function, *arguments)) as apart:
        return apart.outcome(within_s)


def test_what_it_finds_comes_back_and_what_libraries_write_does_not(
    capfd: pytest.CaptureFixture[str],
) -> None:
    found, ended, _ = outcome("well", "broken\n")
    assert ended == "well"
    assert [(values["thing"], values["told"]) for values in found] == [
        ("first", "é×█"),
        ("second", "broken\n"),
    ]
    assert found[0] == asdict(FOUND)
    assert capfd.readouterr() == ("", "")


def test_one_that_hangs_is_killed_and_what_it_found_before_is_kept() -> None:
    with closing(Apart("tests.cli.looks", "hangs")) as apart:
        # As long as it takes to find the first.
        while not apart.found():
            pass
        assert apart.outcome(0.0) == Outcome([asdict(FOUND)], "hung", "it said nothing")


def test_one_that_raises_has_crashed() -> None:
    assert outcome("raises") == Outcome([asdict(FOUND)], "crashed", "RuntimeError: nobody expected this")


def test_one_that_dies_has_crashed() -> None:
    assert outcome("dies") == Outcome([asdict(FOUND)], "crashed", "free(): invalid pointer")


def test_a_thread_that_it_leaves_does_not_keep_it() -> None:
    assert outcome("leaves_a_thread").ended == "well"


def test_it_finds_what_this_process_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "only_here.py").write_text("def look():\n    return iter(())\n")
    monkeypatch.syspath_prepend(tmp_path)
    with closing(Apart("only_here", "look")) as apart:
        assert apart.outcome(PATIENT_S).ended == "well"
    assert "only_here" not in sys.modules
