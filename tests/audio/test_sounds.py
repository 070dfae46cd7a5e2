"""The cue sounds that ship, and sounds of one's own."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.audio.support import ffmpeg, levelled, spoken
from voiceguide.audio.clip import RATE, Clip, length_ms, to_float32
from voiceguide.audio.loudness import CEILING, TARGET, integrated, true_peak
from voiceguide.audio.sounds import load_sound
from voiceguide.errors import OutputError
from voiceguide.speech.cache import ClipCache

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["start", "end", "tick", "bell"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sounds")
    subprocess.run([sys.executable, ROOT / "scripts" / "make-sounds", folder], check=True)
    return folder


def shipped(name: str) -> Clip:
    return load_sound(ROOT / "audio" / f"{name}.wav")


def pitch(samples: NDArray[np.float32]) -> float:
    """The frequency in Hz of what is strongest."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 17))
    return float(spectrum.argmax() * RATE / (1 << 17))


@pytest.mark.parametrize("name", NAMES)
def test_the_script_makes_exactly_the_files_that_ship(name: str, made: Path) -> None:
    assert (made / f"{name}.wav").read_bytes() == (ROOT / "audio" / f"{name}.wav").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_sound_is_small(name: str) -> None:
    assert (ROOT / "audio" / f"{name}.wav").stat().st_size <= 100_000


@pytest.mark.parametrize(("name", "ms"), [("start", 250), ("end", 350), ("tick", 40), ("bell", 1500)])
def test_a_shipped_sound_lasts_as_long_as_it_should(name: str, ms: int) -> None:
    assert length_ms(shipped(name)) == ms


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_sound_is_heard_within_a_ms_of_its_start(name: str) -> None:
    clip = np.abs(shipped(name).astype(int))
    assert np.flatnonzero(clip > clip.max() // 4)[0] <= 48


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_sound_starts_and_ends_without_a_click(name: str) -> None:
    clip = shipped(name).astype(int)
    assert abs(clip[0]) < 100
    assert np.abs(clip[-24:]).max() < 200


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_sound_is_as_loud_as_speech(name: str) -> None:
    sound = to_float32(shipped(name))
    assert integrated(np.pad(sound, RATE)) == pytest.approx(TARGET, abs=0.8)
    assert true_peak(sound) <= CEILING + 0.2


def test_start_rises_and_end_falls() -> None:
    start, end = to_float32(shipped("start")), to_float32(shipped("end"))
    assert pitch(start[len(start) // 2 :]) > 1.3 * pitch(start[: 80 * 48])
    assert pitch(end[len(end) // 2 :]) < 0.8 * pitch(end[: 120 * 48])


def saved(path: Path, samples: NDArray[np.int16], *, channels: int = 1, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def test_a_stereo_file_of_another_rate_becomes_48_khz_mono(tmp_path: Path) -> None:
    times = np.arange(22_050) / 22_050
    left = 8000 * np.sin(2 * np.pi * 500 * times)
    both = np.stack([left, left], axis=1).astype(np.int16)
    clip = load_sound(saved(tmp_path / "x.wav", both, channels=2, rate=22_050))
    assert length_ms(clip) == 1000
    assert pitch(to_float32(clip)) == pytest.approx(500, abs=1)


@pytest.mark.parametrize("coding", ["pcm_u8", "pcm_s24le", "pcm_s32le"])
def test_samples_of_any_width_are_read(coding: str, tmp_path: Path) -> None:
    plain = saved(tmp_path / "plain.wav", levelled(spoken(500)))
    wide = tmp_path / "wide.wav"
    ffmpeg("-i", plain, "-c:a", coding, wide)
    difference = to_float32(load_sound(wide)) - to_float32(load_sound(plain))
    assert np.abs(difference).max() < 0.02


def test_a_wav_needs_no_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    assert len(shipped("tick")) == 40 * 48


def test_a_sound_is_read_where_there_is_no_path_to_find_programs_on() -> None:
    reading = "import sys, pathlib; from voiceguide.audio.sounds import load_sound; print(len(load_sound(pathlib.Path(sys.argv[1]))))"
    done = subprocess.run(
        [sys.executable, "-c", reading, ROOT / "audio" / "tick.wav"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PATH"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.stdout, done.stderr) == (f"{40 * 48}\n", "")


GOOD = (ROOT / "audio" / "tick.wav").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"not audio at all" * 50,
        GOOD[:40],
        GOOD[:20] + b"\x03\0" + GOOD[22:],
        GOOD[:22] + b"\0\0" + GOOD[24:],
        GOOD[:24] + b"\0\0\0\0" + GOOD[28:],
        GOOD[:34] + b"\x40\0" + GOOD[36:],
        GOOD[:44],
        GOOD[:34] + b"\x18\0" + GOOD[36:44],
    ],
    ids=[
        "empty",
        "four bytes",
        "text",
        "half a header",
        "another coding",
        "no channels",
        "no rate",
        "64 bits",
        "no samples",
        "no samples of 24 bits",
    ],
)
def test_a_damaged_file_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(content)
    with pytest.raises(OutputError) as caught:
        load_sound(path)
    assert caught.value.problems[0].kind == "unreadable-sound"
    assert str(path) in str(caught.value)


def test_a_silent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="it is silent"):
        load_sound(saved(tmp_path / "x.wav", np.zeros(4800, dtype=np.int16)))


def test_a_missing_file_is_told_as_missing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such file or directory"):
        load_sound(tmp_path / "gone.wav")


def test_a_sound_is_levelled_once_and_then_kept(tmp_path: Path) -> None:
    kept = ClipCache(tmp_path / "clips", 1_000_000)
    first = load_sound(ROOT / "audio" / "bell.wav", kept)
    assert np.array_equal(load_sound(ROOT / "audio" / "bell.wav", kept), first)
    assert np.array_equal(first, shipped("bell"))
    assert kept.stats()[0] == 1


def test_a_sound_that_was_changed_is_heard_as_it_is_now(tmp_path: Path) -> None:
    kept = ClipCache(tmp_path / "clips", 1_000_000)
    path = tmp_path / "x.wav"
    path.write_bytes((ROOT / "audio" / "bell.wav").read_bytes())
    load_sound(path, kept)
    path.write_bytes((ROOT / "audio" / "tick.wav").read_bytes())
    assert np.array_equal(load_sound(path, kept), shipped("tick"))


def test_a_kept_sound_needs_neither_pydub_nor_a_resampler(tmp_path: Path) -> None:
    load_sound(ROOT / "audio" / "bell.wav", ClipCache(tmp_path, 1_000_000))
    reading = (
        "import sys; from pathlib import Path; from voiceguide.audio.sounds import load_sound; "
        "from voiceguide.speech.cache import ClipCache; "
        "load_sound(Path(sys.argv[1]), ClipCache(Path(sys.argv[2]), 1_000_000)); "
        "print(*sorted({'pydub', 'soxr'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", reading, str(ROOT / "audio" / "bell.wav"), str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
