"""`voiceguide export --split` of real sessions: the parts joined are the whole, sample for sample, with music as well."""

from __future__ import annotations

import hashlib
import json
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import imageio_ffmpeg
import numpy as np
import pytest

from tests.audio.support import decoded, ffmpeg

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User

RATE, MS = 48_000, 48
SHORT = """\
title: Short
talk: brief
steps:
  - bridge: 3s
  - childs-pose: 2s
"""
BYTES = {"mono": 2, "stereo": 4}
"""Of a sample in all channels."""
ALMOST_SILENT = 60


class Decoded:
    """What ffmpeg makes of files, one after the other: how many bytes each has, and the digest of all."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.digest = hashlib.sha256()

    def take(self, path: Path) -> None:
        command = [
            imageio_ffmpeg.get_ffmpeg_exe(),
            "-nostdin",
            "-v",
            "error",
            "-i",
            str(path),
            "-f",
            "s16le",
            "-",
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            if process.stdout is None:
                raise OSError
            size = 0
            while block := process.stdout.read(1 << 20):
                self.digest.update(block)
                size += len(block)
        assert process.returncode == 0
        self.sizes.append(size)


def exported(user: User, routine: str, *options: str) -> tuple[Path, list[Path]]:
    """A whole routine and its parts in the order of their playlist."""
    assert user.run("export", routine, "--split", "--to", "album", *options).code == 0
    (whole,) = (user.folder / "album").glob("*.mp3")
    (playlist,) = whole.with_suffix("").glob("*.m3u8")
    names = playlist.read_text(encoding="utf-8").splitlines()[3::2]
    return whole, [playlist.parent / name for name in names]


def chapters_ms(user: User, routine: str) -> list[int]:
    """How long the chapters are."""
    timeline = json.loads(user.run("compile", routine).out)
    return [chapter["end_ms"] - chapter["start_ms"] for chapter in timeline["chapters"]]


def noise(user: User) -> Path:
    """Music that is never quiet, different in both channels."""
    path = user.folder / "rain.wav"
    channels = "anoisesrc=duration=60:amplitude=0.4:seed=1[l];sine=frequency=220:duration=60[r];[l][r]amerge"
    ffmpeg("-v", "error", "-f", "lavfi", "-i", channels, path)
    return path


@pytest.mark.parametrize(
    ("routine", "channels", "bitrate"), [("evening", "mono", 64), ("short.yaml", "stereo", 128)]
)
def test_the_parts_joined_are_the_whole(user: User, routine: str, channels: str, bitrate: int) -> None:
    user.write("short.yaml", SHORT)
    music = ("--music", str(noise(user))) if channels == "stereo" else ()
    whole, parts = exported(user, routine, "--bitrate", str(bitrate), *music)
    joined, at_once = Decoded(), Decoded()
    for path in parts:
        joined.take(path)
    at_once.take(whole)
    assert joined.sizes == [ms * MS * BYTES[channels] for ms in chapters_ms(user, routine)]
    assert joined.digest.digest() == at_once.digest.digest()


def test_nothing_clicks_where_a_part_ends_and_the_next_begins(user: User) -> None:
    """Without music an exercise ends in silence, and the next one goes on from there: it may begin with a word."""
    _, parts = exported(user, "neck-reset")
    sounds = [decoded(path) for path in parts]
    for before, after in pairwise(sounds):
        # An encoder spreads the beginning of a word over some ms before it: 19 was measured, 65 dB below full scale.
        assert np.abs(before[-5 * MS :].astype(int)).max() < ALMOST_SILENT
        assert abs(int(after[0]) - int(before[-1])) < ALMOST_SILENT


def test_the_words_and_the_length_of_a_part_count_from_its_beginning(user: User) -> None:
    whole, parts = exported(user, "neck-reset")
    lengths = chapters_ms(user, "neck-reset")
    lines = [
        path.with_suffix(".lrc").read_text(encoding="utf-8").splitlines()[5:] for path in (whole, *parts)
    ]
    said, joined = lines[0], [line for part in lines[1:] for line in part]
    assert [words(line) for line in joined] == [words(line) for line in said]
    assert at_ms(lines[2][0]) == pytest.approx(at_ms(said[len(lines[1])]) - lengths[0], abs=10)
    playlist = next(parts[0].parent.glob("*.m3u8")).read_text(encoding="utf-8")
    seconds = [int(line.removeprefix("#EXTINF:").split(",")[0]) for line in playlist.splitlines()[2::2]]
    assert seconds == [(ms + 500) // 1_000 for ms in lengths]


def words(line: str) -> str:
    return line.partition("] ")[2]


def at_ms(line: str) -> int:
    minutes, seconds = line[1 : line.index("]")].split(":")
    return int(minutes) * 60_000 + round(float(seconds) * 1_000)
