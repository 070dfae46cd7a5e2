"""`voiceguide cache`: the speech kept on disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from tests.conftest import User


def test_it_says_where_it_is_how_much_there_is_and_how_much_there_may_be(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(user.folder / "c"))
    user.run("say", "one", "-o", "x.wav")
    user.run("say", "two", "-o", "x.wav")
    outcome = user.run("cache")
    assert (outcome.code, outcome.err) == (0, "")
    assert re.fullmatch(
        rf"{user.folder}/c/voiceguide/clips: 2 clips, 0\.\d MB \(at most 1000 MB\)\n", outcome.out
    )


def test_it_is_cleared_and_fills_again(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(user.folder / "c"))
    user.run("say", "one", "-o", "x.wav")
    assert ": 0 clips, 0.0 MB" in user.run("cache", "--clear").out
    assert user.run("say", "one", "-o", "x.wav").code == 0
    assert ": 1 clip" in user.run("cache").out


def test_a_cache_that_cannot_be_written_keeps_nobody_from_speaking(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(user.write("file", "")))
    assert user.run("say", "one", "-o", "x.wav").code == 0
