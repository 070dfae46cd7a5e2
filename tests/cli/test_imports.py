"""What each command imports: help and version are quick, and nothing pays for what it does not use."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from voiceguide.cli import COMMANDS

if TYPE_CHECKING:
    from tests.conftest import User

LIBRARIES = {
    "PIL", "babel", "dbus_fast", "distributed", "espeakng_loader", "fit_tool", "imageio_ffmpeg", "lameenc", "miniaudio", "mutagen",
    "num2words", "numpy", "piper", "platformdirs", "pocketsphinx", "pydub", "pyttsx3", "reportlab", "rich", "segno", "soxr", "starlette",
    "uvicorn", "yaml",
}  # fmt: skip
# What takes longer than most of the standard library.
HEAVY = LIBRARIES | {
    "asyncio", "concurrent.futures", "email", "http", "importlib.metadata", "importlib.resources", "logging",
    "multiprocessing", "sqlite3", "ssl", "subprocess", "unittest", "urllib.request", "xml",
}  # fmt: skip
FOLDERS = {"platformdirs"}
"""Where the configuration is looked for: it is read where there is one."""
SCRIPTS = FOLDERS | {"yaml"}
VOICES = FOLDERS | {"espeakng_loader", "pyttsx3"}
CLIPS = VOICES | {"numpy", "yaml"}
"""What is heard, all of it from the cache."""
SPOKEN = CLIPS | {"soxr", "subprocess"}
"""The same, spoken by a process of its own and levelled."""
CUES = {"pydub", "logging"}
TAGGED = {"PIL", "mutagen", "logging", "subprocess"}
WEB = {"email", "http", "ssl", "urllib.request", "xml"}
"""What libraries that know of addresses load, whether or not they ask anybody."""
SEVERAL = {"concurrent.futures", "logging"}
"""Work for several threads or processes."""


class Row(NamedTuple):
    """A command and what it imports: the first time, with nothing in the cache, and from then on."""

    command: str
    cold: set[str]
    warm: set[str] | None = None


TABLE = [
    Row("--version", set()),
    Row("--help", set()),
    *(Row(f"{command} --help", FOLDERS) for command in COMMANDS),
    Row("render neck-reset", SPOKEN | CUES | SEVERAL | TAGGED | {"lameenc"}, CLIPS),
    Row("render neck-reset -o x.wav", SPOKEN | CUES, CLIPS),
    Row("batch plan.csv -o out", FOLDERS | SEVERAL | {"multiprocessing", "subprocess"}),
    Row("sheet neck-reset -o x.html", SCRIPTS),
    Row("sheet neck-reset -o x.html --address http://x.org/", SCRIPTS | WEB | {"segno"}),
    Row("sheet neck-reset -o x.pdf", SCRIPTS | WEB | {"reportlab", "PIL", "logging"}),
    Row(
        "export neck-reset --to album",
        SCRIPTS | SEVERAL | {"PIL", "multiprocessing", "subprocess"},
        FOLDERS | SEVERAL | {"multiprocessing", "subprocess"},
    ),
    Row("export neck-reset --to watch --format fit", SCRIPTS | {"fit_tool", "logging"}),
    # Refused before it listens: what serves is imported by nothing else.
    Row("serve --key desk.key", FOLDERS),
    Row("import list.txt -o -", SCRIPTS),
    Row("play neck-reset --output x.wav", SPOKEN | CUES, CLIPS),
    Row("show neck-reset", SPOKEN | CUES, CLIPS),
    Row("history", FOLDERS),
    Row("list", SPOKEN | CUES, CLIPS),
    Row("exercises", SCRIPTS),
    Row("check neck-reset", SPOKEN | CUES, CLIPS),
    Row("compile neck-reset -o t.json", SPOKEN | CUES, CLIPS),
    Row(
        "say hello -o x.mp3",
        (SPOKEN | TAGGED | {"lameenc"}) - {"yaml"},
        (CLIPS | TAGGED | {"lameenc"}) - {"yaml"},
    ),
    Row("voices", VOICES),
    Row("schema", FOLDERS),
    Row("cache", FOLDERS),
    Row("config", FOLDERS),
    Row("doctor", FOLDERS | {"email", "importlib.metadata", "importlib.resources", "subprocess"}),
]
PROBE = """
import json, sys
from voiceguide.cli import run
run(sys.argv[1:])
print("\\n" + json.dumps(list(sys.modules)), file=sys.stderr)
"""


def imported(user: User, command: str) -> set[str]:
    """The heavy modules that a command imports."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *command.split()],
        cwd=user.folder,
        # Nothing of this user was spoken or written before.
        env=user.environment | {"XDG_CACHE_HOME": str(user.folder / "cache")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
    )
    return HEAVY & set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.command)
def test_a_command_imports_this_and_nothing_else(user: User, row: Row) -> None:
    (user.folder / "list.txt").write_text("Plank | 30\n", encoding="utf-8")
    (user.folder / "plan.csv").write_text("name,routine\nAnna,neck-reset\n", encoding="utf-8")
    assert imported(user, row.command) == row.cold
    if row.warm is not None:
        assert imported(user, row.command) == row.warm


def test_every_command_is_in_the_table() -> None:
    assert {row.command.split()[0] for row in TABLE if "--help" not in row.command} >= set(COMMANDS)
