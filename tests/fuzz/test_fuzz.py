"""A short run of each fuzzer, in the process that long runs use (`scripts/fuzz`), and inputs that were found by long ones."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.run import fuzz
from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS, BrokenError

if TYPE_CHECKING:
    from pathlib import Path

RUNS = {
    "dose": 20_000,
    "reader": 1_500,
    "session": 400,
    "programme": 1_000,
    "configuration": 400,
    "timeline": 10_000,
    "import": 1_000,
}

needs_atheris = pytest.mark.skipif(
    find_spec("atheris") is None, reason="there is no wheel of atheris for this Python and machine"
)


@needs_atheris
@pytest.mark.parametrize("target", TARGETS)
def test_no_input_breaks_a_promise_and_more_code_is_reached_than_by_the_seeds(
    target: str, tmp_path: Path
) -> None:
    report = fuzz(target, tmp_path, f"-runs={RUNS[target]}", "-seed=5")
    assert (report.code, report.found) == (0, None), report.log[-3_000:]
    assert report.runs >= RUNS[target]
    assert report.reached > report.reached_by_seeds > 100


@needs_atheris
def test_the_limit_of_memory_is_in_force(tmp_path: Path) -> None:
    report = fuzz("dose", tmp_path, "-runs=100000000", "-rss_limit_mb=1")
    assert report.code != 0
    assert report.found is not None


@pytest.mark.parametrize("target", TARGETS)
def test_the_seeds_keep_every_promise(target: str) -> None:
    for seed in seeds(target):
        TARGETS[target](seed)


def test_a_promise_that_is_broken_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.targets.SLOWEST_S", -1.0)
    with pytest.raises(BrokenError, match="it took"):
        TARGETS["reader"](b"title: T\n")
