"""The README's first command, as someone who has just cloned the project runs it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git tracks, in a new folder."""
    folder = tmp_path_factory.mktemp("a clone")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, folder / name)
    return folder


def run(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["scripts/voiceguide", *arguments], cwd=clone, check=True, capture_output=True, text=True
    )


def test_the_first_call_installs_the_next_goes_straight_and_a_changed_pyproject_is_noticed(
    clone: Path,
) -> None:
    first = run(clone, "render", "neck-reset")
    assert "first use, making its environment" in first.stderr
    assert (clone / "audio" / "neck-reset.mp3").stat().st_size > 1_000_000

    second = run(clone, "--version")
    assert second.stderr == ""
    assert second.stdout.startswith("voiceguide ")

    with (clone / "pyproject.toml").open("a") as file:
        file.write("\n# changed\n")
    third = run(clone, "--version")
    assert "up to date" in third.stderr
    assert run(clone, "--version").stderr == ""
