"""What is said, cut out of what a microphone gives: from one silence to the next."""

from __future__ import annotations

from collections import deque
from typing import Protocol

import numpy as np

RATE = 16_000
"""Samples a second of what is listened to: mono, 16 bits, little-endian."""

FRAME_MS = 30
FRAME_BYTES = 2 * RATE * FRAME_MS // 1000

ENDS_MS = 750
"""So much silence ends what is said: between the wake words and a command people leave up to half a second."""

# In frames.
_BEGINS, _WITHIN = 5, 8
_ENDS, _STRAY = ENDS_MS // FRAME_MS, 2
_MARGIN = 10
_SHORTEST = 450 // FRAME_MS
_LONGEST = 3_900 // FRAME_MS

# Music and talk in the room are as loud as most of the last five seconds; who speaks to the guide is louder.
_ROOM_FRAMES = 5_000 // FRAME_MS
_ROOM_KNOWN = 15
_ROOM_QUANTILE = 0.7
_LOUDER_DB = 3.0
# What a telephone lets through, in bins of 33 Hz.
_BAND = slice(8, 106)
_WINDOW = np.hanning(FRAME_BYTES // 2)


class VoiceDetector(Protocol):
    """What tells a voice from noise, such as `pocketsphinx.Vad`."""

    def is_speech(self, frame: bytes, /) -> bool:
        """Whether there is a voice in a frame of `FRAME_BYTES`."""
        ...


class Utterances:
    """Takes samples as they come, and gives each utterance once it is over.

    It is over when 0.75 s have passed without a voice that is louder than the room; some of the silence around it is
    kept. What is shorter than 0.45 s, such as a cough, or longer than 3.9 s, such as talk, is left out: no command is.
    """

    def __init__(self, detector: VoiceDetector) -> None:
        self._detector = detector
        self._room: deque[float] = deque(maxlen=_ROOM_FRAMES)
        self.cut()

    def cut(self) -> None:
        """Forget what is being said: what comes next does not follow it."""
        self._rest = b""
        self._voiced: deque[bool] = deque(maxlen=_ENDS)
        self._before: deque[bytes] = deque(maxlen=_WITHIN + _MARGIN)
        self._said: list[bytes] | None = None
        self._frames = 0

    def take(self, samples: bytes) -> list[bytes]:
        """The utterances that are over with these samples."""
        data = self._rest + samples
        whole = len(data) - len(data) % FRAME_BYTES
        self._rest = data[whole:]
        frames = (data[at : at + FRAME_BYTES] for at in range(0, whole, FRAME_BYTES))
        return [said for frame in frames if (said := self._frame(frame)) is not None]

    def _frame(self, frame: bytes) -> bytes | None:
        self._voiced.append(self._is_voiced(frame))
        if self._said is None:
            self._before.append(frame)
            if sum(list(self._voiced)[-_WITHIN:]) >= _BEGINS:
                self._said, self._frames = list(self._before), len(self._before)
            return None
        self._frames += 1
        # Talk may last for an hour.
        if self._frames <= _LONGEST + _ENDS + _MARGIN:
            self._said.append(frame)
        if len(self._voiced) < _ENDS or sum(self._voiced) > _STRAY:
            return None
        return self._over(self._said)

    def _over(self, said: list[bytes]) -> bytes | None:
        frames = self._frames
        self.cut()
        if not _SHORTEST <= frames - _MARGIN - _ENDS <= _LONGEST:
            return None
        return b"".join(said[: frames - _ENDS + _MARGIN])

    def _is_voiced(self, frame: bytes) -> bool:
        level_db = _level_db(frame)
        self._room.append(level_db)
        return (
            len(self._room) > _ROOM_KNOWN
            and level_db > float(np.quantile(self._room, _ROOM_QUANTILE)) + _LOUDER_DB
            and self._detector.is_speech(frame)
        )


def _level_db(frame: bytes) -> float:
    """How loud a frame is where speech is, in dB of no particular zero."""
    spectrum = np.fft.rfft(np.frombuffer(frame, dtype="<i2") * _WINDOW)[_BAND]
    return float(10 * np.log10(np.sum(np.abs(spectrum) ** 2) + 1.0))
