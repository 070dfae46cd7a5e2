"""An MP3 is spliced from pieces, and nobody can tell: the same length, the same places, the same quality, no click."""

from __future__ import annotations

import io
import tracemalloc
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.support import Samples, decoded, lag, levelled, session, spoken, tone
from voiceguide.audio.clip import FRAME, RATE, SAMPLES_PER_MS, Clip, Pcm
from voiceguide.audio.mixer import Mixer
from voiceguide.audio.pieces import LONGEST
from voiceguide.audio.splice import write_mp3
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.conftest import User
    from voiceguide.audio.pieces import Session

MS = SAMPLES_PER_MS
WORDS = {f"word {seed}": levelled(spoken(250 + 110 * seed, seed=seed)) for seed in range(6)}
BEEP = levelled(tone(250))


@dataclass
class Shelf:
    """Keeps pieces in memory, and knows what it was asked."""

    held: dict[str, bytes] = field(default_factory=dict)
    puts: list[str] = field(default_factory=list)

    def get(self, key: str) -> bytes | None:
        return self.held.get(key)

    def put(self, key: str, data: bytes) -> bool:
        self.puts.append(key)
        self.held[key] = data
        return True


def mp3(session: Session, shelf: Shelf | None = None, bitrate: int = 64, workers: int = 1) -> bytes:
    file = io.BytesIO()
    write_mp3(file, session, bitrate=bitrate, kept=shelf, workers=workers)
    return file.getvalue()


def at_once(mixer: Session) -> Samples:
    """The same samples, to be encoded as one stream."""
    return Samples(mixer.read(0, mixer.frames))


def by_dr_mp3(data: bytes) -> Clip:
    return np.array(miniaudio.decode(data, nchannels=1, sample_rate=RATE).samples, dtype=np.int16)


def by_ffmpeg(data: bytes, folder: Path) -> Clip:
    path = folder / "x.mp3"
    path.write_bytes(data)
    return decoded(path)


def signal_to_noise(before: Clip, after: Clip) -> float:
    """In dB, whatever the gain."""
    x, y = before.astype(float), after.astype(float)
    part = (x @ y) / (x @ x) * x
    return float(10 * np.log10((part @ part) / ((y - part) @ (y - part))))


def near_sound(samples: Clip) -> NDArray[np.bool_]:
    """Which samples are within two frames of one that is not silent."""
    reach = 2 * FRAME
    sounding = np.concatenate(([0], np.cumsum(samples != 0)))
    first = np.maximum(np.arange(len(samples)) - reach, 0)
    last = np.minimum(np.arange(len(samples)) + reach, len(samples))
    near: NDArray[np.bool_] = sounding[last] > sounding[first]
    return near


def talk(*words: tuple[int, str], duration_ms: int) -> Mixer:
    """A session that says these words at these times in ms."""
    timeline, clips = session([(at, word, WORDS[word]) for at, word in words], duration_ms)
    return Mixer(timeline, clips)


TALK = talk(*((480 + 1_704 * number, f"word {number % 6}") for number in range(12)), duration_ms=24_000)


@pytest.mark.parametrize("bitrate", [32, 64, 128, 320])
def test_both_decoders_give_as_many_samples_as_of_one_stream(bitrate: int, tmp_path: Path) -> None:
    spliced, whole = mp3(TALK, bitrate=bitrate), mp3(at_once(TALK), bitrate=bitrate)
    assert len(spliced) == len(whole)
    assert len(by_dr_mp3(spliced)) == len(by_dr_mp3(whole)) == TALK.frames
    assert len(by_ffmpeg(spliced, tmp_path)) == len(by_ffmpeg(whole, tmp_path)) == TALK.frames


@pytest.mark.parametrize("bitrate", [48, 64, 96, 128, 192])
def test_its_quality_is_that_of_one_stream_to_half_a_decibel(bitrate: int, tmp_path: Path) -> None:
    samples = TALK.read(0, TALK.frames)
    spliced = signal_to_noise(samples, by_ffmpeg(mp3(TALK, bitrate=bitrate), tmp_path))
    whole = signal_to_noise(samples, by_ffmpeg(mp3(at_once(TALK), bitrate=bitrate), tmp_path))
    assert spliced == pytest.approx(whole, abs=0.5)


def test_every_piece_sits_where_its_samples_are(tmp_path: Path) -> None:
    data = mp3(TALK)
    for played in (by_dr_mp3(data), by_ffmpeg(data, tmp_path)):
        for number in range(12):
            around = slice((400 + 1_704 * number) * MS, (2_000 + 1_704 * number) * MS)
            assert lag(TALK.read(0, TALK.frames)[around], played[around]) == 0


def test_there_is_no_click_at_any_splice(tmp_path: Path) -> None:
    """Splices lie beyond two frames from any word, and there every sample is zero."""
    samples, data = TALK.read(0, TALK.frames), mp3(TALK)
    around = near_sound(samples)
    for played in (by_dr_mp3(data), by_ffmpeg(data, tmp_path)):
        assert not played[~around].any()
        assert played[around].any()


@given(
    st.lists(st.tuples(st.integers(0, 1_500), st.sampled_from(sorted(WORDS))), min_size=1, max_size=6),
    st.integers(0, 400),
)
@settings(max_examples=20)
def test_wherever_words_stand_they_are_heard_there_and_nowhere_else(
    said: list[tuple[int, str]], rest: int
) -> None:
    at, words = 0, []
    for gap, word in said:
        words.append((at + gap, word))
        at += gap + len(WORDS[word]) // MS + 40
    mixer = talk(*words, duration_ms=at + rest + 40)
    samples, played = mixer.read(0, mixer.frames), by_dr_mp3(mp3(mixer))
    assert len(played) == len(samples)
    assert lag(samples, played) == 0
    whole = by_dr_mp3(mp3(at_once(mixer)))
    assert signal_to_noise(samples, played) > signal_to_noise(samples, whole) - 0.5


def test_the_same_word_is_encoded_once() -> None:
    """Words that begin on whole frames, 24 ms, are the same samples wherever they stand."""
    shelf = Shelf()
    words = [(number * 2_400, f"word {number % 2}") for number in range(1, 9)]
    mp3(talk(*words, duration_ms=24_000), shelf)
    assert len(shelf.puts) == len(set(shelf.puts)) == 3  # two words and silence


def test_what_one_session_kept_another_does_not_encode() -> None:
    shelf = Shelf()
    mp3(talk((2_400, "word 1"), (4_800, "word 2"), duration_ms=9_000), shelf)
    shelf.puts.clear()
    later = talk((7_200, "word 2"), (12_000, "word 1"), (16_800, "word 2"), duration_ms=24_000)
    assert mp3(later, shelf) == mp3(later)
    assert shelf.puts == []


def test_another_bit_rate_is_another_piece() -> None:
    shelf = Shelf()
    mp3(TALK, shelf, bitrate=64)
    assert mp3(TALK, shelf, bitrate=96) == mp3(TALK, bitrate=96)


@pytest.mark.parametrize("workers", [2, 5])
def test_threads_give_the_same_file(workers: int) -> None:
    assert mp3(TALK, Shelf(), workers=workers) == mp3(TALK)


def test_a_kept_piece_of_another_size_is_made_anew() -> None:
    shelf = Shelf()
    mp3(TALK, shelf)
    shelf.held = {key: data[:-192] for key, data in shelf.held.items()}
    assert mp3(TALK, shelf) == mp3(TALK)


def test_without_a_pause_it_is_one_stream() -> None:
    """So it is with music, which is never quiet: it is kept in parts of 20 s."""
    shelf = Shelf()
    samples = np.tile(WORDS["word 5"], 70)
    whole = mp3(Samples(samples), shelf)
    frames = -(-(len(samples) + 1105) // FRAME)
    assert [len(data) // 192 for data in shelf.held.values()] == [LONGEST, LONGEST, frames - 2 * LONGEST]
    shelf.puts.clear()
    assert mp3(Samples(samples), shelf) == whole
    assert shelf.puts == []


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_part_that_is_lost_is_made_once_more(lost: int) -> None:
    shelf = Shelf()
    samples = np.tile(WORDS["word 5"], 70)
    whole = mp3(Samples(samples), shelf)
    del shelf.held[sorted(shelf.held)[lost]]
    assert mp3(Samples(samples), shelf) == whole


def test_in_stereo_pieces_are_spliced_too() -> None:
    word = np.stack([WORDS["word 3"], np.roll(WORDS["word 3"], 2_000)], axis=1)
    silence = np.zeros((RATE, 2), np.int16)
    samples = np.concatenate((silence, word, silence, word, silence))
    first, second = RATE, 2 * RATE + len(word)
    cut = Samples(samples, [(first, first + len(word)), (second, second + len(word))])
    data = mp3(cut, bitrate=128)
    played = np.array(miniaudio.decode(data, nchannels=2, sample_rate=RATE).samples, np.int16).reshape(-1, 2)
    assert len(played) == len(samples)
    assert [lag(samples[:, channel], played[:, channel]) for channel in (0, 1)] == [0, 0]


def test_kept_awake_the_floor_is_one_piece_and_no_join_of_it_is_louder_than_it_is(tmp_path: Path) -> None:
    shelf = Shelf()
    timeline, clips = session(
        [(2_400, "word 1", WORDS["word 1"]), (9_600, "word 1", WORDS["word 1"])], 20_000
    )
    mixer = Mixer(replace(timeline, keep_awake=True), clips)
    played = by_ffmpeg(mp3(mixer, shelf), tmp_path).astype(float)
    assert len(shelf.puts) == 2
    between = played[4_000 * MS : 9_400 * MS]
    loudness = 20 * np.log10(between[: len(between) // 480 * 480].reshape(-1, 480).std(axis=1).max() / 32767)
    assert loudness < -52
    quiet = np.flatnonzero(np.diff(np.flatnonzero(np.concatenate(([1], between, [1])))) > 50 * MS)
    assert len(quiet) == 0


def test_a_session_is_not_held_in_memory() -> None:
    def most(words: int) -> int:
        mixer = talk(
            *((4_800 * number, f"word {number % 6}") for number in range(words)), duration_ms=4_800 * words
        )
        file = io.BytesIO()
        tracemalloc.start()
        write_mp3(file, mixer, bitrate=32)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak - len(file.getvalue())

    most(6)  # tables are made once
    assert most(120) < most(12) + 500_000


def test_what_a_session_raises_comes_through_and_ends_the_threads() -> None:
    timeline, clips = session([(480, "word 1", WORDS["word 1"]), (4_800, "word 2", WORDS["word 2"])], 8_000)

    def failing(source: object) -> Clip:
        if source == timeline.cues[1].source:
            raise OutputError
        return clips(timeline.cues[0].source)

    with pytest.raises(OutputError):
        mp3(Mixer(timeline, failing), workers=3)


def test_a_real_routine_is_as_good_as_one_stream(user: User, tmp_path: Path) -> None:
    user.run("render", "neck-reset", "-o", "x.wav")
    user.run("render", "neck-reset", "-o", "x.mp3")
    samples: Pcm = decoded(user.folder / "x.wav")
    spliced = decoded(user.folder / "x.mp3")
    whole = by_ffmpeg(mp3(Samples(samples)), tmp_path)
    assert len(spliced) == len(whole) == len(samples)
    assert signal_to_noise(samples, spliced) == pytest.approx(signal_to_noise(samples, whole), abs=0.5)
    assert lag(samples[: 30 * RATE], spliced[: 30 * RATE]) == 0
    assert np.abs(spliced[~near_sound(samples)]).max() <= 1
