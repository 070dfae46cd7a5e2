"""The music of a session: as loud as it should be, as long as it should be, and never with a click."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import voiceguide
from tests.audio.music.support import encoded, noise, pitch, sine, two_hours, wav
from tests.audio.support import measured
from voiceguide.audio.clip import RATE
from voiceguide.audio.music.bed import FADE_IN, FADE_OUT, open_bed
from voiceguide.audio.music.measures import Measures
from voiceguide.audio.music.order import CROSSFADE
from voiceguide.errors import OutputError
from voiceguide.timeline import Music

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

ROOT = Path(voiceguide.__file__).parents[1]


def heard(path: Path, seconds: int, level_db: int = 0) -> NDArray[np.float32]:
    """The whole bed of a session, full scale 1.0."""
    with open_bed(Music(str(path), level_db), seconds * 1000, path.parent / "spool") as bed:
        return bed.read(0, seconds * RATE) / np.float32(32767)


def inside(bed: NDArray[np.float32]) -> NDArray[np.float32]:
    """What lies between its fades."""
    return bed[FADE_IN : len(bed) - FADE_OUT]


def level(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The root mean square of each 50 ms."""
    whole = samples[: len(samples) // 2400 * 2400].astype(np.float64)
    rms: NDArray[np.float64] = np.sqrt((whole.reshape(-1, 4800) ** 2).mean(axis=1))
    return rms


def refusal(path: Path, spool: Path) -> str:
    with pytest.raises(OutputError) as caught, open_bed(Music(str(path)), 10_000, spool) as bed:
        bed.wait()
    return str(caught.value)


@pytest.mark.parametrize("amplitude", [0.003, 0.1, 0.6], ids=["soft", "usual", "loud and clipped"])
def test_a_track_is_8_db_softer_than_a_voice_of_minus_16_lufs(amplitude: float, tmp_path: Path) -> None:
    bed = heard(wav(tmp_path / "x.wav", noise(40, amplitude)), 40)
    assert measured(wav(tmp_path / "y.wav", inside(bed)))[0] == pytest.approx(-24.0, abs=0.3)


@pytest.mark.parametrize("level_db", [-30, -6, 5])
def test_a_level_is_added(level_db: int, tmp_path: Path) -> None:
    path = wav(tmp_path / "x.wav", noise(10))
    plain, turned = heard(path, 10), heard(path, 10, level_db)
    assert 20 * np.log10(turned.std() / plain.std()) == pytest.approx(level_db, abs=0.01)


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".ogg", ".m4a"])
def test_the_kind_of_file_makes_no_difference(suffix: str, tmp_path: Path) -> None:
    bed = heard(encoded(tmp_path / f"x{suffix}", noise(12, rate=44_100), 44_100), 12)
    assert measured(wav(tmp_path / "y.wav", inside(bed)))[0] == pytest.approx(-24.0, abs=0.5)


def test_the_tracks_of_a_folder_are_equally_loud_one_after_the_other_and_again_from_the_first(
    tmp_path: Path,
) -> None:
    """Each lasts 10 s, 7 s of which pass before the next one begins."""
    folder = tmp_path / "music"
    folder.mkdir()
    for name, frequency, amplitude in (("a", 300, 0.5), ("b", 400, 0.02), ("c", 500, 0.1)):
        wav(folder / f"{name}.wav", sine(10, frequency, amplitude))
    bed = heard(folder, 40)
    alone = [bed[second * RATE : (second + 3) * RATE] for second in (4, 11, 18, 25, 32)]
    assert [round(pitch(part)) for part in alone] == [300, 400, 500, 300, 400]
    levels = [measured(wav(tmp_path / "y.wav", part))[0] for part in alone[:4]]
    assert levels == pytest.approx([-24.0] * 4, abs=0.2)


def test_a_loop_passes_into_itself_at_an_even_level(tmp_path: Path) -> None:
    bed = inside(heard(wav(tmp_path / "x.wav", noise(10)), 60))
    decibels = 20 * np.log10(level(bed).reshape(-1, 10).mean(axis=1))
    assert np.ptp(decibels) < 2.5


def test_a_loop_passes_into_itself_without_a_click(tmp_path: Path) -> None:
    """A low tone that breaks off at its peak: a seam would be a step far higher than any of its own."""
    bed = inside(heard(wav(tmp_path / "x.wav", sine(10.0025, 100)), 60))
    alone = np.abs(np.diff(bed[: 4 * RATE, 0])).max()
    assert np.abs(np.diff(bed[:, 0])).max() < 1.5 * alone


def test_a_loop_begins_where_the_crossfade_of_the_last_time_began(tmp_path: Path) -> None:
    bed = heard(wav(tmp_path / "x.wav", noise(10)), 40)
    period = 10 * RATE - CROSSFADE
    first, again = bed[4 * RATE : 6 * RATE], bed[4 * RATE + period : 6 * RATE + period]
    assert np.array_equal(first, again)


def test_the_session_fades_in_over_2_s_and_out_over_5_s(tmp_path: Path) -> None:
    bed = heard(wav(tmp_path / "x.wav", sine(100, 1000)), 30)
    levels = level(bed) / level(bed)[200]
    at = {seconds: levels[round(seconds * 20)] for seconds in (0, 1, 2, 24.9, 27.5)}
    assert at == pytest.approx({0: 0, 1: 0.5, 2: 1, 24.9: 1, 27.5: 0.5}, abs=0.03)
    assert np.abs(bed[-1]).max() < 1e-6
    assert levels[-1] < 0.001


def test_the_fades_of_a_short_session_are_a_quarter_and_a_half_of_it(tmp_path: Path) -> None:
    bed = heard(wav(tmp_path / "x.wav", sine(100, 1000)), 4)
    levels = level(bed) / level(bed).max()
    assert [levels[round(seconds * 20)] for seconds in (0.5, 1.2, 1.8, 3)] == pytest.approx(
        [0.5, 1, 1, 0.5], abs=0.06
    )


def test_outside_of_the_session_is_silence(tmp_path: Path) -> None:
    with open_bed(Music(str(wav(tmp_path / "x.wav", noise(2)))), 5_000, tmp_path) as bed:
        whole = bed.read(0, 5 * RATE)
        around = bed.read(-100, 5 * RATE + 300)
    assert np.array_equal(around[100:-200], whole)
    assert not around[:100].any()
    assert not around[-200:].any()


def test_a_short_file_is_heard_over_and_over(tmp_path: Path) -> None:
    bed = inside(heard(wav(tmp_path / "x.wav", noise(0.2)), 30))
    assert measured(wav(tmp_path / "y.wav", bed))[0] == pytest.approx(-24.0, abs=1.0)
    assert level(bed).min() > level(bed).max() / 3


def test_what_is_heard_is_the_same_in_whatever_stretches_it_is_read(tmp_path: Path) -> None:
    with open_bed(Music(str(wav(tmp_path / "x.wav", noise(1)))), 5_000, tmp_path) as bed:
        whole = bed.read(0, 5 * RATE)

        @given(cuts=st.lists(st.integers(0, 5 * RATE), max_size=6), backwards=st.booleans())
        @settings(max_examples=30)
        def agrees(cuts: list[int], backwards: bool) -> None:  # noqa: FBT001 (drawn by Hypothesis)
            edges = sorted({0, 5 * RATE, *cuts})
            stretches = list(pairwise(edges))
            parts = {
                start: bed.read(start, end - start)
                for start, end in (reversed(stretches) if backwards else stretches)
            }
            assert np.allclose(np.concatenate([parts[start] for start, _ in stretches]), whole, atol=1e-2)

        agrees()


def test_it_can_be_read_while_it_is_decoded(tmp_path: Path) -> None:
    music = Music(str(encoded(tmp_path / "x.mp3", noise(30))))
    with open_bed(music, 60_000, tmp_path) as bed:
        bed.wait()
        decoded = bed.read(0, 60 * RATE)
    with open_bed(music, 60_000, tmp_path) as bed:
        meanwhile = [bed.read(second * RATE, RATE) for second in range(60)]
    assert np.array_equal(np.concatenate(meanwhile), decoded)


def test_what_is_ready_is_what_was_decoded_and_in_the_end_the_session(tmp_path: Path) -> None:
    with open_bed(Music(str(wav(tmp_path / "x.wav", noise(10)))), 20_000, tmp_path) as bed:
        bed.read(0, 5 * RATE)
        assert bed.ready >= 5 * RATE
        bed.wait()
        assert bed.ready == 20 * RATE


@pytest.mark.parametrize("seconds", [10, 17, 31, 80])
def test_before_the_fade_out_the_length_of_the_session_makes_no_difference(
    seconds: int, tmp_path: Path
) -> None:
    """Nor does it to how loud the track is, which grows softer all the while."""
    softer = noise(40) * np.linspace(1.0, 0.03, 40 * RATE, dtype=np.float32)[:, np.newaxis]
    path = wav(tmp_path / "x.wav", softer)
    one, other = heard(path, seconds), heard(path, 60)
    same = min(seconds, 60) * RATE - FADE_OUT
    assert np.array_equal(one[:same], other[:same])


@pytest.mark.parametrize("seconds", [20, 41, 100])
def test_a_session_that_gets_longer_or_shorter_has_the_music_of_one_that_always_was(
    seconds: int, tmp_path: Path
) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    for name, length in (("a", 12), ("b", 50)):
        wav(folder / f"{name}.wav", noise(length))
    with open_bed(Music(str(folder)), 40_000, tmp_path) as bed:
        bed.wait()
        changed = bed.lasting(seconds * RATE)
        assert np.array_equal(changed.read(0, seconds * RATE) / np.float32(32767), heard(folder, seconds))


def test_a_short_session_that_gets_longer_keeps_its_fade_in(tmp_path: Path) -> None:
    with open_bed(Music(str(wav(tmp_path / "x.wav", noise(10)))), 4_000, tmp_path) as bed:
        assert np.array_equal(bed.lasting(60 * RATE).read(0, 2 * RATE), bed.read(0, 2 * RATE))


def test_a_track_measured_before_sounds_as_it_did(tmp_path: Path) -> None:
    music, measures = Music(str(wav(tmp_path / "x.wav", noise(10)))), Measures(tmp_path / "measures")
    beds = []
    for _ in range(2):
        with open_bed(music, 10_000, tmp_path, measures) as bed:
            beds.append(bed.read(0, 10 * RATE))
    assert measures.store.stats()[0] == 1
    assert np.array_equal(beds[0], beds[1])


def test_a_damaged_file_is_told_where_it_would_be_heard_and_by_what_is_ready_at_once(tmp_path: Path) -> None:
    """The first track lasts 10 s, and may pass into the next one in the last 3 s of them."""
    wav(tmp_path / "a.wav", noise(10))
    (tmp_path / "b.mp3").write_bytes(b"not audio at all" * 50)
    with open_bed(Music(str(tmp_path)), 20_000, tmp_path / "spool") as bed:
        with pytest.raises(OutputError, match=r"b\.mp3: it is damaged"):
            bed.wait()
        assert bed.read(0, 7 * RATE).any()
        with pytest.raises(OutputError, match=r"b\.mp3: it is damaged"):
            bed.read(7 * RATE, 1)
        with pytest.raises(OutputError, match=r"b\.mp3: it is damaged"):
            _ = bed.ready
        assert bed.lasting(7 * RATE).ready == 7 * RATE


def test_a_bed_that_is_closed_is_not_waited_for(tmp_path: Path) -> None:
    with open_bed(Music(str(two_hours(tmp_path / "x.wav"))), 7_200_000, tmp_path) as bed:
        pass
    with pytest.raises(ValueError, match="the music is closed"):
        bed.read(7_000 * RATE, 1)


def test_a_file_that_breaks_off_is_looped_as_far_as_it_goes(tmp_path: Path) -> None:
    path = encoded(tmp_path / "x.mp3", noise(20))
    os.truncate(path, path.stat().st_size // 2)
    bed = inside(heard(path, 40))
    assert level(bed).min() > level(bed).max() / 3


@pytest.mark.parametrize(
    ("samples", "reason"),
    [
        (np.zeros((5 * RATE, 2), dtype=np.float32), "it is silent"),
        (np.zeros((RATE // 5, 2), dtype=np.float32), "it is silent"),
        (noise(0.09), "it is shorter than a tenth of a second"),
        (noise(1)[:0], "it is damaged, or not audio"),
    ],
    ids=["silent", "short and silent", "too short", "no samples"],
)
def test_what_makes_no_music_is_refused_by_name(
    samples: NDArray[np.float32], reason: str, tmp_path: Path
) -> None:
    path = wav(tmp_path / "x.wav", samples)
    assert refusal(path, tmp_path) == f"cannot read the music {path}: {reason}"


def test_a_damaged_file_of_a_folder_is_named(tmp_path: Path) -> None:
    wav(tmp_path / "a.wav", noise(5))
    (tmp_path / "b.mp3").write_bytes(b"not audio at all" * 50)
    said = refusal(tmp_path, tmp_path)
    assert said == f"cannot read the music {tmp_path / 'b.mp3'}: it is damaged, or not audio"


def test_a_file_of_a_folder_that_the_session_does_not_come_to_is_not_opened(tmp_path: Path) -> None:
    wav(tmp_path / "a.wav", noise(14))
    (tmp_path / "b.mp3").write_bytes(b"not audio at all" * 50)
    assert len(heard(tmp_path, 10)) == 10 * RATE


def test_nothing_is_left_in_the_folder_of_the_spool(tmp_path: Path) -> None:
    path = wav(tmp_path / "x.wav", noise(5))
    with open_bed(Music(str(path)), 5_000, tmp_path / "a" / "b") as bed:
        bed.wait()
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_refusal_leaves_nothing_either(tmp_path: Path) -> None:
    refusal(tmp_path / "gone.mp3", tmp_path / "spool")
    assert list((tmp_path / "spool").iterdir()) == []


def test_progress_goes_to_the_last_sample(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    folder = tmp_path / "music"
    folder.mkdir()
    for name in ("a.wav", "b.wav", "c.wav"):
        wav(folder / name, noise(4))
    with open_bed(Music(str(folder)), 20_000, tmp_path) as bed:
        bed.wait(lambda *step: steps.append(step))
    assert steps == sorted(steps)
    assert {total for _, total in steps} == {20 * RATE}
    assert steps[-1] == (20 * RATE, 20 * RATE)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk that takes no more: the system refuses to let a file grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_told_with_what_is_needed(tmp_path: Path) -> None:
    path = wav(tmp_path / "x.wav", noise(10))
    with (
        files_of_at_most(1_000_000),
        pytest.raises(OutputError) as caught,
        open_bed(Music(str(path)), 10_000, tmp_path / "spool") as bed,
    ):
        bed.wait()
    assert str(caught.value) == f"cannot keep the decoded music in {tmp_path / 'spool'}: file too large"
    assert caught.value.problems[0].hint == "it takes 12 MB a minute, at most as long as the session"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    path = wav(tmp_path / "x.wav", noise(1))
    said = refusal(path, path / "spool")
    assert said == f"cannot keep the decoded music in {path / 'spool'}: not a directory"


PEAK = """
import sys
from pathlib import Path
from voiceguide.audio.music.bed import open_bed
from voiceguide.timeline import Music
seconds = int(sys.argv[2])
with open_bed(Music(sys.argv[1]), seconds * 1000, Path(sys.argv[3])) as bed:
    for second in range(seconds):
        bed.read(second * 48_000, 48_000)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def most_memory(path: Path, seconds: int) -> int:
    """Bytes that a process takes for such a session, the decoders' own included.

    What `getrusage` says of a process begins with what its parent had.
    """
    done = subprocess.run(
        [sys.executable, "-c", PEAK, path, str(seconds), path.parent / "spool"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return int(done.stdout) * 1024


needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one process")


@needs_proc
@pytest.mark.parametrize("suffix", [".mp3", ".m4a"])
def test_memory_does_not_grow_with_the_file_or_the_session(suffix: str, tmp_path: Path) -> None:
    path = encoded(tmp_path / f"x{suffix}", np.tile(noise(10), (9, 1)))
    # 80 s more of decoded samples are 15 MB, and 31 MB as floating-point numbers.
    assert most_memory(path, 90) < most_memory(path, 10) + 8e6


@needs_proc
def test_memory_does_not_grow_with_a_two_hour_file(tmp_path: Path) -> None:
    assert (
        most_memory(two_hours(tmp_path / "x.wav"), 20)
        < most_memory(wav(tmp_path / "y.wav", noise(20)), 20) + 8e6
    )
