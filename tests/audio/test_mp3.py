"""An MP3 plays exactly the samples that went in, on any decoder that reads the Info frame."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest

from tests.audio.support import Samples, decoded, lag, levelled, spoken
from voiceguide.audio.clip import RATE, Clip, Pcm
from voiceguide.audio.crc16 import crc16
from voiceguide.audio.mp3 import BITRATES, encoded
from voiceguide.audio.splice import write_mp3
from voiceguide.errors import RequestError

if TYPE_CHECKING:
    from pathlib import Path

SPEECH = levelled(spoken(2000))
CLIP = np.concatenate([np.zeros(4321, dtype=np.int16), SPEECH, np.zeros(3000, dtype=np.int16)])


# The right channel says the same a little later.
STEREO = np.stack([CLIP, np.roll(CLIP, 2000)], axis=1)


def mp3(clip: Pcm, bitrate: int = 64, tag: bytes = b"") -> bytes:
    file = io.BytesIO()
    write_mp3(file, Samples(clip), bitrate=bitrate, tag=lambda: tag)
    return file.getvalue()


def both_channels(data: bytes) -> Pcm:
    samples = miniaudio.decode(data, nchannels=2, sample_rate=RATE).samples
    return np.array(samples, dtype=np.int16).reshape(-1, 2)


def by_dr_mp3(data: bytes) -> Clip:
    return np.array(miniaudio.decode(data, nchannels=1, sample_rate=RATE).samples, dtype=np.int16)


def by_ffmpeg(data: bytes, folder: Path) -> Clip:
    path = folder / "x.mp3"
    path.write_bytes(data)
    return decoded(path)


@pytest.mark.parametrize("bitrate", BITRATES)
def test_ffmpeg_plays_as_many_samples_as_went_in_and_none_of_them_late(bitrate: int, tmp_path: Path) -> None:
    played = by_ffmpeg(mp3(CLIP, bitrate), tmp_path)
    assert (len(played), lag(CLIP, played)) == (len(CLIP), 0)


@pytest.mark.parametrize("bitrate", BITRATES)
def test_dr_mp3_does_too(bitrate: int) -> None:
    played = by_dr_mp3(mp3(CLIP, bitrate))
    assert (len(played), lag(CLIP, played)) == (len(CLIP), 0)


@pytest.mark.parametrize("bitrate", BITRATES)
def test_in_stereo_neither_channel_is_late_or_cut(bitrate: int, tmp_path: Path) -> None:
    data = mp3(STEREO, bitrate)
    played = both_channels(data)
    assert len(by_ffmpeg(data, tmp_path)) == len(played) == len(STEREO)
    assert [lag(STEREO[:, channel], played[:, channel]) for channel in (0, 1)] == [0, 0]


@pytest.mark.parametrize("samples", [48, 1151, 1152, 1153, 1728, 2304, 47_952, 48_000])
def test_the_length_is_exact_wherever_in_a_frame_the_session_ends(samples: int, tmp_path: Path) -> None:
    data = mp3(SPEECH[:samples])
    assert len(by_ffmpeg(data, tmp_path)) == samples
    assert len(by_dr_mp3(data)) == samples


@pytest.mark.parametrize("bitrate", [64, 192, 224, 320])
def test_it_is_as_loud_as_what_went_in(bitrate: int) -> None:
    times = np.arange(RATE) / RATE
    sine = (9000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)
    middle = slice(RATE // 4, RATE // 2)
    ratio = by_dr_mp3(mp3(sine, bitrate))[middle].std() / sine[middle].std()
    assert ratio == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("bitrate", [64, 128, 160, 192, 320])
def test_in_stereo_it_is_as_loud_as_what_went_in_too(bitrate: int) -> None:
    times = np.arange(RATE) / RATE
    left, right = 9000 * np.sin(2 * np.pi * 440 * times), 5000 * np.sin(2 * np.pi * 700 * times)
    sines = np.stack([left, right], axis=1).astype(np.int16)
    middle = slice(RATE // 4, RATE // 2)
    ratios = both_channels(mp3(sines, bitrate))[middle].std(axis=0) / sines[middle].std(axis=0)
    assert ratios == pytest.approx(1.0, abs=0.01)


def test_the_size_of_the_blocks_does_not_matter() -> None:
    whole = b"".join(encoded([CLIP]))
    assert b"".join(encoded(CLIP[start : start + 777] for start in range(0, len(CLIP), 777))) == whole


def test_the_tag_comes_first() -> None:
    assert mp3(CLIP, tag=b"TAG") == b"TAG" + mp3(CLIP)


@pytest.mark.parametrize("bitrate", [32, 64, 320])
def test_the_info_frame_counts_frames_and_bytes(bitrate: int) -> None:
    data = mp3(CLIP, bitrate)
    assert data[21:29] == b"Info\x00\x00\x00\x0f"
    frame = 3 * bitrate
    info = max(frame, 192)
    assert int.from_bytes(data[29:33], "big") == (len(data) - info) // frame
    assert int.from_bytes(data[33:37], "big") == len(data)


@pytest.mark.parametrize("bitrate", BITRATES)
def test_the_info_frame_of_a_stereo_stream_is_one_of_its_own_kind(bitrate: int) -> None:
    """It begins behind 32 bytes of side information; from frame to frame joint stereo changes two bits of a header."""
    data = mp3(STEREO, bitrate)
    info = max(3 * bitrate, 192)
    assert data[36:40] == b"Info"
    assert int.from_bytes(data[40 + 4 : 40 + 8], "big") == (len(data) - info) // (3 * bitrate)
    assert int.from_bytes(data[188:190], "big") == crc16(data[info:])
    assert int.from_bytes(data[190:192], "big") == crc16(data[:190])
    assert data[3] & ~0x30 == data[info + 3] & ~0x30
    assert len(data) % (3 * bitrate) in (0, info % (3 * bitrate))


def test_the_seek_table_leads_to_the_place_each_percent_is_at() -> None:
    data = mp3(np.tile(CLIP, 10))
    places = [entry * len(data) / 256 for entry in data[37:137]]
    wanted = [192 + (len(data) - 192) * percent / 100 for percent in range(100)]
    assert np.abs(np.subtract(places, wanted)).max() <= len(data) / 256


def test_the_info_frame_carries_both_checksums() -> None:
    data = mp3(CLIP)
    assert int.from_bytes(data[173:175], "big") == crc16(data[192:])
    assert int.from_bytes(data[175:177], "big") == crc16(data[:175])


def test_the_info_frame_is_a_frame_of_the_stream_s_own_kind() -> None:
    data = mp3(CLIP)
    assert data[:4] == data[192:196]


def test_the_whole_stream_is_frames_of_one_size() -> None:
    data = mp3(CLIP)
    assert len(data) % 192 == 0
    assert {data[start : start + 2] for start in range(0, len(data), 192)} == {b"\xff\xfb"}


def test_a_bit_rate_that_mp3_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(RequestError, match="there is no MP3 of 65 kbit/s") as caught:
        mp3(CLIP, bitrate=65)
    assert caught.value.problems[0].hint == (
        "choose one of 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320"
    )
