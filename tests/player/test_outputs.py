"""Where a session is heard: the capture to a file, and the device that is none."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.errors import OutputError
from voiceguide.player.outputs import WavFile, open_output
from voiceguide.player.sound.device import SoundDevice
from voiceguide.player.transport import FADE, Transport

from .support import SECOND, Attending, Samples, noise

if TYPE_CHECKING:
    from numpy.typing import NDArray


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


def test_a_capture_holds_the_session_sample_for_sample(tmp_path: Path) -> None:
    session = noise(3 * SECOND + 7)
    WavFile(tmp_path / "x.wav").run(Transport(session), Attending())
    assert np.array_equal(frames_of(tmp_path / "x.wav"), session.pcm)


def test_a_capture_of_a_stereo_session_is_stereo(tmp_path: Path) -> None:
    session = noise(SECOND + 7, channels=2)
    WavFile(tmp_path / "x.wav").run(Transport(session), Attending())
    assert np.array_equal(frames_of(tmp_path / "x.wav", channels=2).reshape(-1, 2), session.pcm)


def test_a_paused_capture_waits_for_a_key_and_writes_no_more_than_the_fades(tmp_path: Path) -> None:
    session = noise(3 * SECOND)
    player = Transport(session)
    attended: list[int] = []
    waits: list[float] = []

    def attend() -> None:
        attended.append(player.position)
        if len(attended) == 2:
            player.move(paused=True)

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 5:
            player.move(paused=False)

    WavFile(tmp_path / "x.wav", wait).run(player, Attending(attend))
    assert len(waits) == 5
    # The block in which the pause came was filled up with silence.
    assert len(frames_of(tmp_path / "x.wav")) == session.frames + SECOND


def test_a_stopped_capture_holds_what_was_heard(tmp_path: Path) -> None:
    player = Transport(noise(3 * SECOND))

    def attend() -> None:
        if player.position == SECOND:
            player.stop()

    WavFile(tmp_path / "x.wav").run(player, Attending(attend))
    assert len(frames_of(tmp_path / "x.wav")) == SECOND + FADE


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError])
def test_a_broken_off_capture_leaves_nothing(tmp_path: Path, failure: type[BaseException]) -> None:
    def attend() -> None:
        if player.position:
            raise failure

    player = Transport(noise(3 * SECOND))
    with pytest.raises(failure):
        WavFile(tmp_path / "x.wav").run(player, Attending(attend))
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_capture_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        WavFile(tmp_path / "missing" / "x.wav").run(Transport(noise(10)), Attending())
    assert caught.value.problems[0].kind == "no-such-folder"


def test_a_capture_over_4_gb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voiceguide.player.outputs.LARGEST", 2 * SECOND)
    with pytest.raises(OutputError) as caught:
        WavFile(tmp_path / "x.wav").run(Transport(noise(SECOND + 1)), Attending())
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

    player = Transport(Watched(session.pcm))
    attended: list[int] = []
    SoundDevice(null=True).run(player, Attending(lambda: attended.append(player.position)))
    ends = [start + count for start, count in taken]
    assert [start for start, _ in taken] == [0, *ends[:-1]]
    assert ends[-1] == session.frames
    assert player.state == "finished"
    # Real time: half a second is several looks at the keys, and none of them goes back.
    assert len(attended) > 3
    assert attended == sorted(attended)


def test_the_null_device_takes_a_stereo_session() -> None:
    session = noise(SECOND // 2, channels=2)
    player = Transport(session)
    attended: list[int] = []
    SoundDevice(null=True).run(player, Attending(lambda: attended.append(player.position)))
    assert player.state == "finished"
    assert attended == sorted(attended)


def test_a_failure_in_the_devices_thread_is_raised_in_the_caller() -> None:
    with pytest.raises(OutputError):
        SoundDevice(null=True).run(Transport(Failing(noise(SECOND).pcm)), Attending())


def test_a_failure_while_attending_ends_the_device() -> None:
    def attend() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SoundDevice(null=True).run(Transport(noise(60 * SECOND)), Attending(attend))
