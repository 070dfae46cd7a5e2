"""A real PulseAudio server whose devices have no card, and everything that comes out of one of them."""

from __future__ import annotations

import shutil
import signal
import subprocess
import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.player.transport import FADE

from .support import MS, SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from voiceguide.audio.clip import Clip

MISSING = [program for program in ("pulseaudio", "parec", "pactl") if shutil.which(program) is None]

# Sound servers have realtime priority from the desktop: here it is taken where that is allowed.
_REALTIME = ("chrt", "--fifo", "10")
_FORMAT = ("--format=s16le", "--rate=48000", "--channels=1", "--raw")
_PATIENCE_S = 60
_ON_ITS_WAY = SECOND // 10
"""Samples that may be between the device and the recorder."""


class Server:
    """The sound server of a user whose runtime folder is `home`, with one device for each name; the first is the
    default one."""

    def __init__(self, home: Path, *devices: str) -> None:
        self.socket = home / "native"
        self._devices = devices
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [
                *_hurried(),
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={self.socket}"),
                *(part for device in self._devices for part in ("-L", _sink(device))),
            ],
            stderr=subprocess.DEVNULL,
        )
        # The server says nothing when it is ready, so it is asked; each asking takes its own time.
        for _ in range(1_000):
            asked = subprocess.run(["pactl", "info"], capture_output=True, check=False)
            if asked.returncode == 0:
                return process
        process.kill()
        process.wait()
        raise RuntimeError(asked.stderr)

    @property
    def alive(self) -> bool:
        """Whether it runs, or hangs."""
        return self._process.poll() is None

    def restart(self) -> None:
        """Start it again after it was killed."""
        self._process = self._started()

    def kill(self) -> None:
        """End it as a crash would."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Let it hang."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def make_default(self, device: str) -> None:
        """Make another device the default one, as a user does in the settings of the desktop."""
        self._control("set-default-sink", device)

    def suspend(self, device: str, *, suspended: bool) -> None:
        """Suspend a device, or let it go on."""
        self._control("suspend-sink", device, str(int(suspended)))

    def unplug(self, device: str) -> None:
        """Take a device away, as a headset that is switched off."""
        modules = self._control("list", "short", "modules").splitlines()
        its_own = next(line for line in modules if f"sink_name={device} " in line)
        self._control("unload-module", its_own.split()[0])

    def plug_in(self, device: str) -> None:
        """Add a device, where there is none of the name."""
        if not any(f"\t{device}\t" in line for line in self._control("list", "short", "sinks").splitlines()):
            self._control("load-module", *_sink(device).split(" "))

    def _control(self, *arguments: str) -> str:
        return subprocess.run(["pactl", *arguments], capture_output=True, check=True, text=True).stdout


@cache
def _hurried() -> tuple[str, ...]:
    """The words before a command that is not to be kept waiting on a busy machine."""
    if shutil.which(_REALTIME[0]) is None:
        return ()
    return (
        () if subprocess.run([*_REALTIME, "true"], capture_output=True, check=False).returncode else _REALTIME
    )


def _sink(device: str) -> str:
    return (
        f"module-null-sink sink_name={device} rate=48000 channels=1 format=s16le"
        f" sink_properties=device.description={device}"
    )


class Recorder:
    """Records all that comes out of a device.

    Two seconds pass before it is made: a device that nobody listened to has mixed so much silence in advance, and plays
    nothing else before that is over.
    """

    def __init__(self, device: str) -> None:
        self._process = subprocess.Popen(
            [*_hurried(), "parec", "-d", f"{device}.monitor", "--latency-msec=20", *_FORMAT],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._recorded = bytearray()
        self._begin = 0
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._record)
        self._reader.start()
        self._wait_for(_ON_ITS_WAY)

    def begin(self) -> None:
        """Forget what was recorded, and what is on its way."""
        self._wait_for(self._samples + _ON_ITS_WAY)
        self._begin = self._samples

    def pcm(self) -> NDArray[np.int64]:
        """All that was recorded since it began, up to what is in the sound server now."""
        self._wait_for(self._samples + _ON_ITS_WAY)
        return self.so_far()

    def so_far(self) -> NDArray[np.int64]:
        """What was recorded until now."""
        with self._changed:
            raw = bytes(self._recorded[2 * self._begin : 2 * self._samples])
        return np.frombuffer(raw, dtype="<i2").astype(np.int64)

    @property
    def _samples(self) -> int:
        return len(self._recorded) // 2

    def close(self) -> None:
        """Record no more."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _record(self) -> None:
        assert self._process.stdout is not None
        while data := self._process.stdout.read1(65_536):  # type: ignore[attr-defined]  # a pipe is buffered
            with self._changed:
                self._recorded += data
                self._changed.notify_all()

    def _wait_for(self, samples: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._recorded) >= 2 * samples, _PATIENCE_S)


@contextmanager
def recording(device: str) -> Iterator[Recorder]:
    """A recorder of a device."""
    recorder = Recorder(device)
    try:
        yield recorder
    finally:
        recorder.close()


def onsets_of(clip: Clip, pcm: NDArray[np.int64]) -> list[int]:
    """The samples at which a clip begins in a recording: where a tenth of a second of it is found unchanged.

    Its first 20 ms may have been faded in.
    """
    sought = clip[FADE : FADE + SECOND // 10].astype("<i2").tobytes()
    recorded = pcm.astype("<i2").tobytes()
    found = []
    at = recorded.find(sought)
    while at >= 0:
        # Half a sample cannot be an onset.
        if at % 2 == 0:
            found.append(at // 2 - FADE)
        at = recorded.find(sought, at + 1)
    return found


def onsets_and_ends(pcm: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where sound begins and ends with at least 50 ms of silence around it, in samples."""
    loud = np.flatnonzero(np.abs(pcm) > 500)
    gaps = np.diff(loud) > 50 * MS
    return loud[np.concatenate(([True], gaps))], loud[np.concatenate((gaps, [True]))]
