"""What really comes out of a sound server, recorded at a PulseAudio sink that has no card."""

from __future__ import annotations

import shutil
import subprocess
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.errors import DeviceError, RequestError
from voiceguide.player.device import SoundDevice
from voiceguide.player.outputs import open_output
from voiceguide.player.session import play

from .support import MS, SECOND, Samples, ScriptedKeys, Shown, session, tones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from voiceguide.player.keys import Command

MISSING = [program for program in ("pulseaudio", "parec", "pactl") if shutil.which(program) is None]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


@dataclass
class Sink:
    """A sound server with one sink, and all that came out of it since it was opened."""

    server: subprocess.Popen[bytes]
    recorder: subprocess.Popen[bytes]
    recorded: bytearray = field(default_factory=bytearray)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def record(self) -> None:
        assert self.recorder.stdout is not None
        while data := self.recorder.stdout.read1(65_536):  # type: ignore[attr-defined]  # a pipe is buffered
            with self.changed:
                self.recorded += data
                self.changed.notify_all()

    def wait_for_more(self, samples: int) -> None:
        """Return when so many samples more have been recorded."""
        with self.changed:
            wanted = len(self.recorded) + 2 * samples
            assert self.changed.wait_for(lambda: len(self.recorded) >= wanted, timeout=30)

    def pcm(self) -> NDArray[np.int64]:
        """All that was recorded, up to what is in the sound server now."""
        self.wait_for_more(SECOND // 5)
        with self.changed:
            return np.frombuffer(bytes(self.recorded[: len(self.recorded) // 2 * 2]), dtype="<i2").astype(
                np.int64
            )


def onsets_and_ends(pcm: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where sound begins and ends with at least 50 ms of silence around it, in samples."""
    loud = np.flatnonzero(np.abs(pcm) > 500)
    gaps = np.diff(loud) > 50 * MS
    return loud[np.concatenate(([True], gaps))], loud[np.concatenate((gaps, [True]))]


@pytest.fixture
def sink(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    home = tmp_path_factory.mktemp("pulse")
    socket = home / "native"
    for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{socket}")
    server = start_server(socket)
    try:
        recorder = subprocess.Popen(
            [
                "parec",
                "-d",
                "vg.monitor",
                "--latency-msec=20",
                "--format=s16le",
                "--rate=48000",
                "--channels=1",
                "--raw",
            ],
            stdout=subprocess.PIPE,
        )
        try:
            sink = Sink(server, recorder)
            reader = threading.Thread(target=sink.record)
            reader.start()
            sink.wait_for_more(SECOND // 10)
            yield sink
        finally:
            recorder.kill()
            recorder.wait()
            reader.join()
            assert recorder.stdout is not None
            recorder.stdout.close()
    finally:
        server.kill()
        server.wait()


def start_server(socket: Path) -> subprocess.Popen[bytes]:
    """The server with its one sink, ready to be connected to."""
    server = subprocess.Popen(
        [
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"),
            *(
                "-L",
                "module-null-sink sink_name=vg rate=48000 channels=1 format=s16le sink_properties=device.description=Mat",
            ),
        ],
        stderr=subprocess.DEVNULL,
    )
    # The server says nothing when it is ready, so it is asked; each asking takes its own time.
    for _ in range(1_000):
        asked = subprocess.run(["pactl", "info"], capture_output=True, check=False)
        if asked.returncode == 0:
            return server
    server.kill()
    server.wait()
    raise RuntimeError(asked.stderr)


def test_cues_are_heard_at_their_distance_from_each_other(sink: Sink) -> None:
    """The first and the last sample of the session are part of a cue, and both are heard."""
    written = [0, 700 * MS, 1_234 * MS, 1_900 * MS]
    source = tones(2 * SECOND, written, length=100 * MS)
    outcome = play(source, session(2_000), open_output(None), ScriptedKeys(), Shown())
    onsets, ends = onsets_and_ends(sink.pcm())
    assert outcome.finished
    assert list(onsets - onsets[0]) == pytest.approx(written, abs=10 * MS)
    assert ends[-1] - onsets[0] == pytest.approx(source.frames, abs=10 * MS)


def test_both_channels_of_a_stereo_session_are_heard_at_their_times(sink: Sink) -> None:
    """The sink has one channel, to which the server mixes both."""
    left, right = [0, 1_234 * MS], [700 * MS, 1_900 * MS]
    source = Samples(
        np.stack([tones(2 * SECOND, onsets, length=100 * MS).pcm for onsets in (left, right)], axis=1)
    )
    play(source, session(2_000), open_output(None), ScriptedKeys(), Shown())
    onsets, _ = onsets_and_ends(sink.pcm())
    assert list(onsets - onsets[0]) == pytest.approx(sorted(left + right), abs=10 * MS)


def test_a_device_is_opened_by_part_of_its_name(sink: Sink) -> None:
    with pytest.raises(RequestError, match=r"\(there are: Mat\)"):
        play(tones(SECOND // 5, [0]), session(200), open_output("floor"), ScriptedKeys(), Shown())
    play(tones(SECOND // 5, [0]), session(200), open_output("mat"), ScriptedKeys(), Shown())
    assert len(onsets_and_ends(sink.pcm())[0]) == 1


def test_a_server_that_dies_ends_the_session_with_an_error(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voiceguide.player.device._SILENT_AFTER_S", 0.5)

    class Killing(ScriptedKeys):
        def poll(self) -> list[Command]:
            if self.polled == 3:
                sink.server.kill()
            return super().poll()

    with pytest.raises(DeviceError) as caught:
        play(tones(60 * SECOND, [0]), session(60_000), SoundDevice(), Killing(), Shown())
    assert caught.value.problems[0].kind == "device-silent"
