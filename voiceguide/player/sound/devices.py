"""The sound devices of this machine: which there are, and which is meant by a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import miniaudio

from voiceguide.errors import DeviceError, RequestError
from voiceguide.player.sound.quiet import hush_alsa, hush_jack
from voiceguide.wording import near, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# What distributions define besides the devices there are: converters, silence, and ways to other sound systems.
_ALSA_PLUGINS = frozenset(
    {
        *(b"null", b"jack", b"oss", b"pulse", b"pipewire"),
        *(b"lavrate", b"samplerate", b"speexrate", b"speex", b"upmix", b"vdownmix"),
    }
)


@dataclass(frozen=True)
class Device:
    """A sound device that can be played on, and whether it is the one that is taken unless one is named."""

    name: str
    default: bool = False
    id: Any = field(default=None, compare=False, repr=False)
    """How the sound system calls it."""


def list_devices() -> tuple[Device, ...]:
    """The devices of the first sound system that has any; it may take long to answer.

    Raises DeviceError `no-device` where there is no sound system.
    """
    for system in sound_systems():
        try:
            devices = system.devices()
        finally:
            system.close()
        if devices:
            return devices
    return ()


def find_device(name: str, devices: Sequence[Device]) -> Device:
    """The device called `name`, or the only one whose name it is a part of, in any case.

    Raises RequestError `unknown-device`.
    """
    wanted = name.casefold()
    exact = [device for device in devices if device.name.casefold() == wanted]
    partial = [device for device in devices if wanted in device.name.casefold()]
    if exact:
        return exact[0]
    if len(partial) == 1:
        return partial[0]
    names = [device.name for device in devices]
    raise RequestError(
        problem("unknown-device", name=name, known=", ".join(names) or "none", **near(name, names))
    )


class SoundSystem:
    """A connection to one of the machine's sound systems; raises DeviceError where it does not answer."""

    def __init__(self, backend: Any) -> None:
        """`backend` is one of miniaudio's."""
        _hush(backend)
        self.kind: str = backend.name
        # The library keeps pointers to what is made here, but for the list of backends.
        self._name = miniaudio.ffi.new("char[]", b"voiceguide")
        self.context = miniaudio.ffi.new("ma_context *")
        config = miniaudio.lib.ma_context_config_init()
        config.threadPriority = miniaudio.ThreadPriority.HIGHEST.value
        config.pulse.pApplicationName = config.jack.pClientName = self._name
        backends = miniaudio.ffi.new("ma_backend[]", [backend.value])
        result = miniaudio.lib.ma_context_init(backends, 1, miniaudio.ffi.addressof(config), self.context)
        _check(result, "no sound system answers")

    def devices(self) -> tuple[Device, ...]:
        """The devices to play on; raises DeviceError where the system does not tell."""
        infos = miniaudio.ffi.new("ma_device_info **")
        count = miniaudio.ffi.new("ma_uint32 *")
        nothing = miniaudio.ffi.NULL
        result = miniaudio.lib.ma_context_get_devices(self.context, infos, count, nothing, nothing)
        _check(result, "the sound system does not tell its devices")
        listed = [infos[0][index] for index in range(count[0])]
        if self.kind == miniaudio.Backend.ALSA.name:
            listed = [info for info in listed if _alsa_id(info) not in _ALSA_PLUGINS]
        return tuple(_device(info) for info in listed)

    def close(self) -> None:
        """Let the system go; what was opened in it must be closed. It may take long, or hang."""
        miniaudio.lib.ma_context_uninit(self.context)


def sound_systems(kind: str | None = None) -> Iterator[SoundSystem]:
    """Those that answer of this machine's sound systems, or of this kind only, the better ones first.

    Whoever takes one closes it. Raises DeviceError `no-device` where none answers.
    """
    refused: DeviceError | None = None
    answered = False
    for backend in _backends(kind):
        try:
            system = SoundSystem(backend)
        except DeviceError as error:
            refused = refused or error
        else:
            answered = True
            yield system
    if refused and not answered:
        raise refused


def _backends(kind: str | None) -> list[Any]:
    """Those of a kind, or those of miniaudio that are heard, in its order: NULL would make any machine seem to play."""
    if kind is not None:
        return [miniaudio.Backend[kind]]
    enabled = miniaudio.get_enabled_backends() - {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
    return sorted(enabled, key=lambda backend: int(backend.value))


def _hush(backend: Any) -> None:
    if backend == miniaudio.Backend.ALSA:
        hush_alsa()
    elif backend == miniaudio.Backend.JACK:
        hush_jack()


def _device(info: Any) -> Device:
    name: bytes = miniaudio.ffi.string(info.name)
    # Copied, because the list is the library's.
    return Device(
        name.decode(errors="replace"), bool(info.isDefault), miniaudio.ffi.new("ma_device_id *", info.id)
    )


def _alsa_id(info: Any) -> bytes:
    """The name of a device in ALSA's own terms: a union of every sound system's begins with it."""
    return bytes(miniaudio.ffi.buffer(miniaudio.ffi.addressof(info, "id"))).partition(b"\0")[0]


def _check(result: int, reason: str) -> None:
    if result != miniaudio.lib.MA_SUCCESS:
        raise DeviceError(problem("no-device", reason=reason))
