"""The engine piper, of the extra `voiceguide[piper]`: neural voices from local files."""

from __future__ import annotations

import json
import os
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.errors import RequestError, SpeechError
from voiceguide.speech.engine import Pcm, VoiceInfo, language_tag, shown, without_controls
from voiceguide.speech.espeak_data import short_path
from voiceguide.speech.installed import installed_version
from voiceguide.wording import problem

if TYPE_CHECKING:
    from voiceguide.errors import Problem

NAME = "piper"
DEFAULT_RATE = 150
NATURAL_RATE = 160
"""Words a minute at a voice's own `length_scale`, as a convention: voices keep the pace of the recordings they learnt
from, and LJ Speech, a usual one, has 225,715 words in 23:55 h, which is 157."""
_MODEL = ".onnx"


def open_engine() -> PiperEngine:
    """The engine with the voices of the user's data folder; RequestError `engine-extra` where piper is not installed."""
    try:
        import piper  # noqa: F401, PLC0415 (an extra: whether it loads is the question)
    except ImportError as error:
        raise RequestError(problem("engine-extra", engine=NAME, extra=NAME)) from error
    return open_unloaded()


def open_unloaded() -> PiperEngine:
    """The same for telling voices only: its library, which takes long, is not loaded before it speaks."""
    import platformdirs  # noqa: PLC0415 (opening this engine is all that needs it)

    return PiperEngine(platformdirs.user_data_path("voiceguide", appauthor=False) / "voices")


class PiperEngine:
    """An `Engine` of the Piper voices in `folder`, and of any other file that is named by its path.

    A voice is NAME.onnx with NAME.onnx.json beside it. A rate divides the voice's own `length_scale` by its
    relation to `NATURAL_RATE`. The voice used last stays loaded.
    """

    name = NAME
    default_rate = DEFAULT_RATE

    def __init__(self, folder: Path) -> None:
        if find_spec("piper") is None:
            raise RequestError(problem("engine-extra", engine=NAME, extra=NAME))
        self._folder = folder
        self._loaded: tuple[VoiceInfo, Any] | None = None

    @cached_property
    def identity(self) -> str:
        """The library with its version."""
        return f"piper-tts {installed_version('piper-tts')}"

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices in the folder by name, but for those whose description cannot be read."""
        found = []
        for path in sorted(self._folder.glob(f"*{_MODEL}")):
            try:
                found.append(_voice_info(path, path.name.removesuffix(_MODEL)))
            except RequestError:  # naming it by its path says what is wrong
                continue
        return tuple(found)

    def find_voice(self, wanted: str) -> VoiceInfo | None:
        """The voice in the file `wanted`, if that is a path.

        Raises RequestError `no-voice-file`, `no-voice-config` or `bad-voice-file`.
        """
        path = Path(os.path.expanduser(wanted))  # noqa: PTH111 (the other way raises where nobody has such a home)
        if not wanted.endswith(_MODEL) and not path.is_file():
            return None
        return _voice_info(path, str(path.absolute()))

    def synthesize(self, text: str, voice: VoiceInfo, rate: int) -> Pcm:
        """`text` as 16-bit samples; raises SpeechError `bad-voice-file`, `speech-failed` or `silent-text`."""
        import numpy as np  # noqa: PLC0415 (listing voices needs none)
        from piper import SynthesisConfig  # noqa: PLC0415 (an extra, and slow to load)

        model = self._model(voice)
        pace = SynthesisConfig(length_scale=model.config.length_scale * NATURAL_RATE / rate)
        # Piper reads [[…]] as phonemes.
        spoken = without_controls(text).replace("[[", "[ [")
        try:
            pieces = [chunk.audio_int16_array for chunk in model.synthesize(spoken, pace)]
        except Exception as error:  # whatever the voice's graph or its table of phonemes leads to
            raise SpeechError(
                problem("speech-failed", engine=NAME, text=shown(text), reason=_first_line(error))
            ) from error
        samples = np.concatenate([np.zeros(0, dtype=np.int16), *(piece.ravel() for piece in pieces)])
        if not len(samples):
            raise SpeechError(problem("silent-text", voice=voice.id, text=shown(text)))
        return Pcm(samples, model.config.sample_rate)

    def close(self) -> None:
        """Let go of the loaded voice."""
        self._loaded = None

    def _model(self, voice: VoiceInfo) -> Any:
        if self._loaded is None or self._loaded[0] != voice:
            self._loaded = (voice, _load(self._path(voice)))
        return self._loaded[1]

    def _path(self, voice: VoiceInfo) -> Path:
        return Path(voice.id) if voice.id.endswith(_MODEL) else self._folder / f"{voice.id}{_MODEL}"


def _voice_info(path: Path, voice_id: str) -> VoiceInfo:
    config = Path(f"{path}.json")
    try:
        model_status = path.stat()
    except OSError as error:
        raise RequestError(problem("no-voice-file", path=path)) from error
    try:
        config_status = config.stat()
        described = json.loads(config.read_bytes())
        language = described.get("language", {}).get("code") or described["espeak"]["voice"]
    except FileNotFoundError as error:
        raise RequestError(problem("no-voice-config", path=path, config=config.name)) from error
    except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise RequestError(_unusable(path, error)) from error
    fingerprint = "-".join(
        str(part) for status in (model_status, config_status) for part in (status.st_size, status.st_mtime_ns)
    )
    name = path.name.removesuffix(_MODEL)
    return VoiceInfo(voice_id, name, (language_tag(str(language)),), None, fingerprint)


def _load(path: Path) -> Any:
    from piper import PiperVoice  # noqa: PLC0415 (an extra, and slow to load)
    from piper.phonemize_espeak import ESPEAK_DATA_DIR  # noqa: PLC0415 (as above)

    try:
        # Its espeak ends the whole process when it cannot read its data.
        data = short_path(ESPEAK_DATA_DIR) if os.name == "posix" else ESPEAK_DATA_DIR
        return PiperVoice.load(path, espeak_data_dir=data)
    except Exception as error:  # the runtime and the description each fail in their own ways
        raise SpeechError(_unusable(path, error)) from error


def _unusable(path: Path, error: Exception) -> Problem:
    return problem("bad-voice-file", path=path, reason=_first_line(error))


def _first_line(error: Exception) -> str:
    reason = str(error).strip() or type(error).__name__
    return f"{reason.splitlines()[0]} is missing" if isinstance(error, KeyError) else reason.splitlines()[0]
