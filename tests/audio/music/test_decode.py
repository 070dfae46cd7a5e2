"""A file of any kind is a stream of stereo at 48 kHz, as far as it goes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.audio.music.support import encoded, noise, pitch, sine, wav
from tests.audio.support import ffmpeg
from voiceguide.audio.clip import RATE
from voiceguide.audio.music.decode import decoded
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TONE = sine(4, rate=44_100)


def samples(path: Path) -> NDArray[np.float32]:
    return np.concatenate(list(decoded(path)))


def refusal(path: Path) -> str:
    with pytest.raises(OutputError) as caught:
        samples(path)
    return str(caught.value)


def no_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".flac", ".ogg", ".m4a", ".opus", ".aac", ".aiff"])
def test_every_kind_of_file_comes_at_its_pitch_and_length(suffix: str, tmp_path: Path) -> None:
    heard = samples(encoded(tmp_path / f"x{suffix}", TONE, 44_100))
    assert heard.shape[1:] == (2,)
    # Coders without a count of samples fill their first and their last frame.
    assert 0 <= len(heard) - 4 * RATE < 3_000
    assert pitch(heard) == pytest.approx(440, abs=0.5)
    # LAME takes 5 % off.
    assert heard[RATE : 3 * RATE].std() == pytest.approx(TONE.std(), rel=0.06)


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000, 96_000])
def test_a_file_of_any_rate_comes_at_48_khz(rate: int, tmp_path: Path) -> None:
    heard = samples(wav(tmp_path / "x.wav", sine(2, rate=rate), rate))
    assert len(heard) == pytest.approx(2 * RATE, abs=2)
    assert pitch(heard) == pytest.approx(440, abs=0.5)


def test_a_mono_file_is_heard_in_both_channels(tmp_path: Path) -> None:
    heard = samples(wav(tmp_path / "x.wav", TONE[:, 0].copy(), RATE))
    assert np.array_equal(heard[:, 0], heard[:, 1])
    assert heard.std() == pytest.approx(TONE.std(), rel=0.01)


def test_the_channels_of_a_stereo_file_stay_apart(tmp_path: Path) -> None:
    left = TONE * np.array([1, 0], dtype=np.float32)
    heard = samples(wav(tmp_path / "x.wav", left, RATE))
    assert heard[:, 0].std() > 0.2
    assert not heard[:, 1].any()


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".flac", ".ogg"])
def test_the_common_kinds_need_no_ffmpeg(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = encoded(tmp_path / f"x{suffix}", TONE, 44_100)
    no_ffmpeg(monkeypatch)
    assert len(samples(path)) > 3 * RATE


def test_the_others_say_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = encoded(tmp_path / "x.m4a", TONE)
    no_ffmpeg(monkeypatch)
    assert refusal(path) == f"{path} needs ffmpeg, and there is none"


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [(".m4a", ".mp3"), (".wav", ".mp3"), (".mp3", ".wav"), (".flac", ".m4a"), (".opus", ".ogg")],
)
def test_a_file_with_the_wrong_suffix_is_heard_all_the_same(kind: str, suffix: str, tmp_path: Path) -> None:
    path = encoded(tmp_path / f"x{kind}", TONE, 44_100).rename(tmp_path / f"y{suffix}")
    assert pitch(samples(path)) == pytest.approx(440, abs=0.5)


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".flac", ".ogg", ".opus", ".aac"])
def test_a_file_that_breaks_off_is_heard_up_to_there(suffix: str, tmp_path: Path) -> None:
    path = encoded(tmp_path / f"x{suffix}", noise(4))
    os.truncate(path, path.stat().st_size // 2)
    assert RATE < len(samples(path)) < 3 * RATE


def test_damage_is_not_taken_for_want_of_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.mp3"
    path.write_bytes(b"not audio at all" * 50)
    no_ffmpeg(monkeypatch)
    assert refusal(path) == f"cannot read the music {path}: it is damaged, or not audio"


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".flac", ".ogg", ".m4a"])
@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"not audio at all" * 50], ids=["empty", "four bytes", "text"]
)
def test_what_is_not_audio_is_refused_by_name(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    assert refusal(path) == f"cannot read the music {path}: it is damaged, or not audio"


def test_a_film_without_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    ffmpeg("-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=64x64", path)
    assert refusal(path) == f"cannot read the music {path}: it is damaged, or not audio"


def test_a_missing_file_is_told_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "gone.mp3"
    assert refusal(path) == f"cannot read the music {path}: no such file or directory"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "x.mp3"
    os.mkfifo(path)
    assert refusal(path) == f"cannot read the music {path}: it is not an ordinary file"


@pytest.mark.parametrize("suffix", [".mp3", ".m4a"])
def test_a_reader_may_stop_early(suffix: str, tmp_path: Path) -> None:
    blocks = decoded(encoded(tmp_path / f"x{suffix}", TONE))
    assert len(next(blocks)) > 0
    blocks.close()
