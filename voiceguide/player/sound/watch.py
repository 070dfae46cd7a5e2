"""Noticing that a sound device has gone, or that another one is meant now. Time is counted in rounds.

A round is a look at the session, `ROUND_S` after the one before: a machine that was asleep has missed none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.errors import DeviceError
from voiceguide.player.sound.errand import Errand
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.player.sound.devices import Device
    from voiceguide.player.sound.feed import Feed
    from voiceguide.player.sound.stream import Stream

ROUND_S = 0.05

SILENT_ROUNDS = 30
"""A device that has asked for nothing for 1.5 s is gone."""
STOPPED_ROUNDS = 6
"""Less is waited for, 0.3 s, where the sound system says that it has stopped."""
STARTING_ROUNDS = 100
"""5 s to begin: PulseAudio's null sink was seen to take 2 s, headsets and televisions have to wake up."""
ENDING_ROUNDS = 10
"""A session that was stopped waits half a second for its last words to be asked for."""
_LOOK_EVERY = 20


class Watchdog:
    """Counts for how long a stream has asked for nothing."""

    def __init__(self, stream: Stream, feed: Feed) -> None:
        self._stream = stream
        self._feed = feed
        self._asked = feed.asked
        self._idle = 0

    def bites(self, *, ending: bool = False) -> str | None:
        """What is wrong with the device, to be asked once a round; None where nothing is.

        It is less patient with a session that is `ending`.
        """
        asked = self._feed.asked
        self._idle = 0 if asked != self._asked else self._idle + 1
        self._asked = asked
        if self._stream.stopped and self._idle >= STOPPED_ROUNDS:
            return problem("device-stopped").message
        patience = SILENT_ROUNDS if self._feed.flowing else STARTING_ROUNDS
        if self._idle >= (ENDING_ROUNDS if ending else patience):
            return problem("device-silent").message
        return None


class Lookout:
    """Looks once a second which devices there are, and whether another than the stream's is to be played on.

    That is the default one where none was `wanted`, and the wanted one where the stream is on another.
    """

    def __init__(self, stream: Stream, wanted: str | None) -> None:
        self._stream = stream
        self._wanted = wanted
        self._rounds = 0
        self._look: Errand[tuple[Device, ...]] | None = None

    def sees(self) -> str | None:
        """That another device is to be played on, to be asked once a round; None where it is not."""
        if not self._stream.device:
            return None
        self._rounds += 1
        if self._look is None:
            if self._rounds % _LOOK_EVERY == 0:
                self._look = Errand(self._stream.devices)
            return None
        if not self._look.done:
            return None
        look, self._look = self._look, None
        try:
            devices = look.result()
        except DeviceError:
            # A sound system that does not answer stops asking for samples too, which the watchdog notices.
            return None
        return self._moved(devices)

    def _moved(self, devices: tuple[Device, ...]) -> str | None:
        known = {device.name for device in devices}
        if self._wanted is not None:
            back = self._stream.device != self._wanted and self._wanted in known
            return problem("device-back", name=self._wanted).message if back else None
        default = next((device.name for device in devices if device.default), None)
        if default is None or default == self._stream.device:
            return None
        return problem("device-changed", name=default).message
