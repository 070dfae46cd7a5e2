"""The parts of an MP3: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.audio.support import short_session
from voiceguide.audio.encode import write_audio
from voiceguide.cli.many import parts
from voiceguide.cli.many.beside import put
from voiceguide.errors import OutputError
from voiceguide.wording import problem

if TYPE_CHECKING:
    from pathlib import Path


def test_where_one_cannot_be_written_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    timeline, mixer = short_session()
    path = tmp_path / "01 Short.mp3"
    write_audio(mixer, timeline, path)

    def full(file: Path, data: bytes) -> Any:
        if file.suffix == ".m3u8":
            raise OutputError(problem("unwritable", path=file, reason="no space left on device"))
        return put(file, data)

    assert len(list(parts.write_parts(path, timeline))) > 3
    monkeypatch.setattr(parts, "put", full)
    with pytest.raises(OutputError):
        list(parts.write_parts(path, timeline))
    (tmp_path / "01 Short" / "cover.png").unlink()
    (tmp_path / "01 Short" / "01 Short.m3u8").unlink()
    (tmp_path / "01 Short").rmdir()
    assert list(tmp_path.iterdir()) == [path]
