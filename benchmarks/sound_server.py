"""A sound server without a card, and the moment at which something is heard on it."""

from __future__ import annotations

import array
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RATE = 48_000
QUIETEST = 10
"""The smallest sample that counts as heard: -70 dBFS."""

_CALIBRATE_S = 1.0
_PATIENCE_S = 10.0


@dataclass
class Recorder:
    """What comes out of the server's sink, 48 kHz int16 mono, with the moment at which each piece arrived."""

    process: subprocess.Popen[bytes]
    pcm: array.array[int] = field(default_factory=lambda: array.array("h"))
    arrivals: list[tuple[int, float]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def record(self) -> None:
        """Keep what is recorded until the recorder ends."""
        stream, rest = self.process.stdout, b""
        while stream is not None and (data := stream.read1(65_536)):  # type: ignore[attr-defined]  # a pipe is buffered
            now = time.monotonic()
            data = rest + data
            whole = len(data) // 2 * 2
            rest = data[whole:]
            with self.changed:
                self.pcm.frombytes(data[:whole])
                self.arrivals.append((len(self.pcm), now))
                self.changed.notify_all()

    def mark(self) -> int:
        """The number of samples recorded so far."""
        with self.changed:
            return len(self.pcm)

    def first_heard(self, since: int, timeout_s: float) -> float:
        """The moment (`time.monotonic`) of the first sample from `since` on that is heard; raises TimeoutError.

        It is the moment at which its piece of 10 ms arrived, so that the recorder's delay is in it.
        """
        with self.changed:
            ends = time.monotonic() + timeout_s
            while True:
                recorded = len(self.pcm)
                for index in range(since, recorded):
                    if abs(self.pcm[index]) >= QUIETEST:
                        return next(at for count, at in self.arrivals if count > index)
                since = recorded
                self._wait_for_more(ends - time.monotonic())

    def wait_for_silence(self, seconds: float) -> None:
        """Return when nothing has been heard for so long."""
        count = round(seconds * RATE)
        with self.changed:
            since = len(self.pcm)
            while len(self.pcm) - since < count:
                self._wait_for_more(_PATIENCE_S)
                heard = [index for index in range(since, len(self.pcm)) if abs(self.pcm[index]) >= QUIETEST]
                since = heard[-1] + 1 if heard else since

    def _wait_for_more(self, timeout_s: float) -> None:
        if not self.changed.wait(timeout_s):
            raise TimeoutError(
                "nothing was recorded" if self.process.poll() is None else "the recorder ended"
            )


@contextmanager
def sound_server(folder: Path, environment: dict[str, str]) -> Iterator[Recorder]:
    """A PulseAudio server with one sink, recorded; `environment` gets what programs need to find it."""
    socket = folder / "native"
    environment |= {"PULSE_RUNTIME_PATH": str(folder), "PULSE_SERVER": f"unix:{socket}"}
    server = subprocess.Popen(
        [
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"),
            *("-L", f"module-null-sink sink_name=vg rate={RATE} channels=1 format=s16le"),
        ],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        # The server says nothing when it is ready.
        while not socket.exists() and server.poll() is None:
            time.sleep(0.01)
        recorder = Recorder(
            subprocess.Popen(
                [
                    *("parec", "-d", "vg.monitor", "--latency-msec=10", "--format=s16le"),
                    *(f"--rate={RATE}", "--channels=1", "--raw"),
                ],
                env=environment,
                stdout=subprocess.PIPE,
            )
        )
        reader = threading.Thread(target=recorder.record)
        reader.start()
        try:
            recorder.wait_for_silence(_CALIBRATE_S)
            yield recorder
        finally:
            recorder.process.kill()
            recorder.process.wait()
            reader.join()
    finally:
        server.kill()
        server.wait()
