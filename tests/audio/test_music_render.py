"""A session with music as a file, measured by others: the voice at -16 LUFS, the music 15 and 8 dB under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import miniaudio
import numpy as np
import pytest

from tests.audio.music.support import noise, sine, wav
from tests.audio.support import ffmpeg, lag, levelled, measured, probed, session, spoken, tone
from voiceguide.audio.clip import RATE, SAMPLES_PER_MS, Clip, trim
from voiceguide.audio.encode import write_audio
from voiceguide.audio.mixer import Mixer
from voiceguide.audio.music.bed import open_bed
from voiceguide.timeline import Music

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from voiceguide.timeline import Timeline

MS = SAMPLES_PER_MS
DURATION_MS = 40_000
LOW, HIGH = 8_500.0, 12_000.0
"""Hz between which there is music and no voice."""


def low_pass(samples: NDArray[np.float32], below: float = 7_500.0) -> NDArray[np.float32]:
    spectrum = np.fft.rfft(samples)
    spectrum[np.fft.rfftfreq(len(samples), 1 / RATE) > below] = 0
    passed: NDArray[np.float32] = np.fft.irfft(spectrum, len(samples)).astype(np.float32)
    return passed


def band(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """The music alone, full scale 1.0."""
    spectrum = np.fft.rfft(samples / 32767, axis=0)
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    spectrum[(frequencies < LOW - 500) | (frequencies > HIGH + 500)] = 0
    music: NDArray[np.float32] = np.fft.irfft(spectrum, len(samples), axis=0).astype(np.float32)
    return music


def voice(ms: int, seed: int = 0) -> Clip:
    """A clip of speech as an engine's is: it fades in over 2 ms."""
    return levelled(trim(low_pass(spoken(ms, seed)), RATE))


COUNTS = [voice(350 + 40 * n, seed=n) for n in range(5)]
CUES = [
    (3_000, "a long sentence", voice(6_000)),
    (14_000, "<start>", levelled(tone(250))),
    *((20_000 + 1_000 * n, f"{n}", clip) for n, clip in enumerate(COUNTS)),
    (29_000, "another sentence", voice(3_000, seed=7)),
]


class Rendered(NamedTuple):
    """A session's MP3, and its samples by one decoder, shape (n, 2)."""

    path: Path
    timeline: Timeline
    heard: NDArray[np.int16]


def decoded(path: Path, decoder: str) -> NDArray[np.int16]:
    if decoder == "ffmpeg":
        said = ffmpeg("-v", "error", "-i", path, "-f", "s16le", "-ar", str(RATE), "-")
        samples = np.frombuffer(said.stdout, dtype="<i2").astype(np.int16)
    else:
        samples = np.array(
            miniaudio.decode_file(str(path), nchannels=2, sample_rate=RATE).samples, dtype=np.int16
        )
    return samples.reshape(-1, 2)


def render(music: Path, folder: Path, name: str = "x.mp3", level_db: int = 0) -> tuple[Path, Timeline]:
    timeline, clips = session(CUES, DURATION_MS)
    with open_bed(Music(str(music), level_db), DURATION_MS, folder / "spool") as bed:
        write_audio(Mixer(timeline, clips, bed), timeline, folder / name)
    return folder / name, timeline


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("music")


@pytest.fixture(scope="module")
def file(folder: Path) -> tuple[Path, Timeline]:
    """Over music of 12 s, which is looped."""
    return render(wav(folder / "hiss.wav", noise(12, 0.05, LOW, HIGH)), folder)


@pytest.fixture(scope="module", params=["dr_mp3", "ffmpeg"])
def rendered(request: pytest.FixtureRequest, file: tuple[Path, Timeline]) -> Rendered:
    path, timeline = file
    return Rendered(path, timeline, decoded(path, request.param))


def loudness(samples: NDArray[np.float32], folder: Path) -> float:
    """LUFS by ffmpeg's EBU R 128 meter."""
    return measured(wav(folder / "measured.wav", samples))[0]


def under_speech(timeline: Timeline) -> Iterator[slice]:
    for cue in timeline.cues:
        yield slice(cue.start_ms * MS, cue.end_ms * MS)


def between_speech() -> Iterator[slice]:
    """Where no cue is so near that the music moves, and the session does not fade."""
    for start, end in ((9_600, 13_800), (14_800, 19_800), (32_600, 34_900)):
        yield slice(start * MS, end * MS)


def test_it_is_an_mp3_of_128_kbit_s_in_stereo_exactly_as_long_as_the_session(rendered: Rendered) -> None:
    assert re.search(r"Audio: mp3.*48000 Hz, stereo, \w+, 128 kb/s", probed(rendered.path))
    assert rendered.heard.shape == (DURATION_MS * MS, 2)


def test_the_voice_is_at_minus_16_lufs_where_it_speaks(rendered: Rendered, folder: Path) -> None:
    for start, end in ((3_000, 9_000), (29_000, 32_000)):
        speaking = (rendered.heard[start * MS : end * MS] / 32767).astype(np.float32)
        assert loudness(speaking, folder) == pytest.approx(-16.0, abs=0.6)


def test_the_music_is_15_db_under_the_voice_while_it_speaks(rendered: Rendered, folder: Path) -> None:
    music = band(rendered.heard)
    under = np.concatenate([music[place] for place in under_speech(rendered.timeline)])
    assert loudness(under, folder) == pytest.approx(-16 - 15, abs=0.7)


def test_the_music_is_8_db_under_the_voice_in_between(rendered: Rendered, folder: Path) -> None:
    music = band(rendered.heard)
    between = np.concatenate([music[place] for place in between_speech()])
    assert loudness(between, folder) == pytest.approx(-16 - 8, abs=0.7)


def test_every_cue_is_heard_within_5_ms_of_its_time(rendered: Rendered) -> None:
    left = low_pass(rendered.heard[:, 0].astype(np.float32))
    _, clips = session(CUES, DURATION_MS)
    for cue in rendered.timeline.cues:
        clip = clips(cue.source)
        around = slice((cue.start_ms - 100) * MS, (cue.start_ms - 100) * MS + len(clip) + 200 * MS)
        late = lag(clip, np.rint(left[around]).astype(np.int16)) - 100 * MS
        assert abs(late) <= 5 * MS, cue


@pytest.mark.parametrize("level_db", [0, 5])
@pytest.mark.parametrize("kind", ["noise", "drums"])
def test_no_true_peak_is_above_minus_1_dbtp(kind: str, level_db: int, folder: Path) -> None:
    if kind == "noise":
        samples = noise(10, 0.3)
    else:
        strokes = np.zeros((10 * RATE, 2), dtype=np.float32)
        stroke = 0.9 * noise(0.2, 1.0)[: RATE // 5] * np.exp(-np.arange(RATE // 5) / 900)[:, np.newaxis]
        for start in range(0, len(strokes) - RATE // 4, RATE // 2):
            strokes[start : start + len(stroke)] = stroke
        samples = strokes
    path, _ = render(wav(folder / f"{kind}.wav", samples), folder, f"{kind}{level_db}.mp3", level_db)
    assert measured(path)[1] <= -1.0


def swell(heard: NDArray[np.int16]) -> NDArray[np.float64]:
    """The level of a tone of 10 kHz in dB at each ms, beside its level between words."""
    times = np.arange(len(heard)) / RATE
    shifted = heard[:, 0] * np.exp(-2j * np.pi * 10_000 * times)
    window = np.hanning(10 * MS)
    around = np.abs(np.convolve(shifted, window / window.sum(), mode="same"))[::MS]
    level: NDArray[np.float64] = 20 * np.log10(np.maximum(around, 1e-3) / np.median(around[16_000:19_000]))
    return level


def test_the_music_is_down_when_a_cue_begins_and_comes_up_after_it(folder: Path) -> None:
    """Seen by a tone of 10 kHz, which is music that has a level at every moment."""
    path, timeline = render(wav(folder / "tone.wav", sine(60, 10_000)), folder, "tone.mp3")
    for decoder in ("dr_mp3", "ffmpeg"):
        level = swell(decoded(path, decoder))
        for cue in (timeline.cues[0], timeline.cues[-1]):
            onset, end = cue.start_ms, cue.end_ms
            assert level[onset - 250 : onset - 170] == pytest.approx(0, abs=1)
            assert level[[onset - 75, onset, onset + 300]] == pytest.approx([-3.5, -7, -7], abs=1)
            assert level[[end - 20, end + 250]] == pytest.approx([-7, -3.5], abs=1)
        assert level[9_600:13_800] == pytest.approx(0, abs=1)
        # Half a Hann window of 2 s, and one of 5 s.
        assert level[[1_000, 37_500]] == pytest.approx([-6, -6], abs=1)
        assert level[39_950:].max() < -50


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_a_lossless_file_holds_the_very_samples(suffix: str, folder: Path) -> None:
    music = wav(folder / "short.wav", noise(2))
    path, timeline = render(music, folder, f"lossless{suffix}")
    _, clips = session(CUES, DURATION_MS)
    with open_bed(Music(str(music)), DURATION_MS, folder / "spool") as bed:
        mixer = Mixer(timeline, clips, bed)
        assert np.array_equal(decoded(path, "ffmpeg"), mixer.read(0, mixer.frames))


@pytest.mark.parametrize("suffix", [".m4a", ".ogg", ".opus"])
def test_other_formats_are_stereo_of_128_kbit_s(suffix: str, folder: Path) -> None:
    path, _ = render(wav(folder / "wide.wav", noise(10, 0.1)), folder, f"other{suffix}")
    assert ", stereo," in probed(path)
    # Vorbis and Opus spend what they need.
    assert path.stat().st_size * 8 / (DURATION_MS / 1000) == pytest.approx(128_000, rel=0.25)
    assert 0 <= len(decoded(path, "ffmpeg")) - DURATION_MS * MS < 1024
