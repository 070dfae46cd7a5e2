"""The sound device: a session played through miniaudio in real time."""

from __future__ import annotations

import ctypes
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from threading import Event
from typing import TYPE_CHECKING, Any

import miniaudio

from voiceguide.audio.clip import RATE, SAMPLES_PER_MS
from voiceguide.errors import DeviceError, RequestError
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from voiceguide.player.transport import Transport

PERIOD_MS = 60
PERIODS = 3
"""What the device is asked to buffer: a key is heard after at most 180 ms, a busy machine may be late by 120 ms."""

# PulseAudio's null sink was seen to swallow the first 15 ms of a stream.
_LEAD_IN = PERIOD_MS * SAMPLES_PER_MS
_DRAIN = 2 * PERIODS * PERIOD_MS * SAMPLES_PER_MS
_ATTEND_EVERY_S = 0.05
_SILENT_AFTER_S = 3.0

_ALSA_HANDLER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
# Here because ALSA holds it as long as the process lives.
_IGNORE = _ALSA_HANDLER(lambda *_: None)


@dataclass(frozen=True)
class SoundDevice:
    """A sound device of this machine: the default one, or the one called `name`.

    A name may be part of a device's, in any case, where it is part of one only. With `null` there is no device, and
    time passes as if there were.
    """

    name: str | None = None
    null: bool = False

    def run(self, transport: Transport, attend: Callable[[], None]) -> None:
        """Play until the transport is over and its last sample has left the device's buffer.

        Raises DeviceError `no-device` and `device-silent` (it stopped asking for samples), RequestError
        `unknown-device`, and what the transport's `read` or `attend` raises.
        """
        feed = _Feed(transport)
        samples = feed.samples()
        next(samples)
        with ExitStack() as stack:
            try:
                device = stack.enter_context(self._open(transport.channels))
                device.start(samples)
            except miniaudio.MiniaudioError as error:
                raise DeviceError(problem("no-device", reason=error.args[0])) from error
            feed.attend_to_end(attend)

    def _open(self, channels: int) -> Any:
        hush_alsa()
        backends = [miniaudio.Backend.NULL] if self.null else _real_backends()
        chosen = None if self.name is None else find_device(self.name, _devices(backends))
        return miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=channels,
            sample_rate=RATE,
            buffersize_msec=PERIOD_MS,
            callback_periods=PERIODS,
            device_id=chosen,
            backends=backends,
            app_name="voiceguide",
        )


class _Feed:
    """The transport's samples in the form miniaudio takes them, and what the device's thread has to tell."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._ended = Event()
        self._error: BaseException | None = None
        self._calls = 0

    def samples(self) -> Generator[bytes, int, None]:
        """A block for every number of samples sent in, silence when it is over; ends after the device's buffer."""
        count, width = (yield b""), 2 * self._transport.channels
        lead_in, silent = _LEAD_IN, 0
        while silent < _DRAIN:
            self._calls += 1
            try:
                quiet = min(count, lead_in)
                lead_in -= quiet
                block = self._transport.read(count - quiet)
            except BaseException as error:
                self._error = error
                break
            silent = silent + count if self._transport.over and not len(block) else 0
            count = yield bytes(width * quiet) + block.tobytes() + bytes(width * (count - quiet - len(block)))
        self._ended.set()
        # An exhausted generator is what miniaudio takes for silence from now on.

    def attend_to_end(self, attend: Callable[[], None]) -> None:
        """Attend until the device has played everything; raises what its thread met, and `device-silent`."""
        calls, idle = 0, 0
        # Counted in rounds: a laptop that was asleep has missed none.
        while not self._ended.wait(_ATTEND_EVERY_S):
            attend()
            calls, idle = self._calls, 0 if self._calls != calls else idle + 1
            if idle * _ATTEND_EVERY_S >= _SILENT_AFTER_S:
                raise DeviceError(problem("device-silent", seconds=round(_SILENT_AFTER_S)))
        if self._error is not None:
            raise self._error


def _real_backends() -> list[Any]:
    """The sound systems to try, in miniaudio's order; its NULL would make a machine without sound seem to play."""
    enabled = miniaudio.get_enabled_backends() - {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
    return sorted(enabled, key=lambda backend: int(backend.value))


def _devices(backends: list[Any]) -> list[tuple[str, Any]]:
    return [(device["name"], device["id"]) for device in _Names(backends).get_playbacks()]


class _Names(miniaudio.Devices):  # type: ignore[misc]  # miniaudio has no types
    """The devices without what they can do: asking opens each, and one that is in use would fail them all."""

    def _get_info(self, *_: object) -> dict[str, object]:
        return {}


def find_device(name: str, devices: list[tuple[str, Any]]) -> Any:
    """The id of the device called `name`; raises RequestError `unknown-device`."""
    wanted = name.casefold()
    exact = [device for known, device in devices if known.casefold() == wanted]
    partial = [device for known, device in devices if wanted in known.casefold()]
    if exact:
        return exact[0]
    if len(partial) == 1:
        return partial[0]
    names = [known for known, _ in devices]
    raise RequestError(
        problem(
            "unknown-device",
            None,
            name=name,
            known=", ".join(names) or "none",
            **near(name, names),
        )
    )


@cache
def hush_alsa() -> None:
    """Keep ALSA's library from writing to the terminal what its functions also return; Linux only.

    It has a hook for this (`snd_lib_error_set_handler`), of which only the fixed arguments are taken here.
    """
    if sys.platform != "linux":
        return
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        # Without ALSA there is nothing to hush.
        return
    alsa.snd_lib_error_set_handler(_IGNORE)
