"""The whole, as it is heard: a rendered file decoded by others holds every tone, count and silence of the timeline."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import wave
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import miniaudio
import numpy as np
import pytest

from tests.audio.support import decoded, measured
from voiceguide.audio.clip import RATE, Clip
from voiceguide.audio.sounds import load_sound
from voiceguide.cli import run
from voiceguide.files import DiskLibrary, user_folders
from voiceguide.speech.cache import ClipCache
from voiceguide.speech.engine import choose_voice
from voiceguide.speech.engines import DEFAULT_ENGINE, open_engine
from voiceguide.speech.speaker import Speaker
from voiceguide.timeline import Sound
from voiceguide.timeline_json import from_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.conftest import User
    from voiceguide.timeline import Cue, Timeline

ID3: Any = import_module("mutagen.id3").ID3
MS = RATE // 1000
ROUTINES = ("evening", "back-strength", "neck-reset")
SILENCE = 30
"""The highest sample, of 32768, that an MP3's silence may have: -61 dBFS."""
PRE_ECHO_MS = 50
"""An MP3 smears a sound over its frames, before it and after it."""


class Rendered(NamedTuple):
    """A routine's MP3, its WAV, and the timeline that both were made from."""

    mp3: Path
    wav: Path
    timeline: Timeline


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, clip_cache: Path) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("rendered")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder))
        patch.setenv("XDG_CACHE_HOME", str(clip_cache))
        patch.delenv("VOICEGUIDE_CONFIG", raising=False)
        patch.chdir(folder)
        yield folder


@pytest.fixture(scope="module", params=ROUTINES)
def rendered(request: pytest.FixtureRequest, folder: Path) -> Rendered:
    name: str = request.param
    # The parameters of other fixtures make pytest come back to this one.
    if not (folder / f"{name}.json").exists():
        for arguments in (("render", ".mp3"), ("render", ".wav"), ("compile", ".json")):
            assert run([arguments[0], name, "-o", name + arguments[1]]) == 0
    timeline = from_json((folder / f"{name}.json").read_text())
    return Rendered(folder / f"{name}.mp3", folder / f"{name}.wav", timeline)


@pytest.fixture(scope="module", params=["dr_mp3", "ffmpeg"])
def heard(request: pytest.FixtureRequest, rendered: Rendered) -> Clip:
    """The MP3 by a decoder that is not LAME's."""
    if request.param == "ffmpeg":
        return decoded(rendered.mp3)
    pcm = miniaudio.decode_file(str(rendered.mp3), nchannels=1, sample_rate=RATE)
    return np.array(pcm.samples, dtype=np.int16)


@pytest.fixture(scope="module")
def tones() -> dict[str, Clip]:
    library = DiskLibrary(user_folders())
    return {name: load_sound(library.sound_files[name]) for name in ("start", "end")}


def likeness(heard: Clip, tone: Clip, around: int, reach: int) -> NDArray[np.float64]:
    """The normalised correlation of the tone with what is heard at each sample from `around - reach` on."""
    part = heard[around - reach : around + reach + len(tone)].astype(float)
    size = 1 << (len(part) + len(tone)).bit_length()
    product = np.fft.irfft(np.fft.rfft(part, size) * np.fft.rfft(tone.astype(float), size).conj(), size)
    energy = np.concatenate(([0.0], np.cumsum(part**2)))
    count = len(part) - len(tone) + 1
    norms = np.sqrt((energy[len(tone) :] - energy[:count]) * float(tone.astype(float) @ tone.astype(float)))
    alike: NDArray[np.float64] = product[:count] / np.maximum(norms, 1.0)
    return alike


def found(heard: Clip, tone: Clip, at_ms: int) -> tuple[float, float]:
    """How far in ms from where it should be the tone is found within half a second, and how like it that place is."""
    reach = 500 * MS
    alike = likeness(heard, tone, at_ms * MS, reach)
    place = int(alike.argmax())
    return (place - reach) / MS, float(alike[place])


def tone_cues(timeline: Timeline) -> list[Cue]:
    return [cue for cue in of_role(timeline, "start", "end") if isinstance(cue.source, Sound)]


def of_role(timeline: Timeline, *roles: str) -> list[Cue]:
    return [cue for cue in timeline.cues if cue.role in roles]


def test_every_hold_has_a_tone_at_its_true_start_and_at_its_true_end(rendered: Rendered) -> None:
    cues = tone_cues(rendered.timeline)
    starts = {cue.start_ms for cue in cues if cue.source == Sound("start")}
    ends = {cue.start_ms for cue in cues if cue.source == Sound("end")}
    holds = [span for span in rendered.timeline.spans if span.kind == "hold" and span.rep is None]
    assert holds
    assert {hold.start_ms for hold in holds} <= starts
    assert {hold.end_ms for hold in holds} <= ends


def test_every_start_and_end_tone_is_heard_within_5_ms_of_its_time(
    rendered: Rendered, heard: Clip, tones: dict[str, Clip]
) -> None:
    cues = tone_cues(rendered.timeline)
    assert len(cues) > 10
    for cue in cues:
        off_ms, alike = found(heard, tones[cue.role], cue.start_ms)
        assert abs(off_ms) <= 5, cue
        assert alike > 0.99, cue


def test_a_tone_that_came_20_ms_late_would_be_noticed(
    rendered: Rendered, heard: Clip, tones: dict[str, Clip]
) -> None:
    late = np.concatenate([np.zeros(20 * MS, dtype=np.int16), heard])
    for cue in tone_cues(rendered.timeline):
        off_ms, _ = found(late, tones[cue.role], cue.start_ms)
        assert off_ms == pytest.approx(20, abs=5)


def test_a_start_tone_is_not_taken_for_an_end_tone(
    rendered: Rendered, heard: Clip, tones: dict[str, Clip]
) -> None:
    other = {"start": "end", "end": "start"}
    for cue in tone_cues(rendered.timeline):
        alike = likeness(heard, tones[other[cue.role]], cue.start_ms * MS, 5 * MS)
        assert alike.max() < 0.6, cue


@pytest.fixture(scope="module")
def speaker(clip_cache: Path) -> Iterator[Speaker]:
    """The voice that spoke what was rendered; its clips are those of the cache."""
    engine = open_engine(DEFAULT_ENGINE)
    cache = ClipCache(clip_cache / "voiceguide" / "clips", 256_000_000)
    yield Speaker(engine, choose_voice(engine, None, "en"), engine.default_rate, cache)
    engine.close()


def test_every_count_and_every_switch_is_heard_within_5_ms_of_its_time(
    rendered: Rendered, heard: Clip, speaker: Speaker
) -> None:
    cues = of_role(rendered.timeline, "countdown", "rep", "phase", "halfway", "left", "switch")
    assert len(cues) > 30
    assert of_role(rendered.timeline, "switch")
    for cue in cues:
        off_ms, alike = found(heard, speaker.clip(cue.text), cue.start_ms)
        assert abs(off_ms) <= 5, cue
        assert alike > 0.95, cue


def test_before_every_count_it_is_silent(rendered: Rendered, heard: Clip) -> None:
    for cue in of_role(rendered.timeline, "countdown", "rep", "phase"):
        before = heard[(cue.start_ms - 200) * MS : (cue.start_ms - PRE_ECHO_MS) * MS]
        assert np.abs(before).max() <= SILENCE, cue


def test_it_is_silent_where_the_timeline_is(rendered: Rendered, heard: Clip) -> None:
    silent = np.ones(len(heard), dtype=bool)
    for cue in rendered.timeline.cues:
        silent[max(0, cue.start_ms - PRE_ECHO_MS) * MS : (cue.end_ms + PRE_ECHO_MS) * MS] = False
    assert silent.mean() > 0.3
    assert np.abs(heard[silent]).max() <= SILENCE


def test_every_cue_is_heard(rendered: Rendered, heard: Clip) -> None:
    for cue in rendered.timeline.cues:
        assert np.abs(heard[cue.start_ms * MS : cue.end_ms * MS]).max() > 100 * SILENCE, cue


def test_its_length_is_that_of_the_timeline_to_the_sample(rendered: Rendered, heard: Clip) -> None:
    assert len(heard) == rendered.timeline.duration_ms * MS


def test_its_loudness_is_that_of_speech_for_phones(rendered: Rendered) -> None:
    loudness, peak = measured(rendered.mp3)
    assert loudness == pytest.approx(-19, abs=1)
    assert peak <= -1


def test_mutagen_reads_its_title_its_chapters_and_its_words(rendered: Rendered) -> None:
    tags, timeline = ID3(rendered.mp3), rendered.timeline
    assert tags["TIT2"].text == [timeline.title]
    marks = [(tag.start_time, tag.end_time, tag.sub_frames["TIT2"].text[0]) for tag in tags.getall("CHAP")]
    assert marks == [(chapter.start_ms, chapter.end_ms, chapter.title) for chapter in timeline.chapters]
    assert tags.getall("CTOC")[0].child_element_ids == [tag.element_id for tag in tags.getall("CHAP")]
    lyrics = tags.getall("USLT")[0].text
    assert all(cue.text in lyrics for cue in timeline.cues if cue.role == "name")


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not on PATH")
def test_ffprobe_reads_its_length_its_title_and_its_chapters(rendered: Rendered) -> None:
    said = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_chapters", rendered.mp3],
        capture_output=True,
        check=True,
    )
    data, timeline = json.loads(said.stdout), rendered.timeline
    assert float(data["format"]["duration"]) == pytest.approx(timeline.duration_ms / 1000, abs=0.03)
    assert data["format"]["tags"]["title"] == timeline.title
    titles = [(chapter["start"], chapter["tags"]["title"]) for chapter in data["chapters"]]
    assert titles == [(chapter.start_ms, chapter.title) for chapter in timeline.chapters]


def test_what_is_played_is_what_is_rendered_sample_for_sample(rendered: Rendered, folder: Path) -> None:
    assert run(["play", rendered.mp3.stem, "--output", "played.wav"]) == 0
    assert np.array_equal(samples(folder / "played.wav"), samples(rendered.wav))


def test_rendering_again_gives_the_same_bytes(user: User) -> None:
    user.write("mine.yaml", "title: Mine\nsteps:\n  - knee-drop: 20s each side\n  - bridge: 3 reps\n")
    for name in ("first.mp3", "again.mp3"):
        assert user.run("render", "mine.yaml", "-o", name).code == 0
    assert (user.folder / "first.mp3").read_bytes() == (user.folder / "again.mp3").read_bytes()


def samples(path: Path) -> Clip:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int16)


# What getrusage gives on Linux begins with the peak of the parent.
PEAK = """
import sys
from voiceguide.cli import run
code = run(sys.argv[1:])
lines = open("/proc/self/status")
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(code)
"""


linux = pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from Linux's /proc")


@linux
@pytest.mark.parametrize("suffix", [".mp3", ".wav"])
def test_ten_times_the_silence_takes_no_more_memory(user: User, suffix: str) -> None:
    peaks = []
    for minutes in (1, 10):
        user.write(
            "mine.yaml", f"title: Long\nsteps:\n  - bridge: 20s\n  - pause: {minutes}m\n  - say: Done.\n"
        )
        peaks.append(peak(user, f"x{suffix}"))
    # 9 minutes of samples are 52 MB.
    assert peaks[1] - peaks[0] < 15e6


@linux
def test_a_hundred_sentences_that_are_all_new_take_less_than_120_mb(user: User) -> None:
    """Besides the 20 MB of each process that speaks them."""
    things = (f"{one} {way}" for one in ("feet", "hips", "hands", "heels", "ribs") for way in range(20))
    says = "".join(f"  - say: Let both of your {thing} sink as you breathe out slowly.\n" for thing in things)
    user.write("mine.yaml", f"title: Talk\nsteps:\n{says}")
    assert peak(user, "x.mp3", XDG_CACHE_HOME=str(user.folder / "empty")) < 120e6


def peak(user: User, output: str, **environment: str) -> int:
    """The most memory in bytes that a render of `mine.yaml` takes."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, "render", "mine.yaml", "-o", output],
        cwd=user.folder,
        env=user.environment | environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return int(done.stderr.splitlines()[-1]) * 1024
