"""Paths that a script, a timeline or what they include writes do not lead out of its folder and of audio/."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.speech.tone_voice import write_tone_voice
from voiceguide.audio.ffmpeg import need_ffmpeg

from .support import QUICK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import User


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beyond the user's folder, which nothing of it may reach a script's output or its messages."""
    path = tmp_path / "secret.yaml"
    path.write_text("steps: [SECRET]\n", encoding="utf-8")
    return path


def including(written: str) -> str:
    return f"title: T\nsteps:\n  - include: '{written}'\n"


def recorded(written: str) -> str:
    return f"title: T\nsteps:\n  - say: {{text: x, recording: '{written}'}}\n"


def with_music(written: str) -> str:
    return f"title: T\nmusic: '{written}'\nsteps: [bridge]\n"


FORMS = {"include": including, "recording": recorded, "music": with_music}
OUT = (
    "../secret.yaml",
    "a/../../secret.yaml",
    "./../secret.yaml",
    "{secret}",
    "link.yaml",
    "chain.yaml",
    "up/secret.yaml",
    "/proc/self/environ",
    "/dev/stdin",
)
NOT_PATHS = (
    "~/secret.yaml",
    "~root/x",
    "C:\\secret.yaml",
    "..\\secret.yaml",
    "file:///etc/passwd",
    "$HOME/secret.yaml",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", OUT)
def test_a_path_that_leads_out(user: User, secret: Path, form: str, written: str) -> None:
    (user.folder / "a").mkdir()
    (user.folder / "link.yaml").symlink_to(secret)
    (user.folder / "chain.yaml").symlink_to("link.yaml")
    (user.folder / "up").symlink_to("..", target_is_directory=True)
    user.write("mine.yaml", FORMS[form](written.replace("{secret}", str(secret))))
    error = user.fails("render", "mine.yaml", "-o", "x.mp3")
    reasons = {"include": "it is not below the script's folder"}
    assert reasons.get(form, "lies outside of the script's folder and of audio/") in error
    assert "SECRET" not in error


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", NOT_PATHS)
def test_what_is_a_way_out_elsewhere_is_the_name_of_a_file_that_is_not_there(
    user: User, secret: Path, form: str, written: str
) -> None:
    assert secret.exists()
    user.write("mine.yaml", FORMS[form](written))
    error = user.fails("render", "mine.yaml", "-o", "x.mp3")
    assert "does not exist" in error or "there is no audio file" in error


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", ["x" * 5_000, "x/" * 4_000, "./" * 4_000 + "x", "../" * 3_000 + "x"])
def test_a_path_without_end(user: User, form: str, written: str) -> None:
    user.write("mine.yaml", FORMS[form](written))
    assert user.run("check", "mine.yaml").code == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_pipe_is_never_waited_for(user: User, form: str) -> None:
    os.mkfifo(user.folder / "pipe.yaml")
    user.write("mine.yaml", FORMS[form]("pipe.yaml"))
    error = user.fails("render", "mine.yaml", "-o", "x.mp3")
    assert "it is not an ordinary file" in error or "there is no audio file" in error


@pytest.mark.parametrize(
    "written", ["../secret.yaml", "/etc/passwd", "~/x", "bell/../../x", "..", "", "bell.wav"]
)
def test_a_cue_sound_is_a_name_and_no_path(user: User, written: str) -> None:
    user.write("mine.yaml", f"title: T\nsteps:\n  - sound: '{written}'\n")
    assert user.run("check", "mine.yaml").code == 1


@pytest.mark.parametrize("written", ["../secret", "/etc/passwd", "bridge/../../secret"])
def test_an_exercise_is_a_name_and_no_path(user: User, written: str) -> None:
    user.write("mine.yaml", f"title: T\nsteps:\n  - '{written}'\n")
    assert f"there is no exercise or verb '{written}'" in user.fails("show", "mine.yaml")


@pytest.mark.parametrize("part", ["recording", "music"])
@pytest.mark.parametrize("written", ["../secret.yaml", "/etc/passwd", "link.wav"])
def test_a_path_of_a_timeline_that_leads_out(user: User, secret: Path, part: str, written: str) -> None:
    (user.folder / "link.wav").symlink_to(secret)
    user.write("mine.yaml", QUICK)
    user.run("compile", "mine.yaml", "-o", "mine.json")
    timeline = json.loads((user.folder / "mine.json").read_text(encoding="utf-8"))
    if part == "music":
        timeline["music"] = {"path": written, "level_db": 0}
    else:
        timeline["cues"][0]["source"] = {"recording": written}
    user.write("mine.json", json.dumps(timeline))
    error = user.fails("render", "mine.json", "-o", "x.mp3")
    assert "lies outside of the script's folder and of audio/" in error


def test_a_sound_of_a_timeline_is_a_name_and_no_path(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.run("compile", "mine.yaml", "-o", "mine.json")
    timeline = json.loads((user.folder / "mine.json").read_text(encoding="utf-8"))
    timeline["cues"][0]["source"] = {"sound": "../../secret"}
    user.write("mine.json", json.dumps(timeline))
    assert "there is no sound '../../secret'" in user.fails("render", "mine.json", "-o", "x.mp3")


class TestVoiceFiles:
    """A voice of Piper's is a file, and a program of sorts: a network that is run."""

    @pytest.fixture
    def voice(self, tmp_path: Path) -> Path:
        (tmp_path / "voices").mkdir()
        return write_tone_voice(tmp_path / "voices")

    def script(self, voice: str) -> str:
        return f"title: T\nengine: piper\nvoice: '{voice}'\nsteps:\n  - say: x\n"

    def test_out_of_the_folder(self, user: User, voice: Path) -> None:
        user.write("mine.yaml", self.script(f"../voices/{voice.name}"))
        assert user.fails("render", "mine.yaml", "-o", "x.mp3") == (
            f"mine.yaml:3:8: error: the voice file ../voices/{voice.name} lies outside of the script's folder and of audio/\n"
            f"   3 | voice: '../voices/{voice.name}'\n"
            f"     |        {'^' * (len(voice.name) + 12)}\n"
            "   hint: choose it with --voice, or allow it with --allow-outside\n"
        )

    @pytest.mark.parametrize("name", ["/etc/passwd", "../none.onnx", "~root/none.onnx", "/dev/stdin.onnx"])
    def test_whether_or_not_there_is_such_a_voice(self, user: User, name: str) -> None:
        user.write("mine.yaml", self.script(name))
        assert "lies outside of the script's folder" in user.fails("render", "mine.yaml", "-o", "x.mp3")

    def test_in_the_folder_and_where_it_is_allowed(self, user: User, voice: Path) -> None:
        user.write("mine.yaml", self.script(str(voice)))
        assert user.run("render", "mine.yaml", "-o", "x.mp3", "--allow-outside").code == 0
        assert user.run("render", "mine.yaml", "-o", "x.mp3", "--voice", voice).code == 0
        voice.parent.rename(user.folder / "voices")
        user.write("mine.yaml", self.script(f"voices/{voice.name}"))
        assert user.run("render", "mine.yaml", "-o", "x.mp3").code == 0


@pytest.mark.parametrize("form", [recorded, with_music])
@pytest.mark.parametrize("name", ["list.m3u8", "list.wav", "list.m4a"])
def test_a_playlist_is_no_audio_file(
    user: User, tmp_path: Path, form: Callable[[str], str], name: str
) -> None:
    """ffmpeg would take its sound from the files that it names, wherever they are."""
    beyond = tmp_path / "beyond.ts"
    make = [
        need_ffmpeg("a test"),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "sine=d=2",
        "-c:a",
        "aac",
        "-f",
        "mpegts",
    ]
    subprocess.run([*make, str(beyond)], check=True)
    user.write(name, f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{beyond}\n#EXT-X-ENDLIST\n")
    user.write("mine.yaml", form(name))
    error = user.fails("render", "mine.yaml", "-o", "x.mp3")
    assert "cannot read the" in error
