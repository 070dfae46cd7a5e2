"""The token: nobody can guess it, nobody else reads it, and it stays."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.serving.token import FILE_NAME, kept_token

if TYPE_CHECKING:
    from pathlib import Path


def test_a_token_has_128_bits(tmp_path: Path) -> None:
    assert len(kept_token(tmp_path, new=False)) == 22
    assert kept_token(tmp_path / "one", new=False) != kept_token(tmp_path / "other", new=False)


def test_a_token_stays(tmp_path: Path) -> None:
    """A subscription and an icon on the home screen last as long as their address."""
    assert kept_token(tmp_path / "data", new=False) == kept_token(tmp_path / "data", new=False)


def test_a_new_one_takes_its_place(tmp_path: Path) -> None:
    old, new = kept_token(tmp_path, new=False), kept_token(tmp_path, new=True)
    assert old != new
    assert kept_token(tmp_path, new=False) == new


@pytest.mark.skipif(sys.platform == "win32", reason="files there have other rights")
def test_nobody_else_reads_it(tmp_path: Path) -> None:
    kept_token(tmp_path, new=False)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damaged", [b"", b"short\n", b"../../etc\n", b"\xff" * 22, b"u7J0bRrTq1yV5m9oZ2xKeA/x\n"]
)
def test_what_is_no_token_is_replaced(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(damaged)
    token = kept_token(tmp_path, new=False)
    assert len(token) == 22
    assert kept_token(tmp_path, new=False) == token
