"""A pyttsx3 driver for espeak-ng that writes what it speaks to WAV files, at the rate it was told.

The stock driver ignores most rates, writes a fixed sample rate, prints, and returns before its file exists.
"""

from __future__ import annotations

import sys
import wave
from types import ModuleType
from typing import TYPE_CHECKING, Any

from voiceguide.speech.espeak_library import espeak

if TYPE_CHECKING:
    from voiceguide.speech.espeak_library import Espeak, EspeakVoice

NAME = "voiceguide"
VERSION = 1
"""Part of the key of every cached clip: to be raised when the driver makes the same text sound different."""


def register() -> str:
    """Make the driver known to pyttsx3, and give the name that `pyttsx3.init` takes."""
    module = ModuleType(f"pyttsx3.drivers.{NAME}")
    vars(module)["buildDriver"] = EspeakDriver
    sys.modules.setdefault(module.__name__, module)
    return NAME


class EspeakDriver:
    """What pyttsx3 calls a driver; it may raise anywhere, and pyttsx3 turns that into an `error` notification.

    A voice's id is its main language (`en-gb`), which is what people write; a second voice of it has its file's name.
    """

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self._espeak: Espeak = espeak()
        self._listed = _by_id(self._espeak.voices())
        self._voice = "en-us"
        self._rate = 175

    def getProperty(self, name: str) -> object:  # noqa: N802 (pyttsx3's name)
        """The `voices`, or the `voice` or `rate` of the next utterance; raises KeyError for others."""
        if name == "voices":
            return self._voices()
        return {"voice": self._voice, "rate": self._rate}[name]

    def setProperty(self, name: str, value: Any) -> None:  # noqa: N802 (pyttsx3's name)
        """Set the `voice` or `rate` of the next utterance; raises KeyError for others, and for a voice not listed."""
        if name == "voice":
            if value not in self._listed:
                raise KeyError(value)
            self._voice = value
        elif name == "rate":
            self._rate = int(value)
        else:
            raise KeyError(name)

    def save_to_file(self, text: str, filename: str) -> None:
        """Speak `text` into a WAV file: mono, 16 bit; raises SpeechError and OSError."""
        samples = self._espeak.synthesize(text, self._listed[self._voice].identifier, self._rate)
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._espeak.sample_rate)
            file.writeframes(samples)
        self._proxy.notify("finished-utterance", completed=True)

    def startLoop(self) -> None:  # noqa: N802 (pyttsx3's name)
        """Carry out what is queued: every command ends before it returns, so there is nothing to wait for."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 (pyttsx3's name)
        """The loop has ended by itself."""

    def stop(self) -> None:
        """Nothing speaks while anyone could call this."""

    def destroy(self) -> None:
        """The library stays: espeak cannot be initialised twice in a process."""

    def _voices(self) -> list[Any]:
        from pyttsx3.voice import Voice  # noqa: PLC0415 (pyttsx3 loads the driver, not the other way round)

        return [
            Voice(voice_id, voice.name, list(voice.languages), voice.gender)
            for voice_id, voice in self._listed.items()
        ]


def _by_id(voices: list[EspeakVoice]) -> dict[str, EspeakVoice]:
    listed: dict[str, EspeakVoice] = {}
    for voice in voices:
        tag = voice.languages[0]
        listed[tag if tag not in listed else voice.identifier.rpartition("/")[2].lower()] = voice
    return listed
