"""Where a session is heard: the capture, the device that is none, and the ways in which there is no device."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import voiceguide
from voiceguide.errors import OutputError, RequestError
from voiceguide.player.device import PERIOD_MS, PERIODS, SoundDevice, _Feed, find_device
from voiceguide.player.outputs import WavFile, open_output
from voiceguide.player.transport import FADE, Transport

from .support import MS, SECOND, Samples, noise

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(voiceguide.__file__).parents[1]


def frames_of(path: Path, channels: int = 1) -> NDArray[np.int16]:
    with wave.open(str(path)) as reader:
        assert (reader.getframerate(), reader.getnchannels(), reader.getsampwidth()) == (48_000, channels, 2)
        return np.frombuffer(reader.readframes(reader.getnframes()), dtype="<i2")


class Failing(Samples):
    """A source that fails when its second half is read."""

    def read(self, start: int, count: int) -> NDArray[np.int16]:
        if start + count > self.frames // 2:
            raise OutputError
        return super().read(start, count)


def nothing() -> None:
    pass


def test_a_capture_holds_the_session_sample_for_sample(tmp_path: Path) -> None:
    session = noise(3 * SECOND + 7)
    WavFile(tmp_path / "x.wav").run(Transport(session, (0,)), nothing)
    assert np.array_equal(frames_of(tmp_path / "x.wav"), session.pcm)


def test_a_capture_of_a_stereo_session_is_stereo(tmp_path: Path) -> None:
    session = noise(SECOND + 7, channels=2)
    WavFile(tmp_path / "x.wav").run(Transport(session, (0,)), nothing)
    assert np.array_equal(frames_of(tmp_path / "x.wav", channels=2).reshape(-1, 2), session.pcm)


def test_a_paused_capture_waits_for_a_key_and_writes_no_more_than_the_fades(tmp_path: Path) -> None:
    session = noise(3 * SECOND)
    player = Transport(session, (0,))
    attended: list[int] = []
    waits: list[float] = []

    def attend() -> None:
        attended.append(player.position)
        if len(attended) == 2:
            player.toggle_pause()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 5:
            player.toggle_pause()

    WavFile(tmp_path / "x.wav", wait).run(player, attend)
    assert len(waits) == 5
    # The block in which the pause came was filled up with silence.
    assert len(frames_of(tmp_path / "x.wav")) == session.frames + SECOND


def test_a_stopped_capture_holds_what_was_heard(tmp_path: Path) -> None:
    player = Transport(noise(3 * SECOND), (0,))

    def attend() -> None:
        if player.position == SECOND:
            player.stop()

    WavFile(tmp_path / "x.wav").run(player, attend)
    assert len(frames_of(tmp_path / "x.wav")) == SECOND + FADE


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError])
def test_a_broken_off_capture_leaves_nothing(tmp_path: Path, failure: type[BaseException]) -> None:
    def attend() -> None:
        if player.position:
            raise failure

    player = Transport(noise(3 * SECOND), (0,))
    with pytest.raises(failure):
        WavFile(tmp_path / "x.wav").run(player, attend)
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_capture_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        WavFile(tmp_path / "missing" / "x.wav").run(Transport(noise(10), (0,)), nothing)
    assert caught.value.problems[0].kind == "no-such-folder"


def test_a_capture_over_4_gb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voiceguide.player.outputs.LARGEST", 2 * SECOND)
    with pytest.raises(OutputError) as caught:
        WavFile(tmp_path / "x.wav").run(Transport(noise(SECOND + 1), (0,)), nothing)
    assert caught.value.problems[0].kind == "too-long-for-wav"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "output"),
    [
        (None, SoundDevice()),
        ("null", SoundDevice(null=True)),
        ("NULL", SoundDevice(null=True)),
        ("a/b.WAV", WavFile(Path("a/b.WAV"))),
        ("Headset", SoundDevice("Headset")),
    ],
)
def test_outputs_by_name(name: str | None, output: object) -> None:
    assert open_output(name) == output


def test_the_null_device_takes_the_whole_session_and_attends_meanwhile() -> None:
    session = noise(SECOND // 2)
    taken: list[tuple[int, int]] = []

    class Watched(Samples):
        def read(self, start: int, count: int) -> NDArray[np.int16]:
            taken.append((start, count))
            return super().read(start, count)

    player = Transport(Watched(session.pcm), (0,))
    attended: list[int] = []
    SoundDevice(null=True).run(player, lambda: attended.append(player.position))
    ends = [start + count for start, count in taken]
    assert [start for start, _ in taken] == [0, *ends[:-1]]
    assert ends[-1] == session.frames
    assert player.state == "finished"
    # Real time: half a second is several looks at the keys, and none of them goes back.
    assert len(attended) > 3
    assert attended == sorted(attended)


def test_the_null_device_takes_a_stereo_session() -> None:
    session = noise(SECOND // 2, channels=2)
    player = Transport(session, (0,))
    attended: list[int] = []
    SoundDevice(null=True).run(player, lambda: attended.append(player.position))
    assert player.state == "finished"
    assert attended == sorted(attended)


@pytest.mark.parametrize("channels", [1, 2])
def test_silence_is_fed_around_the_session_until_the_devices_buffer_holds_nothing_else(channels: int) -> None:
    session = noise(SECOND // 2, channels)
    feed = _Feed(Transport(session, (0,))).samples()
    next(feed)
    fed = []
    with contextlib.suppress(StopIteration):
        while True:
            block = np.frombuffer(feed.send(2_000), dtype=np.int16)
            fed.append(block if channels == 1 else block.reshape(-1, channels))
    assert {len(block) for block in fed} == {2_000}
    heard = np.concatenate(fed)
    start, end = PERIOD_MS * MS, PERIOD_MS * MS + session.frames
    assert np.array_equal(heard[start:end], session.pcm)
    assert not heard[:start].any()
    assert not heard[end:].any()
    assert len(heard) - end >= PERIODS * PERIOD_MS * MS


def test_a_failure_in_the_devices_thread_is_raised_in_the_caller() -> None:
    with pytest.raises(OutputError):
        SoundDevice(null=True).run(Transport(Failing(noise(SECOND).pcm), (0,)), nothing)


def test_a_failure_while_attending_ends_the_device() -> None:
    def attend() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SoundDevice(null=True).run(Transport(noise(60 * SECOND), (0,)), attend)


DEVICES = [("Built-in Audio", 1), ("USB Headset", 2), ("USB Speaker", 3), ("usb", 4)]


@pytest.mark.parametrize(
    ("name", "device"), [("USB Headset", 2), ("usb headset", 2), ("built", 1), ("USB", 4), ("speak", 3)]
)
def test_a_device_is_found_by_its_name_or_a_part_that_only_it_has(name: str, device: int) -> None:
    assert find_device(name, DEVICES) == device


def test_an_unknown_device_is_answered_with_the_nearest_and_all_there_are() -> None:
    with pytest.raises(RequestError) as caught:
        find_device("USB Hedset", DEVICES)
    assert caught.value.problems[0].message == (
        "there is no sound device 'USB Hedset' (there are: Built-in Audio, USB Headset, USB Speaker, usb)"
    )
    assert caught.value.problems[0].hint == "did you mean 'USB Headset'?"


def test_a_name_that_is_part_of_two_devices_is_no_answer() -> None:
    with pytest.raises(RequestError):
        find_device("udi", [("Audio 1", 1), ("Audio 2", 2)])


NO_DEVICE = """
from voiceguide.errors import VoiceguideError
from voiceguide.player.device import SoundDevice
from voiceguide.player.transport import Transport
from tests.player.support import noise

try:
    SoundDevice().run(Transport(noise(100), ()), lambda: None)
except VoiceguideError as error:
    print(type(error).__name__, error.problems[0].kind, error.exit_code)
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="only ALSA can be told by its environment that it has no device"
)
def test_no_device_is_one_error_and_nothing_on_the_terminal(tmp_path: Path) -> None:
    empty = tmp_path / "asound.conf"
    empty.touch()
    run = subprocess.run(
        [sys.executable, "-c", NO_DEVICE],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            "ALSA_CONFIG_PATH": str(empty),
            "HOME": str(tmp_path),
            "JACK_NO_START_SERVER": "1",
            "PULSE_SERVER": f"unix:{tmp_path}/no-server",
            "XDG_RUNTIME_DIR": str(tmp_path),
        },
    )
    assert (run.stdout, run.stderr) == ("DeviceError no-device 5\n", "")
