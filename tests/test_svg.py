"""The picture of a timeline."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from tests.compile.support import VOICE, Session, compiled
from voiceguide.svg import draw_svg
from voiceguide.timeline import Chapter, Timeline

SVG = "{http://www.w3.org/2000/svg}"
WIDTH = 1200
# No letter of a sans-serif is wider than this on average, in parts of the size.
LETTER = 0.58

SHORT = "- fold: 20s\n- lean: 2 x 10s each side\n- lift: 2 reps @ 2-1-3"
LONG = "- section: Warm up\n  rounds: 20\n  steps: [fold: 2 x 30s, lean: 1m alternating, lift: 10 reps, pause: 5s]"
SESSIONS = {
    "three minutes": SHORT,
    "ninety minutes": LONG,
    "no work": "- say: Hello.",
    "a second": "- fold: 1s",
}


@pytest.fixture(params=SESSIONS)
def session(request: pytest.FixtureRequest) -> Session:
    return compiled(SESSIONS[request.param], head="opening: Welcome.\n")


def picture(timeline: Timeline) -> ET.Element:
    return ET.fromstring(draw_svg(timeline))


def rects(root: ET.Element, *classes: str) -> list[ET.Element]:
    return [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") in classes]


def number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "nan"))


def text_box(text: ET.Element) -> tuple[float, float, float, float]:
    """About where a text stands: left, top, right, bottom."""
    x, y, size = number(text, "x"), number(text, "y"), number(text, "font-size")
    length = LETTER * size * len(text.text or "")
    if "transform" in text.attrib:
        return x - size, y - length, x, y
    left = x - length / 2 if text.get("text-anchor") == "middle" else x
    return left, y - size, left + length, y


def test_there_is_one_mark_for_each_chapter_span_and_cue(session: Session) -> None:
    timeline, root = session.timeline, picture(session.timeline)
    assert len(rects(root, "chapter")) == len(timeline.chapters)
    assert len(rects(root, "span")) == len(timeline.spans)
    assert len(rects(root, "voice", "tone")) == len(timeline.cues)


def test_every_mark_says_what_it_is_when_pointed_at(session: Session) -> None:
    root = picture(session.timeline)
    assert all(rect.findtext(f"{SVG}title") for rect in rects(root, "chapter", "span", "voice", "tone"))


def test_a_hold_is_told_with_its_side_its_set_and_its_length() -> None:
    root = picture(compiled("- lean: 2 x 10s each side").timeline)
    told = [rect.findtext(f"{SVG}title") for rect in rects(root, "span")]
    assert told[1] == "hold, lean, left, set 1 of 2, 10 s"


def test_nothing_lies_outside_the_picture(session: Session) -> None:
    root = picture(session.timeline)
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    assert width == WIDTH
    for rect in root.iter(f"{SVG}rect"):
        left, top = float(rect.get("x", 0)), float(rect.get("y", 0))
        assert left >= 0
        assert left + number(rect, "width") <= width
        assert top >= 0
        assert top + number(rect, "height") <= height
    for text in root.iter(f"{SVG}text"):
        left, top, right, bottom = text_box(text)
        assert 0 <= left < right <= width, text.text
        assert 0 <= top < bottom <= height, text.text


def test_no_two_texts_overlap(session: Session) -> None:
    boxes = [(text.text, text_box(text)) for text in picture(session.timeline).iter(f"{SVG}text")]
    for index, (one, (left, top, right, bottom)) in enumerate(boxes):
        for other, (other_left, other_top, other_right, other_bottom) in boxes[:index]:
            apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
            assert apart, (one, other)


def test_the_marks_of_chapters_follow_each_other(session: Session) -> None:
    chapters = rects(picture(session.timeline), "chapter")
    for before, after in pairwise(chapters):
        assert number(before, "x") + number(before, "width") == pytest.approx(number(after, "x"), abs=0.1)


def test_the_scale_ends_with_the_length_of_the_session(session: Session) -> None:
    times = [
        text.text or ""
        for text in picture(session.timeline).iter(f"{SVG}text")
        if text.get("font-size") == "11"
    ]
    seconds = session.timeline.duration_ms // 1_000
    assert "0:00" in times
    assert any(time.endswith(f":{seconds % 60:02}") for time in times)


def test_sets_show_their_side_and_length_where_there_is_room() -> None:
    shown = [text.text for text in picture(compiled(SHORT).timeline).iter(f"{SVG}text")]
    assert [text for text in shown if text in ("20s", "L 10s", "R 10s", "2×")] == [
        "20s", "L 10s", "L 10s", "R 10s", "R 10s", "2×"
    ]  # fmt: skip


def test_breaths_and_waiting_have_colours_of_their_own() -> None:
    shown = [
        text.text for text in picture(compiled("- breathe\n- wait: Press space.").timeline).iter(f"{SVG}text")
    ]
    assert {"3×", "breaths", "waiting"} <= set(shown)
    assert "reps" not in shown


def test_the_key_shows_only_what_there_is() -> None:
    shown = {text.text for text in picture(compiled("- fold: 5s").timeline).iter(f"{SVG}text")}
    assert {"hold", "get ready", "voice"} <= shown
    assert not {"reps", "switch sides", "silence"} & shown


def of_title(title: str) -> Timeline:
    return Timeline(title, "en", VOICE, 60_000, (Chapter(title, 0, 60_000),), (), ())


@pytest.mark.parametrize(
    "title", ["<script>alert('&')</script>", '"><rect/>', "&amp;", "]]>", "a\0b\x1b\ufffe"]
)
def test_a_hostile_title_is_only_text(title: str) -> None:
    root = picture(of_title(title))
    expected = title.replace("\0", "\ufffd").replace("\x1b", "\ufffd").replace("\ufffe", "\ufffd")
    assert root.findtext(f"{SVG}title") == f"{expected}, 1:00"
    assert len(rects(root, "chapter")) == 1


def test_a_title_too_long_for_the_picture_is_shortened_and_can_be_pointed_at() -> None:
    long = "Unwind " * 60
    root = picture(of_title(long.strip()))
    head = next(root.iter(f"{SVG}text"))
    assert (head.text or "").endswith("…")
    assert text_box(head)[2] <= WIDTH
    assert (root.findtext(f"{SVG}title") or "").startswith(long.strip())


def test_a_chapter_too_narrow_for_its_title_has_it_on_end() -> None:
    root = picture(compiled("- fold: 5s\n- lean: 2m").timeline)
    upright = [text.text for text in root.iter(f"{SVG}text") if "transform" in text.attrib]
    assert upright == []
    root = picture(compiled("- fold: 5s\n- lean: 5m").timeline)
    upright = [text.text for text in root.iter(f"{SVG}text") if "transform" in text.attrib]
    assert upright == ["Fold"]


def test_a_title_under_sections_keeps_its_exercise_when_there_is_no_more_room() -> None:
    root = picture(
        compiled("- section: A very long title of a section\n  steps: [lean: 10s left]\n- fold: 5m").timeline
    )
    shown = [text.text for text in root.iter(f"{SVG}text")]
    assert "Lean" in shown
