"""`voiceguide play`: captured to a file, in real time without a device, and what is said of it."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

from .support import QUICK, TONES

if TYPE_CHECKING:
    from tests.conftest import User


def test_a_capture_tells_the_steps_and_the_end_in_plain_lines_where_there_is_no_terminal(user: User) -> None:
    user.write("mine.yaml", QUICK)
    outcome = user.run("play", "mine.yaml", "--no-safety", "--output", "x.wav")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "Bridge"
    assert lines[1].startswith("Get ready, ")
    assert lines[2:-1] == ["Rep 1 of 2, 6 seconds", "Rep 2 of 2, 6 seconds", "Silence, 1 second"]
    assert lines[-1].startswith("Finished: 0:")
    assert "\x1b" not in outcome.out


def test_a_capture_is_a_wav_of_the_whole_session(user: User) -> None:
    user.write("mine.yaml", TONES)
    assert user.run("play", "mine.yaml", "--no-safety", "--output", "x.wav").code == 0
    with wave.open(str(user.folder / "x.wav")) as file:
        frames = file.getnframes()
    shown = user.run("compile", "mine.yaml", "--no-safety").out
    assert f'"duration_ms": {frames // 48},' in shown
    assert frames % 48 == 0


def test_without_a_device_time_passes_all_the_same(user: User) -> None:
    user.write("mine.yaml", "title: Tick\nsteps:\n  - sound: tick\n")
    outcome = user.run("play", "mine.yaml", "--no-safety", "--output", "null")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-1].startswith("Finished: 0:0")


def test_a_name_like_a_sound_file_that_is_no_wav_is_refused_with_the_command_that_writes_it(
    user: User,
) -> None:
    assert user.fails("play", "evening", "--output", "x.mp3") == (
        "error: cannot capture into '.mp3' files, only .wav\n"
        "   hint: `voiceguide render` writes .mp3, .wav, .flac, .m4a, .ogg, .opus\n"
    )
