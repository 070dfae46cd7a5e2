"""Bad input: one clear error with its place, an exit code, no traceback, and no file made or touched."""

from __future__ import annotations

import os
import re
import signal
import stat
import sys
import time
from typing import TYPE_CHECKING

import pytest

from .support import QUICK

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.conftest import User

HEAD = "title: a\nsteps:\n"
FORMATS = ".mp3, .wav, .flac, .m4a, .m4b, .ogg, .opus"
NO_DEVICE = """\
error: no sound device could be opened (failed to init device)
   hint: `voiceguide render` makes a file for a phone; `--output` chooses another device
"""


def told(place: str, message: str, source: str, marked: str, hint: str | None = None) -> str:
    """A problem as it is shown: its place, the line of source, carets under what is marked, and a hint."""
    number = f"{place.split(':')[1]:>4}"
    caret = " " * source.index(marked) + "^" * len(marked)
    end = f"   hint: {hint}\n" if hint else ""
    return f"{place}: error: {message}\n{number} | {source}\n     | {caret}\n{end}"


# Routines and files


@pytest.mark.parametrize(
    ("name", "near"), [("evenig", "evening"), ("EVENING", "evening"), ("neckreset", "neck-reset")]
)
def test_an_unknown_routine_has_near_names(user: User, name: str, near: str) -> None:
    assert (
        user.fails("render", name)
        == f"error: there is no routine '{name}'\n   hint: did you mean '{near}'?\n"
    )


@pytest.mark.parametrize("name", ["zzz", ".", "", "./zzz"])
def test_an_unknown_routine_that_resembles_none(user: User, name: str) -> None:
    assert user.fails("render", name) == (
        f"error: there is no routine '{name}'\n   hint: `voiceguide list` shows them all\n"
    )


def test_a_file_that_does_not_exist(user: User) -> None:
    assert user.fails("render", "mine.yaml") == "error: mine.yaml does not exist\n"


def test_a_link_that_leads_nowhere(user: User) -> None:
    (user.folder / "mine.yaml").symlink_to("nowhere")
    assert user.fails("render", "mine.yaml") == "error: mine.yaml does not exist\n"


def test_a_folder_in_place_of_a_file(user: User) -> None:
    (user.folder / "mine.yaml").mkdir()
    assert user.fails("render", "mine.yaml") == "error: cannot read mine.yaml: it is a folder\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to the superuser")
def test_a_file_that_may_not_be_read(user: User) -> None:
    user.write("mine.yaml", QUICK).chmod(0)
    assert user.fails("render", "mine.yaml") == "error: cannot read mine.yaml: permission denied\n"


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file(user: User, text: str) -> None:
    user.write("mine.yaml", text)
    assert user.fails("render", "mine.yaml") == (
        "mine.yaml:1:1: error: the file is empty\n   hint: a routine needs at least 'title' and 'steps'\n"
    )


def test_text_that_is_not_utf_8(user: User) -> None:
    user.write("mine.yaml", b"title: caf\xe9\nsteps:\n  - bridge\n")
    assert user.fails("render", "mine.yaml") == (
        "mine.yaml:1:11: error: this is not UTF-8 text (byte 0xe9)\n"
        "   1 | title: caf\N{REPLACEMENT CHARACTER}\n"
        "     |           ^\n"
        "   hint: save the file as UTF-8\n"
    )


@pytest.mark.parametrize("command", ["render", "check", "show", "play", "compile"])
def test_a_file_of_100_mb(user: User, command: str) -> None:
    os.truncate(user.write("mine.yaml", ""), 100_000_000)
    outcome = user.run(command, "mine.yaml")
    assert outcome.code == 1
    assert outcome.err == "error: mine.yaml is too large for a script (100.0 MB; at most 1.0 MB)\n"


def test_a_timeline_of_100_mb(user: User) -> None:
    os.truncate(user.write("mine.json", ""), 100_000_000)
    assert user.fails("render", "mine.json") == (
        "error: mine.json is too large for a script (100.0 MB; at most 32.0 MB)\n"
    )


# Scripts


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            f"{HEAD}  - bridge: {{hold: 3s}} x\n",
            told("mine.yaml:3:24", "not valid YAML: did not find expected key", "  - bridge: {hold: 3s} x", "x"),
        ),
        (
            f"title: b\n{HEAD}  - bridge\n",
            told("mine.yaml:2:1", "the key 'title' stands twice (first in line 1)", "title: a", "title", "keep one of them"),
        ),
        (
            f"{HEAD}  - bridge\nopenning: Hello.\n",
            told("mine.yaml:4:1", "a routine has no key 'openning'", "openning: Hello.", "openning", "did you mean 'opening'?"),
        ),
        (
            f"{HEAD}  - brigde: 10 reps\n",
            told("mine.yaml:3:5", "there is no exercise or verb 'brigde'", "  - brigde: 10 reps", "brigde", "did you mean 'bridge'?"),
        ),
        (
            f"{HEAD}  - bridge: -5s\n",
            told("mine.yaml:3:13", "a duration cannot be negative", "  - bridge: -5s", "-5s"),
        ),
        (
            f"{HEAD}  - bridge: 0s\n",
            told("mine.yaml:3:13", "this duration cannot be zero", "  - bridge: 0s", "0s"),
        ),
        (
            f"{HEAD}  - pause: 0s\n",
            told("mine.yaml:3:12", "this duration cannot be zero", "  - pause: 0s", "0s"),
        ),
        (
            f"{HEAD}  - bridge: 25h\n",
            told("mine.yaml:3:13", "this is longer than 24 hours", "  - bridge: 25h", "25h"),
        ),
        (
            f"{HEAD}  - bridge: 10\n",
            told("mine.yaml:3:13", "'10' has no unit", "  - bridge: 10", "10", "write 10 reps or 10s"),
        ),
        (
            f"{HEAD}  - bridge: 3-2 x 30s\n",
            told("mine.yaml:3:13", "the range goes from high to low", "  - bridge: 3-2 x 30s", "3-2", "write 2-3"),
        ),
        (
            f"{HEAD}  - bridge: 5 reps @ 2-2\n",
            told("mine.yaml:3:20", "the number of phases is 2 in the tempo, 3 in the exercise (up, hold, down)", "  - bridge: 5 reps @ 2-2", "@ 2-2"),
        ),
        (
            f"{HEAD}  - include: mine.yaml\n",
            told("mine.yaml:3:14", "'mine.yaml' includes itself", "  - include: mine.yaml", "mine.yaml"),
        ),
        (
            "title: &name a\nsteps:\n  - say: *name\n",
            told("mine.yaml:3:10", "aliases (*name) are not allowed in a script", "  - say: *name", "*name", "write the text out"),
        ),
    ],
    ids=["syntax", "duplicate-key", "unknown-key", "unknown-exercise", "negative", "zero-hold", "zero-pause", "over-a-day",
         "no-unit", "range", "tempo", "include", "alias"],
)  # fmt: skip
def test_a_broken_script(user: User, script: str, expected: str) -> None:
    user.write("mine.yaml", script)
    assert user.fails("render", "mine.yaml") == expected


@pytest.mark.parametrize("dose", ["30s, rest 0s", "5 reps @ 2-0-2"])
def test_rests_and_phases_of_a_tempo_may_be_zero(user: User, dose: str) -> None:
    user.write("mine.yaml", f"{HEAD}  - bridge: {dose}\n")
    assert user.run("check", "mine.yaml").code == 0


@pytest.mark.parametrize("depth", [60, 100_000])
def test_deep_nesting(user: User, depth: int) -> None:
    user.write("mine.yaml", f"title: a\nsteps: {'[' * depth}{']' * depth}\n")
    first, *_ = user.fails("render", "mine.yaml").splitlines()
    assert first == "mine.yaml:2:39: error: nested more than 32 levels deep"


def test_an_include_that_includes_the_one_that_includes_it(user: User) -> None:
    user.write("one.yaml", f"{HEAD}  - include: two.yaml\n")
    user.write("two.yaml", f"{HEAD}  - include: one.yaml\n")
    assert "'one.yaml' includes itself" in user.fails("render", "one.yaml")


# Voices and engines


def test_an_unknown_voice_on_the_command_line(user: User) -> None:
    assert user.fails("render", "evening", "--voice", "en-gbb") == (
        "error: the speech engine 'pyttsx3' has no voice 'en-gbb'\n   hint: did you mean 'en-gb'?\n"
    )


def test_an_unknown_engine_on_the_command_line(user: User) -> None:
    assert user.fails("render", "evening", "--engine", "pipr") == (
        "error: there is no speech engine 'pipr'\n   hint: did you mean 'piper'?\n"
    )


def test_an_unknown_voice_in_a_script(user: User) -> None:
    user.write("mine.yaml", f"voice: en-gbb\n{QUICK}")
    assert user.fails("render", "mine.yaml") == told(
        "mine.yaml:1:8", "the speech engine 'pyttsx3' has no voice 'en-gbb'", "voice: en-gbb", "en-gbb", "did you mean 'en-gb'?"
    )  # fmt: skip


def test_an_unknown_engine_in_a_script(user: User) -> None:
    user.write("mine.yaml", f"engine: pipr\n{QUICK}")
    assert user.fails("render", "mine.yaml") == told(
        "mine.yaml:1:9", "there is no speech engine 'pipr'", "engine: pipr", "pipr", "did you mean 'piper'?"
    )


# Outputs


@pytest.mark.parametrize("command", [["render"], ["play"]])
def test_an_output_in_a_folder_that_does_not_exist(user: User, command: list[str]) -> None:
    user.write("mine.yaml", QUICK)
    assert user.fails(*command, "mine.yaml", "--output", "no/x.wav") == (
        "error: cannot write no/x.wav: there is no folder no\n   hint: make the folder first\n"
    )


@pytest.mark.parametrize(
    "command", [["render", "-o", "x.mp3"], ["compile", "-o", "x.json"], ["show", "--svg", "x.svg"], ["play", "--output", "x.wav"]]
)  # fmt: skip
def test_an_output_that_is_a_folder(user: User, command: list[str]) -> None:
    user.write("mine.yaml", QUICK)
    (user.folder / command[-1]).mkdir()
    outcome = user.run(*command, "mine.yaml")
    assert outcome.code == 4
    assert outcome.err == f"error: cannot write {command[-1]}: it is a folder\n   hint: name a file in it\n"
    assert sorted(path.name for path in user.folder.iterdir()) == sorted(["mine.yaml", command[-1]])


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_an_output_where_no_file_can_be_made(user: User) -> None:
    user.write("mine.yaml", QUICK)
    assert re.fullmatch(
        "error: cannot write /proc/x.mp3: (no such file or directory|permission denied)\n"
        "   hint: choose another place\n",
        user.fails("render", "mine.yaml", "-o", "/proc/x.mp3"),
    )


def test_an_output_that_is_a_device(user: User) -> None:
    user.write("mine.yaml", QUICK)
    (user.folder / "x.mp3").symlink_to(os.devnull)
    assert user.fails("render", "mine.yaml", "-o", "x.mp3") == (
        "error: cannot write x.mp3: it is not an ordinary file\n   hint: choose another place\n"
    )


def test_the_folder_for_what_has_no_output_named_cannot_be_made(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.write("audio", "a file")
    assert user.fails("render", "mine.yaml") == (
        "error: cannot write audio: it is a file, not a folder\n   hint: choose another place\n"
    )


@pytest.mark.parametrize("name", ["x", "x.txt", ".mp3"])
def test_an_output_whose_suffix_says_nothing(user: User, name: str) -> None:
    suffix = ".txt" if name == "x.txt" else name
    assert user.fails("render", "evening", "-o", name) == (
        f"error: cannot write '{suffix}' files\n   hint: voiceguide writes {FORMATS}\n"
    )


def test_a_broken_script_leaves_an_older_output_alone(user: User) -> None:
    user.write("x.mp3", "older")
    user.write("mine.yaml", f"{HEAD}  - brigde\n")
    user.fails("render", "mine.yaml", "-o", "x.mp3")
    assert (user.folder / "x.mp3").read_text() == "older"


def test_no_ffmpeg_for_a_format_that_needs_it(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(user.folder))
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert user.fails("render", "evening", "-o", "x.flac") == (
        "error: .flac needs ffmpeg, and there is none\n"
        "   hint: `pip install voiceguide[ffmpeg]` brings one; .mp3 and .wav need none\n"
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full is not everywhere")  # noqa: PTH110 (one call)
@pytest.mark.parametrize("command", [["exercises"], ["compile", "neck-reset"], ["--help"]])
def test_standard_output_on_a_full_disk(user: User, command: list[str]) -> None:
    outcome = user.shell(f"voiceguide {' '.join(command)} >/dev/full")
    assert (outcome.code, outcome.err) == (4, "error: no space left on device\n")


# Sound devices


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a sound device cannot be taken away")
@pytest.mark.parametrize("command", [["play", "evening"], ["say", "hello"]])
def test_no_sound_device(user: User, command: list[str]) -> None:
    assert user.process(*command).err == NO_DEVICE
    assert user.process(*command).code == 5


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a sound device cannot be taken away")
def test_no_sound_device_in_a_terminal(user: User) -> None:
    screen = user.terminal("play", "neck-reset")
    assert screen.code == 5
    assert "\n".join(screen.lines).endswith(NO_DEVICE)
    assert "Traceback" not in screen.raw


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a sound device cannot be taken away")
def test_a_sound_device_that_does_not_exist(user: User) -> None:
    assert user.fails("play", "evening", "--output", "zzz") == (
        "error: there is no sound device 'zzz' (there are: none)\n"
    )


# Ctrl-C, and readers that go away

A_DAY = f"{HEAD}  - pause: 20h\n"
A_DAY_WARNED = """\
mine.yaml:1:8: warning: the routine lasts 20h, more than 2 hours
   1 | title: a
     |        ^
"""


def begun(user: User, process: subprocess.Popen[str]) -> Path:
    """The unfinished output of a running process."""
    while process.poll() is None:
        parts = list(user.folder.glob(".*.part"))
        if parts and parts[0].stat().st_size > 10_000:
            return parts[0]
        time.sleep(0.01)
    raise AssertionError(process.communicate())


@pytest.mark.parametrize("output", ["x.mp3", "x.flac"])
def test_ctrl_c_while_rendering(user: User, output: str) -> None:
    user.write("mine.yaml", A_DAY)
    before = user.files()
    process = user.start("render", "mine.yaml", "--no-safety", "-o", output)
    begun(user, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", f"{A_DAY_WARNED}stopped\n")
    assert user.files() == before


def test_ctrl_c_while_rendering_leaves_an_older_file_alone(user: User) -> None:
    user.write("mine.yaml", A_DAY)
    user.write("x.mp3", "older")
    process = user.start("render", "mine.yaml", "--no-safety", "-o", "x.mp3")
    begun(user, process)
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert (user.folder / "x.mp3").read_text() == "older"


def test_being_told_to_end_leaves_no_part_of_a_file(user: User) -> None:
    user.write("mine.yaml", A_DAY)
    before = user.files()
    process = user.start("render", "mine.yaml", "--no-safety", "-o", "x.mp3")
    begun(user, process)
    process.terminate()
    process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    assert user.files() == before


def test_ctrl_c_while_playing(user: User) -> None:
    process = user.start("play", "evening", "--output", "null")
    assert process.stdout is not None
    assert process.stdout.readline() == "Opening\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (130, "stopped\n")


def test_ctrl_c_while_speech_is_made(user: User, tmp_path: Path) -> None:
    cache = tmp_path / "cold"
    user.environment["XDG_CACHE_HOME"] = str(cache)
    process = user.start("render", "evening", "-o", "x.mp3")
    while process.poll() is None and not list(cache.rglob("*.*")):
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", "stopped\n")
    assert user.files() == {}


@pytest.mark.parametrize("command", ["list", "schema", "compile neck-reset"])
def test_a_reader_that_goes_away_ends_the_program_without_a_word(user: User, command: str) -> None:
    outcome = user.shell(f"voiceguide {command} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}")
    assert outcome.err == ""
    assert outcome.out in ("141\n", "0\n")


def test_a_reader_that_has_gone_before(user: User) -> None:
    outcome = user.shell("(sleep 0.2; voiceguide list; echo $? >&2) | true")
    assert outcome.err == "141\n"


@pytest.mark.parametrize("command", ["exercises", "play neck-reset --output x.wav"])
def test_standard_output_that_was_closed(user: User, command: str) -> None:
    outcome = user.shell(f"voiceguide {command} >&-")
    assert (outcome.code, outcome.err) == (0, "")


def test_an_output_has_the_permissions_of_any_new_file(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.run("render", "mine.yaml", "-o", "x.mp3")
    modes = {stat.S_IMODE((user.folder / name).stat().st_mode) for name in ("x.mp3", "mine.yaml")}
    assert len(modes) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("compile", "evening", "--music", ""),
        ("compile", "evening", "--output", ""),
        ("render", "evening", "--output", " "),
        ("show", "evening", "--svg", ""),
        ("say", "Hello", "--output", ""),
    ],
)
def test_an_empty_path_is_refused(user: User, arguments: tuple[str, ...]) -> None:
    outcome = user.run(*arguments)
    assert outcome.code == 2
    assert "the path is empty" in outcome.err


def test_the_end_of_a_long_line_is_shown_with_its_mark(user: User) -> None:
    """However much room its characters take."""
    user.write("mine.yaml", f"title: '{'漢' * 300}\x07'\nsteps: [bridge]\n")
    told = user.run("check", "mine.yaml").err
    _, source, caret, *_ = told.splitlines()
    assert source == f"   1 | {'漢' * 77}\\x07'"
    assert caret == f"     | {' ' * 154}^^^^"
