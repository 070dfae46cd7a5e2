"""A speech engine that hangs, crashes or says nothing: a message and no file, or with `--fallback tones` a session."""

from __future__ import annotations

import signal
import sys
import time
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.support import QUICK
from tests.speech.odd_engine import install_odd_engine
from voiceguide.speech import apart, child

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import User

HINT = "   hint: `--fallback tones` puts tones in place of what is not spoken\n"
SCRIPT = """\
title: Short
language: en
engine: odd
steps:
  - say: Lie down.
  - say: Breathe out.
  - pause: 2s
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")


@pytest.fixture
def odd(user: User, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Installs an engine that does on every text what the test says; a short patience for what hangs."""

    def install(speak: str = "pass", **bodies: str) -> None:
        noted = f"open({str(user.folder.parent / 'process')!r}, 'w').write(str(os.getpid()))\n{speak}"
        monkeypatch.syspath_prepend(install_odd_engine(user.folder.parent, noted, **bodies))
        user.write("short.yaml", SCRIPT)

    # Of an engine that does hang, long enough for one that does not on a busy machine.
    monkeypatch.setattr(apart, "PATIENCE_S", 4.0)
    monkeypatch.setattr(apart, "PATIENCE_PER_CHARACTER_S", 0.0)
    return install


def gone(user: User) -> bool:
    """Whether the last process that spoke is there no more."""
    return not Path("/proc", (user.folder.parent / "process").read_text()).exists()


def samples(path: Path) -> int:
    with wave.open(str(path)) as file:
        return int(file.getnframes())


FAULTS = [
    ("time.sleep(1e6)", "the speech engine 'odd' has not spoken 'Lie down.' within 4 seconds", HINT),
    ("os.abort()", "the speech engine 'odd' crashed at 'Lie down.' (SIGABRT)", HINT),
    ("os._exit(3)", "the speech engine 'odd' crashed at 'Lie down.' (exit code 3)", HINT),
    ("raise KeyError('a')", "the speech engine 'odd' did not speak 'Lie down.': KeyError: 'a'", ""),
    (
        "return Pcm(np.zeros(0, np.int16), 16_000)",
        "the speech engine 'odd' did not speak 'Lie down.': it gave no samples",
        "",
    ),
    (
        "return Pcm(np.zeros(999, np.int16), 16_000)",
        "the voice 'ann' makes no sound for 'Lie down.'",
        "   hint: write it in words\n",
    ),
]


@linux
@pytest.mark.parametrize(("speak", "message", "hint"), FAULTS)
def test_a_fault_is_named_and_leaves_neither_file_nor_process(
    user: User, odd: Callable[..., None], speak: str, message: str, hint: str
) -> None:
    odd(speak)
    outcome = user.run("render", "short.yaml", "-o", "x.wav", "--no-safety")
    assert outcome.code == 3
    assert (outcome.out, outcome.err) == ("", f"error: {message}\n{hint}")
    assert list(user.folder.iterdir()) == [user.folder / "short.yaml"]
    assert gone(user)


@linux
@pytest.mark.parametrize(("speak", "message"), [fault[:2] for fault in FAULTS[1:]])
def test_with_a_fallback_it_is_a_session_of_tones_and_a_warning(
    user: User, odd: Callable[..., None], speak: str, message: str
) -> None:
    odd(speak)
    outcome = user.run("render", "short.yaml", "-o", "x.wav", "--fallback", "tones", "--no-safety")
    assert outcome.code == 0
    assert f"warning: there are tones in place of speech (phrases: 2): {message}\n" in outcome.err
    assert samples(user.folder / "x.wav") > 2 * 48_000
    assert gone(user)


@linux
def test_after_it_hung_twice_the_rest_are_tones_at_once(
    user: User, odd: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "PATIENCE_S", 2.0)
    odd("time.sleep(1e6)")
    steps = "".join(f"  - say: Number {number}.\n" for number in range(40))
    user.write("short.yaml", SCRIPT + steps)
    begun = time.monotonic()
    outcome = user.run("render", "short.yaml", "-o", "x.wav", "--fallback", "tones", "--no-safety")
    assert (outcome.code, "(phrases: 42)" in outcome.err) == (0, True)
    # 42 times 2 seconds would be more.
    assert time.monotonic() - begun < 60
    assert gone(user)


@pytest.mark.parametrize("command", ["render", "play", "compile", "show", "say"])
def test_every_command_that_speaks_takes_the_fallback(
    user: User, odd: Callable[..., None], command: str
) -> None:
    odd("raise ValueError")
    what = {
        "render": ["short.yaml", "-o", "x.wav"],
        "play": ["short.yaml", "--output", "x.wav"],
        "compile": ["short.yaml", "-o", "x.json"],
        "show": ["short.yaml"],
        "say": ["Lie down.", "--engine", "odd", "-o", "x.wav"],
    }[command]
    assert user.run(command, *what).code == 3
    outcome = user.run(command, *what, "--fallback", "tones")
    assert outcome.code == 0
    assert outcome.err.count("there are tones in place of speech") == 1


def test_the_fallback_can_be_configured_and_called_off(user: User, odd: Callable[..., None]) -> None:
    odd("raise ValueError")
    user.configure("fallback: tones\n")
    assert user.run("show", "short.yaml").code == 0
    assert user.run("show", "short.yaml", "--fallback", "none").code == 3


def test_an_engine_that_does_not_open_is_replaced_too(user: User, odd: Callable[..., None]) -> None:
    odd(opening="raise OSError('no library')")
    assert user.fails("render", "short.yaml", "-o", "x.wav") == (
        "short.yaml:3:9: error: the speech engine 'odd' does not start: OSError: no library\n"
        "   3 | engine: odd\n"
        "     |         ^^^\n"
    )
    outcome = user.run("render", "short.yaml", "-o", "x.wav", "--fallback", "tones")
    assert outcome.code == 0
    assert "the speech engine 'odd' does not start: OSError: no library" in outcome.err


def test_an_engine_that_is_not_there_is_not_replaced(user: User) -> None:
    """That is a wish that nothing can fulfil, not a fault."""
    assert user.fails("say", "Hello.", "--engine", "odder", "--fallback", "tones").startswith(
        "error: there is no speech engine 'odder'\n"
    )


def test_a_timeline_says_nothing_of_tones(user: User, odd: Callable[..., None]) -> None:
    odd(opening="raise OSError")
    user.run("compile", "short.yaml", "-o", "x.json", "--fallback", "tones")
    assert '"voice": {"engine": "odd", "voice": "en", "rate": 150}' in (user.folder / "x.json").read_text()


@pytest.mark.parametrize("command", ["render", "play"])
def test_what_is_in_the_cache_needs_no_process(
    user: User, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    user.write("quick.yaml", QUICK)
    option = {"render": "-o", "play": "--output"}[command]
    assert user.run(command, "quick.yaml", option, "x.wav").code == 0

    def refuse(_name: str) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(child, "Child", refuse)
    assert user.run(command, "quick.yaml", option, "y.wav").code == 0
    assert (user.folder / "y.wav").read_bytes() == (user.folder / "x.wav").read_bytes()


@linux
@pytest.mark.parametrize("name", ["short", "many"])
def test_ctrl_c_ends_what_hangs_at_once(user: User, odd: Callable[..., None], name: str) -> None:
    """With many phrases several processes hang, each waited for by a thread."""
    odd("open(os.path.join(os.environ['HANGING'], str(os.getpid())), 'w').close(); time.sleep(1e6)")
    user.write("many.yaml", SCRIPT + "".join(f"  - say: Number {number}.\n" for number in range(200)))
    hanging = user.folder.parent / "hanging"
    hanging.mkdir()
    site = str(user.folder.parent / "site")
    user.environment.update(PYTHONPATH=site, HANGING=str(hanging))
    process = user.start("render", f"{name}.yaml", "-o", "x.wav", "--no-safety")
    while not list(hanging.iterdir()) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert (process.communicate(), process.returncode) == (("", "stopped\n"), 130)
    assert not [marker for marker in hanging.iterdir() if Path("/proc", marker.name).exists()]
    assert not (user.folder / "x.wav").exists()
