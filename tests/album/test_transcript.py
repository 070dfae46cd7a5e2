"""What is said in a session, in time, as WebVTT."""

from __future__ import annotations

import shutil
import subprocess
from io import StringIO
from typing import TYPE_CHECKING

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from tests.compile.support import VOICE, compiled
from voiceguide.album.transcript import webvtt as written
from voiceguide.timeline import Chapter, Cue, Sound, Speech, Timeline

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3_600_000


def session(*cues: Cue, duration_ms: int = 2 * HOUR) -> Timeline:
    chapters = (Chapter("Evening", 0, duration_ms),)
    return Timeline("Evening", "en", VOICE, duration_ms, chapters, (), cues)


def said(text: str, start_ms: int, end_ms: int) -> Cue:
    return Cue("say", text, start_ms, end_ms, Speech(text))


def test_each_sentence_stands_from_its_start_to_its_end() -> None:
    timeline = session(said("Lie down.", 1_000, 2_345), said("Three.", HOUR + 61_007, HOUR + 61_500))
    assert written(timeline) == (
        "WEBVTT voiceguide\n\n00:00:01.000 --> 00:00:02.345\nLie down.\n\n01:01:01.007 --> 01:01:01.500\nThree.\n"
    )


def test_what_has_no_words_is_left_out() -> None:
    assert written(session(Cue("start", "", 0, 250, Sound("start")))) == "WEBVTT voiceguide\n"


def test_markup_is_words() -> None:
    timeline = session(said("Breathe in & <b>out</b> --> now.", 0, 1_000))
    assert written(timeline).splitlines()[3] == "Breathe in &amp; &lt;b&gt;out&lt;/b&gt; --&gt; now."


def test_a_sentence_of_several_lines_is_one() -> None:
    """An empty line would end it."""
    assert written(session(said("Lie down.\n\nBreathe.", 0, 1_000))).splitlines()[3] == "Lie down. Breathe."


def test_what_takes_no_time_is_shown_for_a_ms() -> None:
    """A cue that ends where it starts is no WebVTT."""
    assert "00:00:01.000 --> 00:00:01.001" in written(session(said("Hm.", 1_000, 1_000)))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=5))
def test_a_reader_finds_every_sentence(texts: list[str]) -> None:
    cues = [said(text, 1_000 * number, 1_000 * number + 900) for number, text in enumerate(texts)]
    captions = webvtt.from_buffer(StringIO(written(session(*cues))))
    spoken = [" ".join(text.split()) for text in texts if text.strip()]
    assert [_unescaped(caption.raw_text) for caption in captions.captions] == spoken


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_ffprobe_reads_it(tmp_path: Path) -> None:
    timeline = compiled("- lean: 2 x 10s each side", head="opening: Welcome & breathe.\n").timeline
    file = tmp_path / "evening.vtt"
    file.write_text(written(timeline), encoding="utf-8")
    command = ["ffprobe", "-v", "error", "-show_entries", "packet=pts,duration", "-of", "csv=p=0", str(file)]
    shown = subprocess.run(command, capture_output=True, check=True, text=True)
    assert shown.stderr == ""
    places = [(cue.start_ms, cue.end_ms - cue.start_ms) for cue in timeline.cues if cue.text]
    assert [tuple(map(int, line.split(",")[:2])) for line in shown.stdout.split()] == places


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
