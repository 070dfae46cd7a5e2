"""A recording of any kind is a clip like one of speech: cut, and as loud."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.audio.music.support import encoded, noise, wav
from tests.audio.support import ffmpeg, spoken
from voiceguide.audio.clip import RATE, length_ms, to_float32
from voiceguide.audio.loudness import CEILING, TARGET, integrated, true_peak
from voiceguide.audio.recordings import load_recording
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SPEECH = spoken(1_500)


def lone(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """With half a second of silence before it and after it."""
    return np.pad(samples, RATE // 2)


def refusal(path: Path) -> str:
    with pytest.raises(OutputError) as caught:
        load_recording(path)
    return str(caught.value)


def no_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a", ".flac", ".ogg", ".opus"])
@pytest.mark.parametrize("gain", [0.05, 1.0])
def test_it_is_as_loud_as_speech(suffix: str, gain: float, tmp_path: Path) -> None:
    clip = to_float32(load_recording(encoded(tmp_path / f"x{suffix}", lone(SPEECH) * np.float32(gain))))
    assert integrated(lone(clip)) == pytest.approx(TARGET, abs=0.5)
    assert true_peak(clip) <= CEILING + 0.1


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a", ".opus"])
def test_the_silence_around_it_is_cut_off(suffix: str, tmp_path: Path) -> None:
    clip = load_recording(encoded(tmp_path / f"x{suffix}", lone(SPEECH)))
    plain = load_recording(wav(tmp_path / "plain.wav", SPEECH))
    # Coders smear an onset over some ms.
    assert length_ms(clip) == pytest.approx(length_ms(plain), abs=40)


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
def test_a_stereo_file_of_any_rate_becomes_48_khz_mono(rate: int, tmp_path: Path) -> None:
    clip = load_recording(wav(tmp_path / "x.wav", noise(2, high=3_000, rate=rate), rate))
    assert clip.ndim == 1
    assert length_ms(clip) == pytest.approx(2_007, abs=3)


def test_a_wav_of_floating_point_numbers_is_read_too(tmp_path: Path) -> None:
    plain = wav(tmp_path / "plain.wav", SPEECH)
    ffmpeg("-v", "error", "-i", plain, "-c:a", "pcm_f32le", tmp_path / "x.wav")
    assert np.array_equal(load_recording(tmp_path / "x.wav"), load_recording(plain))


def test_a_wav_needs_no_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = wav(tmp_path / "x.wav", SPEECH)
    no_ffmpeg(monkeypatch)
    assert len(load_recording(path)) > RATE


def test_other_kinds_say_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = encoded(tmp_path / "x.m4a", SPEECH)
    no_ffmpeg(monkeypatch)
    assert refusal(path) == f"{path} needs ffmpeg, and there is none"


def test_the_ffmpeg_of_the_extra_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = encoded(tmp_path / "x.m4a", SPEECH)
    monkeypatch.setenv("PATH", "")
    assert len(load_recording(path)) > RATE


@pytest.mark.parametrize("suffix", [".wav", ".mp3"])
def test_two_minutes_are_taken_and_more_are_refused(suffix: str, tmp_path: Path) -> None:
    ten = noise(10, rate=8_000, high=3_000)[:, 0].copy()
    longest = encoded(tmp_path / f"a{suffix}", np.tile(ten, 12)[:-800], 8_000)
    longer = encoded(tmp_path / f"b{suffix}", np.append(np.tile(ten, 12), ten[:800]), 8_000)
    assert length_ms(load_recording(longest)) == pytest.approx(119_900, abs=100)
    assert refusal(longer) == f"cannot read the recording {longer}: it is longer than 2 minutes"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = wav(tmp_path / "x.wav", SPEECH)
    os.truncate(path, 10**9)
    assert refusal(path) == f"cannot read the recording {path}: it is larger than 138 MB"


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a"])
@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"not audio at all" * 50], ids=["empty", "four bytes", "text"]
)
def test_what_is_not_audio_is_refused_by_name(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    assert refusal(path) == f"cannot read the recording {path}: it is damaged, or not audio"


def test_a_film_without_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    ffmpeg("-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=64x64", path)
    assert refusal(path) == f"cannot read the recording {path}: it is damaged, or not audio"


def test_a_silent_file_is_refused(tmp_path: Path) -> None:
    path = wav(tmp_path / "x.wav", np.zeros(RATE, dtype=np.float32))
    assert refusal(path) == f"cannot read the recording {path}: it is silent"


def test_a_missing_file_is_told_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "gone.wav"
    assert refusal(path) == f"cannot read the recording {path}: no such file or directory"


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"cannot read the recording {tmp_path}: it is not an ordinary file"
