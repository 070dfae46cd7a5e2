"""Whatever becomes of the files in the cache, what is heard is right: the same bytes, or the same phrases spoken anew."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audio.music.support import noise, wav
from tests.faults.disks import PAGE, with_read_only, with_small_disk
from voiceguide.audio.clip import RATE
from voiceguide.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.conftest import User
    from tests.faults.conftest import Clean

WINDOW = RATE // 200
BLOCK, REACH = 400, 60
"""Two seconds and 300 ms of windows: a phrase that is spoken anew may be some ms longer, and moves what comes after it."""
SOFT = 100
"""An RMS that is not heard."""
ALIKE = 0.8
"""The least correlation of two syntheses of one phrase, as loud as they are every 5 ms.

An engine that has said other phrases before it says it a little differently, down to 0.86; another phrase has 0.70.
"""


def kept(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def spoken(cache: Path) -> list[Path]:
    return [path for path in kept(cache) if path.suffix == ".clip"]


def encoded(cache: Path) -> list[Path]:
    """Everything but speech: what is made of the same samples is the same."""
    return [path for path in kept(cache) if path.suffix != ".clip"]


def envelope(mp3: bytes) -> NDArray[np.float64]:
    """RMS of each 5 ms."""
    sound = miniaudio.decode(mp3, miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE)
    samples = np.frombuffer(sound.samples, np.int16).astype(np.float64)
    whole = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    rms: NDArray[np.float64] = np.sqrt((whole**2).mean(axis=1))
    return rms


def likeness(mp3: bytes, other: bytes) -> float:
    """The least correlation of any two seconds of one file with what is heard then, or up to 300 ms beside it, in the other."""
    one, two = envelope(mp3), np.pad(envelope(other), REACH)
    return min(
        max(
            correlation(one[start : start + BLOCK], two[start + shift : start + shift + BLOCK])
            for shift in range(2 * REACH + 1)
        )
        for start in range(0, min(len(one), len(two) - 2 * REACH) - BLOCK, BLOCK // 2)
    )


def correlation(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    """1 where they are alike, or both as good as silent."""
    energy = float(np.sqrt((one**2).sum() * (two**2).sum()))
    if max(one.max(), two.max()) < SOFT:
        return 1.0
    return float((one * two).sum()) / energy if energy else 0.0


def same_phrases(mp3: bytes, other: bytes) -> bool:
    """Whether two files say the same at the same times: an engine does not speak twice to the sample alike."""
    lengths = len(envelope(mp3)), len(envelope(other))
    return abs(lengths[0] - lengths[1]) <= REACH and likeness(mp3, other) > ALIKE


def test_another_phrase_would_be_noticed(patient: User, clean: Clean) -> None:
    patient.write("other.yaml", (patient.folder / "short.yaml").read_text().replace("Stand", "Please lie"))
    assert patient.run("render", "other.yaml", "-o", "x.mp3").code == 0
    assert not same_phrases((patient.folder / "x.mp3").read_bytes(), clean.files[".mp3"])


def cut(path: Path, drawn: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: drawn.randrange(path.stat().st_size)])


def flip(path: Path, drawn: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
    path.write_bytes(data)


def flip_in_the_body(path: Path, drawn: random.Random) -> None:
    """Where it would be heard."""
    data = bytearray(path.read_bytes())
    data[-1 - drawn.randrange(len(data) // 2)] ^= 1 << drawn.randrange(8)
    path.write_bytes(data)


def empty(path: Path, _drawn: random.Random) -> None:
    path.write_bytes(b"")


def fill_with_noise(path: Path, drawn: random.Random) -> None:
    path.write_bytes(drawn.randbytes(path.stat().st_size))


def fill_with_zeros(path: Path, _drawn: random.Random) -> None:
    """What a power cut leaves on some file systems."""
    path.write_bytes(bytes(path.stat().st_size))


def exchange(path: Path, drawn: random.Random) -> None:
    """The entry of another key under this name."""
    others = [other for other in kept(path.parents[1]) if other.suffix == path.suffix]
    path.write_bytes(drawn.choice(others).read_bytes() if len(others) > 1 else b"")


def age(path: Path, drawn: random.Random) -> None:
    """An entry of the first release, which would be right by that release's own reckoning."""
    body = drawn.randbytes(2000)
    head = struct.pack("<13sI16s", b"voiceguide 1\n", 1000, hashlib.blake2b(body, digest_size=16).digest())
    key = path.parent.name + path.stem
    path.write_bytes(head + hashlib.blake2b(head, digest_size=16, key=key.encode()).digest() + body)


def put_a_folder_there(path: Path, _drawn: random.Random) -> None:
    path.unlink()
    path.mkdir()


def put_a_link_there(path: Path, _drawn: random.Random) -> None:
    path.unlink()
    path.symlink_to("gone")


def remove(path: Path, _drawn: random.Random) -> None:
    path.unlink()


DAMAGES: list[Callable[[Path, random.Random], None]] = [
    cut, flip, flip_in_the_body, empty, fill_with_noise, fill_with_zeros, exchange, age, put_a_folder_there,
    put_a_link_there, remove,
]  # fmt: skip


def damage(files: list[Path], how: list[Callable[[Path, random.Random], None]], drawn: random.Random) -> None:
    for path in files:
        if path.is_file() and path.stat().st_size:
            drawn.choice(how)(path, drawn)


def rendered(patient: User, *options: str) -> bytes:
    outcome = patient.run("render", "short.yaml", "-o", "x.mp3", *options)
    assert outcome.code == 0, outcome.err
    return (patient.folder / "x.mp3").read_bytes()


@pytest.mark.parametrize("how", DAMAGES, ids=lambda how: how.__name__)
def test_every_file_damaged_in_one_way(
    patient: User, clean: Clean, how: Callable[[Path, random.Random], None]
) -> None:
    cache = patient.folder / "cache"
    damage(encoded(cache), [how], random.Random(how.__name__))
    assert rendered(patient) == clean.files[".mp3"]
    damage(kept(cache), [how], random.Random(how.__name__))
    anew = rendered(patient)
    assert same_phrases(anew, clean.files[".mp3"])
    assert rendered(patient) == anew or how is put_a_folder_there


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_every_file_but_speech_damaged_in_any_way(patient: User, clean: Clean, seed: int) -> None:
    cache = patient.folder / "cache"
    shutil.rmtree(cache)
    shutil.copytree(clean.cache, cache)
    drawn = random.Random(seed)
    files = encoded(cache)
    damage(drawn.sample(files, drawn.randrange(len(files) + 1)), DAMAGES, drawn)
    assert rendered(patient) == clean.files[".mp3"]


@pytest.mark.parametrize("how", DAMAGES, ids=lambda how: how.__name__)
def test_the_loudness_of_music_damaged(patient: User, how: Callable[[Path, random.Random], None]) -> None:
    patient.write("short.yaml", "title: Short\nlanguage: en\nsteps:\n  - say: Stand still.\n")
    wav(patient.folder / "rain.wav", noise(1))
    before = rendered(patient, "--music", "rain.wav")
    music = patient.folder / "cache" / "voiceguide" / "music"
    assert kept(music)
    damage(kept(music), [how], random.Random(how.__name__))
    assert rendered(patient, "--music", "rain.wav") == before


def test_two_processes_with_one_empty_cache(patient: User, clean: Clean) -> None:
    cache = patient.folder / "cache"
    shutil.rmtree(cache)
    both = [patient.start("render", "short.yaml", "-o", f"{name}.mp3") for name in "ab"]
    for process in both:
        assert process.communicate()[1] == ""
    assert [process.returncode for process in both] == [0, 0]
    for name in "ab":
        assert same_phrases((patient.folder / f"{name}.mp3").read_bytes(), clean.files[".mp3"])
    assert same_phrases(rendered(patient), clean.files[".mp3"])
    assert not list(cache.rglob(".part-*"))


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("damaged", [False, True], ids=["whole", "damaged"])
def test_a_cache_that_can_only_be_read(patient: User, clean: Clean, damaged: bool) -> None:  # noqa: FBT001 (pytest gives it)
    cache = patient.folder / "cache"
    if damaged:
        damage(kept(cache), [flip_in_the_body], random.Random(1))
    outcome = with_read_only(patient, cache, "render", "short.yaml", "-o", "x.mp3")
    assert (outcome.code, outcome.err) == (0, "")
    found = (patient.folder / "x.mp3").read_bytes()
    assert same_phrases(found, clean.files[".mp3"])
    assert damaged or found == clean.files[".mp3"]


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("pages", [1, 20, 60])
def test_a_cache_on_a_disk_that_is_full_or_becomes_so(patient: User, clean: Clean, pages: int) -> None:
    cache = patient.folder / "cache"
    shutil.rmtree(cache)
    cache.mkdir()
    outcome = with_small_disk(patient, cache, pages * PAGE, "render", "short.yaml", "-o", "x.mp3")
    assert (outcome.code, outcome.err) == (0, "")
    assert same_phrases((patient.folder / "x.mp3").read_bytes(), clean.files[".mp3"])


@pytest.mark.parametrize("instead", ["a dangling link", "a file", "a link to itself"])
def test_something_else_in_place_of_the_cache_s_folder(patient: User, clean: Clean, instead: str) -> None:
    cache = patient.folder / "cache" / "voiceguide"
    shutil.rmtree(cache)
    if instead == "a file":
        cache.write_bytes(b"mine")
    else:
        cache.symlink_to("gone" if instead == "a dangling link" else "voiceguide")
    assert same_phrases(rendered(patient), clean.files[".mp3"])
    wav(patient.folder / "rain.wav", noise(2))
    outcome = patient.run("render", "short.yaml", "-o", "y.mp3", "--music", "rain.wav")
    assert outcome.code == 4
    assert outcome.err.startswith(f"error: cannot write {cache}: ")
    assert not (patient.folder / "y.mp3").exists()


WRITER = """
import hashlib, pathlib, sys
from voiceguide.store import Store
store = Store(pathlib.Path(sys.argv[1]), ".bin", 1, 10**9)
while True:
    for name in map(str, range(8)):
        store.put(hashlib.sha256(name.encode()).hexdigest(), name.encode() * 50_000)
"""


def test_a_process_that_is_killed_while_it_writes_entries_leaves_whole_ones(tmp_path: Path) -> None:

    store = Store(tmp_path / "store", ".bin", 1, 10**9)
    drawn = random.Random(5)
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(store.folder)]) as process:
            while not store.folder.exists():
                time.sleep(0.001)
            time.sleep(drawn.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
        for name in map(str, range(8)):
            found = store.get(hashlib.sha256(name.encode()).hexdigest())
            assert found in (None, name.encode() * 50_000)
    assert store.stats()[0] == 8
