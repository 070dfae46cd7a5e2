"""The engine piper speaks with any local voice file, and says what is wrong with one that it cannot use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.speech.tone_voice import RATE, SAMPLES_PER_PHONEME, write_tone_voice
from voiceguide.errors import Problem, RequestError, SpeechError
from voiceguide.speech.engine import VoiceInfo, choose_voice
from voiceguide.speech.piper_engine import NATURAL_RATE, PiperEngine
from voiceguide.speech.speaker import Speaker

FRAMING = (
    2 + 2 * 5 + 1
)  # Piper puts a beginning and an end about the text, and a pad after each of five letters


def test_voices_in_the_folder_are_listed_by_name_and_language(tmp_path: Path) -> None:
    write_tone_voice(tmp_path, "en_US-tone-low")
    write_tone_voice(tmp_path, "de_DE-ton-low", "de_DE")
    assert [(voice.id, voice.languages) for voice in PiperEngine(tmp_path).voices()] == [
        ("de_DE-ton-low", ("de-de",)),
        ("en_US-tone-low", ("en-us",)),
    ]


def test_a_listed_voice_speaks(tmp_path: Path) -> None:
    write_tone_voice(tmp_path)
    engine = PiperEngine(tmp_path)
    pcm = engine.synthesize("three", choose_voice(engine, None, "en"), NATURAL_RATE)
    assert (pcm.rate, len(pcm.samples)) == (RATE, FRAMING * SAMPLES_PER_PHONEME)


def test_a_voice_file_anywhere_speaks_by_its_path(tmp_path: Path) -> None:
    path = write_tone_voice(tmp_path / "elsewhere")
    engine = PiperEngine(tmp_path / "none")
    voice = choose_voice(engine, str(path), "en")
    assert voice.id == str(path)
    assert len(engine.synthesize("three", voice, NATURAL_RATE).samples) == FRAMING * SAMPLES_PER_PHONEME


def test_the_rate_divides_the_voice_s_length_scale(tmp_path: Path) -> None:
    write_tone_voice(tmp_path)
    engine = PiperEngine(tmp_path)
    pcm = engine.synthesize("three", engine.voices()[0], NATURAL_RATE * 2)
    assert len(pcm.samples) == pytest.approx(FRAMING * SAMPLES_PER_PHONEME / 2, abs=1)


def test_a_replaced_voice_file_is_another_voice(tmp_path: Path) -> None:
    path = write_tone_voice(tmp_path)
    before = PiperEngine(tmp_path).voices()[0]
    os.utime(path, (1, 1))
    after = PiperEngine(tmp_path).voices()[0]
    assert (before.id, before != after) == (after.id, True)


def test_a_tone_becomes_a_clip_of_its_length(tmp_path: Path) -> None:
    write_tone_voice(tmp_path)
    engine = PiperEngine(tmp_path)
    speaker = Speaker(engine, engine.voices()[0], NATURAL_RATE, None)
    assert speaker.lengths(["three"])["three"] == pytest.approx(FRAMING * 100 + 7, abs=2)


def refusal(engine: PiperEngine, path: Path) -> Problem:
    with pytest.raises(RequestError) as raised:
        choose_voice(engine, str(path), "en")
    (problem,) = raised.value.problems
    return problem


def test_a_missing_voice_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "no.onnx"
    assert refusal(PiperEngine(tmp_path), path) == Problem("no-voice-file", f"there is no voice file {path}")


def test_a_missing_description_is_told(tmp_path: Path) -> None:
    path = write_tone_voice(tmp_path)
    Path(f"{path}.json").unlink()
    assert refusal(PiperEngine(tmp_path), path) == Problem(
        "no-voice-config",
        f"the voice {path} needs the file tone.onnx.json beside it",
        hint="a Piper voice is downloaded as these two files",
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"espeak": 1}', '{"language": 3}', "\udc80"])
def test_an_unreadable_description_is_told(tmp_path: Path, text: str) -> None:
    path = write_tone_voice(tmp_path)
    Path(f"{path}.json").write_text(text, errors="surrogateescape")
    problem = refusal(PiperEngine(tmp_path), path)
    assert problem.kind == "bad-voice-file"
    assert problem.message.startswith(f"the voice {path} cannot be used: ")


def test_a_voice_with_an_unreadable_description_is_not_listed(tmp_path: Path) -> None:
    path = write_tone_voice(tmp_path)
    write_tone_voice(tmp_path, "good")
    Path(f"{path}.json").write_text("{}")
    assert [voice.id for voice in PiperEngine(tmp_path).voices()] == ["good"]


def test_a_name_that_is_no_path_is_an_unknown_voice(tmp_path: Path) -> None:
    write_tone_voice(tmp_path)
    engine = PiperEngine(tmp_path)
    with pytest.raises(RequestError) as raised:
        choose_voice(engine, "tona", "en")
    assert raised.value.problems == (
        Problem(
            "unknown-voice", "the speech engine 'piper' has no voice 'tona'", hint="did you mean 'tone'?"
        ),
    )


def speaking_fails(engine: PiperEngine, voice: VoiceInfo, text: str = "three") -> Problem:
    with pytest.raises(SpeechError) as raised:
        engine.synthesize(text, voice, NATURAL_RATE)
    (problem,) = raised.value.problems
    return problem


def test_a_broken_model_is_told_in_one_line(tmp_path: Path) -> None:
    path = write_tone_voice(tmp_path)
    path.write_bytes(b"not a model")
    engine = PiperEngine(tmp_path)
    problem = speaking_fails(engine, engine.voices()[0])
    assert problem.kind == "bad-voice-file"
    assert problem.message.startswith(f"the voice {path} cannot be used: ")
    assert "\n" not in problem.message


def test_a_description_without_phonemes_is_told(tmp_path: Path) -> None:
    path = write_tone_voice(tmp_path)
    Path(f"{path}.json").write_text('{"espeak": {"voice": "en-us"}}')
    engine = PiperEngine(tmp_path)
    problem = speaking_fails(engine, engine.voices()[0])
    assert problem == Problem("bad-voice-file", f"the voice {path} cannot be used: 'num_symbols' is missing")


def test_a_text_without_phonemes_is_silent(tmp_path: Path) -> None:
    write_tone_voice(tmp_path)
    engine = PiperEngine(tmp_path)
    assert speaking_fails(engine, engine.voices()[0], "").kind == "silent-text"
