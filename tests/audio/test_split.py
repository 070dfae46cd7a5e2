"""Parts of an MP3, joined after decoding, are the whole: sample for sample, wherever it is cut."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.support import Samples, ffmpeg, levelled, session, spoken
from voiceguide.audio.clip import FRAME, RATE, SAMPLES_PER_MS, Pcm
from voiceguide.audio.mixer import Mixer
from voiceguide.audio.mp3 import BITRATES, frame_size
from voiceguide.audio.splice import write_mp3
from voiceguide.audio.split import open_frames, part
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voiceguide.audio.pieces import Session

MS = SAMPLES_PER_MS
WORDS = [levelled(spoken(400 + 300 * seed, seed=seed)) for seed in range(4)]
NOISE = (np.random.default_rng(0).standard_normal((5 * RATE, 2)) * 4_000).astype(np.int16)
"""Two channels that no bit rate has enough bits for: every frame takes from those before it."""


# In front of a file, as of every one that is written.
TAG = b"ID3\x03\x00\x00\x00\x00\x02\x01" + bytes(257)


def talk() -> Mixer:
    """Nine seconds: four words, silence between them."""
    cues = [(480 + 2_400 * number, f"word {number}", word) for number, word in enumerate(WORDS)]
    timeline, clips = session(cues, 9_000)
    return Mixer(timeline, clips)


def mono() -> Samples:
    """Speech without a pause."""
    return Samples(np.concatenate(WORDS * 2))


def stereo() -> Samples:
    return Samples(NOISE)


def mp3(of: Session, bitrate: int, tag: bytes = b"") -> io.BytesIO:
    file = io.BytesIO()
    write_mp3(file, of, bitrate=bitrate, tag=lambda: tag)
    return file


def cut(whole: io.BytesIO, places: Sequence[int]) -> list[bytes]:
    frames = open_frames(whole, Path("x.mp3"))
    return [part(frames, start, end) for start, end in pairwise(places)]


def by_ffmpeg(data: bytes, folder: Path, channels: int) -> Pcm:
    path = folder / "x.mp3"
    path.write_bytes(TAG + data)
    said = ffmpeg("-v", "error", "-i", path, "-f", "s16le", "-")
    assert said.stderr == b""
    return np.frombuffer(said.stdout, dtype="<i2").reshape(-1, channels)


def by_dr_mp3(data: bytes, channels: int) -> Pcm:
    decoded = miniaudio.decode(data, nchannels=channels, sample_rate=RATE)
    return np.array(decoded.samples, dtype=np.int16).reshape(-1, channels)


def borrows(whole: io.BytesIO, frame: int) -> int:
    """How many bytes a frame takes from those before it: its `main_data_begin`."""
    frames = open_frames(whole, Path("x.mp3"))
    head = frames.read(frame, frame)
    return head[4] << 1 | head[5] >> 7


@pytest.mark.parametrize("bitrate", [32, 48, 64, 128, 320])
@pytest.mark.parametrize("of", [talk, mono, stereo])
def test_the_parts_joined_are_the_whole_in_both_decoders(
    of: Callable[[], Session], bitrate: int, tmp_path: Path
) -> None:
    session = of()
    whole = mp3(session, bitrate)
    # On a frame, in the middle of one, in the middle of a word, a tenth of a second alone.
    places = [0, 30 * FRAME, 60_000, 64_801, 70_007, 100 * FRAME, session.frames]
    parts = cut(whole, places)

    def ffmpeg(data: bytes) -> Pcm:
        return by_ffmpeg(data, tmp_path, session.channels)

    def dr_mp3(data: bytes) -> Pcm:
        return by_dr_mp3(data, session.channels)

    for decode in (ffmpeg, dr_mp3):
        decoded = [decode(one) for one in parts]
        assert [len(one) for one in decoded] == [end - start for start, end in pairwise(places)]
        assert np.array_equal(np.concatenate(decoded), decode(whole.getvalue()))


@pytest.mark.parametrize("bitrate", [32, 64, 128, 160])
def test_bits_that_a_part_takes_from_frames_before_it_are_lent_to_it(bitrate: int, tmp_path: Path) -> None:
    """At 32 kbit/s those are more than a frame of that rate holds."""
    whole = mp3(stereo(), bitrate)
    borrowing = [frame for frame in range(20, 200) if borrows(whole, frame)]
    assert borrowing
    most = max(borrowing, key=lambda frame: borrows(whole, frame))
    if bitrate == BITRATES[0]:
        assert borrows(whole, most) > frame_size(bitrate)
    first, second = cut(whole, [0, most * FRAME, 5 * RATE])
    assert len(second) > len(mp3(Samples(NOISE[most * FRAME :]), bitrate).getvalue())
    joined = [by_ffmpeg(one, tmp_path, 2) for one in (first, second)]
    assert np.array_equal(np.concatenate(joined), by_ffmpeg(whole.getvalue(), tmp_path, 2))


@settings(max_examples=25)
@given(st.lists(st.integers(1, 9_000 * MS - 1), unique=True, max_size=6), st.sampled_from([32, 64, 128]))
def test_wherever_it_is_cut(places: list[int], bitrate: int) -> None:
    whole = mp3(talk(), bitrate)
    parts = cut(whole, [0, *sorted(places), 9_000 * MS])
    joined = np.concatenate([by_dr_mp3(one, 1) for one in parts])
    assert np.array_equal(joined, by_dr_mp3(whole.getvalue(), 1))


def test_a_part_of_silence_is_as_small_as_its_frames() -> None:
    """Nothing is lent where nothing is taken: an Info frame, its own frames, and the one that its end is decoded from."""
    whole = mp3(talk(), 64)
    (one,) = cut(whole, [0, 10 * FRAME])
    assert len(one) == (1 + 10 + 1) * frame_size(64)


def test_a_tag_before_the_frames_is_passed_over() -> None:
    places = [0, 100_000, 9_000 * MS]
    assert cut(mp3(talk(), 64, TAG), places) == cut(mp3(talk(), 64), places)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ID3",
        b"RIFF" * 99,
        b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f",
        b"\xff\xfb\x54\xc4",
        b"\xff\xfb\xf4\xc4" * 200,
    ],
)
def test_what_is_not_an_mp3_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(OutputError) as caught:
        open_frames(io.BytesIO(data), Path("x.mp3"))
    assert (
        caught.value.problems[0].message == "x.mp3 is not an MP3 that voiceguide writes: it cannot be split"
    )


def test_a_torn_mp3_is_refused() -> None:
    with pytest.raises(OutputError):
        open_frames(io.BytesIO(mp3(talk(), 64).getvalue()[:-7]), Path("x.mp3"))
