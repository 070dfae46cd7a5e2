"""Ctrl-C before the command has begun: while the program is still being imported."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import User

# Does something when a module is about to be imported, then begins as the installed program does. A test that was
# started in the background hands on an ignored Ctrl-C.
BEGIN = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Watch:
    def find_spec(self, name, *_):
        if name == {module!r}:
            {then}
sys.meta_path.insert(0, Watch())
from voiceguide.__main__ import main
main()
"""


def start(user: User, module: str, then: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN.format(module=module, then=then), "play", "evening", "--output", "null"],
        cwd=user.folder,
        env=user.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    "module",
    ["voiceguide.cli", "click", "voiceguide.errors", "voiceguide.cli.play", "yaml", "numpy", "voiceguide.player.commands.keys"],
)  # fmt: skip
def test_ctrl_c_stops_every_import(user: User, module: str) -> None:
    process = start(user, module, "signal.raise_signal(signal.SIGINT)")
    assert (process.communicate(), process.returncode) == (("", "stopped\n"), 130)


@pytest.mark.parametrize("module", ["click", "yaml"])
def test_ctrl_c_that_python_turned_into_another_error_stops_too(user: User, module: str) -> None:
    process = start(user, module, "raise RuntimeError from KeyboardInterrupt()")
    assert (process.communicate(), process.returncode) == (("", "stopped\n"), 130)


def test_another_error_is_not_taken_for_ctrl_c(user: User) -> None:
    process = start(user, "yaml", "raise RuntimeError('a defect')")
    assert "RuntimeError: a defect" in process.communicate()[1]
    assert process.returncode == 1


@pytest.mark.parametrize("ms", [0, 5, 10, 20, 40, 80, 160])
def test_ctrl_c_at_any_moment_of_the_start(user: User, ms: int) -> None:
    process = start(user, "voiceguide.cli", "os.write(1, b'.')")
    assert process.stdout is not None
    assert process.stdout.read(1) == "."
    time.sleep(ms / 1000)
    process.send_signal(signal.SIGINT)
    try:
        _, err = process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        # About once in a thousand times Python itself loses an exception in an import: one presses the keys again.
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert (process.returncode, err.strip()) == (130, "stopped")
