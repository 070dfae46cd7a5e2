"""The espeak-ng library that the `espeakng-loader` wheel carries, called without a process or a sound device.

Constants and structures are those of espeak-ng 1.52, `speak_lib.h`.
"""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voiceguide.errors import SpeechError
from voiceguide.speech.engine import shown, without_controls
from voiceguide.speech.espeak_data import short_path
from voiceguide.speech.uninterrupted import uninterrupted
from voiceguide.wording import problem

_AUDIO_OUTPUT_SYNCHRONOUS = 2
_INITIALIZE_DONT_EXIT = 0x8000
_CHARS_UTF8 = 1  # without the flags for SSML (0x10) and phonemes (0x100), text is text
_POS_CHARACTER = 1
_PARAMETER_RATE = 1
_OK = 0

# espeak varies pitch a little at random; from one seed, the same phrases in the same order sound the same.
_SEED = 1

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


@dataclass(frozen=True)
class EspeakVoice:
    """A voice as the library lists it; `identifier` (`gmw/en-US`) selects it, `languages` has the main one first."""

    identifier: str
    name: str
    languages: tuple[str, ...]
    gender: str | None


class Espeak:
    """The library, initialised; there is one a process, for one thread at a time."""

    def __init__(self, library: ctypes.CDLL, sample_rate: int) -> None:
        self._library = library
        self.sample_rate = sample_rate
        self._pieces: list[bytes] = []
        self._interruption: BaseException | None = None
        # The library calls it as long as the process lives: it must not be collected.
        self._callback = _Callback(self._receive)
        library.espeak_SetSynthCallback(self._callback)

    @property
    def version(self) -> str:
        """The library's own version, such as 1.52.0."""
        info: bytes = self._library.espeak_Info(None)
        return info.decode("ascii", "replace").split()[0]

    def voices(self) -> list[EspeakVoice]:
        """The voices of the data that came with the library."""
        listed = self._library.espeak_ListVoices(None)
        found = []
        index = 0
        while listed[index]:
            voice = listed[index].contents
            found.append(
                EspeakVoice(
                    voice.identifier.decode(),
                    voice.name.decode(),
                    _languages(voice.languages),
                    {1: "male", 2: "female"}.get(voice.gender),
                )
            )
            index += 1
        return found

    def synthesize(self, text: str, identifier: str, rate: int) -> bytes:
        """Mono 16-bit samples of `text` at `sample_rate`, spoken by the voice at `rate` words a minute.

        Raises SpeechError `speech-failed` when the library refuses the voice, the rate or the text.
        """
        self._check(text, self._library.espeak_SetVoiceByName(identifier.encode()), f"voice {identifier}")
        self._check(text, self._library.espeak_SetParameter(_PARAMETER_RATE, rate, 0), f"rate {rate}")
        spoken = without_controls(text).encode("utf-8", "replace")
        self._pieces.clear()
        self._interruption = None
        with uninterrupted():
            outcome = self._library.espeak_Synth(
                spoken, len(spoken) + 1, 0, _POS_CHARACTER, 0, _CHARS_UTF8, None, None
            )
        if self._interruption is not None:
            raise self._interruption
        self._check(text, outcome, "text")
        samples = b"".join(self._pieces)
        self._pieces.clear()
        return samples

    def _receive(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int | None) -> int:
        # ctypes would drop an exception.
        try:
            if samples and count > 0:
                self._pieces.append(ctypes.string_at(samples, count * 2))
        except BaseException as error:  # raised again as soon as the library has returned
            self._interruption = error
            return 1
        return 0

    def _check(self, text: str, outcome: int, what: str) -> None:
        if outcome != _OK:
            reason = f"espeak answers {outcome} to the {what}"
            raise SpeechError(problem("speech-failed", engine="espeak", text=shown(text), reason=reason))


@cache
def espeak() -> Espeak:
    """The library, loaded and initialised once a process; raises SpeechError `engine-failed`."""
    import espeakng_loader  # noqa: PLC0415 (a wheel for Linux only)

    try:
        library = _declared(ctypes.CDLL(espeakng_loader.get_library_path()))
        data = short_path(Path(espeakng_loader.get_data_path()))
    except (OSError, RuntimeError) as error:
        raise _failed(str(error)) from error
    sample_rate = library.espeak_Initialize(
        _AUDIO_OUTPUT_SYNCHRONOUS, 0, os.fsencode(data), _INITIALIZE_DONT_EXIT
    )
    if sample_rate <= 0:
        raise _failed(f"espeak cannot read its data in {data}")
    library.espeak_ng_SetRandSeed(_SEED)
    return Espeak(library, sample_rate)


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    library.espeak_Info.argtypes = [ctypes.c_void_p]
    library.espeak_Info.restype = ctypes.c_char_p
    library.espeak_ListVoices.argtypes = [ctypes.c_void_p]
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
    library.espeak_SetSynthCallback.argtypes = [_Callback]
    library.espeak_SetSynthCallback.restype = None
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    library.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
    return library


def _languages(address: int) -> tuple[str, ...]:
    """The tags of a voice, main one first: each is a byte of priority and a zero-ended name; a zero byte ends the list."""
    tags = []
    while ctypes.string_at(address, 1) != b"\0":
        name = ctypes.string_at(address + 1)
        tags.append(name.decode().lower())
        address += len(name) + 2
    return tuple(tags)


def _failed(reason: str) -> SpeechError:
    return SpeechError(problem("engine-failed", engine="espeak", reason=reason))
