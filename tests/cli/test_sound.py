"""Recordings, music, and what keeps a headset awake."""

from __future__ import annotations

import json
import math
import struct
import wave
from typing import TYPE_CHECKING, Any

import pytest

from .support import QUICK, TONES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User

RECORDED = """\
title: Recorded
steps:
  - say: {text: Left side, recording: left.wav}
"""


def tone(user: User, name: str, seconds: float = 1.5, hertz: float = 330.0) -> Path:
    """A mono WAV file with a tone."""
    path = user.write(name, b"")
    samples = [
        round(9_000 * math.sin(math.tau * hertz * at / 24_000)) for at in range(round(seconds * 24_000))
    ]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return path


def compiled(user: User, *arguments: str | Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(user.run("compile", *arguments, "--no-safety").out)
    return data


def channels(user: User, name: str) -> int:
    with wave.open(str(user.folder / name)) as file:
        return int(file.getnchannels())


# Recordings


def test_a_recording_is_heard_in_place_of_its_text_as_long_as_it_is(user: User) -> None:
    tone(user, "left.wav")
    user.write("mine.yaml", RECORDED)
    (cue,) = compiled(user, "mine.yaml")["cues"]
    assert (cue["text"], cue["source"]) == ("Left side", {"recording": "left.wav"})
    assert abs(cue["end_ms"] - cue["start_ms"] - 1500) <= 10


def test_it_is_rendered_from_the_routine_as_from_its_timeline_in_another_folder(user: User) -> None:
    tone(user, "deep/left.wav")
    user.write("deep/mine.yaml", RECORDED)
    (user.folder / "deep" / "out").mkdir()
    user.run("compile", "deep/mine.yaml", "--no-safety", "-o", "deep/mine.json")
    assert user.run("render", "deep/mine.yaml", "--no-safety", "-o", "routine.wav").code == 0
    assert user.run("render", "deep/mine.json", "-o", "timeline.wav").code == 0
    assert (user.folder / "routine.wav").read_bytes() == (user.folder / "timeline.wav").read_bytes()


def test_a_timeline_uses_no_file_outside_of_its_folder_unless_that_is_allowed(user: User) -> None:
    tone(user, "left.wav")
    user.write("mine.yaml", RECORDED)
    (user.folder / "out").mkdir()
    user.run("compile", "mine.yaml", "--no-safety", "-o", "out/mine.json")
    assert user.fails("render", "out/mine.json", "-o", "x.wav") == (
        "error: ../left.wav lies outside of the script's folder and of audio/\n"
        "   hint: move it there, or allow it with --allow-outside\n"
    )
    assert user.run("render", "out/mine.json", "--allow-outside", "-o", "x.wav").code == 0


def test_a_script_uses_none_either(user: User) -> None:
    tone(user, "left.wav")
    user.write("deep/mine.yaml", RECORDED.replace("left.wav", "../left.wav"))
    assert "../left.wav lies outside of the script's folder" in user.fails("render", "deep/mine.yaml")
    assert user.run("render", "deep/mine.yaml", "--allow-outside", "-o", "x.wav").code == 0


def test_a_damaged_recording_is_told(user: User) -> None:
    user.write("left.wav", "RIFF, but no sound")
    user.write("mine.yaml", RECORDED)
    assert user.fails("render", "mine.yaml", "-o", "x.wav") == (
        "mine.yaml:3:17: error: cannot read the recording left.wav: it is damaged, or not audio\n"
        "   3 |   - say: {text: Left side, recording: left.wav}\n"
        "     |                 ^^^^^^^^^\n"
    )


def test_every_recording_that_cannot_be_heard_is_told_where_it_is_named(user: User) -> None:
    own = (
        "exercises:\n  lean:\n    name: {text: Lean, recording: name.wav}\n    position: standing\n"
        "    side: to the {side}\n    cues:\n      - {text: Long, recording: 'cue-{side}.wav'}\n    dose: 40s\n"
    )
    user.write("mine.yaml", f"{RECORDED}  - lean\n{own}")
    for name in ("left.wav", "name.wav", "cue-left.wav"):
        user.write(name, "RIFF, but no sound")
    tone(user, "cue-right.wav", 121)
    outcome = user.run("check", "mine.yaml")
    assert [line for line in outcome.err.splitlines() if "error: " in line] == [
        "mine.yaml:3:17: error: cannot read the recording left.wav: it is damaged, or not audio",
        "mine.yaml:7:18: error: cannot read the recording name.wav: it is damaged, or not audio",
        "mine.yaml:11:16: error: cannot read the recording cue-left.wav: it is damaged, or not audio",
        "mine.yaml:11:16: error: cannot read the recording cue-right.wav: it is longer than 2 minutes",
    ]
    assert (outcome.code, outcome.out) == (1, "1 file: 4 errors, 0 warnings\n")


# Music


def test_music_makes_it_stereo(user: User) -> None:
    tone(user, "rain.wav", 3)
    user.write("mine.yaml", TONES)
    for name, music in (("with.wav", ["--music", "rain.wav"]), ("without.wav", [])):
        assert user.run("render", "mine.yaml", "--no-safety", *music, "-o", name).code == 0
    assert (channels(user, "with.wav"), channels(user, "without.wav")) == (2, 1)


def test_what_is_played_with_music_is_what_is_rendered(user: User) -> None:
    tone(user, "rain.wav", 3)
    user.write("mine.yaml", TONES)
    options = ["mine.yaml", "--no-safety", "--music", "rain.wav"]
    assert user.run("render", *options, "-o", "rendered.wav").code == 0
    assert user.run("play", *options, "--output", "played.wav").code == 0
    assert (user.folder / "rendered.wav").read_bytes() == (user.folder / "played.wav").read_bytes()


def test_an_mp3_with_music_has_twice_the_bit_rate_unless_one_is_chosen(user: User) -> None:
    tone(user, "rain.wav", 3)
    user.write("mine.yaml", f"{QUICK}  - pause: 20s\n")
    sizes = []
    for options in ([], ["--music", "rain.wav"], ["--music", "rain.wav", "--bitrate", "64"]):
        user.run("render", "mine.yaml", "--talk", "tones", "--no-safety", *options, "-o", "x.mp3")
        sizes.append((user.folder / "x.mp3").stat().st_size)
    assert 1.7 < sizes[1] / sizes[0] < 2.1
    assert abs(sizes[2] - sizes[0]) < sizes[0] / 20


def test_the_command_line_goes_before_the_script_that_before_the_configuration(user: User) -> None:
    for name in ("a.wav", "b.wav", "c.wav"):
        tone(user, name)
    user.write("mine.yaml", TONES)
    config = user.configure("music: d.wav\nmusic-level: -3\n")
    tone(user, str(config.parent / "d.wav"))
    assert compiled(user, "mine.yaml")["music"] == {"path": str(config.parent / "d.wav"), "level_db": -3}
    user.write("mine.yaml", f"music: a.wav\nmusic-level: -6\n{TONES}")
    assert compiled(user, "mine.yaml")["music"] == {"path": "a.wav", "level_db": -6}
    assert compiled(user, "mine.yaml", "--music", "b.wav")["music"] == {"path": "b.wav", "level_db": -3}
    assert compiled(user, "mine.yaml", "--music-level", "-9")["music"] == {"path": "a.wav", "level_db": -9}


def test_none_is_no_music(user: User) -> None:
    tone(user, "a.wav")
    user.write("mine.yaml", f"music: a.wav\n{TONES}")
    assert "music" not in compiled(user, "mine.yaml", "--music", "none")


def test_music_that_is_nowhere_is_told_at_once(user: User) -> None:
    assert user.fails("render", "evening", "--music", "rain.mp3") == "error: rain.mp3 does not exist\n"
    path = user.configure("music: rain.mp3\n")
    assert user.fails("render", "evening") == (
        f"{path}:1:8: error: {path.parent}/rain.mp3 does not exist\n"
        "   1 | music: rain.mp3\n"
        "     |        ^^^^^^^^\n"
    )


def test_a_file_that_is_no_music_is_told(user: User) -> None:
    user.write("rain.mp3", "no sound")
    user.write("mine.yaml", TONES)
    told = user.fails("render", "mine.yaml", "--no-safety", "--music", "rain.mp3", "-o", "x.wav")
    assert told.startswith("error: cannot read the music rain.mp3: ")


@pytest.mark.parametrize(
    "command",
    [["check"], ["show"], ["compile"], ["render", "-o", "x.wav"], ["play", "--output", "x.wav"]],
)
def test_music_that_cannot_be_played_is_told_where_it_is_named(user: User, command: list[str]) -> None:
    user.write("garbage.mp3", "no sound")
    user.write("mine.yaml", f"music: garbage.mp3\n{TONES}")
    outcome = user.run(*command, "mine.yaml", "--no-safety")
    assert outcome.code == (1 if command == ["check"] else 4)
    assert outcome.err == (
        "mine.yaml:1:8: error: cannot read the music garbage.mp3: it is damaged, or not audio\n"
        "   1 | music: garbage.mp3\n"
        "     |        ^^^^^^^^^^^\n"
    )
    assert not (user.folder / "x.wav").exists()


def test_music_of_the_configuration_is_told_there(user: User) -> None:
    path = user.configure("music: rain.mp3\n")
    user.write(str(path.parent / "rain.mp3"), "no sound")
    user.write("mine.yaml", TONES)
    told = user.fails("render", "mine.yaml", "--no-safety", "-o", "x.wav")
    assert told.startswith(f"{path}:1:8: error: cannot read the music ")


def test_check_tells_the_warnings_of_a_routine_beside_its_music(user: User) -> None:
    user.write("garbage.mp3", "no sound")
    user.write("mine.yaml", "title: Long\nmusic: garbage.mp3\nsteps:\n  - bridge: 6m\n")
    outcome = user.run("check", "mine.yaml")
    assert (outcome.code, outcome.out) == (1, "1 file: 1 error, 1 warning\n")


def test_a_script_does_not_play_links_of_a_folder_that_lead_out_unless_that_is_allowed(user: User) -> None:
    tone(user, "private.wav", 3)
    (user.folder / "deep" / "rain").mkdir(parents=True)
    (user.folder / "deep" / "rain" / "a.wav").symlink_to(user.folder / "private.wav")
    user.write("deep/mine.yaml", f"music: rain\n{TONES}")
    options = ["render", "deep/mine.yaml", "--no-safety", "-o", "x.wav"]
    assert user.fails(*options) == (
        "deep/mine.yaml:1:8: error: rain/a.wav lies outside of the script's folder and of audio/\n"
        "   1 | music: rain\n"
        "     |        ^^^^\n"
        "   hint: move it there, or allow it with --allow-outside\n"
    )
    assert user.run(*options, "--allow-outside").code == 0


@pytest.mark.parametrize("level", ["-31", "6", "loud", "1.5"])
def test_a_level_is_whole_decibels(user: User, level: str) -> None:
    assert user.fails("render", "evening", f"--music-level={level}").endswith(
        "Error: Invalid value for '--music-level': the level of music is whole decibels, -30 to 5\n"
    )


@pytest.mark.parametrize("level", ["-6", "-6dB", "+3 dB", "5"])
def test_a_level_may_have_its_unit(user: User, level: str) -> None:
    user.write("mine.yaml", TONES)
    assert user.run("check", "mine.yaml", f"--music-level={level}").code == 0


# A headset


def test_keep_awake_leads_in_and_fills_the_silence(user: User) -> None:
    user.write("mine.yaml", TONES)
    plain, awake = compiled(user, "mine.yaml"), compiled(user, "mine.yaml", "--keep-awake")
    assert "keep_awake" not in plain
    assert awake["keep_awake"] is True
    assert awake["cues"][0]["start_ms"] - plain["cues"][0]["start_ms"] == 2016
    user.run("render", "mine.yaml", "--no-safety", "--keep-awake", "-o", "x.wav")
    with wave.open(str(user.folder / "x.wav")) as file:
        lead_in = struct.unpack("<48000h", file.readframes(48_000))
    assert 0 < max(lead_in) < 200


# Timelines have decided


@pytest.mark.parametrize(
    "option",
    [
        ["--dose", "5"],
        ["--fit", "5m"],
        ["--talk", "brief"],
        ["--count", "down"],
        ["--first-side", "left"],
        ["--avoid", "knee"],
        ["--without", "bar"],
        ["--language", "de"],
        ["--music", "none"],
        ["--music-level", "3"],
        ["--keep-awake"],
    ],
)
def test_what_a_timeline_has_decided_is_refused(user: User, option: list[str]) -> None:
    user.write("mine.yaml", TONES)
    user.run("compile", "mine.yaml", "-o", "mine.json")
    assert user.fails("render", "mine.json", *option) == (
        f"error: {option[0]} is for routines: a timeline has decided it already\n"
        "   hint: compile the routine again with it\n"
    )


def test_a_timeline_brings_its_music_and_its_floor(user: User) -> None:
    tone(user, "rain.wav", 3)
    user.write("mine.yaml", TONES)
    options = ["mine.yaml", "--no-safety", "--music", "rain.wav", "--keep-awake"]
    user.run("compile", *options, "-o", "mine.json")
    user.run("render", *options, "-o", "routine.wav")
    user.run("render", "mine.json", "-o", "timeline.wav")
    assert channels(user, "timeline.wav") == 2
    assert (user.folder / "routine.wav").read_bytes() == (user.folder / "timeline.wav").read_bytes()
