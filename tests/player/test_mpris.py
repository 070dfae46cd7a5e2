"""Media keys: what a desktop sees of a session on a real session bus, and what its buttons do."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("dbus_fast", reason="the extra `media-keys` is for Linux")

from dbus_fast import Variant

from voiceguide.player.commands import mpris, mpris_bus
from voiceguide.player.commands.mpris import MediaKeys, media_keys
from voiceguide.player.commands.mpris_bus import NAME
from voiceguide.player.commands.mpris_service import PATH, PLAYER, ROOT, PlayerInterface, steps
from voiceguide.player.status import Status

from .desktop import MISSING, Bus, Desktop, desktop_on, session_bus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import User
    from voiceguide.player.commands import Command
    from voiceguide.player.status import Going

needs_bus = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

BEGUN = Status(
    title="Evening",
    position_ms=0,
    left_ms=600_000,
    going="playing",
    chapter="Knees to chest",
    chapter_start_ms=0,
    chapter_left_ms=90_000,
    next_chapter="Bridge",
)
PLAYING = replace(BEGUN, position_ms=1_500, left_ms=598_500, chapter_left_ms=88_500)
BRIDGE = replace(
    PLAYING, position_ms=90_000, chapter="Bridge", chapter_start_ms=90_000, chapter_left_ms=60_000
)

# https://specifications.freedesktop.org/mpris-spec/2.2/, what it calls optional left out.
SPECIFICATION = {
    ROOT: {
        "Raise()", "Quit()",
        "CanQuit b read", "CanRaise b read", "HasTrackList b read", "Identity s read",
        "SupportedUriSchemes as read", "SupportedMimeTypes as read",
    },
    PLAYER: {
        "Next()", "Previous()", "Pause()", "PlayPause()", "Stop()", "Play()",
        "Seek(Offset x)", "SetPosition(TrackId o, Position x)", "OpenUri(Uri s)", "Seeked x",
        "PlaybackStatus s read", "Rate d readwrite", "Metadata a{sv} read", "Volume d readwrite", "Position x read",
        "MinimumRate d read", "MaximumRate d read", "CanGoNext b read", "CanGoPrevious b read", "CanPlay b read",
        "CanPause b read", "CanSeek b read", "CanControl b read",
    },
}  # fmt: skip


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    with session_bus(tmp_path) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus


@pytest.fixture
def desktop(bus: Bus) -> Iterator[Desktop]:
    with desktop_on(bus.address) as desktop:
        yield desktop


@pytest.fixture
def told() -> list[str]:
    return []


@dataclass
class Clock:
    """Seconds that pass as a test says."""

    now_s: float = 0.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(desktop: Desktop, told: list[str], clock: Clock) -> Iterator[MediaKeys]:
    """The media keys of a session that plays, on a desktop that knows of it."""
    with media_keys(told.append, lambda: clock.now_s) as keys:
        assert keys is not None
        keys.show(BEGUN)
        clock.now_s = 1.5
        keys.show(PLAYING)
        desktop.wait_for_name()
        yield keys


@needs_bus
@pytest.mark.parametrize(
    ("button", "command"),
    [
        ("PlayPause", "toggle"),
        ("Play", "resume"),
        ("Pause", "pause"),
        ("Next", "next"),
        ("Previous", "previous"),
        ("Stop", "stop"),
    ],
)
def test_a_button_gives_its_command(keys: MediaKeys, desktop: Desktop, button: str, command: Command) -> None:
    desktop.press(button)
    assert keys.poll() == [command]
    assert keys.poll() == []


@needs_bus
def test_buttons_are_commands_in_the_order_in_which_they_were_pressed(
    keys: MediaKeys, desktop: Desktop
) -> None:
    for button in ("Next", "Pause", "Next"):
        desktop.press(button)
    assert keys.poll() == ["next", "pause", "next"]


@needs_bus
def test_quitting_the_player_stops_the_session(keys: MediaKeys, desktop: Desktop) -> None:
    desktop.call(NAME, PATH, ROOT, "Quit", "", [])
    assert keys.poll() == ["stop"]


@needs_bus
def test_raising_the_player_does_nothing(keys: MediaKeys, desktop: Desktop) -> None:
    desktop.call(NAME, PATH, ROOT, "Raise", "", [])
    assert keys.poll() == []


@pytest.mark.parametrize(
    ("offset_s", "commands"),
    [
        (10, ["forward"]),
        (-10, ["back"]),
        (14, ["forward"]),
        (15, ["forward", "forward"]),
        (-30, ["back", "back", "back"]),
        (1, ["forward"]),
        (0, []),
        (70, ["next"]),
        (-40, ["previous"]),
    ],
)
def test_seeking_goes_in_steps_of_ten_seconds_and_never_back_out_of_the_chapter(
    offset_s: int, commands: list[Command]
) -> None:
    """From 35 s into a chapter of 100 s."""
    assert steps(offset_s * 1_000_000, 35_000_000, 100_000_000) == commands


def test_seeking_back_where_a_chapter_has_just_begun_does_nothing() -> None:
    """There `previous` would mean the chapter before."""
    assert steps(-10_000_000, 3_000_000, 100_000_000) == []


@needs_bus
def test_a_seek_is_from_where_the_session_stands(keys: MediaKeys, desktop: Desktop) -> None:
    desktop.press("Seek", "x", 20_000_000)
    assert keys.poll() == ["forward", "forward"]


@needs_bus
def test_a_position_is_sought_in_steps(keys: MediaKeys, desktop: Desktop) -> None:
    desktop.press("SetPosition", "ox", "/voiceguide/chapter/0", 32_000_000)
    assert keys.poll() == ["forward", "forward", "forward"]


@needs_bus
@pytest.mark.parametrize(
    ("track", "position"), [("/voiceguide/chapter/9", 5), ("/voiceguide/chapter/0", 91_000_000)]
)
def test_a_position_of_another_track_or_outside_this_one_is_ignored(
    keys: MediaKeys, desktop: Desktop, track: str, position: int
) -> None:
    desktop.press("SetPosition", "ox", track, position)
    assert keys.poll() == []


@needs_bus
def test_the_chapter_is_a_track_and_the_routine_its_album(keys: MediaKeys, desktop: Desktop) -> None:
    keys.show(BRIDGE)
    assert desktop.property("Metadata") == {
        "mpris:trackid": "/voiceguide/chapter/90000",
        "mpris:length": 60_000_000,
        "xesam:title": "Bridge",
        "xesam:album": "Evening",
        "xesam:artist": ["voiceguide"],
    }


@needs_bus
def test_the_position_is_that_in_the_chapter(keys: MediaKeys, desktop: Desktop) -> None:
    keys.show(replace(BRIDGE, position_ms=93_250))
    assert desktop.property("Position") == 3_250_000


@needs_bus
@pytest.mark.parametrize(
    ("going", "playback"),
    [
        ("playing", "Playing"),
        ("preparing", "Playing"),
        ("paused", "Paused"),
        ("waiting", "Paused"),
        ("lost", "Paused"),
        ("over", "Stopped"),
    ],
)
def test_how_the_session_goes_is_its_playback_status(
    keys: MediaKeys, desktop: Desktop, going: Going, playback: str
) -> None:
    keys.show(replace(PLAYING, going=going))
    assert desktop.property("PlaybackStatus") == playback


@needs_bus
def test_a_new_chapter_is_signalled_once(keys: MediaKeys, desktop: Desktop) -> None:
    desktop.signals.clear()
    keys.show(replace(BEGUN, position_ms=1_600, chapter_left_ms=88_400))
    keys.show(
        replace(BEGUN, position_ms=1_700, chapter="Legs", chapter_start_ms=1_650, chapter_left_ms=50_000)
    )
    keys.show(
        replace(BEGUN, position_ms=1_800, chapter="Legs", chapter_start_ms=1_650, chapter_left_ms=49_900)
    )
    keys.show(replace(PLAYING, going="paused"))
    signals = [body[1] for _, body in desktop.wait_for_signals(2)]
    assert [sorted(changed) for changed in signals] == [["Metadata"], ["Metadata", "PlaybackStatus"]]
    assert signals[0]["Metadata"]["xesam:title"] == "Legs"


@needs_bus
def test_pause_is_signalled(keys: MediaKeys, desktop: Desktop) -> None:
    desktop.signals.clear()
    keys.show(replace(PLAYING, going="paused"))
    assert desktop.wait_for_signals(1) == [("PropertiesChanged", [PLAYER, {"PlaybackStatus": "Paused"}, []])]


@needs_bus
def test_a_longer_hold_makes_a_longer_track(keys: MediaKeys, desktop: Desktop) -> None:
    desktop.signals.clear()
    keys.show(replace(PLAYING, chapter_left_ms=93_500))
    (_, (_, changed, _)) = desktop.wait_for_signals(1)[0]
    assert changed["Metadata"]["mpris:length"] == 95_000_000


@needs_bus
def test_a_jump_is_signalled_with_its_position(keys: MediaKeys, desktop: Desktop, clock: Clock) -> None:
    """A desktop counts on by itself, so that only what is not as expected is told."""
    desktop.signals.clear()
    for now_s in (2.5, 40.0, 60.0):
        clock.now_s = now_s
        keys.show(
            replace(PLAYING, position_ms=round(1000 * now_s), chapter_left_ms=90_000 - round(1000 * now_s))
        )
    clock.now_s = 60.1
    keys.show(replace(PLAYING, position_ms=50_100, chapter_left_ms=39_900))
    assert desktop.wait_for_signals(1) == [("Seeked", [50_100_000])]


@needs_bus
def test_a_pause_is_no_jump_however_long(keys: MediaKeys, desktop: Desktop, clock: Clock) -> None:
    desktop.signals.clear()
    moments: list[tuple[float, Going]] = [
        (1.5, "paused"), (500.0, "paused"), (500.0, "playing"), (501.0, "playing")
    ]  # fmt: skip
    for now_s, going in moments:
        clock.now_s = now_s
        position_ms = 2_500 if now_s == 501 else 1_500
        keys.show(
            replace(PLAYING, position_ms=position_ms, chapter_left_ms=90_000 - position_ms, going=going)
        )
    desktop.wait_for_signals(2)
    assert [member for member, _ in desktop.signals] == ["PropertiesChanged"] * 2


@needs_bus
@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("interface", [ROOT, PLAYER])
def test_the_interfaces_are_those_of_the_specification(desktop: Desktop, interface: str) -> None:
    (text,) = desktop.call(NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect", "", [])
    described = next(node for node in ET.fromstring(text) if node.get("name") == interface)
    assert {_signature(member) for member in described} == SPECIFICATION[interface]


def _signature(member: ET.Element) -> str:
    arguments = [
        f"{argument.get('name') or ''} {argument.get('type')}".strip() for argument in member.iter("arg")
    ]
    match member.tag:
        case "method":
            return f"{member.get('name')}({', '.join(arguments)})"
        case "signal":
            return f"{member.get('name')} {', '.join(arguments)}"
        case _:
            return f"{member.get('name')} {member.get('type')} {member.get('access')}"


@needs_bus
@pytest.mark.usefixtures("keys")
def test_the_player_says_what_it_is_and_can(desktop: Desktop) -> None:
    about = {
        name: desktop.property(name, ROOT) for name in ("Identity", "CanQuit", "CanRaise", "HasTrackList")
    }
    assert about == {"Identity": "voiceguide", "CanQuit": True, "CanRaise": False, "HasTrackList": False}
    able = ("CanControl", "CanPlay", "CanPause", "CanGoNext", "CanGoPrevious", "CanSeek")
    assert all(desktop.property(name) is True for name in able)
    assert [desktop.property(name) for name in ("Rate", "MinimumRate", "MaximumRate", "Volume")] == [1.0] * 4


@needs_bus
def test_a_rate_of_0_pauses_and_another_changes_nothing(keys: MediaKeys, desktop: Desktop) -> None:
    desktop.set_property("Rate", Variant("d", 2.0))
    desktop.set_property("Volume", Variant("d", 0.5))
    assert keys.poll() == []
    desktop.set_property("Rate", Variant("d", 0.0))
    assert keys.poll() == ["pause"]
    assert (desktop.property("Rate"), desktop.property("Volume")) == (1.0, 1.0)


@needs_bus
def test_a_file_is_not_opened(keys: MediaKeys, desktop: Desktop) -> None:
    with pytest.raises(RuntimeError, match="NotSupported"):
        desktop.press("OpenUri", "s", "file:///song.mp3")
    assert keys.poll() == []


@needs_bus
def test_a_second_session_has_a_name_of_its_own(keys: MediaKeys, desktop: Desktop) -> None:
    second = f"{NAME}.instance{os.getpid()}"
    with media_keys(lambda _: None) as others:
        assert others is not None
        others.show(BEGUN)
        others.show(BRIDGE)
        desktop.wait_for_name(second)
        desktop.press("Next", to=second)
        assert (keys.poll(), others.poll()) == ([], ["next"])


@needs_bus
def test_the_player_is_gone_when_the_session_is(desktop: Desktop) -> None:
    with media_keys(lambda _: None) as keys:
        assert keys is not None
        keys.show(BEGUN)
        keys.show(PLAYING)
        desktop.wait_for_name()
    desktop.wait_until(lambda: desktop.names() == [])


@needs_bus
def test_before_sound_is_under_way_the_bus_is_left_alone(desktop: Desktop) -> None:
    with media_keys(lambda _: None) as keys:
        assert keys is not None
        keys.show(BEGUN)
        keys.show(BEGUN)
        assert keys.poll() == []
        assert not keys._under_way.is_set()
    assert desktop.names() == []


@needs_bus
def test_a_session_that_waits_at_its_start_is_on_the_bus(desktop: Desktop) -> None:
    with media_keys(lambda _: None) as keys:
        assert keys is not None
        keys.show(BEGUN)
        keys.show(replace(BEGUN, going="waiting"))
        desktop.wait_for_name()
        assert desktop.property("PlaybackStatus") == "Paused"


@needs_bus
def test_a_bus_that_dies_is_told_once_and_the_session_goes_on(
    keys: MediaKeys, bus: Bus, told: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    bus.kill()
    keys._thread.join(30)
    assert not keys._thread.is_alive()
    for now in (PLAYING, BRIDGE):
        keys.show(now)
        assert keys.poll() == []
    assert told == ["media keys work no longer (the session bus is gone)"]
    assert capfd.readouterr() == ("", "")


@needs_bus
def test_a_fault_in_the_thread_is_told(
    keys: MediaKeys, told: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(PlayerInterface, "update", fail)
    keys.show(BRIDGE)
    keys._thread.join(30)
    keys.show(PLAYING)
    assert keys.poll() == []
    assert told == ["media keys work no longer (by zero)"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "address", ["unix:path=/nowhere/bus", "disabled:", "nonsense", "tcp:host=127.0.0.1,port=x"]
)
def test_an_address_without_a_bus_is_no_trouble(
    address: str, told: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with media_keys(told.append) as keys:
        assert keys is not None
        keys.show(BEGUN)
        keys.show(PLAYING)
        keys._thread.join(30)
        assert not keys._thread.is_alive()
        assert keys.poll() == []
    assert told == []
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def mute_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bus that takes connections and never says a word."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/bus")
        yield


@pytest.mark.usefixtures("mute_bus")
def test_a_bus_that_does_not_answer_is_given_up(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mpris_bus, "_ANSWER_S", 0.05)
    with media_keys(told.append) as keys:
        assert keys is not None
        keys.show(BEGUN)
        keys.show(PLAYING)
        keys._thread.join(30)
        assert not keys._thread.is_alive()
        assert (keys.poll(), told) == ([], [])


@pytest.mark.usefixtures("mute_bus")
def test_a_session_can_end_while_a_bus_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mpris_bus, "_ANSWER_S", 600)
    with media_keys(lambda _: None) as keys:
        assert keys is not None
        keys.show(BEGUN)
        keys.show(PLAYING)
    keys._thread.join(30)
    assert not keys._thread.is_alive()


def test_without_a_session_bus_there_are_no_media_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with media_keys(lambda _: None) as keys:
        assert keys is None


def test_without_the_library_there_are_no_media_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    monkeypatch.setattr(mpris, "find_spec", lambda _: None)
    with media_keys(lambda _: None) as keys:
        assert keys is None


@needs_bus
def test_the_bus_of_the_user_is_found_where_systemd_puts_it(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with media_keys(lambda _: None) as keys:
        assert keys is not None
        keys.show(BEGUN)
        keys.show(PLAYING)
        desktop.wait_for_name()


def test_where_the_library_is_asked_for_nothing_of_it_is_imported() -> None:
    """Media keys wait for the first sound, which imports would delay."""
    probe = (
        "import os, sys; os.environ['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere/bus'\n"
        "from voiceguide.player.commands.mpris import media_keys\n"
        "with media_keys(print) as keys: print(keys is not None, {'asyncio', 'dbus_fast'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True, text=True)
    assert done.stdout == "True set()\n"


@needs_bus
def test_a_button_ends_a_session_that_is_played(bus: Bus, user: User) -> None:
    """The command itself, with its sound, its terminal and its history."""
    with desktop_on(bus.address) as desktop:
        process = subprocess.Popen(
            [sys.executable, "-m", "voiceguide", "play", "neck-reset", "--output", "null"],
            cwd=user.folder,
            env=user.environment | {"DBUS_SESSION_BUS_ADDRESS": bus.address},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        desktop.wait_for_name()
        assert desktop.property("Metadata")["xesam:album"] == "Neck reset"
        desktop.press("Stop")
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.splitlines()[-1].startswith("Stopped at 0:0")


@needs_bus
@pytest.mark.skipif(shutil.which("gdbus") is None, reason="not installed: gdbus")
def test_gdbus_reads_the_chapter_and_pauses(keys: MediaKeys, bus: Bus) -> None:
    def gdbus(method: str, *arguments: str) -> str:
        done = subprocess.run(
            ["gdbus", "call", "--address", bus.address, "-d", NAME, "-o", PATH, "-m", method, *arguments],
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    assert "'xesam:title': <'Knees to chest'>" in gdbus(
        "org.freedesktop.DBus.Properties.Get", PLAYER, "Metadata"
    )
    assert gdbus(f"{PLAYER}.Pause") == "()\n"
    assert keys.poll() == ["pause"]


@needs_bus
@pytest.mark.skipif(shutil.which("playerctl") is None, reason="not installed: playerctl")
def test_playerctl_reads_the_chapter_and_goes_to_the_next(keys: MediaKeys) -> None:
    def playerctl(*arguments: str) -> str:
        done = subprocess.run(["playerctl", *arguments], capture_output=True, check=True, text=True)
        return done.stdout

    assert playerctl("metadata", "title") == "Knees to chest\n"
    playerctl("next")
    assert keys.poll() == ["next"]
