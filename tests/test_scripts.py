"""The README's first command, as someone who has just cloned the project runs it."""

from __future__ import annotations

import os
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


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The scripts in a checkout whose environments hold programs that only say where they stand."""
    root = tmp_path / "check out"
    shutil.copytree(CHECKOUT / "scripts", root / "scripts")
    shutil.copy2(CHECKOUT / "pyproject.toml", root)
    for name in (".venv/bin/python", ".venv/bin/voiceguide", ".venv-bench/bin/python", ".venv-test/bin/python",
                 ".venv-test/bin/pytest", ".venv-test/bin/ruff", ".venv-test/bin/mypy"):  # fmt: skip
        program = root / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text('#!/bin/sh\necho "$0 $*"\n')
        program.chmod(0o755)
    return root


@pytest.mark.parametrize(
    ("script", "program"), [("voiceguide", ".venv/bin/voiceguide"), ("test", ".venv-test/bin/pytest")]
)
@pytest.mark.parametrize("kind", ["absolute", "relative", "to a link", "to the folder", "on PATH"])
def test_a_script_may_be_called_through_a_link(
    installed: Path, tmp_path: Path, script: str, program: str, kind: str
) -> None:
    called = tmp_path / "my bin" / "vg"
    called.parent.mkdir()
    if kind == "relative":
        called.symlink_to(f"../check out/scripts/{script}")
    elif kind == "to a link":
        (tmp_path / "other").symlink_to(f"check out/scripts/{script}")
        called.symlink_to("../other")
    elif kind == "to the folder":
        called.symlink_to(installed / "scripts")
        called /= script
    else:
        called.symlink_to(installed / "scripts" / script)
    path = os.environ["PATH"]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@"', "sh", "vg" if kind == "on PATH" else called, "hello"],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{called.parent}:{path}" if kind == "on PATH" else path},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()[-1]
    assert said.startswith(f"{installed / program} ")
    assert said.endswith(" hello")


def bench(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [installed / "scripts" / "bench", *arguments], capture_output=True, check=False, text=True
    )


def test_a_benchmark_is_run_in_its_environment(installed: Path) -> None:
    done = bench(installed, "first-sound", "--runs", "3")
    python = installed / ".venv-bench/bin/python"
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"{python} -m benchmarks.first_sound --runs 3"


def test_without_a_name_every_benchmark_is_run_and_its_results_kept(installed: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept here"
    done = bench(installed, "--json", str(kept))
    assert done.returncode == 0, done.stderr
    python = installed / ".venv-bench/bin/python"
    modules = {"render": "render", "batch": "batch", "first-sound": "first_sound", "listen": "listen"}
    ran = [
        line
        for name, module in modules.items()
        for line in (f"## {name}", "", f"{python} -m benchmarks.{module} --json {kept}/{name}.json", "")
    ]
    assert done.stdout.splitlines()[-len(ran) :] == ran
    assert kept.is_dir()


def test_a_benchmark_that_fails_does_not_keep_the_others_from_being_run(installed: Path) -> None:
    python = installed / ".venv-bench/bin/python"
    python.write_text('#!/bin/sh\necho "$*"\ncase $* in *first_sound*) exit 3 ;; esac\n')
    done = bench(installed)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2] == "-m benchmarks.listen"
    assert bench(installed, "first-sound").returncode == 3


@pytest.mark.parametrize("arguments", [["everything"], ["--json"], ["--runs", "3"]])
def test_an_unknown_benchmark_is_answered_with_those_there_are(installed: Path, arguments: list[str]) -> None:
    done = bench(installed, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "usage: scripts/bench [--json FOLDER]    all of these\n"
        "       scripts/bench render [--part minutes|hour|length|cues|phrases] [--runs N] [--json FILE]\n"
        "       scripts/bench batch [--rows N] [--json FILE]\n"
        "       scripts/bench first-sound [--runs N] [--json FILE]\n"
        "       scripts/bench listen [--json FILE]\n"
    )
