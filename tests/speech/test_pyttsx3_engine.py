"""The default engine: espeak-ng from a wheel on Linux, system drivers elsewhere; what it says it has said."""

from __future__ import annotations

import itertools
import os
import re
import struct
import subprocess
import sys
import wave
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from voiceguide.errors import Problem, SpeechError
from voiceguide.speech.engine import Engine, VoiceInfo, choose_voice
from voiceguide.speech.espeak_data import LONGEST_PATH, short_path
from voiceguide.speech.pyttsx3_engine import Pyttsx3Engine

linux = pytest.mark.skipif(sys.platform != "linux", reason="espeak-ng is the engine on Linux")


@linux
def test_the_voices_have_american_english_under_its_language(engine: Engine) -> None:
    voices = {voice.id: voice for voice in engine.voices()}
    assert voices["en-us"].name == "English (America)"
    assert voices["en-us"].languages == ("en-us", "en")


@linux
def test_no_two_voices_share_an_id(engine: Engine) -> None:
    ids = [voice.id for voice in engine.voices()]
    assert len(ids) == len(set(ids)) > 100


@linux
@pytest.mark.parametrize(
    ("language", "voice"), [("en", "en-us"), ("en-GB", "en-gb"), ("de", "de"), ("es", "es"), ("fr", "fr-fr")]
)
def test_a_language_has_its_usual_voice(engine: Engine, language: str, voice: str) -> None:
    assert choose_voice(engine, None, language).id == voice


def test_german_sounds_different(engine: Engine, english: VoiceInfo) -> None:
    german = choose_voice(engine, None, "de")
    lengths = [len(engine.synthesize("sechs", voice, 150).samples) for voice in (english, german)]
    assert abs(lengths[0] - lengths[1]) > 500


@linux
def test_the_identity_names_engine_library_and_driver(engine: Engine) -> None:
    assert re.fullmatch(r"pyttsx3 [\d.]+, espeak-ng [\d.]+ driver \d+", engine.identity)


@linux
def test_an_unknown_voice_fails_and_the_next_utterance_does_not(engine: Engine, english: VoiceInfo) -> None:
    with pytest.raises(SpeechError) as raised:
        engine.synthesize("three", VoiceInfo("nobody", "Nobody", ()), 150)
    assert raised.value.problems[0].kind == "speech-failed"
    assert len(engine.synthesize("three", english, 150).samples)


@linux
def test_ctrl_c_inside_the_library_is_not_lost(
    engine: Engine, english: VoiceInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    from voiceguide.speech.espeak_library import espeak  # noqa: PLC0415 (Linux only)

    class Interrupted(list[bytes]):
        def append(self, _piece: bytes) -> None:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(espeak(), "_pieces", Interrupted())
        with pytest.raises(KeyboardInterrupt):
            engine.synthesize("three", english, 150)
    assert len(engine.synthesize("three", english, 150).samples)


@linux
def test_it_speaks_from_a_folder_whose_path_is_too_long_for_espeak(tmp_path: Path) -> None:
    import espeakng_loader  # noqa: PLC0415 (Linux only)

    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    (deep / "espeakng_loader").symlink_to(Path(espeakng_loader.__file__).parent)
    program = (
        "import espeakng_loader\n"
        "from voiceguide.speech.espeak_library import espeak\n"
        "print(len(espeakng_loader.get_data_path()) > 200, len(espeak().synthesize('three', 'gmw/en-US', 150)) > 9000)"
    )
    path = os.pathsep.join([str(deep), *filter(None, sys.path)])
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.stdout, result.stderr) == ("True True\n", "")


def test_a_short_path_is_used_as_it_is() -> None:
    assert short_path(Path("/usr/share/espeak")) == Path("/usr/share/espeak")


@pytest.mark.skipif(os.name != "posix", reason="links need no privilege on POSIX only")
def test_a_long_path_is_reached_through_a_short_one(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 200)
    deep.mkdir()
    (deep / "phontab").write_text("data")
    short = short_path(deep)
    assert len(os.fsencode(short)) <= LONGEST_PATH
    assert (short / "phontab").read_text() == "data"


class WritingDriver:
    """A pyttsx3 driver that does with the file what the test says, in place of a system's own."""

    def __init__(self, proxy: Any, write: Any) -> None:
        self._proxy = proxy
        self._write = write

    def getProperty(self, name: str) -> object:  # noqa: N802 (pyttsx3's name)
        return [] if name == "voices" else None

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802 (pyttsx3's name)
        pass

    def save_to_file(self, text: str, filename: str) -> None:
        self._write(text, Path(filename))

    def startLoop(self) -> None:  # noqa: N802 (pyttsx3's name)
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 (pyttsx3's name)
        pass

    def stop(self) -> None:
        pass

    def destroy(self) -> None:
        pass


VOICE = VoiceInfo("v", "V", ())
_NUMBERS = itertools.count()
SAMPLES = np.arange(1000, dtype=np.int16)


def system_engine(
    monkeypatch: pytest.MonkeyPatch, write: Any, sleep: Any = lambda _seconds: None, *, commands: bool = False
) -> Pyttsx3Engine:
    # pyttsx3 gives the same engine for the same name while anything still holds it.
    name = f"writing_{next(_NUMBERS)}"
    module = ModuleType(f"pyttsx3.drivers.{name}")
    vars(module)["buildDriver"] = lambda proxy: WritingDriver(proxy, write)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return Pyttsx3Engine(
        name, "a driver of the test's", suffix=".sound", takes_commands=commands, sleep=sleep
    )


def wav(path: Path, channels: int = 1) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.repeat(SAMPLES, channels).astype("<i2").tobytes())


def aiff(path: Path, compression: bytes = b"", order: str = ">i2") -> None:
    """A file as macOS writes it; 22050 Hz as an 80-bit float is 400D AC44 0000 0000 0000."""
    common = struct.pack(">hIh", 1, len(SAMPLES), 16) + bytes.fromhex("400dac44000000000000")
    if compression:
        common += compression + b"\0\0"
    sound = struct.pack(">II", 0, 0) + SAMPLES.astype(order).tobytes()
    chunks = b"".join(
        name + struct.pack(">I", len(body)) + body
        for name, body in ((b"FVER", b"\xa2\x80\x51\x40"), (b"COMM", common), (b"SSND", sound))
    )
    kind = b"AIFC" if compression else b"AIFF"
    path.write_bytes(b"FORM" + struct.pack(">I", len(chunks) + 4) + kind + chunks)


def test_a_driver_s_wav_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pcm = system_engine(monkeypatch, lambda _text, path: wav(path)).synthesize("hi", VOICE, 150)
    assert (pcm.rate, pcm.samples.tolist()) == (16_000, SAMPLES.tolist())


def test_a_driver_s_stereo_becomes_mono(monkeypatch: pytest.MonkeyPatch) -> None:
    pcm = system_engine(monkeypatch, lambda _text, path: wav(path, channels=2)).synthesize("hi", VOICE, 150)
    assert pcm.samples.tolist() == SAMPLES.tolist()


@pytest.mark.parametrize(("compression", "order"), [(b"", ">i2"), (b"NONE", ">i2"), (b"sowt", "<i2")])
def test_a_driver_s_aiff_is_read(monkeypatch: pytest.MonkeyPatch, compression: bytes, order: str) -> None:
    engine = system_engine(monkeypatch, lambda _text, path: aiff(path, compression, order))
    pcm = engine.synthesize("hi", VOICE, 150)
    assert (pcm.rate, pcm.samples.tolist()) == (22_050, SAMPLES.tolist())


def test_a_file_that_is_finished_late_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def begin(_text: str, path: Path) -> None:
        written.append(path)
        path.write_bytes(b"FORM")

    engine = system_engine(monkeypatch, begin, sleep=lambda _seconds: aiff(written[0]))
    assert len(engine.synthesize("hi", VOICE, 150).samples) == len(SAMPLES)


def test_a_system_s_engine_gets_no_text_that_it_would_obey(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def listen(text: str, path: Path) -> None:
        told.append(text)
        wav(path)

    engine = system_engine(monkeypatch, listen, commands=True)
    engine.synthesize("<b>loud</b> [[slnc 5000]]", VOICE, 150)
    assert told == ["‹b>loud‹/b> [ [slnc 5000]]"]


def failure(engine: Pyttsx3Engine, text: str = "hi") -> Problem:
    with pytest.raises(SpeechError) as raised:
        engine.synthesize(text, VOICE, 150)
    (problem,) = raised.value.problems
    return problem


def test_a_driver_that_writes_no_file_has_not_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = failure(system_engine(monkeypatch, lambda _text, _path: None))
    assert problem.kind == "speech-failed"
    assert "No such file" in problem.message


def test_a_driver_that_writes_an_empty_sound_has_not_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    def empty(_text: str, path: Path) -> None:
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))

    message = "the speech engine 'pyttsx3' did not speak 'hi': an empty file"
    assert failure(system_engine(monkeypatch, empty)) == Problem("speech-failed", message)


def test_a_driver_s_exception_is_told_and_a_long_text_is_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_text: str, _path: Path) -> None:
        raise RuntimeError("no voice today")

    message = f"the speech engine 'pyttsx3' did not speak '{'hi ' * 19}hi…': no voice today"
    assert failure(system_engine(monkeypatch, refuse), "hi " * 500) == Problem("speech-failed", message)


def test_a_driver_that_cannot_start_is_told() -> None:
    with pytest.raises(SpeechError) as raised:
        Pyttsx3Engine("no_such_driver", "none", suffix=".wav")
    assert raised.value.problems[0].kind == "engine-failed"


@pytest.mark.parametrize("kept", [0, 3, 11, 30, 60, -1])
def test_a_cut_aiff_has_not_been_spoken(monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    def cut(_text: str, path: Path) -> None:
        aiff(path)
        path.write_bytes(path.read_bytes()[:kept])

    assert failure(system_engine(monkeypatch, cut)).kind == "speech-failed"


def test_samples_of_another_kind_are_not_taken_for_16_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    message = "the speech engine 'pyttsx3' did not speak 'hi': not 16-bit PCM"
    engine = system_engine(monkeypatch, lambda _text, path: aiff(path, b"fl32"))
    assert failure(engine) == Problem("speech-failed", message)
