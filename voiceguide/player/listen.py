"""Spoken commands: "hey coach", and what is to be done. Experimental, and off unless it is asked for."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from voiceguide.errors import DeviceError, RequestError
from voiceguide.player.ear import Ear
from voiceguide.player.microphone import open_microphone
from voiceguide.player.sound.errand import Errand
from voiceguide.player.utterances import RATE
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.player.commands import Command
    from voiceguide.player.microphone import Microphone, Take

MUTED_AFTER_MS = 300
"""The guide is not listened to, nor is what the room returns of it for so long."""

SILENT_ROUNDS = 100
"""A microphone that has given nothing between so many looks, of which there are 20 a second, is gone."""

_MUTED_AFTER = RATE * MUTED_AFTER_MS // 1000
_OPENED_WITHIN_S = 5.0
_CLOSED_WITHIN_S = 1.0


@contextmanager
def listening(
    speaking: Callable[[], bool],
    tell: Callable[[str], None],
    *,
    microphone: Callable[[Take], Microphone] = open_microphone,
) -> Iterator[SpokenCommands]:
    """The commands that are spoken while the block runs.

    What is said while `speaking` is true, and 300 ms after, is not heard; it is asked on the microphone's thread. A
    microphone or a recogniser that goes away is told once through `tell`, by the thread that polls. Raises
    RequestError `listen-extra` where pocketsphinx is not installed, and DeviceError `no-microphone`.
    """
    if find_spec("pocketsphinx") is None:
        raise RequestError(problem("listen-extra"))
    with ExitStack() as stack:
        ear = Ear()
        stack.callback(ear.close)
        spoken = SpokenCommands(ear, speaking, tell)
        opened = _opened(microphone, spoken.take)
        # What hangs is left behind.
        stack.callback(lambda: Errand(opened.close).wait(_CLOSED_WITHIN_S))
        yield spoken


def _opened(microphone: Callable[[Take], Microphone], take: Take) -> Microphone:
    opening = Errand(lambda: microphone(take))
    if not opening.wait(_OPENED_WITHIN_S):
        opening.drop(lambda late: late.close())
        raise DeviceError(problem("no-microphone", reason="the sound system does not answer"))
    return opening.result()


class Muting:
    """Keeps the guide's own voice out: samples go through unless it speaks, or did so in the last 300 ms."""

    def __init__(self, speaking: Callable[[], bool]) -> None:
        self._speaking = speaking
        self._muted = 0

    def heard(self, samples: bytes) -> bytes:
        """The samples, or none where they are muted."""
        if self._speaking():
            self._muted = _MUTED_AFTER
            return b""
        if self._muted:
            self._muted = max(0, self._muted - len(samples) // 2)
            return b""
        return samples


class SpokenCommands:
    """What was commanded, from the samples of a microphone and an ear."""

    def __init__(self, ear: Ear, speaking: Callable[[], bool], tell: Callable[[str], None]) -> None:
        self._ear = ear
        self._muting = Muting(speaking)
        self._tell = tell
        self._taken = 0
        self._failed: BaseException | None = None
        self._gone = False
        # In rounds, not in seconds: a machine that was asleep has missed none.
        self._taken_before = 0
        self._silent_rounds = 0

    def take(self, samples: bytes) -> None:
        """Hear samples, unless the guide is speaking; called on the microphone's thread."""
        self._taken += len(samples)
        try:
            self._ear.hear(self._muting.heard(samples))
        except BaseException as error:
            # miniaudio would print it, and nobody would hear of it.
            self._failed = error

    def poll(self) -> list[Command]:
        """The commands heard since the last call; tells once when there will be no more.

        Raises what `speaking` has raised.
        """
        if self._failed is not None:
            raise self._failed
        commands = self._ear.commands()
        if not self._gone and (trouble := self._trouble()) is not None:
            self._gone = True
            self._tell(trouble)
        return commands

    def _trouble(self) -> str | None:
        failure = self._ear.failure
        if failure is not None:
            return problem("recogniser-gone", reason=failure).message
        self._silent_rounds = self._silent_rounds + 1 if self._taken == self._taken_before else 0
        self._taken_before = self._taken
        return problem("microphone-gone").message if self._silent_rounds >= SILENT_ROUNDS else None
