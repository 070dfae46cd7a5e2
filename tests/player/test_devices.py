"""Which sound device is meant by a name, and that a machine without one is told about in one error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import voiceguide
from voiceguide.errors import RequestError
from voiceguide.player.sound.devices import Device, find_device

ROOT = Path(voiceguide.__file__).parents[1]

DEVICES = [Device("Built-in Audio", default=True), *map(Device, ("USB Headset", "USB Speaker", "usb"))]


@pytest.mark.parametrize(
    ("name", "device"),
    [
        ("USB Headset", "USB Headset"),
        ("usb headset", "USB Headset"),
        ("built", "Built-in Audio"),
        ("USB", "usb"),
        ("speak", "USB Speaker"),
    ],
)
def test_a_device_is_found_by_its_name_or_a_part_that_only_it_has(name: str, device: str) -> None:
    assert find_device(name, DEVICES).name == device


def test_an_unknown_device_is_answered_with_the_nearest_and_all_there_are() -> None:
    with pytest.raises(RequestError) as caught:
        find_device("USB Hedset", DEVICES)
    assert caught.value.problems[0].message == (
        "there is no sound device 'USB Hedset' (there are: Built-in Audio, USB Headset, USB Speaker, usb)"
    )
    assert caught.value.problems[0].hint == "did you mean 'USB Headset'?"


def test_a_name_that_is_part_of_two_devices_is_no_answer() -> None:
    with pytest.raises(RequestError):
        find_device("udi", [Device("Audio 1"), Device("Audio 2")])


def test_without_any_device_there_is_none_to_name() -> None:
    with pytest.raises(RequestError, match=r"\(there are: none\)"):
        find_device("Headset", [])


PLAY = """
from voiceguide.errors import VoiceguideError
from voiceguide.player.sound.device import SoundDevice
from voiceguide.player.transport import Transport
from tests.player.support import Attending, noise

for name in (None, "Headset"):
    try:
        SoundDevice(name).run(Transport(noise(100)), Attending())
    except VoiceguideError as error:
        print(type(error).__name__, error.problems[0].kind, error.exit_code)
"""

LIST = """
from voiceguide.player.sound.devices import list_devices

print(list_devices())
"""

ALSA = """
pcm.headset {
    type null
    hint { show on description "Headset" }
}
pcm.upmix {
    type null
    hint { show on description "Plugin for channel upmix" }
}
"""

only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only ALSA can be told by its environment which devices it has"
)


def said(program: str, folder: Path, alsa: str) -> tuple[str, str]:
    """What a program writes to standard output and error on a machine without a sound server, but ALSA's `alsa`."""
    configuration = folder / "asound.conf"
    configuration.write_text(alsa)
    run = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            "ALSA_CONFIG_PATH": str(configuration),
            "HOME": str(folder),
            "PULSE_SERVER": f"unix:{folder}/no-server",
            "XDG_RUNTIME_DIR": str(folder),
        },
    )
    return run.stdout, run.stderr


@only_linux
def test_no_device_is_one_error_and_nothing_on_the_terminal(tmp_path: Path) -> None:
    """ALSA and JACK would have much to say about it."""
    errors = "DeviceError no-device 5\nRequestError unknown-device 2\n"
    assert said(PLAY, tmp_path, "") == (errors, "")


@only_linux
def test_devices_of_alsa_are_listed_without_its_plugins(tmp_path: Path) -> None:
    assert said(LIST, tmp_path, ALSA) == ("(Device(name='Headset', default=False),)\n", "")
