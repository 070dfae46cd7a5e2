"""What a command imports: help and version are quick, and nothing pays for what it does not use."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import User

HEAVY = {
    "PIL", "babel", "lameenc", "miniaudio", "mutagen", "num2words", "numpy", "piper", "pydub", "pyttsx3", "rich", "soxr", "yaml"
}  # fmt: skip
PROBE = """
import json, sys
from voiceguide.cli import run
code = run(sys.argv[1:])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
sys.exit(code)
"""


def imported(user: User, *arguments: str) -> set[str]:
    """The heavy modules that a command imports."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=user.folder,
        env=user.environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return HEAVY & set(json.loads(done.stderr))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_and_version_import_nothing_heavy(user: User, arguments: list[str]) -> None:
    assert imported(user, *arguments) == set()


@pytest.mark.parametrize("command", ["render", "play", "show", "voices"])
def test_the_help_of_a_command_reads_the_configuration_and_imports_nothing_else(
    user: User, command: str
) -> None:
    assert imported(user, command, "--help") <= {"yaml"}


@pytest.mark.parametrize("arguments", [["exercises"], ["schema"], ["config"], ["history"]])
def test_what_makes_no_sound_imports_nothing_of_it(user: User, arguments: list[str]) -> None:
    assert imported(user, *arguments) == {"yaml"}


def test_rendering_needs_neither_a_sound_device_nor_the_terminals_library(user: User) -> None:
    assert not imported(user, "render", "neck-reset") & {"miniaudio", "rich", "piper"}


def test_playing_needs_no_encoder_and_without_a_terminal_not_its_library(user: User) -> None:
    """The first sound waits for all that is imported before it."""
    heavy = imported(user, "play", "neck-reset", "--output", "heard.wav")
    assert not heavy & {"PIL", "lameenc", "mutagen", "piper", "rich"}
