"""The default engine, opened once and in this process for the tests that speak with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.speech.engine import Engine, VoiceInfo, choose_voice
from voiceguide.speech.engines import DEFAULT_ENGINE, load_engine

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    engine = load_engine(DEFAULT_ENGINE)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def english(engine: Engine) -> VoiceInfo:
    return choose_voice(engine, None, "en")
