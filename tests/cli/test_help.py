"""`--help` and `--version`, and what is said to someone who mistypes."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli import COMMANDS

if TYPE_CHECKING:
    from tests.conftest import User


def test_the_version_is_that_of_the_package(user: User) -> None:
    outcome = user.run("--version")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"voiceguide {version('voiceguide')}\n", "")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_command_with_a_whole_sentence(user: User, flag: str) -> None:
    outcome = user.run(flag)
    assert (outcome.code, outcome.err) == (0, "")
    listed = outcome.out[outcome.out.index("Commands:\n") :].split("\n\n")[0].splitlines()[1:]
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(user: User, command: str) -> None:
    outcome = user.run(command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"Usage: voiceguide {command} ")
    assert max(map(len, outcome.out.splitlines())) <= 100


def test_without_a_command_it_shows_help(user: User) -> None:
    outcome = user.run()
    assert outcome.code == 2
    assert outcome.out + outcome.err == user.run("--help").out


@pytest.mark.parametrize(
    ("arguments", "usage", "told"),
    [
        (["lisst"], "", "No such command 'lisst'. Did you mean 'list'?"),
        (["zzz"], "", "No such command 'zzz'."),
        (["render"], " render", "Missing argument 'NAME', or a programme: --programme NAME."),
        (["compile"], " compile", "Missing argument 'NAME'."),
        (["check"], " check", "Missing argument 'FILE...'."),
        (["show", "a", "b"], " show", "Got unexpected extra argument (b)"),
        (["batch", "plan.csv"], " batch", "Missing option '-o' / '--output'."),
        (["render", "evening", "--rate", "10"], " render", "Invalid value for '--rate': the rate is a whole number of words a minute, 80 to 450"),
        (["render", "evening", "--rate", "x"], " render", "Invalid value for '--rate': the rate is a whole number of words a minute, 80 to 450"),
        (["show", "evening", "--switch", "5q"], " show", "Invalid value for '--switch': 'q' is not a unit of time (s, m, h); write 5s"),
        (["show", "evening", "--countdown", "4"], " show", "Invalid value for '--countdown': '4' is not 5, 3 or none"),
        (["render", "evening", "--bitrate", "7"], " render", "Invalid value for '--bitrate': there is no MP3 of 7 kbit/s; choose one of 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320"),
    ],
)  # fmt: skip
def test_a_mistyped_command_line(user: User, arguments: list[str], usage: str, told: str) -> None:
    said = user.fails(*arguments)
    assert said.startswith(f"Usage: voiceguide{usage} [OPTIONS]")
    assert f"Try 'voiceguide{usage} --help' for help.\n" in said
    assert said.endswith(f"\nError: {told}\n")


def test_an_option_that_does_not_exist(user: User) -> None:
    assert "No such option" in user.fails("list", "--jsn")
