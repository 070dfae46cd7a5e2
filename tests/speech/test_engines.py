"""Engines are opened by name, and every engine keeps the promises of `Engine`."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.speech.odd_engine import install_odd_engine
from tests.speech.tone_voice import write_tone_voice
from voiceguide.audio.mixer import TOLERANCE_MS
from voiceguide.errors import Problem, RequestError
from voiceguide.speech.engine import Engine, choose_voice
from voiceguide.speech.engines import GROUP, OWN, engine_names, load_engine, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["pyttsx3", "piper", "pyttsx3 apart", "piper apart", "odd apart"])
def any_engine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    name, apart, _ = request.param.partition(" apart")
    if name == "piper":
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        write_tone_voice(tmp_path / "voiceguide" / "voices")
    elif name == "odd":
        speak = "return self.sound(0.06 * len(text) * 150 / rate)"
        monkeypatch.syspath_prepend(install_odd_engine(tmp_path, speak))
    engine: Engine = open_engine(name) if apart else load_engine(name)
    assert engine.name == name
    yield engine
    engine.close()


def seconds(engine: Engine, text: str, rate: int = 150) -> float:
    pcm = engine.synthesize(text, choose_voice(engine, None, "en"), rate)
    return len(pcm.samples) / pcm.rate


def test_both_engines_are_known() -> None:
    assert {"piper", "pyttsx3"} <= set(engine_names())


def test_our_own_engines_are_found_by_the_entry_points_that_the_package_declares() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]
    assert project["entry-points"][GROUP] == OWN


def test_an_engine_of_another_package_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(install_odd_engine(tmp_path))
    assert "odd" in engine_names()
    engine = open_engine("Odd")
    assert engine.identity == "odd 1"
    engine.close()


def test_an_unknown_engine_is_answered_with_one_of_a_name_near_it() -> None:
    with pytest.raises(RequestError) as raised:
        open_engine("pytsx3")
    assert raised.value.problems == (
        Problem("unknown-engine", "there is no speech engine 'pytsx3'", hint="did you mean 'pyttsx3'?"),
    )


def test_an_engine_that_is_not_installed_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    with pytest.raises(RequestError) as raised:
        open_engine("piper")
    assert raised.value.problems == (
        Problem(
            "engine-extra",
            "the speech engine 'piper' is not installed",
            hint="`pip install 'voiceguide[piper]'` brings it",
        ),
    )


def test_speech_is_mono_16_bit_and_audible(any_engine: Engine) -> None:
    pcm = any_engine.synthesize("three", choose_voice(any_engine, None, "en"), 150)
    assert pcm.samples.dtype == np.int16
    assert pcm.samples.ndim == 1
    assert np.abs(pcm.samples.astype(np.int32)).max() > 3_000
    assert pcm.rate >= 16_000


def test_twice_the_rate_takes_half_the_time(any_engine: Engine) -> None:
    sentence = "Lie down on your back and bend both knees."
    assert seconds(any_engine, sentence, 200) / seconds(any_engine, sentence, 100) == pytest.approx(
        0.5, abs=0.08
    )


def test_one_text_lasts_the_same_each_time_to_what_the_mixer_allows(any_engine: Engine) -> None:
    lengths = [seconds(any_engine, "Hold for thirty seconds.") for _ in range(5)]
    assert max(lengths) - min(lengths) < TOLERANCE_MS / 1_000


def test_angle_brackets_are_not_markup(any_engine: Engine) -> None:
    assert seconds(any_engine, "<b>hello</b>") > 1.5 * seconds(any_engine, "hello")


def test_square_brackets_are_not_phonemes(any_engine: Engine) -> None:
    """As phonemes this is one word of two syllables, as text it is spelt."""
    assert seconds(any_engine, "[[h@l'oU]]") > 1.2 * seconds(any_engine, "hello")


def test_control_characters_neither_end_nor_change_the_text(any_engine: Engine) -> None:
    plain = seconds(any_engine, "hello   there")
    assert seconds(any_engine, "hello\0 \x01there") == pytest.approx(plain, rel=0.02)


def test_a_text_of_5000_characters_is_spoken_whole(any_engine: Engine) -> None:
    sentence = "Breathe in. "
    once = seconds(any_engine, sentence * 20)
    assert seconds(any_engine, sentence * 420) == pytest.approx(21 * once, rel=0.05)


def test_an_engine_can_be_open_twice_in_one_process() -> None:
    first, second = open_engine("pyttsx3"), open_engine("pyttsx3")
    before = seconds(second, "three")
    first.close()
    assert seconds(second, "three") == pytest.approx(before, abs=0.01)
    second.close()


def test_nothing_is_printed(any_engine: Engine, capfd: pytest.CaptureFixture[str]) -> None:
    seconds(any_engine, "three")
    assert capfd.readouterr() == ("", "")
