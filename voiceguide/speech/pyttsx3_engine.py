"""The engine pyttsx3: espeak-ng through our own driver on Linux, the system's voices on macOS and Windows."""

from __future__ import annotations

import contextlib
import sys
import tempfile
import threading
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.errors import SpeechError
from voiceguide.speech.engine import Pcm, VoiceInfo, language_tag, shown
from voiceguide.speech.installed import installed_version
from voiceguide.speech.sound_file import read_sound
from voiceguide.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.speech.engine import Spoken

NAME = "pyttsx3"
DEFAULT_RATE = 150

# pyttsx3 and the libraries below it serve one utterance at a time in a process.
_ONE_AT_A_TIME = threading.Lock()
_WAIT_SECONDS = 10.0
_POLL_SECONDS = 0.02


def open_engine() -> Pyttsx3Engine:
    """The engine with this system's driver; raises SpeechError `engine-failed` when there is none that starts."""
    if sys.platform == "linux":
        from voiceguide.speech import espeak_driver, espeak_library  # noqa: PLC0415 (Linux only)

        library = espeak_library.espeak().version
        identity = f"espeak-ng {library} driver {espeak_driver.VERSION}"
        return Pyttsx3Engine(espeak_driver.register(), identity, suffix=".wav")
    import platform  # noqa: PLC0415 (what a start imports is waited for)

    suffix = ".aiff" if sys.platform == "darwin" else ".wav"
    return Pyttsx3Engine(
        None, f"voices of {platform.platform(terse=True)}", suffix=suffix, takes_commands=True
    )


class Pyttsx3Engine:
    """An `Engine` that has a pyttsx3 driver write each utterance to a file, and checks that it did.

    `driver` is the name of a pyttsx3 driver (None: the system's own), `identity` says what it speaks with, `suffix` what
    kind of file it writes, `takes_commands` that it would obey `[[…]]` and `<…>` in a text. A file
    that is not whole when the driver is done is waited for; `sleep` takes seconds.
    """

    name = NAME
    default_rate = DEFAULT_RATE

    def __init__(
        self,
        driver: str | None,
        identity: str,
        *,
        suffix: str,
        takes_commands: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._speaks_with = identity
        self._suffix = suffix
        self._sleep = sleep
        self._engine = _start(driver)
        self._takes_commands = takes_commands
        self._errors: list[BaseException] = []
        self._token = self._engine.connect("error", self._on_error)
        self._voices: tuple[VoiceInfo, ...] | None = None

    @cached_property
    def identity(self) -> str:
        """pyttsx3, and what it speaks with, with their versions."""
        return f"{NAME} {installed_version(NAME)}, {self._speaks_with}"

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The driver's voices, its default first."""
        if self._voices is None:
            default = self._engine.getProperty("voice")
            found = [_voice_info(voice) for voice in self._engine.getProperty("voices")]
            self._voices = tuple(sorted(found, key=lambda voice: voice.id != default))
        return self._voices

    def find_voice(self, wanted: str) -> VoiceInfo | None:  # noqa: ARG002 (every voice is listed)
        """None: the driver lists all that it has."""
        return None

    def synthesize(self, text: str, voice: VoiceInfo, rate: int) -> Pcm:
        """`text` as 16-bit samples; raises SpeechError `speech-failed`."""
        import numpy as np  # noqa: PLC0415 (slow, and what speaks for us takes the bytes)

        spoken = self.synthesize_bytes(text, voice, rate)
        return Pcm(np.frombuffer(spoken.data, dtype=np.int16), spoken.rate)

    def synthesize_bytes(self, text: str, voice: VoiceInfo, rate: int) -> Spoken:
        """The same as bytes."""
        # Two utterances never share a file: a driver that fails cannot leave us the last one's.
        with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="voiceguide-") as folder:
            path = Path(folder) / f"speech{self._suffix}"
            self._errors.clear()
            self._run(self._unmarked(text), voice, rate, path)
            if self._errors:
                raise _failed(text, self._errors[0]) from self._errors[0]
            return self._read(text, path)

    def close(self) -> None:
        """Let go of pyttsx3; the library below it stays with the process."""
        self._engine.disconnect(self._token)

    def _run(self, text: str, voice: VoiceInfo, rate: int, path: Path) -> None:
        try:
            self._engine.setProperty("voice", voice.id)
            self._engine.setProperty("rate", rate)
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
        except BaseException:
            # Ctrl-C leaves pyttsx3 "in its loop", and every later call would be refused.
            with contextlib.suppress(RuntimeError):
                self._engine.endLoop()
            raise

    def _read(self, text: str, path: Path) -> Spoken:
        """The file, once it is whole: some drivers are still writing when they say they are done."""
        waited = 0.0
        while True:
            try:
                spoken = read_sound(path)
            except (OSError, ValueError) as error:
                if waited >= _WAIT_SECONDS:
                    raise _failed(text, error) from error
            else:
                if spoken.data:
                    return spoken
                if waited >= _WAIT_SECONDS:
                    raise _failed(text, ValueError("an empty file"))
            self._sleep(_POLL_SECONDS)
            waited += _POLL_SECONDS

    def _unmarked(self, text: str) -> str:
        """The text without what a system's engine takes for commands: macOS `[[…]]`, Windows `<…>` at the start."""
        if not self._takes_commands:
            return text
        return text.replace("[[", "[ [").replace("<", "‹")

    def _on_error(self, name: object, exception: BaseException) -> None:  # noqa: ARG002 (pyttsx3 passes it by name)
        self._errors.append(exception)


def _start(driver: str | None) -> Any:
    import pyttsx3  # noqa: PLC0415 (it loads the system's speech libraries)

    try:
        return pyttsx3.init(driver)
    except SpeechError:
        raise
    except Exception as error:  # a driver's start may fail in any of its libraries' ways
        raise SpeechError(problem("engine-failed", engine=NAME, reason=error)) from error


def _voice_info(voice: Any) -> VoiceInfo:
    languages = [
        tag.decode("ascii", "replace") if isinstance(tag, bytes) else str(tag) for tag in voice.languages
    ]
    gender = (voice.gender or "").lower().removeprefix("voicegender") or None
    return VoiceInfo(voice.id, voice.name, tuple(language_tag(tag) for tag in languages if tag), gender)


def _failed(text: str, error: BaseException) -> SpeechError:
    if isinstance(error, SpeechError):
        return error
    return SpeechError(problem("speech-failed", engine=NAME, text=shown(text), reason=error))
