"""A session's tag is made once for each timeline, and kept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.audio.support import short_session
from voiceguide.audio import tag
from voiceguide.audio.cover import draw_cover
from voiceguide.audio.id3 import id3_tag
from voiceguide.audio.tag import session_tag
from voiceguide.store import Store
from voiceguide.timeline import Chapter, Timeline

if TYPE_CHECKING:
    from pathlib import Path

WARM = """
import sys
from pathlib import Path
from tests.audio.support import short_session
from voiceguide.audio.tag import session_tag
from voiceguide.store import Store
session_tag(short_session()[0], Store(Path(sys.argv[1]), ".tag", 1, 1_000_000))
print(*sorted({"PIL", "mutagen"} & set(sys.modules)))
"""


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return Store(tmp_path / "tags", ".tag", 1, 1_000_000)


def timeline() -> Timeline:
    return short_session()[0]


def test_the_tag_is_that_of_the_timeline_with_its_cover() -> None:
    assert session_tag(timeline()) == id3_tag(timeline(), draw_cover(timeline()))


def test_a_kept_tag_is_the_same_bytes(kept: Store) -> None:
    first = session_tag(timeline(), kept)
    assert session_tag(timeline(), kept) == first == session_tag(timeline())
    assert kept.stats()[0] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Morning"},
        {"language": "de"},
        {"duration_ms": 1_000_000},
        {"chapters": (Chapter("Another", 0, 5_000),)},
        {"cues": ()},
        {"spans": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_timeline_has_a_tag_of_its_own(kept: Store, change: dict[str, Any]) -> None:
    session_tag(timeline(), kept)
    other = replace(timeline(), **change)
    assert session_tag(other, kept) == session_tag(other)


def test_another_design_has_a_tag_of_its_own(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    session_tag(timeline(), kept)
    monkeypatch.setattr(tag, "DESIGN", tag.DESIGN + 1)
    session_tag(timeline(), kept)
    assert kept.stats()[0] == 2


def test_a_damaged_tag_is_made_again(kept: Store) -> None:
    session_tag(timeline(), kept)
    (entry,) = kept.folder.glob("*/*.tag")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert session_tag(timeline(), kept) == session_tag(timeline())


def test_a_kept_tag_needs_neither_the_picture_nor_the_tagging_library(kept: Store) -> None:
    session_tag(timeline(), kept)
    done = subprocess.run(
        [sys.executable, "-c", WARM, str(kept.folder)], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == []
