"""A session as a file: the right samples, the right tags, whole or not at all."""

from __future__ import annotations

import os
import re
import sys
import tracemalloc
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest

from tests.audio.music.support import noise
from tests.audio.support import (
    decoded,
    ffmpeg,
    lag,
    levelled,
    measured,
    probed,
    session,
    short_session,
    spoken,
    tone,
)
from voiceguide.audio.clip import RATE, SAMPLES_PER_MS
from voiceguide.audio.convert import CONVERTED
from voiceguide.audio.encode import FORMATS, check_format, write_audio
from voiceguide.audio.mixer import Mixer
from voiceguide.errors import OutputError, RequestError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voiceguide.audio.clip import Clip
    from voiceguide.timeline import Source

TIMELINE, MIXER = short_session("Rücken = Üben; #1")
TITLES = ["Knees to chest", "Child's pose"]
WHOLE = MIXER.read(0, MIXER.frames)


def written(path: Path, bitrate: int = 64) -> Path:
    write_audio(MIXER, TIMELINE, path, bitrate=bitrate)
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def onsets(samples: Clip) -> list[int]:
    """The ms at which sound begins after at least 200 ms of silence."""
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 1000)
    first = loud[np.flatnonzero(np.diff(loud, prepend=-RATE) > RATE // 5)]
    return [int(place) // SAMPLES_PER_MS for place in first]


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_a_lossless_file_holds_the_very_samples(suffix: str, tmp_path: Path) -> None:
    assert np.array_equal(decoded(written(tmp_path / f"x{suffix}")), WHOLE)


def test_a_wav_is_48_khz_mono_of_16_bits(tmp_path: Path) -> None:
    with wave.open(str(written(tmp_path / "x.wav"))) as file:
        shape = (file.getframerate(), file.getnchannels(), file.getsampwidth(), file.getnframes())
    assert shape == (48_000, 1, 2, MIXER.frames)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".m4b", ".ogg", ".opus"])
def test_a_lossy_file_is_not_late(suffix: str, tmp_path: Path) -> None:
    played = decoded(written(tmp_path / f"x{suffix}"))
    # ffmpeg's AAC fills its last frame: up to 1,024 samples of silence
    assert 0 <= len(played) - len(WHOLE) < 1024
    assert abs(lag(WHOLE, played)) <= SAMPLES_PER_MS


def test_an_mp3_is_exactly_as_long_as_the_session_on_dr_mp3(tmp_path: Path) -> None:
    played = miniaudio.decode_file(str(written(tmp_path / "x.mp3")), nchannels=1, sample_rate=RATE)
    samples = np.array(played.samples, dtype=np.int16)
    assert len(samples) == MIXER.frames
    assert onsets(samples) == pytest.approx(onsets(WHOLE), abs=5)


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".m4a", ".m4b", ".ogg", ".opus"])
def test_title_and_chapters_are_in_every_format_that_has_them(suffix: str, tmp_path: Path) -> None:
    said = probed(written(tmp_path / f"x{suffix}"))
    assert "Rücken = Üben; #1" in said
    assert re.findall(r"Chapter #.*start (\S+),", said) == ["0.000000", "3.000000"]
    assert re.findall(r"^ +title +: (Knees to chest|Child's pose)", said, re.MULTILINE) == TITLES


def test_an_mp3_has_a_cover_and_its_words(tmp_path: Path) -> None:
    said = probed(written(tmp_path / "x.mp3"))
    assert "Video: png" in said
    assert "[00:00.50] Lie down." in said
    assert "[00:04.00] three" in said


def test_an_mp3_shows_the_length_of_the_session(tmp_path: Path) -> None:
    assert "Duration: 00:00:06.00" in probed(written(tmp_path / "x.mp3"))


@pytest.mark.parametrize("bitrate", [32, 64, 128])
def test_a_decoded_mp3_has_the_loudness_and_the_peaks_that_are_promised(bitrate: int, tmp_path: Path) -> None:
    counts = [(700 * n, f"{n}", levelled(spoken(300 + 20 * n, seed=n))) for n in range(8)]
    sentence = levelled(spoken(4000, seed=9))
    timeline, clips = session(
        [*counts, (6000, "a long sentence", sentence), (11_000, "<start>", levelled(tone(250)))], 12_000
    )
    write_audio(Mixer(timeline, clips), timeline, tmp_path / "x.mp3", bitrate=bitrate)
    loudness, peak = measured(tmp_path / "x.mp3")
    # 32 kbit/s carry little of the hiss in these words.
    assert loudness == pytest.approx(-19.0, abs=1.2)
    assert peak <= -1.0


@dataclass
class Hiss:
    """Music held in memory."""

    samples: NDArray[np.float32]
    ready: int = sys.maxsize

    def lasting(self, _frames: int) -> Hiss:
        return self

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        return self.samples[np.arange(start, start + count) % len(self.samples)]


STEREO = Mixer(TIMELINE, MIXER._clips, Hiss(noise(6) * np.float32(32767)))


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_a_lossless_file_of_a_session_with_music_holds_the_very_samples(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    write_audio(STEREO, TIMELINE, path)
    said = ffmpeg("-v", "error", "-i", path, "-f", "s16le", "-")
    heard = np.frombuffer(said.stdout, dtype="<i2").reshape(-1, 2)
    assert np.array_equal(heard, STEREO.read(0, STEREO.frames))


@pytest.mark.parametrize(("mixer", "bitrate"), [(MIXER, 64), (STEREO, 128)], ids=["mono", "stereo"])
def test_the_bit_rate_follows_the_channels_unless_it_is_told(
    mixer: Mixer, bitrate: int, tmp_path: Path
) -> None:
    write_audio(mixer, TIMELINE, tmp_path / "x.mp3")
    write_audio(mixer, TIMELINE, tmp_path / "y.mp3", bitrate=96)
    assert f"{bitrate} kb/s" in probed(tmp_path / "x.mp3")
    assert "96 kb/s" in probed(tmp_path / "y.mp3")


@pytest.mark.parametrize("bitrate", [32, 320])
@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".m4b", ".ogg", ".opus"])
def test_with_music_every_format_takes_the_lowest_and_the_highest_bit_rate_too(
    suffix: str, bitrate: int, tmp_path: Path
) -> None:
    write_audio(STEREO, TIMELINE, tmp_path / f"x{suffix}", bitrate=bitrate)
    assert ", stereo," in probed(tmp_path / f"x{suffix}")


def test_what_is_not_written_here_is_converted() -> None:
    assert (".mp3", ".wav", *CONVERTED) == FORMATS


@pytest.mark.parametrize("suffix", FORMATS)
def test_suffixes_may_be_in_capitals(suffix: str, tmp_path: Path) -> None:
    assert written(tmp_path / f"X{suffix.upper()}").stat().st_size > 1000


@pytest.mark.parametrize("bitrate", [32, 320])
@pytest.mark.parametrize("suffix", [".m4a", ".m4b", ".ogg", ".opus"])
def test_every_format_takes_the_lowest_and_the_highest_bit_rate(
    suffix: str, bitrate: int, tmp_path: Path
) -> None:
    assert len(decoded(written(tmp_path / f"x{suffix}", bitrate))) >= MIXER.frames


def test_progress_goes_to_the_last_sample(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    write_audio(MIXER, TIMELINE, tmp_path / "x.wav", progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1] == (MIXER.frames, MIXER.frames)


@pytest.mark.parametrize("name", ["x.aac", "x", "x.txt"])
def test_an_unknown_suffix_is_refused_with_those_known(name: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError) as caught:
        written(tmp_path / name)
    assert caught.value.problems[0].kind == "unknown-format"
    assert caught.value.problems[0].hint == "voiceguide writes .mp3, .wav, .flac, .m4a, .m4b, .ogg, .opus"
    assert names_in(tmp_path) == []


def test_an_unknown_bit_rate_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no MP3 of 65 kbit/s"):
        written(tmp_path / "x.mp3", bitrate=65)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("suffix", [".flac", ".m4a", ".m4b", ".ogg", ".opus"])
def test_without_ffmpeg_the_extra_is_named(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(OutputError, match="needs ffmpeg, and there is none") as caught:
        check_format(tmp_path / f"x{suffix}")
    assert "pip install voiceguide[ffmpeg]" in str(caught.value.problems[0].hint)


def test_the_ffmpeg_of_the_extra_is_found_without_one_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert written(tmp_path / "x.opus").stat().st_size > 1000


def test_mp3_and_wav_need_no_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    assert written(tmp_path / "x.mp3").exists()
    assert written(tmp_path / "x.wav").exists()


@pytest.mark.skipif(os.name == "nt", reason="the failing program is a shell script")
def test_a_failing_ffmpeg_is_quoted_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 'first this' >&2\necho 'then the codec broke' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(OutputError) as caught:
        written(tmp_path / "x.flac")
    assert str(caught.value) == f"ffmpeg could not write {tmp_path / 'x.flac'}: then the codec broke"
    assert names_in(tmp_path) == ["bin"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_interrupt_leaves_the_older_file_and_nothing_else(suffix: str, tmp_path: Path) -> None:
    def interrupted(_: Source) -> Clip:
        raise KeyboardInterrupt

    path = tmp_path / f"x{suffix}"
    path.write_bytes(b"older")
    with pytest.raises(KeyboardInterrupt):
        write_audio(Mixer(TIMELINE, interrupted), TIMELINE, path)
    assert names_in(tmp_path) == [path.name]
    assert path.read_bytes() == b"older"


@pytest.mark.parametrize(("hours", "music"), [(13, None), (7, Hiss(noise(1)))], ids=["mono", "stereo"])
def test_a_wav_of_more_than_4_gb_is_refused_before_it_is_begun(
    hours: int, music: Hiss | None, tmp_path: Path
) -> None:
    timeline, clips = session([], hours * 3_600_000)
    mixer = Mixer(timeline, clips, music)
    with pytest.raises(OutputError, match="more than a WAV file holds"):
        write_audio(mixer, timeline, tmp_path / "x.wav")


def most_memory(minutes: int, path: Path) -> int:
    clip = levelled(spoken(800))
    timeline, clips = session([(n * 5000, "again", clip) for n in range(minutes * 12)], minutes * 60_000)
    mixer = Mixer(timeline, clips)
    tracemalloc.start()
    write_audio(mixer, timeline, path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_memory_does_not_grow_with_the_session(suffix: str, tmp_path: Path) -> None:
    short = most_memory(1, tmp_path / f"a{suffix}")
    assert most_memory(4, tmp_path / f"b{suffix}") < short + 300_000
