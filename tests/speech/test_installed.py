"""The version of an installed library is that which `importlib.metadata` gives, in less time."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import pytest

from voiceguide.speech.installed import installed_version

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["pyttsx3", "piper-tts", "PyYAML", "voiceguide"])
def test_a_library_has_the_version_that_its_metadata_gives(name: str) -> None:
    assert installed_version(name) == version(name)


def test_the_first_folder_of_the_path_goes_before_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyttsx3-0.7.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert installed_version("pyttsx3") == "0.7"


def test_what_a_failed_update_left_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for left in ("pyttsx3-0.7.dist-info", "pyttsx3-0.8.dist-info"):
        (tmp_path / left).mkdir()
    known = version("pyttsx3")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert installed_version("pyttsx3") == known


def test_a_path_that_is_no_folder_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path / "gone.zip"), *sys.path])
    assert installed_version("pyttsx3") == version("pyttsx3")


def test_what_is_not_installed_has_no_version() -> None:
    with pytest.raises(PackageNotFoundError):
        installed_version("no-such-library")
