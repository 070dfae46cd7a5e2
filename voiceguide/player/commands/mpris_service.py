"""A session as a media player on D-Bus: the two interfaces that MPRIS 2.2 asks for.

The specification is https://specifications.freedesktop.org/mpris-spec/2.2/. Every chapter of the session is a track.
Only the thread of the bus's event loop may use what is here.
"""

# Annotations are not postponed here: dbus-fast reads the D-Bus types from them.

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from dbus_fast import DBusError, PropertyAccess, Variant
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusDouble,
    DBusInt64,
    DBusObjectPath,
    DBusSignature,
    DBusStr,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from voiceguide.player.commands import Command
from voiceguide.player.session import STEP_MS
from voiceguide.player.status import Going, Status
from voiceguide.seek import RESTART_WITHIN_MS

PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"

_NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
_JUMP_S = 1.0

# While it prepares, a button that toggles is to pause what is about to come.
_PLAYBACK: dict[Going, str] = {
    "starting": "Playing",
    "playing": "Playing",
    "preparing": "Playing",
    "paused": "Paused",
    "waiting": "Paused",
    "lost": "Paused",
    "over": "Stopped",
}

_READ = PropertyAccess.READ
_Strings = Annotated[list[str], DBusSignature("as")]
Give = Callable[[Command], None]


class RootInterface(ServiceInterface):
    """What the player is; `give` takes a command."""

    def __init__(self, give: Give) -> None:
        super().__init__(ROOT)
        self._give = give

    @dbus_method("Raise")
    def raise_(self) -> None:
        """Do nothing: a terminal cannot be brought to the front."""

    @dbus_method("Quit")
    def quit(self) -> None:
        """Stop the session."""
        self._give("stop")

    @dbus_property(_READ, "Identity")
    def identity(self) -> DBusStr:
        """The name that desktops show."""
        return "voiceguide"

    @dbus_property(_READ, "CanQuit")
    def can_quit(self) -> DBusBool:
        """It can."""
        return True

    @dbus_property(_READ, "CanRaise")
    def can_raise(self) -> DBusBool:
        """It cannot."""
        return False

    @dbus_property(_READ, "HasTrackList")
    def has_track_list(self) -> DBusBool:
        """Chapters are not listed here."""
        return False

    @dbus_property(_READ, "SupportedUriSchemes")
    def supported_uri_schemes(self) -> _Strings:
        """None: nothing is opened from here."""
        return []

    @dbus_property(_READ, "SupportedMimeTypes")
    def supported_mime_types(self) -> _Strings:
        """None, likewise."""
        return []


class PlayerInterface(ServiceInterface):
    """The buttons and what is playing; `give` takes a command. Times are µs from the start of the chapter."""

    def __init__(self, give: Give) -> None:
        super().__init__(PLAYER)
        self._give = give
        self._now: Status | None = None
        # The position in ms, and the second at which it was there: where it is expected follows from the two.
        self._anchor = (0, 0.0)

    def update(self, now: Status, time_s: float) -> None:
        """Take what holds at `time_s` seconds of a steady clock, and signal what is new."""
        before, self._now = self._now, now
        told = {} if before is None else _told(before)
        news = {name: value for name, value in _told(now).items() if told.get(name) != value}
        if news:
            self.emit_properties_changed(news)
        playing = before is not None and _PLAYBACK[before.going] == "Playing"
        expected_ms = self._anchor[0] + (time_s - self._anchor[1]) * 1000 * playing
        jumped = before is not None and abs(now.position_ms - expected_ms) > _JUMP_S * 1000
        if jumped or "PlaybackStatus" in news:
            self._anchor = (now.position_ms, time_s)
        if jumped:
            self.seeked()

    @dbus_method("Next")
    def next(self) -> None:
        """Go to the next chapter."""
        self._give("next")

    @dbus_method("Previous")
    def previous(self) -> None:
        """Go to the start of the chapter, or to the one before."""
        self._give("previous")

    @dbus_method("Play")
    def play(self) -> None:
        """Go on."""
        self._give("resume")

    @dbus_method("Pause")
    def pause(self) -> None:
        """Pause."""
        self._give("pause")

    @dbus_method("PlayPause")
    def play_pause(self) -> None:
        """Pause, or go on."""
        self._give("toggle")

    @dbus_method("Stop")
    def stop(self) -> None:
        """Stop the session."""
        self._give("stop")

    @dbus_method("Seek")
    def seek(self, Offset: DBusInt64) -> None:  # noqa: N803 (introspection shows the specification's name)
        """Go `Offset` µs on, back where it is negative, in steps of 10 s."""
        for command in steps(Offset, self._position_us(), self._length_us()):
            self._give(command)

    @dbus_method("SetPosition")
    def set_position(self, TrackId: DBusObjectPath, Position: DBusInt64) -> None:  # noqa: N803 (as above)
        """Go to about `Position`; does nothing for another track or outside this one, as the specification asks."""
        if TrackId == track_id(self._now) and 0 <= Position <= self._length_us():
            self.seek(Position - self._position_us())

    @dbus_method("OpenUri")
    def open_uri(self, Uri: DBusStr) -> None:  # noqa: N803 (as above)
        """Refuse: a session is chosen on the command line."""
        raise DBusError("org.freedesktop.DBus.Error.NotSupported", f"voiceguide does not open {Uri}")

    @dbus_signal("Seeked")
    def seeked(self) -> DBusInt64:
        """Say that the position jumped, and where to."""
        return self._position_us()

    @dbus_property(_READ, "PlaybackStatus")
    def playback_status(self) -> DBusStr:
        """Playing, Paused or Stopped."""
        return "Stopped" if self._now is None else _PLAYBACK[self._now.going]

    @dbus_property(_READ, "Metadata")
    def metadata(self) -> DBusDict:
        """The chapter as a track."""
        return metadata(self._now)

    @dbus_property(_READ, "Position")
    def position(self) -> DBusInt64:
        """Where it is in the chapter."""
        return self._position_us()

    @dbus_property(PropertyAccess.READWRITE, "Rate")
    def rate(self) -> DBusDouble:
        """Always 1."""
        return 1.0

    @rate.setter
    def set_rate(self, value: DBusDouble) -> None:
        """Pause for 0, as the specification asks; no other rate is possible."""
        if value == 0:
            self._give("pause")

    @dbus_property(_READ, "MinimumRate")
    def minimum_rate(self) -> DBusDouble:
        """Always 1."""
        return 1.0

    @dbus_property(_READ, "MaximumRate")
    def maximum_rate(self) -> DBusDouble:
        """Always 1."""
        return 1.0

    @dbus_property(PropertyAccess.READWRITE, "Volume")
    def volume(self) -> DBusDouble:
        """Always 1: the volume is the sound server's."""
        return 1.0

    @volume.setter
    def set_volume(self, value: DBusDouble) -> None:
        """Do nothing, as the specification allows."""

    @dbus_property(_READ, "CanGoNext")
    def can_go_next(self) -> DBusBool:
        """It can; from the last chapter to the end."""
        return True

    @dbus_property(_READ, "CanGoPrevious")
    def can_go_previous(self) -> DBusBool:
        """It can; from the first chapter to its start."""
        return True

    @dbus_property(_READ, "CanPlay")
    def can_play(self) -> DBusBool:
        """It can."""
        return True

    @dbus_property(_READ, "CanPause")
    def can_pause(self) -> DBusBool:
        """It can."""
        return True

    @dbus_property(_READ, "CanSeek")
    def can_seek(self) -> DBusBool:
        """It can, in steps."""
        return True

    @dbus_property(_READ, "CanControl")
    def can_control(self) -> DBusBool:
        """It can be controlled."""
        return True

    def _position_us(self) -> int:
        return 0 if self._now is None else 1000 * (self._now.position_ms - self._now.chapter_start_ms)

    def _length_us(self) -> int:
        return 0 if self._now is None else length_us(self._now)


def steps(offset_us: int, position_us: int, length_us: int) -> list[Command]:
    """The commands that come nearest to going `offset_us` on in a track of `length_us`, back where it is negative.

    Past the end is the next track; past the start is the start. What is asked for is at least one step.
    """
    target = position_us + offset_us
    if target > length_us:
        return ["next"]
    if offset_us < 0 and target <= 0:
        # Nearer to the start, `previous` would leave the track.
        return ["previous"] if position_us > 1000 * RESTART_WITHIN_MS else []
    command: Command = "forward" if offset_us > 0 else "back"
    count = (abs(offset_us) + 500 * STEP_MS) // (1000 * STEP_MS)
    return [command] * (max(1, count) if offset_us else 0)


def length_us(now: Status) -> int:
    """How long the chapter is, in µs."""
    return 1000 * (now.position_ms - now.chapter_start_ms + now.chapter_left_ms)


def track_id(now: Status | None) -> str:
    """The object path of the chapter: another one for each."""
    return _NO_TRACK if now is None else f"/voiceguide/chapter/{now.chapter_start_ms}"


def metadata(now: Status | None) -> dict[str, Variant]:
    """The chapter as a track, in the specification's terms."""
    if now is None:
        return {"mpris:trackid": Variant("o", track_id(now))}
    return {
        "mpris:trackid": Variant("o", track_id(now)),
        "mpris:length": Variant("x", length_us(now)),
        "xesam:title": Variant("s", now.chapter or now.title),
        "xesam:album": Variant("s", now.title),
        "xesam:artist": Variant("as", ["voiceguide"]),
    }


def _told(now: Status) -> Mapping[str, Any]:
    """The properties that change, and whose change is signalled."""
    return {"PlaybackStatus": _PLAYBACK[now.going], "Metadata": metadata(now)}
