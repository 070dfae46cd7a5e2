"""`voiceguide doctor`: what works here, and what to do about the rest."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, replace
from importlib.metadata import version
from threading import Barrier, Event
from typing import TYPE_CHECKING, Any, Literal

import pytest

from voiceguide.cli import trial_sound
from voiceguide.cli.apart import Apart, Outcome
from voiceguide.cli.doctor import Trial, _found
from voiceguide.cli.findings import Finding
from voiceguide.cli.problems import columns
from voiceguide.files import user_folders
from voiceguide.player.sound.devices import Device

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import User

MISSING = [program for program in ("pulseaudio", "pactl") if shutil.which(program) is None]
needs_pulseaudio = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
needs_bus = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="not installed: dbus-daemon")

PATIENT_S = 100.0
DEFAULT, OTHERS = "Mat", ("Door", "Hall", "Roof", "Shed")
NO_SOUND = "no sound device could be opened (failed to init device)"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that runs many tests at once is not stuck."""
    monkeypatch.setattr("voiceguide.cli.doctor.WITHIN_S", PATIENT_S)


def tried(module: str, function: str, *arguments: str) -> list[Finding]:
    """What one of the trials finds, in a process of its own as always."""
    return looked(f"voiceguide.cli.{module}", function, *arguments)


def looked(module: str, function: str, *arguments: str) -> list[Finding]:
    """What a function of any module finds in a process of its own."""
    with closing(Apart(module, function, *arguments)) as apart:
        outcome = apart.outcome(PATIENT_S)
    assert outcome.ended == "well", outcome.said
    return [Finding(**values) for values in outcome.found]


def put_in_place(user: User, monkeypatch: pytest.MonkeyPatch, module: str, code: str) -> None:
    """A module of this code where one of that name is looked for."""
    user.write(f"in-place/{module}.py", code)
    monkeypatch.syspath_prepend(user.folder / "in-place")


def named(findings: list[dict[str, Any]], thing: str) -> dict[str, Any]:
    (found,) = [finding for finding in findings if finding["thing"] == thing]
    return found


# The command


def test_it_tries_everything_and_tells_what_to_do(user: User) -> None:
    """This user has no sound device, so that play does not work. Nothing is made while that is found out."""
    before = user.files()
    outcome = user.run("doctor")
    assert user.files() == before
    assert not user_folders().data.exists()
    assert (outcome.code, outcome.err) == (1, "")
    first, empty, *lines = outcome.out.splitlines()
    assert first.startswith("voiceguide ")
    assert empty == ""
    assert lines[:2] == [
        f"FAIL  sound device: {NO_SOUND}",
        "      `voiceguide render` makes a file for a phone; `--output` chooses another device",
    ]
    things = [line[6:].partition(":")[0] for line in lines[:-2] if line[:1].strip()]
    assert things == [
        "sound device",
        "speech engine pyttsx3",
        "speech engine piper",
        ".mp3 and .wav files",
        ".flac, .m4a, .m4b, .ogg, .opus files",
        "media keys",
        "spoken commands",
        "page for the phone",
        "workouts for a watch",
        "cache folder",
        "config folder",
        "data folder",
        "terminal",
    ]
    assert lines[-2:] == ["", "Play or render does not work here: see the lines that begin with FAIL."]


def test_json_for_programs(user: User) -> None:
    outcome = user.run("doctor", "--json")
    assert (outcome.code, outcome.err) == (1, "")
    data = json.loads(outcome.out)
    assert list(data) == ["version", "python", "system", "works", "findings"]
    assert data["works"] is False
    assert named(data["findings"], "sound device") == {
        "thing": "sound device",
        "works": False,
        "told": NO_SOUND,
        "advice": "`voiceguide render` makes a file for a phone; `--output` chooses another device",
        "needed": True,
        "details": {"name": "", "default": True},
    }
    assert [found["thing"] for found in data["findings"] if not found["works"] and not found["advice"]] == []
    engine = named(data["findings"], "speech engine pyttsx3")
    assert (engine["works"], engine["needed"]) == (True, True)
    assert engine["details"]["voices"]["en"] >= 2
    assert {"de", "es", "fr"} <= set(engine["details"]["voices"])


def test_what_hangs_is_not_waited_for(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial("mat", "tests.cli.looks", "hangs", needed=True)
    monkeypatch.setattr("voiceguide.cli.doctor._trials", lambda: [trial])
    monkeypatch.setattr("voiceguide.cli.doctor.WITHIN_S", 2.0)
    outcome = user.run("doctor")
    assert (outcome.code, outcome.err) == (1, "")
    assert (
        "FAIL  mat: it has not answered within 2 seconds\n"
        "      see that what it needs is not busy or stuck, then try again\n"
    ) in outcome.out


@pytest.mark.parametrize("ended", ["hung", "crashed"])
def test_when_all_that_is_needed_has_been_found_the_rest_is_no_failure(
    ended: Literal["hung", "crashed"],
) -> None:
    mat = Finding("mat", works=True, told="it lies flat", needed=True)
    trial = Trial("mat", "", "", needed=True, rest="other mats")
    found = list(_found(trial, Outcome([asdict(mat)], ended, "")))
    assert [(finding.thing, finding.works, finding.needed) for finding in found] == [
        ("mat", True, True),
        ("other mats", False, False),
    ]


def test_what_crashes_is_told_without_a_traceback(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial("mat", "tests.cli.looks", "raises", needed=True)
    monkeypatch.setattr("voiceguide.cli.doctor._trials", lambda: [trial])
    outcome = user.run("doctor")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.splitlines()[2:5] == [
        "OK    first: é×█",
        "FAIL  mat: it crashed (RuntimeError: nobody expected this)",
        "      `pip install --force-reinstall voiceguide` installs its parts again",
    ]


def test_what_play_and_render_do_without_is_no_failure(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial("mat", "tests.cli.looks", "well", ("It rolls up.",))
    monkeypatch.setattr("voiceguide.cli.doctor._trials", lambda: [trial])
    outcome = user.run("doctor")
    assert outcome.code == 0
    assert outcome.out.splitlines()[2:] == [
        "OK    first: é×█",
        "no    second: It rolls up.",
        "      mend it",
        "OK    terminal: none: the output goes to a file or to a program",
        "",
        "Play and render work here.",
    ]


def test_a_narrow_terminal_is_filled_and_not_passed(user: User) -> None:
    lines = user.terminal("doctor", columns=40).lines
    long = [line for line in lines if columns(line) > 40 and "/" not in line]
    assert long == []
    assert "OK    terminal: UTF-8, 40 columns," in lines


# Sound


@pytest.fixture
def server(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: ARG001 (its environment comes first)
    """A sound server with five sinks, whose monitors stand for microphones; each sink takes two seconds to begin."""
    path = tmp_path / "native"
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{path}")
    process = subprocess.Popen(
        [
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={path}"),
            *(
                argument
                for name in (DEFAULT, *OTHERS)
                for argument in (
                    "-L",
                    f"module-null-sink sink_name={name} sink_properties=device.description={name}",
                )
            ),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        # It does not say when it is ready: asking takes its time.
        while subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode:
            assert process.poll() is None
        yield
    finally:
        process.kill()
        process.wait()


def taken(name: str, *, default: bool = False, needed: bool = False) -> Finding:
    """A device that takes sound."""
    thing = "sound device" if needed else "other sound device"
    told = f"{name} (default)" if default else name
    return Finding(thing, works=True, told=told, needed=needed, details={"name": name, "default": default})


def untried(names: str) -> Finding:
    """Devices that had no time to answer."""
    return Finding(
        "other sound devices",
        works=False,
        told=f"{names} could not be tried in time",
        advice="`voiceguide play --output` takes one by its name; it may begin late",
    )


@needs_pulseaudio
@pytest.mark.usefixtures("server")
def test_devices_that_take_sound_are_named_the_default_one_first() -> None:
    assert looked("tests.cli.looks", "devices", str(PATIENT_S)) == [
        taken("Mat", default=True, needed=True),
        *map(taken, OTHERS),
    ]


@needs_pulseaudio
@pytest.mark.usefixtures("server")
def test_other_devices_for_which_there_is_no_time_are_named_and_not_needed() -> None:
    assert looked("tests.cli.looks", "devices", "0") == [
        taken("Mat", default=True, needed=True),
        untried("Door, Hall, Roof, Shed"),
    ]


@needs_pulseaudio
@pytest.mark.usefixtures("server")
def test_the_device_that_play_is_configured_to_take_is_the_one_that_is_needed() -> None:
    first, *_ = looked("tests.cli.looks", "devices", "0", "Hall")
    assert first == taken("Hall", needed=True)


@needs_pulseaudio
@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("output", ["null", "x.wav"])
def test_a_configured_output_that_is_no_device_leaves_the_default_one(output: str) -> None:
    first, *_ = looked("tests.cli.looks", "devices", "0", output)
    assert first == taken("Mat", default=True, needed=True)


@needs_pulseaudio
@pytest.mark.usefixtures("server")
def test_a_configured_device_that_is_not_there_is_a_failure(user: User) -> None:
    user.configure("play: {output: Cellar}\n")
    outcome = user.run("doctor")
    assert outcome.code == 1
    assert outcome.out.splitlines()[2] == (
        "FAIL  sound device: there is no sound device 'Cellar' (there are: Mat, Door, Hall, Roof, Shed)"
    )


def test_other_devices_are_all_tried_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each one begins only when the last one is under way."""
    under_way = Barrier(len(OTHERS))

    def opens(device: Device) -> Finding:
        under_way.wait(PATIENT_S)
        return taken(device.name)

    monkeypatch.setattr(trial_sound, "_device", opens)
    until = time.monotonic() + PATIENT_S
    assert list(trial_sound._others([Device(name) for name in OTHERS], until)) == list(map(taken, OTHERS))


def test_other_devices_that_begin_too_late_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    late = Event()

    def opens(device: Device) -> Finding:
        late.wait(PATIENT_S)
        return taken(device.name)

    monkeypatch.setattr(trial_sound, "_device", opens)
    until = time.monotonic() + 0.2
    assert list(trial_sound._others([Device(name) for name in OTHERS], until)) == [
        untried("Door, Hall, Roof, Shed")
    ]
    late.set()


def test_a_device_that_another_name_of_it_keeps_busy_is_tried_again_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: Counter[str] = Counter()

    def opens(device: Device) -> Finding:
        tries[device.name] += 1
        works = device.name == "Door" or (device.name == "Hall" and tries["Hall"] == 2)
        return replace(taken(device.name), works=works)

    monkeypatch.setattr(trial_sound, "_device", opens)
    until = time.monotonic() + PATIENT_S
    assert list(trial_sound._others([Device(name) for name in ("Door", "Hall", "Roof")], until)) == [
        taken("Door"),
        taken("Hall"),
        Finding(
            "other sound devices",
            works=False,
            told="Roof could not be opened",
            advice="a device that is in use, or not connected, takes no sound",
        ),
    ]


@needs_pulseaudio
@pytest.mark.usefixtures("server")
def test_with_sound_and_speech_it_ends_well(user: User) -> None:
    outcome = user.run("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("\n\nPlay and render work here.\n")


@needs_pulseaudio
@pytest.mark.usefixtures("server")
def test_a_microphone_is_listened_to() -> None:
    pytest.importorskip("pocketsphinx")
    assert tried("trial_sound", "microphone") == [
        Finding("spoken commands", works=True, told="there is a microphone")
    ]


# Speech


def test_an_engine_tells_its_voices_by_language() -> None:
    (found,) = tried("trials", "engine", "pyttsx3")
    voices = found.details["voices"]
    assert found.works
    assert found.told.startswith(f"{sum(voices.values())} voices (English {voices['en']}, German ")


def test_an_extra_that_is_not_installed(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(user, monkeypatch, "piper", "raise ImportError\n")
    assert tried("trials", "engine", "piper") == [
        Finding(
            "speech engine piper",
            works=False,
            told="the speech engine 'piper' is not installed",
            advice="`pip install 'voiceguide[piper]'` brings it",
        )
    ]


def test_workouts_for_a_watch_are_really_written() -> None:
    assert tried("trials", "workouts") == [
        Finding(
            "workouts for a watch",
            works=True,
            told=f"FIT files, by fit-tool {version('fit-tool')}",
            details={"fit-tool": version("fit-tool")},
        )
    ]


def test_workouts_for_a_watch_need_an_extra(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(user, monkeypatch, "fit_tool", "raise ImportError\n")
    assert tried("trials", "workouts") == [
        Finding(
            "workouts for a watch",
            works=False,
            told="workouts for a watch need fit-tool, which is not installed",
            advice="`pip install 'voiceguide[fit]'` brings it",
        )
    ]


def test_an_engine_that_is_broken(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(user, monkeypatch, "pyttsx3", "def init(name):\n    raise OSError('no library')\n")
    assert tried("trials", "engine", "pyttsx3") == [
        Finding(
            "speech engine pyttsx3",
            works=False,
            told="the speech engine 'pyttsx3' does not start: no library",
            advice="`pip install --force-reinstall voiceguide` installs its parts again",
            needed=True,
        )
    ]


# Files


def test_an_mp3_encoder_that_is_not_there(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(user, monkeypatch, "lameenc", "raise ImportError('gone')\n")
    assert tried("trials", "mp3") == [
        Finding(
            ".mp3 and .wav files",
            works=False,
            told="nothing can be encoded (gone)",
            advice="`pip install --force-reinstall lameenc` installs the encoder again",
            needed=True,
        )
    ]


def test_without_ffmpeg_it_says_how_to_get_one(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(user, monkeypatch, "imageio_ffmpeg", "def get_ffmpeg_exe():\n    raise RuntimeError\n")
    monkeypatch.setenv("PATH", str(user.folder))
    assert tried("trials", "ffmpeg") == [
        Finding(
            ".flac, .m4a, .m4b, .ogg, .opus files",
            works=False,
            told="making them needs ffmpeg, and there is none",
            advice="`pip install voiceguide[ffmpeg]` brings one; .mp3 and .wav need none",
        )
    ]


def test_an_ffmpeg_that_lacks_a_coder(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads what it is given, writes an empty file, and complains of one format only."""
    program = user.write(
        "bin/ffmpeg",
        "#!/bin/sh\ncat >/dev/null\n"
        'case "$*" in *libopus*) echo no libopus >&2; exit 1;; esac\n'
        'for output; do :; done; : >"$output"\n',
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    assert tried("trials", "ffmpeg") == [
        Finding(
            ".opus files",
            works=False,
            told="ffmpeg could not write trial.opus: no libopus",
            advice="`pip install voiceguide[ffmpeg]` brings one; .mp3 and .wav need none",
        ),
        Finding(
            ".flac, .m4a, .m4b, .ogg files",
            works=True,
            told=f"by ffmpeg ({program})",
            details={"ffmpeg": str(program)},
        ),
    ]


# Extras


def test_media_keys_need_a_session_bus(user: User) -> None:  # noqa: ARG001 (this user has none)
    assert tried("trials", "media_keys") == [
        Finding(
            "media keys",
            works=False,
            told="there is no session bus",
            advice="a desktop session has one; the keys of the terminal do the same",
        )
    ]


def test_media_keys_need_an_extra(user: User, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 (as above)
    monkeypatch.setattr("voiceguide.cli.trials.find_spec", lambda _: None)
    from voiceguide.cli.trials import media_keys  # noqa: PLC0415 (only this trial is harmless here)

    assert list(media_keys()) == [
        Finding(
            "media keys",
            works=False,
            told="dbus-fast is not installed",
            advice="`pip install 'voiceguide[media-keys]'` brings it",
        )
    ]


def test_a_session_bus_that_is_gone(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dbus_fast")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={user.folder}/bus")
    (found,) = tried("trials", "media_keys")
    told = "the session bus cannot be used ([Errno 2] No such file or directory)"
    assert (found.works, found.told) == (False, told)


def test_a_session_bus_that_does_not_answer(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dbus_fast")
    path = user.folder / "bus"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        (found,) = tried("trials", "media_keys")
    assert (found.works, found.told) == (False, "the session bus cannot be used (it does not answer)")


@needs_bus
def test_a_session_bus(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dbus_fast")
    address = f"unix:path={user.folder}/bus"
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as daemon:
        assert daemon.stdout is not None
        daemon.stdout.readline()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        found = tried("trials", "media_keys")
        daemon.kill()
    assert found == [Finding("media keys", works=True, told="by the session bus")]


# Folders


def test_folders_that_are_there_and_that_are_not(user: User) -> None:
    user.write(str(user_folders().data / "history.jsonl"), b"x" * 1_234_000)
    data, config = user_folders().data, user_folders().config
    _, *found = tried("trials", "folders")
    assert found == [
        Finding("config folder", works=True, told=f"{config}, made when it is needed", details={"path": str(config), "bytes": 0}),
        Finding("data folder", works=True, told=f"{data}, 1.2 MB", details={"path": str(data), "bytes": 1_234_000}),
    ]  # fmt: skip
    assert not config.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit for the size of a file")
def test_folders_on_a_full_disk(user: User) -> None:
    """Some are there and some are not: each is really written to, and nothing stays."""
    user.write(str(user_folders().data / "history.jsonl"), "")
    before = user.files()
    assert looked("tests.cli.looks", "folders_of_a_full_disk") == [
        Finding(
            f"{thing} folder",
            works=False,
            told=f"{path} takes no more (file too large)",
            advice=f"make room on its disk: {lost}",
        )
        for thing, path, lost in (
            ("cache", user_folders().cache, "until then speech is made anew every time"),
            ("config", user_folders().config, "until then no options can be set there"),
            ("data", user_folders().data, "until then no history is kept"),
        )
    ]
    assert user.files() == before


def test_a_folder_with_a_file_in_its_place(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(user.write("file", "")))
    assert tried("trials", "folders")[-1] == Finding(
        "data folder",
        works=False,
        told=f"{user.folder}/file/voiceguide cannot be written (not a directory)",
        advice="make it, or let yourself write there: until then no history is kept",
    )
