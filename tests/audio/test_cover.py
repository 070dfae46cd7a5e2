"""The cover is drawn from the session."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.audio.support import VOICE, chapters
from voiceguide.audio.cover import draw_cover
from voiceguide.timeline import Span, Timeline

BACKGROUND = (18, 38, 48)
EVENING = Timeline(
    "Evening low-back unwind",
    "en",
    VOICE,
    600_000,
    chapters(["Knees to chest", "Child's pose"], 600_000),
    (Span("hold", 20_000, 280_000), Span("hold", 320_000, 400_000)),
    (),
)


def picture(timeline: Timeline) -> Image.Image:
    return Image.open(BytesIO(draw_cover(timeline)))


def below_the_ring(timeline: Timeline) -> Image.Image:
    return picture(timeline).convert("RGB").crop((0, 440, 600, 600))


def colours(image: Image.Image) -> set[object]:
    return set(image.convert("RGB").get_flattened_data())


def test_it_is_a_square_png_of_600_pixels() -> None:
    image = picture(EVENING)
    assert (image.format, image.size) == ("PNG", (600, 600))


def test_it_is_the_same_every_time() -> None:
    assert draw_cover(EVENING) == draw_cover(EVENING)


def test_another_course_is_another_picture() -> None:
    assert draw_cover(EVENING) != draw_cover(replace(EVENING, spans=EVENING.spans[:1]))


def test_work_is_brighter_than_the_rest_of_its_chapter() -> None:
    """Half past the hold the ring's middle line is lit; at three quarters of the session it is dimmed."""
    image = picture(EVENING).convert("L")
    during_the_first_hold = image.getpixel((300 + 166, 240))
    while_resting = image.getpixel((300 - 166, 240))
    assert isinstance(during_the_first_hold, int)
    assert isinstance(while_resting, int)
    assert during_the_first_hold > while_resting + 30


@pytest.mark.parametrize("letter", "äöüßÉçñŁőçЖΩ")
def test_letters_with_accents_and_of_other_alphabets_are_drawn(letter: str) -> None:
    with_letter = below_the_ring(replace(EVENING, title=letter))
    assert len(colours(with_letter)) > 1


def test_an_accent_may_come_decomposed() -> None:
    assert draw_cover(replace(EVENING, title="U\u0308bung")) == draw_cover(replace(EVENING, title="Übung"))


def test_what_the_font_lacks_is_left_out() -> None:
    assert draw_cover(replace(EVENING, title="Evening 🧘 朝")) == draw_cover(
        replace(EVENING, title="Evening ")
    )


@pytest.mark.parametrize("title", ["", "🧘", "x" * 500, "a very long title " * 20, "one\ntwo"])
def test_any_title_is_drawn_inside_the_picture(title: str) -> None:
    image = picture(replace(EVENING, title=title)).convert("RGB")
    edges = [(0, 0, 30, 600), (570, 0, 600, 600), (0, 590, 600, 600)]
    assert [colours(image.crop(edge)) for edge in edges] == [{BACKGROUND}] * 3


@pytest.mark.parametrize("count", [1, 40, 600])
def test_any_number_of_chapters_stays_small(count: int) -> None:
    many = replace(EVENING, chapters=chapters([f"{n}" for n in range(count)], 600_000))
    assert len(draw_cover(many)) < 60_000


@pytest.mark.parametrize("duration_ms", [0, 1, 900, 86_400_000])
def test_any_length_is_drawn(duration_ms: int) -> None:
    timeline = replace(EVENING, duration_ms=duration_ms, chapters=(), spans=())
    assert picture(timeline).size == (600, 600)


def test_a_larger_one_is_the_same_picture() -> None:
    """Podcasts ask for 1,400 pixels at least. Letters fall on other pixels; the ring is where it was."""
    large = Image.open(BytesIO(draw_cover(EVENING, 1_500)))
    assert (large.format, large.size) == ("PNG", (1_500, 1_500))
    reduced = large.convert("L").resize((600, 600), Image.Resampling.BOX)
    off = ImageChops.difference(reduced, picture(EVENING).convert("L"))
    assert ImageStat.Stat(off.crop((0, 0, 190, 440))).mean[0] < 0.5
    assert ImageStat.Stat(off.crop((0, 440, 600, 600))).mean[0] < 8
