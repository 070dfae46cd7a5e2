"""`voiceguide render`: where the file goes, what is said of it, and in which formats it comes."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import pytest

from .support import QUICK

if TYPE_CHECKING:
    from tests.conftest import User


def test_a_routine_becomes_an_mp3_in_the_folder_audio(user: User) -> None:
    outcome = user.run("render", "neck-reset")
    assert (outcome.code, outcome.err) == (0, "")
    assert (user.folder / "audio" / "neck-reset.mp3").read_bytes()[:3] == b"ID3"


def test_it_says_what_it_wrote_how_long_it_is_and_how_large(user: User) -> None:
    user.write("mine.yaml", QUICK)
    said = user.run("render", "mine.yaml", "-o", "a b.wav").out
    with wave.open(str(user.folder / "a b.wav")) as file:
        seconds = file.getnframes() // 48_000
    megabytes = (user.folder / "a b.wav").stat().st_size / 1e6
    assert said == f"a b.wav  {seconds // 60}:{seconds % 60:02}  {megabytes:.1f} MB\n"


def test_a_script_is_rendered_under_its_own_name(user: User) -> None:
    user.write("deep/mine.yaml", QUICK)
    assert user.run("render", "deep/mine.yaml").code == 0
    assert [path.name for path in (user.folder / "audio").iterdir()] == ["mine.mp3"]


@pytest.mark.parametrize(
    ("suffix", "start"),
    [(".mp3", b"ID3"), (".wav", b"RIFF"), (".flac", b"fLaC"), (".ogg", b"OggS"), (".opus", b"OggS")],
)
def test_the_suffix_names_the_format(user: User, suffix: str, start: bytes) -> None:
    user.write("mine.yaml", QUICK)
    assert user.run("render", "mine.yaml", "-o", f"x{suffix}").code == 0
    assert (user.folder / f"x{suffix}").read_bytes().startswith(start)


def test_a_suffix_may_be_in_capitals(user: User) -> None:
    user.write("mine.yaml", QUICK)
    assert user.run("render", "mine.yaml", "-o", "X.WAV").code == 0
    with wave.open(str(user.folder / "X.WAV")) as file:
        assert file.getframerate() == 48_000


def test_the_bit_rate_is_that_of_the_mp3(user: User) -> None:
    user.write("mine.yaml", QUICK)
    sizes = []
    for bitrate in ("32", "64"):
        user.run("render", "mine.yaml", "--bitrate", bitrate, "-o", "x.mp3")
        sizes.append((user.folder / "x.mp3").stat().st_size)
    assert 1.6 < sizes[1] / sizes[0] < 2


def test_an_older_file_is_replaced(user: User) -> None:
    user.write("mine.yaml", QUICK)
    user.write("x.wav", "older")
    assert user.run("render", "mine.yaml", "-o", "x.wav").code == 0
    assert (user.folder / "x.wav").read_bytes()[:4] == b"RIFF"


def test_warnings_come_on_standard_error_and_do_not_keep_it_from_rendering(user: User) -> None:
    user.write("mine.yaml", "title: Long\nsteps:\n  - bridge: 6m\n")
    outcome = user.run("render", "mine.yaml", "-o", "x.mp3")
    assert outcome.code == 0
    assert outcome.err == (
        "mine.yaml:3:13: warning: a hold of 6m is longer than 5 minutes\n"
        "   3 |   - bridge: 6m\n"
        "     |             ^^\n"
    )


def test_a_routine_in_the_current_folder_goes_before_one_of_the_users_and_that_before_a_shipped_one(
    user: User,
) -> None:
    config = user.configure("").parent
    for folder, title in (("scripts/routines", "Here"), (f"{config}/routines", "Mine")):
        for name in ("evening", "morning")[: 1 if title == "Here" else 2]:
            user.write(f"{folder}/{name}.yaml", QUICK.replace("Quick one", title))
    titles = [user.run("show", name).out.split(",")[0] for name in ("evening", "morning", "neck-reset")]
    assert titles == ["Here", "Mine", "Neck reset"]


def test_exercises_and_sounds_of_ones_own_are_known(user: User) -> None:
    config = user.configure("").parent
    user.write(f"{config}/exercises/wriggle.yaml", "name: Wriggle\nposition: on-back\ndose: 5s\n")
    user.write("mine.yaml", QUICK)
    user.run("render", "mine.yaml", "-o", f"{config}/ding.wav")
    user.write(f"{config}/audio/ding.wav", (config / "ding.wav").read_bytes())
    user.write("mine.yaml", "title: Mine\nsteps:\n  - wriggle\n  - sound: ding\n")
    assert "Wriggle" in user.run("show", "mine.yaml").out
