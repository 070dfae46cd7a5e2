"""The sound devices and the microphone, each really used for a moment."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.cli.findings import Finding, failed, wrong
from voiceguide.errors import DeviceError, VoiceguideError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from numpy.typing import NDArray

    from voiceguide.player.sound.devices import Device

_MOMENT = 24_000
"""Samples: a quarter of a second."""
_DEVICES_WITHIN_S = 6.0
_LISTENED_S = 2.0
_LOOK_EVERY_S = 0.05


def devices(output: str | None = None) -> Iterator[Finding]:
    """The sound device that play takes, then the others: whether each takes a moment of silence.

    Play takes the default one, where its `output` names none; no other one is needed.
    """
    from voiceguide.player.outputs import open_output  # noqa: PLC0415 (as above)
    from voiceguide.player.sound.device import SoundDevice  # noqa: PLC0415 (a library that does not load is a finding)
    from voiceguide.player.sound.devices import find_device, list_devices  # noqa: PLC0415 (as above)

    until = time.monotonic() + _DEVICES_WITHIN_S
    try:
        found = list_devices()
        chosen = open_output(output)
        if isinstance(chosen, SoundDevice) and chosen.name is not None:
            taken: Device | None = find_device(chosen.name, found)
        else:
            taken = next((device for device in found if device.default), None)
    except VoiceguideError as error:
        yield failed("sound device", error, needed=True)
        return
    yield _device(taken, needed=True)
    yield from _others([device for device in found if device is not taken], until)


def _others(devices: Sequence[Device], until: float) -> Iterator[Finding]:
    """Whether the other devices take sound, those that do not in one finding: a machine may have dozens.

    All at once, because each may take seconds to begin. What has not answered by `until`, a time of the
    monotonic clock, is not waited for.
    """
    from voiceguide.player.sound.errand import Errand  # noqa: PLC0415 (as above)

    if time.monotonic() >= until:
        yield from _untried(devices)
        return
    errands = [(device, Errand(partial(_device, device))) for device in devices]
    slow: list[Device] = []
    closed: list[Device] = []
    for device, errand in errands:
        if not errand.wait(max(until - time.monotonic(), 0.0)):
            slow.append(device)
        elif (found := errand.result()).works:
            yield found
        else:
            closed.append(device)
    silent: list[Device] = []
    for device in closed:
        # Two names of one device exclude each other where the sound system does not mix: alone it may work.
        again = Errand(partial(_device, device))
        if again.wait(max(until - time.monotonic(), 0.0)) and again.result().works:
            yield again.result()
        else:
            silent.append(device)
    if silent:
        yield wrong("other sound devices", problem("devices-closed", names=_names(silent)))
    yield from _untried(slow)


def _untried(devices: Sequence[Device]) -> Iterator[Finding]:
    if devices:
        yield wrong("other sound devices", problem("devices-untried", names=_names(devices)))


def _names(devices: Sequence[Device]) -> str:
    return ", ".join(device.name for device in devices)


def _device(device: Device | None, *, needed: bool = False) -> Finding:
    """Whether a device takes sound; None is what is played on where none is called the default one."""
    from voiceguide.player.sound.device import SoundDevice  # noqa: PLC0415 (as above)
    from voiceguide.player.transport import Transport  # noqa: PLC0415 (as above)

    default = device is None or device.default
    thing = "sound device" if needed else "other sound device"
    name = device.name if device else ""
    shown = f"{name} (default)" if default else name
    try:
        # The default one is opened as `play` opens it.
        SoundDevice(None if default else name).run(Transport(_Silence()), _Impatient())
    except VoiceguideError as error:
        found = failed(thing, error, needed=needed)
        found = replace(found, told=f"{shown}: {found.told}" if device else found.told)
    else:
        found = Finding(thing, works=True, told=shown if device else "the system chooses one", needed=needed)
    return replace(found, details={"name": name, "default": default})


class _Silence:
    """A moment of silence to be played."""

    frames = ready = _MOMENT
    channels = 1

    def read(self, start: int, count: int, /) -> NDArray[np.int16]:  # noqa: ARG002 (it is silent everywhere)
        """Zeros."""
        return np.zeros(count, dtype=np.int16)


class _Impatient:
    """Attends to a session that ends when its device is lost."""

    def attend(self) -> None:
        """Nothing has to be done meanwhile."""

    def lost(self, reason: str, unheard: int) -> None:  # noqa: ARG002 (a session would go back by it)
        """Raise DeviceError: what does not last for a moment does not work."""
        raise DeviceError(problem("no-device", reason=reason))

    def found(self, *, changed: bool) -> None:
        """It never comes to this."""


def microphone() -> Iterator[Finding]:
    """Whether spoken commands can be taken: a recogniser, and a microphone that gives samples."""
    thing = "spoken commands"
    if find_spec("pocketsphinx") is None:
        yield wrong(thing, problem("extra-missing", package="pocketsphinx", extra="listen"))
        return
    import miniaudio  # noqa: PLC0415 (a library that does not load is a finding)

    # Its NULL would make a machine without a microphone seem to listen.
    backends = miniaudio.get_enabled_backends() - {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
    ordered = sorted(backends, key=lambda backend: int(backend.value))
    heard = _Heard()
    taker = heard.take()
    next(taker)
    try:
        with miniaudio.CaptureDevice(nchannels=1, sample_rate=16_000, backends=ordered) as capture:
            capture.start(taker)
            until = time.monotonic() + _LISTENED_S
            while not heard.samples and time.monotonic() < until:
                time.sleep(_LOOK_EVERY_S)
    except miniaudio.MiniaudioError as error:
        yield wrong(thing, problem("microphone-closed", reason=error.args[0]))
        return
    if heard.samples:
        yield Finding(thing, works=True, told="there is a microphone")
    else:
        yield wrong(thing, problem("microphone-closed", reason="it gives no sound"))


class _Heard:
    """Counts what a microphone gives."""

    samples = 0

    def take(self) -> Generator[None, bytes, None]:
        """Take blocks of samples for ever, as miniaudio gives them."""
        while True:
            self.samples += len((yield)) // 2
