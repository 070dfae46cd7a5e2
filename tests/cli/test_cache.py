"""`voiceguide cache`: what is kept on disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.audio.music.support import noise, wav

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import User


@pytest.fixture
def cache(user: User, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(user.folder / "c"))
    return user.folder / "c" / "voiceguide"


ROUTINE = """\
title: Short
language: en
steps:
  - say: One.
  - say: Two.
"""


def test_it_says_where_it_is_how_much_there_is_and_how_much_there_may_be(user: User, cache: Path) -> None:
    wav(user.folder / "rain.wav", noise(1))
    user.write("short.yaml", ROUTINE)
    assert user.run("render", "short.yaml", "--music", "rain.wav", "-o", "x.mp3").code == 0
    outcome = user.run("cache")
    assert (outcome.code, outcome.err) == (0, "")
    assert re.fullmatch(
        rf"{cache}/clips: \d+ clips, \d\.\d MB \(at most 1000 MB\)\n"
        rf"{cache}/pieces: \d+ pieces?, 0\.\d MB \(at most 500 MB\)\n"
        rf"{cache}/tags: [01] tags?, 0\.\d MB \(at most 50 MB\)\n"
        rf"{cache}/music: 1 track, 0\.0 MB \(at most 0\.1 MB\)\n"
        rf"{cache}/phone/sessions: 0 sessions, 0\.0 MB \(at most 1000 MB\)\n"
        rf"{cache}/phone/list: 0 routines, 0\.0 MB \(at most 20 MB\)\n",
        outcome.out,
    )


def test_it_is_cleared_and_fills_again(user: User, cache: Path) -> None:
    user.write("short.yaml", ROUTINE)
    user.run("render", "short.yaml", "-o", "x.mp3")
    before = user.run("cache").out
    cleared = user.run("cache", "--clear").out
    assert re.findall(r"\d+ \w+, \d\.\d MB \(", cleared) == [
        f"0 {name}, 0.0 MB (" for name in ("clips", "pieces", "tags", "tracks", "sessions", "routines")
    ]
    assert not [path for path in cache.rglob("*") if path.is_file()]
    user.run("render", "short.yaml", "-o", "x.mp3")
    assert user.run("cache").out == before


def test_a_cache_that_cannot_be_written_keeps_nobody_from_speaking(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(user.write("file", "")))
    assert user.run("say", "one", "-o", "x.wav").code == 0
